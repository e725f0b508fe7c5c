//! Reading `Forwarded` (RFC 7239) and the `X-Forwarded-…` headers that came before it.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

/// One hop, as the proxy behind it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hop {
    /// Its address; none where it is hidden or cannot be read.
    pub(super) address: Option<IpAddr>,
    /// Whether it spoke to the proxy over TLS.
    pub(super) secure: bool,
}

/// A header that means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The hops that `Forwarded` names, from the client on; none when it is not sent.
pub(super) fn forwarded_hops(headers: &HeaderMap) -> Option<Result<Vec<Hop>, Malformed>> {
    let read = |line: Result<&str, Malformed>| elements(line?).ok_or(Malformed);
    let hops: Result<Vec<_>, _> = lines(headers, "forwarded")?.map(read).collect();
    Some(hops.map(|lines| lines.into_iter().flatten().collect()))
}

/// The hops that `X-Forwarded-For` names, from the client on; none when it is not sent. `X-Forwarded-Proto` speaks
/// of all of them.
pub(super) fn x_forwarded_hops(headers: &HeaderMap) -> Option<Result<Vec<Hop>, Malformed>> {
    // Whoever lists more than one may not have been the first to write it.
    let is_https = |line: Result<&str, Malformed>| {
        line.is_ok_and(|line| line.split(',').all(|proto| proto.trim().eq_ignore_ascii_case("https")))
    };
    let secure = lines(headers, "x-forwarded-proto").is_some_and(|mut lines| lines.all(is_https));
    let mut hops = Vec::new();
    for line in lines(headers, "x-forwarded-for")? {
        match line {
            Ok(line) => {
                hops.extend(line.split(',').map(|text| Hop { address: address(text.trim()), secure }));
            }
            Err(malformed) => return Some(Err(malformed)),
        }
    }
    Some(Ok(hops))
}

/// A header's lines, each if it is text; nothing when there are none.
fn lines<'a>(headers: &'a HeaderMap, name: &str) -> Option<impl Iterator<Item = Result<&'a str, Malformed>>> {
    let mut values = headers.get_all(name).iter().peekable();
    values.peek()?;
    Some(values.map(|value| value.to_str().map_err(|_| Malformed)))
}

/// `for=…;proto=…, for=…`: every element of a line, or nothing when it is malformed.
fn elements(line: &str) -> Option<Vec<Hop>> {
    let mut hops = Vec::new();
    let mut rest = line;
    loop {
        let (mut node, mut proto): (Option<String>, Option<String>) = (None, None);
        loop {
            rest = rest.trim_start_matches([' ', '\t']);
            // An element may be empty, and a list may have empty elements.
            if let Some(end) = rest.find(|c: char| !is_token(c)).filter(|end| *end > 0) {
                let (name, after) = rest.split_at(end);
                let (value, after) = value(after.strip_prefix('=')?)?;
                let slot = match name.to_ascii_lowercase().as_str() {
                    "for" => Some(&mut node),
                    "proto" => Some(&mut proto),
                    _ => None,
                };
                if let Some(slot) = slot
                    && slot.replace(value).is_some()
                {
                    // Each parameter occurs once.
                    return None;
                }
                rest = after.trim_start_matches([' ', '\t']);
            } else if rest.starts_with(is_token) {
                // A token that ends the line has no value.
                return None;
            }
            match rest.strip_prefix(';') {
                Some(after) => rest = after,
                None => break,
            }
        }
        if node.is_some() || proto.is_some() {
            hops.push(Hop {
                address: node.as_deref().and_then(address),
                secure: proto.is_some_and(|proto| proto.eq_ignore_ascii_case("https")),
            });
        }
        if rest.is_empty() {
            return Some(hops);
        }
        rest = rest.strip_prefix(',')?;
    }
}

/// A token or a quoted string, and what comes after it.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(|c: char| !is_token(c)).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    // It never ends.
    None
}

/// What a token may be made of (RFC 9110), and the colons of addresses that some proxies do not quote.
fn is_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:".contains(character)
}

/// An address with or without a port. IPv4 that is dressed as IPv6 is IPv4.
fn address(node: &str) -> Option<IpAddr> {
    let plain = node.parse::<IpAddr>().ok();
    let found =
        plain.or_else(|| node.parse::<SocketAddr>().ok().map(|with_port| with_port.ip())).or_else(|| {
            let inside = node.strip_prefix('[')?;
            let (inside, after) = inside.split_once(']')?;
            let address: std::net::Ipv6Addr = inside.parse().ok()?;
            // A port may be hidden too: `_` and letters.
            let is_port = |port: &str| {
                !port.is_empty() && port.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            };
            (after.is_empty() || after.strip_prefix(':').is_some_and(is_port)).then_some(IpAddr::V6(address))
        })?;
    Some(found.to_canonical())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_are_read_as_the_standard_writes_them() {
        let hop = |text: &str, secure| Hop { address: text.parse().ok(), secure };
        for (line, hops) in [
            (r#"for="_gazonk""#, vec![hop("", false)]),
            (r#"For="[2001:db8:cafe::17]:4711""#, vec![hop("2001:db8:cafe::17", false)]),
            ("for=192.0.2.60;proto=http;by=203.0.113.43", vec![hop("192.0.2.60", false)]),
            (
                "for=192.0.2.43, for=198.51.100.17",
                vec![hop("192.0.2.43", false), hop("198.51.100.17", false)],
            ),
            (r#"for="192.0.2.43:_port";proto=https"#, vec![hop("", true)]),
            (r#"for="\1\2\7.0.0.1""#, vec![hop("127.0.0.1", false)]),
            (" , for=192.0.2.1 ,,", vec![hop("192.0.2.1", false)]),
            ("host=example.jp", vec![]),
        ] {
            assert_eq!(elements(line), Some(hops), "{line}");
        }
        for line in ["for", "for=", "=x", "for=a b", "for=\"", "for=\"\\", "for=a;for=b", "for=[::1]"] {
            assert_eq!(elements(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_makes_it_fail(line in ".{0,80}") {
            let _ = elements(&line);
            let _ = address(&line);
        }

        #[test]
        fn an_address_is_read_in_every_form(bits: u128, port: u16) {
            let v6 = std::net::Ipv6Addr::from_bits(bits);
            let v4 = std::net::Ipv4Addr::from_bits(bits as u32);
            for (text, expected) in [
                (v6.to_string(), IpAddr::V6(v6)),
                (format!("[{v6}]"), IpAddr::V6(v6)),
                (format!("[{v6}]:{port}"), IpAddr::V6(v6)),
                (v4.to_string(), IpAddr::V4(v4)),
                (format!("{v4}:{port}"), IpAddr::V4(v4)),
            ] {
                prop_assert_eq!(address(&text), Some(expected.to_canonical()), "{}", text);
            }
        }
    }
}
