//! A path through several points, leg by leg.

use super::{
    graph::Graph,
    measure,
    model::{Kind, Spot},
    profile::Profile,
    search::{Way, side, way},
    snap::{Snapped, snap},
    time,
};

/// From one point to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// Its line; at least two points.
    pub line: Vec<Spot>,
    /// Its length in millimetres.
    pub length_mm: u64,
    /// Whether it is a straight line: by wish, or because one of its points is too far from the network.
    pub straight: bool,
    /// How often one takes stairs.
    pub stairs: u32,
    /// How often one crosses a street.
    pub crossings: u32,
    /// How often one takes a lift.
    pub lifts: u32,
    /// How long of it is on stairs, in millimetres.
    pub stairs_mm: u64,
    /// How long of it is steep, in millimetres.
    pub steep_mm: u64,
    /// How long it takes with crossings, stairs and lifts, in seconds.
    pub estimate_s: f64,
    /// The sources of its edges, each once.
    pub sources: Vec<u16>,
}

/// A path.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// One leg from each point to the next.
    pub legs: Vec<Leg>,
    /// Where each point lies on the network, if near it.
    pub snapped: Vec<Option<Snapped>>,
}

/// Why there is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPath {
    /// There is no network.
    #[error("there is no network")]
    Empty,
    /// The network has no way for the profile between the points of that leg, counted from 0.
    #[error("no way on leg {0}")]
    Apart(usize),
}

/// The path through these points, in their order. `straight` says for each leg whether it is a straight line by wish;
/// legs beyond its end follow the network.
///
/// # Errors
/// When a leg is to follow a network and there is none, or none that joins two points that are both near it.
pub fn path(graph: &Graph, profile: Profile, points: &[Spot], straight: &[bool]) -> Result<Path, NoPath> {
    let by_wish = |leg: usize| straight.get(leg).copied().unwrap_or(false);
    if graph.edges.is_empty() && !(1..points.len()).all(|leg| by_wish(leg - 1)) {
        return Err(NoPath::Empty);
    }
    let snapped: Vec<Option<Snapped>> = points.iter().map(|point| snap(graph, profile, *point)).collect();
    let legs = (0..points.len().saturating_sub(1)).map(|index| {
        let (from, to) = (snapped[index], snapped[index + 1]);
        // Where a leg follows the network, it begins and ends on it; one by wish joins those ends.
        let end = |point: usize, place: Option<Snapped>| {
            let follows = |leg: usize| leg + 1 < points.len() && !by_wish(leg);
            let on_network = (point > 0 && follows(point - 1)) || follows(point);
            place.filter(|_| on_network).map_or(points[point], |place| place.at)
        };
        match (from, to) {
            (Some(from), Some(to)) if !by_wish(index) => {
                let way = way(graph, profile, &from, &to).ok_or(NoPath::Apart(index))?;
                Ok(Walk::of(graph, profile, &from, &to, &way))
            }
            _ => Ok(straight_leg(end(index, from), end(index + 1, to))),
        }
    });
    let legs = legs.collect::<Result<_, _>>()?;
    Ok(Path { legs, snapped })
}

fn straight_leg(a: Spot, b: Spot) -> Leg {
    let length_mm = (measure::metres(a, b) * 1000.0).round() as u32;
    Leg {
        line: vec![a, b],
        length_mm: u64::from(length_mm),
        straight: true,
        stairs: 0,
        crossings: 0,
        lifts: 0,
        stairs_mm: 0,
        steep_mm: 0,
        estimate_s: time::going_s(Kind::Plain, length_mm),
        sources: Vec::new(),
    }
}

/// A leg in the making.
struct Walk<'a> {
    graph: &'a Graph,
    leg: Leg,
    last: Option<Kind>,
}

impl<'a> Walk<'a> {
    fn of(graph: &'a Graph, profile: Profile, from: &Snapped, to: &Snapped, way: &Way) -> Leg {
        let mut walk =
            Self { graph, leg: Leg { straight: false, ..straight_leg(from.at, from.at) }, last: None };
        walk.leg.line.clear();
        walk.leg.estimate_s = 0.0;
        match &way.between {
            None => walk.within(from, to),
            Some(between) => {
                let first = &graph.edges[from.edge as usize];
                let leaves_at_end = side(graph, profile, from, true, between.enter);
                let part = if leaves_at_end { first.length_mm - from.along_mm } else { from.along_mm };
                walk.edge(from.edge, part, tail(graph, from, leaves_at_end).into_iter());
                let mut node = between.enter;
                for arc in &between.arcs {
                    let arc = graph.arc(*arc);
                    walk.node(node);
                    let length = graph.edges[arc.edge as usize].length_mm;
                    if arc.reversed {
                        walk.edge(arc.edge, length, graph.line(arc.edge).rev());
                    } else {
                        walk.edge(arc.edge, length, graph.line(arc.edge));
                    }
                    node = arc.head;
                }
                walk.node(between.exit);
                let last = &graph.edges[to.edge as usize];
                let comes_from_end = side(graph, profile, to, false, between.exit);
                let part = if comes_from_end { last.length_mm - to.along_mm } else { to.along_mm };
                walk.edge(to.edge, part, tail(graph, to, comes_from_end).into_iter().rev());
            }
        }
        if walk.leg.line.len() == 1 {
            walk.leg.line.push(to.at);
        }
        walk.leg
    }

    /// Both places on one edge.
    fn within(&mut self, from: &Snapped, to: &Snapped) {
        let forward = (from.along_mm, from.segment) <= (to.along_mm, to.segment);
        let (low, high) = if forward { (from, to) } else { (to, from) };
        let (first, count) = (low.segment as usize + 1, (high.segment - low.segment) as usize);
        let inner = self.graph.line(low.edge).skip(first).take(count);
        let mut points: Vec<Spot> =
            std::iter::once(low.at).chain(inner).chain(std::iter::once(high.at)).collect();
        if !forward {
            points.reverse();
        }
        self.edge(from.edge, low.along_mm.abs_diff(high.along_mm), points.into_iter());
    }

    fn node(&mut self, node: u32) {
        if self.graph.nodes[node as usize].lift {
            self.leg.lifts += 1;
            self.leg.estimate_s += time::waiting_s(Kind::Lift, false);
        }
    }

    fn edge(&mut self, edge: u32, length_mm: u32, points: impl Iterator<Item = Spot>) {
        for point in points {
            if self.leg.line.last() != Some(&point) {
                self.leg.line.push(point);
            }
        }
        let of = &self.graph.edges[edge as usize];
        let what = of.attributes;
        // A place at the very end of an edge is not on it.
        if length_mm == 0 && what.kind != Kind::Lift {
            return;
        }
        let leg = &mut self.leg;
        leg.length_mm += u64::from(length_mm);
        leg.estimate_s += time::going_s(what.kind, length_mm);
        if what.kind == Kind::Stairs {
            leg.stairs_mm += u64::from(length_mm);
        }
        if what.slope == super::model::Slope::Steep {
            leg.steep_mm += u64::from(length_mm);
        }
        // Pieces of one stair are one stair.
        if self.last != Some(what.kind) {
            leg.estimate_s += time::waiting_s(what.kind, what.signals);
            match what.kind {
                Kind::Stairs => leg.stairs += 1,
                Kind::Crossing | Kind::RailwayCrossing => leg.crossings += 1,
                Kind::Lift => leg.lifts += 1,
                _ => {}
            }
        }
        self.last = Some(what.kind);
        if !leg.sources.contains(&of.source) {
            leg.sources.push(of.source);
        }
    }
}

/// The line from a place on an edge to the edge's end, or to its start.
fn tail(graph: &Graph, place: &Snapped, to_end: bool) -> Vec<Spot> {
    let mut points = vec![place.at];
    let count = place.segment as usize + 1;
    if to_end {
        points.extend(graph.line(place.edge).skip(count));
    } else {
        let mut before: Vec<Spot> = graph.line(place.edge).take(count).collect();
        before.reverse();
        points.extend(before);
    }
    points
}
