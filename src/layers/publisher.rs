//! Keeps the snapshots up to date.

use std::{collections::BTreeMap, sync::Arc};

use arc_swap::ArcSwap;
use tokio::sync::{Mutex, watch};

use crate::{catalogue::LayerId, clock::SharedClock};

use super::{Snapshot, Source, SourceError};

/// The layer could not be brought up to date.
#[derive(Debug, thiserror::Error)]
#[error("layer {layer} could not be read: {source}")]
pub struct PublishError {
    /// The layer.
    pub layer: LayerId,
    /// Why.
    pub source: SourceError,
}

/// The published snapshots. Cheap to clone; readers never wait for a writer.
#[derive(Clone)]
pub struct Layers {
    slots: Arc<BTreeMap<LayerId, Slot>>,
    changes: watch::Receiver<u64>,
}

struct Slot {
    snapshot: ArcSwap<Snapshot>,
}

/// Reads the source and swaps new snapshots in.
pub struct Publisher {
    layers: Layers,
    source: Arc<dyn Source>,
    clock: SharedClock,
    /// One refresh at a time: two would build the same snapshot twice.
    turn: Mutex<watch::Sender<u64>>,
}

impl Layers {
    /// The present snapshot of a layer.
    #[must_use]
    pub fn get(&self, layer: LayerId) -> Arc<Snapshot> {
        // Every layer has a slot from the start.
        self.slots[&layer].snapshot.load_full()
    }

    /// The present snapshots of all layers, in their order on the page.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Snapshot>> {
        LayerId::ALL.into_iter().map(|layer| self.get(layer)).collect()
    }

    /// Counts the swaps; for whoever wants to wait for one.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

impl Publisher {
    /// Reads every layer and publishes it.
    ///
    /// # Errors
    /// When a layer cannot be read.
    pub async fn start(source: Arc<dyn Source>, clock: SharedClock) -> Result<Self, PublishError> {
        let (sender, changes) = watch::channel(0);
        let today = clock.today();
        let slots = LayerId::ALL
            .into_iter()
            .map(|layer| {
                let snapshot = ArcSwap::from_pointee(Snapshot::empty(layer, today));
                (layer, Slot { snapshot })
            })
            .collect();
        let publisher = Self {
            layers: Layers { slots: Arc::new(slots), changes },
            source,
            clock,
            turn: Mutex::new(sender),
        };
        for layer in LayerId::ALL {
            publisher.refresh(layer).await?;
        }
        Ok(publisher)
    }

    /// The published snapshots.
    #[must_use]
    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// Brings one layer up to date. A writer calls it after its commit, so that whoever wrote reads
    /// what was written.
    ///
    /// # Errors
    /// When the layer cannot be read; readers keep the snapshot they have.
    pub async fn refresh(&self, layer: LayerId) -> Result<(), PublishError> {
        let turn = self.turn.lock().await;
        let today = self.clock.today();
        let snapshot = self
            .layers
            .get(layer)
            .refreshed(&*self.source, today)
            .await
            .map_err(|source| PublishError { layer, source })?;
        self.layers.slots[&layer].snapshot.store(Arc::new(snapshot));
        turn.send_modify(|count| *count += 1);
        Ok(())
    }

    /// Brings every layer up to date that has changed, or for which a new day has begun.
    ///
    /// # Errors
    /// When the source cannot be read.
    pub async fn refresh_changed(&self) -> Result<(), PublishError> {
        let failed = |source| PublishError { layer: LayerId::Boundary, source };
        let today = self.clock.today();
        for (layer, version) in self.source.versions().await.map_err(failed)? {
            let snapshot = self.layers.get(layer);
            if snapshot.version() != version || snapshot.today() != today {
                self.refresh(layer).await?;
            }
        }
        Ok(())
    }

    /// Follows the source until the task is dropped. An unreachable database is logged once and tried
    /// again; readers keep what they have.
    pub async fn follow(&self) {
        let mut failing = false;
        loop {
            self.source.changed().await;
            match self.refresh_changed().await {
                Ok(()) => failing = false,
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "layers are not being refreshed");
                    }
                    failing = true;
                    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                }
            }
        }
    }
}
