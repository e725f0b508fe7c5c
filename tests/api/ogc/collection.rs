//! `/ogc/collections/{collection}`.

use http::StatusCode;
use machiaruki::catalogue::LayerId;
use serde_json::Value;

use super::COLLECTIONS;
use crate::support::{Ward, demo, features, points};

/// All longitudes and latitudes of a geometry.
fn positions(coordinates: &Value, found: &mut Vec<[f64; 2]>) {
    let items = coordinates.as_array().unwrap();
    if let [Value::Number(lon), Value::Number(lat), ..] = &items[..] {
        found.push([lon.as_f64().unwrap(), lat.as_f64().unwrap()]);
    } else {
        for item in items {
            positions(item, found);
        }
    }
}

#[tokio::test]
async fn its_extent_is_the_box_around_its_items() {
    let client = demo();
    for collection in COLLECTIONS {
        let said = client.json(&format!("/ogc/collections/{collection}")).await;
        let items = client.json(&format!("/ogc/collections/{collection}/items?limit=1000")).await;
        let mut all = Vec::new();
        for item in features(&items) {
            positions(&item["geometry"]["coordinates"], &mut all);
        }
        let edge = |axis: usize, pick: fn(f64, f64) -> f64| {
            all.iter().map(|position| position[axis]).reduce(pick).unwrap()
        };
        let expected = [edge(0, f64::min), edge(1, f64::min), edge(0, f64::max), edge(1, f64::max)];
        assert_eq!(said["extent"]["spatial"]["bbox"][0], Value::from(expected.to_vec()), "{collection}");
    }
}

#[tokio::test]
async fn it_names_its_datasets_with_licence_steward_and_freshness() {
    let facilities = demo().json("/ogc/collections/facilities").await;
    // The invented AEDs were to be confirmed again by June.
    assert_eq!(facilities["freshness"], "overdue");
    assert_eq!(facilities["sample"], true);
    let datasets = facilities["datasets"].as_array().unwrap();
    let ids: Vec<_> = datasets.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["demo-facilities", "demo-aed"]);
    assert_eq!(datasets[1]["sample"], true);
    assert_eq!(datasets[1]["recordCount"], 5);
    assert_eq!(datasets[0]["licence"], "CC0 1.0");
    assert_eq!(datasets[0]["steward"], "地図データ担当(見本課)");
    let attribution = facilities["attribution"].as_str().unwrap();
    for dataset in datasets {
        assert!(attribution.contains(dataset["attribution"].as_str().unwrap()), "{attribution}");
    }
}

#[tokio::test]
async fn its_page_says_when_a_promised_refresh_has_passed() {
    let client = demo();
    let page = client.get("/ogc/collections/facilities?f=html").await.ok().text();
    assert!(page.contains("past its promised refresh"), "{page}");
    let page = client.get("/ogc/collections/schools?f=html").await.ok().text();
    assert!(!page.contains("past its promised refresh"), "{page}");
}

#[tokio::test]
async fn its_updated_time_is_that_of_its_last_change() {
    let ward = Ward::empty().await;
    assert_eq!(ward.anonymous().json("/ogc/collections/schools").await["updated"], Value::Null);
    ward.import(LayerId::Schools, "schools", &points(&["芝小学校"])).await;
    assert_eq!(ward.anonymous().json("/ogc/collections/schools").await["updated"], "2026-11-20T03:00:00Z");
}

#[tokio::test]
async fn one_that_does_not_exist_is_not_found_by_name() {
    let client = demo();
    for (path, shown) in [("housing", "housing"), ("Routes", "Routes"), ("避難所", "避難所")] {
        for end in ["", "/items", "/queryables", "/items/0000000000000000"] {
            let address = format!("/ogc/collections/{path}{end}");
            let reply = client.get_with(&address, &[("accept-language", "en")]).await;
            let problem = reply.problem(StatusCode::NOT_FOUND);
            assert!(problem["detail"].as_str().unwrap().contains(shown), "{problem}");
        }
    }
}
