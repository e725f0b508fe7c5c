//! Options, by the command line and by environment variables.

use serde_json::{Value, json};

use crate::support::{Server, Ward, program, run};

#[test]
fn every_option_can_be_given_by_the_environment() {
    let ward = Ward::new();
    let mut command = program(ward.folder());
    command.arg("serve").envs([
        ("MACHIARUKI_DATABASE_URL", &*ward.url),
        ("MACHIARUKI_LISTEN", "127.0.0.1:0"),
        ("MACHIARUKI_MUNICIPALITY_CODE", "131041"),
        ("MACHIARUKI_MUNICIPALITY_NAME", "新宿区"),
        ("MACHIARUKI_MUNICIPALITY_NAME_EN", "Shinjuku City"),
        ("MACHIARUKI_MUNICIPALITY_NAME_EASY", "しんじゅくく"),
        ("MACHIARUKI_BBOX", "139.67,35.67,139.75,35.73"),
        ("MACHIARUKI_BASE_MAP_URL", "none"),
        ("MACHIARUKI_LOG", "warn"),
    ]);
    let server = Server::spawn(command, ward.folder());
    let settings = server.json("/api/settings");
    assert_eq!(
        settings["municipality"],
        json!({ "code": "131041", "name": { "ja": "新宿区", "en": "Shinjuku City", "easy": "しんじゅくく" } })
    );
    assert_eq!(settings["bbox"], json!([139.67, 35.67, 139.75, 35.73]));
    assert_eq!(settings["base_map"], Value::Null);
}

#[test]
fn the_base_map_is_the_pale_map_of_gsi_unless_said_otherwise() {
    let ward = Ward::new();
    let map = ward.serve().json("/api/settings")["base_map"].clone();
    assert_eq!(map["url_template"], "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png");
    assert!(map["attribution"].as_str().unwrap().contains("地理院タイル"));
}

#[test]
fn values_that_cannot_be_right_are_refused_with_an_example() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (["--bbox", "139,35"], "west,south,east,north"),
        (["--bbox", "140,35,139,36"], "west,south,east,north"),
        (["--listen", "8080"], "--listen"),
        (["--public-url", "map.example.lg.jp"], "https://map.example.lg.jp"),
        (["--database-url", "ward.sqlite"], "sqlite:PATH"),
    ] {
        let ran = run(folder.path(), &[&["serve"][..], &arguments].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn logs_can_be_for_programs() {
    let ward = Ward::new();
    let mut server = Server::start(
        ward.folder(),
        &["serve", "--database-url", &ward.url, "--log-format", "json", "--log", "debug"],
    );
    server.get("/api/search?q=secret-place");
    server.terminate();
    server.wait(std::time::Duration::from_secs(30));
    let log = server.log();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(lines.iter().any(|line| line["path"] == "/api/search"), "{log}");
    // What was searched for may say where somebody is.
    assert!(!log.contains("secret-place"), "{log}");
}
