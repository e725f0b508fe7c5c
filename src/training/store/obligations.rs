//! SQL of obligations.

use futures_util::TryStreamExt as _;
use sqlx::QueryBuilder;

use crate::{
    db::{DbError, Tx},
    on,
    staff::{Employment, StaffId},
    training::model::{ASSESSMENT, Piece, ProgrammeId},
    visits::model::FiscalYear,
};

use super::{BULK, corrupt, maybe, parsed};

/// A step of an obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The programme.
    pub programme: ProgrammeId,
    /// Whose.
    pub staff: StaffId,
    /// Counts the steps from 1.
    pub number: i64,
    /// How they stand from its day on.
    pub piece: Piece,
}

#[derive(sqlx::FromRow)]
struct Row {
    programme: String,
    staff: String,
    step: i64,
    since: String,
    state: String,
    reason: String,
    routes: i64,
    due_on: Option<String>,
    department: String,
    tier: String,
    employment: String,
}

impl Row {
    fn step(self) -> Result<Step, DbError> {
        let employment = Employment::named(&self.employment);
        Ok(Step {
            programme: parsed(&self.programme)?,
            staff: parsed(&self.staff)?,
            number: self.step,
            piece: Piece {
                since: parsed(&self.since)?,
                state: parsed(&self.state)?,
                reason: parsed(&self.reason)?,
                routes: u8::try_from(self.routes).map_err(corrupt)?,
                due_on: maybe(self.due_on.as_deref())?,
                department: parsed(&self.department)?,
                tier: self.tier,
                employment: employment.ok_or_else(|| corrupt("no such employment"))?,
            },
        })
    }
}

const STEP: &str =
    "SELECT programme, staff, step, since, state, reason, routes, due_on, department, tier, employment
    FROM obligation";

/// Adds steps of a fiscal year. Those that are there already stay as they are.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_steps(tx: &mut Tx, year: FiscalYear, steps: &[Step], change: i64) -> Result<(), DbError> {
    for bulk in steps.chunks(BULK) {
        on!(tx, conn => {
            let mut insert = QueryBuilder::new(
                "INSERT INTO obligation (programme, fiscal_year, staff, step, since, state, reason, rule, routes, due_on,
                     department, tier, employment, change) ");
            insert.push_values(bulk, |mut row, step| {
                let piece = &step.piece;
                row.push_bind(step.programme.to_string()).push_bind(i64::from(year.year()))
                    .push_bind(step.staff.to_string()).push_bind(step.number).push_bind(piece.since.to_string())
                    .push_bind(piece.state.as_str()).push_bind(piece.reason.as_str()).push_bind(ASSESSMENT)
                    .push_bind(i64::from(piece.routes)).push_bind(piece.due_on.map(|day| day.to_string()))
                    .push_bind(piece.department.to_string()).push_bind(&piece.tier)
                    .push_bind(piece.employment.as_str()).push_bind(change);
            });
            insert.push(" ON CONFLICT (programme, fiscal_year, staff, step) DO NOTHING");
            insert.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// The steps of a fiscal year that changed after a number, in the order in which they were written.
///
/// # Errors
/// When the database cannot be read.
pub async fn steps_of_year(tx: &mut Tx, year: FiscalYear, after: i64) -> Result<Vec<Step>, DbError> {
    let sql = format!("{STEP} WHERE fiscal_year = $1 AND change > $2 ORDER BY staff, programme, step");
    // One row after the other: they are many, and as text several times as large.
    let mut steps = Vec::new();
    on!(tx, conn => {
        let mut rows = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(sql))
            .bind(i64::from(year.year())).bind(after).fetch(conn);
        while let Some(row) = rows.try_next().await? {
            steps.push(row.step()?);
        }
    });
    Ok(steps)
}

/// The steps of one person in a fiscal year, in the order in which they were written.
///
/// # Errors
/// When the database cannot be read.
pub async fn steps_of(tx: &mut Tx, staff: StaffId, year: FiscalYear) -> Result<Vec<Step>, DbError> {
    let sql = format!("{STEP} WHERE staff = $1 AND fiscal_year = $2 ORDER BY programme, step");
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(staff.to_string()).bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter().map(Row::step).collect()
}
