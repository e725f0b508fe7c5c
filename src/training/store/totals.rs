//! SQL of the figures of years whose people were forgotten.

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    training::model::{Count, ProgrammeId},
    visits::model::FiscalYear,
};

use super::{corrupt, fiscal_year};

/// A figure that is kept: of everybody, or of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTotal {
    /// By what people are grouped; `all` for everybody.
    pub by: String,
    /// What the group is.
    pub key: String,
    /// What it was called, in Japanese, where it has a name of its own.
    pub name: Option<String>,
    /// How many.
    pub count: Count,
}

/// The fiscal years that were over by a day, of which people are known and no figures are kept yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn years_without_totals(tx: &mut Tx, day: Date) -> Result<Vec<FiscalYear>, DbError> {
    let years: Vec<i64> = on!(tx, conn => sqlx::query_scalar(
        "SELECT DISTINCT fiscal_year FROM obligation o WHERE fiscal_year < $1
             AND NOT EXISTS (SELECT 1 FROM programme_total t WHERE t.fiscal_year = o.fiscal_year) ORDER BY fiscal_year")
        .bind(i64::from(FiscalYear::of(day).year())).fetch_all(conn).await)?;
    years.into_iter().map(fiscal_year).collect()
}

/// Keeps a figure.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_total(
    tx: &mut Tx,
    (programme, year): (ProgrammeId, FiscalYear),
    total: &KeptTotal,
) -> Result<(), DbError> {
    let KeptTotal { by, key, name, count } = total;
    on!(tx, conn => sqlx::query(
        "INSERT INTO programme_total (programme, fiscal_year, by_what, group_key, name, due, completed, begun, overdue,
             deferred, exempt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(by).bind(key).bind(name.as_deref())
        .bind(i64::from(count.due)).bind(i64::from(count.completed)).bind(i64::from(count.begun))
        .bind(i64::from(count.overdue)).bind(i64::from(count.deferred)).bind(i64::from(count.exempt))
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    by_what: String,
    group_key: String,
    name: Option<String>,
    due: i64,
    completed: i64,
    begun: i64,
    overdue: i64,
    deferred: i64,
    exempt: i64,
}

impl Row {
    fn total(self) -> Result<KeptTotal, DbError> {
        let count = |count: i64| u32::try_from(count).map_err(corrupt);
        Ok(KeptTotal {
            count: Count {
                due: count(self.due)?,
                completed: count(self.completed)?,
                begun: count(self.begun)?,
                overdue: count(self.overdue)?,
                deferred: count(self.deferred)?,
                exempt: count(self.exempt)?,
            },
            by: self.by_what,
            key: self.group_key,
            name: self.name,
        })
    }
}

/// What is kept of a programme in a year: everybody, and the groups of one kind.
///
/// # Errors
/// When the database cannot be read.
pub async fn totals(
    tx: &mut Tx,
    (programme, year): (ProgrammeId, FiscalYear),
    by: &str,
) -> Result<Vec<KeptTotal>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT by_what, group_key, name, due, completed, begun, overdue, deferred, exempt FROM programme_total
         WHERE programme = $1 AND fiscal_year = $2 AND by_what IN ('all', $3) ORDER BY by_what, group_key")
        .bind(programme.to_string()).bind(i64::from(year.year())).bind(by).fetch_all(conn).await)?;
    rows.into_iter().map(Row::total).collect()
}
