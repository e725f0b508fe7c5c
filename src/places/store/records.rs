//! SQL of places and their records, as an import writes them.

use futures_util::TryStreamExt as _;
use geo::Point;
use sqlx::QueryBuilder;

use crate::{
    catalogue::LayerId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    layers::PlaceId,
    on,
    places::{dataset::DatasetId, record::Record},
};

use super::{BULK, corrupt};

/// What an import needs to know of a record that is stored already.
#[derive(Clone, Copy, Debug)]
pub(in crate::places) struct Known {
    pub(in crate::places) place: PlaceId,
    pub(in crate::places) digest: [u8; 16],
    pub(in crate::places) vanished: bool,
}

/// Every record of a dataset by its key.
pub(in crate::places) async fn known_records(
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

/// What some records of a dataset say, by key: properties as JSON, and the geometry.
pub(in crate::places) async fn contents(
    tx: &mut Tx,
    dataset: &DatasetId,
    keys: &[&str],
) -> Result<std::collections::HashMap<Box<str>, (String, Vec<u8>)>, DbError> {
    let mut found = std::collections::HashMap::new();
    for bulk in keys.chunks(BULK) {
        let rows: Vec<(String, String, Vec<u8>)> = on!(tx, conn => {
            let mut select =
                QueryBuilder::new("SELECT key, properties, geometry FROM record WHERE dataset = ");
            select.push_bind(dataset.as_str());
            select.push(" AND key IN (");
            let mut list = select.separated(", ");
            for key in bulk {
                list.push_bind(*key);
            }
            select.push(")");
            select.build_query_as().fetch_all(conn).await
        })?;
        found
            .extend(rows.into_iter().map(|(key, properties, geometry)| (key.into(), (properties, geometry))));
    }
    Ok(found)
}

/// What the layer's other datasets hold: place, properties as JSON, and a point.
pub(in crate::places) async fn records_of_others(
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
pub(in crate::places) async fn insert_places(
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
pub(in crate::places) async fn upsert_records(
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
pub(in crate::places) async fn retire_records(
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
pub(in crate::places) async fn touch_places(
    tx: &mut Tx,
    version: i64,
    places: &[PlaceId],
) -> Result<(), DbError> {
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
