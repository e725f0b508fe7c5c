//! `/ogc/collections/{collection}/items/{feature}`.

use http::StatusCode;
use machiaruki::catalogue::LayerId;

use crate::support::{BASE, Ward, demo, feature_ids, features, named, points};

#[tokio::test]
async fn it_is_the_feature_of_the_list_with_links() {
    let client = demo();
    let tower = named(&client, "facilities", "東京タワー").await;
    let id = tower["id"].as_str().unwrap();
    let reply = client.get(&format!("/ogc/collections/facilities/items/{id}")).await.ok();
    assert_eq!(reply.media_type(), "application/geo+json");
    let item = reply.json();
    for member in ["type", "id", "geometry", "properties"] {
        assert_eq!(item[member], tower[member], "{member}");
    }
    let link = |rel: &str| {
        let links = item["links"].as_array().unwrap();
        links.iter().find(|link| link["rel"] == rel).unwrap()["href"].as_str().unwrap().to_owned()
    };
    let own = format!("{BASE}/ogc/collections/facilities/items/{id}");
    assert_eq!(link("self"), format!("{own}?f=json"));
    assert_eq!(link("alternate"), format!("{own}?f=html"));
    assert_eq!(link("collection"), format!("{BASE}/ogc/collections/facilities"));
}

#[tokio::test]
async fn one_that_does_not_exist_is_not_found() {
    let client = demo();
    for id in ["0000000000000000", "short", "sz8vks8fwnbaw6b1x", "東京タワー", "%2e%2e", "0"] {
        client.get(&format!("/ogc/collections/facilities/items/{id}")).await.problem(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn it_is_not_found_in_another_collection() {
    let client = demo();
    let id = feature_ids(&client, "/api/layers/shelters/features?limit=1").await.remove(0);
    client.get(&format!("/ogc/collections/schools/items/{id}")).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_to_a_retired_item_still_works() {
    let client = demo();
    let all = client.json("/ogc/collections/organisations/items?datetime=../..").await;
    let retired = features(&all)
        .into_iter()
        .find(|feature| feature["properties"]["name"] == "【見本】ふるみち町会")
        .unwrap();
    let id = retired["id"].as_str().unwrap();
    let item = client.json(&format!("/ogc/collections/organisations/items/{id}")).await;
    assert_eq!(item["properties"]["retired_on"], "2025-03-31");
}

#[tokio::test]
async fn one_that_vanished_from_its_file_says_when() {
    let ward = Ward::empty().await;
    ward.import(LayerId::Schools, "schools", &points(&["一", "二", "三"])).await;
    let client = ward.anonymous();
    let id = named(&client, "schools", "二").await["id"].as_str().unwrap().to_owned();
    ward.import(LayerId::Schools, "schools", &points(&["一", "三"])).await;
    let item = client.json(&format!("/ogc/collections/schools/items/{id}")).await;
    assert_eq!(item["properties"]["retired_on"], "2026-11-20");
    assert_eq!(client.json("/ogc/collections/schools/items").await["numberMatched"], 2);
    let then = client.json("/ogc/collections/schools/items?datetime=2026-11-19").await;
    assert_eq!(then["numberMatched"], 3);
}
