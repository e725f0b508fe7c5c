//! The `machiaruki` command.

use std::process::ExitCode;

use clap::Parser;
use machiaruki::commands::Cli;

/// Many small allocations, made and freed on different threads: snapshots and responses.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    Cli::parse().run().await
}
