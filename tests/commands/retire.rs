//! Records that a new file of their dataset no longer contains.

use serde_json::{Value, json};

use crate::support::{Server, Ward, csv, on_every_engine, shared_path};

/// A feature with its id, also one that is retired.
fn feature(server: &Server, layer: &str, id: &Value) -> Value {
    server.json(&format!("/api/layers/{layer}/features/{}", id.as_str().unwrap()))
}

#[test]
fn a_record_that_vanished_is_retired_with_a_date_and_not_deleted() {
    for ward in on_every_engine() {
        ward.file("one.csv", csv(&["一", "二", "三"]));
        ward.stored("schools", "one.csv", &["--dataset", "schools"]);
        let gone =
            ward.features("schools").into_iter().find(|one| one["properties"]["name"] == "二").unwrap();
        ward.file("two.csv", csv(&["一", "四", "三"]));
        let report = ward.stored("schools", "two.csv", &["--dataset", "schools"]);
        assert_eq!((&report["vanished"], &report["vanished_keys"]), (&json!(1), &json!(["二"])));
        assert_eq!(ward.features("schools").len(), 3);
        let server = ward.serve();
        let retired = feature(&server, "schools", &gone["id"]);
        let day = retired["properties"]["retired_on"].as_str().unwrap();
        assert!(day.parse::<machiaruki::clock::Date>().is_ok(), "{day}");
        assert_eq!(server.layer("schools")["datasets"][0]["vanished_count"], 1);
    }
}

#[test]
fn a_record_that_comes_back_is_the_same_feature() {
    for ward in on_every_engine() {
        ward.file("all.csv", csv(&["一", "二"]));
        ward.file("one.csv", csv(&["一"]));
        ward.stored("schools", "all.csv", &["--dataset", "schools"]);
        let before = ward.features("schools");
        ward.stored("schools", "one.csv", &["--dataset", "schools"]);
        let report = ward.stored("schools", "all.csv", &["--dataset", "schools"]);
        assert_eq!((&report["returned"], &report["added"]), (&json!(1), &json!(0)));
        assert_eq!(ward.features("schools"), before);
    }
}

#[test]
fn vanished_is_judged_within_one_dataset_alone() {
    let ward = Ward::new();
    ward.file("one.csv", csv(&["一", "二"]));
    ward.file("other.csv", csv(&["三", "四"]));
    ward.stored("schools", "one.csv", &["--dataset", "one"]);
    let report = ward.stored("schools", "other.csv", &["--dataset", "other"]);
    assert_eq!(report["vanished"], 0);
    assert_eq!(ward.features("schools").len(), 4);
}

#[test]
fn a_shelter_that_one_list_drops_keeps_the_role_that_the_other_gives_it() {
    let (Some(emergency), Some(evacuation)) = (
        shared_path("minato/shelters-emergency-131032.json"),
        shared_path("minato/shelters-evacuation-131032.json"),
    ) else {
        return;
    };
    for ward in on_every_engine() {
        ward.stored("shelters", &emergency, &["--dataset", "emergency"]);
        ward.stored("shelters", &evacuation, &["--dataset", "evacuation"]);
        let before = ward.features("shelters");
        let with = |datasets: Value| {
            let found = before.iter().find(|one| one["properties"]["datasets"] == datasets);
            found.unwrap().clone()
        };
        let (both, alone) = (with(json!(["emergency", "evacuation"])), with(json!(["evacuation"])));
        // The evacuation list without one shelter of both lists and one of its own.
        let mut list: Value = serde_json::from_slice(&std::fs::read(&evacuation).unwrap()).unwrap();
        let dropped = [&both, &alone].map(|one| one["properties"]["name"].clone());
        let kept: Vec<Value> = list["features"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| !dropped.contains(&one["properties"]["施設・場所名"]))
            .cloned()
            .collect();
        assert_eq!(kept.len(), 81);
        list["features"] = kept.into();
        ward.file("evacuation.json", list.to_string());
        let report = ward.stored("shelters", "evacuation.json", &["--dataset", "evacuation"]);
        assert_eq!((&report["vanished"], &report["unchanged"]), (&json!(2), &json!(81)));
        let after = ward.features("shelters");
        assert_eq!(after.len(), 86);
        let kept = after.iter().find(|one| one["id"] == both["id"]).unwrap();
        assert_eq!(kept["properties"]["datasets"], json!(["emergency"]));
        assert_eq!(
            (&kept["properties"]["emergency"], &kept["properties"]["evacuation"]),
            (&json!(true), &Value::Null)
        );
        assert_eq!(kept["properties"]["retired_on"], Value::Null);
        let server = ward.serve();
        assert!(feature(&server, "shelters", &alone["id"])["properties"]["retired_on"].is_string());
        let layer = server.layer("shelters");
        let counts: Vec<_> = layer["datasets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                (
                    one["id"].as_str().unwrap(),
                    one["feature_count"].as_i64().unwrap(),
                    one["vanished_count"].as_i64().unwrap(),
                )
            })
            .collect();
        assert_eq!(counts, [("emergency", 61, 0), ("evacuation", 81, 2)]);
    }
}
