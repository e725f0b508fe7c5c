//! `/ogc/api`: the definition of this interface.

use std::collections::HashSet;

use machiaruki::catalogue::LayerId;
use serde_json::Value;

use crate::support::{BASE, demo, feature_ids, mismatches};

async fn document() -> Value {
    demo().json("/ogc/api").await
}

/// Every `$ref` of a document.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// A parameter, behind its reference if it is one.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

#[tokio::test]
async fn it_is_openapi_3_0_at_the_address_that_the_landing_page_names() {
    let reply = demo().get("/ogc/api").await.ok();
    assert_eq!(reply.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
    let document = reply.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.0."));
    for member in ["title", "version"] {
        assert!(document["info"][member].is_string());
    }
    assert_eq!(document["servers"][0]["url"], format!("{BASE}/ogc"));
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_component_is_used() {
    let document = document().await;
    let mut found = Vec::new();
    references(&document, &mut found);
    for reference in &found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    for (kind, components) in document["components"].as_object().unwrap() {
        for name in components.as_object().unwrap().keys() {
            let reference = format!("#/components/{kind}/{name}");
            assert!(found.contains(&reference), "{reference} is not used");
        }
    }
}

#[tokio::test]
async fn operations_are_well_formed() {
    let document = document().await;
    let mut names = HashSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert_eq!(method, "get", "{path}");
            let id = operation["operationId"].as_str().unwrap();
            assert!(names.insert(id), "{id} twice");
            assert!(operation["responses"]["200"]["content"].is_object(), "{path}");
            let mut in_path: Vec<String> = Vec::new();
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let parameter = resolved(&document, parameter);
                assert!(parameter["schema"].is_object(), "{path}: {parameter}");
                if parameter["in"] == "path" {
                    assert_eq!(parameter["required"], true);
                    in_path.push(parameter["name"].as_str().unwrap().to_owned());
                }
            }
            let braces = path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
            assert_eq!(braces.collect::<Vec<_>>(), in_path, "{path}");
        }
    }
}

#[tokio::test]
async fn every_path_exists_and_answers_what_is_documented() {
    let client = demo();
    let document = document().await;
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 4 + 4 * LayerId::ALL.len());
    for (path, item) in paths {
        let mut address = format!("/ogc{path}");
        if path.contains("{featureId}") {
            let layer = path.split('/').nth(2).unwrap();
            let id = feature_ids(&client, &format!("/api/layers/{layer}/features?limit=1")).await.remove(0);
            address = address.replace("{featureId}", &id);
        }
        let content = item["get"]["responses"]["200"]["content"].as_object().unwrap();
        for f in ["json", "html"] {
            let reply = client.get(&format!("{address}?f={f}")).await.ok();
            let documented =
                content.iter().find(|(kind, _)| kind.split(';').next() == Some(&*reply.media_type()));
            let Some((_, media)) = documented else {
                panic!("{address}: {} is not documented: {:?}", reply.media_type(), content.keys());
            };
            if f == "json" {
                let wrong = mismatches(&reply.json(), &media["schema"], &document);
                assert!(wrong.is_empty(), "{address}: {wrong:?}");
            }
        }
    }
}

#[tokio::test]
async fn every_documented_parameter_of_items_is_accepted_and_every_accepted_one_documented() {
    let document = document().await;
    for layer in LayerId::ALL {
        let operation = &document["paths"][format!("/collections/{layer}/items")]["get"];
        let documented: Vec<&str> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parameter| resolved(&document, parameter)["name"].as_str().unwrap())
            .collect();
        let fields = layer.layer().fields.iter().filter(|field| field.public).map(|field| field.name);
        let expected: Vec<&str> =
            ["f", "bbox", "limit", "datetime", "cursor"].into_iter().chain(fields).collect();
        assert_eq!(documented, expected, "{layer}");
    }
}

#[tokio::test]
async fn its_page_lists_every_path() {
    let client = demo();
    let page = client.get("/ogc/api?f=html").await.ok().text();
    for path in document().await["paths"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("/ogc{path}")), "{path}");
    }
}
