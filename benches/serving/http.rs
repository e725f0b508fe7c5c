//! A small HTTP client: one connection, one request at a time. For checks and for waiting; the load comes
//! from wrk.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};

/// No answer takes so long.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to a server.
pub struct Client {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
    /// The header line with a cookie; none when empty.
    cookie: String,
}

fn stream(address: SocketAddr) -> anyhow::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::with_capacity(64 * 1024, stream))
}

/// A response.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// `Content-Encoding`, empty without one.
    pub coding: String,
    /// The cookie that it sets, empty without one.
    pub cookie: String,
    /// Its body as it was sent.
    pub body: Vec<u8>,
}

impl Client {
    /// Connects.
    pub fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        Ok(Self { address, stream: stream(address)?, cookie: String::new() })
    }

    /// The same, sending a cookie each time.
    pub fn with_cookie(self, cookie: &str) -> Self {
        Self { cookie: format!("Cookie: {cookie}\r\n"), ..self }
    }

    /// GETs a path. `accepted` is `Accept-Encoding`; none when empty.
    pub fn get(&mut self, path: &str, accepted: &str) -> anyhow::Result<Answer> {
        let coding =
            if accepted.is_empty() { String::new() } else { format!("Accept-Encoding: {accepted}\r\n") };
        let (host, cookie) = (self.address, &self.cookie);
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{coding}{cookie}\r\n");
        self.ask(path, &request)
    }

    /// POSTs JSON to a path. Without a cookie when that is empty.
    pub fn post(&mut self, path: &str, cookie: &str, body: &str) -> anyhow::Result<Answer> {
        let cookie = if cookie.is_empty() { String::new() } else { format!("Cookie: {cookie}\r\n") };
        self.post_with(path, &cookie, body)
    }

    /// POSTs JSON to a path, with lines of headers, each with its end.
    pub fn post_with(&mut self, path: &str, headers: &str, body: &str) -> anyhow::Result<Answer> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\n{headers}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.ask(path, &request)
    }

    fn ask(&mut self, path: &str, request: &str) -> anyhow::Result<Answer> {
        let sent = self.stream.get_mut().write_all(request.as_bytes());
        // Servers close connections on which nothing is asked for a while.
        if sent.is_err() || self.stream.fill_buf().map_or(true, <[u8]>::is_empty) {
            self.stream = stream(self.address)?;
            self.stream.get_mut().write_all(request.as_bytes())?;
        }
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status")?;
        let mut answer = Answer { status, coding: String::new(), cookie: String::new(), body: Vec::new() };
        // 204 has no content, and says no length.
        let mut length = (status == 204).then_some(0);
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Some(value.trim().parse()?),
                "content-encoding" => value.trim().clone_into(&mut answer.coding),
                "set-cookie" => value.trim().clone_into(&mut answer.cookie),
                "transfer-encoding" => bail!("{path}: the response has no length"),
                _ => {}
            }
        }
        answer.body.resize(length.context("the response has no length")?, 0);
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    /// GETs a path that must be there.
    pub fn body(&mut self, path: &str, accepted: &str) -> anyhow::Result<Vec<u8>> {
        let answer = self.get(path, accepted)?;
        ensure!(answer.status == 200, "{path}: status {}", answer.status);
        Ok(answer.body)
    }

    fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line)? > 0, "the server closed the connection");
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}
