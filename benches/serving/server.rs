//! The release binary as an operator starts it.

use std::{
    ffi::OsString,
    fs::File,
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    path::Path,
    process::{ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

use crate::{
    child::Guarded,
    http::Client,
    process::{self, Memory},
};

/// The program that cargo has just built, unless another one is named: to compare two builds with the same bench.
fn program() -> OsString {
    std::env::var_os("MACHIARUKI_BENCH_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_machiaruki").into())
}

const IMPORT_PATIENCE: Duration = Duration::from_mins(15);

/// A running `machiaruki`.
pub struct Server {
    child: Guarded,
    /// Where it listens.
    pub address: SocketAddr,
    /// When it was started.
    pub started: Instant,
    /// Held open: the server has more to say.
    _said: BufReader<ChildStdout>,
}

fn address_in(line: &str) -> Option<SocketAddr> {
    line.split_once("http://")?.1.split('/').next()?.parse().ok()
}

impl Server {
    /// `machiaruki serve` on a database.
    pub fn serve(database: &Path, log: &Path) -> anyhow::Result<Self> {
        Self::start(&["serve", "--database-url", &url(database)], log)
    }

    /// `machiaruki demo` with its data in a folder.
    pub fn demo(data: &Path, log: &Path) -> anyhow::Result<Self> {
        Self::start(&["demo", "--data", &data.to_string_lossy()], log)
    }

    fn start(args: &[&str], log: &Path) -> anyhow::Result<Self> {
        let started = Instant::now();
        // Nothing of the environment: what is measured are the defaults.
        let child = Guarded::spawn(
            Command::new(program())
                .args(args)
                .args(["--listen", "127.0.0.1:0"])
                .env_clear()
                .stdout(Stdio::piped())
                .stderr(File::create(log)?),
        )?;
        let said = child.with(|child| child.stdout.take()).context("the server has no output")?;
        let mut said = BufReader::new(said);
        // The pipe ends when the server does.
        let address = said.by_ref().lines().map_while(Result::ok).find_map(|line| address_in(&line));
        let address = address.with_context(|| {
            format!("the server did not start: {}", std::fs::read_to_string(log).unwrap_or_default())
        })?;
        Ok(Self { child, address, started, _said: said })
    }

    /// A connection to it.
    pub fn client(&self) -> anyhow::Result<Client> {
        Client::connect(self.address)
    }

    /// Its memory.
    pub fn memory(&self) -> anyhow::Result<Memory> {
        process::memory(self.child.id())
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

/// `machiaruki import` of a file of facilities.
pub fn import(file: &Path, database: &Path) -> anyhow::Result<()> {
    run_import("facilities", file, database, &["--dataset", super::data::DATASET, "--key", "code"])
}

/// `machiaruki import network` of a file.
pub fn import_network(file: &Path, database: &Path) -> anyhow::Result<()> {
    run_import("network", file, database, &["--source", "見本", "--licence", "CC0 1.0", "--sample"])
}

fn run_import(target: &str, file: &Path, database: &Path, options: &[&str]) -> anyhow::Result<()> {
    let url = url(database);
    let child = Guarded::spawn(
        Command::new(program())
            .args(["import", target])
            .arg(file)
            .args(["--database-url", &url])
            .args(options)
            .env_clear()
            .stdout(Stdio::null())
            .stderr(Stdio::inherit()),
    )?;
    ensure!(child.wait(IMPORT_PATIENCE)?.success(), "the import failed");
    Ok(())
}

fn url(database: &Path) -> String {
    format!("sqlite:{}", database.display())
}
