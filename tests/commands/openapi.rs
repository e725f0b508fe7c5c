//! `openapi`.

use serde_json::Value;

use crate::support::run;

fn document(arguments: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    serde_json::from_str(&run(folder.path(), arguments).ok().out).unwrap()
}

#[test]
fn both_definitions_are_printed() {
    let app = document(&["openapi"]);
    assert!(app["openapi"].as_str().unwrap().starts_with("3.1."));
    assert!(app["paths"]["/api/layers"].is_object());
    let ogc = document(&["openapi", "--of", "ogc"]);
    assert!(ogc["openapi"].as_str().unwrap().starts_with("3.0."));
    assert!(ogc["paths"]["/collections/shelters/items"].is_object());
}
