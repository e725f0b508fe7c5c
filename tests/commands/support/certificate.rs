//! Certificates for a test, made by `openssl`, and a client that trusts one of them alone.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion, crypto,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    version::{TLS12, TLS13},
};

/// A certificate for `localhost`, and its key.
pub struct Certificate {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

fn openssl(arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Certificate {
    /// Makes one that is valid for so many days; negative ones have passed.
    pub fn make(folder: &Path, name: &str, days: i32) -> Self {
        Self::of_kind(folder, name, days, &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
    }

    /// Makes one with a key of a kind that `openssl` knows.
    pub fn of_kind(folder: &Path, name: &str, days: i32, kind: &[&str]) -> Self {
        let (certificate, key) = (folder.join(format!("{name}.pem")), folder.join(format!("{name}.key")));
        let (out, keyout) = (certificate.to_str().unwrap(), key.to_str().unwrap());
        let days = days.to_string();
        let fixed = [
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
            "-days",
            &days,
            "-out",
            out,
            "-keyout",
            keyout,
        ];
        openssl(&[&["req", "-x509", "-newkey"][..], kind, &fixed].concat());
        Self { certificate, key }
    }

    /// Writes the key in the older form of its kind: SEC1 (`ec`) or PKCS#1 (`rsa`).
    pub fn with_older_key(mut self, kind: &str) -> Self {
        let older = self.key.with_extension("older");
        let traditional: &[&str] = if kind == "rsa" { &["-traditional"] } else { &[] };
        let (from, to) = (self.key.to_str().unwrap(), older.to_str().unwrap());
        openssl(&[&[kind, "-in", from, "-out", to][..], traditional].concat());
        let text = std::fs::read_to_string(&older).unwrap();
        assert!(text.contains(&format!("BEGIN {} PRIVATE KEY", kind.to_uppercase())), "{kind}");
        self.key = older;
        self
    }

    /// The options that name it.
    pub fn options(&self) -> [&str; 4] {
        ["--tls-certificate", self.certificate.to_str().unwrap(), "--tls-key", self.key.to_str().unwrap()]
    }

    /// Puts another one in its place.
    pub fn replace_with(&self, other: &Self) {
        std::fs::copy(&other.key, &self.key).unwrap();
        std::fs::copy(&other.certificate, &self.certificate).unwrap();
    }

    /// Connects, trusting this certificate and no other.
    pub fn connect(&self, address: SocketAddr) -> std::io::Result<TlsConnection> {
        self.connect_by(address, &[&TLS13, &TLS12])
    }

    /// Connects by TLS 1.2, or by 1.3.
    pub fn connect_by_one(&self, address: SocketAddr, newest: bool) -> std::io::Result<TlsConnection> {
        self.connect_by(address, &[if newest { &TLS13 } else { &TLS12 }])
    }

    fn connect_by(
        &self,
        address: SocketAddr,
        versions: &[&'static SupportedProtocolVersion],
    ) -> std::io::Result<TlsConnection> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(&self.certificate).unwrap()).unwrap();
        let provider = Arc::new(crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
        let mut config = builder.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let name = ServerName::try_from("localhost").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let mut stream = StreamOwned::new(connection, stream);
        while stream.conn.is_handshaking() {
            stream.conn.complete_io(&mut stream.sock)?;
        }
        Ok(TlsConnection { stream })
    }
}

/// A connection over TLS.
pub struct TlsConnection {
    stream: StreamOwned<ClientConnection, TcpStream>,
}

impl TlsConnection {
    /// The protocol that was agreed on.
    pub fn protocol(&self) -> String {
        String::from_utf8(self.stream.conn.alpn_protocol().unwrap_or_default().to_vec()).unwrap()
    }

    /// Sends a request as it stands, and reads until the connection is closed.
    pub fn ask(&mut self, request: &str) -> std::io::Result<String> {
        self.stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        match self.stream.read_to_end(&mut answer) {
            Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => Err(error),
            _ => Ok(String::from_utf8_lossy(&answer).into_owned()),
        }
    }

    /// GET with further headers, each with its line's end.
    pub fn get(&mut self, path: &str, headers: &str) -> std::io::Result<String> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"))
    }
}
