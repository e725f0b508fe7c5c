//! SQL of who means to come, and who was there: residencies and what is sealed.

use sqlx::QueryBuilder;

use crate::{
    attendance::MarkId,
    councils::model::ResidencyId,
    db::{DbError, Tx},
    gatherings::model::GatheringId,
    on,
    vault::Sealed,
};

use super::parsed;

/// Somebody means to come.
#[derive(Clone, Debug)]
pub struct SignUpRow {
    /// To which gathering.
    pub gathering: GatheringId,
    /// Who.
    pub residency: ResidencyId,
    /// What is known of it.
    pub sealed: Sealed,
}

/// A mark.
#[derive(Clone, Debug)]
pub struct MarkRow {
    /// Its id, from the phone.
    pub id: MarkId,
    /// Of which gathering.
    pub gathering: GatheringId,
    /// Who.
    pub residency: ResidencyId,
    /// What it says.
    pub sealed: Sealed,
}

pub(super) type StoredSignUp = (String, String, Vec<u8>);
pub(super) type StoredMark = (String, String, String, Vec<u8>);

pub(super) fn sign_up_row((gathering, residency, sealed): StoredSignUp) -> Result<SignUpRow, DbError> {
    let (gathering, residency) = (parsed(&gathering)?, parsed(&residency)?);
    Ok(SignUpRow { gathering, residency, sealed: Sealed::of_stored(sealed) })
}

pub(super) fn mark_row((id, gathering, residency, sealed): StoredMark) -> Result<MarkRow, DbError> {
    let (id, gathering, residency) = (parsed(&id)?, parsed(&gathering)?, parsed(&residency)?);
    Ok(MarkRow { id, gathering, residency, sealed: Sealed::of_stored(sealed) })
}

/// Notes that somebody means to come, unless it is known.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_sign_up(tx: &mut Tx, row: &SignUpRow) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO gathering_sign_up (gathering, residency, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(row.gathering.to_string()).bind(row.residency.to_string()).bind(row.sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Forgets that somebody means to come.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_sign_up(
    tx: &mut Tx,
    gathering: GatheringId,
    residency: ResidencyId,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM gathering_sign_up WHERE gathering = $1 AND residency = $2")
        .bind(gathering.to_string()).bind(residency.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Who means to come to a gathering.
///
/// # Errors
/// When the database cannot be read.
pub async fn sign_ups(tx: &mut Tx, gathering: GatheringId) -> Result<Vec<SignUpRow>, DbError> {
    let rows: Vec<StoredSignUp> = on!(tx, conn => sqlx::query_as(
        "SELECT gathering, residency, sealed FROM gathering_sign_up WHERE gathering = $1 ORDER BY residency")
        .bind(gathering.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(sign_up_row).collect()
}

/// To what these people mean to come.
///
/// # Errors
/// When the database cannot be read.
pub async fn sign_ups_of(tx: &mut Tx, people: &[ResidencyId]) -> Result<Vec<SignUpRow>, DbError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<StoredSignUp> = on!(tx, conn => {
        let mut query =
            QueryBuilder::new("SELECT gathering, residency, sealed FROM gathering_sign_up WHERE residency IN (");
        let mut list = query.separated(", ");
        for residency in people {
            list.push_bind(residency.to_string());
        }
        query.push(") ORDER BY gathering, residency");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter().map(sign_up_row).collect()
}

/// Adds a mark, unless one has its id. Returns whether it is new.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_mark(tx: &mut Tx, row: &MarkRow) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "INSERT INTO gathering_mark (id, gathering, residency, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING")
        .bind(row.id.to_string()).bind(row.gathering.to_string()).bind(row.residency.to_string())
        .bind(row.sealed.bytes()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// The mark that has an id.
///
/// # Errors
/// When the database cannot be read.
pub async fn mark_of_id(tx: &mut Tx, id: MarkId) -> Result<Option<MarkRow>, DbError> {
    let row: Option<StoredMark> = on!(tx, conn => sqlx::query_as(
        "SELECT id, gathering, residency, sealed FROM gathering_mark WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(mark_row).transpose()
}

/// The marks of a gathering.
///
/// # Errors
/// When the database cannot be read.
pub async fn marks(tx: &mut Tx, gathering: GatheringId) -> Result<Vec<MarkRow>, DbError> {
    let rows: Vec<StoredMark> = on!(tx, conn => sqlx::query_as(
        "SELECT id, gathering, residency, sealed FROM gathering_mark WHERE gathering = $1 ORDER BY id")
        .bind(gathering.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(mark_row).collect()
}

/// The marks of these people.
///
/// # Errors
/// When the database cannot be read.
pub async fn marks_of(tx: &mut Tx, people: &[ResidencyId]) -> Result<Vec<MarkRow>, DbError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<StoredMark> = on!(tx, conn => {
        let mut query =
            QueryBuilder::new("SELECT id, gathering, residency, sealed FROM gathering_mark WHERE residency IN (");
        let mut list = query.separated(", ");
        for residency in people {
            list.push_bind(residency.to_string());
        }
        query.push(") ORDER BY id");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter().map(mark_row).collect()
}
