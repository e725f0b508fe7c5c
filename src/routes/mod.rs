//! Walking routes: designed in a draft, reviewed by somebody else, published as immutable numbered versions.
//!
//! - A [`Design`] is what a draft and a version hold: texts, stops, control points, and how each leg is walked. A value
//!   that exists is valid; whether it is *complete* is what the [`checklist`] says.
//! - A [`Line`] is the design laid on the pedestrian network. It is frozen when a draft goes to review, so that what
//!   was reviewed is what is published.
//! - [`store`] keeps routes, drafts, reviews and versions; [`publication`] turns the versions in force into records of
//!   the public layers; [`output`] writes GPX, KML, GeoJSON, print sheets and posters; [`input`] reads tracks.

pub mod api;
pub mod changes;
pub mod checklist;
pub mod coverage;
mod demo;
pub mod input;
pub mod lay;
pub mod model;
pub mod output;
pub mod publication;
mod published;
pub mod service;
pub mod store;
pub mod surroundings;

pub use demo::seed_routes;
pub use model::{Design, DesignDocument, DraftState, RouteId, RouteVersionId, StopId, Wrong};

#[cfg(test)]
mod tests;
