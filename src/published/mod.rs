//! The public layers as PostGIS tables, for analysts with QGIS: schema `published` on PostgreSQL.
//!
//! [`setup`] makes the schema and a role that can read it and nothing else; [`Mirror`] keeps its tables up to
//! date while the service runs. The tables are filled through a [`Source`](crate::layers::Source), as the
//! snapshots are: what is not public never gets there, and no table outside the schema has a geometry
//! column. Analysts see whole layers only: each is brought up to date in one transaction.

mod columns;
mod mirror;
mod role;
mod setup;
mod store;

pub use columns::{Column, columns};
pub use mirror::{Mirror, MirrorError, Refreshed};
pub use role::{AnalystPassword, BadPassword, BadRoleName, RoleName};
pub use setup::{Done, SetupError, setup};
pub use store::{Postgis, is_set_up, postgis, published_versions};
