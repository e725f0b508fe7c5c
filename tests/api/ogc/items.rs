//! `/ogc/collections/{collection}/items`.

use machiaruki::catalogue::LayerId;
use serde_json::{Value, json};

use super::{COLLECTIONS, IN_FORCE};
use crate::support::{BASE, Ward, demo, features, ids, names, next_link, point, points};

#[tokio::test]
async fn they_are_a_geojson_feature_collection() {
    let client = demo();
    for (collection, count) in COLLECTIONS.into_iter().zip(IN_FORCE) {
        let reply = client.get(&format!("/ogc/collections/{collection}/items")).await.ok();
        assert_eq!(reply.media_type(), "application/geo+json");
        let items = reply.json();
        assert_eq!(items["type"], "FeatureCollection");
        assert_eq!(items["numberMatched"], count, "{collection}");
        assert_eq!(items["numberReturned"], count.min(100));
        assert_eq!(features(&items).len() as u64, count.min(100));
        for feature in features(&items) {
            assert_eq!(feature["type"], "Feature");
            assert_eq!(feature["id"].as_str().unwrap().len(), 16);
            assert!(feature["geometry"]["coordinates"].is_array());
            assert!(feature["properties"]["name"].is_string());
            assert!(feature["properties"]["datasets"].is_array());
        }
        let stamp = items["timeStamp"].as_str().unwrap();
        assert!(stamp.parse::<machiaruki::clock::Timestamp>().is_ok(), "{stamp}");
    }
}

#[tokio::test]
async fn they_link_themselves_their_page_and_their_collection() {
    let items = demo().json("/ogc/collections/shelters/items?limit=100&flood=true").await;
    let links = items["links"].as_array().unwrap();
    let href = |rel: &str| links.iter().find(|link| link["rel"] == rel).unwrap()["href"].as_str().unwrap();
    assert_eq!(href("self"), format!("{BASE}/ogc/collections/shelters/items?flood=true&limit=100&f=json"));
    assert_eq!(
        href("alternate"),
        format!("{BASE}/ogc/collections/shelters/items?flood=true&limit=100&f=html")
    );
    assert_eq!(href("collection"), format!("{BASE}/ogc/collections/shelters"));
    assert!(next_link(&items).is_none());
}

#[tokio::test]
async fn a_page_has_a_hundred_unless_asked_otherwise_and_never_more_than_ten_thousand() {
    let ward = Ward::empty().await;
    let all: Vec<Value> =
        (0..120).map(|i| point(&format!("地点{i}"), [139.0 + f64::from(i) / 1e3, 35.0], json!({}))).collect();
    ward.import(LayerId::Facilities, "many", &json!({ "type": "FeatureCollection", "features": all })).await;
    let client = ward.anonymous();
    let count = async |query: &str| {
        let page = client.json(&format!("/ogc/collections/facilities/items{query}")).await;
        assert_eq!(page["numberMatched"], 120, "{query}");
        page["numberReturned"].as_u64().unwrap()
    };
    assert_eq!(count("").await, 100);
    assert_eq!(count("?limit=1").await, 1);
    assert_eq!(count("?limit=119").await, 119);
    // A larger wish is granted as far as possible instead of being refused.
    assert_eq!(count("?limit=10000").await, 120);
    assert_eq!(count("?limit=1000000").await, 120);
    assert_eq!(count("?limit=18446744073709551615").await, 120);
}

#[tokio::test]
async fn a_box_finds_what_touches_it() {
    let client = demo();
    let found = names(&client, "/ogc/collections/facilities/items?bbox=139.74,35.655,139.75,35.66").await;
    assert!(found.contains(&"東京タワー".to_owned()) && found.contains(&"増上寺".to_owned()), "{found:?}");
    assert!(!found.contains(&"品川駅".to_owned()));
    // A box around one point exactly, and one with heights.
    let tower = crate::support::named(&client, "facilities", "東京タワー").await;
    let [lon, lat] = [&tower["geometry"]["coordinates"][0], &tower["geometry"]["coordinates"][1]];
    for bbox in [format!("{lon},{lat},{lon},{lat}"), format!("{lon},{lat},-5,{lon},{lat},500")] {
        let found = names(&client, &format!("/ogc/collections/facilities/items?bbox={bbox}")).await;
        assert_eq!(found, ["東京タワー"], "{bbox}");
    }
}

#[tokio::test]
async fn a_box_inside_an_area_finds_the_area() {
    let client = demo();
    // Well inside the ward, touching no vertex.
    let bbox = "139.7450,35.6550,139.7451,35.6551";
    assert_eq!(names(&client, &format!("/ogc/collections/boundary/items?bbox={bbox}")).await, ["港区"]);
    assert_eq!(names(&client, &format!("/ogc/collections/districts/items?bbox={bbox}")).await, ["芝地区"]);
    // Inside the box around the ward, outside the ward: the bay.
    let bay = "139.7880,35.6710,139.7881,35.6711";
    assert!(names(&client, &format!("/ogc/collections/boundary/items?bbox={bay}")).await.is_empty());
}

#[tokio::test]
async fn a_box_across_the_antimeridian_is_two() {
    let ward = Ward::empty().await;
    let all = json!({ "type": "FeatureCollection", "features": [
        point("東", [179.9, 10.0], json!({})),
        point("西", [-179.9, 10.0], json!({})),
        point("港", [139.75, 35.65], json!({})),
    ] });
    ward.import(LayerId::Facilities, "edge", &all).await;
    let client = ward.anonymous();
    let found = async |bbox: &str| {
        let mut names = names(&client, &format!("/ogc/collections/facilities/items?bbox={bbox}")).await;
        names.sort();
        names
    };
    assert_eq!(found("170,0,-170,20").await, ["東", "西"]);
    assert_eq!(found("170,0,180,20").await, ["東"]);
    assert_eq!(found("-180,0,-170,20").await, ["西"]);
    assert_eq!(found("-170,0,170,90").await, ["港"]);
    assert_eq!(found("100,0,-170,90").await, ["東", "港", "西"]);
}

#[tokio::test]
async fn nothing_found_is_an_empty_collection() {
    let items = demo().json("/ogc/collections/facilities/items?bbox=0,0,1,1").await;
    assert_eq!(items["numberMatched"], 0);
    assert_eq!(items["numberReturned"], 0);
    assert_eq!(items["features"], json!([]));
}

#[tokio::test]
async fn one_shelter_of_two_lists_is_one_item_with_both_roles() {
    let client = demo();
    let both = client.json("/ogc/collections/shelters/items?emergency=true&evacuation=true").await;
    assert_eq!(both["numberMatched"], 9);
    for feature in features(&both) {
        let datasets = &feature["properties"]["datasets"];
        assert_eq!(datasets, &json!(["demo-shelters-emergency", "demo-shelters-evacuation"]));
    }
}

#[tokio::test]
async fn their_ids_do_not_depend_on_the_database() {
    let (one, other) = (Ward::empty().await, Ward::empty().await);
    let places = points(&["芝小学校", "赤羽小学校"]);
    for ward in [&one, &other] {
        ward.import(LayerId::Schools, "schools", &places).await;
    }
    let address = "/ogc/collections/schools/items";
    let of = async |ward: &Ward| ids(&features(&ward.anonymous().json(address).await));
    assert_eq!(of(&one).await, of(&other).await);
}
