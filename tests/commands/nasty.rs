//! Bytes that no browser sends: they are refused or ignored, never believed, and never a fault of ours.

use proptest::{prelude::*, test_runner::TestRunner};

use crate::support::{Server, Ward, ask, ask_to_the_end};

fn is_well(server: &mut Server) {
    assert!(server.is_running());
    assert_eq!(server.get("/healthz").status, 200);
    let log = server.log();
    assert!(!log.contains("panicked") && !log.contains("ERROR"), "{log}");
}

/// A request within a request: were it believed, there would be a second answer.
const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[test]
fn a_request_with_two_lengths_hides_no_other() {
    let ward = Ward::new();
    let mut server = ward.serve();
    for head in [
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked, chunked\r\n",
        "Content-Length: 4\r\nTransfer-Encoding : chunked\r\n",
        "Content-Length: 4\r\nTransfer-Encoding:\tchunked\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Content-Length: 0\r\nContent-Length: 46\r\n",
        "Content-Length: 0, 46\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: gzip\r\n",
    ] {
        let bytes = format!("POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\n{head}\r\n0\r\n\r\n{HIDDEN}");
        let raw = ask(server.address, bytes.as_bytes());
        let statuses = raw.statuses();
        assert!(raw.closed, "{head:?}: it is still open: {raw:?}");
        assert!(statuses.len() <= 1, "{head:?}: two answers: {raw:?}");
        assert!(statuses.iter().all(|status| (400..500).contains(status)), "{head:?}: {raw:?}");
    }
    is_well(&mut server);
}

#[test]
fn malformed_requests_are_refused() {
    let ward = Ward::new();
    let mut server = ward.serve();
    let long = "a".repeat(70_000);
    let many = "X: a\r\n".repeat(300);
    let cases: Vec<(&str, String, &[u16])> = vec![
        ("no HTTP", "hello\r\n\r\n".into(), &[400]),
        ("HTTP/0.9", "GET /\r\n\r\n".into(), &[400]),
        ("HTTP/3", "GET / HTTP/3.0\r\nHost: a\r\n\r\n".into(), &[400]),
        ("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(), &[400]),
        ("no Host", "GET / HTTP/1.1\r\n\r\n".into(), &[400]),
        ("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".into(), &[400]),
        ("a user in Host", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n".into(), &[400]),
        (
            "another host in the address",
            "GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n".into(),
            &[400],
        ),
        ("NUL in the path", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n".into(), &[400]),
        ("NUL in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n".into(), &[400]),
        ("an escaped NUL", "GET /%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".into(), &[404]),
        ("a bare CR", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rY: b\r\n\r\n".into(), &[400]),
        ("a folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n".into(), &[400]),
        ("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n".into(), &[400]),
        ("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n".into(), &[400, 404, 405]),
        ("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".into(), &[405]),
        ("a long address", format!("GET /?q={long} HTTP/1.1\r\nHost: a\r\n\r\n"), &[414, 431]),
        (
            "an address a bit too long",
            format!("GET /?q={} HTTP/1.1\r\nHost: a\r\n\r\n", &long[..9_000]),
            &[414],
        ),
        ("a long header", format!("GET / HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n"), &[431]),
        ("many headers", format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n"), &[431]),
        ("a long method", format!("{} / HTTP/1.1\r\nHost: a\r\n\r\n", &long[..40_000]), &[400, 431]),
    ];
    for (what, bytes, allowed) in cases {
        let raw = ask(server.address, bytes.as_bytes());
        let statuses = raw.statuses();
        assert!(raw.closed, "{what}: it is still open: {raw:?}");
        assert!(
            statuses.is_empty() || (statuses.len() == 1 && allowed.contains(&statuses[0])),
            "{what}: {statuses:?}: {}",
            raw.text.chars().take(300).collect::<String>()
        );
    }
    is_well(&mut server);
}

#[test]
fn malformed_chunks_are_refused() {
    let ward = Ward::new();
    let mut server = ward.serve();
    for body in [
        "FFFFFFFFFFFFFFFFF\r\na\r\n0\r\n\r\n".to_owned(),
        "7fffffffffffffff\r\na\r\n0\r\n\r\n".to_owned(),
        "-1\r\na\r\n0\r\n\r\n".to_owned(),
        "x\r\n\r\n".to_owned(),
        "1 \r\nab\r\n0\r\n\r\n".to_owned(),
        format!("1;{}\r\na\r\n0\r\n\r\n", "e".repeat(40_000)),
        format!("0\r\nX: {}\r\n\r\n", "t".repeat(70_000)),
        // More than a sign-in ever holds.
        format!("{:x}\r\n{}\r\n0\r\n\r\n", 2_000_000, "a".repeat(2_000_000)),
    ] {
        let head = "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        let raw = ask_to_the_end(server.address, format!("{head}{body}{HIDDEN}").as_bytes());
        let statuses = raw.statuses();
        let start: String = body.chars().take(40).collect();
        assert!(raw.closed, "{start:?}: {raw:?}");
        assert!(statuses.len() <= 1, "{start:?}: {raw:?}");
        assert!(statuses.iter().all(|status| (400..500).contains(status)), "{start:?}: {raw:?}");
    }
    is_well(&mut server);
}

#[test]
fn lines_that_end_in_a_bare_line_feed_hide_no_other_request() {
    // RFC 9112 section 2.2 allows them to be taken for line ends; then they are everywhere.
    let ward = Ward::new();
    let mut server = ward.serve();
    let raw =
        ask(server.address, b"GET /healthz HTTP/1.1\nHost: a\nConnection: close\n\nGET /hidden HTTP/1.1\n\n");
    assert!(raw.closed && raw.statuses().len() == 1, "{raw:?}");
    assert!(matches!(raw.statuses()[0], 200 | 400), "{raw:?}");
    is_well(&mut server);
}

#[test]
fn whatever_is_sent_is_never_a_fault_of_ours() {
    let ward = Ward::new();
    let mut server = ward.serve();
    let address = server.address;
    let parts = prop_oneof![
        Just("GET ".to_owned()),
        Just("POST ".to_owned()),
        Just("/api/layers".to_owned()),
        Just("/ogc/collections/".to_owned()),
        Just("?limit=".to_owned()),
        Just("%ff%00%c3%28".to_owned()),
        Just(" HTTP/1.1\r\n".to_owned()),
        Just("Host: a\r\n".to_owned()),
        Just("Cookie: machiaruki=".to_owned()),
        Just("X-Forwarded-For: ".to_owned()),
        Just("Accept-Language: ".to_owned()),
        Just("If-None-Match: \"".to_owned()),
        Just("Content-Length: 5\r\n".to_owned()),
        Just("Transfer-Encoding: chunked\r\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        "[\\x00-\\x7f]{0,12}",
        "\\PC{0,6}",
    ];
    let requests = proptest::collection::vec(parts, 1..14);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&requests, |parts| {
            // With an end of input, so that nothing is waited for.
            let raw = ask_to_the_end(address, parts.concat().as_bytes());
            prop_assert!(raw.statuses().iter().all(|status| *status < 500), "{parts:?}: {raw:?}");
            Ok(())
        })
        .unwrap();
    is_well(&mut server);
}
