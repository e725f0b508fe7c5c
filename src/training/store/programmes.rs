//! SQL of programmes and their years.

use std::collections::BTreeSet;

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    training::model::{Frequency, ProgrammeId, Rule},
    visits::model::FiscalYear,
};

use super::{corrupt, fiscal_year, maybe, moment, parsed};

/// A programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// Its code, by which the ward calls it.
    pub code: String,
    /// How often somebody has to do it.
    pub frequency: Frequency,
    /// The day from which it opens in no further year.
    pub ended_on: Option<Date>,
}

/// A programme in a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeYear {
    /// The programme.
    pub programme: Programme,
    /// The fiscal year.
    pub year: FiscalYear,
    /// Counts changes of its rule from 1.
    pub version: i64,
    /// What counts, with the reminders as they are now.
    pub rule: Rule,
    /// Since when it is open; from then on the rule is frozen.
    pub opened_at: Option<Timestamp>,
}

/// A new programme.
#[derive(Clone, Debug)]
pub struct NewProgramme {
    /// Its id.
    pub id: ProgrammeId,
    /// Its code.
    pub code: String,
    /// How often somebody has to do it.
    pub frequency: Frequency,
    /// Who made it.
    pub created_by: Option<AccountId>,
}

#[derive(sqlx::FromRow)]
struct ProgrammeRow {
    id: String,
    code: String,
    frequency: String,
    ended_on: Option<String>,
}

impl ProgrammeRow {
    fn programme(self) -> Result<Programme, DbError> {
        Ok(Programme {
            id: parsed(&self.id)?,
            code: self.code,
            frequency: parsed(&self.frequency)?,
            ended_on: maybe(self.ended_on.as_deref())?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct YearRow {
    #[sqlx(flatten)]
    programme: ProgrammeRow,
    fiscal_year: i64,
    version: i64,
    rule: String,
    reminders: Option<String>,
    opened_at: Option<i64>,
}

impl YearRow {
    fn year(self) -> Result<ProgrammeYear, DbError> {
        let mut rule: Rule = serde_json::from_str(&self.rule).map_err(corrupt)?;
        if let Some(changed) = &self.reminders {
            rule.reminders = serde_json::from_str(changed).map_err(corrupt)?;
        }
        Ok(ProgrammeYear {
            programme: self.programme.programme()?,
            year: fiscal_year(self.fiscal_year)?,
            version: self.version,
            rule,
            opened_at: self.opened_at.map(moment).transpose()?,
        })
    }
}

const YEAR: &str =
    "SELECT p.id, p.code, p.frequency, p.ended_on, y.fiscal_year, y.version, y.rule, y.reminders, y.opened_at
    FROM programme_year y JOIN programme p ON p.id = y.programme";

/// Every programme, by code.
///
/// # Errors
/// When the database cannot be read.
pub async fn programmes(tx: &mut Tx) -> Result<Vec<Programme>, DbError> {
    let rows: Vec<ProgrammeRow> = on!(tx, conn =>
        sqlx::query_as("SELECT id, code, frequency, ended_on FROM programme ORDER BY code").fetch_all(conn).await)?;
    rows.into_iter().map(ProgrammeRow::programme).collect()
}

/// Adds a programme.
///
/// # Errors
/// A unique violation when there is one of that code; when the database cannot be written.
pub async fn insert_programme(tx: &mut Tx, new: &NewProgramme, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO programme (id, code, frequency, created_at, created_by) VALUES ($1, $2, $3, $4, $5)")
        .bind(new.id.to_string()).bind(&new.code).bind(new.frequency.as_str()).bind(now.as_microsecond())
        .bind(new.created_by.map(|account| account.to_string())).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Lets a programme open in no further year from a day on, or again.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_programme(tx: &mut Tx, id: ProgrammeId, on: Option<Date>) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE programme SET ended_on = $2 WHERE id = $1")
        .bind(id.to_string()).bind(on.map(|day| day.to_string())).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Plans a programme for a year. Returns false when it is planned already.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_year(
    tx: &mut Tx,
    (programme, year): (ProgrammeId, FiscalYear),
    rule: &Rule,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let rule = serde_json::to_string(rule).map_err(corrupt)?;
    let done = on!(tx, conn => sqlx::query(
        "INSERT INTO programme_year (programme, fiscal_year, version, rule, updated_at, updated_by)
         VALUES ($1, $2, 1, $3, $4, $5) ON CONFLICT (programme, fiscal_year) DO NOTHING")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(rule).bind(now.as_microsecond())
        .bind(by.map(|account| account.to_string())).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Changes the rule of a year that is not open yet, if it still has that version. Returns whether it had.
///
/// # Errors
/// When the database cannot be written.
pub async fn change_year(
    tx: &mut Tx,
    (programme, year): (ProgrammeId, FiscalYear),
    version: i64,
    rule: &Rule,
    by: AccountId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let rule = serde_json::to_string(rule).map_err(corrupt)?;
    let done = on!(tx, conn => sqlx::query(
        "UPDATE programme_year SET rule = $4, reminders = NULL, version = version + 1, updated_at = $5, updated_by = $6
         WHERE programme = $1 AND fiscal_year = $2 AND version = $3 AND opened_at IS NULL")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(version).bind(rule)
        .bind(now.as_microsecond()).bind(by.to_string()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Changes on which days before the deadline a year reminds, open or not, if it still has that version. Returns whether it had.
///
/// # Errors
/// When the database cannot be written.
pub async fn change_reminders(
    tx: &mut Tx,
    (programme, year): (ProgrammeId, FiscalYear),
    version: i64,
    days: &BTreeSet<u16>,
    by: AccountId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let days = serde_json::to_string(days).map_err(corrupt)?;
    let done = on!(tx, conn => sqlx::query(
        "UPDATE programme_year SET reminders = $4, version = version + 1, updated_at = $5, updated_by = $6
         WHERE programme = $1 AND fiscal_year = $2 AND version = $3")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(version).bind(days)
        .bind(now.as_microsecond()).bind(by.to_string()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Takes back the plan for a year that is not open yet. Returns whether there was one.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_year(tx: &mut Tx, programme: ProgrammeId, year: FiscalYear) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "DELETE FROM programme_year WHERE programme = $1 AND fiscal_year = $2 AND opened_at IS NULL")
        .bind(programme.to_string()).bind(i64::from(year.year())).execute(conn).await
        .map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Opens a year: from now on its rule is frozen. Returns whether it was not open before.
///
/// # Errors
/// When the database cannot be written.
pub async fn open_year(
    tx: &mut Tx,
    programme: ProgrammeId,
    year: FiscalYear,
    now: Timestamp,
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "UPDATE programme_year SET opened_at = $3 WHERE programme = $1 AND fiscal_year = $2 AND opened_at IS NULL")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// The programmes of a fiscal year, by code.
///
/// # Errors
/// When the database cannot be read.
pub async fn years_of(tx: &mut Tx, year: FiscalYear) -> Result<Vec<ProgrammeYear>, DbError> {
    let sql = format!("{YEAR} WHERE y.fiscal_year = $1 ORDER BY p.code");
    let rows: Vec<YearRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter().map(YearRow::year).collect()
}

/// A programme in a fiscal year.
///
/// # Errors
/// When the database cannot be read.
pub async fn year_of(
    tx: &mut Tx,
    programme: ProgrammeId,
    year: FiscalYear,
) -> Result<Option<ProgrammeYear>, DbError> {
    let sql = format!("{YEAR} WHERE y.programme = $1 AND y.fiscal_year = $2");
    let row: Option<YearRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(programme.to_string()).bind(i64::from(year.year())).fetch_optional(conn).await)?;
    row.map(YearRow::year).transpose()
}

/// The last year before another in which a programme was open.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_year_before(
    tx: &mut Tx,
    programme: ProgrammeId,
    year: FiscalYear,
) -> Result<Option<ProgrammeYear>, DbError> {
    let sql = format!(
        "{YEAR} WHERE y.programme = $1 AND y.fiscal_year < $2 AND y.opened_at IS NOT NULL
         ORDER BY y.fiscal_year DESC LIMIT 1"
    );
    let row: Option<YearRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(programme.to_string()).bind(i64::from(year.year())).fetch_optional(conn).await)?;
    row.map(YearRow::year).transpose()
}

/// Whether a year was planned, and last changed, before a moment, and is not open yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn was_planned_before(
    tx: &mut Tx,
    (programme, year): (ProgrammeId, FiscalYear),
    moment: Timestamp,
) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM programme_year WHERE programme = $1 AND fiscal_year = $2
             AND opened_at IS NULL AND updated_at < $3)")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(moment.as_microsecond())
        .fetch_one(conn).await)?)
}
