//! The real files of Minato ward, imported into an empty ward, with what is known of them.

use std::collections::BTreeMap;

use machiaruki::geo::area_km2;
use serde_json::{Value, json};

use crate::support::{Ward, on_every_engine, shared_path};

const BOUNDARY: &str = "minato/boundary-n03-13103.geojson";
const SCHOOLS: &str = "minato/elementary-schools-a27p.geojson";
const EMERGENCY: &str = "minato/shelters-emergency-131032.json";
const EVACUATION: &str = "minato/shelters-evacuation-131032.json";
const LOCALITIES: &str = "minato/chome.json";

fn geometry(feature: &Value) -> machiaruki::geo::Geometry {
    let geometry: geojson::Geometry = serde_json::from_value(feature["geometry"].clone()).unwrap();
    geometry.try_into().unwrap()
}

fn properties(features: &[Value]) -> Vec<&Value> {
    features.iter().map(|feature| &feature["properties"]).collect()
}

#[test]
fn the_broken_outline_is_repaired_and_that_is_reported() {
    let Some(file) = shared_path(BOUNDARY) else { return };
    for ward in on_every_engine() {
        let report = ward.stored("boundary", &file, &[]);
        assert_eq!((&report["added"], &report["repaired_count"]), (&json!(1), &json!(1)));
        let said = report["repaired"][0]["text"].as_str().unwrap();
        assert!(said.contains("islands were given as holes") && said.contains("became 9"), "{said}");
        let outline = &ward.features("boundary")[0];
        assert_eq!(outline["properties"]["name"], "港区");
        let machiaruki::geo::Geometry::MultiPolygon(areas) = geometry(outline) else {
            panic!("a multipolygon is expected: {outline}");
        };
        assert_eq!(areas.0.len(), 9, "outer rings");
        let km2 = area_km2(&areas.into());
        assert!((km2 - 20.6).abs() < 0.05, "{km2}");
    }
}

#[test]
fn the_repair_is_said_in_words_too() {
    let Some(file) = shared_path(BOUNDARY) else { return };
    let ward = Ward::new();
    let said = ward.import("boundary", &file, &[]).ok().out;
    assert!(said.contains("repaired: 1") && said.contains("20.6"), "{said}");
}

#[test]
fn eighteen_schools_lie_in_the_ward() {
    let (Some(file), Some(outline)) = (shared_path(SCHOOLS), shared_path(BOUNDARY)) else { return };
    let ward = Ward::new();
    ward.stored("boundary", &outline, &[]);
    let report = ward.stored("schools", &file, &[]);
    assert_eq!(
        (&report["read"], &report["added"], &report["refused_count"]),
        (&json!(18), &json!(18), &json!(0))
    );
    let schools = ward.features("schools");
    assert_eq!(schools.len(), 18);
    let outline = geometry(&ward.features("boundary")[0]);
    for school in &schools {
        assert!(geo::Intersects::intersects(&outline, &geometry(school)), "{school}");
        assert_eq!(school["properties"]["kind"], "elementary");
        assert!(school["properties"]["address"].as_str().unwrap().starts_with("港区"), "{school}");
    }
}

#[test]
fn the_records_of_two_lists_become_places_with_the_right_roles() {
    let (Some(emergency), Some(evacuation)) = (shared_path(EMERGENCY), shared_path(EVACUATION)) else {
        return;
    };
    for ward in on_every_engine() {
        let first = ward.stored("shelters", &emergency, &["--dataset", "emergency"]);
        assert_eq!((&first["added"], &first["linked"]), (&json!(61), &json!([])));
        let second = ward.stored("shelters", &evacuation, &["--dataset", "evacuation"]);
        assert_eq!(second["added"], 83);
        assert_eq!(second["linked"].as_array().unwrap().len(), 57);
        assert_eq!(second["ambiguous"], json!([]));
        let shelters = ward.features("shelters");
        assert_eq!(shelters.len(), 87);
        let mut roles: BTreeMap<String, usize> = BTreeMap::new();
        for properties in properties(&shelters) {
            let from = properties["datasets"].to_string();
            let flags = format!("{} {}", properties["emergency"], properties["evacuation"]);
            *roles.entry(format!("{from} {flags}")).or_default() += 1;
        }
        let expected = [
            (r#"["emergency","evacuation"] true true"#, 57),
            (r#"["emergency"] true null"#, 4),
            (r#"["evacuation"] null true"#, 26),
        ];
        assert_eq!(roles, expected.map(|(kind, count)| (kind.to_owned(), count)).into());
        let nanzan =
            properties(&shelters).into_iter().find(|one| one["name"] == "南山小学校").cloned().unwrap();
        assert_eq!((&nanzan["flood"], &nanzan["tsunami"]), (&json!(true), &Value::Null), "empty is not said");
    }
}

#[test]
fn the_order_of_the_two_lists_does_not_matter() {
    let (Some(emergency), Some(evacuation)) = (shared_path(EMERGENCY), shared_path(EVACUATION)) else {
        return;
    };
    let roles = |files: [(&str, &str); 2]| {
        let ward = Ward::new();
        for (dataset, file) in files {
            ward.stored("shelters", file, &["--dataset", dataset]);
        }
        let mut found: Vec<String> = properties(&ward.features("shelters"))
            .into_iter()
            .map(|one| format!("{} {} {}", one["name"], one["emergency"], one["evacuation"]))
            .collect();
        found.sort();
        found
    };
    let one = roles([("emergency", &emergency), ("evacuation", &evacuation)]);
    let other = roles([("evacuation", &evacuation), ("emergency", &emergency)]);
    assert_eq!(one, other);
}

#[test]
fn a_list_of_localities_is_read_from_a_json_array() {
    let Some(file) = shared_path(LOCALITIES) else { return };
    let ward = Ward::new();
    let report = ward.stored("localities", &file, &[]);
    assert_eq!((&report["format"], &report["read"]), (&json!("JSON array"), &json!(117)));
    let localities = ward.features("localities");
    assert_eq!(localities.len(), 117);
    let names: Vec<_> = properties(&localities).iter().map(|one| one["name"].as_str().unwrap()).collect();
    // They lie outside the outline, and are no less part of the ward.
    assert!(names.contains(&"新橋一丁目") && names.contains(&"東新橋一丁目"));
}

#[test]
fn importing_them_all_again_changes_nothing() {
    let files = [
        ("boundary", BOUNDARY),
        ("schools", SCHOOLS),
        ("shelters", EMERGENCY),
        ("shelters", EVACUATION),
        ("localities", LOCALITIES),
    ];
    for ward in on_every_engine() {
        for (layer, file) in files {
            let Some(file) = shared_path(file) else { return };
            ward.stored(layer, &file, &[]);
        }
        let server = ward.serve();
        let (before, tag) = (server.json("/api/layers"), server.get("/api/layers").header("etag").to_owned());
        for (layer, file) in files {
            let (code, report) = ward.report(layer, &shared_path(file).unwrap(), &[]);
            assert_eq!((code, &report["outcome"]), (0, &json!("unchanged")));
            assert_eq!(report["unchanged"], report["read"]);
        }
        drop(server);
        let server = ward.serve();
        assert_eq!(server.json("/api/layers"), before);
        assert_eq!(server.get("/api/layers").header("etag"), tag);
    }
}
