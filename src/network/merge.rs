//! Several sources as one network (see `docs/decisions/0013-one-network-of-several-sources.md`).
//!
//! Where a source of higher rank covers the ground, links of lower rank that lie wholly within are left
//! out; those that lead out of it are kept, and joined to the nearest node of the higher rank.

use std::collections::{HashMap, HashSet};

use geo::{Contains as _, MultiPolygon, Point};

use super::{
    measure,
    model::{Attributes, Link, Network, Spot, degrees},
};

/// Nodes of two sources at most this far apart are joined.
pub const JOIN_M: f64 = 15.0;
/// The side of a cell of covered ground, in 10⁻⁷ degrees: about 50 metres.
const CELL: i32 = 5_000;

/// A source with the area that it covers, if somebody said so.
#[derive(Debug)]
pub struct Part {
    /// Its network.
    pub network: Network,
    /// The area; otherwise what is near its lines.
    pub area: Option<MultiPolygon>,
}

/// All sources as one.
#[derive(Debug, Default)]
pub struct Merged {
    /// The network.
    pub network: Network,
    /// From which source each link is.
    pub source_of: Vec<u16>,
    /// How many links were left out because a source of higher rank is there.
    pub covered: u64,
    /// How many joins were made.
    pub joined: u64,
}

/// The ground that sources cover.
#[derive(Default)]
struct Ground {
    areas: Vec<MultiPolygon>,
    cells: HashSet<(i32, i32, i8)>,
}

impl Ground {
    fn covers(&self, spot: Spot, level: i8) -> bool {
        let [lon, lat] = degrees(spot);
        self.cells.contains(&(spot[1].div_euclid(CELL), spot[0].div_euclid(CELL), level))
            || self.areas.iter().any(|area| area.contains(&Point::new(lon, lat)))
    }

    fn add(&mut self, part: &Part) {
        if let Some(area) = &part.area {
            self.areas.push(area.clone());
            return;
        }
        let nodes = &part.network.nodes;
        for link in &part.network.links {
            let level = nodes[link.from as usize].level;
            let points: Vec<Spot> = link.points(nodes).collect();
            for pair in points.windows(2) {
                let span = (0..2).map(|axis| (pair[1][axis] - pair[0][axis]).unsigned_abs()).max();
                let steps = span.unwrap_or(0) / CELL as u32 + 1;
                for step in 0..=steps {
                    let share = f64::from(step) / f64::from(steps);
                    let at = [0, 1].map(|axis| {
                        pair[0][axis] + (f64::from(pair[1][axis] - pair[0][axis]) * share) as i32
                    });
                    let (row, column) = (at[1].div_euclid(CELL), at[0].div_euclid(CELL));
                    for (row, column) in (row - 1..=row + 1)
                        .flat_map(|row| (column - 1..=column + 1).map(move |column| (row, column)))
                    {
                        self.cells.insert((row, column, level));
                    }
                }
            }
        }
    }
}

/// Merges sources, those of the highest rank first.
#[must_use]
pub fn merge(parts: Vec<Part>) -> Merged {
    let mut merged = Merged::default();
    let mut ground = Ground::default();
    for (source, part) in parts.into_iter().enumerate() {
        let (nodes, offset) = (&part.network.nodes, merged.network.nodes.len() as u32);
        let near = Near::of(&merged.network);
        let mut kept = Vec::new();
        for link in &part.network.links {
            let level = nodes[link.from as usize].level;
            let inside = source > 0 && link.points(nodes).all(|point| ground.covers(point, level));
            if inside {
                merged.covered += 1;
            } else {
                kept.push(link.clone());
            }
        }
        let ends: HashSet<u32> = kept.iter().flat_map(|link| [link.from, link.to]).collect();
        let mut ends: Vec<u32> = ends.into_iter().collect();
        ends.sort_unstable();
        let mut joins = Vec::new();
        for end in ends {
            let node = &nodes[end as usize];
            if source > 0
                && ground.covers(node.at, node.level)
                && let Some(other) = near.nearest(&merged.network, node.at, node.level)
            {
                joins.push(Link {
                    from: end + offset,
                    to: other,
                    shape: Vec::new(),
                    attributes: Attributes { level: node.level, ..Attributes::default() },
                    said_mm: 0,
                    origin: "join".into(),
                });
            }
        }
        merged.joined += joins.len() as u64;
        merged.network.nodes.extend_from_slice(nodes);
        let moved =
            kept.into_iter().map(|link| Link { from: link.from + offset, to: link.to + offset, ..link });
        merged.network.links.extend(moved.chain(joins));
        merged.source_of.resize(merged.network.links.len(), source as u16);
        ground.add(&part);
    }
    merged.network = merged.network.without_loose_nodes();
    merged
}

/// Finds nodes that are near.
struct Near(HashMap<(i32, i32), Vec<u32>>);

impl Near {
    fn of(network: &Network) -> Self {
        let mut cells: HashMap<_, Vec<u32>> = HashMap::new();
        for link in &network.links {
            for node in [link.from, link.to] {
                let at = network.nodes[node as usize].at;
                cells.entry((at[1].div_euclid(CELL), at[0].div_euclid(CELL))).or_default().push(node);
            }
        }
        Self(cells)
    }

    fn nearest(&self, network: &Network, at: Spot, level: i8) -> Option<u32> {
        let (row, column) = (at[1].div_euclid(CELL), at[0].div_euclid(CELL));
        let cells =
            (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| (row, column)));
        let nodes = cells.filter_map(|cell| self.0.get(&cell)).flatten().copied();
        nodes
            .filter(|node| network.nodes[*node as usize].level == level)
            .map(|node| (measure::metres(at, network.nodes[node as usize].at), node))
            .filter(|(away, _)| *away <= JOIN_M)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(_, node)| node)
    }
}
