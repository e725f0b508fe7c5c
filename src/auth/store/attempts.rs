//! SQL of failed sign-ins.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
};

use super::moment;

/// What is known of the failures under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How many there were.
    pub failures: i64,
    /// When the last one was.
    pub last_at: Timestamp,
    /// Until when no further try is heard.
    pub blocked_until: Timestamp,
}

/// The failures under a key.
///
/// # Errors
/// When the database cannot be read.
pub async fn attempts(tx: &mut Tx, key: &[u8; 32]) -> Result<Option<Attempts>, DbError> {
    let row: Option<(i64, i64, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT failures, last_at, blocked_until FROM attempt WHERE key = $1")
        .bind(key.to_vec()).fetch_optional(conn).await)?;
    row.map(|(failures, last_at, blocked_until)| {
        Ok(Attempts { failures, last_at: moment(last_at)?, blocked_until: moment(blocked_until)? })
    })
    .transpose()
}

/// Writes what is known of the failures under a key.
///
/// # Errors
/// When the database cannot be written.
pub async fn note_failure(tx: &mut Tx, key: &[u8; 32], now: Attempts) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO attempt (key, failures, last_at, blocked_until) VALUES ($1, $2, $3, $4)
         ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at,
             blocked_until = excluded.blocked_until")
        .bind(key.to_vec()).bind(now.failures).bind(now.last_at.as_microsecond())
        .bind(now.blocked_until.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Forgets the failures under a key, and all that are older than `before`.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_attempts(tx: &mut Tx, key: &[u8; 32], before: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM attempt WHERE key = $1 OR last_at < $2")
        .bind(key.to_vec()).bind(before.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
