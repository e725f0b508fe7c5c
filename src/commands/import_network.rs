//! `machiaruki import network`: files into the pedestrian network.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::{
    app::{prepare, system_clock},
    db::{DatabaseUrl, Db},
    network::import::{NetworkImport, NetworkReport, Outcome, import_network},
    places::Purpose,
};

/// Imports files and prints the report.
pub(super) async fn run(
    url: &DatabaseUrl,
    files: &[PathBuf],
    mut what: NetworkImport,
    json: bool,
) -> anyhow::Result<()> {
    let read = |file: &PathBuf| -> anyhow::Result<(String, Vec<u8>)> {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok((file.display().to_string(), bytes))
    };
    let contents = files.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
    // An area that is no box is a file.
    if let Some(area) = &what.area
        && !area.contains(',')
    {
        let text = std::fs::read_to_string(area).with_context(|| format!("--area: cannot read {area}"))?;
        what.area = Some(text);
    }
    let db = Db::open(url).await.with_context(|| format!("cannot open {url}"))?;
    let clock = system_clock();
    prepare(&db, &clock, Purpose::Ward).await?;
    let report = import_network(&db, &clock, what, &contents).await?;
    db.close().await;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print(&report);
    }
    Ok(())
}

fn print(report: &NetworkReport) {
    let ended = match report.outcome {
        Outcome::Stored => "stored",
        Outcome::Unchanged => "nothing to change",
        Outcome::DryRun => "dry run: nothing was stored",
    };
    let figures = &report.figures;
    println!("network {}: {ended}", report.source.id);
    println!(
        "  {} nodes, {} links, {:.1} km, {} of them with a step, {} one-way",
        figures.nodes,
        figures.links,
        figures.length_m / 1000.0,
        figures.steps,
        figures.one_way
    );
    let kinds: Vec<String> = figures.kinds.iter().map(|(kind, count)| format!("{kind:?} {count}")).collect();
    println!("  kinds: {}", kinds.join(", "));
    let largest: Vec<String> = figures.largest.iter().map(ToString::to_string).collect();
    println!("  {} components, the largest with {} nodes", figures.components, largest.join(", "));
    for (why, count) in &report.dropped {
        println!("  left out: {count} {}", why.words());
    }
}
