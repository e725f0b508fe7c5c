//! The whole layer in one response, plain and in each coding.

use std::io::Read as _;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;

use crate::{
    duel::{Side, duel},
    report::{Section, Target},
    server::Server,
    stage::{SMALL, Stage},
    wrk::{Load, Paths},
};

const CODINGS: [&str; 4] = ["identity", "gzip", "br", "zstd"];

pub fn run(stage: &Stage, server: &Server) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "The whole layer of 10,000 features",
        "Requests per second, Machiaruki by nginx with the same bytes in a file. For gzip, nginx finds the \
         compressed file itself (`gzip_static`); for br and zstd the compressed bytes are a file of their own.",
    );
    let mut client = server.client()?;
    for (name, path) in [("api", super::API.to_owned()), ("ogc", format!("{}?limit=10000", super::OGC))] {
        let plain = client.body(&path, "")?;
        let count = features(&plain)?;
        ensure!(count == SMALL, "{path} answers {count} features");
        for coding in CODINGS {
            let answer = client.get(&path, coding)?;
            let own = if coding == "identity" { "" } else { coding };
            ensure!(answer.status == 200 && answer.coding == own, "{path} is not sent as {coding}");
            ensure!(decoded(coding, &answer.body)? == plain, "{path} as {coding} is not the same content");
            let (file, sent_as) = match coding {
                "identity" => (stage.nginx.put(&format!("{name}.geojson"), &answer.body)?, ""),
                "gzip" => {
                    stage.nginx.put(&format!("{name}.geojson.gz"), &answer.body)?;
                    (format!("/{name}.geojson"), "gzip")
                }
                _ => (stage.nginx.put(&format!("{name}.{coding}"), &answer.body)?, ""),
            };
            let same = crate::http::Client::connect(stage.nginx.address)?.body(&file, sent_as)?;
            ensure!(same == answer.body, "nginx serves other bytes as {coding}");
            let ours = Load {
                address: server.address,
                paths: Paths::One(path.clone()),
                accepted: own,
                cookie: String::new(),
            };
            let theirs = Load {
                address: stage.nginx.address,
                paths: Paths::One(file),
                accepted: sent_as,
                cookie: String::new(),
            };
            let outcome = duel(
                &Side { load: ours, process: server.id() },
                &Side { load: theirs, process: stage.nginx.id() },
                stage.rounds,
            )?;
            let size = answer.body.len() as f64 / 1024.0;
            section.push_duel(format!("`{path}`, {coding}, {size:.0} KiB"), Target::AtLeast(1.0), &outcome);
        }
    }
    Ok(section)
}

/// How many features a collection has.
pub fn features(json: &[u8]) -> anyhow::Result<usize> {
    let collection: Value = serde_json::from_slice(json)?;
    Ok(collection["features"].as_array().context("no features")?.len())
}

fn decoded(coding: &str, body: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    match coding {
        "identity" => out.extend_from_slice(body),
        "gzip" => {
            // One member: what follows the first is what browsers do not read.
            flate2::bufread::GzDecoder::new(body).read_to_end(&mut out)?;
        }
        "br" => {
            brotli::Decompressor::new(body, 64 * 1024).read_to_end(&mut out)?;
        }
        "zstd" => out = zstd::stream::decode_all(body)?,
        other => bail!("no such coding: {other}"),
    }
    Ok(out)
}
