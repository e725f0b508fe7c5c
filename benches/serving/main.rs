//! `make bench`: the service as it is deployed, measured against nginx serving the same bytes from disk, and its
//! pedestrian network against Valhalla.
//!
//! The bench makes its data, imports them with the release binary, starts that binary and nginx on
//! loopback addresses, and lets `wrk` ask both in turn. What counts are ratios of one run: they hold on
//! other machines, requests per second do not. Every case checks that answers are right before it
//! measures. `docs/benchmarks.md` is written with `--write`.

#![expect(clippy::print_stdout, reason = "a bench answers on standard output")]

mod boxes;
mod cases;
mod child;
mod city;
mod data;
mod document;
mod duel;
mod http;
#[path = "../network/mod.rs"]
mod network;
mod nginx;
mod process;
mod random;
mod report;
mod server;
mod stage;
mod wrk;

use std::process::ExitCode;

use clap::Parser;

use document::Setting;
use duel::Rounds;
use report::Section;
use server::Server;
use stage::Stage;

/// As the server: what is measured in this process should cost what it costs there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the service against nginx.
#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line are bools")]
struct Options {
    /// Write docs/benchmarks.md
    #[arg(long)]
    write: bool,
    /// Fewer and shorter rounds, and 100,000 features for the large layer
    #[arg(long)]
    quick: bool,
    /// 1,000,000 features, in the quick form too
    #[arg(long)]
    full: bool,
    /// Only these parts, such as `whole,boxes`: whole, boxes, items, exact, edits, swaps, start, size, access,
    /// network, register, roster, visits, training
    #[arg(long, value_delimiter = ',', conflicts_with = "write")]
    only: Vec<String>,
    /// Cargo says so
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    fn setting(&self) -> anyhow::Result<Setting> {
        Ok(Setting {
            large: if self.quick && !self.full { 100_000 } else { 1_000_000 },
            // Many short rounds: what disturbs the machine for a while falls upon both sides of a round.
            rounds: if self.quick {
                Rounds { count: 3, seconds: 1 }
            } else {
                Rounds { count: 7, seconds: 2 }
            },
            nginx: nginx::version()?,
            wrk: wrk::version()?,
        })
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    let outcome = end_at_signals().and_then(|runtime| {
        let outcome = run(&options);
        runtime.shutdown_background();
        outcome
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            println!("\nsome targets are missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Clears away when somebody interrupts: the bench itself blocks its thread and runs no destructors then.
fn end_at_signals() -> anyhow::Result<tokio::runtime::Runtime> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(async {
        for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
            let mut signals = signal(kind)?;
            tokio::spawn(async move {
                signals.recv().await;
                child::clear_away();
                std::process::exit(130);
            });
        }
        anyhow::Ok(())
    })?;
    Ok(runtime)
}

/// Everything. Returns whether all targets are met.
fn run(options: &Options) -> anyhow::Result<bool> {
    let setting = options.setting()?;
    let stage = Stage::build(setting.large, setting.rounds)?;
    let (feature_bytes, sections) = measure(&stage, &options.only)?;
    let text = document::document(&setting, feature_bytes, &sections)?;
    println!("\n{}", report::markdown(&sections));
    if options.write {
        document::write(&text)?;
    }
    Ok(sections.iter().flat_map(|section| &section.lines).all(|line| line.holds() != Some(false)))
}

/// How many bytes a feature has, and every section in the order of the document.
fn measure(stage: &Stage, only: &[String]) -> anyhow::Result<(usize, Vec<Section>)> {
    use cases::{
        access, activations, boxes, edits, exact, item, register, roster, start, training, visits, whole,
    };
    let wanted = |part: &str| only.is_empty() || only.iter().any(|one| one == part);
    let mut sections = Vec::new();
    let (small_layer, large_layer) = (&stage.small, &stage.large);
    let small = Server::serve(&small_layer.database, &stage.log("small"))?;
    let large = Server::serve(&large_layer.database, &stage.log("large"))?;
    let feature_bytes = small.client()?.body(cases::API, "")?.len() / stage::SMALL;
    // Before any load falls upon them.
    let size = if wanted("size") { Some(start::large(large_layer, &large)?) } else { None };
    if wanted("whole") {
        sections.push(whole::run(stage, &small)?);
    }
    if wanted("boxes") {
        sections.push(boxes::run(stage, &small, &large)?);
    }
    if wanted("items") {
        sections.push(item::run(stage, &small, &large)?);
    }
    if wanted("exact") {
        sections.push(exact::run(large_layer, &large)?);
    }
    if let Some(mut size) = size {
        start::large_after_load(&mut size, large_layer, &large)?;
        sections.push(size);
    }
    if wanted("swaps") {
        sections.push(edits::across_processes(large_layer, &large)?);
    }
    drop((small, large));
    if wanted("edits") {
        sections.push(edits::in_process([(small_layer, 50.0), (large_layer, 500.0)])?);
    }
    if wanted("access") {
        sections.push(access::run(stage)?);
    }
    if wanted("network") {
        sections.extend(network::run(stage)?);
    }
    if wanted("register") {
        sections.push(register::run(stage)?);
    }
    if wanted("activations") {
        sections.push(activations::run(stage)?);
    }
    if wanted("roster") {
        sections.push(roster::run(stage)?);
    }
    if wanted("visits") {
        sections.push(visits::run(stage)?);
    }
    if wanted("training") {
        sections.push(training::run(stage)?);
    }
    if wanted("start") {
        sections.push(start::run(stage)?);
    }
    Ok((feature_bytes, sections))
}
