//! The cases: each checks that answers are right, then measures.

pub mod access;
pub mod activations;
pub mod boxes;
pub mod edits;
pub mod engines;
pub mod exact;
pub mod item;
pub mod register;
pub mod roster;
pub mod start;
pub mod training;
pub mod visits;
pub mod whole;

/// The bench's layer under the interface of the browser app.
pub const API: &str = "/api/layers/facilities/features";
/// The bench's layer under OGC API – Features.
pub const OGC: &str = "/ogc/collections/facilities/items";
