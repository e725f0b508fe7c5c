//! SQL of answers. They are only added.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    activations::model::{ActivationId, AnswerId},
    db::{DbError, Tx},
    on,
    vault::{Sealed, Tag},
};

use super::parsed;

/// An answer as it is stored.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    /// Its id.
    pub id: AnswerId,
    /// The activation.
    pub activation: ActivationId,
    /// The how many-th change of the activation it was.
    pub sequence: i64,
    /// What is known of it.
    pub sealed: Sealed,
}

#[derive(FromRow)]
struct Stored {
    id: String,
    activation: String,
    sequence: i64,
    sealed: Vec<u8>,
}

impl Stored {
    fn row(self) -> Result<AnswerRow, DbError> {
        Ok(AnswerRow {
            id: parsed(&self.id)?,
            activation: parsed(&self.activation)?,
            sequence: self.sequence,
            sealed: Sealed::of_stored(self.sealed),
        })
    }
}

/// Adds an answer, found by `resident`. Returns false where its id is taken.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_answer(tx: &mut Tx, row: &AnswerRow, resident: Tag) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO housing_answer (id, activation, sequence, resident, sealed) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO NOTHING")
        .bind(row.id.to_string()).bind(row.activation.to_string()).bind(row.sequence)
        .bind(resident.bytes().as_slice()).bind(row.sealed.bytes())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// The answer of an id.
///
/// # Errors
/// When the database cannot be read.
pub async fn answer(tx: &mut Tx, id: AnswerId) -> Result<Option<AnswerRow>, DbError> {
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, activation, sequence, sealed FROM housing_answer WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// The answers to an activation after so many changes of it.
///
/// # Errors
/// When the database cannot be read.
pub async fn answers(tx: &mut Tx, activation: ActivationId, after: i64) -> Result<Vec<AnswerRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, activation, sequence, sealed FROM housing_answer WHERE activation = $1 AND sequence > $2
         ORDER BY sequence")
        .bind(activation.to_string()).bind(after).fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// The answers to an activation that are found by any of these.
///
/// # Errors
/// When the database cannot be read.
pub async fn answers_of(
    tx: &mut Tx,
    activation: ActivationId,
    residents: &[Tag],
) -> Result<Vec<AnswerRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT id, activation, sequence, sealed FROM housing_answer WHERE activation = ");
        query.push_bind(activation.to_string()).push(" AND resident IN (");
        let mut list = query.separated(", ");
        for tag in residents {
            list.push_bind(tag.bytes().to_vec());
        }
        query.push(") ORDER BY sequence");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter().map(Stored::row).collect()
}

/// The answers to all activations.
///
/// # Errors
/// When the database cannot be read.
pub async fn every_answer(tx: &mut Tx) -> Result<Vec<AnswerRow>, DbError> {
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(
        "SELECT id, activation, sequence, sealed FROM housing_answer ORDER BY id").fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// Puts an answer in place that is sealed anew, with what it is found by.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_answer(tx: &mut Tx, id: AnswerId, resident: Tag, sealed: &Sealed) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE housing_answer SET resident = $2, sealed = $3 WHERE id = $1")
        .bind(id.to_string()).bind(resident.bytes().as_slice()).bind(sealed.bytes())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}
