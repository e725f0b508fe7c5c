//! SQL of datasets, places and records.

use futures_util::{StreamExt as _, TryStreamExt as _};
use geo::Point;
use sqlx::{FromRow, QueryBuilder};

use crate::{
    catalogue::LayerId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    geo::from_wkb,
    layers::{Dataset, PlaceId},
    on,
};

use super::{
    dataset::{DatasetId, DatasetInfo},
    installation::{Installation, Purpose},
    record::Record,
};

/// Rows per statement: both engines take far fewer than 32,766 parameters then.
const BULK: usize = 400;

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn day(text: Option<String>) -> Result<Option<Date>, DbError> {
    text.map(|text| text.parse().map_err(corrupt)).transpose()
}

fn moment(micros: Option<i64>) -> Result<Option<Timestamp>, DbError> {
    micros.map(|micros| Timestamp::from_microsecond(micros).map_err(corrupt)).transpose()
}

// Installation.

pub(super) async fn installation(tx: &mut Tx) -> Result<Option<Installation>, DbError> {
    let row: Option<(String, String)> = on!(tx, conn =>
        sqlx::query_as("SELECT instance, purpose FROM installation WHERE id = 1")
            .fetch_optional(conn).await)?;
    row.map(|(instance, purpose)| {
        let purpose = match purpose.as_str() {
            "ward" => Purpose::Ward,
            "demo" => Purpose::Demo,
            other => return Err(corrupt(format!("purpose {other:?}"))),
        };
        Ok(Installation { instance, purpose })
    })
    .transpose()
}

pub(super) async fn create_installation(
    tx: &mut Tx,
    instance: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Installation, DbError> {
    // Two processes may come first at once: whoever commits first has named it.
    on!(tx, conn => sqlx::query(
        "INSERT INTO installation (id, instance, purpose, created_at) VALUES (1, $1, $2, $3)
         ON CONFLICT (id) DO NOTHING")
        .bind(instance).bind(purpose.as_str()).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    installation(tx).await?.ok_or_else(|| corrupt("the installation is missing"))
}

// Layers.

/// The present version of every layer that was ever written.
pub(super) async fn versions(tx: &mut Tx) -> Result<Vec<(LayerId, i64)>, DbError> {
    let rows: Vec<(String, i64)> = on!(tx, conn =>
        sqlx::query_as("SELECT id, version FROM layer").fetch_all(conn).await)?;
    // A newer release may know layers that this one does not.
    Ok(rows.into_iter().filter_map(|(id, version)| Some((id.parse().ok()?, version))).collect())
}

/// One layer's version and when it last changed.
pub(super) async fn layer_state(tx: &mut Tx, layer: LayerId) -> Result<(i64, Option<Timestamp>), DbError> {
    let row: Option<(i64, Option<i64>)> = on!(tx, conn =>
        sqlx::query_as("SELECT version, changed_at FROM layer WHERE id = $1")
            .bind(layer.as_str()).fetch_optional(conn).await)?;
    let (version, changed_at) = row.unwrap_or_default();
    Ok((version, moment(changed_at)?))
}

/// Makes sure that the layer has a row, and holds it: writers of one layer take turns.
pub(super) async fn lock_layer(tx: &mut Tx, layer: LayerId) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO layer (id, version) VALUES ($1, 0)
         ON CONFLICT (id) DO UPDATE SET version = layer.version")
        .bind(layer.as_str()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Counts a change of the layer and tells the other servers. Returns the new version.
pub(super) async fn bump_layer(tx: &mut Tx, layer: LayerId, now: Timestamp) -> Result<i64, DbError> {
    let version: i64 = on!(tx, conn => sqlx::query_scalar(
        "UPDATE layer SET version = version + 1, changed_at = $2 WHERE id = $1 RETURNING version")
        .bind(layer.as_str()).bind(now.as_microsecond()).fetch_one(conn).await)?;
    if let Tx::Postgres(transaction) = tx {
        sqlx::query("SELECT pg_notify('machiaruki_layers', $1)")
            .bind(layer.as_str())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(version)
}

// Datasets.

#[derive(FromRow)]
struct DatasetRow {
    id: String,
    layer: String,
    title: String,
    source: String,
    source_url: Option<String>,
    licence: String,
    licence_url: Option<String>,
    attribution: String,
    as_of: Option<String>,
    steward: String,
    refresh_days: Option<i64>,
    last_confirmed: Option<String>,
    key_fields: String,
    sample: bool,
    live_count: i64,
    vanished_count: i64,
}

/// A dataset as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) layer: LayerId,
    pub(super) info: DatasetInfo,
    pub(super) live_count: i64,
    pub(super) vanished_count: i64,
}

impl DatasetRow {
    fn stored(self) -> Result<(String, Stored), DbError> {
        let info = DatasetInfo {
            title: self.title,
            source: self.source,
            source_url: self.source_url,
            licence: self.licence,
            licence_url: self.licence_url,
            attribution: self.attribution,
            as_of: day(self.as_of)?,
            steward: self.steward,
            refresh_days: self.refresh_days,
            last_confirmed: day(self.last_confirmed)?,
            key_fields: serde_json::from_str(&self.key_fields).map_err(corrupt)?,
            sample: self.sample,
        };
        let stored = Stored {
            layer: self.layer.parse().map_err(corrupt)?,
            info,
            live_count: self.live_count,
            vanished_count: self.vanished_count,
        };
        Ok((self.id, stored))
    }
}

/// The datasets of a layer, the most authoritative first.
///
/// # Errors
/// When the database cannot be read.
pub async fn datasets(tx: &mut Tx, layer: LayerId) -> Result<Vec<Dataset>, DbError> {
    let rows: Vec<DatasetRow> = on!(tx, conn =>
        sqlx::query_as("SELECT * FROM dataset WHERE layer = $1 ORDER BY rank, id")
            .bind(layer.as_str()).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|row| {
            let (id, stored) = row.stored()?;
            Ok(Dataset {
                id,
                title: stored.info.title,
                source: stored.info.source,
                source_url: stored.info.source_url,
                licence: stored.info.licence,
                licence_url: stored.info.licence_url,
                attribution: stored.info.attribution,
                as_of: stored.info.as_of,
                steward: stored.info.steward,
                refresh_days: stored.info.refresh_days,
                last_confirmed: stored.info.last_confirmed,
                sample: stored.info.sample,
                feature_count: stored.live_count,
                vanished_count: stored.vanished_count,
            })
        })
        .collect()
}

pub(super) async fn dataset(tx: &mut Tx, id: &DatasetId) -> Result<Option<Stored>, DbError> {
    let row: Option<DatasetRow> = on!(tx, conn =>
        sqlx::query_as("SELECT * FROM dataset WHERE id = $1")
            .bind(id.as_str()).fetch_optional(conn).await)?;
    row.map(|row| row.stored().map(|(_, stored)| stored)).transpose()
}

/// Writes a dataset; a new one ranks after the layer's others.
pub(super) async fn save_dataset(
    tx: &mut Tx,
    id: &DatasetId,
    stored: &Stored,
    now: Timestamp,
) -> Result<(), DbError> {
    let info = &stored.info;
    let key_fields = serde_json::Value::from(info.key_fields.clone()).to_string();
    on!(tx, conn => sqlx::query(
        "INSERT INTO dataset (id, layer, rank, title, source, source_url, licence, licence_url, attribution, as_of,
             steward, refresh_days, last_confirmed, key_fields, sample, live_count, vanished_count, created_at,
             updated_at)
         VALUES ($1, $2, (SELECT coalesce(max(rank), 0) + 1 FROM dataset WHERE layer = $2), $3, $4, $5, $6, $7, $8,
             $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, source = excluded.source,
             source_url = excluded.source_url, licence = excluded.licence, licence_url = excluded.licence_url,
             attribution = excluded.attribution, as_of = excluded.as_of, steward = excluded.steward,
             refresh_days = excluded.refresh_days, last_confirmed = excluded.last_confirmed,
             key_fields = excluded.key_fields, sample = excluded.sample, live_count = excluded.live_count,
             vanished_count = excluded.vanished_count, updated_at = excluded.updated_at")
        .bind(id.as_str())
        .bind(stored.layer.as_str())
        .bind(&info.title)
        .bind(&info.source)
        .bind(&info.source_url)
        .bind(&info.licence)
        .bind(&info.licence_url)
        .bind(&info.attribution)
        .bind(info.as_of.map(|day| day.to_string()))
        .bind(&info.steward)
        .bind(info.refresh_days)
        .bind(info.last_confirmed.map(|day| day.to_string()))
        .bind(&key_fields)
        .bind(info.sample)
        .bind(stored.live_count)
        .bind(stored.vanished_count)
        .bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

// Records.

/// What an import needs to know of a record that is stored already.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) place: PlaceId,
    pub(super) digest: [u8; 16],
    pub(super) vanished: bool,
}

/// Every record of a dataset by its key.
pub(super) async fn known_records(
    tx: &mut Tx,
    dataset: &DatasetId,
) -> Result<std::collections::HashMap<Box<str>, Known>, DbError> {
    let mut known = std::collections::HashMap::new();
    on!(tx, conn => {
        let mut rows = sqlx::query_as::<_, (String, String, Vec<u8>, bool)>(
            "SELECT key, place, digest, vanished FROM record WHERE dataset = $1")
            .bind(dataset.as_str())
            .fetch(conn);
        while let Some((key, place, digest, vanished)) = rows.try_next().await? {
            let place = place.parse().map_err(corrupt)?;
            let digest = digest.try_into().map_err(|_| corrupt("a digest's length"))?;
            known.insert(key.into(), Known { place, digest, vanished });
        }
    });
    Ok(known)
}

/// What the layer's other datasets hold: place, properties as JSON, and a point.
pub(super) async fn records_of_others(
    tx: &mut Tx,
    layer: LayerId,
    dataset: &DatasetId,
) -> Result<Vec<(PlaceId, String, Point)>, DbError> {
    let rows: Vec<(String, String, f64, f64, f64, f64)> = on!(tx, conn => sqlx::query_as(
        "SELECT r.place, r.properties, r.west, r.south, r.east, r.north
         FROM record r JOIN dataset d ON d.id = r.dataset WHERE d.layer = $1 AND d.id <> $2")
        .bind(layer.as_str()).bind(dataset.as_str()).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(place, properties, west, south, east, north)| {
            let point = Point::new(f64::midpoint(west, east), f64::midpoint(south, north));
            Ok((place.parse().map_err(corrupt)?, properties, point))
        })
        .collect()
}

/// Adds places. `version` is the layer's after this change.
pub(super) async fn insert_places(
    tx: &mut Tx,
    layer: LayerId,
    version: i64,
    places: &[(PlaceId, i64)],
) -> Result<(), DbError> {
    for bulk in places.chunks(BULK) {
        on!(tx, conn => {
            let mut insert = QueryBuilder::new("INSERT INTO place (id, layer, position, version) ");
            insert.push_values(bulk, |mut row, (id, position)| {
                row.push_bind(id.as_str())
                    .push_bind(layer.as_str())
                    .push_bind(*position)
                    .push_bind(version);
            });
            insert.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Adds or replaces records; a record that had vanished is back.
pub(super) async fn upsert_records(
    tx: &mut Tx,
    dataset: &DatasetId,
    now: Timestamp,
    records: &[(PlaceId, &Record)],
) -> Result<(), DbError> {
    for bulk in records.chunks(BULK) {
        on!(tx, conn => {
            let mut insert = QueryBuilder::new(
                "INSERT INTO record (dataset, key, place, geometry, west, south, east, north, properties, digest,
                     valid_from, retired_on, vanished, changed_at) ");
            insert.push_values(bulk, |mut row, (place, record)| {
                row.push_bind(dataset.as_str())
                    .push_bind(&*record.key)
                    .push_bind(place.as_str())
                    .push_bind(&*record.geometry)
                    .push_bind(record.bbox.west)
                    .push_bind(record.bbox.south)
                    .push_bind(record.bbox.east)
                    .push_bind(record.bbox.north)
                    .push_bind(&*record.properties)
                    .push_bind(record.digest().to_vec())
                    .push_bind(record.valid_from.map(|day| day.to_string()))
                    .push_bind(record.retired_on.map(|day| day.to_string()))
                    .push_bind(false)
                    .push_bind(now.as_microsecond());
            });
            insert.push(
                " ON CONFLICT (dataset, key) DO UPDATE SET geometry = excluded.geometry, west = excluded.west,
                     south = excluded.south, east = excluded.east, north = excluded.north,
                     properties = excluded.properties, digest = excluded.digest, valid_from = excluded.valid_from,
                     retired_on = excluded.retired_on, vanished = excluded.vanished,
                     changed_at = excluded.changed_at");
            insert.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Retires records that their dataset no longer contains, from `today` on.
pub(super) async fn retire_records(
    tx: &mut Tx,
    dataset: &DatasetId,
    keys: &[&str],
    today: Date,
    now: Timestamp,
) -> Result<(), DbError> {
    for bulk in keys.chunks(BULK) {
        on!(tx, conn => {
            let mut update = QueryBuilder::new("UPDATE record SET vanished = ");
            update.push_bind(true);
            update.push(", changed_at = ").push_bind(now.as_microsecond());
            // One that the file itself had retired earlier keeps that day.
            update.push(", retired_on = CASE WHEN retired_on < ").push_bind(today.to_string());
            update.push(" THEN retired_on ELSE ").push_bind(today.to_string());
            update.push(" END WHERE dataset = ").push_bind(dataset.as_str());
            update.push(" AND key IN (");
            let mut list = update.separated(", ");
            for key in bulk {
                list.push_bind(*key);
            }
            update.push(")");
            update.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Marks places as changed in `version` of their layer.
pub(super) async fn touch_places(tx: &mut Tx, version: i64, places: &[PlaceId]) -> Result<(), DbError> {
    for bulk in places.chunks(BULK) {
        on!(tx, conn => {
            let mut update = QueryBuilder::new("UPDATE place SET version = ");
            update.push_bind(version);
            update.push(" WHERE id IN (");
            let mut list = update.separated(", ");
            for id in bulk {
                list.push_bind(id.as_str());
            }
            update.push(")");
            update.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// One record of a place, as it is published.
#[derive(Debug, FromRow)]
pub(super) struct PlaceRow {
    pub(super) id: String,
    pub(super) position: i64,
    pub(super) dataset: String,
    pub(super) geometry: Vec<u8>,
    pub(super) properties: String,
    pub(super) valid_from: Option<String>,
    pub(super) retired_on: Option<String>,
    pub(super) vanished: bool,
}

/// Hands every record of the layer's places that changed after version `since` to `sink`: in the order
/// of places, and for each place the most authoritative dataset first.
pub(super) async fn place_rows(
    tx: &mut Tx,
    layer: LayerId,
    since: i64,
    mut sink: impl FnMut(PlaceRow) -> Result<(), DbError> + Send,
) -> Result<(), DbError> {
    // The two differ in the index that finds the places. For a few changes among a million, SQLite must
    // not walk the whole order.
    let sql = if since == 0 {
        "SELECT p.id, p.position, r.dataset, r.geometry, r.properties, r.valid_from, r.retired_on, r.vanished
         FROM place p JOIN record r ON r.place = p.id JOIN dataset d ON d.id = r.dataset
         WHERE p.layer = $1 AND p.version > $2
         ORDER BY p.position, p.id, d.rank, d.id"
    } else {
        "WITH changed AS MATERIALIZED (SELECT id, position FROM place WHERE layer = $1 AND version > $2)
         SELECT p.id, p.position, r.dataset, r.geometry, r.properties, r.valid_from, r.retired_on, r.vanished
         FROM changed p JOIN record r ON r.place = p.id JOIN dataset d ON d.id = r.dataset
         ORDER BY p.position, p.id, d.rank, d.id"
    };
    on!(tx, conn => {
        let mut rows =
            sqlx::query_as::<_, PlaceRow>(sql).bind(layer.as_str()).bind(since).fetch(conn);
        while let Some(row) = rows.next().await {
            sink(row?)?;
        }
    });
    Ok(())
}

impl PlaceRow {
    pub(super) fn geometry(&self) -> Result<crate::geo::Geometry, DbError> {
        from_wkb(&self.geometry).map_err(corrupt)
    }

    pub(super) fn days(&self) -> Result<(Option<Date>, Option<Date>), DbError> {
        Ok((day(self.valid_from.clone())?, day(self.retired_on.clone())?))
    }

    pub(super) fn place(&self) -> Result<PlaceId, DbError> {
        self.id.parse().map_err(corrupt)
    }

    pub(super) fn fields(&self) -> Result<serde_json::Map<String, serde_json::Value>, DbError> {
        serde_json::from_str(&self.properties).map_err(corrupt)
    }
}
