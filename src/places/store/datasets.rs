//! SQL of datasets.

use sqlx::FromRow;

use crate::{
    catalogue::LayerId,
    clock::Timestamp,
    db::{DbError, Tx},
    layers::Dataset,
    on,
    places::dataset::{DatasetId, DatasetInfo},
};

use super::{corrupt, day};

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
pub(in crate::places) struct Stored {
    pub(in crate::places) layer: LayerId,
    pub(in crate::places) info: DatasetInfo,
    pub(in crate::places) live_count: i64,
    pub(in crate::places) vanished_count: i64,
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

pub(in crate::places) async fn dataset(tx: &mut Tx, id: &DatasetId) -> Result<Option<Stored>, DbError> {
    let row: Option<DatasetRow> = on!(tx, conn =>
        sqlx::query_as("SELECT * FROM dataset WHERE id = $1")
            .bind(id.as_str()).fetch_optional(conn).await)?;
    row.map(|row| row.stored().map(|(_, stored)| stored)).transpose()
}

/// Writes a dataset; a new one ranks after the layer's others.
pub(in crate::places) async fn save_dataset(
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
