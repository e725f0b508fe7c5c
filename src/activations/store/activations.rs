//! SQL of activations.

use sqlx::FromRow;

use crate::{
    activations::model::ActivationId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    vault::Sealed,
};

use super::{moment, parsed};

/// An activation as it is stored.
#[derive(Clone, Debug)]
pub struct ActivationRow {
    /// Its id.
    pub id: ActivationId,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Counts its changes.
    pub sequence: i64,
    /// What is known of it.
    pub sealed: Sealed,
}

/// A change that was counted: until the transaction ends, nobody else changes anything of the activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The how many-th change it is.
    pub sequence: i64,
    /// When the activation ended.
    pub ended_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct Stored {
    id: String,
    ended_at: Option<i64>,
    sequence: i64,
    sealed: Vec<u8>,
}

impl Stored {
    fn row(self) -> Result<ActivationRow, DbError> {
        Ok(ActivationRow {
            id: parsed(&self.id)?,
            ended_at: self.ended_at.map(moment).transpose()?,
            sequence: self.sequence,
            sealed: Sealed::of_stored(self.sealed),
        })
    }
}

/// Adds an activation that goes on. Returns false where there is one of that id, or another goes on.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_activation(tx: &mut Tx, id: ActivationId, sealed: &Sealed) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO housing_activation (id, sequence, sealed) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING")
        .bind(id.to_string()).bind(sealed.bytes()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// All activations.
///
/// # Errors
/// When the database cannot be read.
pub async fn activations(tx: &mut Tx) -> Result<Vec<ActivationRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, ended_at, sequence, sealed FROM housing_activation ORDER BY id").fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// An activation.
///
/// # Errors
/// When the database cannot be read.
pub async fn activation(tx: &mut Tx, id: ActivationId) -> Result<Option<ActivationRow>, DbError> {
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, ended_at, sequence, sealed FROM housing_activation WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// The activation that goes on.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_activation(tx: &mut Tx) -> Result<Option<ActivationRow>, DbError> {
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, ended_at, sequence, sealed FROM housing_activation WHERE ended_at IS NULL")
        .fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// How far an activation is: how many changes it has had, and when it ended. What is asked again and again while somebody looks.
///
/// # Errors
/// When the database cannot be read.
pub async fn standing(tx: &mut Tx, id: ActivationId) -> Result<Option<Counted>, DbError> {
    let row: Option<(i64, Option<i64>)> = on!(tx, conn => sqlx::query_as(
        "SELECT sequence, ended_at FROM housing_activation WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(|(sequence, ended_at)| Ok(Counted { sequence, ended_at: ended_at.map(moment).transpose()? }))
        .transpose()
}

/// Counts a change, before it is made. None where there is no such activation.
///
/// # Errors
/// When the database cannot be written.
pub async fn count_change(tx: &mut Tx, id: ActivationId) -> Result<Option<Counted>, DbError> {
    let row: Option<(i64, Option<i64>)> = on!(tx, conn => sqlx::query_as(
        "UPDATE housing_activation SET sequence = sequence + 1 WHERE id = $1 RETURNING sequence, ended_at")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(|(sequence, ended_at)| Ok(Counted { sequence, ended_at: ended_at.map(moment).transpose()? }))
        .transpose()
}

/// Ends an activation that goes on.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_activation(tx: &mut Tx, id: ActivationId, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE housing_activation SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(id.to_string()).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Puts an activation in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_activation(tx: &mut Tx, id: ActivationId, sealed: &Sealed) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE housing_activation SET sealed = $2 WHERE id = $1")
        .bind(id.to_string()).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
