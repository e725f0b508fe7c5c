//! `/ogc/api`: the definition of this interface as OpenAPI 3.0, which OGC API – Features Part 1 asks
//! for. The application's own API is another document.

use serde_json::{Map, Value, json};

use crate::catalogue::{FieldKind, LayerId};

use super::{
    documents::kind_schema,
    params::{DEFAULT_LIMIT, MAX_LIMIT, layer_names},
};

/// The document, for a deployment at `base` (without a slash at its end).
#[must_use]
pub fn openapi(base: &str) -> Value {
    let mut paths = Map::new();
    for (path, id, summary) in [
        ("/", "getLandingPage", "Landing page"),
        ("/api", "getApi", "This document"),
        ("/conformance", "getConformance", "Conformance classes"),
        ("/collections", "getCollections", "All collections"),
    ] {
        paths.insert(path.into(), operation(id, summary, &[reference("f")], &schema("object")));
    }
    for layer in LayerId::ALL {
        let root = format!("/collections/{layer}");
        let title = layer.layer().title.en;
        let name = operation_name(layer);
        paths.insert(
            root.clone(),
            operation(
                &format!("get{name}Collection"),
                &format!("{title}: the collection"),
                &[reference("f")],
                &schema("object"),
            ),
        );
        paths.insert(
            format!("{root}/queryables"),
            operation(
                &format!("get{name}Queryables"),
                &format!("{title}: queryable properties"),
                &[reference("f")],
                &schema("object"),
            ),
        );
        let mut parameters = ["f", "bbox", "limit", "datetime", "cursor"].map(reference).to_vec();
        for field in layer.layer().public_fields() {
            // A list is asked for by one of its items.
            let schema = match field.kind {
                FieldKind::List => schema("string"),
                kind => kind_schema(kind),
            };
            parameters.push(json!({
                "name": field.name, "in": "query", "required": false, "description": field.label.en,
                "schema": schema, "style": "form", "explode": false,
            }));
        }
        let collection = json!({ "$ref": "#/components/schemas/FeatureCollection" });
        paths.insert(
            format!("{root}/items"),
            operation(&format!("get{name}Items"), &format!("{title}: items"), &parameters, &collection),
        );
        let mut item = operation(
            &format!("get{name}Item"),
            &format!("{title}: one item"),
            &[reference("featureId"), reference("f")],
            &json!({ "$ref": "#/components/schemas/Feature" }),
        );
        item["get"]["responses"]["404"] = json!({ "$ref": "#/components/responses/Problem" });
        paths.insert(format!("{root}/items/{{featureId}}"), item);
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Machiaruki open layers",
            "version": env!("CARGO_PKG_VERSION"),
            "description": format!("OGC API – Features over the public layers of a municipality: {}.", layer_names()),
        },
        "servers": [{ "url": format!("{base}/ogc") }],
        "paths": paths,
        "components": components(),
    })
}

fn operation_name(layer: LayerId) -> String {
    layer.as_str().split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

fn schema(kind: &str) -> Value {
    json!({ "type": kind })
}

fn reference(parameter: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{parameter}") })
}

fn operation(id: &str, summary: &str, parameters: &[Value], schema: &Value) -> Value {
    let media_type = match schema["$ref"].as_str() {
        Some(_) => "application/geo+json",
        None if id.ends_with("Queryables") => "application/schema+json",
        None if id == "getApi" => "application/vnd.oai.openapi+json;version=3.0",
        None => "application/json",
    };
    json!({
        "get": {
            "operationId": id,
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": "The resource.",
                    "content": { media_type: { "schema": schema }, "text/html": { "schema": { "type": "string" } } },
                },
                "304": { "description": "Not changed since the representation that the client has." },
                "400": { "$ref": "#/components/responses/Problem" },
                "500": { "$ref": "#/components/responses/Problem" },
            },
        },
    })
}

fn components() -> Value {
    json!({
        "parameters": {
            "f": {
                "name": "f", "in": "query", "required": false, "description": "json or html; without it, Accept decides",
                "schema": { "type": "string", "enum": ["json", "html"] },
            },
            "bbox": {
                "name": "bbox", "in": "query", "required": false, "style": "form", "explode": false,
                "description": "West, south, east, north in degrees of WGS 84; west may be greater than east across the antimeridian",
                "schema": {
                    "type": "array", "items": { "type": "number" },
                    "oneOf": [{ "minItems": 4, "maxItems": 4 }, { "minItems": 6, "maxItems": 6 }],
                },
            },
            "limit": {
                "name": "limit", "in": "query", "required": false, "description": "How many items at most",
                "style": "form", "explode": false,
                "schema": { "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT },
            },
            "datetime": {
                "name": "datetime", "in": "query", "required": false, "style": "form", "explode": false,
                "description": "In force at an instant or in an interval; without it, today. Retired features are found by it",
                "schema": { "type": "string" },
            },
            "cursor": {
                "name": "cursor", "in": "query", "required": false, "description": "From a next link; opaque",
                "schema": { "type": "string" },
            },
            "featureId": {
                "name": "featureId", "in": "path", "required": true, "schema": { "type": "string" },
            },
        },
        "responses": {
            "Problem": {
                "description": "What is wrong and what can be done (RFC 9457).",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            },
        },
        "schemas": {
            "Problem": {
                "type": "object", "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": { "type": "string" }, "title": { "type": "string" },
                    "status": { "type": "integer" }, "detail": { "type": "string" },
                },
            },
            "Feature": {
                "type": "object", "required": ["type", "geometry", "properties", "id"],
                "properties": {
                    "type": { "type": "string", "enum": ["Feature"] },
                    "id": { "type": "string" },
                    "geometry": { "type": "object" },
                    "properties": { "type": "object", "nullable": true },
                    "links": { "type": "array", "items": { "$ref": "#/components/schemas/Link" } },
                },
            },
            "FeatureCollection": {
                "type": "object", "required": ["type", "features"],
                "properties": {
                    "type": { "type": "string", "enum": ["FeatureCollection"] },
                    "features": { "type": "array", "items": { "$ref": "#/components/schemas/Feature" } },
                    "numberMatched": { "type": "integer", "minimum": 0 },
                    "numberReturned": { "type": "integer", "minimum": 0 },
                    "timeStamp": { "type": "string", "format": "date-time" },
                    "links": { "type": "array", "items": { "$ref": "#/components/schemas/Link" } },
                },
            },
            "Link": {
                "type": "object", "required": ["href"],
                "properties": {
                    "href": { "type": "string" }, "rel": { "type": "string" }, "type": { "type": "string" },
                    "title": { "type": "string" },
                },
            },
        },
    })
}
