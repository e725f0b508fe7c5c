//! The yearly training (悉皆研修): who must walk what in every fiscal year, and who has.
//!
//! - [`model`]: programmes, obligations, completion, figures; pure.
//! - [`store`]: the only place with SQL.
//! - [`service`]: opens years, keeps obligations and walks up to date, reminds, releases what was answered before and after, answers from
//!   memory.
//! - [`notices`]: what people are told.
//! - [`archive`]: a year's figures, signed, in a file that can be checked years later.
//! - [`api`]: over HTTP.
//!
//! **Obligations** are written when they begin or change, and never changed: what somebody had to do on a past day is what was
//! known of them, with every later correction as a further step. **Completion** is derived whenever somebody asks. Only
//! [walks](store::Walk) are kept besides the visits that they follow from, so that a whole ward is counted in no time; a trigger
//! names those that something happened to, and they are derived again within seconds. Who asks for their own record gets it
//! from their visits.

pub mod api;
pub mod archive;
mod deadlines;
mod demo;
pub mod model;
pub mod notices;
mod retention;
pub mod service;
pub mod store;
mod words;

pub use deadlines::Deadlines;
pub use demo::{seed_offices, seed_programmes};
pub use retention::TrainingKept;
