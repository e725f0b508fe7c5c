//! The single sign-on as an operator meets it: options, a provider that is not there, `doctor`.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
};

use serde_json::json;

use crate::support::{Server, Ward, program, run};

const SECRET: &str = "canary-client-secret";

/// A provider that says who it is and shows a key, and no more.
fn provider(issuer: Option<&'static str>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let length = stream.read(&mut head).unwrap();
            let url = format!("http://{address}");
            let body = if String::from_utf8_lossy(&head[..length]).starts_with("GET /keys") {
                json!({ "keys": [{ "kty": "RSA", "kid": "1", "n": "AQAB", "e": "AQAB" }] })
            } else {
                json!({
                    "issuer": issuer.unwrap_or(&url), "authorization_endpoint": format!("{url}/authorize"),
                    "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/keys"),
                    "response_types_supported": ["code"], "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                })
            }
            .to_string();
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
            )
            .unwrap();
        }
    });
    address
}

#[test]
fn options_that_do_not_go_together_are_refused_with_what_to_do() {
    let ward = Ward::new();
    let base = ["serve", "--database-url", &ward.url, "--listen", "127.0.0.1:0"];
    let issuer = ["--oidc-issuer", "https://sso.example"];
    let client = ["--oidc-client-id", "machiaruki"];
    let public = ["--public-url", "https://map.example"];
    for (arguments, words) in [
        (vec![issuer], "--oidc-client-id"),
        (vec![issuer, client], "--public-url"),
        (vec![["--oidc-issuer", "http://sso.example"], client, public], "https://"),
        (vec![["--oidc-issuer", "sso.example"], client, public], "is not an address"),
        (
            vec![issuer, client, ["--public-url", "http://map.example"]],
            "--public-url must begin with https://",
        ),
        (vec![issuer, client, public, ["--oidc-role-map", "a=hr"]], "--oidc-role-claim"),
        (vec![issuer, client, public, ["--oidc-role-claim", "groups"]], "--oidc-role-map"),
        (vec![issuer, client, public, ["--oidc-client-secret-file", "none"]], "--oidc-client-secret-file"),
        (vec![issuer, client, public, ["--oidc-client-secret", " "]], "is empty"),
    ] {
        let error = run(ward.folder(), &[&base[..], arguments.as_flattened()].concat()).refused();
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    for (mapping, words) in [("hr", "VALUE=ROLE"), ("a=root", "registrar"), ("a=staff", "everybody")] {
        let ran = run(ward.folder(), &[&base[..], &["--oidc-role-map", mapping]].concat());
        assert!(ran.code == 2 && ran.err.contains(words), "{mapping}: {ran:?}");
    }
}

#[test]
fn a_provider_that_is_down_keeps_nobody_from_the_map_and_the_secret_is_nowhere() {
    let ward = Ward::new();
    let secret = ward.folder().join(ward.file("secret", format!("{SECRET}\n")));
    let mut command = program(ward.folder());
    command.args(["serve"]).envs([
        ("MACHIARUKI_DATABASE_URL", &*ward.url),
        ("MACHIARUKI_LISTEN", "127.0.0.1:0"),
        ("MACHIARUKI_PUBLIC_URL", "http://127.0.0.1:8080"),
        ("MACHIARUKI_LOG", "debug"),
        // Nobody listens on port 1.
        ("MACHIARUKI_OIDC_ISSUER", "http://127.0.0.1:1"),
        ("MACHIARUKI_OIDC_CLIENT_ID", "machiaruki"),
        ("MACHIARUKI_OIDC_CLIENT_SECRET_FILE", secret.to_str().unwrap()),
        ("MACHIARUKI_OIDC_NAME", "区のサインイン"),
        ("MACHIARUKI_OIDC_SCOPES", "openid profile staff"),
        ("MACHIARUKI_OIDC_NUMBER_CLAIM", "employeeNumber"),
        ("MACHIARUKI_OIDC_ROLE_CLAIM", "groups"),
        ("MACHIARUKI_OIDC_ROLE_MAP", "CN=People,DC=ward=hr;map=editor"),
    ]);
    let server = spawn(command, &ward);
    assert_eq!(server.json("/api/session")["single_sign_on"], "区のサインイン");
    let answer = server.get("/auth/oidc/start");
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), "/sign-in?problem=unreachable");
    let log = server.log();
    assert!(log.contains("the single sign-on's provider cannot be asked"), "{log}");
    assert!(!log.contains(SECRET), "{log}");
}

/// With a public address, that is what the server says first.
fn spawn(mut command: std::process::Command, ward: &Ward) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    command.env("MACHIARUKI_LISTEN", &address).env("MACHIARUKI_PUBLIC_URL", format!("http://{address}"));
    Server::spawn(command, ward.folder())
}

#[test]
fn doctor_looks_at_the_provider_and_says_what_to_register() {
    let ward = Ward::new();
    ward.run(&["migrate"]).ok();
    let common = ["doctor", "--public-url", "https://map.example", "--oidc-client-id", "machiaruki"];
    let doctor = |issuer: &str| {
        let secret = ["--oidc-client-secret", SECRET, "--oidc-issuer", issuer];
        let ran = ward.run(&[&common[..], &secret].concat());
        assert!(!ran.out.contains(SECRET) && !ran.err.contains(SECRET), "{ran:?}");
        ran
    };
    let said = doctor(&format!("http://{}", provider(None))).ok().out;
    for words in [
        "answers and shows 1 key(s)",
        "redirect URI https://map.example/auth/oidc/callback",
        "post-logout redirect URI https://map.example/sign-in",
        "stay signed in there",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for (issuer, words) in [
        ("http://127.0.0.1:1".to_owned(), "openid-configuration opens on this machine"),
        (format!("http://{}", provider(Some("https://other.example"))), "other.example"),
        ("http://sso.example".to_owned(), "must begin with https://"),
    ] {
        let ran = doctor(&issuer);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.out.contains("FAIL") && ran.out.contains(words), "{words}: {ran:?}");
    }
}
