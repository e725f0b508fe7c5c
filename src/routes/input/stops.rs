//! Which points of a file are stops, and in which order they are along its track.

use std::collections::BTreeSet;

use crate::{
    geo::Position,
    routes::model::{Evidence, MOST_STOPS, Stop, StopId, Text},
};

use super::{
    Point, TrackNote, shape,
    simplify::{away_m, offset_m},
};

/// A point this far from the track belongs to something else.
const FAR_M: f64 = 200.0;
/// Passing this near counts as being there, when one looks for the order of points.
const NEAR_M: f64 = 30.0;

/// A stop with the piece of the track at which it is.
#[derive(Clone, Debug)]
pub(super) struct AtTrack {
    pub(super) point: Point,
    /// With which position of the track the piece begins; 0 without a track.
    pub(super) piece: usize,
}

/// The stops of a track in the order of walking. Without any point they are at its ends; without a track they keep the
/// order of the file.
pub(super) fn along(track: &[Position], points: Vec<Point>, notes: &mut Vec<TrackNote>) -> Vec<AtTrack> {
    let (near, far): (Vec<Point>, Vec<Point>) =
        points.into_iter().partition(|point| track.len() < 2 || from_track_m(track, point.location) <= FAR_M);
    if !far.is_empty() {
        notes.push(TrackNote::FarPointsLeftOut);
    }
    let mut near = near;
    if near.len() > MOST_STOPS {
        notes.push(TrackNote::TooManyPoints);
        near.truncate(MOST_STOPS);
    }
    if near.is_empty() {
        return ends(track, notes);
    }
    if track.len() < 2 {
        return near.into_iter().map(|point| AtTrack { point, piece: 0 }).collect();
    }
    in_order(track, &near).unwrap_or_else(|| {
        let nearest = |point: Point| {
            let away = |piece: &usize| away_m(point.location, track[*piece], track[piece + 1]);
            let piece = (0..track.len() - 1).min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(0);
            AtTrack { point, piece }
        };
        let mut stops: Vec<AtTrack> = near.into_iter().map(nearest).collect();
        stops.sort_by(|a, b| {
            let along = |stop: &AtTrack| {
                let [x, y] = offset_m(track[stop.piece], stop.point.location);
                x.hypot(y)
            };
            (a.piece, along(a)).partial_cmp(&(b.piece, along(b))).unwrap_or(std::cmp::Ordering::Equal)
        });
        stops
    })
}

fn from_track_m(track: &[Position], at: Position) -> f64 {
    track.windows(2).map(|pair| away_m(at, pair[0], pair[1])).fold(f64::INFINITY, f64::min)
}

/// The stops in the order of the file, if the track passes them in that order.
fn in_order(track: &[Position], points: &[Point]) -> Option<Vec<AtTrack>> {
    let mut stops = Vec::new();
    let mut from = 0;
    for point in points {
        let at = point.location;
        let enough = from_track_m(track, at) + NEAR_M;
        let first =
            (from..track.len() - 1).find(|piece| away_m(at, track[*piece], track[piece + 1]) <= enough)?;
        // It comes nearer for a while: the nearest place before it goes away again.
        let passing = (first..track.len() - 1)
            .map(|piece| (piece, away_m(at, track[piece], track[piece + 1])))
            .take_while(|(_, away)| *away <= enough);
        let (piece, _) = passing.min_by(|a, b| a.1.total_cmp(&b.1))?;
        stops.push(AtTrack { point: point.clone(), piece });
        from = piece;
    }
    Some(stops)
}

fn ends(track: &[Position], notes: &mut Vec<TrackNote>) -> Vec<AtTrack> {
    let at = |location: Position, piece| AtTrack {
        point: Point { name: String::new(), story: String::new(), location },
        piece,
    };
    match track {
        [] | [_] => Vec::new(),
        [first, .., last] => {
            notes.push(TrackNote::StopsAtEnds);
            vec![at(*first, 0), at(*last, track.len() - 2)]
        }
    }
}

/// A stop as a design has it. Its name is taken as Japanese: that language is always promised.
pub(super) fn stop(point: Point, stop_id: StopId) -> Stop {
    Stop {
        stop_id,
        name: Text { ja: shape::one_line(&point.name), ..Text::default() },
        location: point.location,
        place: None,
        address: String::new(),
        radius_m: 50,
        stay_min: 5,
        required: true,
        evidence: BTreeSet::from([Evidence::Gps]),
        story: Text { ja: point.story, ..Text::default() },
        question: None,
        photo: None,
        outside_meant: false,
        straight: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(east: f64, north: f64) -> Position {
        Position([139.75 + east * 1e-5, 35.65 + north * 1e-5])
    }

    fn point(name: &str, east: f64, north: f64) -> Point {
        Point { name: name.to_owned(), story: String::new(), location: at(east, north) }
    }

    fn names(stops: &[AtTrack]) -> Vec<&str> {
        stops.iter().map(|stop| stop.point.name.as_str()).collect()
    }

    /// Out, along, and back to where it began.
    fn round() -> Vec<Position> {
        vec![at(0.0, 0.0), at(300.0, 0.0), at(300.0, 300.0), at(0.0, 300.0), at(0.0, 0.0)]
    }

    #[test]
    fn the_order_of_the_file_counts_where_the_track_allows_it() {
        let mut notes = Vec::new();
        let wanted = [point("出発", 0.0, 1.0), point("角", 301.0, 2.0), point("帰着", 1.0, 0.0)];
        let stops = along(&round(), wanted.to_vec(), &mut notes);
        assert_eq!(names(&stops), ["出発", "角", "帰着"]);
        assert_eq!((stops[0].piece, stops[2].piece), (0, 3), "the last one is where the track ends");
        assert!(notes.is_empty());
    }

    #[test]
    fn otherwise_the_order_is_that_of_the_track() {
        let mut notes = Vec::new();
        let wrong = vec![point("3", 10.0, 300.0), point("1", 100.0, 5.0), point("2", 305.0, 100.0)];
        assert_eq!(names(&along(&round(), wrong, &mut notes)), ["1", "2", "3"]);
    }

    #[test]
    fn far_points_and_too_many_are_left_out() {
        let mut notes = Vec::new();
        let mut many: Vec<Point> = (0..40).map(|index| point("点", f64::from(index) * 7.0, 0.0)).collect();
        many.insert(0, point("遠い", 9_000.0, 0.0));
        let stops = along(&round(), many, &mut notes);
        assert_eq!(stops.len(), MOST_STOPS);
        assert!(!names(&stops).contains(&"遠い"));
        assert_eq!(notes, [TrackNote::FarPointsLeftOut, TrackNote::TooManyPoints]);
    }

    #[test]
    fn without_points_the_ends_are_stops() {
        let mut notes = Vec::new();
        let stops = along(&round()[..3], Vec::new(), &mut notes);
        assert_eq!((stops[0].point.location, stops[1].point.location), (at(0.0, 0.0), at(300.0, 300.0)));
        assert_eq!(notes, [TrackNote::StopsAtEnds]);
        assert!(along(&[], Vec::new(), &mut notes).is_empty());
    }
}
