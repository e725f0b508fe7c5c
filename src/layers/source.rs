//! Where layers come from.

use futures_util::future::BoxFuture;

use crate::{
    catalogue::LayerId,
    clock::{Date, Timestamp},
};

use super::Feature;

/// What the public may know of a dataset: one source file's lineage within a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// Its id, a slug.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub source: String,
    /// Where it was found.
    pub source_url: Option<String>,
    /// Its licence.
    pub licence: String,
    /// The licence's text.
    pub licence_url: Option<String>,
    /// What must be said wherever it is shown.
    pub attribution: String,
    /// The day that its contents describe.
    pub as_of: Option<Date>,
    /// The department that looks after it.
    pub steward: String,
    /// How many days after the last confirmation it is to be confirmed again.
    pub refresh_days: Option<i64>,
    /// The day on which somebody last confirmed that it is still true.
    pub last_confirmed: Option<Date>,
    /// Whether it is 見本: invented.
    pub sample: bool,
    /// How many of its records are in force.
    pub feature_count: i64,
    /// How many of its records vanished from the source and were retired.
    pub vanished_count: i64,
}

/// What a source says of a layer besides its features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayerState {
    /// Grows with each change.
    pub version: i64,
    /// When it last changed.
    pub changed_at: Option<Timestamp>,
    /// Its datasets, the most authoritative first.
    pub datasets: Vec<Dataset>,
}

/// A source failed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SourceError(#[from] pub Box<dyn std::error::Error + Send + Sync>);

/// Something that fills layers: reads features and tells when they change.
pub trait Source: Send + Sync {
    /// The present version of every layer.
    fn versions(&self) -> BoxFuture<'_, Result<Vec<(LayerId, i64)>, SourceError>>;

    /// Hands every feature of `layer` that changed after version `since` to `sink`, in the order of
    /// position and id, all of one moment. `since` 0 means every feature.
    fn read<'a>(
        &'a self,
        layer: LayerId,
        since: i64,
        sink: &'a mut (dyn FnMut(Feature) + Send),
    ) -> BoxFuture<'a, Result<LayerState, SourceError>>;

    /// Returns when something may have changed, or after a short while.
    fn changed(&self) -> BoxFuture<'_, ()>;

    /// Names this installation: two databases never share a tag.
    fn instance(&self) -> &str;
}

#[cfg(test)]
pub(crate) mod tests_support {
    use super::Dataset;

    /// A dataset that promises nothing.
    pub(crate) fn dataset(id: &str) -> Dataset {
        Dataset {
            id: id.into(),
            title: id.into(),
            source: "test".into(),
            source_url: None,
            licence: "CC BY 4.0".into(),
            licence_url: None,
            attribution: "test".into(),
            as_of: None,
            steward: "test".into(),
            refresh_days: None,
            last_confirmed: None,
            sample: false,
            feature_count: 0,
            vanished_count: 0,
        }
    }
}
