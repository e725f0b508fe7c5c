//! SQL of consents.

use crate::{
    councils::model::ResidencyId,
    db::{DbError, Tx},
    on,
    vault::Sealed,
};

use super::parsed;

/// What a resident has consented to.
///
/// # Errors
/// When the database cannot be read.
pub async fn consent(tx: &mut Tx, residency: ResidencyId) -> Result<Option<Sealed>, DbError> {
    let row: Option<Vec<u8>> = on!(tx, conn => sqlx::query_scalar(
        "SELECT sealed FROM introduction WHERE residency = $1")
        .bind(residency.to_string()).fetch_optional(conn).await)?;
    Ok(row.map(Sealed::of_stored))
}

/// What everybody has consented to.
///
/// # Errors
/// When the database cannot be read.
pub async fn consents(tx: &mut Tx) -> Result<Vec<(ResidencyId, Sealed)>, DbError> {
    let rows: Vec<(String, Vec<u8>)> = on!(tx, conn => sqlx::query_as(
        "SELECT residency, sealed FROM introduction ORDER BY residency").fetch_all(conn).await)?;
    rows.into_iter().map(|(residency, sealed)| Ok((parsed(&residency)?, Sealed::of_stored(sealed)))).collect()
}

/// Keeps what a resident consents to, in place of what they consented to before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_consent(tx: &mut Tx, residency: ResidencyId, sealed: &Sealed) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO introduction (residency, sealed) VALUES ($1, $2)
         ON CONFLICT (residency) DO UPDATE SET sealed = excluded.sealed")
        .bind(residency.to_string()).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Forgets what a resident has consented to. Returns whether there was anything.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_consent(tx: &mut Tx, residency: ResidencyId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query("DELETE FROM introduction WHERE residency = $1")
        .bind(residency.to_string()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Puts a consent in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_consent(tx: &mut Tx, residency: ResidencyId, sealed: &Sealed) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE introduction SET sealed = $2 WHERE residency = $1")
        .bind(residency.to_string()).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
