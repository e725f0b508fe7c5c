//! A published version, made of the demo ward's first route.

use std::path::Path;

use machiaruki::{
    clock::Timestamp,
    geo::{Position, distance_m},
    network::time::convention_s,
    routes::model::{Design, DesignDocument, Leg, Line, RouteId, RouteVersionId, StopId, Version, Waypoint},
    staff::DepartmentId,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The answer to the first stop's question, which no file may hold.
pub const ANSWER: &str = "ひみつの答え";

fn features(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata").join(file);
    let collection: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    collection["features"].as_array().unwrap().clone()
}

/// The demo's route with that code as version 2.
pub fn version_of(code: &str) -> Version {
    let route = features("routes.geojson")
        .into_iter()
        .find(|route| route["properties"]["route_code"] == code)
        .unwrap_or_else(|| panic!("{code}"));
    let properties = &route["properties"];
    let stops: Vec<Value> = features("stops.geojson")
        .into_iter()
        .filter(|stop| stop["properties"]["route_code"] == code)
        .map(|stop| {
            let said = &stop["properties"];
            let first = said["sequence"] == 1;
            let question = json!({"text": {"ja": "門は何色ですか。"}, "answers": [ANSWER]});
            json!({
                "kind": "stop",
                "stop_id": Uuid::from_u128(0x5700 + u128::from(said["sequence"].as_u64().unwrap())),
                "name": {"ja": said["name"], "en": said["name_en"]},
                "location": stop["geometry"]["coordinates"],
                "radius_m": said["radius_m"],
                "stay_min": 5,
                "required": said["sequence"] != 3,
                "evidence": ["qr", "gps"],
                "story": {"ja": said["description"], "en": said["description_en"]},
                "question": first.then_some(question),
            })
        })
        .collect();
    let document: DesignDocument = serde_json::from_value(json!({
        "title": {"ja": properties["name"], "en": properties["name_en"]},
        "summary": {"ja": properties["description"], "en": properties["description_en"]},
        "languages": ["ja", "en"],
        "themes": ["防災", "坂 & 寺"],
        "hosts": [{"kind": "guide", "name": "【見本】芝の案内の会"}],
        "slot_min": 180,
        "waypoints": stops,
    }))
    .unwrap();
    let coordinates: Vec<Position> =
        serde_json::from_value(route["geometry"]["coordinates"].clone()).unwrap();
    let length: f64 = coordinates.windows(2).map(|pair| distance_m(pair[0].0.into(), pair[1].0.into())).sum();
    let design = Design::new(document).unwrap();
    Version {
        id: RouteVersionId(Uuid::from_u128(0x7e12)),
        route: RouteId(Uuid::from_u128(0x2007e)),
        code: code.to_owned(),
        department: DepartmentId(Uuid::from_u128(0xdeb)),
        department_name: "芝地区総合支所".to_owned(),
        number: 2,
        line: line(&design, coordinates, length),
        design,
        effective_from: "2026-11-01".parse().unwrap(),
        published_at: "2026-10-20T01:02:03Z".parse::<Timestamp>().unwrap(),
        sample: true,
    }
}

fn line(design: &Design, coordinates: Vec<Position>, length: f64) -> Line {
    let legs = vec![Leg {
        first_coordinate: 0,
        last_coordinate: coordinates.len() - 1,
        distance_m: length,
        estimated_duration_s: convention_s(length),
        stairs: 2,
        crossings: 9,
        lifts: 0,
        straight: false,
    }];
    Line {
        distance_m: length,
        duration_s: convention_s(length),
        estimated_duration_s: convention_s(length) + u64::from(design.stay_min()) * 60 + 270,
        stairs: 2,
        crossings: 9,
        lifts: 0,
        stairs_m: 31.5,
        steep_m: 0.0,
        away_m: design.waypoints.iter().map(|_| 3.0).collect(),
        legs,
        coordinates,
        attributions: vec!["【見本】歩行者ネットワーク <自作>".to_owned()],
        sample: true,
    }
}

/// A version with this changed in its design.
pub fn with_design(version: Version, change: impl FnOnce(&mut DesignDocument)) -> Version {
    let mut document = version.design.clone().into_document();
    change(&mut document);
    Version { design: Design::new(document).unwrap(), ..version }
}

/// A version with this changed in its n-th stop.
pub fn with_stop(
    version: Version,
    index: usize,
    change: impl FnOnce(&mut machiaruki::routes::model::Stop),
) -> Version {
    with_design(version, |design| {
        let Waypoint::Stop(stop) = &mut design.waypoints[index] else { panic!("no stop") };
        change(stop);
    })
}

/// The codes of a version's stops.
pub fn codes(version: &Version) -> Vec<(StopId, String)> {
    version
        .design
        .stops()
        .enumerate()
        .map(|(index, stop)| (stop.stop_id, format!("k7wq{index:02}xz")))
        .collect()
}
