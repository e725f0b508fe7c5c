//! Places: what datasets say of organisations, shelters, schools, facilities, areas and outlines.
//!
//! A *dataset* is one source file's lineage within a layer. Its *records* are told apart by a declared
//! key. A *place* is what the public sees as one feature: usually one record, but the records of one
//! shelter in the emergency and the evacuation list are one place with both roles.

mod columns;
mod dataset;
pub mod editing;
mod import;
mod installation;
mod link;
mod merge;
mod publish;
mod purpose;
mod record;
mod retention;
pub mod routes;
mod service;
mod store;
mod values;
mod written;

pub use columns::{BadMapping, Mapping};
pub use dataset::{BadDatasetId, DatasetId, DatasetInfo, UNKNOWN_LICENCE, slug};
pub use import::{
    Changed, ColumnUse, EditedPlace, Import, ImportError, ImportOptions, Linked, NoProgress, Note, Obstacle,
    Outcome, Preview, Progress, Refused, Report, import, preview,
};
pub use installation::installation;
pub use merge::Said;
pub use publish::PlacesSource;
pub use purpose::{Installation, Purpose};
pub use retention::ContactHistory;
pub use service::PlacesService;
pub use store::datasets;
pub use written::{WrittenRecord, write_records};
