//! Public layers: immutable snapshots in memory, and the interfaces that read them.
//!
//! A [`Source`] (the `places` feature) says what a layer holds; the [`Publisher`] keeps a
//! [`Snapshot`] of each layer that answers every question without SQL and without encoding JSON. A
//! change in the database becomes a new snapshot that shares all but the changed chunks with the old.

mod export;
mod feature;
mod freshness;
mod ogc;

mod publisher;
mod search;
mod search_text;
mod service;
mod snapshot;
mod source;

pub mod routes;

pub use export::{ExportFormat, GpkgError, UnknownFormat, export};
pub use feature::{BadPlaceId, Feature, PlaceId};
pub use freshness::{Freshness, FreshnessState};

pub use ogc::{conformance_classes, openapi as ogc_openapi};
pub use publisher::{Layers, PublishError, Publisher};
pub use search::Found;
pub use search_text::fold;
pub use service::LayersService;
pub use snapshot::{Cursor, Filter, Page, Query, Snapshot, When};
pub use source::{Dataset, LayerState, Source, SourceError};
