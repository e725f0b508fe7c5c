//! SQL of outings.

mod erasure;
mod feeds;
mod hosts;
mod listed;
mod marks;
mod sign_ups;

use std::str::FromStr;

use serde::Deserialize;

use crate::{
    attendance::CodeKey,
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    routes::{RouteId, RouteVersionId, model::Text},
    staff::{DepartmentId, StaffId},
};

use super::model::{OutingId, OutingState};

pub use erasure::{erase_outings, outings_due};
pub use feeds::{delete_feed, feed_made_at, feed_owner, put_feed};
pub use hosts::{Host, answer_host, ask_host, host_of_token, hosts, replace_hosts};
pub use listed::{Span, Whose, listed, seats};
pub use marks::{Mark, MarkState, insert_mark, is_marked, last_mark, last_marks, mark_of_id};
pub use sign_ups::{
    Participant, SignUp, count_in, first_waiting, next_position, participants, place_in_queue, put_sign_up,
    set_state, sign_up, sign_ups, sign_ups_of,
};

pub(super) fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

pub(super) fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

pub(super) fn maybe<T: FromStr<Err: std::fmt::Display>>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(parsed).transpose()
}

pub(super) fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

/// An outing.
#[derive(Clone, Debug)]
pub struct Outing {
    /// Its id.
    pub id: OutingId,
    /// Counts its changes from 1.
    pub version: i64,
    /// The department that holds it.
    pub department: DepartmentId,
    /// That department's name.
    pub department_name: String,
    /// The version that is walked.
    pub route_version: RouteVersionId,
    /// Its route.
    pub route: RouteId,
    /// The number of that version within its route.
    pub route_number: i64,
    /// The route's title.
    pub title: Text,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub duration_min: i64,
    /// Where people meet.
    pub meeting_point: String,
    /// How many can take part.
    pub capacity: i64,
    /// How far it is.
    pub state: OutingState,
    /// Why it is cancelled.
    pub reason: String,
    /// What its hosts are thanked with.
    pub report: String,
    /// The key of its codes.
    pub key: CodeKey,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Outing {
    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let length = jiff::SignedDuration::from_mins(self.duration_min);
        self.starts_at.saturating_add(length).unwrap_or(self.starts_at)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    version: i64,
    department: String,
    department_name: String,
    route_version: String,
    route: String,
    route_number: i64,
    design: String,
    starts_at: i64,
    duration_min: i64,
    meeting_point: String,
    capacity: i64,
    state: String,
    reason: String,
    report: String,
    secret: Vec<u8>,
    updated_at: i64,
}

/// What of a design is needed here.
#[derive(Deserialize)]
struct Titled {
    title: Text,
}

const SELECT: &str = "SELECT o.id, o.version, o.department, coalesce((SELECT s.name FROM department_spell s
    WHERE s.department = o.department ORDER BY s.valid_from DESC LIMIT 1), '') AS department_name, o.route_version,
    v.route, v.number AS route_number, v.design, o.starts_at, o.duration_min, o.meeting_point, o.capacity, o.state,
    o.reason, o.report, o.secret, o.updated_at FROM outing o JOIN route_version v ON v.id = o.route_version";

impl Row {
    fn outing(self) -> Result<Outing, DbError> {
        let titled: Titled = serde_json::from_str(&self.design).map_err(corrupt)?;
        let key: [u8; 32] = self.secret.try_into().map_err(|_| corrupt("the secret of an outing"))?;
        Ok(Outing {
            id: parsed(&self.id)?,
            version: self.version,
            department: parsed(&self.department)?,
            department_name: self.department_name,
            route_version: parsed(&self.route_version)?,
            route: parsed(&self.route)?,
            route_number: self.route_number,
            title: titled.title,
            starts_at: moment(self.starts_at)?,
            duration_min: self.duration_min,
            meeting_point: self.meeting_point,
            capacity: self.capacity,
            state: parsed(&self.state)?,
            reason: self.reason,
            report: self.report,
            key: CodeKey::new(key),
            updated_at: moment(self.updated_at)?,
        })
    }
}

/// An outing.
///
/// # Errors
/// When the database cannot be read.
pub async fn outing(tx: &mut Tx, id: OutingId) -> Result<Option<Outing>, DbError> {
    let sql = format!("{SELECT} WHERE o.id = $1");
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Row::outing).transpose()
}

/// Outings since `since` in which somebody takes part, waits, or is a trainer.
///
/// # Errors
/// When the database cannot be read.
pub async fn outings_of(tx: &mut Tx, staff: StaffId, since: Timestamp) -> Result<Vec<Outing>, DbError> {
    let sql = format!(
        "{SELECT} WHERE o.starts_at >= $2 AND (
             o.id IN (SELECT t.outing FROM outing_trainer t WHERE t.staff = $1)
             OR o.id IN (SELECT u.outing FROM sign_up u WHERE u.staff = $1 AND u.state IN
                 ('confirmed', 'waiting', 'nominated')))
         ORDER BY o.starts_at, o.id"
    );
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(staff.to_string()).bind(since.as_microsecond()).fetch_all(conn).await)?;
    rows.into_iter().map(Row::outing).collect()
}

/// Holds an outing, so that whoever gives its places takes turns. Returns whether there is one.
///
/// # Errors
/// When the database cannot be written.
pub async fn lock(tx: &mut Tx, id: OutingId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query("UPDATE outing SET created_at = created_at WHERE id = $1")
        .bind(id.to_string()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Adds an outing.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert(tx: &mut Tx, outing: &Outing, by: AccountId) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO outing (id, version, department, route_version, starts_at, duration_min, meeting_point, capacity,
             state, reason, report, secret, created_at, created_by, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13)")
        .bind(outing.id.to_string()).bind(outing.version).bind(outing.department.to_string())
        .bind(outing.route_version.to_string()).bind(outing.starts_at.as_microsecond()).bind(outing.duration_min)
        .bind(&outing.meeting_point).bind(outing.capacity).bind(outing.state.as_str()).bind(&outing.reason)
        .bind(&outing.report).bind(outing.key.bytes().to_vec()).bind(outing.updated_at.as_microsecond())
        .bind(by.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Keeps an outing in place of what it was. Its department and its key stay.
///
/// # Errors
/// When the database cannot be written.
pub async fn save(tx: &mut Tx, outing: &Outing) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "UPDATE outing SET version = $2, route_version = $3, starts_at = $4, duration_min = $5, meeting_point = $6,
             capacity = $7, state = $8, reason = $9, report = $10, updated_at = $11 WHERE id = $1")
        .bind(outing.id.to_string()).bind(outing.version).bind(outing.route_version.to_string())
        .bind(outing.starts_at.as_microsecond()).bind(outing.duration_min).bind(&outing.meeting_point)
        .bind(outing.capacity).bind(outing.state.as_str()).bind(&outing.reason).bind(&outing.report)
        .bind(outing.updated_at.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// The trainers of an outing.
///
/// # Errors
/// When the database cannot be read.
pub async fn trainers(tx: &mut Tx, id: OutingId) -> Result<Vec<StaffId>, DbError> {
    let rows: Vec<String> = on!(tx, conn =>
        sqlx::query_scalar("SELECT staff FROM outing_trainer WHERE outing = $1 ORDER BY staff")
            .bind(id.to_string()).fetch_all(conn).await)?;
    rows.iter().map(|staff| parsed(staff)).collect()
}

/// Says who the trainers of an outing are.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_trainers(tx: &mut Tx, id: OutingId, trainers: &[StaffId]) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM outing_trainer WHERE outing = $1")
        .bind(id.to_string()).execute(conn).await.map(|_| ()))?;
    for staff in trainers {
        on!(tx, conn => sqlx::query(
            "INSERT INTO outing_trainer (outing, staff) VALUES ($1, $2) ON CONFLICT (outing, staff) DO NOTHING")
            .bind(id.to_string()).bind(staff.to_string()).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}
