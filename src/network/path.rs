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

/// The path through these points, in their order. `straight` says which legs are wished as straight lines; those
/// that it does not name follow the network.
///
/// A leg by wish runs between the points themselves. Where its neighbour follows the network, it also holds the
/// piece from the point to its place there, so that the line never breaks.
///
/// # Errors
/// When there is no network, or none that joins two points that are both near it.
pub fn path(graph: &Graph, profile: Profile, points: &[Spot], straight: &[bool]) -> Result<Path, NoPath> {
    let wished = |leg: usize| straight.get(leg).copied().unwrap_or(false);
    let legs = points.len().saturating_sub(1);
    if graph.edges.is_empty() && !(0..legs).all(wished) {
        return Err(NoPath::Empty);
    }
    let snapped: Vec<Option<Snapped>> = points.iter().map(|point| snap(graph, profile, *point)).collect();
    // Where the legs on both sides of a point meet: on the network, unless both are wished as straight lines.
    let meeting = |index: usize| {
        let off = (index == 0 || wished(index - 1)) && (index == legs || wished(index));
        snapped[index].filter(|_| !off).map_or(points[index], |place| place.at)
    };
    let leg = |index: usize| match (snapped[index], snapped[index + 1]) {
        _ if wished(index) => {
            Ok(drawn(vec![meeting(index), points[index], points[index + 1], meeting(index + 1)]))
        }
        (Some(from), Some(to)) => {
            let way = way(graph, profile, &from, &to).ok_or(NoPath::Apart(index))?;
            Ok(Walk::of(graph, profile, &from, &to, &way))
        }
        _ => Ok(drawn(vec![meeting(index), meeting(index + 1)])),
    };
    let legs = (0..legs).map(leg).collect::<Result<_, _>>()?;
    Ok(Path { legs, snapped })
}

/// A leg that does not follow the network.
fn drawn(mut line: Vec<Spot>) -> Leg {
    line.dedup();
    if line.len() == 1 {
        line.push(line[0]);
    }
    let metres: f64 = line.windows(2).map(|pair| measure::metres(pair[0], pair[1])).sum();
    let length_mm = (metres * 1000.0).round() as u64;
    Leg { straight: true, length_mm, estimate_s: time::plain_s(length_mm), ..Leg::of(line) }
}

impl Leg {
    /// A leg along that line, without figures.
    const fn of(line: Vec<Spot>) -> Self {
        Self {
            line,
            length_mm: 0,
            straight: false,
            stairs: 0,
            crossings: 0,
            lifts: 0,
            stairs_mm: 0,
            steep_mm: 0,
            estimate_s: 0.0,
            sources: Vec::new(),
        }
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
        let mut walk = Self { graph, leg: Leg::of(Vec::new()), last: None };
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
