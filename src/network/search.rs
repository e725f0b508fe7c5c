//! The cheapest way between two places on the network: A* over the arcs, with the straight line as its
//! bound. Of equal ways always the same one.

use std::{cell::RefCell, cmp::Reverse, collections::BinaryHeap};

use super::{
    graph::{Graph, Weights},
    model::Spot,
    profile::Profile,
    snap::Snapped,
};

/// A way between two places on edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it costs in the profile.
    pub cost: u32,
    /// What lies between; `None` when both places are on one edge and the way stays on it.
    pub between: Option<Between>,
}

/// What lies between the edges on which two places are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    /// The node at which the first edge is left.
    pub enter: u32,
    /// The arcs, in order.
    pub arcs: Vec<u32>,
    /// The node at which the last edge is reached.
    pub exit: u32,
}

/// What a search needs for each node. Kept from one search to the next; a generation tells old from new.
#[derive(Default)]
struct Scratch {
    generation: u32,
    seen: Vec<(u32, u32, u32)>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

const NONE: u32 = u32::MAX;

impl Scratch {
    fn begin(&mut self, nodes: usize) {
        if self.seen.len() != nodes || self.generation == u32::MAX {
            self.seen = vec![(0, 0, NONE); nodes];
            self.generation = 0;
        }
        self.generation += 1;
        self.heap.clear();
    }

    fn cost(&self, node: u32) -> u32 {
        let (generation, cost, _) = self.seen[node as usize];
        if generation == self.generation { cost } else { NONE }
    }

    fn improve(&mut self, node: u32, cost: u32, by: u32) -> bool {
        let better = cost < self.cost(node);
        if better {
            self.seen[node as usize] = (self.generation, cost, by);
        }
        better
    }

    /// The arcs by which a node was reached, in order, and the node with which they begin.
    fn back(&self, graph: &Graph, mut node: u32) -> (Vec<u32>, u32) {
        let mut arcs = Vec::new();
        while self.seen[node as usize].2 != NONE {
            let by = self.seen[node as usize].2;
            arcs.push(by);
            let arc = graph.arc(by);
            let edge = &graph.edges[arc.edge as usize];
            node = if arc.reversed { edge.to } else { edge.from };
        }
        arcs.reverse();
        (arcs, node)
    }
}

/// The cost from a place to its edge's ends (`outwards`) or from the ends to it, as far as one may go.
pub(super) fn ends(
    graph: &Graph,
    profile: Profile,
    place: &Snapped,
    outwards: bool,
) -> [Option<(u32, u32)>; 2] {
    let edge = &graph.edges[place.edge as usize];
    let what = &edge.attributes;
    let part = |mm: u32| profile.cost(mm, what);
    let rest = edge.length_mm - place.along_mm;
    let (to_end, to_start) =
        if outwards { (what.forward, what.backward) } else { (what.backward, what.forward) };
    let open = |node: u32| {
        let passing = profile.passing(&graph.nodes[node as usize]);
        // Whoever comes out of a node has paid for it already.
        if outwards { passing } else { passing.map(|_| 0) }
    };
    let end = to_end.then(|| Some((edge.to, part(rest)?.saturating_add(open(edge.to)?)))).flatten();
    let start =
        to_start.then(|| Some((edge.from, part(place.along_mm)?.saturating_add(open(edge.from)?)))).flatten();
    [start, end]
}

/// The cost of staying on one edge, if both places are on it and that way is open.
fn along(graph: &Graph, profile: Profile, from: &Snapped, to: &Snapped) -> Option<u32> {
    let what = &graph.edges[from.edge as usize].attributes;
    let open = if from.along_mm <= to.along_mm { what.forward } else { what.backward };
    let open = open || from.along_mm == to.along_mm;
    (from.edge == to.edge && open).then(|| profile.cost(from.along_mm.abs_diff(to.along_mm), what)).flatten()
}

/// The cheapest way, if there is one.
#[must_use]
pub fn way(graph: &Graph, profile: Profile, from: &Snapped, to: &Snapped) -> Option<Way> {
    SCRATCH.with_borrow_mut(|scratch| {
        let weights = graph.weights(profile);
        let goals = ends(graph, profile, to, false);
        let straight = along(graph, profile, from, to);
        let mut best = straight.unwrap_or(NONE);
        let mut best_end = NONE;
        let bound = bound(graph, to.at);
        scratch.begin(graph.nodes.len());
        for (node, cost) in ends(graph, profile, from, true).into_iter().flatten() {
            if scratch.improve(node, cost, NONE) {
                scratch.heap.push(Reverse((cost.saturating_add(bound(node)), node)));
            }
        }
        while let Some(Reverse((estimate, node))) = scratch.heap.pop() {
            if estimate >= best {
                break;
            }
            let cost = scratch.cost(node);
            if estimate > cost.saturating_add(bound(node)) {
                // A better way to it was found meanwhile.
                continue;
            }
            for (goal, rest) in goals.into_iter().flatten() {
                let total = cost.saturating_add(rest);
                if goal == node && total < best {
                    (best, best_end) = (total, node);
                }
            }
            for (index, arc) in graph.arcs_of(node) {
                if weights.arcs[index] == Weights::NEVER {
                    continue;
                }
                let next = cost.saturating_add(weights.arcs[index]);
                if next < best && scratch.improve(arc.head, next, index as u32) {
                    scratch.heap.push(Reverse((next.saturating_add(bound(arc.head)), arc.head)));
                }
            }
        }
        if best == NONE {
            return None;
        }
        if best_end == NONE {
            return Some(Way { cost: best, between: None });
        }
        let (arcs, node) = scratch.back(graph, best_end);
        Some(Way { cost: best, between: Some(Between { enter: node, arcs, exit: best_end }) })
    })
}

/// A bound on what it costs from a node to a place: never more than it does, and never falling by more
/// than an arc costs.
fn bound(graph: &Graph, goal: Spot) -> impl Fn(u32) -> u32 + '_ {
    let [x, y] = graph.least_scale.map(|scale| scale * 1000.0);
    move |node| {
        let at = graph.nodes[node as usize].at;
        // Lines between nodes may leave the latitudes of the nodes; a hair less than the plane's distance
        // is a bound for them, too.
        let distance =
            ((f64::from(at[0]) - f64::from(goal[0])) * x).hypot((f64::from(at[1]) - f64::from(goal[1])) * y);
        (distance * 0.999) as u32
    }
}

/// Whether a way uses the edge's end, not its start, to get to or from that node.
pub(super) fn side(graph: &Graph, profile: Profile, place: &Snapped, outwards: bool, node: u32) -> bool {
    let [start, end] = ends(graph, profile, place, outwards);
    let cost = |end: Option<(u32, u32)>| end.filter(|end| end.0 == node).map_or(u32::MAX, |end| end.1);
    cost(end) < cost(start)
}

/// The lengths in millimetres of the cheapest ways from one place to several.
#[must_use]
pub fn lengths(graph: &Graph, profile: Profile, from: &Snapped, to: &[Snapped]) -> Vec<Option<u64>> {
    SCRATCH.with_borrow_mut(|scratch| {
        let weights = graph.weights(profile);
        // What each costs, and the node at which its edge is reached.
        let direct = |to: &Snapped| (along(graph, profile, from, to).unwrap_or(NONE), NONE);
        let mut best: Vec<(u32, u32)> = to.iter().map(direct).collect();
        let mut goals: Vec<(u32, u32, usize)> = Vec::new();
        for (index, to) in to.iter().enumerate() {
            let ends = ends(graph, profile, to, false).into_iter().flatten();
            goals.extend(ends.map(|(node, rest)| (node, rest, index)));
        }
        goals.sort_unstable();
        let mut open = goals.len();
        scratch.begin(graph.nodes.len());
        for (node, cost) in ends(graph, profile, from, true).into_iter().flatten() {
            if scratch.improve(node, cost, NONE) {
                scratch.heap.push(Reverse((cost, node)));
            }
        }
        while let Some(Reverse((cost, node))) = scratch.heap.pop() {
            if cost > scratch.cost(node) {
                continue;
            }
            let first = goals.partition_point(|goal| goal.0 < node);
            for (_, rest, index) in goals[first..].iter().take_while(|goal| goal.0 == node) {
                best[*index] = best[*index].min((cost.saturating_add(*rest), node));
                open -= 1;
            }
            if open == 0 {
                break;
            }
            for (index, arc) in graph.arcs_of(node) {
                let weight = weights.arcs[index];
                let next = cost.saturating_add(weight);
                if weight != Weights::NEVER && scratch.improve(arc.head, next, index as u32) {
                    scratch.heap.push(Reverse((next, arc.head)));
                }
            }
        }
        let part = |place: &Snapped, end: bool| {
            let whole = graph.edges[place.edge as usize].length_mm;
            u64::from(if end { whole - place.along_mm } else { place.along_mm })
        };
        let length = |(to, (cost, exit)): (&Snapped, (u32, u32))| match (cost, exit) {
            (NONE, _) => None,
            (_, NONE) => Some(u64::from(from.along_mm.abs_diff(to.along_mm))),
            _ => {
                let (arcs, enter) = scratch.back(graph, exit);
                let between =
                    arcs.iter().map(|arc| u64::from(graph.edges[graph.arc(*arc).edge as usize].length_mm));
                let first = part(from, side(graph, profile, from, true, enter));
                Some(first + between.sum::<u64>() + part(to, side(graph, profile, to, false, exit)))
            }
        };
        to.iter().zip(best).map(length).collect()
    })
}
