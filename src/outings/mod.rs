//! Guided outings (実施回): a route walked together at a time, with trainers, hosts and a number of places.
//!
//! - A [`Plan`] is what a trainer writes; [`service`] does each thing in one transaction, holding the outing, so that its
//!   places are never given twice.
//! - The code on the trainer's screen that changes every 30 seconds, and which mark of a roll-call counts, is what outings have in common
//!   with [other events](crate::attendance).
//! - Attendance writes a visit for every stop ([`visits::Attendance`](crate::visits::Attendance)), in the same
//!   transaction; [`OutingCodes`] says of codes that come with visits whether they hold.
//! - Who takes part is known to the outing's trainers, to the coordinator who put them forward, and to themselves.

pub mod api;
mod demo;
mod model;
mod naming;
pub mod notices;
mod retention;
pub mod service;
pub mod store;
mod visits;

pub use demo::seed_outings;
pub use model::{Answer, HostDocument, HostId, OutingDocument, OutingId, OutingState, Plan, SignUpState};
pub use retention::Outings;
pub use visits::OutingCodes;
