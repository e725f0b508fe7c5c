//! Options of the service's edge: TLS, proxies, limits, frames, and which parts are served.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use ipnet::IpNet;

use crate::{
    auth::Surface,
    http::{
        Embedding, TrustedProxies,
        limits::Limits,
        tls::{CertificateError, CertificateFiles, Tls},
    },
};

/// TLS of its own.
#[derive(Args, Clone, Debug)]
pub struct TlsConfig {
    /// The certificate and those between it and its root, in PEM. With it the service speaks HTTPS itself; the
    /// file is read anew when it changes
    #[arg(long, env = "MACHIARUKI_TLS_CERTIFICATE", value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// The certificate's private key in PEM, without a password
    #[arg(long, env = "MACHIARUKI_TLS_KEY", value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
}

impl TlsConfig {
    /// Where the certificate and its key are, if they are configured.
    #[must_use]
    pub fn files(&self) -> Option<CertificateFiles> {
        let (certificate, key) = (self.tls_certificate.clone()?, self.tls_key.clone()?);
        Some(CertificateFiles { certificate, key })
    }

    /// The certificate, if it is configured.
    ///
    /// # Errors
    /// When the files do not hold a certificate and the key to it.
    pub fn open(&self) -> Result<Option<Tls>, CertificateError> {
        self.files().map(Tls::open).transpose()
    }
}

/// Who stands before the service.
#[derive(Args, Clone, Debug)]
pub struct EdgeConfig {
    /// A second address that only sends browsers from http:// to https://
    #[arg(long, env = "MACHIARUKI_HTTP_REDIRECT", value_name = "ADDR", requires = "tls_certificate")]
    pub http_redirect: Option<SocketAddr>,
    /// A network of reverse proxies, such as 10.1.2.0/28 or 127.0.0.1: what they say of their clients in
    /// X-Forwarded-For, X-Forwarded-Proto or Forwarded is believed. May be given several times
    #[arg(
        long,
        env = "MACHIARUKI_TRUSTED_PROXY",
        value_name = "NETWORK",
        value_parser = network,
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<IpNet>,
    /// How many connections may be open at once
    #[arg(long, env = "MACHIARUKI_CONNECTIONS", default_value_t = 4096, value_name = "COUNT", value_parser = count)]
    pub connections: usize,
    /// How many of them one address may hold, such as that of an office; trusted proxies are exempt
    #[arg(
        long,
        env = "MACHIARUKI_CONNECTIONS_PER_ADDRESS",
        default_value_t = 1024,
        value_name = "COUNT",
        value_parser = count
    )]
    pub connections_per_address: usize,
    /// A site whose pages may show the public map in a frame (/?embed=1), such as
    /// <https://www.city.example.lg.jp>; `*` for any, `none` for none. May be given several times
    #[arg(
        long,
        env = "MACHIARUKI_EMBED_ORIGIN",
        default_value = "*",
        value_name = "ORIGIN",
        value_parser = embed_origin,
        value_delimiter = ','
    )]
    pub embed_origin: Vec<String>,
}

impl EdgeConfig {
    /// The proxies that are believed.
    #[must_use]
    pub fn proxies(&self) -> TrustedProxies {
        TrustedProxies::new(self.trusted_proxy.clone())
    }

    /// What one client may ask for.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            connections: self.connections,
            connections_per_address: self.connections_per_address,
            ..Limits::default()
        }
    }

    /// Whose pages may show the map in a frame.
    #[must_use]
    pub fn embedding(&self) -> Embedding {
        if self.embed_origin.iter().any(|origin| origin == "*") {
            return Embedding::Anybody;
        }
        let origins: Vec<_> = self.embed_origin.iter().filter(|origin| *origin != "none").cloned().collect();
        if origins.is_empty() { Embedding::Nobody } else { Embedding::Origins(origins) }
    }
}

/// Which parts of the service run here.
#[derive(Args, Clone, Debug)]
pub struct SurfaceConfig {
    /// A part of the service that runs here; all of them unless said otherwise. May be given several times
    #[arg(
        long = "surface",
        env = "MACHIARUKI_SURFACE",
        value_name = "PART",
        value_enum,
        value_delimiter = ','
    )]
    pub surfaces: Vec<Surface>,
}

impl SurfaceConfig {
    /// The parts that run here.
    #[must_use]
    pub fn surfaces(&self) -> &[Surface] {
        if self.surfaces.is_empty() { &Surface::ALL } else { &self.surfaces }
    }
}

/// `10.1.2.0/28`, or one address.
fn network(text: &str) -> Result<IpNet, String> {
    let one = text.parse::<std::net::IpAddr>().map(|address| IpNet::from(address.to_canonical())).ok();
    let found: IpNet = one
        .or_else(|| text.parse().ok())
        .ok_or("a network like 10.1.2.0/28 or an address like 127.0.0.1 is expected")?;
    if found.prefix_len() == 0 {
        return Err("the whole internet is no trusted proxy: name the proxies' own network".into());
    }
    Ok(found)
}

fn count(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| "a number above 0 is expected".into())
}

/// `https://host` or `https://host:port`, `*` or `none`.
fn embed_origin(text: &str) -> Result<String, String> {
    if matches!(text, "*" | "none") {
        return Ok(text.to_owned());
    }
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_host = |host: &str| {
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
    };
    if host.is_some_and(is_host) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("an origin like https://www.city.example.lg.jp, * or none is expected".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct All {
        #[command(flatten)]
        edge: EdgeConfig,
        #[command(flatten)]
        surface: SurfaceConfig,
        // Named by a requirement of the others.
        #[command(flatten)]
        _tls: TlsConfig,
    }

    fn parsed(arguments: &[&str]) -> All {
        use clap::Parser as _;
        All::parse_from([&["serve"][..], arguments].concat())
    }

    #[test]
    fn without_options_everything_runs_with_the_usual_limits() {
        let All { edge, surface, .. } = parsed(&[]);
        assert_eq!(surface.surfaces(), Surface::ALL);
        let (given, usual) = (edge.limits(), Limits::default());
        assert_eq!(format!("{given:?}"), format!("{usual:?}"));
        assert_eq!(edge.embedding(), Embedding::Anybody);
        assert!(!edge.proxies().trusts([127, 0, 0, 1].into()));
    }

    #[test]
    fn options_that_may_be_given_several_times() {
        let All { edge, surface, .. } = parsed(&[
            "--surface",
            "staff",
            "--surface",
            "register",
            "--embed-origin",
            "https://a.example",
            "--embed-origin",
            "https://b.example",
            "--trusted-proxy",
            "10.0.0.0/8,::1",
        ]);
        assert_eq!(surface.surfaces(), [Surface::Staff, Surface::Register]);
        let origins = vec!["https://a.example".into(), "https://b.example".into()];
        assert_eq!(edge.embedding(), Embedding::Origins(origins));
        assert!(edge.proxies().trusts([10, 1, 2, 3].into()) && !edge.proxies().trusts([11, 1, 2, 3].into()));
    }

    #[test]
    fn networks_and_addresses_of_proxies() {
        assert_eq!(network("10.1.2.0/28").unwrap().to_string(), "10.1.2.0/28");
        assert_eq!(network("127.0.0.1").unwrap().to_string(), "127.0.0.1/32");
        assert_eq!(network("::1").unwrap().to_string(), "::1/128");
        for text in ["", "0.0.0.0/0", "::/0", "proxy.example", "10.1.2.0/40"] {
            assert!(network(text).is_err(), "{text}");
        }
    }

    #[test]
    fn origins_can_hold_nothing_that_a_policy_would_misread() {
        assert_eq!(embed_origin("https://WWW.city.example:8443").unwrap(), "https://www.city.example:8443");
        for text in
            ["", "www.city.example", "https://a b", "https://a; script-src *", "https://a/b", "javascript:x"]
        {
            assert!(embed_origin(text).is_err(), "{text}");
        }
    }
}
