//! The roster: who works here, where, and since when.

mod demo;
mod model;
pub mod store;

pub use demo::seed_roster;
pub use model::{DepartmentId, StaffId};
