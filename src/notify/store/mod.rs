//! SQL of notices and their deliveries.

mod inbox;

use std::str::FromStr;

use serde_json::Value;
use uuid::Uuid;

use crate::{
    clock::{Date, Timestamp, tokyo_date},
    db::{DbError, Tx},
    on,
    random::SharedRandom,
    staff::StaffId,
    text::ReaderLanguage,
};

use super::model::{Channel, NewNotice, NoticeId, State};

pub use inbox::{Notice, Owner, Wanted, mark_all_read, mark_read, mark_unread, notices, unread};

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

/// What is known of somebody who is to be told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Their address, if the roster has one.
    pub email: Option<String>,
    /// Their language.
    pub language: ReaderLanguage,
    /// Whether they are absent: on leave, or seconded elsewhere.
    pub absent: bool,
}

impl Reader {
    /// Whether they are told something today.
    #[must_use]
    pub const fn is_told(&self, urgent: bool) -> bool {
        urgent || !self.absent
    }
}

/// Somebody as of a day; none when they are not on the roster any more.
///
/// # Errors
/// When the database cannot be read.
pub async fn reader(tx: &mut Tx, staff: StaffId, day: Date) -> Result<Option<Reader>, DbError> {
    let row: Option<(Option<String>, Option<String>, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT p.email, a.language,
             (SELECT count(*) FROM absence b WHERE b.staff = p.staff AND b.since <= $2
              AND (b.until IS NULL OR b.until > $2)) AS absences
         FROM staff_spell p LEFT JOIN account a ON a.staff = p.staff
         WHERE p.staff = $1 AND p.valid_from <= $2 AND p.valid_to > $2")
        .bind(staff.to_string()).bind(day.to_string()).fetch_optional(conn).await)?;
    Ok(row.map(|(email, language, absences)| Reader {
        email: email.filter(|email| !email.is_empty()),
        language: ReaderLanguage::of_account(language.as_deref()),
        absent: absences > 0,
    }))
}

/// Tells somebody something, in the transaction of what happened. Returns whether it is new: what was told under the
/// same key before is not told again.
///
/// # Errors
/// When the database cannot be written.
pub async fn tell(
    tx: &mut Tx,
    notice: &NewNotice,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<bool, DbError> {
    let id = NoticeId(random.id_at(now));
    let due = notice.due_at.map_or(now, |due| due.max(now));
    let kind = notice.kind;
    let staff = notice.pseudonym.is_none().then(|| notice.staff.to_string());
    let made = on!(tx, conn => sqlx::query(
        "INSERT INTO notice (id, staff, pseudonym, kind, payload, dedup, urgent, created_at, due_at)
         VALUES ($1, $2, $9, $3, $4, $5, $6, $7, $8) ON CONFLICT (dedup) DO NOTHING")
        .bind(id.to_string()).bind(staff).bind(kind.id).bind(notice.payload.to_string())
        .bind(&notice.dedup).bind(kind.urgent).bind(now.as_microsecond()).bind(due.as_microsecond())
        .bind(notice.pseudonym.map(|pseudonym| pseudonym.to_string()))
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if made == 0 {
        return Ok(false);
    }
    // What is due is in the app at once; who is absent on that day is not told later.
    let shown = if due > now {
        State::Queued
    } else {
        let reader = reader(tx, notice.staff, tokyo_date(now)).await?;
        shown(reader.as_ref(), kind.urgent)
    };
    insert_delivery(tx, id, Channel::App, shown, due, now).await?;
    if kind.mail {
        insert_delivery(tx, id, Channel::Mail, State::Queued, due, now).await?;
    }
    Ok(true)
}

fn shown(reader: Option<&Reader>, urgent: bool) -> State {
    if reader.is_some_and(|reader| reader.is_told(urgent)) { State::Sent } else { State::Withheld }
}

async fn insert_delivery(
    tx: &mut Tx,
    notice: NoticeId,
    channel: Channel,
    state: State,
    due: Timestamp,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO delivery (notice, channel, state, attempts, next_at, changed_at) VALUES ($1, $2, $3, 0, $4, $5)")
        .bind(notice.to_string()).bind(channel.as_str()).bind(state.as_str()).bind(due.as_microsecond())
        .bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Takes back what was not told yet, such as a reminder of what was cancelled. Returns how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_back(tx: &mut Tx, dedup: &str, now: Timestamp) -> Result<u64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE delivery SET state = 'withheld', changed_at = $2
         WHERE state = 'queued' AND notice = (SELECT id FROM notice WHERE dedup = $1)")
        .bind(dedup).bind(now.as_microsecond()).execute(conn).await.map(|done| done.rows_affected()))?)
}

/// Puts notices into the app that were to wait until now, at most so many. Returns how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn show_due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<usize, DbError> {
    let sql = match tx {
        Tx::Sqlite(_) => {
            "SELECT n.id, n.staff, n.urgent FROM delivery d JOIN notice n ON n.id = d.notice
             WHERE d.channel = 'app' AND d.state = 'queued' AND d.next_at <= $1 ORDER BY d.next_at LIMIT $2"
        }
        Tx::Postgres(_) => {
            "SELECT n.id, n.staff, n.urgent FROM delivery d JOIN notice n ON n.id = d.notice
             WHERE d.channel = 'app' AND d.state = 'queued' AND d.next_at <= $1 ORDER BY d.next_at LIMIT $2
             FOR UPDATE OF d SKIP LOCKED"
        }
    };
    let rows: Vec<(String, Option<String>, bool)> = on!(tx, conn =>
        sqlx::query_as(sql).bind(now.as_microsecond()).bind(limit).fetch_all(conn).await)?;
    for (id, staff, urgent) in &rows {
        let state = match staff {
            Some(staff) => shown(reader(tx, parsed(staff)?, tokyo_date(now)).await?.as_ref(), *urgent),
            // What is told by a pseudonym does not wait.
            None => State::Sent,
        };
        on!(tx, conn => sqlx::query(
            "UPDATE delivery SET state = $2, changed_at = $3 WHERE notice = $1 AND channel = 'app' AND state = 'queued'")
            .bind(id).bind(state.as_str()).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    }
    Ok(rows.len())
}

/// A mail that a worker has claimed.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The notice.
    pub notice: NoticeId,
    /// Whom it is for, unless they are called by a pseudonym.
    pub staff: Option<StaffId>,
    /// What the queue calls them instead.
    pub pseudonym: Option<Uuid>,
    /// Its kind's name.
    pub kind: String,
    /// What the kind needs to say it.
    pub payload: Value,
    /// Whether it is told to who is absent.
    pub urgent: bool,
    /// When it was due.
    pub due_at: Timestamp,
    /// How often it was tried, with this time.
    pub attempts: i64,
}

#[derive(sqlx::FromRow)]
struct ClaimedRow {
    id: String,
    staff: Option<String>,
    pseudonym: Option<String>,
    kind: String,
    payload: String,
    urgent: bool,
    due_at: i64,
    attempts: i64,
}

/// Claims mails that are due, or whose claim has ended, until `lease`. Nobody else claims them before.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(
    tx: &mut Tx,
    claim: &str,
    now: Timestamp,
    lease: Timestamp,
    limit: i64,
) -> Result<Vec<Claimed>, DbError> {
    let sql = match tx {
        // One writer at a time: the statement is the lock.
        Tx::Sqlite(_) => {
            "UPDATE delivery SET state = 'claimed', claim = $1, next_at = $3, attempts = attempts + 1, changed_at = $2
             WHERE channel = 'mail' AND notice IN (
                 SELECT notice FROM delivery WHERE channel = 'mail' AND state IN ('queued', 'claimed', 'failed')
                 AND next_at <= $2 ORDER BY next_at LIMIT $4)"
        }
        Tx::Postgres(_) => {
            // Materialized: a plan that asks the inner query again would claim more than the limit.
            "WITH due AS MATERIALIZED (
                 SELECT notice FROM delivery WHERE channel = 'mail' AND state IN ('queued', 'claimed', 'failed')
                 AND next_at <= $2 ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED)
             UPDATE delivery SET state = 'claimed', claim = $1, next_at = $3, attempts = attempts + 1, changed_at = $2
             WHERE channel = 'mail' AND notice IN (SELECT notice FROM due)"
        }
    };
    on!(tx, conn => sqlx::query(sql).bind(claim).bind(now.as_microsecond()).bind(lease.as_microsecond()).bind(limit)
        .execute(conn).await.map(|_| ()))?;
    let rows: Vec<ClaimedRow> = on!(tx, conn => sqlx::query_as(
        "SELECT n.id, n.staff, n.pseudonym, n.kind, n.payload, n.urgent, n.due_at, d.attempts
         FROM delivery d JOIN notice n ON n.id = d.notice
         WHERE d.channel = 'mail' AND d.state = 'claimed' AND d.claim = $1 ORDER BY n.id")
        .bind(claim).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Claimed {
                notice: parsed(&row.id)?,
                staff: row.staff.as_deref().map(parsed).transpose()?,
                pseudonym: row.pseudonym.as_deref().map(parsed).transpose()?,
                kind: row.kind,
                payload: serde_json::from_str(&row.payload).map_err(corrupt)?,
                urgent: row.urgent,
                due_at: moment(row.due_at)?,
                attempts: row.attempts,
            })
        })
        .collect()
}

/// Says what became of a claimed mail. `false` when the claim was lost meanwhile; then nothing is changed.
///
/// # Errors
/// When the database cannot be written.
pub async fn settle(
    tx: &mut Tx,
    (notice, claim): (NoticeId, &str),
    (state, next_at): (State, Timestamp),
    now: Timestamp,
) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE delivery SET state = $3, next_at = $4, claim = NULL, changed_at = $5
         WHERE notice = $1 AND channel = 'mail' AND state = 'claimed' AND claim = $2")
        .bind(notice.to_string()).bind(claim).bind(state.as_str()).bind(next_at.as_microsecond())
        .bind(now.as_microsecond()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Gives up mails that have waited since before `before`: nobody is told of what is long past. Returns how many.
///
/// # Errors
/// When the database cannot be written.
pub async fn give_up(tx: &mut Tx, before: Timestamp, now: Timestamp) -> Result<u64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE delivery SET state = 'given_up', claim = NULL, changed_at = $2
         WHERE channel = 'mail' AND state IN ('queued', 'failed', 'claimed') AND next_at <= $2 AND notice IN (SELECT id FROM notice WHERE due_at < $1)")
        .bind(before.as_microsecond()).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected()))?)
}

/// How many deliveries are in each state, by channel.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(tx: &mut Tx) -> Result<Vec<(Channel, State, i64)>, DbError> {
    let rows: Vec<(String, String, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT channel, state, count(*) FROM delivery GROUP BY channel, state ORDER BY channel, state")
        .fetch_all(conn).await)?;
    rows.into_iter().map(|(channel, state, count)| Ok((parsed(&channel)?, parsed(&state)?, count))).collect()
}

/// How many notices were made before.
///
/// # Errors
/// When the database cannot be read.
pub async fn notices_due(tx: &mut Tx, before: Timestamp) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM notice WHERE created_at < $1")
        .bind(before.as_microsecond()).fetch_one(conn).await)?)
}

/// Deletes the oldest notices that were made before. Returns how many.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_notices(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<i64, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "DELETE FROM notice WHERE id IN (SELECT id FROM notice WHERE created_at < $1 ORDER BY created_at LIMIT $2)")
        .bind(before.as_microsecond()).bind(limit).execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done as i64)
}

/// Whether a worker has anything to do.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_due(tx: &mut Tx, now: Timestamp, mails: bool) -> Result<bool, DbError> {
    let found: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT notice FROM delivery WHERE next_at <= $1 AND ((channel = 'app' AND state = 'queued')
             OR (channel = 'mail' AND state IN ('queued', 'claimed', 'failed') AND $2)) LIMIT 1")
        .bind(now.as_microsecond()).bind(mails).fetch_optional(conn).await)?;
    Ok(found.is_some())
}
