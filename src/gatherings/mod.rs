//! What councils' people take part in (集まり): meetings, general assemblies, drills, checks of storehouses.
//!
//! - [`model`]: what a gathering is, for whom, how it counts as duty, what somebody's participation adds up to, whom a handover note is
//!   for; pure.
//! - [`store`]: the only place with SQL. What ties a person to a gathering is sealed by the register's
//!   [vault](crate::councils::service::Vault), under their residency.
//! - [`service`]: each thing in one transaction that holds the gathering.
//! - [`api`]: over HTTP.
//!
//! **Who takes part tells who lives in disaster housing.** So nothing here names a member of staff: rows are of residencies, whose ids are
//! drawn at random; the audit log and the queue of notices know them by these alone; what residents do themselves is in no log.
//! Codes and marks are those of [`attendance`](crate::attendance).

pub mod api;
mod calendar;
mod demo;
pub mod model;
pub mod notices;
mod retention;
pub mod service;
pub mod store;

pub use calendar::GatheringEntries;
pub use demo::seed_gatherings;
pub use retention::{HandoversKept, ParticipationKept};
