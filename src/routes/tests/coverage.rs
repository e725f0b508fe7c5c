//! What routes visit.

use geo::{Geometry, Point, polygon};

use crate::{
    layers::PlaceId,
    routes::{coverage::coverage, surroundings::Place},
};

use super::{design, stop, version};

fn place(name: &str, geometry: Geometry) -> Place {
    Place { id: PlaceId::of_record("test", name), name: name.into(), name_en: None, geometry }
}

#[test]
fn a_route_visits_what_it_passes_or_enters() {
    let route = version(1, "2026-04-01", design(&[stop(1), stop(2)]));
    let near = place("near", Point::new(139.7515, 35.6508).into());
    let far = place("far", Point::new(139.7515, 35.6520).into());
    let entered = polygon![
        (x: 139.7505, y: 35.60), (x: 139.7515, y: 35.60), (x: 139.7515, y: 35.70), (x: 139.7505, y: 35.70),
    ];
    let covered = coverage(vec![near, far, place("entered", entered.into())], &[route]);
    let said: Vec<_> = covered.iter().map(|one| (one.place.name.as_str(), one.routes.len())).collect();
    assert_eq!(said, [("near", 1), ("far", 0), ("entered", 1)]);
    let away = covered[1].nearest_m.unwrap();
    assert!((221.0..223.0).contains(&away), "{away}");
    assert_eq!(covered[2].nearest_m, Some(0.0));
    assert_eq!(coverage(vec![place("none", Point::new(0.0, 0.0).into())], &[])[0].nearest_m, None);
}
