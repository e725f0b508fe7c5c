//! A track with fewer points.
//!
//! First points closer together than the tolerance are dropped, which is linear in their number; then Douglas and Peucker
//! (1973), whose worst case is quadratic and therefore comes only once there are few. Both begin with a metre and double the
//! tolerance until there are few enough.

use crate::{geo::Position, network::measure};

/// Beyond this many, points are thinned by distance alone.
const MOST_EXACT: usize = 20_000;
/// The tolerance to begin with, in metres: less than a pavement is wide.
const LEAST_M: f64 = 1.0;

/// A line of at most `most` positions (two at least) that is nowhere farther from the given one than it takes.
pub(super) fn simplify(line: &[Position], most: usize) -> Vec<Position> {
    let mut tolerance = LEAST_M;
    let mut thinned = thin(line, tolerance);
    while thinned.len() > MOST_EXACT.max(most) {
        tolerance *= 2.0;
        thinned = thin(&thinned, tolerance);
    }
    let mut tolerance = LEAST_M;
    loop {
        let simple = douglas_peucker(&thinned, tolerance);
        if simple.len() <= most.max(2) {
            return simple;
        }
        tolerance *= 2.0;
    }
}

/// East and north in metres from one position to another, on a plane that is true there.
pub(super) fn offset_m(Position(from): Position, Position(to): Position) -> [f64; 2] {
    let scale = measure::scale(from[1]);
    [0, 1].map(|axis| (to[axis] - from[axis]) * 1e7 * scale[axis])
}

/// How far a position is from the straight piece between two others, in metres.
pub(super) fn away_m(at: Position, a: Position, b: Position) -> f64 {
    let ([ax, ay], [bx, by]) = (offset_m(at, a), offset_m(at, b));
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let share = if square > 0.0 { (-(ax * dx + ay * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (ax + share * dx).hypot(ay + share * dy)
}

/// Drops positions that are nearer than the tolerance to the last one kept; the ends stay.
fn thin(line: &[Position], tolerance: f64) -> Vec<Position> {
    let mut kept: Vec<Position> = Vec::new();
    for (index, at) in line.iter().enumerate() {
        let far = kept.last().is_none_or(|last| {
            let [x, y] = offset_m(*last, *at);
            x.hypot(y) >= tolerance
        });
        if far {
            kept.push(*at);
        } else if index + 1 == line.len() {
            // The end replaces what is too near to it; the beginning stays.
            if kept.len() > 1 {
                kept.pop();
            }
            kept.push(*at);
        }
    }
    kept
}

fn douglas_peucker(line: &[Position], tolerance: f64) -> Vec<Position> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    let last = line.len() - 1;
    (keep[0], keep[last]) = (true, true);
    let mut pieces = vec![(0, last)];
    while let Some((first, last)) = pieces.pop() {
        let inner = first + 1..last;
        let farthest = inner
            .map(|index| (away_m(line[index], line[first], line[last]), index))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((away, index)) = farthest.filter(|(away, _)| *away > tolerance) {
            debug_assert!(away.is_finite());
            keep[index] = true;
            pieces.extend([(first, index), (index, last)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(at, _)| *at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(index: f64, north: f64) -> Position {
        Position([139.75 + index * 1e-5, 35.65 + north * 1e-5])
    }

    #[test]
    fn a_straight_line_is_its_ends_and_a_corner_stays() {
        let straight: Vec<Position> = (0..500).map(|index| at(f64::from(index), 0.0)).collect();
        assert_eq!(simplify(&straight, 2_000), [straight[0], straight[499]]);
        let mut bent = straight;
        bent.push(at(499.0, 300.0));
        assert_eq!(simplify(&bent, 2_000), [at(0.0, 0.0), at(499.0, 0.0), at(499.0, 300.0)]);
    }

    #[test]
    fn it_stays_near_the_given_line() {
        let wave: Vec<Position> =
            (0..3_000).map(|index| at(f64::from(index), (f64::from(index) / 40.0).sin() * 30.0)).collect();
        let simple = simplify(&wave, 2_000);
        assert!(simple.len() < 1_000, "{}", simple.len());
        for position in &wave {
            let nearest =
                simple.windows(2).map(|pair| away_m(*position, pair[0], pair[1])).fold(f64::MAX, f64::min);
            assert!(nearest < 2.1, "{nearest}");
        }
    }

    #[test]
    fn a_scribble_over_the_world_is_bounded() {
        // Each point far from the one before: nothing can be dropped for nothing.
        let scribble: Vec<Position> = (0..100_000_u32)
            .map(|index| {
                let hash = index.wrapping_mul(2_654_435_761);
                Position([
                    f64::from(hash % 36_000) / 100.0 - 180.0,
                    f64::from(hash / 36_000 % 18_000) / 100.0 - 90.0,
                ])
            })
            .collect();
        assert!(simplify(&scribble, 2_000).len() <= 2_000);
    }

    #[test]
    fn nothing_and_one_point_stay_what_they_are() {
        assert!(simplify(&[], 10).is_empty());
        assert_eq!(simplify(&[at(0.0, 0.0); 5], 10).len(), 2);
        assert_eq!(simplify(&[at(0.0, 0.0)], 10), [at(0.0, 0.0)]);
    }
}
