//! A published version, made of the demo ward's first route.

use std::path::Path;

use machiaruki::{
    clock::Timestamp,
    geo::{Position, distance_m},
    network::time::convention_s,
    routes::model::{
        Design, DesignDocument, Leg, Line, Question, RouteId, RouteVersionId, Stop, StopId, Text, Version,
        Waypoint,
    },
    staff::DepartmentId,
};
use serde_json::Value;
use uuid::Uuid;

/// The answer to the first stop's question, which no file may hold.
pub const ANSWER: &str = "ひみつの答え";

/// The demo's route with that code as version 2: its first stop has a question, and its third one is optional. The line goes
/// straight from point to point.
pub fn version_of(code: &str) -> Version {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata/designs.json");
    let designs: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let found = designs.into_iter().find(|design| design["code"] == code);
    let mut document: DesignDocument =
        serde_json::from_value(found.unwrap_or_else(|| panic!("{code}"))["design"].take()).unwrap();
    document.themes = vec!["防災".to_owned(), "坂 & 寺".to_owned()];
    let stops = document.waypoints.iter_mut().filter_map(|waypoint| match waypoint {
        Waypoint::Stop(stop) => Some(stop),
        Waypoint::Control(_) => None,
    });
    for (index, stop) in stops.enumerate() {
        stop.required = index != 2;
        if index == 0 {
            let text = Text { ja: "門は何色ですか。".to_owned(), ..Text::default() };
            stop.question = Some(Question { text, answers: vec![ANSWER.to_owned()] });
        }
    }
    let design = Design::new(document).unwrap();
    let coordinates = design.points();
    let length: f64 = coordinates.windows(2).map(|pair| distance_m(pair[0].into(), pair[1].into())).sum();
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
pub fn with_stop(version: Version, index: usize, change: impl FnOnce(&mut Stop)) -> Version {
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
