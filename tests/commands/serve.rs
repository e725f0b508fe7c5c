//! `serve`.

use std::net::TcpListener;

use serde_json::json;

use crate::support::{Connection, Server, Ward, on_every_engine, run};

#[test]
fn an_empty_database_is_served() {
    for ward in on_every_engine() {
        let server = ward.serve();
        let settings = server.json("/api/settings");
        assert_eq!(settings["demo"], false);
        assert_eq!(settings["municipality"]["code"], "131032");
        for layer in server.json("/api/layers")["layers"].as_array().unwrap() {
            assert_eq!(layer["feature_count"], 0);
            assert_eq!(layer["freshness"]["state"], "empty");
        }
        assert_eq!(server.json("/ogc/collections/stops/items")["features"], json!([]));
        assert_eq!(server.get("/healthz").body, b"ok\n");
        assert_eq!(server.get("/").status, 200);
    }
}

#[test]
fn it_says_where_it_is_and_where_the_open_data_are() {
    let ward = Ward::new();
    let server = ward.serve();
    assert_eq!(server.said, [format!("まちあるき http://{}", server.address)]);
    assert_eq!(server.line(), format!("オープンデータ / open data: http://{}/ogc", server.address));
    // The address that it says is the one that works.
    assert_eq!(server.get("/ogc").status, 200);
}

#[test]
fn a_port_in_use_is_said_in_words() {
    let ward = Ward::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let error = ward.run(&["serve", "--listen", &address]).refused();
    assert!(error.contains(&format!("cannot listen on {address}")) && error.contains("--listen"), "{error}");
}

#[test]
fn a_database_that_cannot_be_opened_is_said_in_words() {
    let ward = Ward::new();
    // A folder is no file.
    let url = format!("sqlite:{}", ward.folder().display());
    let error = run(ward.folder(), &["serve", "--database-url", &url, "--listen", "127.0.0.1:0"]).refused();
    assert!(error.contains(&format!("cannot open {url}")), "{error}");
    ward.file("text.sqlite", "This is no database, but a letter to the ward office.".repeat(100));
    let error = run(ward.folder(), &["serve", "--database-url", "sqlite:text.sqlite"]).refused();
    assert!(error.contains("sqlite:text.sqlite"), "{error}");
}

#[test]
fn data_survive_a_restart() {
    let ward = Ward::new();
    ward.file("schools.csv", crate::support::csv(&["芝小学校", "赤羽小学校"]));
    ward.stored("schools", "schools.csv", &[]);
    let first = ward.serve();
    let (layers, tag) = (first.json("/api/layers"), first.get("/api/layers").header("etag").to_owned());
    first.kill();
    let second = ward.serve();
    assert_eq!(second.json("/api/layers"), layers);
    assert_eq!(second.get("/api/layers").header("etag"), tag, "clients would load all layers again");
}

#[test]
fn a_connection_serves_many_requests() {
    let ward = Ward::new();
    let server: Server = ward.serve();
    let mut connection = Connection::open(server.address).unwrap();
    for path in ["/healthz", "/ogc", "/nowhere", "/api/layers", "/api/search?q=芝"] {
        connection.send(path).unwrap();
        let response = connection.receive().unwrap();
        assert_eq!(response.status, if path == "/nowhere" { 404 } else { 200 }, "{path}");
    }
}

#[test]
fn responses_without_a_body_leave_the_connection_in_order() {
    let ward = Ward::new();
    let server = ward.serve();
    let tag = server.get("/api/layers").header("etag").to_owned();
    let mut connection = Connection::open(server.address).unwrap();
    connection.send_with("GET", "/api/layers", &format!("If-None-Match: {tag}\r\n")).unwrap();
    let unchanged = connection.head().unwrap();
    assert_eq!((unchanged.status, unchanged.header("etag")), (304, &*tag));
    // RFC 9110 section 8.6: a 304 must not say a length that the 200 would not have.
    assert_eq!(unchanged.header("content-length"), "");
    connection.send_with("HEAD", "/api/layers", "").unwrap();
    let head = connection.head().unwrap();
    connection.send("/api/layers").unwrap();
    let whole = connection.receive().unwrap();
    assert_eq!(head.header("content-length"), whole.body.len().to_string());
}
