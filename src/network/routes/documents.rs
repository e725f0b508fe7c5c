//! The JSON of paths and orders.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    geo::Position,
    http::{Message, Problem},
    network::{
        Loaded, Profile,
        model::{Kind, degrees},
        order::{EXACT, End, Matrix},
        path::{Leg, Path},
        time::convention_s,
    },
};

/// Minutes that one stays somewhere.
#[derive(ToSchema)]
#[schema(value_type = u16, minimum = 0, maximum = 65_535)]
#[expect(dead_code, reason = "it only describes a number")]
pub struct Minutes(u16);

/// Ways of the network.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaysDocument {
    /// Those that are no stairs: lines of longitudes and latitudes in degrees.
    pub ways: Vec<Vec<[f64; 2]>>,
    /// Stairs.
    pub stairs: Vec<Vec<[f64; 2]>>,
    /// What must be said where they are shown.
    pub attributions: Vec<String>,
}

impl WaysDocument {
    /// Those with any point in a box: west, south, east, north in degrees.
    pub fn new(network: &Loaded, corners: [f64; 4]) -> Self {
        let mut found = Self { ways: Vec::new(), stairs: Vec::new(), attributions: Vec::new() };
        let mut sources = BTreeSet::new();
        for (kind, line, source) in network.graph.ways_within(corners) {
            let lines = if kind == Kind::Stairs { &mut found.stairs } else { &mut found.ways };
            lines.push(line);
            sources.insert(usize::from(source));
        }
        let said = sources.iter().filter_map(|source| network.sources.get(*source));
        found.attributions = said.map(|source| source.attribution.clone()).collect();
        found
    }
}

/// A path that somebody asks for.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PathRequest {
    /// The points, in order: 2 to 50.
    #[schema(min_items = 2, max_items = 50)]
    pub points: Vec<Position>,
    /// Who is walking.
    #[serde(default)]
    pub profile: Profile,
    /// How many minutes one stays at each point; counted in the estimate. As many as there are points.
    #[serde(default)]
    #[schema(max_items = 50, value_type = Option<Vec<Minutes>>)]
    pub stays_min: Option<Vec<u16>>,
    /// Which legs are to be straight lines between their points instead of ways on the network: one for each leg,
    /// that is, one fewer than there are points.
    #[serde(default)]
    #[schema(max_items = 49)]
    pub straight: Option<Vec<bool>>,
}

impl PathRequest {
    /// How long one stays in all, in seconds.
    pub fn stays(&self) -> Result<f64, Problem> {
        let Some(stays) = &self.stays_min else { return Ok(0.0) };
        if stays.len() != self.points.len() {
            return Err(Problem::impossible(
                "stays_min",
                Message::new(
                    "滞在時間は地点と同じ数だけ指定してください。",
                    "Please give as many stays as points.",
                ),
            ));
        }
        Ok(stays.iter().map(|minutes| f64::from(*minutes) * 60.0).sum())
    }

    /// Which legs are to be straight lines; none where the list ends.
    pub fn straight(&self) -> Result<Vec<bool>, Problem> {
        let Some(straight) = &self.straight else { return Ok(Vec::new()) };
        if straight.len() + 1 != self.points.len() {
            return Err(Problem::impossible(
                "straight",
                Message::new(
                    "直線にするかどうかは、区間ごとに1つ(地点の数より1つ少なく)指定してください。",
                    "Please say for each leg whether it is straight: one fewer than there are points.",
                ),
            ));
        }
        Ok(straight.clone())
    }
}

/// `"Feature"`.
#[derive(Debug, Serialize, ToSchema)]
pub enum FeatureType {
    /// A GeoJSON Feature.
    Feature,
}

/// `"LineString"`.
#[derive(Debug, Serialize, ToSchema)]
pub enum LineType {
    /// A GeoJSON line.
    LineString,
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub struct Line {
    #[serde(rename = "type")]
    kind: LineType,
    coordinates: Vec<Position>,
}

/// A path: a GeoJSON Feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct PathDocument {
    #[serde(rename = "type")]
    kind: FeatureType,
    geometry: Line,
    properties: PathProperties,
}

/// Figures of a path.
#[derive(Debug, Serialize, ToSchema)]
pub struct PathProperties {
    /// Who is walking.
    profile: Profile,
    /// How long it is, in metres.
    distance_m: f64,
    /// 表示規約: 80 metres a minute, rounded up to whole minutes; in seconds.
    duration_s: u64,
    /// An estimate with crossings, stairs, lifts and the stays, in seconds.
    estimated_duration_s: u64,
    /// How often one takes stairs.
    stairs: u32,
    /// How often one crosses a street or a railway.
    crossings: u32,
    /// How often one takes a lift.
    lifts: u32,
    /// How long of it is on stairs, in metres.
    stairs_m: f64,
    /// How long of it is steeper than 5 %, in metres, as far as that is known.
    steep_m: f64,
    /// How many legs are straight lines: by wish, or because a point is more than 200 m from the network.
    straight_legs: usize,
    /// From each point to the next.
    legs: Vec<LegDocument>,
    /// The points.
    points: Vec<PointDocument>,
    /// Where the ways are from.
    sources: Vec<SourceDocument>,
    /// The version of the network.
    network_version: i64,
}

/// A leg.
#[derive(Debug, Serialize, ToSchema)]
pub struct LegDocument {
    /// With which coordinate of the line it begins.
    first_coordinate: usize,
    /// With which coordinate of the line it ends.
    last_coordinate: usize,
    /// How long it is, in metres.
    distance_m: f64,
    /// 表示規約: 80 metres a minute, rounded up, in seconds.
    duration_s: u64,
    /// An estimate with crossings, stairs and lifts, in seconds.
    estimated_duration_s: u64,
    /// How often one takes stairs.
    stairs: u32,
    /// How often one crosses a street or a railway.
    crossings: u32,
    /// How often one takes a lift.
    lifts: u32,
    /// How long of it is on stairs, in metres.
    stairs_m: f64,
    /// How long of it is steeper than 5 %, in metres, as far as that is known.
    steep_m: f64,
    /// Whether it is a straight line: by wish, or because one of its points is more than 200 m from the network.
    straight: bool,
}

/// A point of a path.
#[derive(Debug, Serialize, ToSchema)]
pub struct PointDocument {
    /// As it was asked for.
    asked: Position,
    /// Where it lies on the network; `null` when that is more than 200 m away.
    snapped: Option<Position>,
    /// How far that is, in metres.
    away_m: Option<f64>,
}

/// A source of the network.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceDocument {
    /// Its id.
    id: String,
    /// What must be said wherever it is shown.
    attribution: String,
    /// Its licence.
    licence: String,
    /// Whether it is 見本: invented.
    sample: bool,
}

fn metres(mm: u64) -> f64 {
    mm as f64 / 1000.0
}

impl PathDocument {
    pub(super) fn new(network: &Loaded, asked: &PathRequest, path: &Path, stays: f64) -> Self {
        let mut coordinates: Vec<Position> = Vec::new();
        let mut legs = Vec::new();
        for leg in &path.legs {
            // A leg begins where the one before it ended.
            let shared = usize::from(!coordinates.is_empty());
            let first = coordinates.len() - shared;
            coordinates.extend(leg.line.iter().skip(shared).map(|spot| Position(degrees(*spot))));
            legs.push(leg_document(leg, first, coordinates.len() - 1));
        }
        let sum = |of: fn(&Leg) -> u64| path.legs.iter().map(of).sum::<u64>();
        let count = |of: fn(&Leg) -> u32| path.legs.iter().map(of).sum::<u32>();
        let estimate: f64 = path.legs.iter().map(|leg| leg.estimate_s).sum();
        let distance_m = metres(sum(|leg| leg.length_mm));
        let mut used: Vec<u16> = path.legs.iter().flat_map(|leg| leg.sources.iter().copied()).collect();
        used.sort_unstable();
        used.dedup();
        let point = |(asked, snapped): (&Position, &Option<crate::network::snap::Snapped>)| PointDocument {
            asked: *asked,
            snapped: snapped.map(|place| Position(degrees(place.at))),
            away_m: snapped.map(|place| (place.away_m * 10.0).round() / 10.0),
        };
        let properties = PathProperties {
            profile: asked.profile,
            distance_m,
            duration_s: convention_s(distance_m),
            estimated_duration_s: (estimate + stays).ceil() as u64,
            stairs: count(|leg| leg.stairs),
            crossings: count(|leg| leg.crossings),
            lifts: count(|leg| leg.lifts),
            stairs_m: metres(sum(|leg| leg.stairs_mm)),
            steep_m: metres(sum(|leg| leg.steep_mm)),
            straight_legs: path.legs.iter().filter(|leg| leg.straight).count(),
            legs,
            points: asked.points.iter().zip(&path.snapped).map(point).collect(),
            sources: used
                .iter()
                .filter_map(|index| network.sources.get(usize::from(*index)))
                .map(SourceDocument::of)
                .collect(),
            network_version: network.version,
        };
        Self {
            kind: FeatureType::Feature,
            geometry: Line { kind: LineType::LineString, coordinates },
            properties,
        }
    }
}

/// The network as it is used.
#[derive(Debug, Serialize, ToSchema)]
pub struct NetworkDocument {
    /// Its version: it grows with each change.
    version: i64,
    /// How many nodes it has.
    nodes: usize,
    /// How many links it has.
    links: usize,
    /// How long all of its links are, in metres.
    length_m: f64,
    /// West, south, east and north of its nodes, in degrees; `null` when there is no network.
    bbox: Option<[f64; 4]>,
    /// Where its ways are from; none when there is no network.
    sources: Vec<SourceDocument>,
}

impl NetworkDocument {
    pub(super) fn new(network: &Loaded) -> Self {
        let (nodes, links) = network.graph.size();
        Self {
            version: network.version,
            nodes,
            links,
            length_m: network.graph.length_m().round(),
            bbox: network.graph.bbox(),
            sources: network.sources.iter().map(SourceDocument::of).collect(),
        }
    }
}

impl SourceDocument {
    fn of(source: &crate::network::source::SourceInfo) -> Self {
        Self {
            id: source.id.clone(),
            attribution: source.attribution.clone(),
            licence: source.licence.clone(),
            sample: source.sample,
        }
    }
}

fn leg_document(leg: &Leg, first: usize, last: usize) -> LegDocument {
    let distance_m = metres(leg.length_mm);
    LegDocument {
        first_coordinate: first,
        last_coordinate: last,
        distance_m,
        duration_s: convention_s(distance_m),
        estimated_duration_s: leg.estimate_s.ceil() as u64,
        stairs: leg.stairs,
        crossings: leg.crossings,
        lifts: leg.lifts,
        stairs_m: metres(leg.stairs_mm),
        steep_m: metres(leg.steep_mm),
        straight: leg.straight,
    }
}

/// Where a walk ends.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderEnd {
    /// At whichever stop is best.
    #[default]
    Anywhere,
    /// At the last point given.
    Last,
    /// Where it began: a round trip.
    Start,
}

impl From<OrderEnd> for End {
    fn from(end: OrderEnd) -> Self {
        match end {
            OrderEnd::Anywhere => Self::Anywhere,
            OrderEnd::Last => Self::Last,
            OrderEnd::Start => Self::Start,
        }
    }
}

/// Stops to be put in order.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OrderRequest {
    /// The stops: 2 to 30. The first stays the first.
    #[schema(min_items = 2, max_items = 30)]
    pub points: Vec<Position>,
    /// Who is walking.
    #[serde(default)]
    pub profile: Profile,
    /// Where the walk ends.
    #[serde(default)]
    pub end: OrderEnd,
}

/// The best order of stops.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderDocument {
    /// The stops in their new order, by their places in the old one, counted from 0.
    order: Vec<usize>,
    /// How long the walk is in that order, in metres.
    distance_m: f64,
    /// How long it is in the order given, in metres.
    given_distance_m: f64,
    /// How much shorter it becomes, in metres; never less than 0.
    gain_m: f64,
    /// Whether no order is shorter. Of more than twelve stops a good one is found, and that is not known.
    exact: bool,
}

impl OrderDocument {
    pub(super) fn new(costs: &Matrix, order: Vec<usize>, end: End) -> Self {
        let given: Vec<usize> = (0..order.len()).collect();
        let (new, old) = (costs.cost(&order, end), costs.cost(&given, end));
        Self {
            distance_m: metres(new),
            given_distance_m: metres(old),
            gain_m: metres(old.saturating_sub(new)),
            exact: order.len() <= EXACT,
            order,
        }
    }
}
