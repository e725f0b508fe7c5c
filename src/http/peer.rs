//! Who is at the other end of a connection.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, Request};
use http::{HeaderMap, header, request};

/// The other end, as far as it can be believed: the accept loop puts it into each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// The client's address: of the connection, or what a trusted proxy says.
    pub address: IpAddr,
    /// Whether the client speaks to us over TLS, itself or as a trusted proxy says.
    pub secure: bool,
    /// Whether a proxy is in between: one that we trust, or one that only says so in its headers.
    pub forwarded: bool,
}

impl Peer {
    /// The other end of a request. One that came through no accept loop is nobody we know.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        Self::in_extensions(request.extensions())
    }

    fn in_extensions(extensions: &http::Extensions) -> Self {
        extensions.get::<Self>().copied().unwrap_or(Self {
            address: IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED),
            secure: false,
            forwarded: true,
        })
    }

    /// Whether the request comes straight from this machine and is meant for it: from a loopback address,
    /// with a loopback `Host` (no name that was made to point here), and through no proxy.
    #[must_use]
    pub fn is_this_machine(self, headers: &HeaderMap) -> bool {
        self.address.is_loopback() && !self.forwarded && host(headers).is_some_and(is_loopback_name)
    }
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::in_extensions(&parts.extensions))
    }
}

/// Headers by which proxies say that they are there.
pub const FORWARDING: [&str; 7] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
    "cf-connecting-ip",
];

/// Whether a proxy says that it is in between.
#[must_use]
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    FORWARDING.iter().any(|name| headers.contains_key(*name))
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

fn is_loopback_name(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_this_machine_under_its_own_name_is_this_machine() {
        let peer =
            |address: &str, forwarded| Peer { address: address.parse().unwrap(), secure: false, forwarded };
        let host =
            |name: &'static str| HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(name))]);
        for name in ["localhost:8080", "127.0.0.1:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST"] {
            assert!(peer("127.0.0.1", false).is_this_machine(&host(name)), "{name}");
        }
        for name in ["evil.example:8080", "localhost.evil.example", "10.0.0.1", "[::2]", ""] {
            assert!(!peer("127.0.0.1", false).is_this_machine(&host(name)), "{name}");
        }
        assert!(!peer("127.0.0.1", true).is_this_machine(&host("localhost")));
        assert!(!peer("10.0.0.1", false).is_this_machine(&host("localhost")));
        assert!(!peer("127.0.0.1", false).is_this_machine(&HeaderMap::new()));
    }
}
