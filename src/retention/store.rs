//! SQL of periods and runs.

use serde_json::Value;
use sqlx::FromRow;

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    ids, on,
};

use super::{
    model::{CountedFrom, Period, Unit},
    run::Cause,
};

ids! {
    /// The id of a run.
    RunId,
}

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

/// A configured period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Configured {
    pub(super) class: String,
    pub(super) period: Period,
    pub(super) reason: String,
    pub(super) changed_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct PeriodRow {
    class: String,
    amount: i64,
    unit: String,
    counted_from: String,
    reason: String,
    changed_at: Option<i64>,
}

/// Every configured period.
pub(super) async fn periods(tx: &mut Tx) -> Result<Vec<Configured>, DbError> {
    let rows: Vec<PeriodRow> = on!(tx, conn => sqlx::query_as(
        "SELECT class, amount, unit, counted_from, reason, changed_at FROM retention_period")
        .fetch_all(conn).await)?;
    rows.into_iter()
        .map(|row| {
            let unit = Unit::ALL.into_iter().find(|unit| unit.as_str() == row.unit);
            let from = CountedFrom::ALL.into_iter().find(|from| from.as_str() == row.counted_from);
            let (Some(unit), Some(from)) = (unit, from) else { return Err(corrupt("a retention period")) };
            Ok(Configured {
                class: row.class,
                period: Period::new(row.amount, unit, from).map_err(corrupt)?,
                reason: row.reason,
                changed_at: row.changed_at.map(Timestamp::from_microsecond).transpose().map_err(corrupt)?,
            })
        })
        .collect()
}

/// Sets a period.
pub(super) async fn set_period(
    tx: &mut Tx,
    class: &str,
    period: Period,
    reason: &str,
    by: AccountId,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO retention_period (class, amount, unit, counted_from, reason, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (class) DO UPDATE SET amount = excluded.amount, unit = excluded.unit,
             counted_from = excluded.counted_from, reason = excluded.reason, changed_by = excluded.changed_by,
             changed_at = excluded.changed_at")
        .bind(class).bind(period.amount()).bind(period.unit().as_str()).bind(period.counted_from().as_str())
        .bind(reason).bind(by.to_string()).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// A run that has begun.
#[derive(Clone, Debug, PartialEq)]
pub struct PastRun {
    /// Its id.
    pub id: RunId,
    /// The day for which it is.
    pub day: Date,
    /// Who asked for it.
    pub cause: Cause,
    /// When it began.
    pub started_at: Timestamp,
    /// When it had come to its end; it was interrupted, or goes on, when absent.
    pub ended_at: Option<Timestamp>,
    /// What was erased, by class: subjects and rows.
    pub erased: Value,
}

#[derive(FromRow)]
struct RunRow {
    id: String,
    day: String,
    cause: String,
    started_at: i64,
    ended_at: Option<i64>,
    erased: String,
}

impl TryFrom<RunRow> for PastRun {
    type Error = DbError;

    fn try_from(row: RunRow) -> Result<Self, DbError> {
        let moment = |micros| Timestamp::from_microsecond(micros).map_err(corrupt);
        Ok(Self {
            id: row.id.parse().map_err(corrupt)?,
            day: row.day.parse().map_err(corrupt)?,
            cause: Cause::ALL
                .into_iter()
                .find(|cause| cause.as_str() == row.cause)
                .ok_or_else(|| corrupt("the cause of a run"))?,
            started_at: moment(row.started_at)?,
            ended_at: row.ended_at.map(moment).transpose()?,
            erased: serde_json::from_str(&row.erased).map_err(corrupt)?,
        })
    }
}

/// The last runs, the newest first.
pub(super) async fn runs(tx: &mut Tx, limit: i64) -> Result<Vec<PastRun>, DbError> {
    let rows: Vec<RunRow> = on!(tx, conn => sqlx::query_as(
        "SELECT id, day, cause, started_at, ended_at, erased FROM retention_run
         ORDER BY started_at DESC, id DESC LIMIT $1")
        .bind(limit).fetch_all(conn).await)?;
    rows.into_iter().map(PastRun::try_from).collect()
}

/// The day of the last daily run that came to its end.
pub(super) async fn last_daily(tx: &mut Tx) -> Result<Option<Date>, DbError> {
    let day: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT max(day) FROM retention_run WHERE cause = 'daily' AND ended_at IS NOT NULL")
        .fetch_one(conn).await)?;
    day.map(|day| day.parse().map_err(corrupt)).transpose()
}

/// Begins a run. `None` when it is the daily one and another server has it: only one that has stood still
/// since `stale` is taken over.
pub(super) async fn begin(
    tx: &mut Tx,
    id: RunId,
    day: Date,
    cause: Cause,
    account: Option<AccountId>,
    now: Timestamp,
    stale: Timestamp,
) -> Result<Option<RunId>, DbError> {
    let begun: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "INSERT INTO retention_run (id, day, cause, account, started_at, beat_at, erased)
         VALUES ($1, $2, $3, $4, $5, $5, '{}')
         ON CONFLICT (day) WHERE cause = 'daily' DO UPDATE SET beat_at = excluded.beat_at
             WHERE retention_run.ended_at IS NULL AND retention_run.beat_at < $6
         RETURNING id")
        .bind(id.to_string()).bind(day.to_string()).bind(cause.as_str())
        .bind(account.map(|account| account.to_string())).bind(now.as_microsecond())
        .bind(stale.as_microsecond())
        .fetch_optional(conn).await)?;
    begun.map(|id| id.parse().map_err(corrupt)).transpose()
}

/// What a run has erased so far, while nobody else changes it: batches of all servers take turns.
pub(super) async fn lock(tx: &mut Tx, run: RunId) -> Result<Value, DbError> {
    if let Tx::Postgres(transaction) = tx {
        sqlx::query("SELECT pg_advisory_xact_lock(7237120)").execute(&mut **transaction).await?;
    }
    let erased: String = on!(tx, conn => sqlx::query_scalar("SELECT erased FROM retention_run WHERE id = $1")
        .bind(run.to_string()).fetch_one(conn).await)?;
    serde_json::from_str(&erased).map_err(corrupt)
}

/// Notes what a run has erased so far.
pub(super) async fn beat(tx: &mut Tx, run: RunId, erased: &Value, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE retention_run SET erased = $2, beat_at = $3 WHERE id = $1")
        .bind(run.to_string()).bind(erased.to_string()).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// A run has come to its end.
pub(super) async fn end(tx: &mut Tx, run: RunId, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE retention_run SET ended_at = $2, beat_at = $2 WHERE id = $1")
        .bind(run.to_string()).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
