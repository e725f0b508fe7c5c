//! The pedestrian network: import, snapping, paths, the order of stops.
//!
//! Each [`Network`] of a source becomes part of one [`Graph`](graph::Graph), which is kept in memory and
//! swapped when a source changes.

pub mod blob;
mod contraction;
pub mod draft;
pub mod from_mlit;
pub mod from_osm;
pub mod graph;
pub mod hierarchy;
pub mod import;
mod landmarks;
pub mod limit;
pub mod measure;
pub mod merge;
pub mod model;
pub mod order;
pub mod path;
pub mod profile;
mod publisher;
pub mod routes;
pub mod search;
pub mod snap;
pub mod source;
pub mod store;
mod strong;
pub mod time;
mod ways;

pub use model::Network;
pub use profile::Profile;
pub use publisher::{Loaded, NetworkPublisher};

#[cfg(test)]
mod tests;
