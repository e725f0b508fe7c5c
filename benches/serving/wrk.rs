//! Load from `wrk`: one thread and 16 connections, so that the server keeps most of the machine.

use std::{
    io::Read as _,
    net::SocketAddr,
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail};

use crate::child::Guarded;

/// The script that asks for random paths.
const RANDOM: &str = include_str!("random.lua");
const SEED: &str = "131032";
const CONNECTIONS: &str = "-c16";

/// What is asked of one server.
#[derive(Clone, Debug)]
pub struct Load {
    /// Where the server is.
    pub address: SocketAddr,
    /// What it is asked for.
    pub paths: Paths,
    /// `Accept-Encoding`; none when empty.
    pub accepted: &'static str,
    /// `Cookie`, where one path is asked for; none when empty.
    pub cookie: String,
}

/// One path, or random ones of a list.
#[derive(Clone, Debug)]
pub enum Paths {
    /// The same path again and again.
    One(String),
    /// Random lines of the file, by the script beside it.
    Random {
        /// One path per line.
        list: PathBuf,
        /// The Lua script.
        script: PathBuf,
    },
}

impl Paths {
    /// Writes a list of paths, and the script that reads it, into a folder.
    pub fn random(folder: &std::path::Path, name: &str, paths: &[String]) -> anyhow::Result<Self> {
        let (list, script) = (folder.join(format!("{name}.txt")), folder.join("random.lua"));
        std::fs::write(&list, paths.join("\n") + "\n")?;
        std::fs::write(&script, RANDOM)?;
        Ok(Self::Random { list, script })
    }
}

impl Load {
    /// Requests per second, over that long. Any error is an error: a server that refuses is fast.
    pub fn run(&self, seconds: u64) -> anyhow::Result<f64> {
        let mut command = Command::new("wrk");
        command.args(["-t1", CONNECTIONS, "--timeout", "10s"]).arg(format!("-d{seconds}s"));
        match &self.paths {
            Paths::One(path) => {
                if !self.accepted.is_empty() {
                    command.args(["-H", &format!("Accept-Encoding: {}", self.accepted)]);
                }
                if !self.cookie.is_empty() {
                    command.args(["-H", &format!("Cookie: {}", self.cookie)]);
                }
                command.arg(format!("http://{}{path}", self.address));
            }
            Paths::Random { list, script } => {
                command.arg("-s").arg(script).arg(format!("http://{}", self.address));
                command.arg("--").arg(list).args([SEED, self.accepted]);
            }
        }
        let child = Guarded::spawn(command.stdout(Stdio::piped()).stderr(Stdio::piped()))?;
        let status = child.wait(Duration::from_secs(seconds + 30))?;
        let mut said = String::new();
        if let Some(mut pipe) = child.with(|child| child.stdout.take()) {
            pipe.read_to_string(&mut said)?;
        }
        let failed = !status.success() || said.contains("Non-2xx") || said.contains("Socket errors");
        if failed {
            if let Some(mut pipe) = child.with(|child| child.stderr.take()) {
                pipe.read_to_string(&mut said)?;
            }
            bail!("wrk against {} ended with {status}:\n{said}", self.address);
        }
        let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
        Ok(rate.context("wrk reports no rate")?.trim().parse()?)
    }
}

/// What `wrk -v` says of itself.
pub fn version() -> anyhow::Result<String> {
    let said = Command::new("wrk").arg("-v").output();
    let said = said.context("wrk is not installed: run `make deps`")?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    Ok(text.split_whitespace().nth(1).unwrap_or("unknown").to_owned())
}
