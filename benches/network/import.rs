//! How long an import takes, as an operator types it.

use std::time::Instant;

use crate::{
    report::{Line, Spread, Target, Unit},
    server,
    stage::Stage,
};

use crate::city;

/// A city whose file has about a megabyte.
const WAYS: usize = 110_000;

pub fn of_a_megabyte(stage: &Stage) -> anyhow::Result<Line> {
    let bytes = city::pbf(&city::build(WAYS))?;
    let file = stage.folder().join("city.osm.pbf");
    std::fs::write(&file, &bytes)?;
    let mut times = Vec::new();
    for round in 0..3 {
        let started = Instant::now();
        server::import_network(&file, &stage.folder().join(format!("network-{round}.sqlite")))?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(Line {
        what: format!("`machiaruki import network` of a PBF of {:.2} MB", bytes.len() as f64 / 1e6),
        target: Target::AtMost(2000.0),
        measured: Spread::of(times),
        unit: Unit::Milliseconds,
        remark: "a new database each time".to_owned(),
        absolute: String::new(),
    })
}
