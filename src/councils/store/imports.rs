//! SQL of lists of homes that wait to be confirmed.

use crate::{
    clock::Timestamp,
    councils::model::ImportId,
    db::{DbError, Tx},
    on,
    vault::Sealed,
};

/// Keeps a list until it is confirmed.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_import(
    tx: &mut Tx,
    id: ImportId,
    sealed: &Sealed,
    made_at: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("INSERT INTO register_import (id, made_at, sealed) VALUES ($1, $2, $3)")
        .bind(id.to_string()).bind(made_at.as_microsecond()).bind(sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// A list that waits and was brought at a moment or later.
///
/// # Errors
/// When the database cannot be read.
pub async fn import_sealed(tx: &mut Tx, id: ImportId, since: Timestamp) -> Result<Option<Sealed>, DbError> {
    let sealed: Option<Vec<u8>> = on!(tx, conn => sqlx::query_scalar(
        "SELECT sealed FROM register_import WHERE id = $1 AND made_at >= $2")
        .bind(id.to_string()).bind(since.as_microsecond()).fetch_optional(conn).await)?;
    Ok(sealed.map(Sealed::of_stored))
}

/// Forgets a list. `false` when it was not there.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_import(tx: &mut Tx, id: ImportId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query("DELETE FROM register_import WHERE id = $1")
        .bind(id.to_string()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Forgets all lists that wait.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_imports(tx: &mut Tx) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM register_import").execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// How many lists wait since before a moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn imports_due(tx: &mut Tx, before: Timestamp) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM register_import WHERE made_at < $1")
        .bind(before.as_microsecond()).fetch_one(conn).await)?)
}

/// Erases the oldest of them. Returns how many. It needs no key.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_imports(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "DELETE FROM register_import WHERE id IN
             (SELECT id FROM register_import WHERE made_at < $1 ORDER BY made_at LIMIT $2)")
        .bind(before.as_microsecond()).bind(limit).execute(conn).await
        .map(|done| done.rows_affected() as i64))?)
}
