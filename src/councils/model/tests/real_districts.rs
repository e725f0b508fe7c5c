//! Suggestions over real areas: the districts of the elementary schools of Hachioji, as if each were the area of a council, and each school a
//! home. By the list, each belongs to the council of its name. One school has no district of its own and lies in that of
//! another.

use std::{collections::BTreeMap, path::Path};

use geo::{Geometry, MultiPolygon};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    clock::Date,
    geo::{Position, distance_m},
    layers::PlaceId,
};

use super::*;

const TODAY: Date = Date::constant(2026, 11, 29);

/// As the crow flies.
struct Crow;

impl WalkFinder for Crow {
    fn walk(&self, from: Position, to: Position) -> Walk {
        Walk { metres: distance_m(from.into(), to.into()), on_network: false }
    }
}

fn features(name: &str) -> Option<Vec<Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/school-districts").join(name);
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    Some(document["features"].as_array().unwrap().clone())
}

fn council_of(name: &str) -> CouncilId {
    CouncilId(PlaceId::of_record("councils", name))
}

fn area(feature: &Value) -> MultiPolygon {
    let geometry: geojson::Geometry = serde_json::from_value(feature["geometry"].clone()).unwrap();
    match Geometry::try_from(geometry).unwrap() {
        Geometry::MultiPolygon(areas) => areas,
        Geometry::Polygon(area) => MultiPolygon(vec![area]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_but_one_are_suggested_and_the_odd_one_is_flagged() {
    let (polygons, points) =
        (features("hachioji-a27-polygons.geojson"), features("hachioji-a27-points.geojson"));
    let Some((polygons, points)) = polygons.zip(points) else { return };
    let text = |feature: &Value, field: &str| feature["properties"][field].as_str().unwrap().to_owned();
    let at = |feature: &Value| -> Position {
        serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap()
    };
    let councils: Vec<Council> = polygons
        .iter()
        .map(|polygon| {
            let name = text(polygon, "name");
            let school = points.iter().find(|point| text(point, "A27_007") == name).unwrap();
            Council {
                id: council_of(&name),
                area: Some(area(polygon)),
                meeting_place: Some(at(school)),
                name,
            }
        })
        .collect();
    assert_eq!((councils.len(), points.len()), (69, 70));
    let rule = |(number, point): (usize, &Value)| AddressRule {
        id: RuleId(Uuid::from_u128(number as u128)),
        beginning: text(point, "A27_008"),
        council: council_of(&text(point, "A27_007")),
        span: Span::new(Date::constant(2026, 4, 1), None).unwrap(),
    };
    let links = Links { rules: points.iter().enumerate().map(rule).collect(), ..Links::default() };
    let suggester = Suggester::new(&councils, &links, [], Crow, TODAY);
    let (mut suggested, mut flagged) = (0, Vec::new());
    for point in &points {
        let (name, address) = (text(point, "A27_007"), text(point, "A27_008"));
        let home = Home { location: at(point), address: &address, building: &BTreeMap::new() };
        let found = suggester.suggest(&home);
        match found.council {
            Some(council) => {
                assert_eq!(council, council_of(&name), "{name}");
                assert!(found.candidates[0].reasons.contains(&Reason::InArea), "{name}");
                suggested += 1;
            }
            None => flagged.push((name, found)),
        }
    }
    assert_eq!(suggested, 69);
    let [(name, odd)] = &flagged[..] else { panic!("{flagged:?}") };
    assert_eq!(name, "高尾山学園小学部");
    assert!(odd.doubts.contains(&Doubt::Gone), "{odd:?}");
    assert_eq!(odd.candidates[0].council, council_of("館小学校"), "where it lies is said all the same");
}
