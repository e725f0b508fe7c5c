//! Places as features of layers: records merged, and reduced to what the public may see.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use serde_json::{Map, Value};
use tokio::sync::{Mutex, watch};

use crate::{
    catalogue::{FieldKind, Layer, LayerId},
    clock::Date,
    db::{Db, DbError},
    layers::{Feature, LayerState, Source, SourceError},
};

use super::{
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
        let mut group: Vec<PlaceRow> = Vec::new();
        store::place_rows(&mut tx, layer, since, |row| {
            if group.first().is_some_and(|first| first.id != row.id) {
                sink(merge(layer.layer(), &group)?);
                group.clear();
            }
            group.push(row);
            Ok(())
        })
        .await?;
        if !group.is_empty() {
            sink(merge(layer.layer(), &group)?);
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

/// One feature of all that the records of a place say. Of records whose dataset still contains them,
/// the most authoritative that says anything of a field is believed; a flag is true when any says so,
/// and lists are joined. Only public fields are read.
fn merge(layer: &Layer, rows: &[PlaceRow]) -> Result<Feature, DbError> {
    let living = rows.iter().any(|row| !row.vanished);
    let rows: Vec<&PlaceRow> = rows.iter().filter(|row| !row.vanished || !living).collect();
    let fields = rows.iter().map(|row| row.fields()).collect::<Result<Vec<_>, _>>()?;
    let mut properties = Map::new();
    for field in layer.public_fields() {
        let said = || fields.iter().filter_map(|record| record.get(field.name));
        let value = match field.kind {
            FieldKind::Flag => {
                said().find(|value| **value == Value::Bool(true)).or_else(|| said().next()).cloned()
            }
            FieldKind::List => joined(said()),
            _ => said().next().cloned(),
        };
        if let Some(value) = value {
            properties.insert(field.name.to_owned(), value);
        }
    }
    let datasets: Vec<Value> = rows.iter().map(|row| row.dataset.as_str().into()).collect();
    let days = rows.iter().map(|row| row.days()).collect::<Result<Vec<_>, _>>()?;
    let valid_from = all(days.iter().map(|days| days.0)).and_then(|days| days.into_iter().min());
    let retired_on = all(days.iter().map(|days| days.1)).and_then(|days| days.into_iter().max());
    // The days of the whole place, not of one of its records; vanishing counts as retirement.
    for (name, day) in [("valid_from", valid_from), ("retired_on", retired_on)] {
        match day {
            Some(day) => properties.insert(name.to_owned(), day.to_string().into()),
            None => properties.shift_remove(name),
        };
    }
    properties.insert("datasets".to_owned(), Value::Array(datasets));
    let first = rows.first().ok_or_else(|| DbError::Corrupt("a place without records".into()))?;
    Ok(Feature {
        id: first.place()?,
        position: first.position,
        geometry: first.geometry()?,
        properties,
        valid_from,
        retired_on,
    })
}

fn joined<'a>(lists: impl Iterator<Item = &'a Value>) -> Option<Value> {
    let mut items: Vec<Value> = Vec::new();
    for item in lists.filter_map(Value::as_array).flatten() {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    (!items.is_empty()).then_some(Value::Array(items))
}

/// All days, unless one is open.
fn all(days: impl Iterator<Item = Option<Date>>) -> Option<Vec<Date>> {
    days.collect()
}
