//! Keeps the analysts' tables up to date.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use crate::{
    catalogue::LayerId,
    db::{Db, DbError, Engine},
    layers::{Feature, Source, SourceError},
};

use super::{
    columns::{columns, definition},
    store::{self, LayerUpdate, Published},
};

/// How often to look when nobody says that something has changed.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How long to wait after a failure, at first and at most.
const RETRY: [Duration; 2] = [Duration::from_secs(1), Duration::from_mins(1)];

/// Why a layer's table could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The layers.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// PostGIS has gone.
    #[error("the database no longer has PostGIS: machiaruki analysts setup says what to do")]
    NoPostgis,
}

/// What came of bringing tables up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// The layers that were written.
    pub layers: Vec<LayerId>,
    /// Whether another server was at it.
    pub busy: bool,
}

/// Brings the tables to the versions of the layers.
pub struct Mirror {
    db: Db,
    source: Arc<dyn Source>,
}

impl Mirror {
    /// From a source into its own database.
    #[must_use]
    pub fn new(db: Db, source: Arc<dyn Source>) -> Self {
        Self { db, source }
    }

    /// Follows the layers until the task is dropped. `changes` says that one may have changed. Failures are
    /// logged once and tried again; they stop nobody else.
    pub async fn follow(&self, mut changes: watch::Receiver<u64>) {
        if self.db.engine() != Engine::Postgres {
            return;
        }
        let mut wait = RETRY[0];
        let mut failing = false;
        loop {
            match self.refresh().await {
                Ok(refreshed) => {
                    (failing, wait) = (false, RETRY[0]);
                    if refreshed.busy {
                        // The other one may have begun before the last change.
                        tokio::time::sleep(RETRY[0]).await;
                        continue;
                    }
                }
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "the analysts' tables are not being brought up to date");
                    }
                    failing = true;
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(RETRY[1]);
                    continue;
                }
            }
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }

    /// Brings every table up to date whose layer has changed. Does nothing where the schema has not been set
    /// up.
    ///
    /// # Errors
    /// When the database cannot be read or written; analysts keep the whole layers that they have.
    pub async fn refresh(&self) -> Result<Refreshed, MirrorError> {
        let mut refreshed = Refreshed::default();
        let mut tx = self.db.read().await?;
        if !store::is_set_up(&mut tx).await? {
            return Ok(refreshed);
        }
        let known = store::published(&mut tx).await?;
        let postgis = store::postgis(&mut tx).await?.ok_or(MirrorError::NoPostgis)?;
        drop(tx);
        let versions = self.source.versions().await?;
        for layer in LayerId::ALL {
            let version =
                versions.iter().find(|(known, _)| *known == layer).map_or(0, |(_, version)| *version);
            let before = known.iter().find(|known| known.layer == layer.as_str());
            let base = before.filter(|before| {
                before.instance == self.source.instance()
                    && before.definition == definition(&columns(layer))
                    && before.version <= version
            });
            if base.is_some_and(|base| base.version == version) {
                continue;
            }
            if self.refresh_layer(layer, before.cloned(), base.is_none(), &postgis.schema).await? {
                refreshed.layers.push(layer);
            } else {
                refreshed.busy = true;
            }
        }
        Ok(refreshed)
    }

    /// Writes what has changed of one layer since `before`, or all of it. `false` when another server was
    /// faster.
    async fn refresh_layer(
        &self,
        layer: LayerId,
        before: Option<Published>,
        whole: bool,
        postgis: &str,
    ) -> Result<bool, MirrorError> {
        let since = if whole { 0 } else { before.as_ref().map_or(0, |before| before.version) };
        let mut features: Vec<Feature> = Vec::new();
        let state = self.source.read(layer, since, &mut |feature| features.push(feature)).await?;
        let (instance, postgis) = (self.source.instance().to_owned(), postgis.to_owned());
        let written = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    if !store::try_lock(tx).await? {
                        return Ok(false);
                    }
                    // What was read builds upon `before` alone.
                    let now = store::published(tx).await?;
                    if now.into_iter().find(|now| now.layer == layer.as_str()) != before {
                        return Ok(false);
                    }
                    let update = LayerUpdate {
                        layer,
                        whole,
                        features: &features,
                        state: &state,
                        instance: &instance,
                        postgis: &postgis,
                    };
                    store::apply(store::pg(tx)?, &update).await?;
                    Ok::<_, DbError>(true)
                })
            })
            .await?;
        Ok(written)
    }
}
