//! A PostgreSQL server of our own, which can be put on any disk and be cut off.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use sqlx::{Connection as _, PgConnection};

use crate::{support::eventually, ward::block_on};

/// The folder of its programs; says why and gives nothing where there are none.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|path| path.join("initdb").exists())
        .collect();
    found.sort();
    if found.is_empty() {
        eprintln!("skipped: PostgreSQL is not installed");
    }
    found.pop()
}

/// PostgreSQL refuses to run as root.
fn as_somebody(program: &Path) -> Command {
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout.starts_with(b"0\n");
    if !is_root {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

/// A cluster of databases in a folder.
pub struct Cluster {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
}

/// Its running server.
pub struct Postgres {
    child: Child,
}

impl Cluster {
    /// A new one in an empty folder.
    pub fn new(data: &Path) -> Option<Self> {
        let programs = programs()?;
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // Whoever runs it has to reach it.
        for folder in data.ancestors().skip(1).filter(|folder| folder.starts_with(std::env::temp_dir())) {
            if folder != std::env::temp_dir() {
                Command::new("chmod").arg("a+rwx").arg(folder).status().unwrap();
            }
        }
        Command::new("chmod").arg("a+rwx").arg(data).status().unwrap();
        let cluster = Self { programs, data: data.join("cluster"), port };
        let done = as_somebody(&cluster.programs.join("initdb"))
            .arg("-D")
            .arg(&cluster.data)
            .args(["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--wal-segsize=1"])
            .current_dir("/")
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Some(cluster)
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts its server as `prepare` wishes, and waits until it answers.
    pub fn start(&self, settings: &[&str], prepare: impl FnOnce(&mut Command)) -> Postgres {
        let mut command = as_somebody(&self.programs.join("postgres"));
        command
            .arg("-D")
            .arg(&self.data)
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-p"])
            .arg(self.port.to_string())
            .args(["-c", "max_connections=50", "-c", "max_wal_size=2MB", "-c", "min_wal_size=2MB"])
            .current_dir("/");
        for setting in settings {
            command.args(["-c", setting]);
        }
        prepare(&mut command);
        let log =
            fs::File::options().create(true).append(true).open(self.data.with_extension("log")).unwrap();
        let child = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let server = Postgres { child };
        eventually("PostgreSQL starts", Duration::from_mins(1), || self.answers());
        server
    }

    /// Starts its server again if it has given up, as a service manager does: on a full disk it cannot recover.
    pub fn revive(&self, server: &mut Postgres) {
        if server.child.try_wait().unwrap().is_some() {
            *server = self.start(&[], |_| ());
        }
    }

    fn answers(&self) -> bool {
        block_on(async {
            let Ok(connection) = PgConnection::connect(&self.url()).await else { return false };
            connection.close().await.is_ok()
        })
    }

    /// Everything is written and the server ends.
    pub fn stop(&self, mut server: Postgres) {
        let done = as_somebody(&self.programs.join("pg_ctl"))
            .args(["-m", "fast", "-w", "stop", "-D"])
            .arg(&self.data)
            .current_dir("/")
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        server.child.wait().unwrap();
    }

    /// All of its processes are gone at once.
    pub fn kill(&self, server: Postgres) {
        drop(server);
        let ours = self.data.to_string_lossy().into_owned();
        eventually("PostgreSQL is gone", Duration::from_mins(1), || {
            // Those that it forked work in its folder.
            let mut left = false;
            for entry in fs::read_dir("/proc").unwrap().flatten() {
                let here = fs::read_link(entry.path().join("cwd"));
                if here.is_ok_and(|here| here.to_string_lossy().starts_with(&ours)) {
                    left = true;
                    let _ = Command::new("kill").arg("-9").arg(entry.file_name()).status();
                }
            }
            !left
        });
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // `runuser` waits for its child and would leave it alone.
        let id = self.child.id().to_string();
        let _ = Command::new("pkill").args(["-9", "-P", &id]).status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
