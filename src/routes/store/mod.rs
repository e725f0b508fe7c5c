//! SQL of routes.

mod drafts;
mod list;
mod photos;
mod reviews;
mod stops;
mod versions;

use std::str::FromStr;

use crate::{
    auth::Reach,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::DepartmentId,
};

use super::model::{Design, DesignDocument, Line, Origin, RouteId};

pub use drafts::{Draft, add_author, authors, delete_draft, draft, insert_draft, save_draft};
pub use list::{ListedRoute, listed};
pub use photos::{StoredPhoto, insert_photo, is_published, photo, photo_count};
pub use reviews::{Review, ReviewKind, StopComment, insert_review, reviews};
pub use stops::{StopCode, foreign_stops, insert_stop, stop_codes, stop_of_code};
pub use versions::{NewVersion, insert_version, version, version_by_id, versions, versions_in_force};

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its id.
    pub id: RouteId,
    /// Its code, such as `shiba-01`.
    pub code: String,
    /// The department that keeps it.
    pub department: DepartmentId,
    /// That department's name.
    pub department_name: String,
    /// Whether it is 見本.
    pub sample: bool,
    /// The version of another route that it was cloned from.
    pub origin: Option<Origin>,
    /// From which day on it no longer counts.
    pub archived_on: Option<Date>,
}

/// The columns of a route; the department goes by the name that it had last.
const ROUTE: &str = "r.id, r.code, r.department, coalesce((SELECT s.name FROM department_spell s
    WHERE s.department = r.department ORDER BY s.valid_from DESC LIMIT 1), '') AS department_name,
    r.sample, r.origin_route, r.origin_number, r.archived_on";

#[derive(sqlx::FromRow)]
struct RouteRow {
    id: String,
    code: String,
    department: String,
    department_name: String,
    sample: bool,
    origin_route: Option<String>,
    origin_number: Option<i64>,
    archived_on: Option<String>,
}

impl RouteRow {
    fn route(self) -> Result<Route, DbError> {
        let origin = match (self.origin_route, self.origin_number) {
            (Some(route), Some(number)) => Some(Origin { route: parsed(&route)?, number }),
            _ => None,
        };
        Ok(Route {
            id: parsed(&self.id)?,
            code: self.code,
            department: parsed(&self.department)?,
            department_name: self.department_name,
            sample: self.sample,
            origin,
            archived_on: self.archived_on.as_deref().map(parsed).transpose()?,
        })
    }
}

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

/// A value from its column.
fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(corrupt)
}

fn design(text: &str) -> Result<Design, DbError> {
    let document: DesignDocument = serde_json::from_str(text).map_err(corrupt)?;
    Design::new(document).map_err(|wrong| {
        corrupt(wrong.first().map_or_else(String::new, |(field, why)| format!("design: {field}: {}", why.en)))
    })
}

fn line(text: &str) -> Result<Line, DbError> {
    serde_json::from_str(text).map_err(corrupt)
}

/// Whether a department is within reach.
#[must_use]
pub fn reaches(reach: &Reach, department: DepartmentId) -> bool {
    match reach {
        Reach::Any => true,
        Reach::Departments(departments) => departments.contains(&department),
        // Nobody owns a route by themselves.
        Reach::Own(_) => false,
    }
}

/// A route.
///
/// # Errors
/// When the database cannot be read.
pub async fn route(tx: &mut Tx, id: RouteId) -> Result<Option<Route>, DbError> {
    let sql = format!("SELECT {ROUTE} FROM route r WHERE r.id = $1");
    let row: Option<RouteRow> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(RouteRow::route).transpose()
}

/// Holds a route, so that whoever changes it takes turns. Returns whether there is one.
///
/// # Errors
/// When the database cannot be written.
pub async fn lock_route(tx: &mut Tx, id: RouteId) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query("UPDATE route SET created_at = created_at WHERE id = $1")
        .bind(id.to_string()).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done > 0)
}

/// Adds a route. A code that is taken is a unique violation.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_route(tx: &mut Tx, route: &Route, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO route (id, code, department, sample, origin_route, origin_number, archived_on, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)")
        .bind(route.id.to_string()).bind(&route.code).bind(route.department.to_string()).bind(route.sample)
        .bind(route.origin.map(|origin| origin.route.to_string()))
        .bind(route.origin.map(|origin| origin.number))
        .bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Whether a code is taken.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_code_taken(tx: &mut Tx, code: &str) -> Result<bool, DbError> {
    let found: Option<i64> = on!(tx, conn => sqlx::query_scalar("SELECT CAST(1 AS BIGINT) FROM route WHERE code = $1")
        .bind(code).fetch_optional(conn).await)?;
    Ok(found.is_some())
}

/// How many routes there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM route").fetch_one(conn).await)?)
}

/// Says from which day on a route no longer counts, or that it does.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_archived(tx: &mut Tx, id: RouteId, on: Option<Date>) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE route SET archived_on = $2 WHERE id = $1")
        .bind(id.to_string()).bind(on.map(|day| day.to_string())).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Removes a route that was never published, with all that was said of it.
///
/// # Errors
/// When it was published, or the database cannot be written.
pub async fn delete_route(tx: &mut Tx, id: RouteId) -> Result<(), DbError> {
    for sql in [
        "DELETE FROM route_photo WHERE route = $1",
        "DELETE FROM route_review WHERE route = $1",
        "DELETE FROM route WHERE id = $1",
    ] {
        on!(tx, conn => sqlx::query(sql).bind(id.to_string()).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}
