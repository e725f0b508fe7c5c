//! SQL of what residents hand over.

use crate::{
    clock::Date,
    councils::model::ResidencyId,
    db::{DbError, Tx},
    gatherings::model::{HandoverId, HandoverState},
    on,
    vault::Sealed,
};

use super::parsed;

/// A note as it is stored.
#[derive(Clone, Debug)]
pub struct HandoverRow {
    /// Its id, drawn at random.
    pub id: HandoverId,
    /// The home of whoever wrote it.
    pub residency: ResidencyId,
    /// Counts the changes.
    pub version: i64,
    /// How far it is.
    pub state: HandoverState,
    /// The day of its last change.
    pub changed_on: Date,
    /// What it says.
    pub sealed: Sealed,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    residency: String,
    version: i64,
    state: String,
    changed_on: String,
    sealed: Vec<u8>,
}

impl Row {
    fn row(self) -> Result<HandoverRow, DbError> {
        Ok(HandoverRow {
            id: parsed(&self.id)?,
            residency: parsed(&self.residency)?,
            version: self.version,
            state: parsed(&self.state)?,
            changed_on: parsed(&self.changed_on)?,
            sealed: Sealed::of_stored(self.sealed),
        })
    }
}

/// Every note.
///
/// # Errors
/// When the database cannot be read.
pub async fn handover_rows(tx: &mut Tx) -> Result<Vec<HandoverRow>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, residency, version, state, changed_on, sealed FROM handover_note ORDER BY changed_on, id")
        .fetch_all(conn).await)?;
    rows.into_iter().map(Row::row).collect()
}

/// A note.
///
/// # Errors
/// When the database cannot be read.
pub async fn handover_row(tx: &mut Tx, id: HandoverId) -> Result<Option<HandoverRow>, DbError> {
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, residency, version, state, changed_on, sealed FROM handover_note WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Row::row).transpose()
}

/// The note of a home.
///
/// # Errors
/// When the database cannot be read.
pub async fn handover_of(tx: &mut Tx, residency: ResidencyId) -> Result<Option<HandoverRow>, DbError> {
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, residency, version, state, changed_on, sealed FROM handover_note WHERE residency = $1")
        .bind(residency.to_string()).fetch_optional(conn).await)?;
    row.map(Row::row).transpose()
}

/// Adds a note. Returns false where its home has one: it was written elsewhere meanwhile.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_handover(tx: &mut Tx, row: &HandoverRow) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "INSERT INTO handover_note (id, residency, version, state, changed_on, sealed) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (residency) DO NOTHING")
        .bind(row.id.to_string()).bind(row.residency.to_string()).bind(row.version).bind(row.state.as_str())
        .bind(row.changed_on.to_string()).bind(row.sealed.bytes())
        .execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Puts a note in place of the one that was at the version before. Returns whether it was.
///
/// # Errors
/// When the database cannot be written.
pub async fn update_handover(tx: &mut Tx, row: &HandoverRow) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE handover_note SET version = $2, state = $3, changed_on = $4, sealed = $5
         WHERE id = $1 AND version = $2 - 1")
        .bind(row.id.to_string()).bind(row.version).bind(row.state.as_str()).bind(row.changed_on.to_string())
        .bind(row.sealed.bytes()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}
