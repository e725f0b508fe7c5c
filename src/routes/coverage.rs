//! What no published route visits.

use geo::{Closest, ClosestPoint as _, Contains as _, Geometry, Point};

use crate::geo::{Position, distance_m};

use super::{model::Version, surroundings::Place};

/// A route visits what it passes within this many metres.
pub const VISITS_M: f64 = 100.0;

/// A place, and the routes that visit it.
#[derive(Clone, Debug, PartialEq)]
pub struct Covered {
    /// The place.
    pub place: Place,
    /// A point that stands for it.
    pub location: Position,
    /// How far the nearest route is, in metres; 0 in an area that a route enters.
    pub nearest_m: Option<f64>,
    /// The codes of the routes that visit it.
    pub routes: Vec<String>,
}

/// For each place, which of the routes visit it: those that pass within [`VISITS_M`] of it, or enter its area.
#[must_use]
pub fn coverage(places: Vec<Place>, routes: &[Version]) -> Vec<Covered> {
    let covered = |place: Place| {
        let location = place.location()?;
        let (mut nearest_m, mut visiting): (Option<f64>, Vec<String>) = (None, Vec::new());
        for route in routes {
            let Some(away) = away_m(&place.geometry, location, route) else { continue };
            nearest_m = Some(nearest_m.map_or(away, |least| least.min(away)));
            if away <= VISITS_M {
                visiting.push(route.code.clone());
            }
        }
        Some(Covered { place, location, nearest_m, routes: visiting })
    };
    places.into_iter().filter_map(covered).collect()
}

/// How far a route's line is from a place, in metres.
fn away_m(place: &Geometry, location: Position, route: &Version) -> Option<f64> {
    let points = || route.line.coordinates.iter().map(|at| Point::from(*at));
    let enters = match place {
        Geometry::Polygon(area) => points().any(|point| area.contains(&point)),
        Geometry::MultiPolygon(areas) => points().any(|point| areas.contains(&point)),
        _ => false,
    };
    if enters {
        return Some(0.0);
    }
    let line: geo::LineString = points().map(geo::Coord::from).collect();
    match line.closest_point(&location.into()) {
        Closest::Intersection(at) | Closest::SinglePoint(at) => Some(distance_m(at, location.into()).round()),
        Closest::Indeterminate => None,
    }
}
