//! The JSON of everything but items.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::{
    catalogue::{FieldKind, LayerId},
    http::{Representation, Site},
    layers::{Dataset, Snapshot},
};

use super::{
    GEOJSON, JSON, OPENAPI_3_0, SCHEMA,
    links::{Links, link, self_and_alternate},
};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// The conformance classes that tests hold up.
#[must_use]
pub fn conformance_classes() -> [&'static str; 5] {
    [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    ]
}

pub(super) fn title(site: &Site) -> String {
    let sample = if site.demo { " 見本(デモ)" } else { "" };
    format!("まちあるき {}{sample} オープンデータ", site.municipality.name.ja)
}

pub(super) fn landing(site: &Site, links: &Links) -> Value {
    let mut all = self_and_alternate(&links.ogc(""), Representation::Json, JSON).to_vec();
    all.extend([
        link("service-desc", OPENAPI_3_0, "The API's definition", &links.ogc("/api?f=json")),
        link("service-doc", "text/html", "The API for people", &links.ogc("/api?f=html")),
        link("conformance", JSON, "Conformance classes", &links.ogc("/conformance")),
        link("data", JSON, "Collections", &links.ogc("/collections")),
    ]);
    json!({
        "title": title(site),
        "description": "Walking routes, local organisations, disaster councils, shelters and facilities as open layers.",
        "links": all,
    })
}

pub(super) fn conformance() -> Value {
    json!({ "conformsTo": conformance_classes() })
}

pub(super) fn collections(snapshots: &[Arc<Snapshot>], links: &Links) -> Value {
    json!({
        "links": self_and_alternate(&links.ogc("/collections"), Representation::Json, JSON),
        "collections":
            snapshots.iter().map(|snapshot| collection(snapshot, links)).collect::<Vec<_>>(),
    })
}

pub(super) fn collection(snapshot: &Snapshot, links: &Links) -> Value {
    let id = snapshot.layer();
    let layer = id.layer();
    let mut all = self_and_alternate(&links.collection(id, ""), Representation::Json, JSON).to_vec();
    all.extend([
        link("items", GEOJSON, layer.title.ja, &links.collection(id, "/items?f=json")),
        link("items", "text/html", layer.title.ja, &links.collection(id, "/items?f=html")),
        link(
            "http://www.opengis.net/def/rel/ogc/1.0/queryables",
            SCHEMA,
            "Queryable properties",
            &links.collection(id, "/queryables"),
        ),
    ]);
    for (format, media_type, name) in [
        ("geojson", GEOJSON, "GeoJSON"),
        ("gpkg", "application/geopackage+sqlite3", "GeoPackage"),
        ("csv", "text/csv", "CSV"),
        ("kml", "application/vnd.google-earth.kml+xml", "KML"),
    ] {
        all.push(link(
            "enclosure",
            media_type,
            &format!("Whole layer as {name}"),
            &links.download(id, format),
        ));
    }
    for dataset in snapshot.datasets() {
        if let Some(url) = &dataset.licence_url {
            all.push(link("license", "text/html", &dataset.licence, url));
        }
    }
    let freshness = snapshot.freshness();
    let mut collection = json!({
        "id": id.as_str(),
        "title": format!("{} / {}", layer.title.ja, layer.title.en),
        "description": format!("{} {}", layer.description.ja, layer.description.en),
        "attribution": attribution(snapshot),
        "itemType": "feature",
        "crs": [CRS84],
        "storageCrs": CRS84,
        "itemCount": snapshot.len(),
        "freshness": freshness.state,
        "asOf": freshness.as_of.map(|day| day.to_string()),
        "updated": snapshot.changed_at().map(|moment| moment.to_string()),
        "sample": snapshot.has_samples(),
        "datasets": snapshot.datasets().iter().map(dataset).collect::<Vec<_>>(),
        "links": all,
    });
    if let (Some(bbox), Some(object)) = (snapshot.bbox(), collection.as_object_mut()) {
        let extent = json!({
            "spatial": { "bbox": [bbox], "crs": CRS84 },
            "temporal": {
                "interval": [[freshness.as_of.map(|day| format!("{day}T00:00:00+09:00")), null]],
                "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
            },
        });
        object.insert("extent".into(), extent);
    }
    collection
}

/// What must be said wherever the layer is shown.
pub(super) fn attribution(snapshot: &Snapshot) -> String {
    let mut said: Vec<&str> = Vec::new();
    for dataset in snapshot.datasets() {
        if !said.contains(&dataset.attribution.as_str()) {
            said.push(&dataset.attribution);
        }
    }
    said.join("; ")
}

fn dataset(dataset: &Dataset) -> Value {
    json!({
        "id": dataset.id,
        "title": dataset.title,
        "source": dataset.source,
        "sourceUrl": dataset.source_url,
        "licence": dataset.licence,
        "licenceUrl": dataset.licence_url,
        "attribution": dataset.attribution,
        "asOf": dataset.as_of.map(|day| day.to_string()),
        "steward": dataset.steward,
        "refreshDays": dataset.refresh_days,
        "lastConfirmed": dataset.last_confirmed.map(|day| day.to_string()),
        "sample": dataset.sample,
        "recordCount": dataset.feature_count,
        "vanishedCount": dataset.vanished_count,
    })
}

pub(super) fn queryables(layer: LayerId, links: &Links) -> Value {
    let definition = layer.layer();
    let mut properties = Map::new();
    properties.insert(
        "geometry".into(),
        json!({ "title": "geometry", "x-ogc-role": "primary-geometry", "format": "geometry-any" }),
    );
    for field in definition.public_fields() {
        let mut schema = kind_schema(field.kind);
        if let Some(object) = schema.as_object_mut() {
            object.insert("title".into(), format!("{} / {}", field.label.ja, field.label.en).into());
        }
        properties.insert(field.name.into(), schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": links.collection(layer, "/queryables"),
        "type": "object",
        "title": definition.title.ja,
        "description": definition.description.en,
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The JSON schema of a field's values.
pub(super) fn kind_schema(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Text => json!({ "type": "string" }),
        FieldKind::List => json!({ "type": "array", "items": { "type": "string" } }),
        FieldKind::Integer => json!({ "type": "integer" }),
        FieldKind::Number => json!({ "type": "number" }),
        FieldKind::Flag => json!({ "type": "boolean" }),
        FieldKind::Date => json!({ "type": "string", "format": "date" }),
        FieldKind::Url => json!({ "type": "string", "format": "uri" }),
        FieldKind::Choice(choices) => json!({
            "type": "string",
            "enum": choices.iter().map(|choice| choice.value).collect::<Vec<_>>(),
        }),
    }
}
