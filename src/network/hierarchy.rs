//! A hierarchy over the nodes, so that a search climbs instead of flooding a city (contraction hierarchies:
//! Geisberger, Sanders, Schultes and Delling 2008).
//!
//! Nodes are taken out one after the other, those that matter least first. Where the cheapest way between two
//! neighbours of a node leads over it, a shortcut takes its place. What is kept of a node is what it had at that
//! moment: its links and shortcuts to nodes that are taken out later, that is, upwards. The cheapest way between two
//! nodes climbs from both of them and meets. Near the top every node has many neighbours, and taking out more would
//! cost more than it gains: those that are left are the *core*, where links lead both ways, and where
//! [landmarks](super::landmarks) lead the search.

use super::{contraction, landmarks::Landmarks};

/// No way.
pub(super) const NEVER: u32 = u32::MAX;

/// How one gets over a link or shortcut in one direction.
#[derive(Clone, Copy, Debug)]
pub struct Half {
    /// What it costs; [`u32::MAX`] where one cannot go.
    pub cost: u32,
    /// An arc of the graph, or [`Half::SHORTCUT`] and the node over which the shortcut leads.
    by: u32,
}

/// What a half stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// An arc of the graph.
    Arc(u32),
    /// A node: down to it, and up again.
    Node(u32),
}

impl Half {
    const SHORTCUT: u32 = 1 << 31;
    pub(super) const NEVER: Self = Self { cost: NEVER, by: 0 };

    pub(super) const fn arc(cost: u32, arc: u32) -> Self {
        Self { cost, by: arc }
    }

    pub(super) const fn shortcut(cost: u32, node: u32) -> Self {
        Self { cost, by: node | Self::SHORTCUT }
    }

    /// What it stands for.
    #[must_use]
    pub const fn over(self) -> Over {
        if self.by & Self::SHORTCUT == 0 { Over::Arc(self.by) } else { Over::Node(self.by & !Self::SHORTCUT) }
    }
}

/// A link or shortcut from a node upwards.
#[derive(Clone, Copy, Debug)]
pub struct Up {
    /// The node above.
    pub head: u32,
    /// From the node to the one above.
    pub out: Half,
    /// From the one above to the node.
    pub back: Half,
}

/// The hierarchy of one profile.
#[derive(Debug, Default)]
pub struct Hierarchy {
    first: Vec<u32>,
    ups: Vec<Up>,
    /// Landmarks of the core.
    pub(super) landmarks: Landmarks,
}

impl Hierarchy {
    /// Builds it of arcs: tail, head, cost; their numbers are those of the list.
    #[must_use]
    pub fn build(nodes: usize, arcs: impl Iterator<Item = (u32, u32, u32)>) -> Self {
        let costed = arcs.enumerate().filter(|(_, (tail, head, cost))| tail != head && *cost != NEVER);
        let halves = costed.map(|(index, (tail, head, cost))| (tail, head, Half::arc(cost, index as u32)));
        let contracted = contraction::contracted(nodes, halves);
        let (mut first, mut ups) = (vec![0], Vec::new());
        for near in contracted.near {
            ups.extend(near);
            first.push(ups.len() as u32);
        }
        ups.shrink_to_fit();
        let mut hierarchy = Self { first, ups, landmarks: Landmarks::default() };
        hierarchy.landmarks = Landmarks::find(&hierarchy, nodes, &contracted.core);
        hierarchy
    }

    /// The ways up from a node, with their numbers.
    pub fn ups(&self, node: u32) -> impl Iterator<Item = (u32, &Up)> {
        let (start, end) = (self.first[node as usize], self.first[node as usize + 1]);
        (start..end).zip(&self.ups[start as usize..end as usize])
    }

    /// The way up of that number.
    #[must_use]
    pub fn up(&self, index: u32) -> &Up {
        &self.ups[index as usize]
    }

    /// Adds the arcs that a half from one node to another stands for, in order.
    pub fn unpack(&self, half: Half, from: u32, to: u32, arcs: &mut Vec<u32>) {
        // From the last to the first, so that the first is taken up next.
        let mut open = vec![(half, from, to)];
        while let Some((half, from, to)) = open.pop() {
            match half.over() {
                Over::Arc(arc) => arcs.push(arc),
                Over::Node(node) => {
                    let half = |other: u32, out: bool| {
                        let up = self.ups(node).map(|(_, up)| up).find(|up| up.head == other);
                        up.map_or(Half::NEVER, |up| if out { up.out } else { up.back })
                    };
                    open.push((half(to, true), node, to));
                    open.push((half(from, false), from, node));
                }
            }
        }
    }

    /// About how many bytes it takes.
    #[must_use]
    pub const fn memory(&self) -> usize {
        self.ups.len() * size_of::<Up>() + self.first.len() * 4 + self.landmarks.memory()
    }
}
