//! Visits: what walkers show of having been at a stop, the verdict on it, and what comes of it over a year.
//!
//! A visit is written once and never changed: decisions of trainers, additions and photos are rows beside it, and what counts
//! is derived from all of them, so that the order in which they arrive never matters. See `docs/visits.md`.

pub mod api;
mod attendance;
pub mod candidates;
pub mod envelope;
pub mod model;
mod naming;
pub mod phone_file;
mod retention;
pub mod service;
pub mod store;
mod versions;

pub use attendance::Attendance;
pub use model::{Outcome, VisitId};
pub use retention::{ObservationsKept, VisitsKept};

#[cfg(test)]
mod tests;
