//! Taking nodes out of a graph, one after the other, to make a [hierarchy](super::hierarchy).
//!
//! Costs stay exact: a shortcut is left out only when a way at most as long was found that does without the node.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::hierarchy::{Half, NEVER, Up};

/// A search for a way without the node gives up after so many nodes: a shortcut too many is no mistake.
const WITNESSES: u32 = 20;
/// A node that would need more shortcuts than this stays in the core. More makes the core smaller and the preparation
/// longer; a ward has a core of some dozen nodes.
const MOST_SHORTCUTS: usize = 24;

/// What is left when no more nodes are taken out.
pub(super) struct Contracted {
    /// The ways up of each node; of nodes of the core, the ways to others of it.
    pub near: Vec<Vec<Up>>,
    /// The nodes of the core.
    pub core: Vec<u32>,
}

/// Takes nodes out, of a graph with these ways from one node to another.
pub(super) fn contracted(nodes: usize, ways: impl Iterator<Item = (u32, u32, Half)>) -> Contracted {
    let mut building = Building::new(nodes);
    for (tail, head, half) in ways {
        building.join(tail, head, half);
    }
    let core = building.contract();
    Contracted { near: building.near, core }
}

/// A hierarchy in the making.
struct Building {
    /// What every node has left: once it is taken out, its ways up.
    near: Vec<Vec<Up>>,
    /// How many nodes were taken out below it, one above the other.
    depth: Vec<u32>,
    witness: Witness,
}

/// A shortcut from a node to another, and what it costs.
type Shortcut = (u32, u32, u32);

impl Building {
    fn new(nodes: usize) -> Self {
        Self { near: vec![Vec::new(); nodes], depth: vec![0; nodes], witness: Witness::new(nodes) }
    }

    /// Makes it possible to go from one node to another at that cost, if it was not cheaper already.
    fn join(&mut self, from: u32, to: u32, half: Half) {
        let entry = |near: &mut Vec<Up>, head: u32| {
            near.iter().position(|up| up.head == head).unwrap_or_else(|| {
                near.push(Up { head, out: Half::NEVER, back: Half::NEVER });
                near.len() - 1
            })
        };
        let place = entry(&mut self.near[from as usize], to);
        let out = &mut self.near[from as usize][place].out;
        if half.cost >= out.cost {
            return;
        }
        *out = half;
        let place = entry(&mut self.near[to as usize], from);
        self.near[to as usize][place].back = half;
    }

    /// The shortcuts that it takes to do without a node.
    fn shortcuts(&mut self, node: u32) -> Vec<Shortcut> {
        let mut shortcuts = Vec::new();
        let Self { near, witness, .. } = self;
        let around = &near[node as usize];
        for enter in around.iter().filter(|enter| enter.back.cost != NEVER) {
            let exits = || around.iter().filter(|exit| exit.head != enter.head && exit.out.cost != NEVER);
            let Some(dearest) = exits().map(|exit| exit.out.cost).max() else { continue };
            witness.search(near, enter.head, node, enter.back.cost.saturating_add(dearest), exits().count());
            for exit in exits() {
                let cost = enter.back.cost.saturating_add(exit.out.cost);
                if witness.cost(exit.head) > cost {
                    shortcuts.push((enter.head, exit.head, cost));
                }
            }
        }
        shortcuts
    }

    /// How much a node matters: the more shortcuts it would take, and the more lie below it, the later it is taken.
    fn priority(&self, node: u32, shortcuts: usize) -> i64 {
        let removed = self.near[node as usize].len() as i64;
        // Shortcuts are mostly there in both directions.
        shortcuts as i64 - removed + i64::from(self.depth[node as usize])
    }

    fn contract(&mut self) -> Vec<u32> {
        let mut heap = BinaryHeap::new();
        for node in 0..self.near.len() as u32 {
            let shortcuts = self.shortcuts(node).len();
            heap.push(Reverse((self.priority(node, shortcuts), node)));
        }
        while let Some(Reverse((_, node))) = heap.pop() {
            // What it was when it was last looked at has changed with its neighbours.
            let shortcuts = self.shortcuts(node);
            let priority = self.priority(node, shortcuts.len());
            if heap.peek().is_some_and(|Reverse((least, _))| priority > *least) {
                heap.push(Reverse((priority, node)));
                continue;
            }
            if shortcuts.len() > MOST_SHORTCUTS {
                // So would the others.
                let rest = heap.into_iter().map(|Reverse((_, node))| node);
                let mut core: Vec<u32> = rest.chain([node]).collect();
                core.sort_unstable();
                return core;
            }
            self.take_out(node, &shortcuts);
        }
        Vec::new()
    }

    fn take_out(&mut self, node: u32, shortcuts: &[Shortcut]) {
        let above: Vec<u32> = self.near[node as usize].iter().map(|up| up.head).collect();
        for head in above {
            self.near[head as usize].retain(|up| up.head != node);
            let depth = self.depth[node as usize] + 1;
            self.depth[head as usize] = self.depth[head as usize].max(depth);
        }
        for (from, to, cost) in shortcuts {
            self.join(*from, *to, Half::shortcut(*cost, node));
        }
    }
}

/// Looks for ways that do without a node.
struct Witness {
    generation: u32,
    seen: Vec<(u32, u32)>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Witness {
    fn new(nodes: usize) -> Self {
        Self { generation: 0, seen: vec![(0, 0); nodes], heap: BinaryHeap::new() }
    }

    /// The cost of the cheapest way found; of those that are not there, more than any.
    fn cost(&self, node: u32) -> u32 {
        let (generation, cost) = self.seen[node as usize];
        if generation == self.generation { cost } else { NEVER }
    }

    /// Dijkstra's method around a node, for a while.
    fn search(&mut self, near: &[Vec<Up>], from: u32, without: u32, most: u32, goals: usize) {
        if self.generation == u32::MAX {
            self.seen.fill((0, 0));
            self.generation = 0;
        }
        self.generation += 1;
        self.heap.clear();
        self.seen[from as usize] = (self.generation, 0);
        self.heap.push(Reverse((0, from)));
        let mut left = WITNESSES + goals as u32;
        while let Some(Reverse((cost, node))) = self.heap.pop() {
            if cost > self.cost(node) {
                continue;
            }
            if cost > most || left == 0 {
                break;
            }
            left -= 1;
            for up in &near[node as usize] {
                let next = cost.saturating_add(up.out.cost);
                if up.head != without && next <= most && next < self.cost(up.head) {
                    self.seen[up.head as usize] = (self.generation, next);
                    self.heap.push(Reverse((next, up.head)));
                }
            }
        }
    }
}
