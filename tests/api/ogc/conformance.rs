//! `/ogc/conformance`.

use serde_json::json;

use crate::support::demo;

#[tokio::test]
async fn it_claims_what_these_tests_hold_up_and_nothing_else() {
    let claimed = demo().json("/ogc/conformance").await;
    assert_eq!(
        claimed,
        json!({ "conformsTo": [
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
            "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
            "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
        ] })
    );
}

#[tokio::test]
async fn the_page_names_every_class() {
    let client = demo();
    let page = client.get("/ogc/conformance?f=html").await.ok().text();
    for class in client.json("/ogc/conformance").await["conformsTo"].as_array().unwrap() {
        assert!(page.contains(class.as_str().unwrap()), "{class}");
    }
}
