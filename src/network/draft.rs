//! A network in the making: what is dropped is counted, with why.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::{
    measure,
    model::{Attributes, Kind, Link, Network, Node, Spot},
};

/// Why something of a source is not in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// It names a node that is not in the file.
    Dangling,
    /// People on foot may not go there.
    NoAccess,
    /// It is being built, planned or gone.
    NotThere,
    /// The same link twice.
    Duplicate,
    /// It leads nowhere.
    ZeroLength,
    /// Out of the world or without a place.
    BadPlace,
    /// A straight line of more than ten kilometres.
    TooLong,
    /// Outside the area of the import.
    OutOfArea,
    /// A value that cannot be read.
    Unreadable,
}

impl Dropped {
    /// Why, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Dangling => "name a node that is not in the file",
            Self::NoAccess => "are closed to people on foot",
            Self::NotThere => "are being built, planned or gone",
            Self::Duplicate => "are there twice",
            Self::ZeroLength => "have no length",
            Self::BadPlace => "have no place in the world",
            Self::TooLong => "have a straight line of over 10 km",
            Self::OutOfArea => "are outside the area",
            Self::Unreadable => "cannot be read",
        }
    }
}

/// A network in the making.
#[derive(Debug, Default)]
pub struct Draft {
    network: Network,
    seen: HashSet<(u32, u32, Vec<Spot>, Kind)>,
    dropped: BTreeMap<Dropped, u64>,
}

/// A straight line longer than this is a mistake.
const TOO_LONG_M: f64 = 10_000.0;

impl Draft {
    /// Counts something that is left out.
    pub fn drop(&mut self, why: Dropped) {
        *self.dropped.entry(why).or_default() += 1;
    }

    /// Adds a node.
    pub fn node(&mut self, node: Node) -> u32 {
        self.network.nodes.push(node);
        self.network.nodes.len() as u32 - 1
    }

    /// Adds a link between nodes that are there, unless it is of no use.
    pub fn link(
        &mut self,
        ends: [u32; 2],
        shape: Vec<Spot>,
        attributes: Attributes,
        said_mm: u32,
        origin: &str,
    ) {
        let [from, to] = ends;
        let link = Link { from, to, shape, attributes, said_mm, origin: origin.to_owned() };
        let points: Vec<Spot> = link.points(&self.network.nodes).collect();
        if points.windows(2).any(|pair| measure::metres(pair[0], pair[1]) > TOO_LONG_M) {
            return self.drop(Dropped::TooLong);
        }
        // Between two nodes at one place a link of no length still joins what hangs on them.
        if from == to && link.length_mm(&self.network.nodes) == 0 {
            return self.drop(Dropped::ZeroLength);
        }
        // A lift beside stairs is another way.
        let mut key = (from, to, link.shape.clone(), attributes.kind);
        if from > to {
            key = (to, from, link.shape.iter().rev().copied().collect(), attributes.kind);
        }
        if !self.seen.insert(key) {
            return self.drop(Dropped::Duplicate);
        }
        self.network.links.push(link);
    }

    /// What became of it. Nodes that no link uses are not kept.
    #[must_use]
    pub fn finish(self) -> (Network, BTreeMap<Dropped, u64>) {
        (self.network.without_loose_nodes(), self.dropped)
    }
}

impl Network {
    /// The same without nodes that no link uses.
    #[must_use]
    pub fn without_loose_nodes(mut self) -> Self {
        const UNUSED: u32 = u32::MAX;
        let mut place = vec![UNUSED; self.nodes.len()];
        let mut nodes = Vec::new();
        for link in &mut self.links {
            for end in [&mut link.from, &mut link.to] {
                let old = *end as usize;
                if place[old] == UNUSED {
                    place[old] = nodes.len() as u32;
                    nodes.push(self.nodes[old]);
                }
                *end = place[old];
            }
        }
        self.nodes = nodes;
        self
    }
}
