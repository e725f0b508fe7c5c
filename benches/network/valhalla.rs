//! Valhalla, asked through `yardstick.py`, in a Python environment of its own under `target`.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;

use super::Point;

/// What is asked for.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A path.
    Path,
    /// The best order of stops.
    Order,
}

/// What came of it.
#[derive(Debug, Deserialize)]
pub struct Answers {
    /// How long each took, in microseconds.
    pub took_us: Vec<f64>,
    /// What was found.
    pub found: Vec<Option<Found>>,
}

/// A path of Valhalla's.
#[derive(Clone, Debug, Deserialize)]
pub struct Found {
    /// How long it is.
    pub metres: f64,
    /// Where it begins and ends.
    pub ends: Option<[Point; 2]>,
}

/// A running Valhalla.
pub struct Valhalla {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Its version.
    pub version: String,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/network"))
}

/// The Python that has it; installed when it is missing.
fn python() -> anyhow::Result<PathBuf> {
    let environment = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/bench-python"));
    let python = environment.join("bin/python");
    let run = |command: &mut Command| -> anyhow::Result<()> {
        let done = command.stdout(Stdio::null()).output().context("python3 cannot be started")?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr).trim());
        Ok(())
    };
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    if run(Command::new(&python).args(["-c", "import valhalla"])).is_err() {
        println!("installing Valhalla into {}", environment.display());
        let requirements = folder().join("requirements.txt");
        let pip = ["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--requirement"];
        run(Command::new(&python).args(pip).arg(requirements)).context("Valhalla cannot be installed")?;
    }
    Ok(python)
}

impl Valhalla {
    /// Starts it on an extract; its tiles are built in a folder.
    pub fn start(extract: &Path, tiles: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(tiles)?;
        let mut child = Command::new(python()?)
            // It leaves notes of its own where it runs.
            .current_dir(tiles)
            .arg(folder().join("yardstick.py"))
            .args([extract, tiles])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(questions), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("Valhalla has no pipes");
        };
        let mut started = Self { child, questions, answers: BufReader::new(answers), version: String::new() };
        let said: serde_json::Value = serde_json::from_str(&started.line()?)?;
        said["version"].as_str().context("no version")?.clone_into(&mut started.version);
        Ok(started)
    }

    /// Asks for each of these.
    pub fn ask(&mut self, kind: Kind, points: &[Vec<Point>]) -> anyhow::Result<Answers> {
        let kind = match kind {
            Kind::Path => "path",
            Kind::Order => "order",
        };
        writeln!(self.questions, "{}", serde_json::json!({ "kind": kind, "points": points }))?;
        self.questions.flush()?;
        Ok(serde_json::from_str(&self.line()?)?)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        ensure!(self.answers.read_line(&mut line)? > 0, "Valhalla ended");
        Ok(line)
    }
}

impl Drop for Valhalla {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
