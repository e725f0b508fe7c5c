//! The network as a graph to search: arcs by node in one array, nodes along a Hilbert curve so that what is
//! near on the ground is near in memory, lines of all edges in one array.

use crate::geo::hilbert_position;

use super::{
    hierarchy::Hierarchy,
    model::{Attributes, Network, Node, Spot, degrees},
    profile::Profile,
    snap::Grid,
    strong::strong_components,
};

/// An edge without its line.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The node from which it starts.
    pub from: u32,
    /// The node at which it ends.
    pub to: u32,
    /// Its length in millimetres.
    pub length_mm: u32,
    /// What is known of it.
    pub attributes: Attributes,
    /// From which source it is.
    pub source: u16,
}

/// A way out of a node.
#[derive(Clone, Copy, Debug)]
pub struct Arc {
    /// Where it leads.
    pub head: u32,
    /// Its edge.
    pub edge: u32,
    /// Whether it runs from the edge's end to its start.
    pub reversed: bool,
}

/// The costs of one profile.
#[derive(Debug)]
pub struct Weights {
    /// What each arc costs; [`Weights::NEVER`] where one cannot go.
    pub arcs: Vec<u32>,
    /// The component of each node: one can walk from any of its nodes to any other.
    pub component: Vec<u32>,
    /// Whether a point may be moved to the edge: one can walk on it, and it belongs to a component that
    /// is not tiny.
    pub usable: Vec<bool>,
    /// What a search climbs.
    pub hierarchy: Hierarchy,
}

impl Weights {
    /// No way.
    pub const NEVER: u32 = u32::MAX;
}

/// The graph.
#[derive(Debug)]
pub struct Graph {
    pub(super) nodes: Vec<Node>,
    first: Vec<u32>,
    arcs: Vec<Arc>,
    pub(super) edges: Vec<Edge>,
    shape_first: Vec<u32>,
    shape: Vec<Spot>,
    origins: Vec<Box<str>>,
    pub(super) grid: Grid,
    weights: [Weights; 2],
}

/// A component this much shorter than the longest is an island nobody means.
const ISLAND: u64 = 5;

impl Graph {
    /// Builds the graph of a network; `source_of` says where each link is from.
    #[must_use]
    pub fn build(network: &Network, source_of: impl Fn(usize) -> u16) -> Self {
        let place = |node: &Node| {
            let [lon, lat] = degrees(node.at);
            hilbert_position(lon, lat)
        };
        let mut order: Vec<u32> = (0..network.nodes.len() as u32).collect();
        order.sort_by_cached_key(|index| (place(&network.nodes[*index as usize]), *index));
        let mut renamed = vec![0_u32; order.len()];
        for (new, old) in order.iter().enumerate() {
            renamed[*old as usize] = new as u32;
        }
        let nodes: Vec<Node> = order.iter().map(|old| network.nodes[*old as usize]).collect();
        let mut by_start: Vec<usize> = (0..network.links.len()).collect();
        by_start.sort_by_key(|index| (renamed[network.links[*index].from as usize], *index));
        let mut edges = Vec::with_capacity(by_start.len());
        let (mut shape, mut shape_first) = (Vec::new(), vec![0]);
        let mut origins = Vec::with_capacity(by_start.len());
        for index in by_start {
            let link = &network.links[index];
            shape.extend_from_slice(&link.shape);
            shape_first.push(shape.len() as u32);
            origins.push(link.origin.as_str().into());
            edges.push(Edge {
                from: renamed[link.from as usize],
                to: renamed[link.to as usize],
                length_mm: link.length_mm(&network.nodes),
                attributes: link.attributes,
                source: source_of(index),
            });
        }
        let (first, arcs) = arcs(nodes.len(), &edges);
        let mut graph = Self {
            nodes,
            first,
            arcs,
            edges,
            shape_first,
            shape,
            origins,
            grid: Grid::default(),
            weights: [Weights::none(), Weights::none()],
        };
        // The hierarchies take most of the time: each on a core of its own.
        let weighed = std::thread::scope(|scope| {
            let step_free = scope.spawn(|| graph.weigh(Profile::StepFree));
            let walk = graph.weigh(Profile::Walk);
            step_free.join().map(|step_free| [walk, step_free])
        });
        graph.weights = weighed.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        graph.grid = Grid::build(&graph);
        graph
    }

    fn weigh(&self, profile: Profile) -> Weights {
        let passing: Vec<Option<u32>> = self.nodes.iter().map(|node| profile.passing(node)).collect();
        let cost = |arc: &Arc| {
            let edge = &self.edges[arc.edge as usize];
            let what = &edge.attributes;
            let may = if arc.reversed { what.backward } else { what.forward };
            let cost = profile.cost(edge.length_mm, what).filter(|_| may)?;
            Some(cost.saturating_add(passing[arc.head as usize]?))
        };
        let arcs: Vec<u32> = self.arcs.iter().map(|arc| cost(arc).unwrap_or(Weights::NEVER)).collect();
        let component = strong_components(self.nodes.len(), |node| {
            self.arcs_of(node).filter(|(index, _)| arcs[*index] != Weights::NEVER).map(|(_, arc)| arc.head)
        });
        let mut lengths = vec![0_u64; self.nodes.len()];
        let within = |edge: &Edge| {
            let of = component[edge.from as usize];
            (of == component[edge.to as usize]).then_some(of as usize)
        };
        for edge in &self.edges {
            if let Some(of) = within(edge)
                && profile.cost(edge.length_mm, &edge.attributes).is_some()
            {
                lengths[of] += u64::from(edge.length_mm);
            }
        }
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let usable = self.edges.iter().map(|edge| {
            profile.cost(edge.length_mm, &edge.attributes).is_some()
                && within(edge).is_some_and(|of| lengths[of] > 0 && lengths[of] >= longest / ISLAND)
        });
        let tails = (0..self.nodes.len() as u32)
            .flat_map(|node| self.arcs_of(node).map(move |(index, arc)| (node, arc.head, index)));
        let costed = tails.map(|(tail, head, index)| (tail, head, arcs[index]));
        let hierarchy = Hierarchy::build(self.nodes.len(), costed);
        Weights { usable: usable.collect(), arcs, component, hierarchy }
    }

    /// The ways out of a node, with their numbers.
    pub fn arcs_of(&self, node: u32) -> impl Iterator<Item = (usize, Arc)> + '_ {
        let (start, end) = (self.first[node as usize] as usize, self.first[node as usize + 1] as usize);
        (start..end).map(|index| (index, self.arcs[index]))
    }

    /// The arc of that number.
    #[must_use]
    pub fn arc(&self, index: u32) -> Arc {
        self.arcs[index as usize]
    }

    /// The costs of a profile.
    #[must_use]
    pub const fn weights(&self, profile: Profile) -> &Weights {
        &self.weights[profile as usize]
    }

    /// The line of an edge from its start to its end.
    #[must_use]
    pub fn line(&self, edge: u32) -> impl DoubleEndedIterator<Item = Spot> + '_ {
        let (start, end) = (self.shape_first[edge as usize], self.shape_first[edge as usize + 1]);
        let ends = &self.edges[edge as usize];
        std::iter::once(self.nodes[ends.from as usize].at)
            .chain(self.shape[start as usize..end as usize].iter().copied())
            .chain(std::iter::once(self.nodes[ends.to as usize].at))
    }

    /// The id that an edge has in its source.
    #[must_use]
    pub fn origin(&self, edge: u32) -> (u16, &str) {
        (self.edges[edge as usize].source, &self.origins[edge as usize])
    }

    /// How many nodes and edges there are.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.nodes.len(), self.edges.len())
    }

    /// West, south, east and north of its nodes, in degrees; `None` when there are none.
    #[must_use]
    pub fn bbox(&self) -> Option<[f64; 4]> {
        let first = self.nodes.first()?.at;
        let (mut low, mut high) = (first, first);
        for node in &self.nodes {
            for axis in 0..2 {
                low[axis] = low[axis].min(node.at[axis]);
                high[axis] = high[axis].max(node.at[axis]);
            }
        }
        let ([west, south], [east, north]) = (degrees(low), degrees(high));
        Some([west, south, east, north])
    }

    /// How long it is in metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.edges.iter().map(|edge| f64::from(edge.length_mm)).sum::<f64>() / 1000.0
    }

    /// About how many bytes it takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        let texts: usize = self.origins.iter().map(|origin| origin.len() + size_of::<Box<str>>()).sum();
        let weights = |weights: &Weights| {
            4 * (weights.arcs.len() + weights.component.len())
                + weights.usable.len()
                + weights.hierarchy.memory()
        };
        self.nodes.len() * size_of::<Node>()
            + 4 * (self.first.len() + self.shape_first.len())
            + self.arcs.len() * size_of::<Arc>()
            + self.edges.len() * size_of::<Edge>()
            + self.shape.len() * size_of::<Spot>()
            + texts
            + self.grid.memory()
            + self.weights.iter().map(weights).sum::<usize>()
    }
}

impl Weights {
    fn none() -> Self {
        Self { arcs: Vec::new(), component: Vec::new(), usable: Vec::new(), hierarchy: Hierarchy::default() }
    }
}

fn arcs(nodes: usize, edges: &[Edge]) -> (Vec<u32>, Vec<Arc>) {
    let mut arcs: Vec<(u32, Arc)> = Vec::with_capacity(edges.len() * 2);
    for (index, edge) in edges.iter().enumerate() {
        arcs.push((edge.from, Arc { head: edge.to, edge: index as u32, reversed: false }));
        arcs.push((edge.to, Arc { head: edge.from, edge: index as u32, reversed: true }));
    }
    arcs.sort_by_key(|(tail, arc)| (*tail, arc.edge, arc.reversed));
    let mut first = vec![0_u32; nodes + 1];
    for (tail, _) in &arcs {
        first[*tail as usize + 1] += 1;
    }
    for index in 0..nodes {
        first[index + 1] += first[index];
    }
    (first, arcs.into_iter().map(|(_, arc)| arc).collect())
}
