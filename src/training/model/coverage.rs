//! Where walks went: how many came to a place, year by year. Pure.

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect as _, Contains as _, Geometry, Intersects as _, Point};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    geo::{Position, distance_m},
    routes::{RouteId, StopId},
};

use super::FEWEST;

/// Walks that visited the same stops of a route in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The route.
    pub route: RouteId,
    /// The stops that they visited, at least one.
    pub stops: BTreeSet<StopId>,
    /// How many walks.
    pub walks: u32,
    /// Of them, how many were complete.
    pub completed: u32,
}

/// How much was walked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Walked {
    /// How many walks (somebody, a route, a fiscal year) came by.
    pub walks: u32,
    /// Of them, how many were complete.
    pub completed: u32,
    /// At how many stops they were in all, each stop once for each walk.
    pub visits: u32,
}

impl Walked {
    /// What may be said of it: nothing of fewer walks than [`FEWEST`], unless there were none.
    #[must_use]
    pub const fn shown(self) -> Option<Self> {
        if self.walks == 0 || self.walks >= FEWEST { Some(self) } else { None }
    }
}

/// How many walks visited any of these stops.
#[must_use]
pub fn walked(patterns: &[Pattern], stops: &BTreeSet<StopId>) -> Walked {
    let mut walked = Walked::default();
    for pattern in patterns {
        let visited = pattern.stops.intersection(stops).count();
        if visited > 0 {
            walked.walks += pattern.walks;
            walked.completed += pattern.completed;
            walked.visits += pattern.walks * u32::try_from(visited).unwrap_or(u32::MAX);
        }
    }
    walked
}

/// A place that is a point has the stops within so many metres.
const NEAR_M: f64 = 100.0;

/// The stops of a place: those in its area; of a point, those within 100 m.
#[must_use]
pub fn stops_at(place: &Geometry, stops: &BTreeMap<StopId, Position>) -> BTreeSet<StopId> {
    let Some(bounds) = place.bounding_rect() else { return BTreeSet::new() };
    let holds = |position: Position| {
        let point = Point::from(position);
        match place {
            Geometry::Polygon(area) => bounds.intersects(&point) && area.contains(&point),
            Geometry::MultiPolygon(areas) => bounds.intersects(&point) && areas.contains(&point),
            _ => distance_m(bounds.center().into(), point) <= NEAR_M,
        }
    };
    stops.iter().filter(|(_, position)| holds(**position)).map(|(stop, _)| *stop).collect()
}

/// The stops of places that together cover the town, such as localities: where they are areas, as of any place; where each is a
/// point that stands for an area, those to which no other is nearer.
#[must_use]
pub fn stops_of_each(places: &[Geometry], stops: &BTreeMap<StopId, Position>) -> Vec<BTreeSet<StopId>> {
    let is_area = |place: &Geometry| matches!(place, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    if places.iter().any(is_area) {
        return places.iter().map(|place| stops_at(place, stops)).collect();
    }
    let points: Vec<Option<Point>> =
        places.iter().map(|place| Some(place.bounding_rect()?.center().into())).collect();
    let mut found = vec![BTreeSet::new(); places.len()];
    for (stop, position) in stops {
        let away = |point: &Option<Point>| point.map(|point| distance_m(point, Point::from(*position)));
        let nearest = points
            .iter()
            .enumerate()
            .filter_map(|(index, point)| Some((index, away(point)?)))
            .min_by(|(_, one), (_, other)| one.total_cmp(other));
        if let Some(found) = nearest.and_then(|(index, _)| found.get_mut(index)) {
            found.insert(*stop);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use geo::polygon;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn stop(number: u128) -> StopId {
        StopId(Uuid::from_u128(number))
    }

    fn pattern(stops: &[u128], walks: u32) -> Pattern {
        let stops = stops.iter().copied().map(stop).collect();
        Pattern { route: RouteId(Uuid::nil()), stops, walks, completed: 0 }
    }

    #[test]
    fn a_walk_counts_once_at_a_place_however_many_stops_it_visited_there() {
        let patterns = [pattern(&[1, 2, 3], 10), pattern(&[1], 4), pattern(&[3], 2)];
        assert_eq!(
            walked(&patterns, &[stop(1), stop(2)].into()),
            Walked { walks: 14, completed: 0, visits: 24 }
        );
        assert_eq!(walked(&patterns, &[stop(9)].into()), Walked::default());
    }

    #[test]
    fn of_few_walks_nothing_is_said() {
        let shown = |walks| Walked { walks, completed: 0, visits: walks }.shown().map(|walked| walked.walks);
        assert_eq!([shown(0), shown(1), shown(4), shown(5)], [Some(0), None, None, Some(5)]);
    }

    #[test]
    fn an_area_has_what_is_in_it_and_a_point_what_is_near() {
        let stops = BTreeMap::from([
            (stop(1), Position([139.75, 35.65])),
            (stop(2), Position([139.7508, 35.65])),
            (stop(3), Position([139.76, 35.66])),
        ]);
        let area =
            polygon![(x: 139.7, y: 35.6), (x: 139.755, y: 35.6), (x: 139.755, y: 35.7), (x: 139.7, y: 35.7)];
        assert_eq!(stops_at(&area.into(), &stops), [stop(1), stop(2)].into());
        assert_eq!(stops_at(&Point::new(139.75, 35.65).into(), &stops), [stop(1), stop(2)].into());
        // 0.0012 degrees of longitude are 108 m here.
        assert_eq!(stops_at(&Point::new(139.7512, 35.65).into(), &stops), [stop(2)].into());
    }

    #[test]
    fn where_localities_are_points_each_stop_is_in_the_nearest() {
        let stops =
            BTreeMap::from([(stop(1), Position([139.751, 35.65])), (stop(2), Position([139.758, 35.65]))]);
        let places = [Point::new(139.75, 35.65).into(), Point::new(139.76, 35.65).into()];
        assert_eq!(stops_of_each(&places, &stops), [[stop(1)].into(), [stop(2)].into()]);
    }

    proptest! {
        /// Places that share no stop have no more visits together than there are, and the same ones however stops are shared out.
        #[test]
        fn visits_add_up_over_places(
            patterns in proptest::collection::vec((proptest::collection::btree_set(0_u128..8, 1..8), 1_u32..50), 0..12),
            places in proptest::collection::vec(0_usize..3, 8),
        ) {
            let patterns: Vec<Pattern> =
                patterns.iter().map(|(stops, walks)| pattern(&stops.iter().copied().collect::<Vec<_>>(), *walks)).collect();
            let of = |place: usize| -> BTreeSet<StopId> {
                (0_u128..8).zip(&places).filter(|(_, at)| **at == place).map(|(number, _)| stop(number)).collect()
            };
            let parts: Vec<Walked> = (0..3).map(|place| walked(&patterns, &of(place))).collect();
            let whole = walked(&patterns, &(0_u128..8).map(stop).collect());
            prop_assert_eq!(parts.iter().map(|part| part.visits).sum::<u32>(), whole.visits);
            prop_assert!(parts.iter().map(|part| part.walks).sum::<u32>() >= whole.walks);
            prop_assert!(parts.iter().all(|part| part.walks <= whole.walks && part.walks <= part.visits));
        }
    }
}
