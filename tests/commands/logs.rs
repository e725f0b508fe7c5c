//! Nothing of what people send is in the log, however much is logged.

use std::time::Duration;

use crate::support::{Connection, Server, Ward, ask};

/// Values that would be noticed wherever they turned up.
const CANARIES: [&str; 9] = [
    "canary-query",
    "canary-cookie",
    "canary-bearer",
    "canary-agent",
    "canary-referrer",
    "canary-body",
    "canary-password",
    "canary-login",
    "canary-forwarded",
];

fn send_everywhere(server: &Server, path: &str) {
    let headers = "Cookie: machiaruki=canary-cookie; __Host-machiaruki=canary-cookie\r\n\
        Authorization: Bearer canary-bearer\r\nUser-Agent: canary-agent\r\n\
        Referer: http://ward.example/?q=canary-referrer\r\nX-Forwarded-For: canary-forwarded, 192.0.2.77\r\n\
        Forwarded: for=canary-forwarded\r\nContent-Type: application/json\r\n";
    let body = r#"{"login":"canary-login","password":"canary-password","note":"canary-body","persona":"canary-body","token":"canary-body"}"#;
    for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
        let length =
            if method == "GET" { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let sent = if method == "GET" { "" } else { body };
        let separator = if path.contains('?') { '&' } else { '?' };
        let request = format!(
            "{method} {path}{separator}q=canary-query&bbox=canary-query HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}{length}\r\n{sent}"
        );
        let raw = ask(server.address, request.as_bytes());
        assert_eq!(raw.statuses().len(), 1, "{method} {path}: {raw:?}");
    }
}

#[test]
fn no_value_that_people_send_is_logged_even_when_everything_is() {
    for (format, level) in [("text", "debug"), ("json", "trace")] {
        let ward = Ward::new();
        let options = ["--log", level, "--log-format", format, "--trusted-proxy", "127.0.0.1"];
        let mut server = ward.serve_with(&options);
        for path in [
            "/",
            "/healthz",
            "/nowhere",
            "/sign-in",
            "/api/layers",
            "/api/search",
            "/api/layers/schools/features",
            "/ogc/collections/schools/items",
            "/api/session",
            "/api/sign-in",
            "/api/demo/sign-in",
            "/api/activation",
            "/api/activation/check",
            "/api/me",
            "/api/me/password",
            "/api/accounts",
            "/api/grants",
            "/api/audit",
            "/?embed=1",
        ] {
            send_everywhere(&server, path);
        }
        // What is malformed has no less to hide.
        ask(server.address, b"GET /?q=canary-query HTTP/9\r\nCookie: canary-cookie\r\n\r\n");
        ask(
            server.address,
            b"GET http://evil.example/?q=canary-query HTTP/1.1\r\nHost: canary-agent\r\n\r\n",
        );
        let long = format!("GET /?q={} HTTP/1.1\r\nHost: a\r\n\r\n", "canary-query".repeat(1_000));
        ask(server.address, long.as_bytes());
        let mut broken = Connection::open(server.address).unwrap();
        broken.send_with("POST", "/api/sign-in", "Content-Length: 900\r\n").unwrap();
        drop(broken);
        server.terminate();
        server.wait(Duration::from_secs(30));
        let log = server.log();
        assert!(log.contains("/api/sign-in"), "nothing was logged at all: {log}");
        for canary in CANARIES {
            assert!(!log.contains(canary), "{level}: {canary} is in the log: {}", line_of(&log, canary));
        }
        // Addresses of people: the client's, and what a proxy says of it.
        for address in ["127.0.0.1:", "192.0.2.77"] {
            assert!(!log.contains(address), "{level}: {address} is in the log: {}", line_of(&log, address));
        }
    }
}

fn line_of<'a>(log: &'a str, text: &str) -> &'a str {
    log.lines().find(|line| line.contains(text)).unwrap_or_default()
}
