//! The cheapest way between two places on the network: from both of them up the [hierarchy](super::hierarchy); where
//! both climbs reach the core, A* crosses it. Of equal ways always the same one.

use std::{cell::RefCell, cmp::Reverse, collections::BinaryHeap};

use super::{
    graph::Graph,
    hierarchy::{Half, Hierarchy, Up},
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

/// The two climbs. Kept from one search to the next.
#[derive(Default)]
struct Scratch {
    out: Climb,
    back: Climb,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

const NONE: u32 = u32::MAX;

/// A search upwards: outwards from the start, or backwards from the end.
#[derive(Default)]
struct Climb {
    generation: u32,
    /// For each node: in which search it was seen, at what cost, by which way up, from which node.
    seen: Vec<(u32, u32, u32, u32)>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    /// The nodes from which it climbed on.
    taken: Vec<u32>,
    /// The nodes of the core that it reached, with their costs.
    core: Vec<(u32, u32)>,
}

impl Climb {
    fn cost(&self, node: u32) -> u32 {
        let (generation, cost, ..) = self.seen[node as usize];
        if generation == self.generation { cost } else { NONE }
    }

    fn improve(&mut self, node: u32, cost: u32, by: u32, from: u32) -> bool {
        let better = cost < self.cost(node);
        if better {
            self.seen[node as usize] = (self.generation, cost, by, from);
        }
        better
    }

    /// Climbs from the nodes given to the core, or to the top. `half` is the direction of this search, `other` the
    /// opposite one.
    fn climb(
        &mut self,
        hierarchy: &Hierarchy,
        nodes: usize,
        starts: [Option<(u32, u32)>; 2],
        half: impl Fn(&Up) -> Half,
        other: impl Fn(&Up) -> Half,
    ) {
        if self.seen.len() != nodes || self.generation == u32::MAX {
            self.seen = vec![(0, 0, NONE, NONE); nodes];
            self.generation = 0;
        }
        self.generation += 1;
        self.taken.clear();
        self.core.clear();
        for (node, cost) in starts.into_iter().flatten() {
            if self.improve(node, cost, NONE, NONE) {
                self.heap.push(Reverse((cost, node)));
            }
        }
        while let Some(Reverse((cost, node))) = self.heap.pop() {
            if cost > self.cost(node) {
                continue;
            }
            if hierarchy.landmarks.has(node) {
                self.core.push((node, cost));
                continue;
            }
            // Whoever gets there cheaper from above does not climb over it.
            let cheaper = |(_, up): (u32, &Up)| self.cost(up.head).saturating_add(other(up).cost) < cost;
            if hierarchy.ups(node).any(cheaper) {
                continue;
            }
            self.taken.push(node);
            for (index, up) in hierarchy.ups(node) {
                let next = cost.saturating_add(half(up).cost);
                if self.improve(up.head, next, index, node) {
                    self.heap.push(Reverse((next, up.head)));
                }
            }
        }
    }

    /// Goes on within the core until nothing can be better than `best`, the cost of a way that is known. Returns the node
    /// where it met the other climb and what the whole way costs, if that is less.
    fn cross(&mut self, hierarchy: &Hierarchy, other: &Self, best: u32) -> Option<(u32, u32)> {
        if other.core.is_empty() {
            return None;
        }
        let landmarks = &hierarchy.landmarks;
        let goal = landmarks.goal(&other.core);
        let (mut best, mut met) = (best, None);
        for (node, cost) in std::mem::take(&mut self.core) {
            self.heap.push(Reverse((cost.saturating_add(landmarks.bound(node, &goal)), node)));
        }
        while let Some(Reverse((estimate, node))) = self.heap.pop() {
            if estimate >= best {
                break;
            }
            let cost = self.cost(node);
            if estimate > cost.saturating_add(landmarks.bound(node, &goal)) {
                // A better way to it was found meanwhile.
                continue;
            }
            let total = cost.saturating_add(other.cost(node));
            if total < best {
                (best, met) = (total, Some((node, total)));
            }
            for (index, up) in hierarchy.ups(node) {
                let next = cost.saturating_add(up.out.cost);
                if next < best && self.improve(up.head, next, index, node) {
                    let estimate = next.saturating_add(landmarks.bound(up.head, &goal));
                    if estimate < best {
                        self.heap.push(Reverse((estimate, up.head)));
                    }
                }
            }
        }
        self.heap.clear();
        met
    }

    /// The ways up that lead to a node, the last first, each with the node below; and the node with which they begin.
    fn trail(&self, mut node: u32) -> (Vec<(u32, u32)>, u32) {
        let mut trail = Vec::new();
        while self.seen[node as usize].2 != NONE {
            let (_, _, by, from) = self.seen[node as usize];
            trail.push((by, from));
            node = from;
        }
        (trail, node)
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
    SCRATCH.with_borrow_mut(|Scratch { out, back }| {
        let hierarchy = &graph.weights(profile).hierarchy;
        let nodes = graph.nodes.len();
        out.climb(hierarchy, nodes, ends(graph, profile, from, true), |up| up.out, |up| up.back);
        back.climb(hierarchy, nodes, ends(graph, profile, to, false), |up| up.back, |up| up.out);
        let mut best = along(graph, profile, from, to).unwrap_or(NONE);
        let mut top = NONE;
        for node in &out.taken {
            let total = out.cost(*node).saturating_add(back.cost(*node));
            if total < best {
                (best, top) = (total, *node);
            }
        }
        if let Some((node, total)) = out.cross(hierarchy, back, best) {
            (best, top) = (total, node);
        }
        if best == NONE {
            return None;
        }
        if top == NONE {
            return Some(Way { cost: best, between: None });
        }
        let ((climbed, enter), (descended, exit)) = (out.trail(top), back.trail(top));
        let mut arcs = Vec::new();
        for (by, below) in climbed.into_iter().rev() {
            let up = hierarchy.up(by);
            hierarchy.unpack(up.out, below, up.head, &mut arcs);
        }
        for (by, below) in descended {
            let up = hierarchy.up(by);
            hierarchy.unpack(up.back, up.head, below, &mut arcs);
        }
        Some(Way { cost: best, between: Some(Between { enter, arcs, exit }) })
    })
}

/// Whether a way uses the edge's end, not its start, to get to or from that node.
pub(super) fn side(graph: &Graph, profile: Profile, place: &Snapped, outwards: bool, node: u32) -> bool {
    let [start, end] = ends(graph, profile, place, outwards);
    let cost = |end: Option<(u32, u32)>| end.filter(|end| end.0 == node).map_or(u32::MAX, |end| end.1);
    cost(end) < cost(start)
}

/// The length in millimetres of the cheapest way.
#[must_use]
pub fn length(graph: &Graph, profile: Profile, from: &Snapped, to: &Snapped) -> Option<u64> {
    let Some(between) = way(graph, profile, from, to)?.between else {
        return Some(u64::from(from.along_mm.abs_diff(to.along_mm)));
    };
    let part = |place: &Snapped, end: bool| {
        let whole = graph.edges[place.edge as usize].length_mm;
        u64::from(if end { whole - place.along_mm } else { place.along_mm })
    };
    let inner =
        between.arcs.iter().map(|arc| u64::from(graph.edges[graph.arc(*arc).edge as usize].length_mm));
    let first = part(from, side(graph, profile, from, true, between.enter));
    Some(first + inner.sum::<u64>() + part(to, side(graph, profile, to, false, between.exit)))
}
