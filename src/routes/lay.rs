//! Laying a design on the pedestrian network.

use crate::{
    geo::Position,
    network::{
        Loaded,
        model::{Spot, degrees, spot},
        path::{self, NoPath, Path},
        time::convention_s,
    },
};

use super::model::{Design, Leg, Line};

/// Why a design has no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLine {
    /// There are fewer than two points.
    #[error("there are fewer than two points")]
    TooFew,
    /// There is no network, and some leg is to follow it.
    #[error("there is no network")]
    Empty,
    /// The network has no way for the design's profile on that leg, counted from 0.
    #[error("the network has no way on leg {0}")]
    Apart(usize),
}

impl From<NoPath> for NoLine {
    fn from(why: NoPath) -> Self {
        match why {
            NoPath::Empty => Self::Empty,
            NoPath::Apart(leg) => Self::Apart(leg),
        }
    }
}

/// The way of a design on a network. Takes some milliseconds of one core.
///
/// # Errors
/// When there are fewer than two points, or no way between two of them.
pub fn lay(network: &Loaded, design: &Design) -> Result<Line, NoLine> {
    let points: Vec<Spot> = design
        .points()
        .into_iter()
        .map(|point| spot(point.0).ok_or(NoLine::TooFew))
        .collect::<Result<_, _>>()?;
    if points.len() < 2 {
        return Err(NoLine::TooFew);
    }
    let path = path::path(&network.graph, design.profile, &points, &design.straight_legs())?;
    Ok(line(network, design, &points, &path))
}

fn metres(mm: u64) -> f64 {
    mm as f64 / 1000.0
}

fn line(network: &Loaded, design: &Design, points: &[Spot], path: &Path) -> Line {
    let mut coordinates: Vec<Position> = Vec::new();
    let mut legs = Vec::new();
    for leg in &path.legs {
        // A leg begins where the one before it ended.
        let shared = usize::from(!coordinates.is_empty());
        let first = coordinates.len() - shared;
        coordinates.extend(leg.line.iter().skip(shared).map(|at| Position(degrees(*at))));
        legs.push(Leg {
            first_coordinate: first,
            last_coordinate: coordinates.len() - 1,
            distance_m: metres(leg.length_mm),
            estimated_duration_s: leg.estimate_s.ceil() as u64,
            stairs: leg.stairs,
            crossings: leg.crossings,
            lifts: leg.lifts,
            straight: leg.straight,
        });
    }
    let distance_m = metres(path.legs.iter().map(|leg| leg.length_mm).sum());
    let estimate: f64 = path.legs.iter().map(|leg| leg.estimate_s).sum();
    let mut sources: Vec<usize> =
        path.legs.iter().flat_map(|leg| leg.sources.iter().map(|source| usize::from(*source))).collect();
    sources.sort_unstable();
    sources.dedup();
    let used = || sources.iter().filter_map(|source| network.sources.get(*source));
    Line {
        away_m: points.iter().take(design.waypoints.len()).map(|point| away_m(*point, path)).collect(),
        coordinates,
        distance_m,
        duration_s: convention_s(distance_m),
        estimated_duration_s: estimate.ceil() as u64 + u64::from(design.stay_min()) * 60,
        stairs: path.legs.iter().map(|leg| leg.stairs).sum(),
        crossings: path.legs.iter().map(|leg| leg.crossings).sum(),
        lifts: path.legs.iter().map(|leg| leg.lifts).sum(),
        stairs_m: metres(path.legs.iter().map(|leg| leg.stairs_mm).sum()),
        steep_m: metres(path.legs.iter().map(|leg| leg.steep_mm).sum()),
        legs,
        attributions: used().map(|source| source.attribution.clone()).collect(),
        sample: used().any(|source| source.sample),
    }
}

/// How far a point is from a path, in metres, to the decimetre.
fn away_m(point: Spot, path: &Path) -> f64 {
    let pieces = path.legs.iter().flat_map(|leg| leg.line.windows(2));
    let nearest = pieces.map(|piece| from_piece_m(point, piece[0], piece[1])).fold(f64::INFINITY, f64::min);
    (nearest * 10.0).round() / 10.0
}

/// How far a point is from a straight piece, in metres: on a plane that is true near the point.
fn from_piece_m(point: Spot, a: Spot, b: Spot) -> f64 {
    let [x_scale, y_scale] = crate::network::measure::scale(degrees(point)[1]);
    let at = |other: Spot| {
        let (dx, dy) = (i64::from(other[0]) - i64::from(point[0]), i64::from(other[1]) - i64::from(point[1]));
        [dx as f64 * x_scale, dy as f64 * y_scale]
    };
    let ([ax, ay], [bx, by]) = (at(a), at(b));
    let (dx, dy) = (bx - ax, by - ay);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 { (-(ax * dx + ay * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (ax + along * dx).hypot(ay + along * dy)
}
