//! GeoJSON in and out: small collections to import, and what comes back.

use serde_json::{Value, json};

use super::Anonymous;

/// A point feature with a name and further properties.
pub fn point(name: &str, [lon, lat]: [f64; 2], mut properties: Value) -> Value {
    properties["name"] = name.into();
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [lon, lat] },
        "properties": properties,
    })
}

/// Named points in a row from west to east.
pub fn points(names: &[&str]) -> Value {
    let features =
        names.iter().enumerate().map(|(i, name)| point(name, [139.7 + i as f64 / 1000.0, 35.65], json!({})));
    json!({ "type": "FeatureCollection", "features": features.collect::<Vec<_>>() })
}

/// The features of a collection.
pub fn features(collection: &Value) -> Vec<Value> {
    collection["features"].as_array().unwrap().clone()
}

/// The ids of features.
pub fn ids(features: &[Value]) -> Vec<String> {
    features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

/// The ids of the features at an address.
pub async fn feature_ids(client: &Anonymous, address: &str) -> Vec<String> {
    ids(&features(&client.json(address).await))
}

/// The names of the features at an address.
pub async fn names(client: &Anonymous, address: &str) -> Vec<String> {
    let found = features(&client.json(address).await);
    found.iter().map(|feature| feature["properties"]["name"].as_str().unwrap().to_owned()).collect()
}

/// The feature of that name in a layer.
pub async fn named(client: &Anonymous, layer: &str, name: &str) -> Value {
    let all = features(&client.json(&format!("/api/layers/{layer}/features")).await);
    all.into_iter().find(|feature| feature["properties"]["name"] == name).unwrap()
}

/// All pages from an address on, following the `next` links.
pub async fn pages(client: &Anonymous, first: &str) -> Vec<Value> {
    let mut pages: Vec<Value> = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(address) = next {
        assert!(pages.len() < 1_000, "the next links of {first} never end");
        let page = client.json(&address).await;
        next = next_link(&page);
        pages.push(page);
    }
    pages
}

/// The address of the next page, when there is one.
pub fn next_link(page: &Value) -> Option<String> {
    let links = page["links"].as_array().unwrap();
    links.iter().find(|link| link["rel"] == "next").map(|link| link["href"].as_str().unwrap().to_owned())
}
