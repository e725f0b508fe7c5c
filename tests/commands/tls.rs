//! `serve` with a certificate of its own.

use std::{
    io::Read as _,
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    time::{Duration, Instant},
};

use crate::support::{Certificate, Ward, ask, eventually, run};

const LONG: Duration = Duration::from_secs(30);

#[test]
fn pages_and_data_come_over_tls_of_both_versions() {
    let ward = Ward::new();
    let certificate = Certificate::make(ward.folder(), "ward", 90);
    let server = ward.serve_with(&certificate.options());
    assert!(server.said[0].starts_with("まちあるき https://"), "{:?}", server.said);
    for newest in [true, false] {
        let mut connection = certificate.connect_by_one(server.address, newest).unwrap();
        assert_eq!(connection.protocol(), "http/1.1");
        let answer = connection.get("/api/layers", "").unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.contains("strict-transport-security: max-age=31536000\r\n"), "{answer}");
    }
    // Links say https, and so does nobody else's word change anything.
    let mut connection = certificate.connect(server.address).unwrap();
    let answer = connection.get("/ogc?f=json", "X-Forwarded-Proto: http\r\n").unwrap();
    assert!(answer.contains("https://localhost/ogc"), "{answer}");
    // Whoever speaks plainly gets no answer that could be taken for one.
    let plain = ask(server.address, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(plain.closed && plain.statuses().is_empty(), "{plain:?}");
}

#[test]
fn without_tls_browsers_are_not_told_to_insist_on_it() {
    let server = Ward::new().serve();
    assert_eq!(server.get("/").header("strict-transport-security"), "");
}

#[test]
fn a_session_over_tls_has_a_cookie_for_this_host_alone() {
    let ward = Ward::new();
    let certificate = Certificate::make(ward.folder(), "ward", 90);
    let server = ward.serve_with(&certificate.options());
    let body = r#"{"login":"nobody","password":"wrong"}"#;
    let request = format!(
        "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    // 401: the password is wrong. 403 would say that the connection is not encrypted.
    let answer = certificate.connect(server.address).unwrap().ask(&request).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[test]
fn keys_of_every_usual_form_are_read() {
    let ward = Ward::new();
    let make = |name: &str, kind: &[&str]| Certificate::of_kind(ward.folder(), name, 90, kind);
    let elliptic = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
    for certificate in [
        make("sec1", &elliptic).with_older_key("ec"),
        make("rsa", &["rsa:2048"]),
        make("pkcs1", &["rsa:2048"]).with_older_key("rsa"),
        make("ed25519", &["ed25519"]),
    ] {
        let server = ward.serve_with(&certificate.options());
        let answer = certificate.connect(server.address).unwrap().get("/healthz", "").unwrap();
        assert!(answer.ends_with("ok\n"), "{}: {answer}", certificate.key.display());
    }
}

#[test]
fn a_new_certificate_is_used_without_a_restart_and_a_broken_one_is_not() {
    let ward = Ward::new();
    let first = Certificate::make(ward.folder(), "first", 90);
    let second = Certificate::make(ward.folder(), "second", 90);
    let old = Certificate::make(ward.folder(), "old", 90);
    old.replace_with(&first);
    let mut server = ward.serve_with(&old.options());
    assert!(first.connect(server.address).is_ok());
    // Half of the new one: the key does not fit yet.
    std::fs::copy(&second.certificate, &old.certificate).unwrap();
    server.signal("HUP");
    eventually("the broken certificate is named", LONG, || server.log().contains("the old one stays"));
    assert!(first.connect(server.address).is_ok(), "the old certificate does not serve any more");
    old.replace_with(&second);
    server.signal("HUP");
    eventually("the new certificate is used", LONG, || second.connect(server.address).is_ok());
    assert!(first.connect(server.address).is_err());
    assert!(server.is_running());
    std::fs::write(&old.certificate, "no certificate").unwrap();
    // Without any signal: the files are looked at every 30 seconds.
    eventually("the files are looked at", LONG * 3, || server.log().contains("holds no certificate"));
    assert!(second.connect(server.address).is_ok());
}

#[test]
fn a_certificate_that_cannot_be_used_stops_the_start() {
    let ward = Ward::new();
    let (one, other) =
        (Certificate::make(ward.folder(), "one", 90), Certificate::make(ward.folder(), "other", 90));
    let certificate = one.certificate.to_str().unwrap();
    let missing = ["--tls-certificate", certificate, "--tls-key", "nowhere.key"];
    let foreign = ["--tls-certificate", certificate, "--tls-key", other.key.to_str().unwrap()];
    let swapped = ["--tls-certificate", one.key.to_str().unwrap(), "--tls-key", certificate];
    for (options, words) in [
        (missing, "nowhere.key cannot be read"),
        (foreign, "cannot be used together"),
        (swapped, "holds no certificate"),
    ] {
        let error = ward.run(&[&["serve"][..], &options].concat()).refused();
        assert!(error.contains(words), "{error}");
        assert!(!error.contains("PRIVATE KEY"), "{error}");
    }
    let half = run(ward.folder(), &["serve", "--tls-certificate", certificate]);
    assert!(half.code == 2 && half.err.contains("--tls-key"), "{half:?}");
}

#[test]
fn a_certificate_near_its_end_is_named_in_the_log_and_by_doctor() {
    let ward = Ward::new();
    ward.run(&["migrate"]).ok();
    let good = Certificate::make(ward.folder(), "good", 90);
    let ending = Certificate::make(ward.folder(), "ending", 10);
    let server = ward.serve_with(&ending.options());
    eventually("the end is named", LONG, || server.log().contains("the certificate ends soon"));
    let doctor = |certificate: &Certificate| ward.run(&[&["doctor"][..], &certificate.options()].concat());
    let said = doctor(&good).ok().out;
    assert!(said.contains("good.pem: valid until 20") && !said.contains("good.key"), "{said}");
    let said = doctor(&ending).ok().out;
    assert!(said.contains("note") && said.contains("ending.pem: valid only until 20"), "{said}");
    let foreign = Certificate { certificate: good.certificate.clone(), key: ending.key.clone() };
    let ran = doctor(&foreign);
    assert!(ran.code == 1 && ran.out.contains("cannot be used together"), "{ran:?}");
    std::fs::set_permissions(&good.key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = doctor(&good).ok().out;
    assert!(said.contains("everybody on this machine can read it"), "{said}");
}

#[test]
fn a_handshake_has_an_end() {
    let ward = Ward::new();
    let certificate = Certificate::make(ward.folder(), "ward", 90);
    let server = ward.serve_with(&certificate.options());
    let mut silent = TcpStream::connect(server.address).unwrap();
    silent.set_read_timeout(Some(LONG)).unwrap();
    let started = Instant::now();
    assert_eq!(silent.read(&mut [0; 16]).unwrap(), 0, "something was said to a client that says nothing");
    assert!(started.elapsed() > Duration::from_secs(5), "{:?}", started.elapsed());
    assert!(certificate.connect(server.address).is_ok());
}

#[test]
fn the_plain_port_sends_readers_on_and_takes_nothing() {
    let ward = Ward::new();
    let certificate = Certificate::make(ward.folder(), "ward", 90);
    let options = [&certificate.options()[..], &["--http-redirect", "127.0.0.1:0"]].concat();
    let mut server = ward.serve_with(&options);
    server.line();
    let line = server.line();
    let plain = line.strip_prefix("http → https: ").unwrap().parse().unwrap();
    let port = server.address.port();
    let answer =
        ask(plain, b"GET /ogc?f=json HTTP/1.1\r\nHost: map.example\r\nConnection: close\r\n\r\n").text;
    assert!(answer.starts_with("HTTP/1.1 308"), "{answer}");
    assert!(answer.contains(&format!("location: https://map.example:{port}/ogc?f=json\r\n")), "{answer}");
    assert!(!answer.contains("strict-transport-security"), "{answer}");
    let post = b"POST /api/sign-in HTTP/1.1\r\nHost: map.example\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
    let answer = ask(plain, post).text;
    assert!(answer.starts_with("HTTP/1.1 403") && !answer.contains("location:"), "{answer}");
    server.terminate();
    assert!(server.wait(LONG).success());
}
