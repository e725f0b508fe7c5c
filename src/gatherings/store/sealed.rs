//! SQL of everything that is sealed, to seal it anew.

use crate::{
    db::{DbError, Tx},
    gatherings::model::{GatheringId, HandoverId},
    on,
    vault::Sealed,
};

use super::{
    MarkRow, SignUpRow, parsed,
    people::{StoredMark, StoredSignUp, mark_row, sign_up_row},
    resealed,
};

/// What of each gathering is sealed.
///
/// # Errors
/// When the database cannot be read.
pub async fn sealed_gatherings(tx: &mut Tx) -> Result<Vec<(GatheringId, Sealed)>, DbError> {
    let rows: Vec<(String, Vec<u8>)> = on!(tx, conn => sqlx::query_as(
        "SELECT id, sealed FROM gathering WHERE sealed IS NOT NULL ORDER BY id").fetch_all(conn).await)?;
    rows.into_iter().map(|(id, sealed)| Ok((parsed(&id)?, Sealed::of_stored(sealed)))).collect()
}

/// Everybody who means to come to anything.
///
/// # Errors
/// When the database cannot be read.
pub async fn sealed_sign_ups(tx: &mut Tx) -> Result<Vec<SignUpRow>, DbError> {
    let rows: Vec<StoredSignUp> = on!(tx, conn => sqlx::query_as(
        "SELECT gathering, residency, sealed FROM gathering_sign_up ORDER BY gathering, residency")
        .fetch_all(conn).await)?;
    rows.into_iter().map(sign_up_row).collect()
}

/// Every mark.
///
/// # Errors
/// When the database cannot be read.
pub async fn sealed_marks(tx: &mut Tx) -> Result<Vec<MarkRow>, DbError> {
    let rows: Vec<StoredMark> = on!(tx, conn => sqlx::query_as(
        "SELECT id, gathering, residency, sealed FROM gathering_mark ORDER BY id").fetch_all(conn).await)?;
    rows.into_iter().map(mark_row).collect()
}

/// Puts a gathering's secret in place that is sealed anew; what it says is the same.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_gathering(tx: &mut Tx, id: GatheringId, sealed: &Sealed) -> Result<(), DbError> {
    resealed(tx, "UPDATE gathering SET sealed = $2 WHERE id = $1 AND sealed IS NOT NULL", &id, sealed).await
}

/// Puts a sign-up in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_sign_up(tx: &mut Tx, row: &SignUpRow) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE gathering_sign_up SET sealed = $3 WHERE gathering = $1 AND residency = $2")
        .bind(row.gathering.to_string()).bind(row.residency.to_string()).bind(row.sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Puts a mark in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_mark(tx: &mut Tx, row: &MarkRow) -> Result<(), DbError> {
    resealed(tx, "UPDATE gathering_mark SET sealed = $2 WHERE id = $1", &row.id, &row.sealed).await
}

/// Puts a handover note in place that is sealed anew, unless it was changed meanwhile: then the newest key has sealed it.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_handover(
    tx: &mut Tx,
    id: HandoverId,
    version: i64,
    sealed: &Sealed,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE handover_note SET sealed = $3 WHERE id = $1 AND version = $2")
        .bind(id.to_string()).bind(version).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
