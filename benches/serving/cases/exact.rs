//! Answers about boxes, held against a comparison of every point in 64-bit floats.

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::{
    boxes::{Edges, inside, tiny, written},
    data::code,
    http::Client,
    report::{Line, Section, Spread, Target, Unit},
    server::Server,
    stage::Layer,
};

/// How many boxes are compared.
const BOXES: usize = 500;

pub fn run(layer: &Layer, server: &Server) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "Exactness",
        format!(
            "{BOXES} small boxes on {} features, whose edges lie on a point, one float beside it, or a little \
             farther; every answer is compared with all points in 64-bit floats.",
            layer.size()
        ),
    );
    let mut client = server.client()?;
    let (mut wrong, mut wrong_in_32_bits, mut found) = (0_usize, 0_usize, 0);
    for edges in tiny(&layer.dataset, BOXES) {
        let expected: BTreeSet<String> = inside(&layer.dataset, edges).into_iter().map(code).collect();
        found += expected.len();
        let path = format!("{}?{}", super::API, written(edges));
        wrong += usize::from(codes(&mut client, &path)? != expected);
        let path = format!("{}?limit=10000&{}", super::OGC, written(edges));
        wrong += usize::from(codes(&mut client, &path)? != expected);
        wrong_in_32_bits += usize::from(in_32_bits(layer, edges) != expected.len());
    }
    ensure!(wrong_in_32_bits > BOXES / 10, "these boxes would not tell 32-bit floats from 64-bit ones");
    section.push(Line {
        what: "answers of both interfaces that are not exact".into(),
        target: Target::NeverAbove(0.0),
        measured: Spread::one(wrong as f64),
        unit: Unit::Count,
        remark: format!("32-bit floats alone would answer {wrong_in_32_bits} of {BOXES} wrongly"),
        absolute: format!("{found} features found"),
    });
    Ok(section)
}

fn codes(client: &mut Client, path: &str) -> anyhow::Result<BTreeSet<String>> {
    let answer: Value = serde_json::from_slice(&client.body(path, "")?)?;
    let features = answer["features"].as_array().context("no features")?;
    Ok(features
        .iter()
        .filter_map(|feature| feature["properties"]["code"].as_str().map(str::to_owned))
        .collect())
}

/// How many points an index of 32-bit floats alone would find.
fn in_32_bits(layer: &Layer, edges: Edges) -> usize {
    let [west, south, east, north] = edges.map(|edge| edge as f32);
    let holds = |[lon, lat]: [f64; 2]| {
        let (lon, lat) = (lon as f32, lat as f32);
        west <= lon && lon <= east && south <= lat && lat <= north
    };
    layer.dataset.points.iter().filter(|point| holds(**point)).count()
}
