//! SQL of who was a resident on the day.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    activations::model::ActivationId,
    councils::model::ResidencyId,
    db::{DbError, Tx},
    on,
    vault::Sealed,
};

use super::parsed;

/// A resident on the roll, as it is stored.
#[derive(Clone, Debug)]
pub struct RollRow {
    /// The activation.
    pub activation: ActivationId,
    /// Their residency.
    pub residency: ResidencyId,
    /// The how many-th change of the activation was the last of this row.
    pub changed: i64,
    /// What is known of them.
    pub sealed: Sealed,
}

#[derive(FromRow)]
struct Stored {
    activation: String,
    residency: String,
    changed: i64,
    sealed: Vec<u8>,
}

impl Stored {
    fn row(self) -> Result<RollRow, DbError> {
        Ok(RollRow {
            activation: parsed(&self.activation)?,
            residency: parsed(&self.residency)?,
            changed: self.changed,
            sealed: Sealed::of_stored(self.sealed),
        })
    }
}

/// Rows in one statement: both engines take that many values.
const BULK: usize = 500;

/// Puts residents on the roll.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_roll(tx: &mut Tx, rows: &[RollRow]) -> Result<(), DbError> {
    for bulk in rows.chunks(BULK) {
        on!(tx, conn => {
            let mut query = QueryBuilder::new("INSERT INTO housing_roll (activation, residency, changed, sealed) ");
            query.push_values(bulk, |mut values, row| {
                values
                    .push_bind(row.activation.to_string())
                    .push_bind(row.residency.to_string())
                    .push_bind(row.changed)
                    .push_bind(row.sealed.bytes().to_vec());
            });
            query.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Who is on the roll of an activation, as far as it was changed after so many changes; of `-1` it is everybody.
///
/// # Errors
/// When the database cannot be read.
pub async fn roll(tx: &mut Tx, activation: ActivationId, after: i64) -> Result<Vec<RollRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT activation, residency, changed, sealed FROM housing_roll WHERE activation = $1 AND changed > $2
         ORDER BY residency")
        .bind(activation.to_string()).bind(after).fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// The rolls of all activations.
///
/// # Errors
/// When the database cannot be read.
pub async fn every_roll_row(tx: &mut Tx) -> Result<Vec<RollRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT activation, residency, changed, sealed FROM housing_roll ORDER BY activation, residency")
        .fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// A resident on the roll of an activation.
///
/// # Errors
/// When the database cannot be read.
pub async fn roll_row(
    tx: &mut Tx,
    activation: ActivationId,
    residency: ResidencyId,
) -> Result<Option<RollRow>, DbError> {
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT activation, residency, changed, sealed FROM housing_roll WHERE activation = $1 AND residency = $2")
        .bind(activation.to_string()).bind(residency.to_string()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// Puts what is known of a resident in place, changed or sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn update_roll_row(tx: &mut Tx, row: &RollRow) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "UPDATE housing_roll SET changed = $3, sealed = $4 WHERE activation = $1 AND residency = $2")
        .bind(row.activation.to_string()).bind(row.residency.to_string()).bind(row.changed).bind(row.sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}
