//! Guided outings (実施回): a route walked together at a time, with trainers, hosts and a number of places.
//!
//! - A [`Plan`] is what a trainer writes; [`service`] does each thing in one transaction, holding the outing, so that its
//!   places are never given twice.
//! - [`codes`] makes the code on the trainer's screen that changes every 30 seconds.
//! - Attendance writes a visit for every stop ([`visits::Attendance`](crate::visits::Attendance)), in the same
//!   transaction; [`OutingCodes`] says of codes that come with visits whether they hold.
//! - Who takes part is known to the outing's trainers, to the coordinator who put them forward, and to themselves.

pub mod api;
pub mod codes;
mod demo;
mod model;
pub mod notices;
mod retention;
pub mod service;
pub mod store;
mod visits;

pub use demo::seed_outings;
pub use model::{
    Answer, HostDocument, HostId, MarkId, NoSuchName, OutingDocument, OutingId, OutingState, Plan,
    SignUpState,
};
pub use retention::Outings;
pub use visits::OutingCodes;
