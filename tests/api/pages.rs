//! The browser app's pages and files.

use http::{Method, StatusCode};
use machiaruki::http::{BaseMap, Site};

use crate::support::{Anonymous, Ward, demo, site};

#[tokio::test]
async fn the_map_page_is_kept_from_foreign_code_and_frames() {
    let page = demo().get("/").await.ok();
    assert_eq!(page.media_type(), "text/html");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("referrer-policy"), "strict-origin-when-cross-origin");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'self'; img-src 'self' data:;"), "{policy}");
    assert!(policy.contains("object-src 'none'") && policy.contains("base-uri 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn the_configured_tiles_may_be_loaded_and_no_others() {
    let ward = Ward::empty().await;
    let tiles = |offline| BaseMap {
        url_template: "https://tiles.example/{z}/{x}/{y}.png".into(),
        attribution: "地図".into(),
        attribution_url: "https://tiles.example/".into(),
        max_zoom: 18,
        offline,
    };
    for (offline, connected) in
        [(false, "connect-src 'self';"), (true, "connect-src 'self' https://tiles.example;")]
    {
        let site = Site { base_map: Some(tiles(offline)), ..site(false) };
        let policy =
            Anonymous::new(ward.app.router(site)).get("/").await.ok().header("content-security-policy");
        assert!(policy.contains("img-src 'self' data: https://tiles.example;"), "{policy}");
        assert!(policy.contains(connected), "{policy}");
    }
}

#[tokio::test]
async fn a_page_is_asked_for_anew_and_not_sent_again() {
    let client = demo();
    let page = client.get("/").await.ok();
    assert_eq!(page.header("cache-control"), "no-cache");
    let tag = page.header("etag");
    assert!(tag.starts_with('"'), "{tag}");
    let again = client.get_with("/", &[("if-none-match", &tag)]).await.has_status(StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    assert_eq!(again.header("etag"), tag);
}

#[tokio::test]
async fn a_permalink_is_the_same_page() {
    let client = demo();
    let page = client.get("/").await.ok();
    for query in ["?select=stops/0000000000000000", "?embed=1", "?q=芝&lang=en"] {
        assert_eq!(client.get(&format!("/{query}")).await.ok().body, page.body);
    }
}

#[tokio::test]
async fn head_says_what_get_would_send() {
    let client = demo();
    let (get, head) = (client.get("/").await.ok(), client.ask(Method::HEAD, "/", &[]).await.ok());
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), get.body.len().to_string());
}

#[tokio::test]
async fn the_service_says_that_it_is_well() {
    assert_eq!(demo().get("/healthz").await.ok().text(), "ok\n");
}
