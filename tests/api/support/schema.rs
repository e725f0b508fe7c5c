//! Whether JSON is what an OpenAPI document says of it. Only as much of JSON Schema as our documents use.

use serde_json::Value;

/// Where `value` is not what `schema` says; references are looked up in `document`.
pub fn mismatches(value: &Value, schema: &Value, document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check("$", value, schema, document, &mut found);
    found
}

fn check(at: &str, value: &Value, schema: &Value, document: &Value, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(reference.trim_start_matches('#'));
        return match target {
            Some(target) => check(at, value, target, document, found),
            None => found.push(format!("{at}: {reference} leads nowhere")),
        };
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice| mismatches(value, choice, document).is_empty();
        if !choices.iter().any(fits) {
            found.push(format!("{at}: {value} is none of oneOf"));
        }
        return;
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{at}: {value} is not in the enum"));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    if !kinds.iter().any(|kind| is_a(value, kind)) {
        found.push(format!("{at}: {value} is no {kinds:?}"));
        return;
    }
    if let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                found.push(format!("{at}: {name} is missing"));
            }
        }
        for (name, member) in object {
            match properties.get(name) {
                Some(schema) => check(&format!("{at}.{name}"), member, schema, document, found),
                None => found.push(format!("{at}: {name} is not documented")),
            }
        }
    }
    if let (Some(items), Some(schema)) = (value.as_array(), schema.get("items")) {
        for (index, item) in items.iter().enumerate() {
            check(&format!("{at}[{index}]"), item, schema, document, found);
        }
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        _ => false,
    }
}
