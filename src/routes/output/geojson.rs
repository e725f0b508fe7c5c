//! GeoJSON (RFC 7946): the line and its stops in one collection.

use serde_json::{Value, json};

use crate::routes::model::{Stop, Version};

use super::{Words, is_sample, tag};

/// A version as GeoJSON: first the line, then the stops in the order of walking.
#[must_use]
pub fn geojson(version: &Version, words: &Words) -> String {
    let stops = version.design.stops().enumerate().map(|(index, one)| stop(index + 1, one, version, words));
    let features: Vec<Value> = std::iter::once(line(version, words)).chain(stops).collect();
    json!({
        "type": "FeatureCollection",
        "title": words.title(version),
        "language": tag(words.language),
        "licence": words.licence,
        "attributions": words.attributions(version),
        "link": words.route_url(version),
        "features": features,
    })
    .to_string()
}

fn line(version: &Version, words: &Words) -> Value {
    let (design, line) = (&version.design, &version.line);
    let mut feature = json!({
        "type": "Feature",
        "id": version.id,
        "geometry": {"type": "LineString", "coordinates": line.coordinates},
        "properties": {
            "kind": "route",
            "name": words.title(version),
            "summary": words.best(&design.summary),
            "route_id": version.route,
            "route_version_id": version.id,
            "code": version.code,
            "number": version.number,
            "department": version.department_name,
            "district": design.district,
            "themes": design.themes,
            "seasons": design.seasons,
            "accessibility": words.best(&design.accessibility),
            "profile": design.profile,
            "distance_m": line.distance_m,
            "duration_s": line.duration_s,
            "estimated_duration_s": line.estimated_duration_s,
            "stairs": line.stairs,
            "crossings": line.crossings,
            "lifts": line.lifts,
            "round_trip": design.round_trip,
            "effective_from": version.effective_from,
            "published_at": version.published_at,
        },
    });
    mark(&mut feature, version);
    feature
}

fn stop(sequence: usize, stop: &Stop, version: &Version, words: &Words) -> Value {
    let mut feature = json!({
        "type": "Feature",
        "id": stop.stop_id,
        "geometry": {"type": "Point", "coordinates": stop.location},
        "properties": {
            "kind": "stop",
            "sequence": sequence,
            "name": words.best(&stop.name),
            "story": words.best(&stop.story),
            "stop_id": stop.stop_id,
            "route_version_id": version.id,
            "address": stop.address,
            "radius_m": stop.radius_m,
            "stay_min": stop.stay_min,
            "required": stop.required,
            "evidence": stop.evidence,
            // Never the answers: whoever has the file would have them, too.
            "question": stop.question.as_ref().map(|question| words.best(&question.text)),
        },
    });
    mark(&mut feature, version);
    feature
}

/// What is not said is absent.
fn mark(feature: &mut Value, version: &Version) {
    if let Some(properties) = feature["properties"].as_object_mut() {
        properties.retain(|_, value| match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(all) => !all.is_empty(),
            _ => true,
        });
        if is_sample(version) {
            properties.insert("sample".into(), true.into());
        }
    }
}
