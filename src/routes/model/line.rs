//! The line of a route with its figures, as it is frozen for review and published.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::geo::Position;

/// From one point of the way to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = RouteLeg)]
pub struct Leg {
    /// With which coordinate of the line it begins.
    pub first_coordinate: usize,
    /// With which coordinate of the line it ends.
    pub last_coordinate: usize,
    /// How long it is, in metres.
    pub distance_m: f64,
    /// How long it takes with crossings, stairs and lifts, in seconds.
    pub estimated_duration_s: u64,
    /// How often one takes stairs.
    pub stairs: u32,
    /// How often one crosses a street.
    pub crossings: u32,
    /// How often one takes a lift.
    pub lifts: u32,
    /// Whether it is a straight line: by wish, or because the network is too far.
    pub straight: bool,
}

/// The way of a design on the pedestrian network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = RouteLine)]
pub struct Line {
    /// Longitude and latitude in degrees, in the order of walking; at least two.
    pub coordinates: Vec<Position>,
    /// How long it is, in metres.
    pub distance_m: f64,
    /// 表示規約式: 80 metres a minute, rounded up to whole minutes; in seconds. Without stays.
    pub duration_s: u64,
    /// An estimate with crossings, stairs, lifts and the stay at each stop, in seconds.
    pub estimated_duration_s: u64,
    /// How often one takes stairs.
    pub stairs: u32,
    /// How often one crosses a street.
    pub crossings: u32,
    /// How often one takes a lift.
    pub lifts: u32,
    /// How long of it is on stairs, in metres.
    pub stairs_m: f64,
    /// How long of it is steeper than 5 %, in metres, as far as that is known.
    pub steep_m: f64,
    /// How far each waypoint is from the line, in metres.
    pub away_m: Vec<f64>,
    /// From each point to the next; one more for the way home of a round trip.
    pub legs: Vec<Leg>,
    /// What must be said of the network wherever the line is shown.
    pub attributions: Vec<String>,
    /// Whether any of it is 見本: invented.
    pub sample: bool,
}
