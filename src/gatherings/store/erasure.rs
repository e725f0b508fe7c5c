//! SQL of forgetting who took part, and what was handed over. It needs no key.

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
};

/// How many gatherings started before a moment of which it is known who took part.
///
/// # Errors
/// When the database cannot be read.
pub async fn participation_due(tx: &mut Tx, before: Timestamp) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM gathering WHERE starts_at < $1 AND erased_at IS NULL")
        .bind(before.as_microsecond()).fetch_one(conn).await)?)
}

/// Forgets who took part in the oldest of them. Returns how many gatherings, and how many rows.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_participation(
    tx: &mut Tx,
    before: Timestamp,
    limit: i64,
    now: Timestamp,
) -> Result<(i64, i64), DbError> {
    let ids: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT id FROM gathering WHERE starts_at < $1 AND erased_at IS NULL ORDER BY starts_at, id LIMIT $2")
        .bind(before.as_microsecond()).bind(limit).fetch_all(conn).await)?;
    let mut rows = 0;
    for id in &ids {
        for sql in [
            "DELETE FROM gathering_sign_up WHERE gathering = $1",
            "DELETE FROM gathering_mark WHERE gathering = $1",
        ] {
            rows += on!(tx, conn => sqlx::query(sql).bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
        }
        on!(tx, conn => sqlx::query("UPDATE gathering SET erased_at = $2, sealed = NULL WHERE id = $1")
            .bind(id).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    }
    Ok((ids.len() as i64, rows as i64))
}

/// How many handover notes last changed before a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn handovers_due(tx: &mut Tx, before: Date) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM handover_note WHERE changed_on < $1")
        .bind(before.to_string()).fetch_one(conn).await)?)
}

/// Erases the oldest of them. Returns how many.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_handovers(tx: &mut Tx, before: Date, limit: i64) -> Result<i64, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "DELETE FROM handover_note WHERE id IN (
             SELECT id FROM handover_note WHERE changed_on < $1 ORDER BY changed_on, id LIMIT $2)")
        .bind(before.to_string()).bind(limit).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done as i64)
}
