//! The nearest place on the network.

use super::{
    graph::Graph,
    measure,
    model::{Spot, degrees},
    profile::Profile,
};

/// Beyond this a point is not on the network.
pub const REACH_M: f64 = 200.0;
/// An edge on another level than the ground counts as this much farther: who taps a street means the street.
const OTHER_LEVEL_M: f64 = 15.0;
/// The side of a cell, in 10⁻⁷ degrees: about 100 metres.
const CELL: i32 = 10_000;

/// A place on an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapped {
    /// The edge.
    pub edge: u32,
    /// How many millimetres from its start.
    pub along_mm: u32,
    /// Which piece of its line it is on.
    pub segment: u32,
    /// Where it is.
    pub at: Spot,
    /// How far the point asked for is, in metres.
    pub away_m: f64,
}

/// Which pieces of lines lie in which cell: sorted by cell.
#[derive(Debug, Default)]
pub struct Grid {
    entries: Vec<(i32, i32, u32, u32)>,
}

const fn cell(spot: Spot) -> (i32, i32) {
    (spot[1].div_euclid(CELL), spot[0].div_euclid(CELL))
}

impl Grid {
    pub(super) fn build(graph: &Graph) -> Self {
        let mut entries = Vec::new();
        for edge in 0..graph.edges.len() as u32 {
            let points: Vec<Spot> = graph.line(edge).collect();
            for (segment, pair) in points.windows(2).enumerate() {
                let span = (0..2).map(|axis| (pair[1][axis] - pair[0][axis]).unsigned_abs()).max();
                // Steps of at most half a cell: no cell on the way is missed by more than its neighbour.
                let steps = span.unwrap_or(0) / (CELL as u32 / 2) + 1;
                let mut last = None;
                for step in 0..=steps {
                    let share = f64::from(step) / f64::from(steps);
                    let here = cell(between(pair[0], pair[1], share));
                    if last != Some(here) {
                        entries.push((here.0, here.1, edge, segment as u32));
                        last = Some(here);
                    }
                }
            }
        }
        entries.sort_unstable();
        entries.dedup();
        entries.shrink_to_fit();
        Self { entries }
    }

    pub(super) fn memory(&self) -> usize {
        self.entries.len() * size_of::<(i32, i32, u32, u32)>()
    }

    /// The entries of one row of cells.
    fn row(&self, row: i32, columns: (i32, i32)) -> &[(i32, i32, u32, u32)] {
        let start = self.entries.partition_point(|entry| (entry.0, entry.1) < (row, columns.0));
        let end = self.entries.partition_point(|entry| (entry.0, entry.1) <= (row, columns.1));
        &self.entries[start..end]
    }
}

fn between(a: Spot, b: Spot, share: f64) -> Spot {
    [0, 1].map(|axis| (f64::from(a[axis]) + f64::from(b[axis] - a[axis]) * share).round() as i32)
}

/// The nearest place for that profile within [`REACH_M`], on an edge from which one can go on.
#[must_use]
pub fn snap(graph: &Graph, profile: Profile, point: Spot) -> Option<Snapped> {
    let usable = &graph.weights(profile).usable;
    let scale = measure::scale(degrees(point)[1]);
    let (row, column) = cell(point);
    let mut best: Option<(f64, f64, u32, u32, f64)> = None;
    // Near first: most points are next to a way.
    for reach in [40.0, REACH_M] {
        let cells = |scale: f64| (reach / (f64::from(CELL) * scale)).min(1e6) as i32 + 2;
        let (rows, columns) = (cells(scale[1]), cells(scale[0]));
        for row in row - rows..=row + rows {
            for &(_, _, edge, segment) in graph.grid.row(row, (column - columns, column + columns)) {
                if !usable[edge as usize] {
                    continue;
                }
                let mut line = graph.line(edge).skip(segment as usize);
                let (Some(a), Some(b)) = (line.next(), line.next()) else { continue };
                let (share, away) = nearest(point, a, b, scale);
                let level = graph.edges[edge as usize].attributes.level;
                let rank = away + if level == 0 { 0.0 } else { OTHER_LEVEL_M };
                // Of equals the first: the entries are in order.
                let nearer = best.is_none_or(|best| (rank, edge, segment) < (best.0, best.2, best.3));
                if away <= REACH_M && nearer {
                    best = Some((rank, away, edge, segment, share));
                }
            }
        }
        if best.is_some_and(|best| best.0 <= reach) {
            break;
        }
    }
    let (_, away_m, edge, segment, share) = best?;
    let points: Vec<Spot> = graph.line(edge).take(segment as usize + 2).collect();
    let before: f64 =
        points[..=segment as usize].windows(2).map(|pair| measure::metres(pair[0], pair[1])).sum();
    let (a, b) = (points[segment as usize], points[segment as usize + 1]);
    let at = between(a, b, share);
    let along = ((before + measure::metres(a, at)) * 1000.0).round() as u32;
    let along_mm = along.min(graph.edges[edge as usize].length_mm);
    Some(Snapped { edge, along_mm, segment, at, away_m })
}

/// How far along a piece of line the nearest place is, and how far away.
fn nearest(point: Spot, a: Spot, b: Spot, scale: [f64; 2]) -> (f64, f64) {
    let plane = |spot: Spot| [0, 1].map(|axis| f64::from(spot[axis] - a[axis]) * scale[axis]);
    let ([px, py], [bx, by]) = (plane(point), plane(b));
    let square = bx * bx + by * by;
    let share = if square == 0.0 { 0.0 } else { ((px * bx + py * by) / square).clamp(0.0, 1.0) };
    (share, (px - share * bx).hypot(py - share * by))
}
