//! The roster: who works here, where, and since when.

mod demo;
mod erasure_store;
mod model;
mod retention;
pub mod store;

pub use demo::seed_roster;
pub use model::{DepartmentId, StaffId};
pub use retention::{Leavers, RosterPreviews};
