//! SQL of who was reminded of what, and of who reminds.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::StaffId,
    training::model::{ProgrammeId, Told},
    visits::model::FiscalYear,
};

use super::{maybe, parsed};

fn told(occasion: &str, on: &str) -> Result<Told, DbError> {
    Ok(Told { occasion: parsed(occasion)?, on: parsed(on)? })
}

/// Of what everybody was reminded in a fiscal year.
///
/// # Errors
/// When the database cannot be read.
pub async fn told_in_year(
    tx: &mut Tx,
    year: FiscalYear,
) -> Result<HashMap<(ProgrammeId, StaffId), Vec<Told>>, DbError> {
    let rows: Vec<(String, String, String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT programme, staff, occasion, told_on FROM reminder WHERE fiscal_year = $1")
        .bind(i64::from(year.year())).fetch_all(conn).await)?;
    let mut found: HashMap<_, Vec<Told>> = HashMap::new();
    for (programme, staff, occasion, on) in rows {
        found.entry((parsed(&programme)?, parsed(&staff)?)).or_default().push(told(&occasion, &on)?);
    }
    Ok(found)
}

/// When these people were reminded of a programme in a fiscal year, and by what.
///
/// # Errors
/// When the database cannot be read.
pub async fn told_of(
    tx: &mut Tx,
    (programme, year): (ProgrammeId, FiscalYear),
    people: &[StaffId],
) -> Result<HashMap<StaffId, Vec<Told>>, DbError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String, String)> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT staff, occasion, told_on FROM reminder WHERE programme = ");
        query.push_bind(programme.to_string()).push(" AND fiscal_year = ").push_bind(i64::from(year.year()));
        query.push(" AND staff IN (");
        let mut list = query.separated(", ");
        for id in people {
            list.push_bind(id.to_string());
        }
        query.push(")");
        query.build_query_as().fetch_all(conn).await
    })?;
    let mut found: HashMap<_, Vec<Told>> = HashMap::new();
    for (staff, occasion, on) in rows {
        found.entry(parsed(&staff)?).or_default().push(told(&occasion, &on)?);
    }
    Ok(found)
}

/// Notes that somebody is reminded. `false` when it was noted before: then they are not told again.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_reminder(
    tx: &mut Tx,
    (programme, year, staff): (ProgrammeId, FiscalYear, StaffId),
    told: Told,
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO reminder (programme, fiscal_year, staff, occasion, told_on) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (programme, fiscal_year, staff, occasion) DO NOTHING")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(staff.to_string())
        .bind(told.occasion.to_string()).bind(told.on.to_string()).execute(conn).await
        .map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Lets nobody else remind until the end of the transaction: two managers at once do not both find that nobody was told.
///
/// # Errors
/// When the database cannot be written.
pub async fn hold_reminders(tx: &mut Tx) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE training_state SET reminding_until = reminding_until WHERE id = 1")
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// When people were last told by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// The day on which everybody was last reminded.
    pub on: Option<Date>,
    /// The Monday of the week of which managers were last told.
    pub digested: Option<Date>,
}

/// When people were last told by the clock.
///
/// # Errors
/// When the database cannot be read.
pub async fn reminded(tx: &mut Tx) -> Result<Reminded, DbError> {
    let (on, digested): (String, String) = on!(tx, conn =>
        sqlx::query_as("SELECT reminded_on, digested_on FROM training_state").fetch_one(conn).await)?;
    let day = |text: &str| maybe(Some(text).filter(|day| !day.is_empty()));
    Ok(Reminded { on: day(&on)?, digested: day(&digested)? })
}

/// Claims to be the one who reminds on a day, until a moment. Returns false when somebody else is, or has.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim_reminding(
    tx: &mut Tx,
    day: Date,
    (now, until): (Timestamp, Timestamp),
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "UPDATE training_state SET reminding_until = $2 WHERE reminding_until <= $1 AND reminded_on < $3")
        .bind(now.as_microsecond()).bind(until.as_microsecond()).bind(day.to_string()).execute(conn).await
        .map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Remembers when people were told, and ends the claim.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_reminded(tx: &mut Tx, (day, monday): (Date, Date)) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "UPDATE training_state SET reminded_on = $1, digested_on = $2, reminding_until = 0")
        .bind(day.to_string()).bind(monday.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
