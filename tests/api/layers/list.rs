//! `/api/layers`.

use machiaruki::catalogue::LayerId;
use serde_json::{Value, json};

use crate::support::{Ward, demo, features, points};

async fn layer(id: &str) -> Value {
    let document = demo().json("/api/layers").await;
    document["layers"].as_array().unwrap().iter().find(|layer| layer["id"] == id).unwrap().clone()
}

#[tokio::test]
async fn every_layer_is_there_in_order_with_its_words_in_three_languages() {
    let document = demo().json("/api/layers").await;
    let layers = document["layers"].as_array().unwrap();
    let ids: Vec<_> = layers.iter().map(|layer| layer["id"].as_str().unwrap()).collect();
    assert_eq!(ids, LayerId::ALL.map(LayerId::as_str));
    for layer in layers {
        for text in [&layer["title"], &layer["description"]] {
            for language in ["ja", "en", "easy"] {
                assert!(text[language].as_str().is_some_and(|text| !text.is_empty()), "{layer}");
            }
        }
        assert!(
            ["walking", "community", "disaster", "town", "areas"].contains(&layer["group"].as_str().unwrap())
        );
        assert!(["point", "line", "area", "area_or_point"].contains(&layer["shape"].as_str().unwrap()));
    }
}

#[tokio::test]
async fn counts_and_versions_are_those_of_the_features() {
    let client = demo();
    let document = client.json("/api/layers").await;
    for layer in document["layers"].as_array().unwrap() {
        let id = layer["id"].as_str().unwrap();
        let all = features(&client.json(&format!("/api/layers/{id}/features")).await);
        assert_eq!(layer["feature_count"], all.len(), "{id}");
        assert!(layer["version"].as_u64().unwrap() > 0, "{id}");
        // The demo's routes were published on a day of their own.
        let published = ["routes", "stops"].contains(&id);
        let changed_at = if published { "2026-11-01T04:00:00Z" } else { "2026-11-20T03:00:00Z" };
        assert_eq!(layer["changed_at"], changed_at, "{id}");
        let sample = all.iter().any(|feature| feature["properties"]["sample"] == true);
        assert_eq!(layer["sample"], sample, "{id}");
    }
}

#[tokio::test]
async fn only_public_fields_are_named() {
    let document = demo().json("/api/layers").await;
    for layer in document["layers"].as_array().unwrap() {
        for field in layer["fields"].as_array().unwrap() {
            let name = field["name"].as_str().unwrap();
            assert!(!name.starts_with("contact_"), "{name}");
            assert!(field["label"]["ja"].is_string());
            let choices = field["choices"].as_array().unwrap();
            assert_eq!(field["kind"] == "choice", !choices.is_empty(), "{name}");
        }
    }
}

#[tokio::test]
async fn every_property_that_is_published_has_a_field() {
    let client = demo();
    for layer in client.json("/api/layers").await["layers"].as_array().unwrap() {
        let id = layer["id"].as_str().unwrap();
        let named: Vec<&Value> =
            layer["fields"].as_array().unwrap().iter().map(|field| &field["name"]).collect();
        for feature in features(&client.json(&format!("/api/layers/{id}/features")).await) {
            for property in feature["properties"].as_object().unwrap().keys() {
                assert!(property == "datasets" || named.contains(&&json!(property)), "{id}: {property}");
            }
        }
    }
}

#[tokio::test]
async fn datasets_say_where_they_come_from_and_how_fresh_they_are() {
    let facilities = layer("facilities").await;
    assert_eq!(
        facilities["freshness"],
        json!({ "state": "overdue", "as_of": "2025-06-01", "last_confirmed": "2025-06-10", "due_on": "2026-06-10" })
    );
    let [ours, invented] = &facilities["datasets"].as_array().unwrap()[..] else {
        panic!("two datasets are expected: {facilities}");
    };
    assert_eq!((&ours["overdue"], &ours["sample"]), (&json!(false), &json!(false)));
    assert_eq!((&invented["overdue"], &invented["sample"]), (&json!(true), &json!(true)));
    assert_eq!(invented["feature_count"], 5);
    assert_eq!(layer("boundary").await["freshness"]["state"], "unknown");
    assert_eq!(layer("organisations").await["freshness"]["state"], "current");
}

#[tokio::test]
async fn a_vanished_record_is_counted() {
    let ward = Ward::empty().await;
    ward.import(LayerId::Schools, "schools", &points(&["一", "二", "三"])).await;
    ward.import(LayerId::Schools, "schools", &points(&["一", "三"])).await;
    let document = ward.anonymous().json("/api/layers").await;
    let schools =
        document["layers"].as_array().unwrap().iter().find(|layer| layer["id"] == "schools").unwrap();
    assert_eq!(schools["feature_count"], 2);
    assert_eq!(schools["datasets"][0]["feature_count"], 2);
    assert_eq!(schools["datasets"][0]["vanished_count"], 1);
}

#[tokio::test]
async fn an_empty_layer_says_that_it_is_empty() {
    let ward = Ward::empty().await;
    for layer in ward.anonymous().json("/api/layers").await["layers"].as_array().unwrap() {
        assert_eq!(layer["feature_count"], 0);
        assert_eq!(layer["version"], 0);
        assert_eq!(layer["changed_at"], Value::Null);
        assert_eq!(layer["bbox"], Value::Null);
        assert_eq!(layer["datasets"], json!([]));
        assert_eq!(layer["freshness"]["state"], "empty");
    }
}
