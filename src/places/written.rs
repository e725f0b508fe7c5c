//! Records that another feature writes: published routes and their stops.
//!
//! They live in a dataset that no file fills and no editor changes, beside those of files, and become features of the
//! public layers in the same way.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::{
    catalogue::LayerId,
    clock::Timestamp,
    db::{DbError, Tx},
    geo::Geometry,
    import::At,
    layers::PlaceId,
};

use super::{
    dataset::{DatasetId, DatasetInfo},
    record::{Record, record},
    store,
};

/// A record to be written: what tells it from the dataset's others, its fields, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenRecord {
    /// Its key.
    pub key: String,
    /// Values of the layer's fields; unknown ones are refused.
    pub fields: Map<String, Value>,
    /// Where it is.
    pub geometry: Geometry,
}

/// Adds or changes records of a dataset; those that are not named stay as they are. The layer's version grows when
/// anything changed. Returns whether it did.
///
/// # Errors
/// When a record is none of the layer's, or the database cannot be written.
pub async fn write_records(
    tx: &mut Tx,
    (layer, dataset, info): (LayerId, &DatasetId, DatasetInfo),
    records: &[WrittenRecord],
    now: Timestamp,
) -> Result<bool, DbError> {
    let made: Vec<Record> = records.iter().map(|written| make(layer, written)).collect::<Result<_, _>>()?;
    store::lock_layer(tx, layer).await?;
    let known = store::known_records(tx, dataset).await?;
    let before = store::dataset(tx, dataset).await?;
    let changed: Vec<(PlaceId, &Record)> = made
        .iter()
        .filter(|record| known.get(&record.key).is_none_or(|old| old.digest != record.digest()))
        .map(|record| (PlaceId::of_record(dataset.as_str(), &record.key), record))
        .collect();
    let same_info = before.as_ref().is_some_and(|before| before.info == info);
    if changed.is_empty() && same_info {
        return Ok(false);
    }
    let (old, new): (Vec<_>, Vec<_>) =
        changed.iter().partition::<Vec<_>, _>(|(_, record)| known.contains_key(&record.key));
    let live_count = known.len() as i64 + new.len() as i64;
    let stored = store::Stored { layer, info, live_count, vanished_count: 0 };
    store::save_dataset(tx, dataset, &stored, now).await?;
    store::make_own(tx, dataset).await?;
    let tag = store::bump_layer(tx, layer, now).await?;
    let places: Vec<(PlaceId, i64)> = new.iter().map(|(id, record)| (*id, record.position)).collect();
    store::insert_places(tx, layer, tag, &places).await?;
    store::upsert_records(tx, dataset, now, &changed).await?;
    let touched: Vec<PlaceId> = old.iter().map(|(id, _)| *id).collect();
    store::touch_places(tx, tag, &touched).await?;
    Ok(true)
}

fn make(layer: LayerId, written: &WrittenRecord) -> Result<Record, DbError> {
    let corrupt = |why: String| DbError::Corrupt(format!("record {} of {layer}: {why}", written.key));
    let mut given: HashMap<&str, &Value> =
        written.fields.iter().map(|(name, value)| (name.as_str(), value)).collect();
    // The layer's order of fields: the same content has the same digest.
    let fields: Map<String, Value> = layer
        .layer()
        .fields
        .iter()
        .filter_map(|field| Some((field.name.to_owned(), given.remove(field.name)?.clone())))
        .filter(|(_, value)| !value.is_null())
        .collect();
    if let Some(unknown) = given.keys().next() {
        return Err(corrupt(format!("the layer has no field {unknown}")));
    }
    let mut made = record(At::Item(1), &fields, &written.geometry).map_err(corrupt)?;
    made.key = written.key.as_str().into();
    Ok(made)
}
