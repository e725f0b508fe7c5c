//! SQL of what somebody was told in the app, and has read.

use serde_json::Value;
use sqlx::QueryBuilder;
use uuid::Uuid;

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

/// Whose notices: of a member of staff, and of what else the queue calls them.
#[derive(Clone, Debug)]
pub struct Owner {
    /// Who they are on the roster.
    pub staff: StaffId,
    /// Their pseudonyms.
    pub pseudonyms: Vec<Uuid>,
}

impl From<StaffId> for Owner {
    fn from(staff: StaffId) -> Self {
        Self { staff, pseudonyms: Vec::new() }
    }
}

/// Adds that a notice is somebody's.
macro_rules! is_of {
    ($query:ident, $owner:ident) => {
        $query.push("(notice.staff = ").push_bind($owner.staff.to_string());
        for pseudonym in &$owner.pseudonyms {
            $query.push(" OR notice.pseudonym = ").push_bind(pseudonym.to_string());
        }
        $query.push(")");
    };
}

/// What somebody was told in the app, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn notices(
    tx: &mut Tx,
    owner: impl Into<Owner>,
    wanted: Wanted,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    let owner = owner.into();
    // `~` sorts after every id.
    let before = wanted.before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    let rows: Vec<NoticeRow> = on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "SELECT notice.id, notice.kind, notice.payload, notice.urgent, notice.due_at, notice.read_at FROM notice
             JOIN delivery d ON d.notice = notice.id AND d.channel = 'app' AND d.state = 'sent' WHERE ");
        is_of!(query, owner);
        query.push(" AND notice.id < ").push_bind(before);
        if wanted.unread {
            query.push(" AND notice.read_at IS NULL");
        }
        query.push(" ORDER BY notice.id DESC LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(conn).await
    })?;
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
pub async fn unread(tx: &mut Tx, owner: impl Into<Owner>) -> Result<i64, DbError> {
    let owner = owner.into();
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "SELECT count(*) FROM notice JOIN delivery d ON d.notice = notice.id AND d.channel = 'app' AND d.state = 'sent'
             WHERE notice.read_at IS NULL AND ");
        is_of!(query, owner);
        query.build_query_scalar().fetch_one(conn).await
    })?)
}

/// Notes that somebody has read a notice of theirs. `false` when they have no such notice.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_read(
    tx: &mut Tx,
    owner: impl Into<Owner>,
    id: NoticeId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let owner = owner.into();
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new("UPDATE notice SET read_at = coalesce(read_at, ");
        query.push_bind(now.as_microsecond()).push(") WHERE id = ").push_bind(id.to_string()).push(" AND ");
        is_of!(query, owner);
        query.push(SHOWN);
        query.build().execute(conn).await.map(|done| done.rows_affected() == 1)
    })?)
}

/// Takes it back that somebody has read a notice of theirs. `false` when they have no such notice.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_unread(tx: &mut Tx, owner: impl Into<Owner>, id: NoticeId) -> Result<bool, DbError> {
    let owner = owner.into();
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new("UPDATE notice SET read_at = NULL WHERE id = ");
        query.push_bind(id.to_string()).push(" AND ");
        is_of!(query, owner);
        query.push(SHOWN);
        query.build().execute(conn).await.map(|done| done.rows_affected() == 1)
    })?)
}

/// That a notice is in the app.
const SHOWN: &str = " AND EXISTS (SELECT 1 FROM delivery d WHERE d.notice = notice.id AND d.channel = 'app' AND d.state = 'sent')";

/// Notes that somebody has read all that was in the app by a moment. What came later they have not seen. Returns how many
/// there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_all_read(
    tx: &mut Tx,
    owner: impl Into<Owner>,
    as_of: Timestamp,
    now: Timestamp,
) -> Result<u64, DbError> {
    let owner = owner.into();
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new("UPDATE notice SET read_at = ");
        query.push_bind(now.as_microsecond()).push(" WHERE read_at IS NULL AND id IN (
             SELECT notice FROM delivery WHERE channel = 'app' AND state = 'sent' AND changed_at <= ");
        query.push_bind(as_of.as_microsecond()).push(") AND ");
        is_of!(query, owner);
        query.build().execute(conn).await.map(|done| done.rows_affected())
    })?)
}
