//! Control points that make the way on the network follow a track.
//!
//! Between two stops the way is found and compared with that piece of the track. Where it leaves the track by more than
//! [`LEAVES_M`], a control point is set at the place of the track that is farthest from it, and both halves are looked at
//! again, the worst first, while a design has room for waypoints.

use crate::{geo::Position, routes::model::MOST_WAYPOINTS};

use super::{simplify::away_m, stops::AtTrack};

/// Farther from the track than this, the way is another one: GPS is off by ten metres or so among houses.
pub(super) const LEAVES_M: f64 = 25.0;
/// A control point has to bring the way nearer by at least this much; otherwise the network has no such way.
const GAIN_M: f64 = 5.0;
/// Positions of a track are looked at this far apart.
const STEP_M: f64 = 10.0;
const MOST_STEPS: f64 = 200.0;

/// A way on the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its line, from one position to the other.
    pub line: Vec<Position>,
}

/// Finds the way on the network between two positions; `None` where there is none.
pub type PathFinder<'p> = dyn FnMut(Position, Position) -> Option<Found> + 'p;

/// A piece of the track between two waypoints.
struct Piece {
    /// Between which stops.
    gap: usize,
    /// Positions of the track, the waypoints at its ends included.
    track: Vec<Position>,
    /// How far the way leaves it, and where it is farthest.
    leaves_m: f64,
    farthest: usize,
    /// Whether a control point would help nothing.
    settled: bool,
}

impl Piece {
    fn new(gap: usize, track: Vec<Position>, path: &mut PathFinder<'_>) -> Self {
        let mut piece = Self { gap, track, leaves_m: 0.0, farthest: 0, settled: true };
        let [first, .., last] = piece.track.as_slice() else { return piece };
        let Some(found) = path(*first, *last).filter(|found| found.line.len() > 1) else { return piece };
        for (index, at) in piece.track.iter().enumerate() {
            let away = found.line.windows(2).map(|pair| away_m(*at, pair[0], pair[1]));
            let away = away.fold(f64::INFINITY, f64::min);
            if away > piece.leaves_m {
                (piece.leaves_m, piece.farthest) = (away, index);
            }
        }
        let inner = piece.farthest > 0 && piece.farthest + 1 < piece.track.len();
        piece.settled = piece.leaves_m <= LEAVES_M || !inner;
        piece
    }
}

/// The control points between each stop and the next, and whether the way still leaves the track anywhere.
pub(super) fn controls(
    track: &[Position],
    stops: &[AtTrack],
    path: &mut PathFinder<'_>,
) -> (Vec<Vec<Position>>, bool) {
    let mut pieces: Vec<Piece> = Vec::new();
    if track.len() > 1 {
        for (gap, pair) in stops.windows(2).enumerate() {
            pieces.push(Piece::new(gap, between(track, &pair[0], &pair[1]), path));
        }
    }
    let mut room = MOST_WAYPOINTS.saturating_sub(stops.len());
    while room > 0 {
        let open = pieces.iter().enumerate().filter(|(_, piece)| !piece.settled);
        let Some((worst, _)) = open.max_by(|a, b| a.1.leaves_m.total_cmp(&b.1.leaves_m)) else { break };
        let whole = &pieces[worst];
        let (before, after) =
            (whole.track[..=whole.farthest].to_vec(), whole.track[whole.farthest..].to_vec());
        let (gap, leaves_m) = (whole.gap, whole.leaves_m);
        let halves = [before, after].map(|half| Piece::new(gap, half, path));
        if halves.iter().any(|half| half.leaves_m > leaves_m - GAIN_M) {
            pieces[worst].settled = true;
            continue;
        }
        pieces.splice(worst..=worst, halves);
        room -= 1;
    }
    let leaves = pieces.iter().any(|piece| piece.leaves_m > LEAVES_M);
    let mut controls = vec![Vec::new(); stops.len().saturating_sub(1)];
    for pair in pieces.windows(2).filter(|pair| pair[0].gap == pair[1].gap) {
        controls[pair[1].gap].extend(pair[1].track.first());
    }
    (controls, leaves)
}

/// The track from one stop to the next, with a position every [`STEP_M`] or so: a long straight piece is more than its ends.
fn between(track: &[Position], from: &AtTrack, to: &AtTrack) -> Vec<Position> {
    let mut corners = vec![from.point.location];
    if from.piece < to.piece {
        corners.extend_from_slice(&track[from.piece + 1..=to.piece]);
    }
    corners.push(to.point.location);
    let mut positions = vec![corners[0]];
    for pair in corners.windows(2) {
        let (Position(a), Position(b)) = (pair[0], pair[1]);
        let steps = (away_m(pair[0], pair[1], pair[1]) / STEP_M).ceil().clamp(1.0, MOST_STEPS);
        positions.extend((1..=steps as u16).map(|step| {
            let share = f64::from(step) / steps;
            Position([0, 1].map(|axis| a[axis] + (b[axis] - a[axis]) * share))
        }));
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Point, TrackNote, stops::along},
        *,
    };

    fn at(east: f64, north: f64) -> Position {
        Position([139.75 + east * 1e-5, 35.65 + north * 1e-5])
    }

    /// A town of streets every 100 units, where everybody goes east or west first.
    fn streets(a: Position, b: Position) -> Found {
        let street = |Position(at): Position| {
            Position([0, 1].map(|axis| {
                let origin = [139.75, 35.65][axis];
                ((at[axis] - origin) / 1e-3).round() * 1e-3 + origin
            }))
        };
        let (a, b) = (street(a), street(b));
        Found { line: vec![a, Position([b.0[0], a.0[1]]), b] }
    }

    fn stops(track: &[Position]) -> Vec<AtTrack> {
        along(track, Vec::<Point>::new(), &mut Vec::<TrackNote>::new())
    }

    #[test]
    fn a_way_that_is_the_track_needs_no_control() {
        let track = [at(0.0, 0.0), at(500.0, 0.0), at(500.0, 500.0)];
        let (controls, leaves) = controls(&track, &stops(&track), &mut |a, b| Some(streets(a, b)));
        assert_eq!((controls, leaves), (vec![vec![]], false));
    }

    #[test]
    fn a_detour_is_followed() {
        // North first: the town's way would be the other two sides of the square.
        let track = [at(0.0, 0.0), at(0.0, 500.0), at(500.0, 500.0), at(500.0, 1000.0)];
        let (controls, leaves) = controls(&track, &stops(&track), &mut |a, b| Some(streets(a, b)));
        assert!(!leaves);
        assert!((1..=4).contains(&controls[0].len()), "{controls:?}");
        let mut way = vec![track[0]];
        way.extend(&controls[0]);
        way.push(track[3]);
        for pair in way.windows(2) {
            let line = streets(pair[0], pair[1]).line;
            for position in line {
                let away =
                    track.windows(2).map(|pair| away_m(position, pair[0], pair[1])).fold(f64::MAX, f64::min);
                assert!(away < LEAVES_M + 60.0, "{away}");
            }
        }
    }

    #[test]
    fn where_the_network_has_no_way_the_track_is_not_chased() {
        let track = [at(0.0, 0.0), at(200.0, 3000.0), at(400.0, 0.0)];
        // There is one street only.
        let mut one = |a: Position, b: Position| {
            Some(Found { line: vec![Position([a.0[0], 35.65]), Position([b.0[0], 35.65])] })
        };
        let (controls, leaves) = controls(&track, &stops(&track), &mut one);
        assert!(leaves && controls[0].is_empty(), "{controls:?}");
        let mut none = |_: Position, _: Position| None;
        assert_eq!(super::controls(&track, &stops(&track), &mut none), (vec![vec![]], false));
    }

    #[test]
    fn there_are_never_more_waypoints_than_a_design_has() {
        // Forty zigzags between streets.
        let track: Vec<Position> = (0..160)
            .map(|index| {
                let (step, corner) = (f64::from(index / 4) * 200.0, index % 4);
                at(
                    step + if corner > 1 { 100.0 } else { 0.0 },
                    if (1..3).contains(&corner) { 400.0 } else { 0.0 },
                )
            })
            .collect();
        let mut calls = 0;
        let mut counted = |a: Position, b: Position| {
            calls += 1;
            Some(streets(a, b))
        };
        let (controls, _) = controls(&track, &stops(&track), &mut counted);
        assert!(controls[0].len() + 2 <= MOST_WAYPOINTS, "{}", controls[0].len());
        assert!(calls < 400, "{calls}");
    }
}
