//! `/ogc`.

use http::header;
use serde_json::Value;

use crate::support::{Anonymous, BASE, Ward, demo, site};

fn links<'a>(document: &'a Value, rel: &str) -> Vec<(&'a str, &'a str)> {
    let links = document["links"].as_array().unwrap();
    links
        .iter()
        .filter(|link| link["rel"] == rel)
        .map(|link| (link["type"].as_str().unwrap(), link["href"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn it_links_what_the_standard_asks_for() {
    let landing = demo().json("/ogc").await;
    for (rel, media_type, path) in [
        ("self", "application/json", "/ogc?f=json"),
        ("alternate", "text/html", "/ogc?f=html"),
        ("service-desc", "application/vnd.oai.openapi+json;version=3.0", "/ogc/api?f=json"),
        ("service-doc", "text/html", "/ogc/api?f=html"),
        ("conformance", "application/json", "/ogc/conformance"),
        ("data", "application/json", "/ogc/collections"),
    ] {
        assert_eq!(links(&landing, rel), [(media_type, &*format!("{BASE}{path}"))], "{rel}");
    }
    assert!(landing["title"].as_str().unwrap().contains("港区"), "{landing}");
}

#[tokio::test]
async fn a_demo_says_so_in_its_title() {
    assert!(demo().json("/ogc").await["title"].as_str().unwrap().contains("見本"));
    let ward = Ward::empty().await;
    assert!(!ward.anonymous().json("/ogc").await["title"].as_str().unwrap().contains("見本"));
}

#[tokio::test]
async fn it_is_the_same_with_a_slash_at_its_end() {
    let client = demo();
    assert_eq!(client.get("/ogc").await.ok().body, client.get("/ogc/").await.ok().body);
}

#[tokio::test]
async fn browsers_get_a_page_and_programs_get_json() {
    let client = demo();
    for (accept, media_type) in [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("image/png", "application/json"),
    ] {
        let reply = client.get_with("/ogc", &[("accept", accept)]).await.ok();
        assert_eq!(reply.media_type(), media_type, "{accept}");
        assert!(reply.header(header::VARY).contains("accept"), "{}", reply.header(header::VARY));
    }
    assert_eq!(client.get("/ogc").await.ok().media_type(), "application/json");
}

#[tokio::test]
async fn f_is_stronger_than_accept() {
    let client = demo();
    let page = client.get_with("/ogc?f=html", &[("accept", "application/json")]).await.ok();
    assert_eq!(page.media_type(), "text/html");
    let json = client.get_with("/ogc?f=json", &[("accept", "text/html")]).await.ok();
    assert_eq!(json.media_type(), "application/json");
}

#[tokio::test]
async fn links_begin_with_the_public_address_where_one_is_configured() {
    let ward = Ward::empty().await;
    let site = machiaruki::http::Site { public_url: Some("https://map.example/ward".into()), ..site(false) };
    let client = Anonymous::new(ward.app.router(site));
    let landing = client.json("/ogc").await;
    for link in landing["links"].as_array().unwrap() {
        assert!(link["href"].as_str().unwrap().starts_with("https://map.example/ward/ogc"), "{link}");
    }
}

#[tokio::test]
async fn links_follow_the_host_that_was_asked_but_never_a_forged_one() {
    let client = demo();
    for (host, base) in [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
        ("[::1]:8080", "http://[::1]:8080/"),
        ("evil.example/\"><script>", "http://localhost/"),
        ("evil.example/path?", "http://localhost/"),
        ("", "http://localhost/"),
    ] {
        for f in ["json", "html"] {
            let page = client.get_with(&format!("/ogc?f={f}"), &[("host", host)]).await.ok().text();
            assert!(page.contains(&format!("\"{base}ogc")), "{host}: {page}");
            assert!(!page.contains("evil.example"), "{host}");
        }
    }
}
