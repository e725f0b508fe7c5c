//! SQL of what somebody was told in the app, and has read.

use serde_json::Value;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    notify::model::NoticeId,
    on,
    staff::StaffId,
};

use super::{corrupt, moment, parsed};

/// A notice in the app.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Its kind's name.
    pub kind: String,
    /// What the kind needs to say it.
    pub payload: Value,
    /// Whether it is urgent.
    pub urgent: bool,
    /// Since when it is there.
    pub due_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct NoticeRow {
    id: String,
    kind: String,
    payload: String,
    urgent: bool,
    due_at: i64,
    read_at: Option<i64>,
}

/// Which of somebody's notices are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only those before it.
    pub before: Option<NoticeId>,
    /// Only those that are not read yet.
    pub unread: bool,
}

/// What somebody was told in the app, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn notices(
    tx: &mut Tx,
    staff: StaffId,
    wanted: Wanted,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    // `~` sorts after every id.
    let before = wanted.before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    let rows: Vec<NoticeRow> = on!(tx, conn => sqlx::query_as(
        "SELECT n.id, n.kind, n.payload, n.urgent, n.due_at, n.read_at FROM notice n
         JOIN delivery d ON d.notice = n.id AND d.channel = 'app' AND d.state = 'sent'
         WHERE n.staff = $1 AND n.id < $2 AND (n.read_at IS NULL OR NOT $4) ORDER BY n.id DESC LIMIT $3")
        .bind(staff.to_string()).bind(before).bind(limit).bind(wanted.unread).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Notice {
                id: parsed(&row.id)?,
                kind: row.kind,
                payload: serde_json::from_str(&row.payload).map_err(corrupt)?,
                urgent: row.urgent,
                due_at: moment(row.due_at)?,
                read_at: row.read_at.map(moment).transpose()?,
            })
        })
        .collect()
}

/// How many notices somebody has not read.
///
/// # Errors
/// When the database cannot be read.
pub async fn unread(tx: &mut Tx, staff: StaffId) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM notice n JOIN delivery d ON d.notice = n.id AND d.channel = 'app' AND d.state = 'sent'
         WHERE n.staff = $1 AND n.read_at IS NULL")
        .bind(staff.to_string()).fetch_one(conn).await)?)
}

/// Notes that somebody has read a notice of theirs. `false` when they have no such notice.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_read(tx: &mut Tx, staff: StaffId, id: NoticeId, now: Timestamp) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE notice SET read_at = coalesce(read_at, $3) WHERE id = $1 AND staff = $2 AND EXISTS (
             SELECT 1 FROM delivery WHERE notice = $1 AND channel = 'app' AND state = 'sent')")
        .bind(id.to_string()).bind(staff.to_string()).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Takes it back that somebody has read a notice of theirs. `false` when they have no such notice.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_unread(tx: &mut Tx, staff: StaffId, id: NoticeId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE notice SET read_at = NULL WHERE id = $1 AND staff = $2 AND EXISTS (
             SELECT 1 FROM delivery WHERE notice = $1 AND channel = 'app' AND state = 'sent')")
        .bind(id.to_string()).bind(staff.to_string())
        .execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Notes that somebody has read all that was in the app by a moment. What came later they have not seen. Returns how many
/// there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_all_read(
    tx: &mut Tx,
    staff: StaffId,
    as_of: Timestamp,
    now: Timestamp,
) -> Result<u64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE notice SET read_at = $3 WHERE staff = $1 AND read_at IS NULL AND id IN (
             SELECT notice FROM delivery WHERE channel = 'app' AND state = 'sent' AND changed_at <= $2)")
        .bind(staff.to_string()).bind(as_of.as_microsecond()).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}
