//! Finding links in documents.

use serde_json::Value;

/// Every `href` of a JSON document with the media type that it promises, if any.
pub fn json_links(document: &Value) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    collect(document, &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<(String, Option<String>)>) {
    match value {
        Value::Object(object) => {
            if let Some(href) = object.get("href").and_then(Value::as_str) {
                let kind = object.get("type").and_then(Value::as_str).map(str::to_owned);
                found.push((href.to_owned(), kind));
            }
            object.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// The target of every `href` and `src` of a page.
pub fn html_links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in [" href=\"", " src=\""] {
        for rest in page.split(attribute).skip(1) {
            let target = rest.split('"').next().unwrap();
            found.push(target.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&"));
        }
    }
    found
}
