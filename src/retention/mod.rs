//! Retention: how long each class of data is kept, and what erases it afterwards.
//!
//! A feature that keeps personal data implements [`Retained`] and is named in one line of
//! [`app::retained`](crate::app::retained). [`Period`] holds the rules, which are pure. [`Retention`] knows all
//! classes with their configured periods, counts what is due and erases it in small batches, each in one
//! transaction with its audit entry. A running service does so once a day, whichever replica comes first.

mod class;
mod documents;
mod links;
mod model;
pub mod routes;
mod run;
mod service;
mod store;

pub use class::{Batch, Class, Erased, Links, Retained};
pub use links::AuditPersons;
pub use model::{BadPeriod, CountedFrom, Cutoff, Period, Unit};
pub use run::{Cause, Keeper, RunOutcome};
pub use service::{Change, ChangeError, ClassState, Retention};
pub use store::{PastRun, RunId};
