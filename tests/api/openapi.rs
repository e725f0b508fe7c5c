//! `/api/openapi.json`: the definition of the browser app's interface.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use machiaruki::auth::Access;
use serde_json::Value;

use crate::support::{Anonymous, Ward, demo, feature_ids, mismatches, site};

async fn document() -> Value {
    demo().json("/api/openapi.json").await
}

#[tokio::test]
async fn the_committed_document_is_what_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/openapi.json");
    let committed: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert!(committed == document().await, "static/openapi.json is out of date: run make generate");
}

#[tokio::test]
async fn it_is_openapi_3_1() {
    let document = document().await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(document["info"]["title"], "Machiaruki");
}

/// An address for a documented path of the demo ward.
async fn address(client: &Anonymous, path: &str) -> String {
    let id = feature_ids(client, "/api/layers/shelters/features?limit=1").await.remove(0);
    let route = client.json("/api/routes").await["routes"][0]["id"].as_str().unwrap().to_owned();
    let path = path.replace("{route}/export/{format}", "{route}/export/gpx").replace("{route}", &route);
    let path = path.replace("{layer}", "shelters").replace("{feature}", &id).replace("{format}", "csv");
    let path = path.replace("{number}", "1");
    assert!(!path.contains('{'), "{path}");
    if path == "/api/search" { format!("{path}?q=小学校") } else { path }
}

#[tokio::test]
async fn every_documented_public_path_answers_as_documented() {
    // With its database: routes are read from it.
    let ward = Ward::demo().await;
    let client = ward.anonymous();
    let document = document().await;
    let public = served(|access| access == Access::Public).await;
    for (path, item) in document["paths"].as_object().unwrap() {
        let operation = &item["get"];
        // The demo has no photos; printing needs a font that not every machine has.
        let is_secret = path.starts_with("/api/hosts/") || path.starts_with("/api/calendar/");
        let has_own_tests =
            is_secret || path == "/api/photos/{photo}" || path.rsplit('.').next() == Some("pdf");
        if operation.is_null() || !public.contains(&format!("get {path}")) || has_own_tests {
            continue;
        }
        let reply = client.get(&address(&client, path).await).await.ok();
        let Some(content) = operation["responses"]["200"]["content"].as_object() else {
            continue;
        };
        let schema = &content.get(&reply.media_type()).expect(path)["schema"];
        if !reply.media_type().ends_with("json") {
            continue;
        }
        let wrong = mismatches(&reply.json(), schema, &document);
        assert!(wrong.is_empty(), "{path}: {wrong:?}");
    }
}

/// The routes below `/api` that are served: method and path.
async fn served(wanted: impl Fn(Access) -> bool) -> BTreeSet<String> {
    let ward = Ward::demo().await;
    let routes = ward.app.routes(&Arc::new(site(true)), &ward.app.gate(&site(true))).list();
    routes
        .iter()
        .filter(|route| route.path.starts_with("/api/") && route.path != "/api/openapi.json")
        .filter(|route| wanted(route.access))
        .map(|route| format!("{} {}", route.method.as_str().to_lowercase(), route.path))
        .collect()
}

#[tokio::test]
async fn every_route_of_the_interface_is_documented_and_nothing_else() {
    let document = document().await;
    let documented: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))
        })
        .collect();
    assert_eq!(documented, served(|_| true).await);
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own_and_says_what_it_needs() {
    let document = document().await;
    let guarded = served(|access| access != Access::Public).await;
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            assert!(names.insert(name.clone()), "{name} twice");
            let says = operation["responses"].get("401").is_some();
            let needs = guarded.contains(&format!("{method} {path}"));
            assert!(says || !needs, "{method} {path} does not say that it needs signing in");
        }
    }
}

#[tokio::test]
async fn documented_problems_are_what_is_sent() {
    let client = demo();
    let document = document().await;
    for (address, path, status) in [
        ("/api/layers/x/features", "/api/layers/{layer}/features", 404),
        ("/api/layers/stops/features?bbox=1", "/api/layers/{layer}/features", 400),
        ("/api/layers/stops/features/x", "/api/layers/{layer}/features/{feature}", 404),
        ("/api/layers/stops/export/x", "/api/layers/{layer}/export/{format}", 404),
        ("/api/search?q=x&limit=0", "/api/search", 400),
    ] {
        let reply = client.get(address).await;
        assert_eq!(reply.status.as_u16(), status);
        let response = &document["paths"][path]["get"]["responses"][status.to_string()];
        let schema = &response["content"][reply.media_type()]["schema"];
        assert!(schema.is_object(), "{path} {status}");
        let wrong = mismatches(&reply.json(), schema, &document);
        assert!(wrong.is_empty(), "{address}: {wrong:?}");
    }
}
