//! A running `serve` or `demo`.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{Connection, Response, program};

/// How long a server may take to start. Generous: machines that run tests are busy.
const START: Duration = Duration::from_mins(1);

/// A server process; it ends with the test.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// What it printed before and with its address.
    pub said: Vec<String>,
    lines: mpsc::Receiver<String>,
    log: PathBuf,
}

impl Server {
    /// Starts `serve` or `demo` with these arguments on a free port, and waits for its address.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = program(folder);
        command.args(arguments).args(["--listen", "127.0.0.1:0"]);
        Self::spawn(command, folder)
    }

    /// Starts a command that will say its address.
    pub fn spawn(mut command: Command, folder: &Path) -> Self {
        let log = tempfile::Builder::new().suffix(".log").tempfile_in(folder).unwrap();
        let (file, log) = log.keep().unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(file).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut said = Vec::new();
        let deadline = Instant::now() + START;
        let address = loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(line) = lines.recv_timeout(left) else {
                let log = std::fs::read_to_string(&log).unwrap_or_default();
                let _ = child.kill();
                panic!("the server did not say its address: {said:?} {log}");
            };
            let url = line.strip_prefix("まちあるき http").map(|rest| rest.trim_start_matches('s'));
            let address = url.and_then(|rest| rest.strip_prefix("://")?.parse().ok());
            // Where people reach it under another address, it says on which one it listens.
            let address = address.or_else(|| line.strip_prefix("受付 / listening on ")?.parse().ok());
            said.push(line);
            if let Some(address) = address {
                break address;
            }
        };
        Self { child, address, said, lines, log }
    }

    /// The next line that it prints.
    #[track_caller]
    pub fn line(&self) -> String {
        self.lines.recv_timeout(START).unwrap()
    }

    /// GET over a new connection.
    #[track_caller]
    pub fn get(&self, path: &str) -> Response {
        let mut connection = Connection::open(self.address).unwrap();
        connection.send(path).unwrap();
        connection.receive().unwrap()
    }

    /// The JSON at a path that answers 200.
    #[track_caller]
    pub fn json(&self, path: &str) -> Value {
        self.get(path).json()
    }

    /// What `/api/layers` says of one layer.
    #[track_caller]
    pub fn layer(&self, id: &str) -> Value {
        let document = self.json("/api/layers");
        let layers = document["layers"].as_array().unwrap();
        layers.iter().find(|layer| layer["id"] == id).unwrap().clone()
    }

    /// Whether the process still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Asks it to stop, as a service manager does.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let id = self.child.id();
        let status = Command::new("sh").args(["-c", &format!("kill -{name} {id}")]).status().unwrap();
        assert!(status.success());
    }

    /// Ends it without any warning.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub fn wait(&mut self, at_most: Duration) -> ExitStatus {
        let deadline = Instant::now() + at_most;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "still running after {at_most:?}: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
