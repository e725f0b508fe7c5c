//! Keeps the graph in memory up to date with the database.

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use tokio::sync::Mutex;

use crate::db::{Db, DbError};

use super::{
    blob,
    graph::Graph,
    merge::{Merged, Part, merge},
    source::{self, SourceInfo},
    store,
};

/// The network as it is used.
#[derive(Debug)]
pub struct Loaded {
    /// Its version.
    pub version: i64,
    /// The graph.
    pub graph: Graph,
    /// The sources, by the number that edges have.
    pub sources: Vec<SourceInfo>,
}

/// Reads the network and swaps a new one in. Readers never wait.
pub struct NetworkPublisher {
    db: Db,
    loaded: ArcSwap<Loaded>,
    /// One refresh at a time.
    turn: Mutex<()>,
}

/// How long an import by another process may stay unseen. On PostgreSQL a notice comes at once.
const LOOK_EVERY: Duration = Duration::from_millis(700);

impl Loaded {
    /// The network of sources, with their networks as the database has them.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn build(version: i64, stored: Vec<(SourceInfo, Vec<u8>)>) -> Result<Self, DbError> {
        let mut stored = stored;
        stored.sort_by(|(a, _), (b, _)| (a.format, &a.id).cmp(&(b.format, &b.id)));
        let (mut sources, mut parts) = (Vec::new(), Vec::new());
        for (info, bytes) in stored {
            let corrupt =
                |error: &dyn std::fmt::Display| DbError::Corrupt(format!("network {}: {error}", info.id));
            let network = blob::read(&bytes).map_err(|error| corrupt(&error))?;
            let area = info.area.as_deref().map(source::area).transpose().map_err(|error| corrupt(&error))?;
            parts.push(Part { network, area });
            sources.push(info);
        }
        let Merged { network, source_of, .. } = merge(parts);
        let graph = Graph::build(&network, |link| source_of[link]);
        Ok(Self { version, graph, sources })
    }
}

impl NetworkPublisher {
    /// Reads the network.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn start(db: Db) -> Result<Arc<Self>, DbError> {
        let empty = Loaded::build(-1, Vec::new())?;
        let publisher = Self { db, loaded: ArcSwap::from_pointee(empty), turn: Mutex::default() };
        publisher.refresh().await?;
        Ok(Arc::new(publisher))
    }

    /// The present network.
    #[must_use]
    pub fn get(&self) -> Arc<Loaded> {
        self.loaded.load_full()
    }

    /// Brings the network up to date, if it changed.
    ///
    /// # Errors
    /// When it cannot be read; readers keep the one they have.
    pub async fn refresh(&self) -> Result<(), DbError> {
        let _turn = self.turn.lock().await;
        let mut tx = self.db.read().await?;
        let version = store::version(&mut tx).await?;
        if version == self.loaded.load().version {
            return Ok(());
        }
        let stored = store::sources(&mut tx).await?;
        drop(tx);
        // A city takes a second or so to build.
        let built = tokio::task::spawn_blocking(move || Loaded::build(version, stored)).await;
        let loaded = built.map_err(|_| DbError::JobPanicked)??;
        let (nodes, edges) = loaded.graph.size();
        tracing::info!(version, nodes, edges, bytes = loaded.graph.memory(), "network loaded");
        self.loaded.store(Arc::new(loaded));
        Ok(())
    }

    /// Follows the database until the task is dropped. A failure is logged once and tried again.
    pub async fn follow(&self) {
        let mut notices = self.db.listen("machiaruki_network");
        let mut failing = false;
        loop {
            // A sender that is gone says nothing more; the timer still does.
            tokio::select! {
                Ok(()) = notices.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            match self.refresh().await {
                Ok(()) => failing = false,
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "the network is not being refreshed");
                    }
                    failing = true;
                }
            }
        }
    }
}
