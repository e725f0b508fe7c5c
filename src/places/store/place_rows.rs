//! SQL of places as they are published.

use futures_util::StreamExt as _;
use sqlx::FromRow;

use crate::{
    catalogue::LayerId,
    clock::Date,
    db::{DbError, Tx},
    geo::from_wkb,
    layers::PlaceId,
    on,
};

use super::{corrupt, day};

/// One record of a place, as it is published.
#[derive(Debug, FromRow)]
pub(in crate::places) struct PlaceRow {
    pub(in crate::places) id: String,
    pub(in crate::places) position: i64,
    pub(in crate::places) dataset: String,
    pub(in crate::places) geometry: Vec<u8>,
    pub(in crate::places) properties: String,
    pub(in crate::places) valid_from: Option<String>,
    pub(in crate::places) retired_on: Option<String>,
    pub(in crate::places) vanished: bool,
}

/// Hands every record of the layer's places that changed after version `since` to `sink`: in the order
/// of places, and for each place the most authoritative dataset first.
pub(in crate::places) async fn place_rows(
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
    pub(in crate::places) fn geometry(&self) -> Result<crate::geo::Geometry, DbError> {
        from_wkb(&self.geometry).map_err(corrupt)
    }

    pub(in crate::places) fn days(&self) -> Result<(Option<Date>, Option<Date>), DbError> {
        Ok((day(self.valid_from.clone())?, day(self.retired_on.clone())?))
    }

    pub(in crate::places) fn place(&self) -> Result<PlaceId, DbError> {
        self.id.parse().map_err(corrupt)
    }

    pub(in crate::places) fn fields(&self) -> Result<serde_json::Map<String, serde_json::Value>, DbError> {
        serde_json::from_str(&self.properties).map_err(corrupt)
    }
}
