//! HTTP/1.1 by hand, over one connection: enough for this service, which always says a body's length.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// A connection to the service.
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects; fails when nobody listens.
    pub fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(10))?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(Self { stream, read: Vec::new() })
    }

    /// Sends a GET. More requests may follow on the same connection.
    pub fn send(&mut self, path: &str) -> std::io::Result<()> {
        self.send_with("GET", path, "")
    }

    /// Sends a request with further headers, each with its line's end.
    pub fn send_with(&mut self, method: &str, path: &str, headers: &str) -> std::io::Result<()> {
        let path: String = path
            .bytes()
            .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        write!(self.stream, "{method} {path} HTTP/1.1\r\nHost: ward.example\r\n{headers}\r\n")
    }

    /// Sends a body, or a part of one.
    pub fn write(&mut self, bytes: &[u8]) {
        self.try_write(bytes).unwrap();
    }

    /// Sends a body, or a part of one, to a server that may be gone.
    pub fn try_write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Reads a response's status and headers; its body is still to come.
    pub fn head(&mut self) -> std::io::Result<Response> {
        let end = loop {
            if let Some(at) = memchr::memmem::find(&self.read, b"\r\n\r\n") {
                break at;
            }
            self.more()?;
        };
        let head = String::from_utf8(self.read[..end].to_vec()).unwrap();
        self.read.drain(..end + 4);
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        Ok(Response { status, headers, body: Vec::new() })
    }

    /// Reads a whole response.
    pub fn receive(&mut self) -> std::io::Result<Response> {
        let mut response = self.head()?;
        let length: usize = response.header("content-length").parse().unwrap();
        self.body(&mut response, length)?;
        Ok(response)
    }

    /// Reads the body of a response whose head has been read.
    pub fn body(&mut self, response: &mut Response, length: usize) -> std::io::Result<()> {
        while self.read.len() < length {
            self.more()?;
        }
        response.body = self.read.drain(..length).collect();
        Ok(())
    }

    fn more(&mut self) -> std::io::Result<()> {
        let mut bytes = vec![0; 64 * 1024];
        match self.stream.read(&mut bytes)? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => {
                self.read.extend_from_slice(&bytes[..count]);
                Ok(())
            }
        }
    }
}

impl Response {
    /// A header's value; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON, of a 200.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }
}
