//! Landmarks: a few far nodes of the core, and how far every other is from and to each of them. The triangle inequality
//! makes of two such distances a bound on the way between two nodes that knows of rivers, railways and one-way
//! stairs, where the straight line does not (ALT: Goldberg and Harrelson 2005).

use std::{cmp::Reverse, collections::BinaryHeap};

use super::hierarchy::{Half, Hierarchy, Up};

/// How many landmarks there are.
const COUNT: usize = 16;
/// Farther than this counts as this far: 2,000 km. Bounds stay bounds.
const FARTHEST: u32 = i32::MAX as u32 - 1;
/// There is no way.
const NONE: i32 = i32::MAX;
/// A node that is not in the core.
const OUTSIDE: u32 = u32::MAX;

/// The costs from a node to each landmark, and from each landmark to it.
type Row = [[i32; COUNT]; 2];

/// Landmarks of one profile.
#[derive(Debug, Default)]
pub struct Landmarks {
    /// The place of each node among the rows.
    places: Vec<u32>,
    rows: Vec<Row>,
}

impl Landmarks {
    /// Finds landmarks in a core and measures from them. Each is as far as can be from those before it, so that they lie
    /// around the edge; pieces that do not hang together each get one first.
    #[must_use]
    pub fn find(hierarchy: &Hierarchy, nodes: usize, core: &[u32]) -> Self {
        let Some(&start) = core.first() else { return Self::default() };
        let mut places = vec![OUTSIDE; nodes];
        for (place, node) in core.iter().enumerate() {
            places[*node as usize] = place as u32;
        }
        let measure = |from: u32, half: fn(&Up) -> Half| costs(hierarchy, &places, core.len(), from, half);
        let mut rows = vec![[[NONE; COUNT]; 2]; core.len()];
        // The first is far from anywhere, the others from those before it.
        let mut nearest = measure(start, |up| up.out);
        for index in 0..COUNT {
            let farthest = |place: &usize| (nearest[*place], Reverse(*place));
            let Some(landmark) = (0..core.len()).max_by_key(farthest) else { break };
            let (away, to) = (measure(core[landmark], |up| up.out), measure(core[landmark], |up| up.back));
            for (place, row) in rows.iter_mut().enumerate() {
                row[0][index] = to[place];
                row[1][index] = away[place];
                nearest[place] = if index == 0 { away[place] } else { nearest[place].min(away[place]) };
            }
        }
        Self { places, rows }
    }

    /// Whether a node is in the core.
    #[must_use]
    pub fn has(&self, node: u32) -> bool {
        self.places.get(node as usize).is_some_and(|place| *place != OUTSIDE)
    }

    /// What it costs at least to go from a node of the core to a goal.
    ///
    /// A node that cannot reach a landmark which the goal can reach, cannot reach the goal: the bound is then huge.
    #[must_use]
    pub fn bound(&self, from: u32, goal: &Goal) -> u32 {
        let [to, away] = &self.rows[self.places[from as usize] as usize];
        let mut best = 0;
        for index in 0..COUNT {
            best = best.max(to[index] - goal.0[0][index]).max(goal.0[1][index] - away[index]);
        }
        best as u32
    }

    /// A goal that is reached from any of these nodes of the core, at that cost.
    #[must_use]
    pub fn goal(&self, exits: &[(u32, u32)]) -> Goal {
        let mut goal = [[0; COUNT], [NONE; COUNT]];
        for (node, rest) in exits {
            let [to, away] = &self.rows[self.places[*node as usize] as usize];
            let rest = (*rest).min(FARTHEST) as i32;
            for index in 0..COUNT {
                let to = if to[index] == NONE { NONE } else { to[index] - rest };
                goal[0][index] = goal[0][index].max(to);
                let far = away[index].saturating_add(rest).min(FARTHEST as i32);
                let away = if away[index] == NONE { NONE } else { far };
                goal[1][index] = goal[1][index].min(away);
            }
        }
        Goal(goal)
    }

    /// About how many bytes they take.
    #[must_use]
    pub const fn memory(&self) -> usize {
        self.rows.len() * size_of::<Row>() + self.places.len() * 4
    }
}

/// A place to which bounds are wanted.
#[derive(Clone, Debug)]
pub struct Goal(Row);

/// The costs from a node of the core to all others, or to it from them, by Dijkstra's method.
fn costs(hierarchy: &Hierarchy, places: &[u32], count: usize, from: u32, half: fn(&Up) -> Half) -> Vec<i32> {
    let mut costs = vec![NONE; count];
    let mut heap = BinaryHeap::from([Reverse((0, from))]);
    costs[places[from as usize] as usize] = 0;
    while let Some(Reverse((cost, node))) = heap.pop() {
        if cost > costs[places[node as usize] as usize] {
            continue;
        }
        for (_, up) in hierarchy.ups(node) {
            let step = half(up).cost;
            if step == Half::NEVER.cost {
                continue;
            }
            let next = step.saturating_add(cost as u32).min(FARTHEST) as i32;
            let known = &mut costs[places[up.head as usize] as usize];
            if next < *known {
                *known = next;
                heap.push(Reverse((next, up.head)));
            }
        }
    }
    costs
}
