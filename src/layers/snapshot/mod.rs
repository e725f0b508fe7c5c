//! Immutable snapshots of layers.
//!
//! Features lie in the order of a Hilbert curve, cut into chunks of some hundred. A chunk keeps its
//! features as GeoJSON bytes and their boxes in columns, so that a query is two short scans (the
//! chunks' boxes, then the boxes inside the chunks that match) and a response is slices of bytes that
//! exist already. An edit rebuilds the chunk it falls into and shares all others with the snapshot
//! before; compressed forms are kept per chunk and made when they are first asked for.
//!
//! The order of pages is that of [`Cursor`]s, which a feature keeps for life: a `next` link stays
//! right while data change.

mod chunk;
mod chunk_set;
mod query;

use std::{fmt::Write as _, sync::Arc};

use sha2::{Digest, Sha256};

use crate::{
    catalogue::LayerId,
    clock::{Date, Timestamp, tokyo_midnight},
    geo::Bbox,
    http::Modified,
};

use super::{Dataset, Feature, Freshness, LayerState, PlaceId, source::Source};

pub(crate) use chunk::Chunk;
use chunk_set::{ChunkSet, ChunkSetBuilder};
pub use query::{Filter, Page, Query, When};

/// How many changed features are applied at a time: bounds what an import costs a running server.
const BATCH: usize = 8_192;

/// A feature's place in the order of pages. It never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// Where on the Hilbert curve it stood when it was made.
    pub position: i64,
    /// Its id.
    pub id: PlaceId,
}

/// One layer at one version.
#[derive(Clone, Debug)]
pub struct Snapshot {
    layer: LayerId,
    version: i64,
    changed_at: Option<Timestamp>,
    today: Date,
    /// The next day on which some feature begins or ends to be in force.
    next_change: Option<Date>,
    datasets: Arc<[Dataset]>,
    /// Features in force today.
    current: ChunkSet,
    /// Features retired, or not in force yet.
    other: ChunkSet,
    tag: Box<str>,
    modified: Modified,
}

/// One feature of a snapshot.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    chunk: Arc<Chunk>,
    index: usize,
}

impl Entry {
    pub(crate) fn new(chunk: Arc<Chunk>, index: usize) -> Self {
        Self { chunk, index }
    }

    /// Its GeoJSON.
    pub(crate) fn json(&self) -> bytes::Bytes {
        self.chunk.run(self.index..self.index + 1)
    }

    /// Its id.
    pub(crate) fn id(&self) -> PlaceId {
        self.chunk.key(self.index).id
    }

    /// A point that stands for it.
    pub(crate) fn point(&self) -> [f64; 2] {
        self.chunk
            .shape(self.index)
            .and_then(crate::geo::representative_point)
            .unwrap_or_else(|| self.chunk.feature_bbox(self.index).centre())
    }
}

impl Snapshot {
    /// An empty layer, before its source has been read.
    #[must_use]
    pub fn empty(layer: LayerId, today: Date) -> Self {
        Self {
            layer,
            version: 0,
            changed_at: None,
            today,
            next_change: None,
            datasets: Arc::default(),
            current: ChunkSet::default(),
            other: ChunkSet::default(),
            tag: "".into(),
            modified: modified(None, today),
        }
    }

    /// This snapshot with everything that has changed in the source since. On a new day, in which
    /// features begin or end to be in force, the layer is read anew.
    ///
    /// # Errors
    /// When the source cannot be read; this snapshot is as good as before.
    pub async fn refreshed(&self, source: &dyn Source, today: Date) -> Result<Self, super::SourceError> {
        let day_matters = self.next_change.is_some_and(|day| day <= today);
        let fresh = self.version == 0 || day_matters;
        let base = if fresh { Self::empty(self.layer, today) } else { self.clone() };
        let mut update = Update::new(base, today, fresh);
        let since = if fresh { 0 } else { self.version };
        let state = source.read(self.layer, since, &mut |feature| update.push(feature)).await?;
        if state.version < since {
            // The database was put back to an earlier day: nothing that is known can be built upon.
            let nothing = Self::empty(self.layer, today);
            return Box::pin(nothing.refreshed(source, today)).await;
        }
        Ok(update.finish(state, source.instance()))
    }

    /// The layer.
    #[must_use]
    pub fn layer(&self) -> LayerId {
        self.layer
    }

    /// The version in the database that this snapshot shows.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.version
    }

    /// When the layer last changed.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        self.changed_at
    }

    /// The day for which features are in force.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// Names the content: two snapshots with one tag give the same answers.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// How many features are in force.
    #[must_use]
    pub fn len(&self) -> usize {
        self.current.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.current.len() == 0
    }

    /// The box around all of them.
    #[must_use]
    pub fn bbox(&self) -> Option<Bbox> {
        self.current.bbox()
    }

    /// Whether some of them are 見本.
    #[must_use]
    pub fn has_samples(&self) -> bool {
        self.current.samples() > 0
    }

    /// Its datasets.
    #[must_use]
    pub fn datasets(&self) -> &[Dataset] {
        &self.datasets
    }

    /// How far it can be trusted to be up to date, on the snapshot's day.
    #[must_use]
    pub fn freshness(&self) -> Freshness {
        Freshness::of(&self.datasets, self.today)
    }

    /// The feature with that id; also one that is retired, since links to it still exist.
    pub(crate) fn find(&self, id: PlaceId) -> Option<Entry> {
        let (chunk, index) = self.current.find(id).or_else(|| self.other.find(id))?;
        Some(Entry { chunk: chunk.clone(), index })
    }

    /// The chunks of the features in force.
    pub(crate) fn chunks(&self) -> &[Arc<Chunk>] {
        self.current.chunks()
    }

    /// Since when its answers are what they are: when the layer changed, or the day began in Tokyo. With
    /// the day, features come into force and promises to refresh fall due.
    #[must_use]
    pub fn modified(&self) -> &Modified {
        &self.modified
    }
}

fn modified(changed_at: Option<Timestamp>, today: Date) -> Modified {
    let day_began = tokyo_midnight(today);
    Modified::at(changed_at.map_or(day_began, |changed| changed.max(day_began)))
}

/// Features on their way into a snapshot.
struct Update {
    snapshot: Snapshot,
    today: Date,
    builders: Option<(ChunkSetBuilder, ChunkSetBuilder)>,
    batch: Vec<Feature>,
}

impl Update {
    fn new(snapshot: Snapshot, today: Date, fresh: bool) -> Self {
        Self { snapshot, today, builders: fresh.then(Default::default), batch: Vec::new() }
    }

    fn push(&mut self, feature: Feature) {
        let period = chunk::Period { valid_from: feature.valid_from, retired_on: feature.retired_on };
        if let Some(change) = period.next_change(self.today) {
            let earliest = self.snapshot.next_change.map_or(change, |known| known.min(change));
            self.snapshot.next_change = Some(earliest);
        }
        if let Some((current, other)) = &mut self.builders {
            let set = if feature.is_valid_on(self.today) { current } else { other };
            set.push(&feature);
        } else {
            self.batch.push(feature);
            if self.batch.len() >= BATCH {
                self.apply();
            }
        }
    }

    fn apply(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        let mut current = Vec::with_capacity(batch.len());
        let mut other = Vec::with_capacity(batch.len());
        for feature in &batch {
            let key = Cursor { position: feature.position, id: feature.id };
            let counts = feature.is_valid_on(self.today);
            current.push((key, counts.then_some(feature)));
            other.push((key, (!counts).then_some(feature)));
        }
        self.snapshot.current = self.snapshot.current.changed(&current);
        self.snapshot.other = self.snapshot.other.changed(&other);
    }

    fn finish(mut self, state: LayerState, instance: &str) -> Snapshot {
        match self.builders.take() {
            Some((current, other)) => {
                self.snapshot.current = current.finish();
                self.snapshot.other = other.finish();
            }
            None => self.apply(),
        }
        self.snapshot.today = self.today;
        self.snapshot.version = state.version;
        self.snapshot.changed_at = state.changed_at;
        self.snapshot.datasets = state.datasets.into();
        self.snapshot.modified = modified(self.snapshot.changed_at, self.today);
        self.snapshot.tag = tag(&self.snapshot, instance);
        self.snapshot
    }
}

/// The tag of a snapshot: what its content follows from.
fn tag(snapshot: &Snapshot, instance: &str) -> Box<str> {
    let mut hash = Sha256::new();
    for part in [
        instance,
        env!("CARGO_PKG_VERSION"),
        snapshot.layer.as_str(),
        &snapshot.version.to_string(),
        &snapshot.today.to_string(),
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest = hash.finalize();
    let mut tag = String::with_capacity(16);
    for byte in &digest[..8] {
        // Writing into a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.into()
}

#[cfg(test)]
mod tests;
