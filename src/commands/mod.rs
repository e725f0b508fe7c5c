//! The commands of the program: what an operator types.

#![expect(clippy::print_stdout, reason = "commands answer on standard output")]

mod analysts;
mod archive;
mod audit;
mod demo;
mod doctor;
mod export;
mod import;
mod import_network;
mod migrate;
mod openapi;
mod register;
mod retention;
mod roster;
mod serve;
mod user;

use std::{io::IsTerminal as _, process::ExitCode};

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use crate::{
    config::{DatabaseConfig, LogConfig, LogFormat},
    db::{Db, migration_state},
};

pub use demo::{fill_register, plan_outings, seed};

/// Town-walk training, local organisations and disaster councils of a municipality, on one map.
#[derive(Debug, Parser)]
#[command(name = "machiaruki", version, about, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    log: LogConfig,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the demo ward: mostly invented, nothing to install
    Demo(demo::Demo),
    /// Serve a ward's own data
    Serve(Box<serve::Serve>),
    /// Bring a database up to date (serve does it too)
    Migrate(migrate::Migrate),
    /// Import a file into a layer, or files into the pedestrian network
    Import(import::ImportCommand),
    /// Write a whole layer to a file
    Export(export::Export),
    /// Make and manage accounts
    User(user::User),
    /// Check the audit log
    Audit(audit::Audit),
    /// Keep the roster of staff
    Roster(roster::Roster),
    /// Check yearly archives of the training, print them, and make the key that signs them
    Archive(archive::Archive),
    /// Make, rotate and retire the keys of the register of disaster housing
    Register(register::Register),
    /// Show or erase what is past its retention period
    Retention(retention::RetentionCommand),
    /// Let analysts read the public layers with QGIS (PostgreSQL only)
    Analysts(analysts::Analysts),
    /// Check a deployment and say what to do
    Doctor(doctor::Doctor),
    /// Print the definition of the API
    Openapi(openapi::Openapi),
}

impl Cli {
    /// Runs the command. Errors are said in words on standard error.
    pub async fn run(self) -> ExitCode {
        if let Err(error) = start_log(&self.log) {
            eprintln!("machiaruki: {error}");
            return ExitCode::from(2);
        }
        let outcome = match self.command {
            Command::Demo(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::Serve(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::Migrate(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::Import(command) => command.run().await,
            Command::Export(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::User(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::Audit(command) => command.run().await,
            Command::Roster(command) => command.run().await,
            Command::Archive(command) => command.run(),
            Command::Register(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::Retention(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::Analysts(command) => command.run().await.map(|()| ExitCode::SUCCESS),
            Command::Doctor(command) => command.run().await,
            Command::Openapi(command) => command.run().map(|()| ExitCode::SUCCESS),
        };
        outcome.unwrap_or_else(|error| {
            eprintln!("machiaruki: {error:#}");
            ExitCode::FAILURE
        })
    }
}

/// What libraries would say of queries and of connections is not for the log, however much of ours is.
const QUIET: &str = "sqlx=warn,hyper=info,hyper_util=info,reqwest=info,rustls=info";
/// A database that this release can use as it is. For commands that are no migration.
async fn open_current(database: &DatabaseConfig) -> anyhow::Result<Db> {
    let url = &database.database_url;
    let db = Db::open_existing(url).await.with_context(|| format!("cannot open {url}"))?;
    let state = migration_state(&db).await?;
    anyhow::ensure!(!state.newer, "{url} was used by a newer release of machiaruki: run that one");
    anyhow::ensure!(state.applied == state.known, "{url} is not up to date: run machiaruki migrate first");
    Ok(db)
}

fn start_log(config: &LogConfig) -> anyhow::Result<()> {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_new(format!("{},{QUIET}", config.log))
        .map_err(|error| anyhow::anyhow!("--log: {error}"))?;
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => builder.json().flatten_event(true).init(),
        LogFormat::Text => builder.with_ansi(std::io::stderr().is_terminal()).init(),
    }
    Ok(())
}
