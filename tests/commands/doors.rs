//! Which parts of the service run, behind which proxies, in whose frames.

use crate::support::{Connection, Server, Ward, run};

fn status(server: &Server, path: &str) -> u16 {
    server.get(path).status
}

#[test]
fn each_part_can_run_alone() {
    let ward = Ward::new();
    let everything = ward.serve();
    let public = ward.serve_with(&["--surface", "public"]);
    let staff = ward.serve_with(&["--surface", "staff"]);
    let register = ward.serve_with(&["--surface", "register"]);
    // (path, public, staff, register)
    for (path, expected) in [
        ("/", [200, 200, 200]),
        ("/healthz", [200, 200, 200]),
        ("/ogc", [200, 200, 200]),
        ("/api/layers", [200, 200, 200]),
        ("/api/accounts", [404, 401, 401]),
        ("/api/me", [404, 401, 401]),
    ] {
        let found = [&public, &staff, &register].map(|server| status(server, path));
        assert_eq!(found, expected, "{path}");
        assert_eq!(
            status(&everything, path),
            *expected.iter().find(|status| **status != 404).unwrap(),
            "{path}"
        );
    }
    let sign_in = |server: &Server| {
        let mut connection = Connection::open(server.address).unwrap();
        let body = "Content-Type: application/json\r\nContent-Length: 2\r\n";
        connection.send_with("POST", "/api/sign-in", body).unwrap();
        connection.write(b"{}");
        connection.receive().unwrap().status
    };
    assert_eq!([&public, &staff, &register, &everything].map(sign_in), [404, 422, 422, 422]);
}

#[test]
fn a_proxy_is_believed_only_when_it_is_trusted() {
    let ward = Ward::new();
    let trusting = ward.serve_with(&["--trusted-proxy", "127.0.0.0/8"]);
    let other = ward.serve_with(&["--trusted-proxy", "10.0.0.0/8"]);
    let https =
        "X-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n";
    let ask = |server: &Server, headers: &str| {
        let mut connection = Connection::open(server.address).unwrap();
        connection.send_with("GET", "/ogc?f=json", headers).unwrap();
        connection.receive().unwrap()
    };
    for (server, headers, secure) in [
        (&trusting, https, true),
        (&trusting, "Forwarded: for=192.0.2.9;proto=https;host=evil.example\r\n", true),
        (&trusting, "X-Forwarded-For: 192.0.2.9\r\n", false),
        (&trusting, "", false),
        (&other, https, false),
        (&other, "", false),
    ] {
        let answer = ask(server, headers);
        assert_eq!(!answer.header("strict-transport-security").is_empty(), secure, "{headers:?}");
        let document = answer.json().to_string();
        let scheme = if secure { "\"https://ward.example/ogc" } else { "\"http://ward.example/ogc" };
        assert!(document.contains(scheme), "{headers:?}: {document}");
        assert!(!document.contains("evil.example"), "{document}");
    }
}

#[test]
fn values_that_cannot_be_right_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (["--trusted-proxy", "0.0.0.0/0"], "no trusted proxy"),
        (["--trusted-proxy", "proxy.example"], "10.1.2.0/28"),
        (["--surface", "everything"], "public, staff, register"),
        (["--embed-origin", "www.city.example"], "https://www.city.example.lg.jp"),
        (["--connections", "0"], "above 0"),
        (["--http-redirect", "127.0.0.1:0"], "--tls-certificate"),
    ] {
        let ran = run(folder.path(), &[&["serve"][..], &arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn frames_are_for_whom_they_are_configured() {
    let ward = Ward::new();
    for (options, ancestors) in [
        (&[][..], "frame-ancestors *"),
        (&["--embed-origin", "none"], "frame-ancestors 'self'"),
        (
            &["--embed-origin", "https://a.example,https://b.example"],
            "frame-ancestors 'self' https://a.example https://b.example",
        ),
        // Where people sign in, nothing is framed.
        (&["--surface", "staff"], "frame-ancestors 'self'"),
    ] {
        let server = ward.serve_with(options);
        let policy = server.get("/?embed=1").header("content-security-policy").to_owned();
        assert!(policy.ends_with(ancestors), "{options:?}: {policy}");
        assert!(server.get("/").header("content-security-policy").ends_with("frame-ancestors 'self'"));
    }
}
