//! SQL of what counts changes, and of when it was last looked.

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
};

use super::maybe;

/// The number of the next change. Whoever has it holds it until the end of the transaction: changes are seen in the order of
/// their numbers.
///
/// # Errors
/// When the database cannot be written.
pub async fn next_change(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "UPDATE training_state SET change = change + 1 WHERE id = 1 RETURNING change").fetch_one(conn).await)?)
}

/// How far changes have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The number of the last one.
    pub last: i64,
    /// How often anything was taken away.
    pub erasures: i64,
}

/// How far changes have come.
///
/// # Errors
/// When the database cannot be read.
pub async fn changes(tx: &mut Tx) -> Result<Changes, DbError> {
    let (last, erasures): (i64, i64) = on!(tx, conn =>
        sqlx::query_as("SELECT change, erasures FROM training_state").fetch_one(conn).await)?;
    Ok(Changes { last, erasures })
}

/// Notes that something was taken away.
///
/// # Errors
/// When the database cannot be written.
pub async fn note_erasure(tx: &mut Tx) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE training_state SET erasures = erasures + 1").execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// By what obligations were last assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The day; none before the first time.
    pub on: Option<Date>,
    /// The revision of the roster.
    pub roster: i64,
}

/// By what obligations were last assessed.
///
/// # Errors
/// When the database cannot be read.
pub async fn looked(tx: &mut Tx) -> Result<Looked, DbError> {
    let (on, roster): (String, i64) = on!(tx, conn =>
        sqlx::query_as("SELECT assessed_on, roster FROM training_state").fetch_one(conn).await)?;
    Ok(Looked { on: maybe(Some(on.as_str()).filter(|day| !day.is_empty()))?, roster })
}

/// Remembers by what obligations were assessed, and lets others do it next time.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_looked(tx: &mut Tx, looked: Looked) -> Result<(), DbError> {
    let on = looked.on.map(|day| day.to_string()).unwrap_or_default();
    on!(tx, conn => sqlx::query("UPDATE training_state SET assessed_on = $1, roster = $2, claimed_until = 0")
        .bind(on).bind(looked.roster).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Claims to be the one who assesses, until a moment. Returns false when somebody else is.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(tx: &mut Tx, now: Timestamp, until: Timestamp) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query("UPDATE training_state SET claimed_until = $2 WHERE claimed_until <= $1")
        .bind(now.as_microsecond()).bind(until.as_microsecond()).execute(conn).await
        .map(|done| done.rows_affected()))?;
    Ok(done > 0)
}
