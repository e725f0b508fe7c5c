//! SQL of what editors say.

use std::collections::HashMap;

use crate::{
    auth::AccountId,
    catalogue::LayerId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    layers::PlaceId,
    on,
    places::{
        dataset::DatasetId,
        editing::{Difference, Override},
    },
};

use super::{corrupt, day, place_rows::PlaceRow};

/// What editors say of the layer's places that changed after version `since`, by place.
pub(in crate::places) async fn overrides(
    tx: &mut Tx,
    layer: LayerId,
    since: i64,
) -> Result<HashMap<String, Override>, DbError> {
    let rows: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT o.place, o.state FROM place_override o JOIN place p ON p.id = o.place
         WHERE o.layer = $1 AND p.version > $2")
        .bind(layer.as_str()).bind(since).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(place, state)| Ok((place, Override::from_json(&state).map_err(corrupt)?)))
        .collect()
}

/// What editors say of the places of a dataset, by the key of its record: the place, and what they say.
pub(in crate::places) async fn overrides_of_dataset(
    tx: &mut Tx,
    dataset: &DatasetId,
) -> Result<HashMap<String, (String, Override)>, DbError> {
    let rows: Vec<(String, String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT r.key, o.place, o.state FROM place_override o JOIN record r ON r.place = o.place WHERE r.dataset = $1")
        .bind(dataset.as_str()).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(key, place, state)| Ok((key, (place, Override::from_json(&state).map_err(corrupt)?))))
        .collect()
}

/// A place's layer and the layer's version in which it last changed.
pub(in crate::places) async fn place_head(
    tx: &mut Tx,
    place: PlaceId,
) -> Result<Option<(LayerId, i64)>, DbError> {
    let row: Option<(String, i64)> = on!(tx, conn =>
        sqlx::query_as("SELECT layer, version FROM place WHERE id = $1")
            .bind(place.as_str()).fetch_optional(conn).await)?;
    row.map(|(layer, version)| Ok((layer.parse().map_err(corrupt)?, version))).transpose()
}

/// The records of one place, the most authoritative dataset first.
pub(in crate::places) async fn rows_of_place(tx: &mut Tx, place: PlaceId) -> Result<Vec<PlaceRow>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT p.id, p.position, r.dataset, r.geometry, r.properties, r.valid_from, r.retired_on, r.vanished
         FROM place p JOIN record r ON r.place = p.id JOIN dataset d ON d.id = r.dataset
         WHERE p.id = $1 ORDER BY d.rank, d.id")
        .bind(place.as_str()).fetch_all(conn).await)?)
}

/// How many edits a place has had, and what editors say of it now.
pub(in crate::places) async fn override_of(
    tx: &mut Tx,
    place: PlaceId,
) -> Result<Option<(i64, Override)>, DbError> {
    let row: Option<(i64, String)> = on!(tx, conn =>
        sqlx::query_as("SELECT version, state FROM place_override WHERE place = $1")
            .bind(place.as_str()).fetch_optional(conn).await)?;
    row.map(|(version, state)| Ok((version, Override::from_json(&state).map_err(corrupt)?))).transpose()
}

/// One edit, as it is stored.
#[derive(Clone, Debug)]
pub(in crate::places) struct Edit {
    pub(in crate::places) version: i64,
    pub(in crate::places) kind: &'static str,
    pub(in crate::places) undone_to: Option<i64>,
    pub(in crate::places) account: AccountId,
    pub(in crate::places) reason: String,
    pub(in crate::places) changes: Vec<Difference>,
}

/// Stores what editors say from now on, and the edit in the history.
pub(in crate::places) async fn save_edit(
    tx: &mut Tx,
    (layer, place): (LayerId, PlaceId),
    edit: &Edit,
    over: &Override,
    now: Timestamp,
) -> Result<(), DbError> {
    let state = over.to_json();
    on!(tx, conn => sqlx::query(
        "INSERT INTO place_override (place, layer, version, state) VALUES ($1, $2, $3, $4)
         ON CONFLICT (place) DO UPDATE SET version = excluded.version, state = excluded.state")
        .bind(place.as_str()).bind(layer.as_str()).bind(edit.version).bind(&state)
        .execute(conn).await.map(|_| ()))?;
    let changes = serde_json::to_string(&edit.changes).map_err(corrupt)?;
    on!(tx, conn => sqlx::query(
        "INSERT INTO place_edit (place, version, at, account, kind, undone_to, reason, state, changes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(place.as_str()).bind(edit.version).bind(now.as_microsecond()).bind(edit.account.to_string())
        .bind(edit.kind).bind(edit.undone_to).bind(&edit.reason).bind(&state).bind(&changes)
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// What editors said after an edit; `None` when there was no such edit.
pub(in crate::places) async fn state_after(
    tx: &mut Tx,
    place: PlaceId,
    version: i64,
) -> Result<Option<Override>, DbError> {
    let state: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT state FROM place_edit WHERE place = $1 AND version = $2 AND erased_at IS NULL")
        .bind(place.as_str()).bind(version).fetch_optional(conn).await)?;
    state.map(|state| Override::from_json(&state).map_err(corrupt)).transpose()
}

/// One edit, as it is read.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::places) struct EditRow {
    pub(in crate::places) version: i64,
    pub(in crate::places) at: i64,
    pub(in crate::places) account: String,
    pub(in crate::places) login: String,
    pub(in crate::places) kind: String,
    pub(in crate::places) undone_to: Option<i64>,
    pub(in crate::places) reason: String,
    pub(in crate::places) changes: String,
}

/// The edits of a place, the latest first.
pub(in crate::places) async fn edits(tx: &mut Tx, place: PlaceId) -> Result<Vec<EditRow>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT e.version, e.at, e.account, a.login, e.kind, e.undone_to, e.reason, e.changes
         FROM place_edit e JOIN account a ON a.id = e.account WHERE e.place = $1 ORDER BY e.version DESC")
        .bind(place.as_str()).fetch_all(conn).await)?)
}

/// Whether editors add the records of a dataset themselves.
pub(in crate::places) async fn is_own(tx: &mut Tx, dataset: &DatasetId) -> Result<bool, DbError> {
    let kind: Option<String> = on!(tx, conn => sqlx::query_scalar("SELECT kind FROM dataset WHERE id = $1")
        .bind(dataset.as_str()).fetch_optional(conn).await)?;
    Ok(kind.as_deref() == Some("own"))
}

/// The dataset to which the editors of a department add places of a layer.
pub(in crate::places) async fn own_dataset(
    tx: &mut Tx,
    layer: LayerId,
    steward: &str,
) -> Result<Option<DatasetId>, DbError> {
    let id: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT id FROM dataset WHERE layer = $1 AND steward = $2 AND kind = 'own' ORDER BY id LIMIT 1")
        .bind(layer.as_str()).bind(steward).fetch_optional(conn).await)?;
    id.map(|id| id.parse().map_err(corrupt)).transpose()
}

/// Says that editors add the records of a dataset themselves.
pub(in crate::places) async fn make_own(tx: &mut Tx, dataset: &DatasetId) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE dataset SET kind = 'own' WHERE id = $1")
        .bind(dataset.as_str()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Every dataset: id and kind, in the order of layers.
pub(in crate::places) async fn dataset_kinds(tx: &mut Tx) -> Result<Vec<(String, bool)>, DbError> {
    let rows: Vec<(String, String)> = on!(tx, conn =>
        sqlx::query_as("SELECT id, kind FROM dataset ORDER BY layer, rank, id").fetch_all(conn).await)?;
    Ok(rows.into_iter().map(|(id, kind)| (id, kind == "own")).collect())
}

/// Sets the day on which a dataset was last confirmed.
pub(in crate::places) async fn set_confirmed(
    tx: &mut Tx,
    dataset: &DatasetId,
    day: Option<Date>,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE dataset SET last_confirmed = $2, updated_at = $3 WHERE id = $1")
        .bind(dataset.as_str()).bind(day.map(|day| day.to_string())).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Notes that somebody confirmed a dataset.
pub(in crate::places) async fn insert_confirmation(
    tx: &mut Tx,
    (id, dataset, account): (uuid::Uuid, &DatasetId, AccountId),
    (today, before): (Date, Option<Date>),
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO dataset_confirmation (id, dataset, at, account, day, before, undone)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id.to_string()).bind(dataset.as_str()).bind(now.as_microsecond()).bind(account.to_string())
        .bind(today.to_string()).bind(before.map(|day| day.to_string())).bind(false)
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// A confirmation that can be taken back: its id, its day, and the day before it.
pub(in crate::places) struct Confirmation {
    pub(in crate::places) id: String,
    pub(in crate::places) account: String,
    pub(in crate::places) day: Option<Date>,
    pub(in crate::places) before: Option<Date>,
}

/// The last confirmation of a dataset that was not taken back.
pub(in crate::places) async fn last_confirmation(
    tx: &mut Tx,
    dataset: &DatasetId,
) -> Result<Option<Confirmation>, DbError> {
    let row: Option<(String, String, String, Option<String>)> = on!(tx, conn => sqlx::query_as(
        "SELECT id, account, day, before FROM dataset_confirmation WHERE dataset = $1 AND NOT undone
         ORDER BY at DESC, id DESC LIMIT 1")
        .bind(dataset.as_str()).fetch_optional(conn).await)?;
    row.map(|(id, account, on, before)| {
        Ok(Confirmation { id, account, day: day(Some(on))?, before: day(before)? })
    })
    .transpose()
}

/// Takes a confirmation back.
pub(in crate::places) async fn undo_confirmation(tx: &mut Tx, id: &str) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE dataset_confirmation SET undone = $2 WHERE id = $1")
        .bind(id).bind(true).execute(conn).await.map(|_| ()))?;
    Ok(())
}
