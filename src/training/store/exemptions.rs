//! SQL of exemptions.

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp, tokyo_date},
    db::{DbError, Tx},
    on,
    staff::StaffId,
    training::model::{ExemptionId, ExemptionKind, Granted, ProgrammeId},
    visits::model::FiscalYear,
};

use super::{fiscal_year, maybe, moment, parsed};

/// Something to be exempt from, or granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExemption {
    /// Its id.
    pub id: ExemptionId,
    /// The programme.
    pub programme: ProgrammeId,
    /// The fiscal year.
    pub year: FiscalYear,
    /// Whose.
    pub staff: StaffId,
    /// What is asked for.
    pub kind: ExemptionKind,
    /// The day on which it was studied at a desk.
    pub day: Option<Date>,
    /// The day until which there shall be time.
    pub until: Option<Date>,
    /// Why, in the words of whoever asks.
    pub reason: String,
    /// Who asks.
    pub asked_by: AccountId,
}

/// An exemption as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// What is asked for.
    pub asked: NewExemption,
    /// When.
    pub asked_at: Timestamp,
    /// What HR decided; none yet.
    pub granted: Option<bool>,
    /// What HR says to it.
    pub answer: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Who.
    pub decided_by: Option<AccountId>,
}

impl Exemption {
    /// What was granted, as far as the obligation is concerned.
    #[must_use]
    pub fn as_granted(&self) -> Option<Granted> {
        let decided_on = tokyo_date(self.decided_at.filter(|_| self.granted == Some(true))?);
        Some(Granted {
            kind: self.asked.kind,
            since: self.asked.day.unwrap_or(decided_on),
            until: self.asked.until,
        })
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    programme: String,
    fiscal_year: i64,
    staff: String,
    kind: String,
    day: Option<String>,
    until: Option<String>,
    reason: String,
    asked_at: i64,
    asked_by: String,
    granted: Option<bool>,
    answer: String,
    decided_at: Option<i64>,
    decided_by: Option<String>,
}

impl Row {
    fn exemption(self) -> Result<Exemption, DbError> {
        Ok(Exemption {
            asked: NewExemption {
                id: parsed(&self.id)?,
                programme: parsed(&self.programme)?,
                year: fiscal_year(self.fiscal_year)?,
                staff: parsed(&self.staff)?,
                kind: parsed(&self.kind)?,
                day: maybe(self.day.as_deref())?,
                until: maybe(self.until.as_deref())?,
                reason: self.reason,
                asked_by: parsed(&self.asked_by)?,
            },
            asked_at: moment(self.asked_at)?,
            granted: self.granted,
            answer: self.answer,
            decided_at: self.decided_at.map(moment).transpose()?,
            decided_by: maybe(self.decided_by.as_deref())?,
        })
    }
}

const EXEMPTION: &str =
    "SELECT id, programme, fiscal_year, staff, kind, day, until, reason, asked_at, asked_by, granted,
    answer, decided_at, decided_by FROM exemption";

/// Adds what somebody asks for. HR decides on it by [`decide_exemption`].
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_exemption(
    tx: &mut Tx,
    new: &NewExemption,
    change: i64,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO exemption (id, programme, fiscal_year, staff, kind, day, until, reason, asked_at, asked_by, answer,
             change) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11)")
        .bind(new.id.to_string()).bind(new.programme.to_string()).bind(i64::from(new.year.year()))
        .bind(new.staff.to_string()).bind(new.kind.as_str()).bind(new.day.map(|day| day.to_string()))
        .bind(new.until.map(|day| day.to_string())).bind(&new.reason).bind(now.as_microsecond())
        .bind(new.asked_by.to_string()).bind(change).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Decides on what was asked for. Returns whether it was still open.
///
/// # Errors
/// When the database cannot be written.
pub async fn decide_exemption(
    tx: &mut Tx,
    id: ExemptionId,
    (granted, answer): (bool, &str),
    by: AccountId,
    change: i64,
    now: Timestamp,
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "UPDATE exemption SET granted = $2, answer = $3, decided_at = $4, decided_by = $5, change = $6
         WHERE id = $1 AND granted IS NULL")
        .bind(id.to_string()).bind(granted).bind(answer).bind(now.as_microsecond()).bind(by.to_string())
        .bind(change).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// One of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn exemption(tx: &mut Tx, id: ExemptionId) -> Result<Option<Exemption>, DbError> {
    let sql = format!("{EXEMPTION} WHERE id = $1");
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Row::exemption).transpose()
}

/// Those of one person in a fiscal year, the first one first.
///
/// # Errors
/// When the database cannot be read.
pub async fn exemptions_of(tx: &mut Tx, staff: StaffId, year: FiscalYear) -> Result<Vec<Exemption>, DbError> {
    let sql = format!("{EXEMPTION} WHERE staff = $1 AND fiscal_year = $2 ORDER BY asked_at, id");
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(staff.to_string()).bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter().map(Row::exemption).collect()
}

/// Those of a fiscal year, the latest one first.
///
/// # Errors
/// When the database cannot be read.
pub async fn exemptions_of_year(tx: &mut Tx, year: FiscalYear) -> Result<Vec<Exemption>, DbError> {
    let sql = format!("{EXEMPTION} WHERE fiscal_year = $1 ORDER BY asked_at DESC, id");
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter().map(Row::exemption).collect()
}

/// Those of a fiscal year that changed after a number and were granted, in the order in which HR did.
///
/// # Errors
/// When the database cannot be read.
pub async fn granted_of_year(tx: &mut Tx, year: FiscalYear, after: i64) -> Result<Vec<Exemption>, DbError> {
    let sql = format!(
        "{EXEMPTION} WHERE fiscal_year = $1 AND change > $2 AND granted = $3 ORDER BY decided_at, id"
    );
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(i64::from(year.year())).bind(after).bind(true).fetch_all(conn).await)?;
    rows.into_iter().map(Row::exemption).collect()
}
