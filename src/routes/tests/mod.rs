//! Tests of the rules of routes, over designs made for them.

mod changes;
mod checklist;
mod coverage;
mod publication;

use serde_json::{Value, json};

use super::model::{Design, DesignDocument, Line, Version};

/// The id of the `n`-th stop.
fn stop_id(n: usize) -> Value {
    json!(format!("019a9f6e-0000-7000-8000-{n:012}"))
}

/// A complete stop, about 90 m east of the one before it.
fn stop(n: usize) -> Value {
    json!({
        "kind": "stop", "stop_id": stop_id(n), "location": [139.75 + n as f64 / 1_000.0, 35.65], "radius_m": 30,
        "stay_min": 5, "required": true, "evidence": ["gps", "qr"], "name": { "ja": format!("地点{n}") },
        "story": { "ja": format!("物語{n}") },
    })
}

/// A complete design with these waypoints.
fn document(waypoints: &[Value]) -> DesignDocument {
    serde_json::from_value(json!({
        "title": { "ja": "題" }, "summary": { "ja": "概要" }, "languages": ["ja"], "slot_min": 120,
        "waypoints": waypoints,
    }))
    .unwrap()
}

fn design(waypoints: &[Value]) -> Design {
    Design::new(document(waypoints)).unwrap()
}

/// The straight line through a design's points, without stairs.
fn line(design: &Design) -> Line {
    let points = design.points();
    let legs: Vec<Value> = (1..points.len())
        .map(|leg| {
            json!({
                "first_coordinate": leg - 1, "last_coordinate": leg, "distance_m": 90.0, "estimated_duration_s": 70,
                "stairs": 0, "crossings": 0, "lifts": 0, "straight": false,
            })
        })
        .collect();
    serde_json::from_value(json!({
        "coordinates": points, "distance_m": 90.0 * legs.len() as f64, "duration_s": 120 * legs.len(),
        "estimated_duration_s": 300, "stairs": 0, "crossings": 0, "lifts": 0, "stairs_m": 0.0, "steep_m": 0.0,
        "away_m": design.waypoints.iter().map(|_| 1.0).collect::<Vec<_>>(), "legs": legs, "attributions": [],
        "sample": true,
    }))
    .unwrap()
}

fn version(number: i64, effective_from: &str, design: Design) -> Version {
    let id = |n: i64| format!("019a9f6e-0000-7000-9000-{n:012}");
    Version {
        id: id(number).parse().unwrap(),
        route: id(999).parse().unwrap(),
        code: "test-01".into(),
        department: id(1000).parse().unwrap(),
        department_name: "見本課".into(),
        number,
        line: line(&design),
        design,
        effective_from: effective_from.parse().unwrap(),
        published_at: crate::clock::Timestamp::UNIX_EPOCH,
        sample: true,
    }
}
