//! The roster: who works here, where, and since when.
//!
//! Everything is dated, so that any past day can be asked. A roster *file* is the whole roster as of its
//! effective day: [`file`] reads it, [`plan`] says what it would change, [`import`] shows that to an HR officer
//! and does it once they confirm. [`edit`] is for what no file says.

mod demo;
pub mod edit;
mod erasure_store;
pub mod file;
mod finder;
pub mod import;
mod model;
pub mod plan;
mod retention;
pub mod routes;
pub mod search;
mod service;
pub mod store;

pub use demo::seed_roster;
pub use finder::{Finder, Page};
pub use model::{
    Absence, AbsenceKind, Branch, Career, ChangeId, DepartmentId, Employment, Facts, LEFT_OPEN, Post,
    PreviewId, Spell, StaffId, Tier, TierId, TierName, Unfit, check_email, check_label, check_name,
    check_number, search_text,
};
pub use retention::{ForgetsStaff, Leavers, RosterPreviews};
pub use service::StaffService;
