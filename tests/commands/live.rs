//! An import by the command reaches servers that are running.

use std::time::Duration;

use serde_json::Value;

use crate::support::{Server, Ward, csv, eventually, geojson, on_every_engine};

const SOON: Duration = Duration::from_secs(2);

fn count(server: &Server, layer: &str) -> u64 {
    server.layer(layer)["feature_count"].as_u64().unwrap()
}

#[test]
fn a_running_server_shows_an_import_within_two_seconds() {
    for ward in on_every_engine() {
        let server = ward.serve();
        assert_eq!(count(&server, "schools"), 0);
        let tag = server.get("/ogc/collections/schools/items").header("etag").to_owned();
        ward.file("s.csv", csv(&["芝小学校", "赤羽小学校"]));
        ward.stored("schools", "s.csv", &["--dataset", "s"]);
        eventually("the import is shown", SOON, || count(&server, "schools") == 2);
        assert_ne!(server.get("/ogc/collections/schools/items").header("etag"), tag);
        assert_eq!(server.json("/api/search?q=赤羽")["results"][0]["name"], "赤羽小学校");
        // And the next one: a change and a retirement.
        ward.file("s.csv", csv(&["芝小学校"]));
        ward.stored("schools", "s.csv", &["--dataset", "s"]);
        eventually("the retirement is shown", SOON, || count(&server, "schools") == 1);
    }
}

#[test]
fn a_change_of_what_is_said_of_a_dataset_is_shown_too() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["芝小学校"]));
    ward.stored("schools", "s.csv", &["--dataset", "s"]);
    let server = ward.serve();
    ward.stored("schools", "s.csv", &["--dataset", "s", "--steward", "教育課"]);
    eventually("the steward is shown", SOON, || {
        server.layer("schools")["datasets"][0]["steward"] == "教育課"
    });
}

#[test]
fn two_replicas_on_postgres_show_an_import_within_two_seconds() {
    let Some(ward) = Ward::on_postgres() else { return };
    let replicas = [ward.serve(), ward.serve()];
    let places: Vec<Value> = (0..500).map(|i| serde_json::json!({ "name": format!("地点{i}") })).collect();
    ward.file("f.geojson", geojson(&places));
    ward.stored("facilities", "f.geojson", &["--dataset", "f"]);
    for replica in &replicas {
        eventually("the import is shown", SOON, || count(replica, "facilities") == 500);
    }
    ward.file("f.geojson", geojson(&places[..499]));
    ward.stored("facilities", "f.geojson", &["--dataset", "f"]);
    for replica in &replicas {
        eventually("the retirement is shown", SOON, || count(replica, "facilities") == 499);
    }
    // Behind one address, a client must not notice which of them answers.
    for path in
        ["/api/layers", "/api/layers/facilities/features", "/ogc/collections/facilities/items?limit=10"]
    {
        let [one, other] = [0, 1].map(|index: usize| replicas[index].get(path));
        assert_eq!(one.header("etag"), other.header("etag"), "{path}");
        assert_eq!(one.body, other.body, "{path}");
    }
}

#[test]
fn readers_see_all_of_an_import_or_nothing() {
    for ward in on_every_engine() {
        let server = ward.serve();
        let places: Vec<Value> =
            (0..3_000).map(|i| serde_json::json!({ "name": format!("地点{i}") })).collect();
        ward.file("f.geojson", geojson(&places));
        let mut import = ward.spawn(&["import", "facilities", "f.geojson"]);
        let mut seen = Vec::new();
        eventually("the import is shown", Duration::from_mins(1), || {
            seen.push(
                server.json("/api/layers/facilities/features?limit=1")["number_matched"].as_u64().unwrap(),
            );
            seen.last() == Some(&3_000)
        });
        assert!(import.wait().unwrap().success());
        assert!(seen.iter().all(|count| [0, 3_000].contains(count)), "{seen:?}");
    }
}
