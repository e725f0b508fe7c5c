//! SQL of who is on which sheet, and what was given of them.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    councils::model::ResidencyId,
    db::{DbError, Tx},
    introductions::model::SheetId,
    on,
    vault::Sealed,
};

use super::parsed;

/// Somebody on a sheet.
#[derive(Clone, Debug)]
pub struct GivenRow {
    /// The sheet.
    pub sheet: SheetId,
    /// Who.
    pub residency: ResidencyId,
    /// What was given of them; none while the link was not opened.
    pub sealed: Option<Sealed>,
}

#[derive(FromRow)]
struct Stored {
    sheet: String,
    residency: String,
    sealed: Option<Vec<u8>>,
}

impl Stored {
    fn row(self) -> Result<GivenRow, DbError> {
        Ok(GivenRow {
            sheet: parsed(&self.sheet)?,
            residency: parsed(&self.residency)?,
            sealed: self.sealed.map(Sealed::of_stored),
        })
    }
}

/// Puts somebody on a sheet: with what is given of them, or, on one that is opened by a link, without.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_given(
    tx: &mut Tx,
    (sheet, residency): (SheetId, ResidencyId),
    sealed: Option<&Sealed>,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO introduction_given (sheet, residency, sealed) VALUES ($1, $2, $3)")
        .bind(sheet.to_string()).bind(residency.to_string()).bind(sealed.map(Sealed::bytes))
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Everybody on any sheet.
///
/// # Errors
/// When the database cannot be read.
pub async fn given(tx: &mut Tx) -> Result<Vec<GivenRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT sheet, residency, sealed FROM introduction_given ORDER BY sheet, residency").fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// Everybody on a sheet.
///
/// # Errors
/// When the database cannot be read.
pub async fn given_on(tx: &mut Tx, sheet: SheetId) -> Result<Vec<GivenRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT sheet, residency, sealed FROM introduction_given WHERE sheet = $1 ORDER BY residency")
        .bind(sheet.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// The sheets on which any of these homes is.
///
/// # Errors
/// When the database cannot be read.
pub async fn given_of(tx: &mut Tx, residencies: &[ResidencyId]) -> Result<Vec<GivenRow>, DbError> {
    if residencies.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Stored> = on!(tx, conn => {
        let mut query =
            QueryBuilder::new("SELECT sheet, residency, sealed FROM introduction_given WHERE residency IN (");
        let mut list = query.separated(", ");
        for residency in residencies {
            list.push_bind(residency.to_string());
        }
        query.push(") ORDER BY sheet, residency");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter().map(Stored::row).collect()
}

/// Keeps what is given of somebody as a link is opened. Returns whether they are still on the sheet.
///
/// # Errors
/// When the database cannot be written.
pub async fn give(
    tx: &mut Tx,
    (sheet, residency): (SheetId, ResidencyId),
    sealed: &Sealed,
) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE introduction_given SET sealed = $3 WHERE sheet = $1 AND residency = $2 AND sealed IS NULL")
        .bind(sheet.to_string()).bind(residency.to_string()).bind(sealed.bytes())
        .execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Takes somebody off a sheet.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_given(tx: &mut Tx, (sheet, residency): (SheetId, ResidencyId)) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM introduction_given WHERE sheet = $1 AND residency = $2")
        .bind(sheet.to_string()).bind(residency.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Takes a home out of every link that was not opened. What was given stays.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_out(tx: &mut Tx, residency: ResidencyId) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM introduction_given WHERE residency = $1 AND sealed IS NULL")
        .bind(residency.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Puts what was given in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_given(
    tx: &mut Tx,
    (sheet, residency): (SheetId, ResidencyId),
    sealed: &Sealed,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "UPDATE introduction_given SET sealed = $3 WHERE sheet = $1 AND residency = $2")
        .bind(sheet.to_string()).bind(residency.to_string()).bind(sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}
