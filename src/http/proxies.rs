//! Which proxies are believed, and what they say of their clients.
//!
//! Anybody can send `Forwarded` or `X-Forwarded-For`. They are believed only on connections from a trusted
//! proxy, and of the hops that they list only the right-most one that is not itself trusted: what stands left of
//! it, the client wrote.

use std::net::IpAddr;

use http::HeaderMap;
use ipnet::IpNet;

use super::{
    forwarded::{Hop, Malformed, forwarded_hops, x_forwarded_hops},
    peer::{Peer, is_forwarded},
};

/// The networks of proxies that are believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// These networks.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// Whether a proxy there is believed.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The client of a request that came over a connection from `address`, over TLS or not.
    #[must_use]
    pub fn peer(&self, address: IpAddr, over_tls: bool, headers: &HeaderMap) -> Peer {
        if !self.trusts(address) {
            return Peer { address, secure: over_tls, forwarded: is_forwarded(headers) };
        }
        // Even without any such header: nobody but a proxy speaks from there.
        let of_proxy = Peer { address, secure: false, forwarded: true };
        let client = |hops: Result<Vec<Hop>, Malformed>| hops.map(|hops| self.client(address, &hops));
        let standard = forwarded_hops(headers).map(client);
        let usual = x_forwarded_hops(headers).map(client);
        let said = match (standard, usual) {
            (Some(said), None) | (None, Some(said)) => said.ok(),
            // A proxy that writes one header and hands on the other lets its client write that one. Only
            // where both say the same is there no doubt.
            (Some(Ok(standard)), Some(Ok(usual))) if standard.address == usual.address => {
                Some(Said { secure: standard.secure && usual.secure, ..standard })
            }
            (Some(_), Some(_)) | (None, None) => None,
        };
        said.map_or(of_proxy, |said| Peer { address: said.address, secure: said.secure, forwarded: true })
    }

    /// The right-most hop that is not a trusted proxy; or the first of all, when they all are.
    fn client(&self, connection: IpAddr, hops: &[Hop]) -> Said {
        // Whoever said what comes next from the right; the connection's other end, at first.
        let mut known = Said { address: connection, secure: false };
        for hop in hops.iter().rev() {
            let Some(address) = hop.address else {
                // It does not say who its client is: what it knows ends here.
                return Said { address: known.address, secure: hop.secure };
            };
            known = Said { address, secure: hop.secure };
            if !self.trusts(address) {
                break;
            }
        }
        known
    }
}

#[derive(Clone, Copy, Debug)]
struct Said {
    address: IpAddr,
    secure: bool,
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    use super::*;

    fn proxies() -> TrustedProxies {
        TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()])
    }

    fn peer(connection: &str, headers: &[(&'static str, &str)]) -> (String, bool, bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let peer = proxies().peer(connection.parse().unwrap(), false, &map);
        (peer.address.to_string(), peer.secure, peer.forwarded)
    }

    fn client(address: &str, secure: bool) -> (String, bool, bool) {
        (address.to_owned(), secure, true)
    }

    #[test]
    fn nobody_but_a_trusted_proxy_is_believed() {
        for headers in [
            &[("x-forwarded-for", "192.0.2.9"), ("x-forwarded-proto", "https")][..],
            &[("forwarded", "for=192.0.2.9;proto=https")],
            &[("x-real-ip", "127.0.0.1")],
        ] {
            assert_eq!(peer("198.51.100.1", headers), client("198.51.100.1", false), "{headers:?}");
        }
        assert_eq!(peer("198.51.100.1", &[]), ("198.51.100.1".into(), false, false));
    }

    #[test]
    fn a_trusted_proxy_says_who_its_client_is() {
        for (headers, expected) in [
            (&[("x-forwarded-for", "192.0.2.9")][..], client("192.0.2.9", false)),
            (&[("x-forwarded-for", "192.0.2.9"), ("x-forwarded-proto", "https")], client("192.0.2.9", true)),
            (&[("x-forwarded-for", "192.0.2.9:4711")], client("192.0.2.9", false)),
            (&[("x-forwarded-for", "2001:db8::9")], client("2001:db8::9", false)),
            (&[("x-forwarded-for", "[2001:db8::9]:4711")], client("2001:db8::9", false)),
            (&[("x-forwarded-for", "::ffff:192.0.2.9")], client("192.0.2.9", false)),
            (&[("forwarded", "for=192.0.2.9;proto=https;by=_x")], client("192.0.2.9", true)),
            (
                &[("forwarded", "For=\"[2001:db8::9]:4711\" ; Proto=HTTPS ; host=\"a,b;c\"")],
                client("2001:db8::9", true),
            ),
            // Without a word from it, it is still a proxy.
            (&[], client("10.0.0.1", false)),
        ] {
            assert_eq!(peer("10.0.0.1", headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        for (headers, expected) in [
            // The proxy appended the address that it saw.
            (&[("x-forwarded-for", "127.0.0.1, 192.0.2.9")][..], client("192.0.2.9", false)),
            (
                &[("x-forwarded-for", "127.0.0.1"), ("x-forwarded-for", "192.0.2.9")],
                client("192.0.2.9", false),
            ),
            (&[("x-forwarded-for", "127.0.0.1, 192.0.2.9, 10.0.0.2, fd00::2")], client("192.0.2.9", false)),
            (
                &[("forwarded", "for=127.0.0.1;proto=https, for=192.0.2.9;proto=http, for=10.0.0.2")],
                client("192.0.2.9", false),
            ),
            // It said https itself, and the proxy appended http.
            (
                &[("x-forwarded-for", "192.0.2.9"), ("x-forwarded-proto", "https, http")],
                client("192.0.2.9", false),
            ),
            // The proxy writes one of the two and hands on the other.
            (
                &[("forwarded", "for=127.0.0.1;proto=https"), ("x-forwarded-for", "192.0.2.9")],
                client("10.0.0.1", false),
            ),
            (
                &[("forwarded", "for=192.0.2.9;proto=https"), ("x-forwarded-for", "192.0.2.9")],
                client("192.0.2.9", false),
            ),
        ] {
            assert_eq!(peer("10.0.0.1", headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_ends_what_is_known() {
        for (headers, expected) in [
            (&[("x-forwarded-for", "192.0.2.9, nonsense")][..], client("10.0.0.1", false)),
            (&[("x-forwarded-for", "192.0.2.9, unknown, 10.0.0.2")], client("10.0.0.2", false)),
            (&[("forwarded", "for=192.0.2.9, for=_hidden;proto=https")], client("10.0.0.1", true)),
            (&[("forwarded", "for=192.0.2.9, for=unknown")], client("10.0.0.1", false)),
            // Malformed: nothing of it is believed.
            (&[("forwarded", "for=192.0.2.9, for=\"10.0.0.2")], client("10.0.0.1", false)),
            (&[("forwarded", "for=192.0.2.9;for=192.0.2.8")], client("10.0.0.1", false)),
            (&[("forwarded", "192.0.2.9")], client("10.0.0.1", false)),
            (&[("x-forwarded-for", "")], client("10.0.0.1", false)),
            (&[("x-forwarded-for", "192.0.2.9:port")], client("10.0.0.1", false)),
            (&[("x-forwarded-for", "[192.0.2.9]")], client("10.0.0.1", false)),
            (&[("forwarded", "for=\"[::1\"")], client("10.0.0.1", false)),
        ] {
            assert_eq!(peer("10.0.0.1", headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn among_trusted_machines_alone_the_first_is_the_client() {
        assert_eq!(peer("10.0.0.1", &[("x-forwarded-for", "10.0.0.9, 10.0.0.2")]), client("10.0.0.9", false));
    }

    #[test]
    fn a_thousand_hops_are_no_way_around() {
        let hops = vec!["127.0.0.1"; 1_000].join(", ");
        let headers = format!("{hops}, 192.0.2.9");
        assert_eq!(peer("10.0.0.1", &[("x-forwarded-for", &headers)]), client("192.0.2.9", false));
    }

    proptest! {
        /// Whatever a client writes, the address that the proxy saw is the one that counts.
        #[test]
        fn whatever_a_client_writes_it_keeps_its_address(text in "[ -~]{0,60}", standard in "[ -~]{0,60}") {
            let usual = format!("{text}, 192.0.2.9");
            let found = peer("10.0.0.1", &[("x-forwarded-for", &usual)]);
            prop_assert_eq!(found.0, "192.0.2.9");
            // With the other header too, at worst nothing is believed.
            let found = peer("10.0.0.1", &[("x-forwarded-for", &usual), ("forwarded", &standard)]);
            prop_assert!(found.0 == "192.0.2.9" || found.0 == "10.0.0.1", "{}", found.0);
        }

        #[test]
        fn whatever_a_client_writes_before_the_proxys_element(text in "[a-z0-9=;.,:_-]{0,60}") {
            let found = peer("10.0.0.1", &[("forwarded", &format!("{text}, for=192.0.2.9"))]);
            prop_assert!(found.0 == "192.0.2.9" || found.0 == "10.0.0.1", "{}", found.0);
        }
    }
}
