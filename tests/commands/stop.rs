//! Stopping: open requests are answered, idle connections hold nothing up.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Connection, Server, Ward, eventually, geojson};

const LONG: Duration = Duration::from_secs(30);

#[test]
fn sigterm_ends_the_server_well() {
    let ward = Ward::new();
    let mut server = ward.serve();
    server.get("/healthz");
    server.terminate();
    let status = server.wait(LONG);
    assert!(status.success(), "{status}: {}", server.log());
    assert!(Connection::open(server.address).is_err());
    assert!(!server.log().contains("ERROR"), "{}", server.log());
}

#[test]
fn sigterm_is_heeded_from_the_moment_on_at_which_the_address_is_said() {
    let ward = Ward::new();
    for _ in 0..10 {
        let mut server = ward.serve();
        server.terminate();
        let status = server.wait(LONG);
        assert!(status.success(), "{status}: it ended without letting open requests end");
    }
}

#[test]
fn sigterm_ends_the_demo_well() {
    let ward = Ward::new();
    let mut server = Server::start(ward.folder(), &["demo", "--data", "demo"]);
    server.terminate();
    let status = server.wait(LONG);
    assert!(status.success(), "{status}: {}", server.log());
}

#[test]
fn an_idle_connection_does_not_hold_it_up() {
    let ward = Ward::new();
    let mut server = ward.serve();
    let mut idle = Connection::open(server.address).unwrap();
    idle.send("/healthz").unwrap();
    idle.receive().unwrap();
    let start = Instant::now();
    server.terminate();
    assert!(server.wait(LONG).success());
    // Well below the time that open requests are given.
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
}

#[test]
fn a_response_on_its_way_is_sent_to_its_end() {
    let ward = Ward::new();
    // Far more than the connection's buffers hold, in few features.
    let text = "長い説明".repeat(1_600);
    let places: Vec<_> =
        (0..1_000).map(|i| json!({ "name": format!("地点{i}"), "description": text })).collect();
    ward.file("long.geojson", geojson(&places));
    ward.stored("facilities", "long.geojson", &[]);
    let mut server = ward.serve();
    let mut connection = Connection::open(server.address).unwrap();
    connection.send("/api/layers/facilities/features").unwrap();
    let mut response = connection.head().unwrap();
    let length: usize = response.header("content-length").parse().unwrap();
    assert!(length > 15_000_000, "{length}");
    server.terminate();
    eventually("the server takes no new connections", LONG, || Connection::open(server.address).is_err());
    assert!(server.is_running(), "it ended before its response was read");
    connection.body(&mut response, length).unwrap();
    assert_eq!(response.json()["number_returned"], 1_000);
    assert!(server.wait(LONG).success());
}
