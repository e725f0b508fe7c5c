//! SQL of what somebody was told in the app, and has read.

use serde_json::Value;
use sqlx::QueryBuilder;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    notify::model::{Mailbox, NoticeId},
    on,
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

/// Narrows a query to the notices of a mailbox.
macro_rules! of {
    ($query:ident, $mailbox:expr) => {{
        $query.push("(staff = ").push_bind($mailbox.staff.to_string()).push(" OR pseudonym IN (NULL");
        for pseudonym in &$mailbox.pseudonyms {
            $query.push(", ").push_bind(pseudonym.to_string());
        }
        $query.push("))");
    }};
}

/// What somebody was told in the app, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn notices(
    tx: &mut Tx,
    mailbox: impl Into<Mailbox> + Send,
    wanted: Wanted,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    let mailbox = mailbox.into();
    // `~` sorts after every id.
    let before = wanted.before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    let rows: Vec<NoticeRow> = on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "SELECT n.id, n.kind, n.payload, n.urgent, n.due_at, n.read_at FROM notice n
             JOIN delivery d ON d.notice = n.id AND d.channel = 'app' AND d.state = 'sent' WHERE ");
        of!(query, mailbox);
        query.push(" AND n.id < ").push_bind(before);
        if wanted.unread {
            query.push(" AND n.read_at IS NULL");
        }
        query.push(" ORDER BY n.id DESC LIMIT ").push_bind(limit);
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
pub async fn unread(tx: &mut Tx, mailbox: impl Into<Mailbox> + Send) -> Result<i64, DbError> {
    let mailbox = mailbox.into();
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "SELECT count(*) FROM notice n JOIN delivery d ON d.notice = n.id AND d.channel = 'app' AND d.state = 'sent'
             WHERE n.read_at IS NULL AND ");
        of!(query, mailbox);
        query.build_query_scalar().fetch_one(conn).await
    })?)
}

/// Notes that somebody has read a notice of theirs. `false` when they have no such notice.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_read(
    tx: &mut Tx,
    mailbox: impl Into<Mailbox> + Send,
    id: NoticeId,
    now: Timestamp,
) -> Result<bool, DbError> {
    mark(tx, mailbox.into(), id, Some(now)).await
}

/// Takes it back that somebody has read a notice of theirs. `false` when they have no such notice.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_unread(
    tx: &mut Tx,
    mailbox: impl Into<Mailbox> + Send,
    id: NoticeId,
) -> Result<bool, DbError> {
    mark(tx, mailbox.into(), id, None).await
}

async fn mark(tx: &mut Tx, mailbox: Mailbox, id: NoticeId, read: Option<Timestamp>) -> Result<bool, DbError> {
    let done = on!(tx, conn => {
        let mut query = QueryBuilder::new("UPDATE notice SET read_at = ");
        match read {
            Some(now) => query.push("coalesce(read_at, ").push_bind(now.as_microsecond()).push(")"),
            None => query.push("NULL"),
        };
        query.push(" WHERE id = ").push_bind(id.to_string()).push(" AND ");
        of!(query, mailbox);
        query.push(" AND EXISTS (SELECT 1 FROM delivery d WHERE d.notice = notice.id AND d.channel = 'app' AND d.state = 'sent')");
        query.build().execute(conn).await.map(|done| done.rows_affected())
    })?;
    Ok(done == 1)
}

/// Notes that somebody has read all that was in the app by a moment. What came later they have not seen. Returns how many
/// there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_all_read(
    tx: &mut Tx,
    mailbox: impl Into<Mailbox> + Send,
    as_of: Timestamp,
    now: Timestamp,
) -> Result<u64, DbError> {
    let mailbox = mailbox.into();
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new("UPDATE notice SET read_at = ");
        query.push_bind(now.as_microsecond()).push(" WHERE read_at IS NULL AND ");
        of!(query, mailbox);
        query
            .push(" AND id IN (SELECT notice FROM delivery WHERE channel = 'app' AND state = 'sent' AND changed_at <= ")
            .push_bind(as_of.as_microsecond())
            .push(")");
        query.build().execute(conn).await.map(|done| done.rows_affected())
    })?)
}
