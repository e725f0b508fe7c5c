//! The pages of `/ogc` for people.

use machiaruki::catalogue::LayerId;
use serde_json::json;

use crate::support::{Ward, demo, feature_ids, named, point};

const PAGES: [&str; 7] = [
    "/ogc",
    "/ogc/api",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/shelters",
    "/ogc/collections/shelters/queryables",
    "/ogc/collections/shelters/items",
];

#[tokio::test]
async fn every_page_is_a_whole_document_with_language_title_and_heading() {
    let client = demo();
    for address in PAGES {
        let page = client.get(&format!("{address}?f=html")).await.ok();
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let text = page.text();
        for part in ["<!DOCTYPE html>", "<html lang=\"ja\">", "<title>", "<h1>", "<main>", "</html>"] {
            assert!(text.contains(part), "{address}: {part}");
        }
        assert_eq!(text.matches("<h1>").count(), 1, "{address}");
    }
}

#[tokio::test]
async fn pages_of_a_demo_say_that_it_is_one() {
    let client = demo();
    for address in PAGES {
        let page = client.get(&format!("{address}?f=html")).await.ok().text();
        assert!(page.contains("見本データです") && page.contains("Sample data"), "{address}");
    }
    let ward = Ward::empty().await;
    assert!(!ward.anonymous().get("/ogc?f=html").await.ok().text().contains("見本データです"));
}

#[tokio::test]
async fn an_invented_item_is_marked_on_its_page_and_in_the_list() {
    let client = demo();
    let id = feature_ids(&client, "/api/layers/stops/features?limit=1").await.remove(0);
    let page = client.get(&format!("/ogc/collections/stops/items/{id}?f=html")).await.ok().text();
    assert!(page.contains("これは見本(架空)のデータです"), "{page}");
    let list = client.get("/ogc/collections/stops/items?f=html").await.ok().text();
    assert_eq!(list.matches(">見本</span>").count(), 56);
    let facts = client.get("/ogc/collections/schools/items?f=html").await.ok().text();
    assert_eq!(facts.matches(">見本</span>").count(), 0);
}

#[tokio::test]
async fn no_script_and_no_policy_that_would_let_one_run() {
    let client = demo();
    for address in PAGES {
        let page = client.get(&format!("{address}?f=html")).await.ok();
        assert!(!page.text().contains("<script"), "{address}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn names_from_files_are_escaped_everywhere() {
    let ward = Ward::empty().await;
    let name = "<script>alert(1)</script>\"'&";
    let evil = json!({ "type": "FeatureCollection", "features": [
        point(name, [139.75, 35.65], json!({
            "note": "<img src=x onerror=alert(2)>", "url": "https://example.jp/\"><script>alert(3)</script>",
            "address": "<b>太字</b>", "former_names": ["<i>斜体</i>"],
        })),
    ] });
    ward.import(LayerId::Facilities, "evil", &evil).await;
    let client = ward.anonymous();
    let id = named(&client, "facilities", name).await["id"].as_str().unwrap().to_owned();
    for address in [
        "/ogc/collections/facilities/items?f=html".to_owned(),
        format!("/ogc/collections/facilities/items/{id}?f=html"),
    ] {
        let page = client.get(&address).await.ok().text();
        for raw in ["<script", "<img", "<b>", "<i>"] {
            assert!(!page.contains(raw), "{address}: {raw}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)"), "{address}");
    }
}

#[tokio::test]
async fn a_query_is_escaped_in_the_links_of_a_page() {
    let client = demo();
    let address = "/ogc/collections/stops/items?f=html&limit=2&note=%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    assert!(!client.get(address).await.ok().text().contains("<script"));
    let refused = client.get("/ogc?%3Cscript%3E=1").await;
    assert_eq!(refused.media_type(), "application/problem+json");
}
