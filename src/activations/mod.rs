//! Activations (発令) of those who live in disaster housing: when something happens, or as a drill.
//!
//! - [`model`]: what is declared and answered, whose answer counts, the roll-call and what is looked at afterwards; pure.
//! - [`store`]: the only place with SQL. What it stores is sealed with the register's keys.
//! - [`service`]: declaring and telling, taking answers in, opening the roll, following it live.
//! - [`notices`]: what residents are told.
//! - [`api`]: over HTTP.
//!
//! **Answers** are append-only. The latest tap counts, whenever it arrives; what was tapped before the end and comes late is taken, what was tapped
//! after it is refused and said so. A phone's clock that is off loses nobody: [`model::tap`].
//!
//! **The roll** is who lived there on the day, as it was then, so that what is looked at afterwards does not change with who moves.
//!
//! **Live**: whatever changes an activation counts in its row first, so that counts become visible in their order. One follower
//! per process looks for a higher count, opens what is new alone, and feeds every open page: [`service::RollCalls`].

pub mod api;
mod demo;
pub mod model;
pub mod notices;
mod retention;
pub mod service;
pub mod store;

pub use demo::seed_drill;
pub use retention::RollCallsKept;
