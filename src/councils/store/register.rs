//! SQL of buildings, units, residencies and decisions. What it stores is sealed: nothing here can be read without the key.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    clock::Date,
    councils::model::{HousingId, ResidencyId, UnitId},
    db::{DbError, Tx},
    on,
    vault::{Sealed, Tag},
};

use super::parsed;

/// A sealed row of a table of its own.
#[derive(Clone, Debug)]
pub struct Row<Id, Parent> {
    /// Its id.
    pub id: Id,
    /// What it belongs to.
    pub parent: Parent,
    /// Counts the changes.
    pub version: i64,
    /// What is known of it.
    pub sealed: Sealed,
}

/// A residency as it is stored.
pub type ResidencyRow = Row<ResidencyId, UnitId>;

/// A decision as it is stored.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    /// Of which residency.
    pub residency: ResidencyId,
    /// The how many-th of it, from 1.
    pub number: i64,
    /// What was decided.
    pub sealed: Sealed,
}

#[derive(FromRow)]
struct Stored {
    id: String,
    parent: String,
    version: i64,
    sealed: Vec<u8>,
}

impl Stored {
    fn row<Id, Parent>(self) -> Result<Row<Id, Parent>, DbError>
    where
        Id: std::str::FromStr<Err: std::fmt::Display>,
        Parent: std::str::FromStr<Err: std::fmt::Display>,
    {
        Ok(Row {
            id: parsed(&self.id)?,
            parent: parsed(&self.parent)?,
            version: self.version,
            sealed: Sealed::of_stored(self.sealed),
        })
    }
}

/// Begins a change of the register: until it ends, nobody else changes it. Returns the version that it makes.
///
/// # Errors
/// When the database cannot be written.
pub async fn begin_change(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "UPDATE register_state SET version = version + 1 WHERE id = 1 RETURNING version")
        .fetch_one(conn).await)?)
}

/// The version of the register: it grows with each change.
///
/// # Errors
/// When the database cannot be read.
pub async fn register_version(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT version FROM register_state WHERE id = 1")
        .fetch_one(conn).await)?)
}

/// All buildings. A building belongs to itself.
///
/// # Errors
/// When the database cannot be read.
pub async fn housing_rows(tx: &mut Tx) -> Result<Vec<Row<HousingId, HousingId>>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as("SELECT id, id AS parent, version, sealed FROM housing ORDER BY id")
            .fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// A building.
///
/// # Errors
/// When the database cannot be read.
pub async fn housing_row(tx: &mut Tx, id: HousingId) -> Result<Option<Row<HousingId, HousingId>>, DbError> {
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as("SELECT id, id AS parent, version, sealed FROM housing WHERE id = $1")
            .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// Adds a building.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_housing(tx: &mut Tx, id: HousingId, sealed: &Sealed) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("INSERT INTO housing (id, version, sealed) VALUES ($1, 1, $2)")
        .bind(id.to_string()).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Changes a building that is at this version. Returns whether it was.
///
/// # Errors
/// When the database cannot be written.
pub async fn update_housing(
    tx: &mut Tx,
    id: HousingId,
    version: i64,
    sealed: &Sealed,
) -> Result<bool, DbError> {
    changed(
        tx,
        "UPDATE housing SET version = version + 1, sealed = $3 WHERE id = $1 AND version = $2",
        (&id, version),
        sealed,
    )
    .await
}

/// Takes a building away that has no units.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_housing(tx: &mut Tx, id: HousingId) -> Result<bool, DbError> {
    gone(
        tx,
        "DELETE FROM housing WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM housing_unit u WHERE u.housing = housing.id)",
        &id,
    )
    .await
}

/// All units.
///
/// # Errors
/// When the database cannot be read.
pub async fn unit_rows(tx: &mut Tx) -> Result<Vec<Row<UnitId, HousingId>>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, housing AS parent, version, sealed FROM housing_unit ORDER BY id").fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// A unit.
///
/// # Errors
/// When the database cannot be read.
pub async fn unit_row(tx: &mut Tx, id: UnitId) -> Result<Option<Row<UnitId, HousingId>>, DbError> {
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, housing AS parent, version, sealed FROM housing_unit WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// Adds a unit to a building.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_unit(
    tx: &mut Tx,
    id: UnitId,
    housing: HousingId,
    sealed: &Sealed,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("INSERT INTO housing_unit (id, housing, version, sealed) VALUES ($1, $2, 1, $3)")
        .bind(id.to_string()).bind(housing.to_string()).bind(sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Changes a unit that is at this version. Returns whether it was.
///
/// # Errors
/// When the database cannot be written.
pub async fn update_unit(tx: &mut Tx, id: UnitId, version: i64, sealed: &Sealed) -> Result<bool, DbError> {
    changed(
        tx,
        "UPDATE housing_unit SET version = version + 1, sealed = $3 WHERE id = $1 AND version = $2",
        (&id, version),
        sealed,
    )
    .await
}

/// Takes a unit away in which nobody lives or lived.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_unit(tx: &mut Tx, id: UnitId) -> Result<bool, DbError> {
    gone(
        tx,
        "DELETE FROM housing_unit WHERE id = $1
         AND NOT EXISTS (SELECT 1 FROM residency r WHERE r.unit = housing_unit.id)",
        &id,
    )
    .await
}

/// All residencies.
///
/// # Errors
/// When the database cannot be read.
pub async fn residency_rows(tx: &mut Tx) -> Result<Vec<ResidencyRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, unit AS parent, version, sealed FROM residency ORDER BY id").fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// The residencies that are found by any of these.
///
/// # Errors
/// When the database cannot be read.
pub async fn residency_rows_of(
    tx: &mut Tx,
    tags: impl IntoIterator<Item = Tag>,
) -> Result<Vec<ResidencyRow>, DbError> {
    let tags: Vec<Tag> = tags.into_iter().collect();
    let rows: Vec<Stored> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT id, unit AS parent, version, sealed FROM residency WHERE staff IN (");
        let mut list = query.separated(", ");
        for tag in &tags {
            list.push_bind(tag.bytes().to_vec());
        }
        query.push(") ORDER BY id");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter().map(Stored::row).collect()
}

/// A residency.
///
/// # Errors
/// When the database cannot be read.
pub async fn residency_row(tx: &mut Tx, id: ResidencyId) -> Result<Option<ResidencyRow>, DbError> {
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, unit AS parent, version, sealed FROM residency WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// Adds a residency: in which unit, by what it is found, when it ends, and what is known of it.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_residency(
    tx: &mut Tx,
    (id, unit): (ResidencyId, UnitId),
    (staff, ended_on): (Tag, Option<Date>),
    sealed: &Sealed,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO residency (id, unit, version, staff, ended_on, sealed) VALUES ($1, $2, 1, $3, $4, $5)")
        .bind(id.to_string()).bind(unit.to_string()).bind(staff.bytes().as_slice())
        .bind(ended_on.map(|day| day.to_string())).bind(sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Changes a residency that is at this version. Returns whether it was.
///
/// # Errors
/// When the database cannot be written.
pub async fn update_residency(
    tx: &mut Tx,
    (id, version): (ResidencyId, i64),
    (staff, ended_on): (Tag, Option<Date>),
    sealed: &Sealed,
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "UPDATE residency SET version = version + 1, staff = $3, ended_on = $4, sealed = $5
         WHERE id = $1 AND version = $2")
        .bind(id.to_string()).bind(version).bind(staff.bytes().as_slice())
        .bind(ended_on.map(|day| day.to_string())).bind(sealed.bytes())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Takes a residency away that was entered by mistake, with what was decided of it.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_residency(tx: &mut Tx, id: ResidencyId) -> Result<bool, DbError> {
    gone(tx, "DELETE FROM council_decision WHERE residency = $1", &id).await?;
    gone(tx, "DELETE FROM residency WHERE id = $1", &id).await
}

#[derive(FromRow)]
struct StoredDecision {
    residency: String,
    number: i64,
    sealed: Vec<u8>,
}

impl StoredDecision {
    fn row(self) -> Result<DecisionRow, DbError> {
        Ok(DecisionRow {
            residency: parsed(&self.residency)?,
            number: self.number,
            sealed: Sealed::of_stored(self.sealed),
        })
    }
}

/// All decisions.
///
/// # Errors
/// When the database cannot be read.
pub async fn decision_rows(tx: &mut Tx) -> Result<Vec<DecisionRow>, DbError> {
    let rows: Vec<StoredDecision> = on!(tx, conn => sqlx::query_as(
        "SELECT residency, number, sealed FROM council_decision ORDER BY residency, number").fetch_all(conn).await)?;
    rows.into_iter().map(StoredDecision::row).collect()
}

/// What was decided of a residency.
///
/// # Errors
/// When the database cannot be read.
pub async fn decision_rows_of(tx: &mut Tx, residency: ResidencyId) -> Result<Vec<DecisionRow>, DbError> {
    let rows: Vec<StoredDecision> = on!(tx, conn => sqlx::query_as(
        "SELECT residency, number, sealed FROM council_decision WHERE residency = $1 ORDER BY number")
        .bind(residency.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(StoredDecision::row).collect()
}

/// Adds a decision. Returns false where there is one of that number already: somebody else decided meanwhile.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_decision(tx: &mut Tx, row: &DecisionRow) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO council_decision (residency, number, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(row.residency.to_string()).bind(row.number).bind(row.sealed.bytes())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Puts a building in place that is sealed anew; what is known of it is the same.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_housing(tx: &mut Tx, id: HousingId, sealed: &Sealed) -> Result<(), DbError> {
    resealed(tx, "UPDATE housing SET sealed = $2 WHERE id = $1", &id, sealed).await
}

/// Puts a unit in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_unit(tx: &mut Tx, id: UnitId, sealed: &Sealed) -> Result<(), DbError> {
    resealed(tx, "UPDATE housing_unit SET sealed = $2 WHERE id = $1", &id, sealed).await
}

/// Puts a residency in place that is sealed anew, with what it is found by.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_residency(
    tx: &mut Tx,
    id: ResidencyId,
    staff: Tag,
    sealed: &Sealed,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE residency SET staff = $2, sealed = $3 WHERE id = $1")
        .bind(id.to_string()).bind(staff.bytes().as_slice()).bind(sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Puts a decision in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_decision(tx: &mut Tx, row: &DecisionRow) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE council_decision SET sealed = $3 WHERE residency = $1 AND number = $2")
        .bind(row.residency.to_string()).bind(row.number).bind(row.sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

async fn resealed(
    tx: &mut Tx,
    sql: &'static str,
    id: &(impl std::fmt::Display + Sync),
    sealed: &Sealed,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(sql).bind(id.to_string()).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

async fn changed(
    tx: &mut Tx,
    sql: &'static str,
    (id, version): (&(impl std::fmt::Display + Sync), i64),
    sealed: &Sealed,
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(sql)
        .bind(id.to_string()).bind(version).bind(sealed.bytes())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

async fn gone(tx: &mut Tx, sql: &'static str, id: &(impl std::fmt::Display + Sync)) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(sql)
        .bind(id.to_string()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}
