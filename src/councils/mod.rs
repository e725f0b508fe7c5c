//! Disaster housing (災害対策住宅) and the councils (地域防災協議会) to which its residents belong.
//!
//! - [`model`]: buildings, units, residencies, decisions, what is suggested and why, what waits for the registrar; pure.
//! - [`store`]: the only place with SQL. What it stores of people is sealed by the [vault](crate::vault).
//! - [`service`]: opens the register, keeps its rules, suggests councils, finds one's own.
//! - [`file`] reads lists of homes, [`plan`] says what they would change; pure.
//! - [`api`]: over HTTP.
//!
//! **The register** is read whole, opened and judged in memory: a ward has a few hundred units, a city a few thousand. So nothing
//! about it has to be searched for by the database, which cannot read it.
//!
//! **The list is the authority.** Areas, school districts, addresses and ways on foot suggest; a registrar decides, one by one or many at once,
//! and every decision stays.
//!
//! **In the audit log** a resident is their residency, which is drawn at random: whoever reads the log, or a copy of the
//! database, does not learn who lives in disaster housing. They themselves see who looked at them:
//! [`service::Vault`] knows whose [pseudonyms](crate::audit::Pseudonyms) they are.

pub mod api;
mod demo;
pub mod file;
pub mod model;
pub mod notices;
pub mod plan;
mod retention;
pub mod service;
pub mod store;

pub use demo::seed_register;
pub use retention::{RegisterImports, Residencies};
