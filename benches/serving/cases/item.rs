//! One feature by its id.

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::{
    data::{code, id},
    duel::{Side, duel},
    report::{Section, Target},
    server::Server,
    stage::{Layer, Stage},
    wrk::{Load, Paths},
};

/// How many different features are asked for.
const ITEMS: usize = 2_000;

pub fn run(stage: &Stage, small: &Server, large: &Server) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "A feature by its id",
        format!(
            "{ITEMS} features in random order. Requests per second, Machiaruki by nginx with the same answers in \
             as many files."
        ),
    );
    for (size, layer, server) in [("10,000", &stage.small, small), (&stage.large.size(), &stage.large, large)]
    {
        for (name, path) in [("api", super::API), ("ogc", super::OGC)] {
            let path_of = |number| format!("{path}/{}", id(index_of(layer, number)));
            let paths: Vec<String> = (0..ITEMS).map(path_of).collect();
            let mut client = server.client()?;
            let mut files = Vec::new();
            let mut bytes = 0;
            for (index, path) in paths.iter().enumerate() {
                let body = client.body(path, "")?;
                let feature: Value = serde_json::from_slice(&body)?;
                let found = feature["properties"]["code"].as_str().context("no code")?;
                ensure!(found == code(index_of(layer, index)), "{path} answers {found}");
                bytes += body.len();
                files.push(stage.nginx.put(&format!("items/{name}/{size}/{index}.geojson"), &body)?);
            }
            let list = |name: String, paths: &[String]| Paths::random(stage.folder(), &name, paths);
            let ours = Side {
                load: Load {
                    address: server.address,
                    paths: list(format!("{name}-{size}-items"), &paths)?,
                    accepted: "",
                    cookie: String::new(),
                },
                process: server.id(),
            };
            let theirs = Side {
                load: Load {
                    address: stage.nginx.address,
                    paths: list(format!("{name}-{size}-item-files"), &files)?,
                    accepted: "",
                    cookie: String::new(),
                },
                process: stage.nginx.id(),
            };
            let outcome = duel(&ours, &theirs, stage.rounds)?;
            let what = format!("`{path}/…` of {size}, {} bytes on average", bytes / ITEMS);
            section.push_duel(what, Target::AtLeast(0.6), &outcome);
        }
    }
    Ok(section)
}

/// Features spread evenly over the layer.
fn index_of(layer: &Layer, number: usize) -> usize {
    number * (layer.dataset.points.len() / ITEMS)
}
