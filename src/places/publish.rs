//! Places as features of layers: records merged, and reduced to what the public may see.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use tokio::sync::{Mutex, watch};

use crate::{
    catalogue::LayerId,
    db::{Db, DbError},
    layers::{Feature, LayerState, Source, SourceError},
};

use super::{
    merge::feature,
    purpose::Installation,
    store::{self, PlaceRow},
};

/// How long an import by another process may stay unseen on SQLite. On PostgreSQL a notice comes at
/// once, and this is the fallback.
const LOOK_EVERY: Duration = Duration::from_millis(400);

/// The places of a database as the source of layers.
pub struct PlacesSource {
    db: Db,
    instance: String,
    commits: Mutex<watch::Receiver<u64>>,
    notices: Mutex<watch::Receiver<u64>>,
}

impl PlacesSource {
    /// Follows the database.
    #[must_use]
    pub fn new(db: Db, installation: &Installation) -> Arc<Self> {
        Arc::new(Self {
            commits: Mutex::new(db.commits()),
            notices: Mutex::new(db.listen("machiaruki_layers")),
            instance: installation.instance.clone(),
            db,
        })
    }

    async fn read_layer(
        &self,
        layer: LayerId,
        since: i64,
        sink: &mut (dyn FnMut(Feature) + Send),
    ) -> Result<LayerState, DbError> {
        let mut tx = self.db.read().await?;
        let (version, changed_at) = store::layer_state(&mut tx, layer).await?;
        let datasets = store::datasets(&mut tx, layer).await?;
        let overrides = store::overrides(&mut tx, layer, since).await?;
        let over = |group: &[PlaceRow]| group.first().and_then(|first| overrides.get(&first.id));
        let mut group: Vec<PlaceRow> = Vec::new();
        store::place_rows(&mut tx, layer, since, |row| {
            if group.first().is_some_and(|first| first.id != row.id) {
                sink(feature(layer.layer(), &group, over(&group))?);
                group.clear();
            }
            group.push(row);
            Ok(())
        })
        .await?;
        if !group.is_empty() {
            sink(feature(layer.layer(), &group, over(&group))?);
        }
        Ok(LayerState { version, changed_at, datasets })
    }
}

fn failed(error: DbError) -> SourceError {
    SourceError(Box::new(error))
}

impl Source for PlacesSource {
    fn versions(&self) -> BoxFuture<'_, Result<Vec<(LayerId, i64)>, SourceError>> {
        Box::pin(async {
            let mut tx = self.db.read().await.map_err(failed)?;
            store::versions(&mut tx).await.map_err(failed)
        })
    }

    fn read<'a>(
        &'a self,
        layer: LayerId,
        since: i64,
        sink: &'a mut (dyn FnMut(Feature) + Send),
    ) -> BoxFuture<'a, Result<LayerState, SourceError>> {
        Box::pin(async move { self.read_layer(layer, since, sink).await.map_err(failed) })
    }

    fn changed(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            let mut commits = self.commits.lock().await;
            let mut notices = self.notices.lock().await;
            // A sender that is gone says nothing more; the timer still does.
            tokio::select! {
                Ok(()) = commits.changed() => {}
                Ok(()) = notices.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        })
    }

    fn instance(&self) -> &str {
        &self.instance
    }
}
