//! The three zones of docs/deployment.md: three processes on one PostgreSQL.

use std::{net::SocketAddr, time::Duration};

use serde_json::{Value, json};

use crate::support::{Certificate, Connection, Response, Server, Ward, eventually};

/// The demo's roster as the file that it was read from.
const ROSTER: &str = include_str!("../../geodata/roster.sample.csv");
const PASSWORD: &str = "ひみつ の あいことば 2026";

/// What the ward's proxy says of whoever comes by https.
const BY_PROXY: &str = "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n";

/// Somebody's browser in one zone.
struct Browser<'z> {
    zone: Zone<'z>,
    cookie: String,
}

/// Where a browser gets in: by the ward's proxy, or by the process's own TLS.
#[derive(Clone, Copy)]
enum Zone<'z> {
    Proxied(SocketAddr),
    Tls(SocketAddr, &'z Certificate),
}

impl Zone<'_> {
    fn ask(self, method: &str, path: &str, headers: &str, body: Option<&Value>) -> Response {
        let body = body.map(Value::to_string).unwrap_or_default();
        let length = body.len();
        let headers = format!("Content-Type: application/json\r\nContent-Length: {length}\r\n{headers}");
        match self {
            Self::Proxied(address) => {
                let mut connection = Connection::open(address).unwrap();
                connection.send_with(method, path, &format!("{BY_PROXY}{headers}")).unwrap();
                connection.write(body.as_bytes());
                if method == "HEAD" { connection.head().unwrap() } else { answer(&mut connection) }
            }
            Self::Tls(address, certificate) => {
                let mut connection = certificate.connect(address).unwrap();
                let request = format!(
                    "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n{body}"
                );
                parsed(&connection.ask(&request).unwrap())
            }
        }
    }
}

/// A response, whether it has a body or not.
fn answer(connection: &mut Connection) -> Response {
    let mut response = connection.head().unwrap();
    let length: usize = response.header("content-length").parse().unwrap_or(0);
    connection.body(&mut response, length).unwrap();
    response
}

fn parsed(text: &str) -> Response {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    Response { status, headers, body: body.as_bytes().to_vec() }
}

impl<'z> Browser<'z> {
    /// Opens a one-time link, sets a password, and is signed in.
    fn activated(zone: Zone<'z>, link: &str) -> Self {
        let token = link.split('#').nth(1).unwrap();
        let body = json!({ "token": token, "password": PASSWORD });
        Self::keeping(zone, &zone.ask("POST", "/api/activation", "", Some(&body)))
    }

    fn signed_in(zone: Zone<'z>, login: &str) -> Self {
        let body = json!({ "login": login, "password": PASSWORD });
        Self::keeping(zone, &zone.ask("POST", "/api/sign-in", "", Some(&body)))
    }

    fn keeping(zone: Zone<'z>, response: &Response) -> Self {
        assert_eq!(response.status, 204, "{response:?}");
        let cookie = response.header("set-cookie").split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with("__Host-machiaruki="), "{cookie}");
        Self { zone, cookie }
    }

    fn ask(&self, method: &str, path: &str, more: &str, body: Option<&Value>) -> Response {
        self.zone.ask(method, path, &format!("Cookie: {}\r\n{more}", self.cookie), body)
    }

    fn get(&self, path: &str) -> Response {
        self.ask("GET", path, "", None)
    }
}

/// The one-time link that a command printed.
fn link(out: &str) -> String {
    out.split_whitespace().find(|word| word.contains("/activate#")).unwrap().to_owned()
}

/// A ward with a roster, a place of a department's, one of its editors and a registrar.
fn prepared() -> Option<(Ward, [String; 2])> {
    let ward = Ward::on_postgres()?;
    ward.file("roster.csv", ROSTER);
    ward.run(&["roster", "import", "roster.csv", "--effective-on", "2026-04-01"]).ok();
    ward.file("halls.csv", "名称,緯度,経度\n芝会館,35.65,139.75\n");
    ward.stored("facilities", "halls.csv", &["--dataset", "halls", "--steward", "防災課(見本)"]);
    // Two approvers first, as docs/access.md has it; then somebody of 防災課 who edits.
    for first in ["first", "second"] {
        ward.run(&["user", "add", first, "--name", "見本", "--role", "approver", "--role", "registrar"]).ok();
    }
    let editor = ward.run(&["user", "add", "900002", "--role", "editor"]).ok().out;
    let registrar = ward.run(&["user", "link", "first"]).ok().out;
    Some((ward, [link(&editor), link(&registrar)]))
}

#[test]
fn each_zone_answers_its_own_and_an_edit_in_one_is_seen_in_another() {
    let Some((ward, [editor_link, registrar_link])) = prepared() else { return };
    let certificate = Certificate::make(ward.folder(), "register", 30);
    let proxied = |surface: &str, host: &str| -> Server {
        let url = format!("https://{host}");
        ward.serve_with(&["--surface", surface, "--public-url", &url, "--trusted-proxy", "127.0.0.1"])
    };
    let public = proxied("public", "map.example.lg.jp");
    let staff = proxied("staff", "walk.example.lg.jp");
    let register = ward.serve_with(
        &[
            &["--surface", "register", "--public-url", "https://localhost", "--base-map-url", "none"][..],
            &certificate.options(),
        ]
        .concat(),
    );
    let (public_zone, staff_zone) = (Zone::Proxied(public.address), Zone::Proxied(staff.address));
    let register_zone = Zone::Tls(register.address, &certificate);

    // People sign in where they work, over https alone.
    let editor = Browser::activated(staff_zone, &editor_link);
    assert_eq!(editor.get("/api/me").json()["login"], "900002");
    let registrar = Browser::activated(register_zone, &registrar_link);
    assert_eq!(registrar.get("/api/me").json()["roles"], json!(["staff", "registrar", "approver"]));
    let again = Browser::signed_in(staff_zone, "900002");
    assert_eq!(again.get("/api/me").status, 200);
    let mut plain = Connection::open(staff.address).unwrap();
    let body = json!({ "login": "900002", "password": PASSWORD }).to_string();
    let headers = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    plain.send_with("POST", "/api/sign-in", &headers).unwrap();
    plain.write(body.as_bytes());
    assert_ne!(answer(&mut plain).status, 204, "nobody signs in without encryption");

    // The public zone has nothing of the others, whoever asks, signed in elsewhere or not.
    let passer_by = Browser { zone: public_zone, cookie: editor.cookie.clone() };
    for (method, path) in [
        ("GET", "/sign-in"),
        ("GET", "/account"),
        ("GET", "/people"),
        ("GET", "/roster"),
        ("GET", "/audit"),
        ("GET", "/edit"),
        ("GET", "/retention"),
        ("GET", "/settings"),
        ("GET", "/api/me"),
        ("GET", "/api/staff"),
        ("GET", "/api/roster/previews"),
        ("GET", "/api/accounts"),
        ("GET", "/api/grants"),
        ("GET", "/api/audit"),
        ("GET", "/api/places?layer=facilities"),
        ("GET", "/api/datasets"),
        ("GET", "/api/retention"),
        ("GET", "/auth/oidc/start"),
        ("POST", "/api/sign-in"),
        ("POST", "/api/activation"),
        ("POST", "/api/demo/sign-in"),
    ] {
        let body = (method == "POST").then(|| json!({}));
        for cookie in [&*passer_by.cookie, "a=b"] {
            let found = public_zone.ask(method, path, &format!("Cookie: {cookie}\r\n"), body.as_ref());
            assert_eq!(found.status, 404, "{method} {path}: {found:?}");
        }
    }
    // Staff things are not in the register's zone.
    assert_eq!(registrar.get("/api/places?layer=facilities").status, 404);
    assert_eq!(registrar.get("/roster").status, 404);

    // An edit in the staff zone is on everybody's map.
    let list = editor.get("/api/places?layer=facilities").json();
    let path = format!("/api/places/{}", list["places"][0]["id"].as_str().unwrap());
    let tag = editor.get(&path).header("etag").to_owned();
    let change = json!({ "fields": { "name": "芝防災会館" }, "reason": "名称の変更" });
    let changed = editor.ask("PATCH", &path, &format!("If-Match: {tag}\r\n"), Some(&change));
    assert_eq!(changed.status, 200, "{changed:?}");
    for zone in [public_zone, register_zone] {
        eventually("the edit on the map of another zone", Duration::from_secs(5), || {
            let found = zone.ask("GET", "/api/layers/facilities/features", "", None).json();
            found["features"][0]["properties"]["name"] == "芝防災会館"
        });
    }
    // One log holds what was done in each.
    let log = ward.run(&["audit", "verify"]).ok().out;
    assert!(log.contains("the log is whole"), "{log}");
}

#[test]
fn only_a_zone_where_people_work_does_what_is_done_for_the_ward() {
    let Some((ward, _)) = prepared() else { return };
    ward.run(&["user", "add", "900003", "--role", "trainer"]).ok();
    // The roster says that they left, and no import ran since.
    ward.execute("UPDATE staff_spell SET valid_to = '2026-04-02' WHERE staff = (SELECT id FROM staff WHERE number = '900003')");
    let listed = || ward.run(&["user", "list"]).ok().out;
    let public = ward.serve_with(&["--surface", "public"]);
    assert_eq!(public.get("/healthz").status, 200);
    assert!(listed().contains("900003: trainer"), "{}", listed());
    let staff = ward.serve_with(&["--surface", "staff"]);
    assert_eq!(staff.get("/healthz").status, 200);
    assert!(!listed().contains("900003"), "{}", listed());
}
