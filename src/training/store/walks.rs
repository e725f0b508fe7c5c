//! SQL of walks.

use std::collections::HashMap;

use futures_util::TryStreamExt as _;

use crate::{
    auth::AccountId,
    clock::Date,
    db::{DbError, Tx},
    on,
    routes::RouteId,
    staff::StaffId,
    training::model::Done,
    visits::model::{Completed, FiscalYear},
};

use super::{fiscal_year, maybe, parsed};

/// A walk as it was last derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Who.
    pub staff: StaffId,
    /// The route, and when it was complete.
    pub done: Done,
}

#[derive(sqlx::FromRow)]
struct Row {
    staff: String,
    route: String,
    day: Option<String>,
    proven_day: Option<String>,
    outing_day: Option<String>,
    last_walked: Option<i64>,
}

impl Row {
    fn walk(self) -> Result<Walk, DbError> {
        Ok(Walk {
            staff: parsed(&self.staff)?,
            done: Done {
                route: parsed(&self.route)?,
                day: maybe(self.day.as_deref())?,
                proven_day: maybe(self.proven_day.as_deref())?,
                outing_day: maybe(self.outing_day.as_deref())?,
                last_walked: self.last_walked.map(fiscal_year).transpose()?,
            },
        })
    }
}

const WALK: &str = "SELECT staff, route, day, proven_day, outing_day, last_walked FROM walk";

/// The walks of a fiscal year that changed after a number.
///
/// # Errors
/// When the database cannot be read.
pub async fn walks_of_year(tx: &mut Tx, year: FiscalYear, after: i64) -> Result<Vec<Walk>, DbError> {
    let sql = format!("{WALK} WHERE fiscal_year = $1 AND change > $2");
    // One row after the other: they are many, and as text several times as large.
    let mut walks = Vec::new();
    on!(tx, conn => {
        let mut rows = sqlx::query_as::<_, Row>(sqlx::AssertSqlSafe(sql))
            .bind(i64::from(year.year())).bind(after).fetch(conn);
        while let Some(row) = rows.try_next().await? {
            walks.push(row.walk()?);
        }
    });
    Ok(walks)
}

/// The walks of one person in a fiscal year.
///
/// # Errors
/// When the database cannot be read.
pub async fn walks_of(tx: &mut Tx, staff: StaffId, year: FiscalYear) -> Result<Vec<Walk>, DbError> {
    let sql = format!("{WALK} WHERE staff = $1 AND fiscal_year = $2");
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(staff.to_string()).bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter().map(Row::walk).collect()
}

/// Takes walks that something happened to, each once.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_stale(tx: &mut Tx, limit: i64) -> Result<Vec<(AccountId, RouteId, FiscalYear)>, DbError> {
    let mut rows: Vec<(String, String, i64)> = on!(tx, conn => sqlx::query_as(
        "DELETE FROM walk_stale WHERE id IN (SELECT id FROM walk_stale ORDER BY id LIMIT $1)
         RETURNING account, route, fiscal_year").bind(limit).fetch_all(conn).await)?;
    // One person's years in their order: a later one looks at those before.
    rows.sort_unstable_by(|a, b| (&a.0, &a.1, a.2).cmp(&(&b.0, &b.1, b.2)));
    rows.dedup();
    rows.into_iter()
        .map(|(account, route, year)| Ok((parsed(&account)?, parsed(&route)?, fiscal_year(year)?)))
        .collect()
}

/// Keeps a walk as it was derived, with the number of the [pattern](super::pattern_of) of its stops, and what follows of it for later
/// years.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_walk(
    tx: &mut Tx,
    (staff, route, year): (StaffId, RouteId, FiscalYear),
    (completed, pattern): (&Completed, Option<i64>),
    change: i64,
) -> Result<(), DbError> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let (staff, route, year) = (staff.to_string(), route.to_string(), i64::from(year.year()));
    on!(tx, conn => sqlx::query(
        "INSERT INTO walk (staff, route, fiscal_year, day, proven_day, outing_day, last_walked, change, pattern)
         VALUES ($1, $2, $3, $4, $5, $6, (SELECT max(b.fiscal_year) FROM walk b
             WHERE b.staff = $1 AND b.route = $2 AND b.fiscal_year < $3 AND b.day IS NOT NULL), $7, $8)
         ON CONFLICT (staff, route, fiscal_year) DO UPDATE SET day = excluded.day, proven_day = excluded.proven_day,
             outing_day = excluded.outing_day, last_walked = excluded.last_walked, change = excluded.change,
             pattern = excluded.pattern")
        .bind(&staff).bind(&route).bind(year).bind(day(completed.day)).bind(day(completed.proven_day))
        .bind(day(completed.outing_day)).bind(change).bind(pattern).execute(conn).await.map(|_| ()))?;
    on!(tx, conn => sqlx::query(
        "UPDATE walk SET change = $4, last_walked = (SELECT max(b.fiscal_year) FROM walk b WHERE b.staff = walk.staff
             AND b.route = walk.route AND b.fiscal_year < walk.fiscal_year AND b.day IS NOT NULL)
         WHERE staff = $1 AND route = $2 AND fiscal_year > $3
         AND last_walked IS DISTINCT FROM (SELECT max(b.fiscal_year) FROM walk b WHERE b.staff = walk.staff
             AND b.route = walk.route AND b.fiscal_year < walk.fiscal_year AND b.day IS NOT NULL)")
        .bind(&staff).bind(&route).bind(year).bind(change).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// A version that counts from a day on may complete walks that were begun: those of its route in that fiscal year become stale when
/// it begins to count after `after` and until `until`.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_stale_of_versions(
    tx: &mut Tx,
    year: FiscalYear,
    after: Date,
    until: Date,
) -> Result<(), DbError> {
    // Of the walks that are known, and not of the visits, which are many more: what was visited and is not derived yet is stale already.
    on!(tx, conn => sqlx::query(
        "INSERT INTO walk_stale (account, route, fiscal_year)
         SELECT a.id, w.route, w.fiscal_year FROM walk w JOIN account a ON a.staff = w.staff
         WHERE w.fiscal_year = $1 AND EXISTS (SELECT 1 FROM route_version v WHERE v.route = w.route
             AND v.effective_from > $2 AND v.effective_from <= $3)")
        .bind(i64::from(year.year())).bind(after.to_string()).bind(until.to_string())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Whether something happened to any walk.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_any_stale(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM walk_stale)").fetch_one(conn).await)?)
}

/// The last fiscal year before another in which somebody completed each route.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_walked_before(
    tx: &mut Tx,
    staff: StaffId,
    year: FiscalYear,
) -> Result<HashMap<RouteId, FiscalYear>, DbError> {
    let rows: Vec<(String, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT route, max(fiscal_year) FROM walk WHERE staff = $1 AND fiscal_year < $2 AND day IS NOT NULL
         GROUP BY route").bind(staff.to_string()).bind(i64::from(year.year())).fetch_all(conn).await)?;
    rows.into_iter().map(|(route, year)| Ok((parsed(&route)?, fiscal_year(year)?))).collect()
}
