//! `/ogc/collections`.

use serde_json::Value;

use super::{COLLECTIONS, IN_FORCE};
use crate::support::{Ward, demo};

fn list(document: &Value) -> Vec<Value> {
    document["collections"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_layer_is_a_collection() {
    let collections = list(&demo().json("/ogc/collections").await);
    let names: Vec<_> = collections.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(names, COLLECTIONS);
    let counts: Vec<_> = collections.iter().map(|one| one["itemCount"].as_u64().unwrap()).collect();
    assert_eq!(counts, IN_FORCE);
}

#[tokio::test]
async fn each_is_described_as_the_standard_asks() {
    for collection in list(&demo().json("/ogc/collections").await) {
        let id = &collection["id"];
        assert_eq!(collection["itemType"], "feature", "{id}");
        assert!(collection["crs"][0].as_str().unwrap().ends_with("/OGC/1.3/CRS84"), "{id}");
        assert!(!collection["title"].as_str().unwrap().is_empty(), "{id}");
        assert!(!collection["attribution"].as_str().unwrap().is_empty(), "{id}");
        let links = collection["links"].as_array().unwrap();
        for rel in ["self", "alternate", "items", "enclosure", "license"] {
            assert!(links.iter().any(|link| link["rel"] == rel), "{id}: {rel}");
        }
        assert!(
            links.iter().any(|link| link["rel"] == "items" && link["type"] == "application/geo+json"),
            "{id}"
        );
    }
}

#[tokio::test]
async fn each_is_what_its_own_address_says() {
    let client = demo();
    for collection in list(&client.json("/ogc/collections").await) {
        let id = collection["id"].as_str().unwrap();
        assert_eq!(client.json(&format!("/ogc/collections/{id}")).await, collection);
    }
}

#[tokio::test]
async fn an_empty_ward_has_all_collections_without_extent() {
    let ward = Ward::empty().await;
    let collections = list(&ward.anonymous().json("/ogc/collections").await);
    assert_eq!(collections.len(), COLLECTIONS.len());
    for collection in collections {
        assert_eq!(collection["itemCount"], 0);
        assert!(collection.get("extent").is_none());
    }
}
