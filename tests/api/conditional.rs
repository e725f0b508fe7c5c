//! Conditional requests: nobody is sent what he has.

use std::time::Duration;

use http::{Method, StatusCode};
use machiaruki::catalogue::LayerId;

use crate::support::{Anonymous, Reply, Ward, demo, names, points};

const TAGGED: [&str; 14] = [
    "/",
    "/api/settings",
    "/api/layers",
    "/api/layers/schools/features",
    "/api/layers/schools/features?limit=3",
    "/api/layers/schools/export/geojson",
    "/api/layers/schools/export/gpkg",
    "/api/search?q=小学校",
    "/ogc",
    "/ogc/api",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/schools?f=html",
    "/ogc/collections/schools/items?limit=2",
];

async fn not_modified(client: &Anonymous, address: &str, header: (&str, &str)) -> Reply {
    let reply = client.get_with(address, &[header]).await.has_status(StatusCode::NOT_MODIFIED);
    assert!(reply.body.is_empty(), "{address}");
    reply
}

#[tokio::test]
async fn what_the_client_has_is_not_sent_again() {
    let client = demo();
    for address in TAGGED {
        let first = client.get(address).await.ok();
        let tag = first.header("etag");
        assert!(tag.starts_with('"') && tag.len() > 10, "{address}: {tag}");
        assert_eq!(client.get(address).await.ok().body, first.body, "{address}");
        for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let again = not_modified(&client, address, ("if-none-match", &known)).await;
            // RFC 9110 section 15.4.5: what a 200 would have said.
            assert_eq!(again.header("etag"), tag, "{address} {known}");
            assert_eq!(again.header("cache-control"), first.header("cache-control"));
            assert_eq!(again.header("vary"), first.header("vary"));
        }
        let other = client.get_with(address, &[("if-none-match", "\"something-else\"")]).await.ok();
        assert_eq!(other.body, first.body);
    }
}

#[tokio::test]
async fn the_tag_of_another_coding_names_the_same_content() {
    let client = demo();
    for address in ["/api/layers", "/api/layers/schools/features", "/ogc/collections/schools/items"] {
        let compressed = client.get_with(address, &[("accept-encoding", "br")]).await.ok();
        let tag = compressed.header("etag");
        let again = not_modified(&client, address, ("if-none-match", &tag)).await;
        assert_eq!(again.header("etag"), tag);
        let plain = client.get(address).await.ok().header("etag");
        let headers = [("if-none-match", &*plain), ("accept-encoding", "gzip")];
        client.get_with(address, &headers).await.has_status(StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn different_questions_have_different_tags() {
    let client = demo();
    let mut seen = std::collections::HashMap::new();
    for address in [
        "/ogc/collections/schools/items",
        "/ogc/collections/schools/items?f=html",
        "/ogc/collections/schools/items?limit=1",
        "/ogc/collections/schools/items?bbox=139,35,140,36",
        "/ogc/collections/schools/items?datetime=../..",
        "/ogc/collections/schools?f=json",
        "/ogc/collections/schools?f=html",
        "/ogc/collections/stops/items",
        "/api/layers/schools/features",
        "/api/layers/schools/export/csv",
        "/api/layers/schools/export/kml",
        "/api/search?q=a",
        "/api/search?q=b",
    ] {
        let tag = client.get(address).await.ok().header("etag");
        if let Some(other) = seen.insert(tag, address) {
            panic!("{address} and {other} have one tag");
        }
    }
}

#[tokio::test]
async fn another_host_gets_its_own_links() {
    let client = demo();
    let tag = client.get("/ogc/collections").await.ok().header("etag");
    let ward = Ward::empty().await;
    let other = ward.anonymous().get("/ogc/collections").await.ok().header("etag");
    assert_ne!(tag, other, "two databases share a tag");
}

#[tokio::test]
async fn last_modified_is_when_the_layer_changed() {
    let client = demo();
    for address in [
        "/api/layers/schools/features",
        "/api/layers/schools/export/csv",
        "/ogc/collections",
        "/ogc/collections/schools",
        "/ogc/collections/schools/items",
    ] {
        let reply = client.get(address).await.ok();
        assert_eq!(reply.header("last-modified"), "Fri, 20 Nov 2026 03:00:00 GMT", "{address}");
        for (since, status) in [
            ("Fri, 20 Nov 2026 03:00:00 GMT", StatusCode::NOT_MODIFIED),
            ("Sat, 21 Nov 2026 00:00:00 GMT", StatusCode::NOT_MODIFIED),
            ("Fri, 20 Nov 2026 02:59:59 GMT", StatusCode::OK),
            ("the day before yesterday", StatusCode::OK),
        ] {
            let reply = client.get_with(address, &[("if-modified-since", since)]).await;
            assert_eq!(reply.status, status, "{address} {since}");
        }
    }
}

#[tokio::test]
async fn with_a_tag_the_time_does_not_count() {
    let client = demo();
    let headers = [("if-none-match", "\"other\""), ("if-modified-since", "Sat, 21 Nov 2026 00:00:00 GMT")];
    client.get_with("/ogc/collections/schools/items", &headers).await.ok();
}

#[tokio::test]
async fn head_is_conditional_too() {
    let client = demo();
    let tag = client.get("/api/layers").await.ok().header("etag");
    let reply = client.ask(Method::HEAD, "/api/layers", &[("if-none-match", &tag)]).await;
    assert_eq!(reply.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_change_of_one_layer_is_new_to_whoever_has_it_and_to_nobody_else() {
    let ward = Ward::empty().await;
    ward.import(LayerId::Schools, "schools", &points(&["一"])).await;
    let client = ward.anonymous();
    let of_schools = [
        "/api/layers",
        "/api/layers/schools/features",
        "/api/layers/schools/export/csv",
        "/api/search?q=一",
        "/ogc/collections",
        "/ogc/collections/schools",
        "/ogc/collections/schools/items",
    ];
    let of_others = ["/api/layers/stops/features", "/ogc/collections/stops/items", "/ogc", "/api/settings"];
    let tag = async |address: &str| client.get(address).await.ok().header("etag");
    let mut before = Vec::new();
    for address in of_schools.iter().chain(&of_others) {
        before.push(tag(address).await);
    }
    ward.import(LayerId::Schools, "schools", &points(&["一", "二"])).await;
    for (index, address) in of_schools.iter().chain(&of_others).enumerate() {
        let changed = tag(address).await != before[index];
        assert_eq!(changed, index < of_schools.len(), "{address}");
    }
    // The same file again is no change.
    let before = tag("/api/layers").await;
    ward.import(LayerId::Schools, "schools", &points(&["一", "二"])).await;
    assert_eq!(tag("/api/layers").await, before);
}

/// Asks until the answer holds or ten seconds have passed.
async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..200 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what} did not come true within ten seconds");
}

#[tokio::test]
async fn a_new_day_is_new_to_whoever_asks_by_tag_or_by_time() {
    let ward = Ward::demo().await;
    let client = ward.anonymous();
    let address = "/ogc/collections/organisations/items";
    let coming = "【見本】みなと防災ラジオの会".to_owned();
    let before = client.get(address).await.ok();
    assert!(!names(&client, address).await.contains(&coming));
    // Midnight in Tokyo: an organisation comes into force without any import.
    ward.clock.set("2027-03-31T15:00:00Z".parse().unwrap());
    eventually("the new day", async || names(&client, address).await.contains(&coming)).await;
    client.get_with(address, &[("if-none-match", &before.header("etag"))]).await.ok();
    let since = before.header("last-modified");
    client.get_with(address, &[("if-modified-since", &since)]).await.ok();
}
