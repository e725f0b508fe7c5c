//! Routes, designs and versions: types that are valid once they exist, without I/O.

mod check;
mod code;
mod design;
mod line;
mod text;
mod version;

use crate::ids;

pub use check::{MOST_STOPS, MOST_WAYPOINTS, Wrong};
pub use code::{BadRouteCode, RouteCode};
pub use design::{
    Alternative, Control, Design, DesignDocument, Evidence, Host, HostKind, Photo, Question, Season, Stop,
    Waypoint,
};
pub use line::{Leg, Line};
pub use text::{Language, Text};
pub use version::{DraftState, Origin, Version};

ids! {
    /// The id of a route. It stays the same through all its versions.
    RouteId,
    /// The id of one published version of a route. Visits pin it.
    RouteVersionId,
    /// The id of a stop: stable across the versions of a route as long as it is the same place.
    StopId,
    /// The id of a photo of a stop.
    PhotoId,
}
