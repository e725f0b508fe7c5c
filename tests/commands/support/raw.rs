//! Bytes on a connection, and whatever comes back until it closes.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// What came back for raw bytes.
#[derive(Debug)]
pub struct Raw {
    pub text: String,
    /// Whether the server closed the connection by itself.
    pub closed: bool,
}

/// Sends bytes and reads until the server closes, or is silent for a while.
pub fn ask(address: SocketAddr, bytes: &[u8]) -> Raw {
    let mut stream = TcpStream::connect(address).unwrap();
    // The server may refuse before everything has been sent.
    let _ = stream.write_all(bytes);
    read(&mut stream, Duration::from_millis(1_500))
}

fn read(stream: &mut TcpStream, silence: Duration) -> Raw {
    stream.set_read_timeout(Some(silence)).unwrap();
    let mut all = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    let closed = loop {
        match stream.read(&mut buffer) {
            Ok(0) => break true,
            Ok(count) => all.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break true,
            Err(_) => break false,
        }
    };
    Raw { text: String::from_utf8_lossy(&all).into_owned(), closed }
}

impl Raw {
    /// The status of each response.
    pub fn statuses(&self) -> Vec<u16> {
        let starts = self.text.match_indices("HTTP/1.").map(|(at, _)| &self.text[at..]);
        starts.filter_map(|text| text.split(' ').nth(1)?.parse().ok()).collect()
    }
}

/// Sends bytes, says that nothing follows, and reads what comes back.
pub fn ask_to_the_end(address: SocketAddr, bytes: &[u8]) -> Raw {
    let mut stream = TcpStream::connect(address).unwrap();
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    read(&mut stream, Duration::from_secs(5))
}
