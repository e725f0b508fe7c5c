//! The network as lines to be drawn.

use super::{
    graph::Graph,
    model::{Kind, degrees},
};

impl Graph {
    /// The ways with any point in a box (west, south, east, north in degrees): their kinds, their lines as longitude and
    /// latitude in degrees, and the numbers of their sources.
    #[must_use]
    pub fn ways_within(&self, [west, south, east, north]: [f64; 4]) -> Vec<(Kind, Vec<[f64; 2]>, u16)> {
        let is_inside = |at: &[f64; 2]| (west..=east).contains(&at[0]) && (south..=north).contains(&at[1]);
        let way = |(index, edge): (usize, &super::graph::Edge)| {
            let line: Vec<[f64; 2]> = self.line(index as u32).map(degrees).collect();
            line.iter().any(is_inside).then_some((edge.attributes.kind, line, edge.source))
        };
        self.edges.iter().enumerate().filter_map(way).collect()
    }
}
