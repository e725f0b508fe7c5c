//! A piece of the ground on paper.
//!
//! Over the few kilometres of a walk the ground is a plane: metres east and north of the middle (the ellipsoid's radii of
//! curvature at its latitude), north up.

use crate::{geo::Position, network::measure, print::Rect};

/// Which ground is shown where, at which scale.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// Where on the page.
    pub rect: Rect,
    middle: [f64; 2],
    /// Metres per degree of longitude and of latitude.
    metres: [f64; 2],
    /// Metres on the ground per point on paper.
    pub metres_per_point: f64,
}

/// The least ground that is shown, in metres: around a single place, one wants to see streets.
const LEAST_M: f64 = 240.0;

impl View {
    /// The view that shows all these positions with a margin around them, in points.
    pub(super) fn fit(rect: Rect, positions: impl Iterator<Item = Position>, margin: f32) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for Position(at) in positions {
            for axis in 0..2 {
                low[axis] = low[axis].min(at[axis]);
                high[axis] = high[axis].max(at[axis]);
            }
        }
        if !low.iter().chain(&high).all(|value| value.is_finite()) {
            (low, high) = ([0.0; 2], [0.0; 2]);
        }
        let middle = [0, 1].map(|axis| f64::midpoint(low[axis], high[axis]));
        let metres = measure::scale(middle[1]).map(|unit| (unit * 1e7).max(1.0));
        let inner = rect.inset(margin);
        let need = |axis: usize, room: f32| {
            ((high[axis] - low[axis]) * metres[axis]).max(LEAST_M) / f64::from(room.max(1.0))
        };
        let metres_per_point = need(0, inner.width).max(need(1, inner.height));
        Self { rect, middle, metres, metres_per_point }
    }

    /// Where a position is on the page.
    pub(super) fn point(&self, Position(at): Position) -> [f32; 2] {
        let [east, north] =
            [0, 1].map(|axis| (at[axis] - self.middle[axis]) * self.metres[axis] / self.metres_per_point);
        let (x, y) = (self.rect.x + self.rect.width / 2.0, self.rect.y + self.rect.height / 2.0);
        [x + east as f32, y - north as f32]
    }

    /// How high a box around positions is on the page.
    pub(super) fn height(&self, positions: impl Iterator<Item = Position>) -> f32 {
        let (mut top, mut foot) = (f32::INFINITY, f32::NEG_INFINITY);
        for [_, y] in positions.map(|at| self.point(at)) {
            (top, foot) = (top.min(y), foot.max(y));
        }
        (foot - top).max(0.0)
    }

    /// Where the positions of a line are on the page.
    pub(super) fn line(&self, line: &[Position]) -> Vec<[f32; 2]> {
        line.iter().map(|at| self.point(*at)).collect()
    }

    /// The box that is shown: west, south, east, north in degrees.
    pub(super) fn bounds(&self) -> [f64; 4] {
        let half =
            [self.rect.width, self.rect.height].map(|side| f64::from(side) / 2.0 * self.metres_per_point);
        let [lon, lat] = [0, 1].map(|axis| half[axis] / self.metres[axis]);
        [self.middle[0] - lon, self.middle[1] - lat, self.middle[0] + lon, self.middle[1] + lat]
    }

    /// A round number of metres that is at most `most` points long.
    pub(super) fn round_metres(&self, most: f32) -> f64 {
        let room = f64::from(most) * self.metres_per_point;
        let power = 10_f64.powf(room.log10().floor());
        [5.0, 2.0, 1.0].into_iter().map(|digit| digit * power).find(|length| *length <= room).unwrap_or(power)
    }
}

#[cfg(test)]
mod tests {
    use geo::Point;

    use super::*;
    use crate::geo::distance_m;

    const RECT: Rect = Rect::new(30.0, 40.0, 500.0, 300.0);

    #[test]
    fn lengths_on_paper_are_lengths_on_the_ground() {
        let (a, b) = (Position([139.745, 35.654]), Position([139.757, 35.660]));
        let view = View::fit(RECT, [a, b].into_iter(), 20.0);
        let ([ax, ay], [bx, by]) = (view.point(a), view.point(b));
        assert!(ax < bx && ay > by, "east is right and north is up");
        let drawn = f64::from((bx - ax).hypot(by - ay)) * view.metres_per_point;
        let ground = distance_m(Point::from(a.0), Point::from(b.0));
        assert!((drawn / ground - 1.0).abs() < 1e-3, "{drawn} {ground}");
        for [x, y] in [[ax, ay], [bx, by]] {
            assert!(RECT.inset(19.9).contains(&Rect::new(x, y, 0.0, 0.0)), "{x} {y}");
        }
        let [west, south, east, north] = view.bounds();
        assert!(west < a.0[0] && b.0[0] < east && south < a.0[1] && b.0[1] < north);
    }

    #[test]
    fn one_place_or_none_is_a_view_too() {
        let at = Position([139.7, 35.6]);
        let view = View::fit(RECT, [at, at].into_iter(), 20.0);
        assert_eq!(view.point(at), [280.0, 190.0]);
        assert!(View::fit(RECT, std::iter::empty(), 20.0).metres_per_point.is_finite());
    }

    #[test]
    fn the_scale_is_a_round_number() {
        let at = |m: f64| View { metres_per_point: m, ..View::fit(RECT, std::iter::empty(), 0.0) };
        assert_eq!([1.0, 2.7, 5.1, 0.4].map(|m| at(m).round_metres(100.0)), [100.0, 200.0, 500.0, 20.0]);
    }
}
