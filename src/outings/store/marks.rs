//! SQL of roll-calls.

use std::collections::HashMap;

use crate::{
    attendance::MarkId,
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    outings::model::OutingId,
    staff::StaffId,
};

use super::{moment, parsed};

/// A mark of a roll-call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its id, from the phone.
    pub id: MarkId,
    /// Who is marked.
    pub staff: StaffId,
    /// Whether they are there.
    pub present: bool,
    /// Whether they showed it with the rotating code.
    pub by_code: bool,
    /// When, by the phone's clock.
    pub marked_at: Timestamp,
}

/// What became of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkState {
    /// It is new.
    Stored,
    /// It was there already.
    Duplicate,
    /// Another mark has its id.
    Conflict,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    staff: String,
    present: bool,
    by_code: bool,
    marked_at: i64,
}

impl Row {
    fn mark(self) -> Result<Mark, DbError> {
        Ok(Mark {
            id: parsed(&self.id)?,
            staff: parsed(&self.staff)?,
            present: self.present,
            by_code: self.by_code,
            marked_at: moment(self.marked_at)?,
        })
    }
}

/// Adds a mark, unless it is there.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_mark(
    tx: &mut Tx,
    outing: OutingId,
    mark: &Mark,
    (account, now): (AccountId, Timestamp),
) -> Result<MarkState, DbError> {
    let made = on!(tx, conn => sqlx::query(
        "INSERT INTO outing_mark (id, outing, staff, present, by_code, marked_at, received_at, account)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING")
        .bind(mark.id.to_string()).bind(outing.to_string()).bind(mark.staff.to_string()).bind(mark.present)
        .bind(mark.by_code).bind(mark.marked_at.as_microsecond()).bind(now.as_microsecond()).bind(account.to_string())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if made == 1 {
        return Ok(MarkState::Stored);
    }
    let same = mark_of_id(tx, outing, mark.id).await? == Some(*mark);
    Ok(if same { MarkState::Duplicate } else { MarkState::Conflict })
}

/// A mark of an outing.
///
/// # Errors
/// When the database cannot be read.
pub async fn mark_of_id(tx: &mut Tx, outing: OutingId, id: MarkId) -> Result<Option<Mark>, DbError> {
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, staff, present, by_code, marked_at FROM outing_mark WHERE id = $1 AND outing = $2")
        .bind(id.to_string()).bind(outing.to_string()).fetch_optional(conn).await)?;
    row.map(Row::mark).transpose()
}

/// The mark that counts of somebody: the latest by its own time.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_mark(tx: &mut Tx, outing: OutingId, staff: StaffId) -> Result<Option<Mark>, DbError> {
    let row: Option<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, staff, present, by_code, marked_at FROM outing_mark WHERE outing = $1 AND staff = $2
         ORDER BY marked_at DESC, id DESC LIMIT 1")
        .bind(outing.to_string()).bind(staff.to_string()).fetch_optional(conn).await)?;
    row.map(Row::mark).transpose()
}

/// Whether anybody was marked.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_marked(tx: &mut Tx, outing: OutingId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM outing_mark WHERE outing = $1)")
        .bind(outing.to_string()).fetch_one(conn).await)?)
}

/// The mark that counts of each person: the latest by its own time.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_marks(tx: &mut Tx, outing: OutingId) -> Result<HashMap<StaffId, Mark>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT id, staff, present, by_code, marked_at FROM outing_mark WHERE outing = $1 ORDER BY marked_at, id")
        .bind(outing.to_string()).fetch_all(conn).await)?;
    let mut last = HashMap::new();
    for row in rows {
        let mark = row.mark()?;
        last.insert(mark.staff, mark);
    }
    Ok(last)
}
