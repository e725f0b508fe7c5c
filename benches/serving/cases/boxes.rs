//! Random boxes that hold about a hundred features.

use anyhow::ensure;

use crate::{
    boxes::{Edges, holding, written},
    duel::{Side, duel},
    report::{Section, Target},
    server::Server,
    stage::{Layer, Stage},
    wrk::{Load, Paths},
};

use super::whole::features;

/// How many different boxes are asked for.
const BOXES: usize = 400;
const WANTED: usize = 100;
/// Each box may hold so many.
const ABOUT: std::ops::RangeInclusive<usize> = 90..=115;
/// What browsers send.
const BROWSER: &str = "gzip, deflate, br, zstd";

pub fn run(stage: &Stage, small: &Server, large: &Server) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "Random boxes holding about 100 features",
        format!(
            "{BOXES} boxes around random features, in random order. On 10,000 features: requests per second, \
             Machiaruki by nginx with the same answers in as many files. On {}: the cost of a request there by \
             its cost on 10,000, as time at full load.",
            stage.large.size()
        ),
    );
    let questions = [("api", super::API, "?"), ("ogc", super::OGC, "?limit=1000&")];
    for (name, path, start) in questions {
        let paths = paths(&stage.small, path, start);
        let files = answers(stage, small, name, &paths)?;
        let ours = side(stage, small, name, &paths, "")?;
        let theirs = Side {
            load: Load {
                address: stage.nginx.address,
                paths: Paths::random(stage.folder(), &format!("{name}-files"), &files)?,
                accepted: "",
                cookie: String::new(),
            },
            process: stage.nginx.id(),
        };
        let outcome = duel(&ours, &theirs, stage.rounds)?;
        section.push_duel(format!("`{path}{start}bbox=…`, identity"), Target::AtLeast(0.35), &outcome);
        if name == "api" {
            let compressed = side(stage, small, name, &paths, BROWSER)?;
            let outcome = duel(&compressed, &theirs, stage.rounds)?;
            let what = "the same, compressed for each request as browsers ask, by nginx with identity";
            section.push_duel(what, Target::None, &outcome);
        }
    }
    for (name, path, start) in questions {
        let on_small = side(stage, small, name, &paths(&stage.small, path, start), "")?;
        let large_paths = paths(&stage.large, path, start);
        check(large, &large_paths)?;
        let on_large = side(stage, large, &format!("{name}-large"), &large_paths, "")?;
        // Time per request: the reverse of requests per second.
        let mut outcome = duel(&on_small, &on_large, stage.rounds)?;
        outcome.processor = outcome.processor.reversed();
        let what = format!("`{path}{start}bbox=…` on {} by the same on 10,000", stage.large.size());
        section.push_duel(what, Target::AtMost(1.5), &outcome);
    }
    Ok(section)
}

fn paths(layer: &Layer, path: &str, start: &str) -> Vec<String> {
    let boxes: Vec<Edges> = holding(&layer.dataset, WANTED, BOXES);
    boxes.into_iter().map(|edges| format!("{path}{start}{}", written(edges))).collect()
}

fn side(
    stage: &Stage,
    server: &Server,
    name: &str,
    paths: &[String],
    accepted: &'static str,
) -> anyhow::Result<Side> {
    let paths = Paths::random(stage.folder(), &format!("{name}-boxes"), paths)?;
    Ok(Side {
        load: Load { address: server.address, paths, accepted, cookie: String::new() },
        process: server.id(),
    })
}

/// Answers hold about as many features as wanted.
fn check(server: &Server, paths: &[String]) -> anyhow::Result<()> {
    let mut client = server.client()?;
    for path in paths {
        let count = features(&client.body(path, "")?)?;
        ensure!(ABOUT.contains(&count), "{path} answers {count} features");
    }
    Ok(())
}

/// The answers as files of nginx.
fn answers(stage: &Stage, server: &Server, name: &str, paths: &[String]) -> anyhow::Result<Vec<String>> {
    check(server, paths)?;
    let mut client = server.client()?;
    paths
        .iter()
        .enumerate()
        .map(|(index, path)| {
            stage.nginx.put(&format!("boxes/{name}/{index}.geojson"), &client.body(path, "")?)
        })
        .collect()
}
