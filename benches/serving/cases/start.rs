//! Starting: time to the first answer, and memory afterwards.

use std::{path::Path, time::Duration};

use crate::{
    process::Memory,
    report::{Line, Section, Spread, Target, Unit},
    server::Server,
    stage::{Layer, Stage},
};

const STARTS: usize = 10;

pub fn run(stage: &Stage) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "Starting the demo ward",
        format!(
            "`machiaruki demo`, {STARTS} times each: from the start of the process until `/api/layers` and `/ogc` \
             have both answered. The targets hold for the slowest and the largest."
        ),
    );
    let kept = stage.folder().join("demo");
    start(stage, &kept)?;
    let mut fresh = Vec::new();
    let mut known = Vec::new();
    for number in 0..STARTS {
        fresh.push(start(stage, &stage.folder().join(format!("demo-{number}")))?);
        known.push(start(stage, &kept)?);
    }
    for (what, starts) in [("on a folder that is there already", known), ("on a fresh folder", fresh)] {
        section.push(Line {
            what: format!("{what}, until the first answers"),
            target: Target::NeverAbove(300.0),
            measured: Spread::of(starts.iter().map(|start| start.milliseconds)),
            unit: Unit::Milliseconds,
            remark: String::new(),
            absolute: String::new(),
        });
        section.push(Line {
            what: format!("{what}, resident then"),
            target: Target::NeverAbove(60.0),
            measured: Spread::of(starts.iter().map(|start| start.first.resident)),
            unit: Unit::Mebibytes,
            remark: String::new(),
            absolute: String::new(),
        });
        section.push(Line {
            what: format!("{what}, resident after every layer was read once, compressed"),
            target: Target::None,
            measured: Spread::of(starts.iter().map(|start| start.read.resident)),
            unit: Unit::Mebibytes,
            remark: String::new(),
            absolute: format!(
                "{:.0} MiB at most",
                Spread::of(starts.iter().map(|start| start.read.peak)).max
            ),
        });
    }
    Ok(section)
}

struct Start {
    milliseconds: f64,
    first: Memory,
    read: Memory,
}

fn start(stage: &Stage, data: &Path) -> anyhow::Result<Start> {
    let server = Server::demo(data, &stage.log("demo"))?;
    let mut client = server.client()?;
    client.body("/api/layers", "")?;
    client.body("/ogc", "")?;
    let milliseconds = server.started.elapsed().as_secs_f64() * 1e3;
    let first = server.memory()?;
    for layer in machiaruki::catalogue::LayerId::ALL {
        client.body(&format!("/api/layers/{layer}/features"), "gzip, deflate, br, zstd")?;
    }
    Ok(Start { milliseconds, first, read: server.memory()? })
}

/// How much of memory the large layer takes, right after the start.
pub fn large(layer: &Layer, server: &Server) -> anyhow::Result<Section> {
    let mut section = Section::new(
        format!("A layer of {} points", layer.size()),
        "Memory that the server's process has resident, with this one layer.",
    );
    server.client()?.body("/api/layers", "")?;
    let seconds = server.started.elapsed().as_secs_f64();
    std::thread::sleep(Duration::from_secs(2));
    let memory = server.memory()?;
    section.push(resident("after the start", layer, memory.resident));
    section.push(Line {
        what: "at most while it started".into(),
        target: Target::None,
        measured: Spread::one(memory.peak),
        unit: Unit::Mebibytes,
        remark: String::new(),
        absolute: format!("it started in {seconds:.1} s"),
    });
    Ok(section)
}

/// The same once it has answered much.
pub fn large_after_load(section: &mut Section, layer: &Layer, server: &Server) -> anyhow::Result<()> {
    section.push(resident("after the load of this bench", layer, server.memory()?.resident));
    Ok(())
}

fn resident(what: &str, layer: &Layer, mebibytes: f64) -> Line {
    // The promise is about a million.
    let target =
        if layer.dataset.points.len() >= 1_000_000 { Target::NeverAbove(1.2 * 1024.0) } else { Target::None };
    Line {
        what: what.to_owned(),
        target,
        measured: Spread::one(mebibytes),
        unit: Unit::Mebibytes,
        remark: String::new(),
        absolute: String::new(),
    }
}
