//! Geometry: pure functions that know no feature and no HTTP.
//!
//! Coordinates are WGS 84 degrees, longitude first. A geometry that has passed [`checked`] is finite,
//! within the world, not empty and valid by OGC Simple Features.

mod bbox;
mod encode;
mod hilbert;
mod measure;
mod position;
mod repair;

pub use bbox::{BadBbox, Bbox, QueryBox};
pub use encode::{BadWkb, from_wkb, to_wkb, write_geojson};
pub use hilbert::hilbert_position;
pub use measure::{area_km2, distance_m, representative_point};
pub use position::Position;
pub use repair::{BadGeometry, Repair, checked};

pub use geo::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
