//! Open data may be read by any page.

use http::{Method, StatusCode};

use crate::support::demo;

const OPEN: [&str; 5] = [
    "/ogc",
    "/ogc/collections/stops/items",
    "/api/layers",
    "/api/layers/stops/export/csv",
    "/api/search?q=芝",
];

#[tokio::test]
async fn any_page_may_read_open_data_and_its_validators() {
    let client = demo();
    for address in OPEN {
        let reply = client.get_with(address, &[("origin", "https://other.example")]).await.ok();
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{address}");
        let exposed = reply.header("access-control-expose-headers").to_lowercase();
        for name in ["etag", "link", "last-modified"] {
            assert!(exposed.contains(name), "{address}: {exposed}");
        }
        assert_eq!(reply.header("access-control-allow-credentials"), "");
    }
}

#[tokio::test]
async fn a_preflight_allows_conditional_reading_and_nothing_else() {
    let client = demo();
    for address in OPEN {
        let reply = client
            .ask(
                Method::OPTIONS,
                address,
                &[
                    ("origin", "https://other.example"),
                    ("access-control-request-method", "GET"),
                    ("access-control-request-headers", "if-none-match"),
                ],
            )
            .await
            .ok();
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        let methods = reply.header("access-control-allow-methods");
        assert!(methods.contains("GET") && methods.contains("HEAD"), "{methods}");
        assert!(!methods.contains("POST") && !methods.contains("DELETE"), "{methods}");
        assert!(reply.header("access-control-allow-headers").to_lowercase().contains("if-none-match"));
        assert!(reply.body.is_empty());
    }
}

#[tokio::test]
async fn what_was_not_changed_may_be_read_too() {
    let client = demo();
    let tag = client.get("/api/layers").await.ok().header("etag");
    let headers = [("origin", "https://other.example"), ("if-none-match", &*tag)];
    let reply = client.get_with("/api/layers", &headers).await.has_status(StatusCode::NOT_MODIFIED);
    assert_eq!(reply.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn a_page_may_read_why_it_was_refused() {
    let client = demo();
    for address in ["/ogc?colour=red", "/ogc/collections/nowhere", "/api/layers/stops/features?limit=0"] {
        let reply = client.get_with(address, &[("origin", "https://other.example")]).await;
        assert!(reply.status.is_client_error());
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{address}");
    }
}
