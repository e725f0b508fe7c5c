//! The yardstick: nginx serving files from the page cache.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use crate::child::Guarded;

/// Debian keeps it where only root's PATH looks.
const PLACES: [&str; 3] = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

/// A running nginx.
pub struct Nginx {
    child: Guarded,
    /// Where it listens.
    pub address: SocketAddr,
    root: PathBuf,
}

impl Nginx {
    /// Starts nginx with a configuration of its own in `folder`.
    pub fn start(folder: &Path) -> anyhow::Result<Self> {
        let folder = folder.join("nginx");
        let root = folder.join("www");
        fs::create_dir_all(&root)?;
        // nginx cannot be given a listening socket; the port is free a moment before.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration(&folder, address)?)?;
        let log = folder.join("error.log");
        let child = Guarded::spawn(
            Command::new(program()?)
                .args(["-e".as_ref(), log.as_os_str(), "-p".as_ref(), folder.as_os_str()])
                .args(["-c".as_ref(), file.as_os_str()])
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        let started = Instant::now();
        while TcpStream::connect(address).is_err() {
            if started.elapsed() > Duration::from_secs(10) {
                bail!("nginx does not start: {}", fs::read_to_string(log).unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Self { child, address, root })
    }

    /// Puts a file where nginx serves it. Returns its path in URLs.
    pub fn put(&self, name: &str, bytes: &[u8]) -> anyhow::Result<String> {
        let file = self.root.join(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, bytes)?;
        Ok(format!("/{name}"))
    }

    /// The id of its first process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

/// What `nginx -v` says of itself.
pub fn version() -> anyhow::Result<String> {
    let said = Command::new(program()?).arg("-v").output()?;
    let text = String::from_utf8_lossy(&said.stderr).into_owned();
    Ok(text.rsplit('/').next().unwrap_or("unknown").trim().to_owned())
}

fn program() -> anyhow::Result<&'static str> {
    let found = PLACES.into_iter().find(|place| Path::new(place).exists());
    found.context("nginx is not installed: run `make deps`")
}

/// As fast as nginx serves files: no log, sendfile, open files kept, connections kept.
fn configuration(folder: &Path, address: SocketAddr) -> anyhow::Result<String> {
    // Started by root, the workers would be somebody who cannot read the temporary folder.
    let user = if fs::metadata(folder)?.uid() == 0 { "user root;" } else { "" };
    let at = folder.display();
    Ok(format!(
        "{user}
worker_processes 2;
daemon off;
pid {at}/nginx.pid;
error_log {at}/error.log;
events {{ worker_connections 1024; }}
http {{
    default_type application/geo+json;
    access_log off;
    sendfile on;
    tcp_nopush on;
    gzip_static on;
    keepalive_timeout 75s;
    keepalive_requests 100000000;
    open_file_cache max=20000 inactive=1h;
    open_file_cache_valid 1h;
    client_body_temp_path {at}/client;
    proxy_temp_path {at}/proxy;
    fastcgi_temp_path {at}/fastcgi;
    uwsgi_temp_path {at}/uwsgi;
    scgi_temp_path {at}/scgi;
    server {{
        listen {address};
        root {at}/www;
    }}
}}
"
    ))
}
