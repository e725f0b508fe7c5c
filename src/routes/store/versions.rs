//! SQL of published versions.

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    routes::model::{Design, Line, RouteId, RouteVersionId, Version},
};

use super::{ROUTE, RouteRow, corrupt, design, json, line, moment, parsed};

/// A version to be published.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// Its id.
    pub id: RouteVersionId,
    /// Its route.
    pub route: RouteId,
    /// Counts the versions of the route from 1.
    pub number: i64,
    /// What it holds.
    pub design: Design,
    /// Its way.
    pub line: Line,
    /// From which day on it counts.
    pub effective_from: Date,
    /// Who publishes it.
    pub published_by: AccountId,
}

/// Adds a version: from then on nobody changes it.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_version(tx: &mut Tx, new: &NewVersion, now: Timestamp) -> Result<(), DbError> {
    let (design, line) = (json(&new.design)?, json(&new.line)?);
    on!(tx, conn => sqlx::query(
        "INSERT INTO route_version (id, route, number, design, line, effective_from, published_at, published_by, district)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(new.id.to_string()).bind(new.route.to_string()).bind(new.number).bind(design).bind(line)
        .bind(new.effective_from.to_string()).bind(now.as_microsecond()).bind(new.published_by.to_string())
        .bind(&new.design.district).execute(conn).await.map(|_| ()))?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    version_id: String,
    number: i64,
    design: String,
    line: String,
    effective_from: String,
    published_at: i64,
    #[sqlx(flatten)]
    route: RouteRow,
}

impl VersionRow {
    fn version(self) -> Result<Version, DbError> {
        let route = self.route.route()?;
        Ok(Version {
            id: parsed(&self.version_id)?,
            route: route.id,
            code: route.code,
            department: route.department,
            department_name: route.department_name,
            number: self.number,
            design: design(&self.design)?,
            line: line(&self.line)?,
            effective_from: parsed(&self.effective_from)?,
            published_at: moment(self.published_at)?,
            sample: route.sample,
        })
    }
}

fn select(condition: &str) -> String {
    format!(
        "SELECT v.id AS version_id, v.number, v.design, v.line, v.effective_from, v.published_at, {ROUTE}
         FROM route_version v JOIN route r ON r.id = v.route WHERE {condition}"
    )
}

/// One version of a route.
///
/// # Errors
/// When the database cannot be read.
pub async fn version(tx: &mut Tx, route: RouteId, number: i64) -> Result<Option<Version>, DbError> {
    let sql = select("v.route = $1 AND v.number = $2");
    let row: Option<VersionRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(route.to_string()).bind(number).fetch_optional(conn).await)?;
    row.map(VersionRow::version).transpose()
}

/// A version by its id.
///
/// # Errors
/// When the database cannot be read.
pub async fn version_by_id(tx: &mut Tx, id: RouteVersionId) -> Result<Option<Version>, DbError> {
    let sql = select("v.id = $1");
    let row: Option<VersionRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(VersionRow::version).transpose()
}

/// Every version of a route, the first one first.
///
/// # Errors
/// When the database cannot be read.
pub async fn versions(tx: &mut Tx, route: RouteId) -> Result<Vec<Version>, DbError> {
    let sql = select("v.route = $1 ORDER BY v.number");
    let rows: Vec<VersionRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(route.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(VersionRow::version).collect()
}

/// The version of each route that counts on a day, by code: of those that have begun, the one with the highest number.
///
/// # Errors
/// When the database cannot be read.
pub async fn versions_in_force(tx: &mut Tx, day: Date) -> Result<Vec<Version>, DbError> {
    let sql = select(
        "(r.archived_on IS NULL OR r.archived_on > $1) AND v.number =
             (SELECT max(o.number) FROM route_version o WHERE o.route = v.route AND o.effective_from <= $1)
         ORDER BY r.code",
    );
    let rows: Vec<VersionRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(day.to_string()).fetch_all(conn).await)?;
    let versions: Vec<Version> = rows.into_iter().map(VersionRow::version).collect::<Result<_, _>>()?;
    if versions.windows(2).any(|pair| pair[0].route == pair[1].route) {
        return Err(corrupt("two versions of a route count at once"));
    }
    Ok(versions)
}
