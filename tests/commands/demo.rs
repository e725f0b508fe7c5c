//! `demo`.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Server, Ward, layer, run};

fn demo(ward: &Ward) -> Server {
    Server::start(ward.folder(), &["demo", "--data", "demo"])
}

/// Ids and names of all features of all layers.
fn content(server: &Server) -> BTreeMap<String, Value> {
    let layers = server.json("/api/layers");
    let ids = layers["layers"].as_array().unwrap().iter().map(|layer| layer["id"].as_str().unwrap());
    ids.map(|id| (id.to_owned(), server.json(&format!("/api/layers/{id}/features")))).collect()
}

#[test]
fn one_command_shows_a_ward() {
    let ward = Ward::new();
    let server = demo(&ward);
    assert!(server.said[0].contains("見本の区") && server.said[0].contains("demo"), "{:?}", server.said);
    assert_eq!(server.json("/api/settings")["demo"], true);
    let layers = server.json("/api/layers");
    for (id, count) in
        [("stops", 56), ("routes", 8), ("shelters", 21), ("organisations", 22), ("boundary", 1)]
    {
        assert_eq!(layer(&layers, id)["feature_count"], count, "{id}");
    }
}

#[test]
fn a_restart_changes_nothing() {
    let ward = Ward::new();
    let first = demo(&ward);
    let (before, layers) = (content(&first), first.json("/api/layers"));
    first.terminate();
    drop(first);
    let second = demo(&ward);
    assert_eq!(content(&second), before);
    assert_eq!(second.json("/api/layers"), layers);
}

#[test]
fn it_survives_being_killed() {
    let ward = Ward::new();
    let first = demo(&ward);
    let before = content(&first);
    first.kill();
    for _ in 0..2 {
        let again = demo(&ward);
        assert_eq!(content(&again), before);
        again.kill();
    }
}

#[test]
fn it_survives_being_killed_while_it_is_set_up() {
    let ward = Ward::new();
    for millis in [30, 80, 160, 320] {
        let mut command = crate::support::program(ward.folder());
        command.args(["demo", "--data", "demo", "--listen", "127.0.0.1:0"]);
        let mut child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(millis));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let layers = demo(&ward).json("/api/layers");
    for (id, count) in [("routes", 8), ("stops", 56), ("shelters", 21), ("boundary", 1)] {
        assert_eq!(layer(&layers, id)["feature_count"], count, "{id}");
        // Nothing was imported twice in a different way.
        assert_eq!(layer(&layers, id)["datasets"][0]["vanished_count"], 0, "{id}");
    }
}

#[test]
fn a_demo_takes_no_real_data_and_says_why() {
    let ward = Ward::new();
    let server = demo(&ward);
    ward.file("schools.csv", crate::support::csv(&["芝小学校"]));
    let before = server.layer("schools");
    let url = "sqlite:demo/demo.sqlite";
    for options in [&["--database-url", url][..], &["--database-url", url, "--dry-run"]] {
        let error = run(ward.folder(), &[&["import", "schools", "schools.csv"], options].concat()).refused();
        assert!(error.contains("demo database") && error.contains("--database-url"), "{error}");
    }
    assert_eq!(server.layer("schools"), before);
}

#[test]
fn a_demo_is_not_served_as_a_ward_nor_a_ward_as_a_demo() {
    let ward = Ward::new();
    drop(demo(&ward));
    let url = "sqlite:demo/demo.sqlite";
    let error = run(ward.folder(), &["serve", "--database-url", url, "--listen", "127.0.0.1:0"]).refused();
    assert!(error.contains("holds the demo ward"), "{error}");
    std::fs::create_dir(ward.folder().join("other")).unwrap();
    ward.file("schools.csv", crate::support::csv(&["芝小学校"]));
    let other = ["import", "schools", "schools.csv", "--database-url", "sqlite:other/demo.sqlite"];
    run(ward.folder(), &other).ok();
    let error = run(ward.folder(), &["demo", "--data", "other", "--listen", "127.0.0.1:0"]).refused();
    assert!(error.contains("a ward's own data"), "{error}");
}
