//! What the tests of all addresses share.

mod client;
mod codings;
mod collect;
pub mod gdal;
mod links;
mod schema;
mod shared;
mod signed_in;
mod version;
mod ward;

pub use client::{Anonymous, BASE, Reply};
pub use codings::decoded;
pub use collect::{feature_ids, features, ids, named, names, next_link, pages, point, points};
pub use links::{html_links, json_links};
pub use schema::mismatches;
pub use shared::shared_file;
pub use signed_in::{Caller, PERSONAS};
pub use version::{ANSWER, codes, version_of, with_design, with_stop};
pub use ward::{Ward, demo, site};
