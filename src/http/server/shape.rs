//! Requests whose form could mean two things, or too much of one: they are refused before anybody acts on them.

use http::{HeaderMap, Method, Request, Version, header, uri::Authority};

use crate::http::{Message, Problem, ProblemKind, limits::Limits};

/// What is wrong with the form of a request, if anything.
pub(super) fn refusal<B>(request: &Request<B>, limits: &Limits) -> Option<Problem> {
    let uri = request.uri();
    let length = uri.path().len() + uri.query().map_or(0, str::len);
    if length > limits.uri_bytes {
        return Some(Problem::new(
            ProblemKind::UriTooLong,
            Message::new(
                "アドレスが長すぎます。条件を減らしてください。",
                "The address is too long. Please use fewer conditions.",
            ),
        ));
    }
    if request.method() == Method::CONNECT {
        return Some(malformed("ここはプロキシではありません。", "This is no proxy."));
    }
    let headers = request.headers();
    if request.version() == Version::HTTP_11 && !names_one_host(headers) {
        return Some(malformed(
            "Host ヘッダーを一つだけ付けてください。",
            "Please send one Host header, and only one.",
        ));
    }
    // The whole address in the first line: a proxy may have decided by the one, and we would by the other.
    if let Some(authority) = uri.authority()
        && !is_same_host(authority, headers)
    {
        return Some(malformed(
            "アドレスと Host ヘッダーが一致していません。",
            "The address and the Host header name different hosts.",
        ));
    }
    None
}

fn malformed(ja: &str, en: &str) -> Problem {
    Problem::new(ProblemKind::BadRequest, Message::new(ja, en))
}

fn names_one_host(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    // RFC 9112 section 3.2: empty where the address has no host; otherwise host and port, never a user.
    host.is_empty() || (!host.as_bytes().contains(&b'@') && Authority::try_from(host.as_bytes()).is_ok())
}

fn is_same_host(authority: &Authority, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| Authority::try_from(host.as_bytes()).ok());
    host.is_some_and(|host| {
        let port = |of: &Authority| of.port_u16().filter(|port| !matches!(port, 80 | 443));
        host.host().eq_ignore_ascii_case(authority.host()) && port(&host) == port(authority)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(uri: &str, hosts: &[&str]) -> bool {
        let mut request = Request::builder().uri(uri);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        refusal(&request.body(()).unwrap(), &Limits::default()).is_some()
    }

    #[test]
    fn one_host_and_the_same_everywhere() {
        for (uri, hosts) in [
            ("/", &["map.example"][..]),
            ("/", &["map.example:8080"]),
            ("/", &["[2001:db8::1]:8080"]),
            ("/", &[""]),
            ("http://map.example/", &["map.example"]),
            ("http://map.example:80/", &["MAP.example"]),
        ] {
            assert!(!refused(uri, hosts), "{uri} {hosts:?}");
        }
        for (uri, hosts) in [
            ("/", &[][..]),
            ("/", &["a.example", "b.example"]),
            ("/", &["a.example", "a.example"]),
            ("/", &["user@map.example"]),
            ("/", &["map.example/path"]),
            ("/", &["map example"]),
            ("http://evil.example/", &["map.example"]),
            ("http://map.example:8080/", &["map.example"]),
        ] {
            assert!(refused(uri, hosts), "{uri} {hosts:?}");
        }
    }

    #[test]
    fn an_address_has_an_end() {
        assert!(!refused(&format!("/?q={}", "a".repeat(8_000)), &["a.example"]));
        assert!(refused(&format!("/?q={}", "a".repeat(9_000)), &["a.example"]));
        assert!(refused(&format!("/{}", "a".repeat(9_000)), &["a.example"]));
    }
}
