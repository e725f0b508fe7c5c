//! `/api/layers/{layer}/features`.

use http::StatusCode;
use machiaruki::catalogue::LayerId;
use serde_json::json;

use crate::support::{Ward, demo, features, ids, point};

#[tokio::test]
async fn a_layer_is_given_whole() {
    let client = demo();
    for layer in LayerId::ALL {
        let reply = client.get(&format!("/api/layers/{layer}/features")).await.ok();
        assert_eq!(reply.media_type(), "application/geo+json");
        let collection = reply.json();
        assert_eq!(collection["type"], "FeatureCollection");
        assert_eq!(collection["number_matched"], features(&collection).len());
        assert_eq!(collection["number_returned"], features(&collection).len());
    }
}

#[tokio::test]
async fn it_holds_the_same_features_as_the_open_interface() {
    let client = demo();
    for layer in LayerId::ALL {
        let own = client.json(&format!("/api/layers/{layer}/features")).await;
        let open = client.json(&format!("/ogc/collections/{layer}/items?limit=1000")).await;
        assert_eq!(own["features"], open["features"], "{layer}");
    }
}

#[tokio::test]
async fn a_box_and_a_limit_narrow_it() {
    let client = demo();
    let boxed = client.json("/api/layers/stops/features?bbox=139.74,35.645,139.755,35.66").await;
    let matched = boxed["number_matched"].as_u64().unwrap();
    assert!(matched > 2 && matched < 56, "{matched}");
    assert_eq!(boxed["number_returned"], matched);
    let two = client.json("/api/layers/stops/features?bbox=139.74,35.645,139.755,35.66&limit=2").await;
    assert_eq!((&two["number_matched"], &two["number_returned"]), (&json!(matched), &json!(2)));
    assert_eq!(ids(&features(&two)), ids(&features(&boxed))[..2]);
}

#[tokio::test]
async fn a_bad_box_or_limit_is_refused_by_name() {
    let client = demo();
    for (query, name) in
        [("bbox=1,2,3", "bbox"), ("bbox=", "bbox"), ("limit=0", "limit"), ("limit=x", "limit")]
    {
        let reply = client.get(&format!("/api/layers/stops/features?{query}")).await;
        assert_eq!(reply.wrong_parameters(), [name], "{query}");
    }
}

#[tokio::test]
async fn an_unknown_layer_is_not_found() {
    let client = demo();
    for name in ["housing", "residencies", "Stops", "%2e%2e"] {
        client.get(&format!("/api/layers/{name}/features")).await.problem(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_flag_is_true_or_false_or_absent_and_a_list_is_a_list() {
    let ward = Ward::empty().await;
    let all = json!({ "type": "FeatureCollection", "features": [
        point("全部", [139.75, 35.65], json!({ "洪水": "○", "津波": "×", "高潮": "", "旧称": "甲;乙", "想定収容人数": "１，２００" })),
    ] });
    ward.import(LayerId::Shelters, "shelters", &all).await;
    let collection = ward.anonymous().json("/api/layers/shelters/features").await;
    let properties = &collection["features"][0]["properties"];
    assert_eq!(
        *properties,
        json!({ "name": "全部", "former_names": ["甲", "乙"], "flood": true, "tsunami": false, "capacity": 1200,
            "datasets": ["shelters"] })
    );
}

#[tokio::test]
async fn coordinates_are_what_the_file_said() {
    let ward = Ward::empty().await;
    for (index, position) in
        [[139.737_443_054_8, 35.681_235_999_9], [-0.1, 1e-7], [1.0 / 3.0 + 139.0, f64::sqrt(1_274.0)]]
            .into_iter()
            .enumerate()
    {
        let one = json!({ "type": "FeatureCollection", "features": [point("点", position, json!({}))] });
        let dataset = format!("exact-{index}");
        ward.import(LayerId::Facilities, &dataset, &one).await;
        let all = ward.anonymous().json("/api/layers/facilities/features").await;
        let found =
            features(&all).into_iter().find(|one| one["properties"]["datasets"][0] == *dataset).unwrap();
        assert_eq!(found["geometry"]["coordinates"], json!(position));
    }
}
