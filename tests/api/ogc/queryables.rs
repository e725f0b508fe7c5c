//! `/ogc/collections/{collection}/queryables`.

use machiaruki::catalogue::LayerId;
use serde_json::Value;

use crate::support::demo;

#[tokio::test]
async fn they_are_the_public_fields_and_no_others() {
    let client = demo();
    for layer in LayerId::ALL {
        let reply = client.get(&format!("/ogc/collections/{layer}/queryables")).await.ok();
        assert_eq!(reply.media_type(), "application/schema+json");
        let schema = reply.json();
        let names: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let fields = layer.layer().fields.iter().filter(|field| field.public).map(|field| field.name);
        let expected: Vec<&str> = std::iter::once("geometry").chain(fields).collect();
        assert_eq!(names, expected, "{layer}");
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(schema["type"], "object");
    }
}

#[tokio::test]
async fn their_id_is_their_address() {
    let client = demo();
    let schema = client.json("/ogc/collections/stops/queryables").await;
    assert_eq!(client.json(schema["$id"].as_str().unwrap()).await, schema);
}

#[tokio::test]
async fn each_can_be_asked_for() {
    let client = demo();
    for layer in LayerId::ALL {
        let schema = client.json(&format!("/ogc/collections/{layer}/queryables")).await;
        for (name, property) in schema["properties"].as_object().unwrap() {
            if name == "geometry" {
                continue;
            }
            let value = match property["type"].as_str().unwrap() {
                "boolean" => "true",
                "integer" | "number" => "1",
                _ => "x",
            };
            client.get(&format!("/ogc/collections/{layer}/items?{name}={value}&limit=1")).await.ok();
        }
    }
}

#[tokio::test]
async fn a_choice_lists_its_values() {
    let schema = demo().json("/ogc/collections/organisations/queryables").await;
    let choices: Vec<_> = schema["properties"]["kind"]["enum"].as_array().unwrap().clone();
    assert!(choices.contains(&Value::from("pta")) && choices.len() > 3, "{choices:?}");
}

#[tokio::test]
async fn the_page_names_each_in_japanese_and_english() {
    let page = demo().get("/ogc/collections/shelters/queryables?f=html").await.ok().text();
    for text in ["storm_surge", "高潮", "Storm surge"] {
        assert!(page.contains(text), "{text}");
    }
}
