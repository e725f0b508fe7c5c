//! SQL of forgetting who took part.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
};

/// How many outings started before of which it is known who took part.
///
/// # Errors
/// When the database cannot be read.
pub async fn outings_due(tx: &mut Tx, before: Timestamp) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM outing WHERE starts_at < $1 AND erased_at IS NULL")
        .bind(before.as_microsecond()).fetch_one(conn).await)?)
}

/// Forgets who took part in the oldest of them. Returns how many outings, and how many rows.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_outings(
    tx: &mut Tx,
    before: Timestamp,
    limit: i64,
    now: Timestamp,
) -> Result<(i64, i64), DbError> {
    let ids: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT id FROM outing WHERE starts_at < $1 AND erased_at IS NULL ORDER BY starts_at LIMIT $2")
        .bind(before.as_microsecond()).bind(limit).fetch_all(conn).await)?;
    let mut rows = 0;
    for id in &ids {
        for sql in [
            "DELETE FROM sign_up WHERE outing = $1",
            "DELETE FROM outing_mark WHERE outing = $1",
            "DELETE FROM outing_trainer WHERE outing = $1",
            "UPDATE outing_host SET token = NULL, message = NULL WHERE outing = $1",
        ] {
            rows += on!(tx, conn => sqlx::query(sql).bind(id).execute(conn).await.map(|done| done.rows_affected()))?;
        }
        // The key names the visits of those who were there.
        on!(tx, conn => sqlx::query("UPDATE outing SET erased_at = $2, secret = $3, created_by = NULL WHERE id = $1")
            .bind(id).bind(now.as_microsecond()).bind(vec![0_u8; 32]).execute(conn).await.map(|_| ()))?;
    }
    Ok((ids.len() as i64, rows as i64))
}
