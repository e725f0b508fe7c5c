//! SQL of erasing what of the roster is past its retention period.

use sqlx::QueryBuilder;

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
};

use super::model::StaffId;

/// How many people left before `day` and are still known.
pub(super) async fn leavers_due(tx: &mut Tx, day: Date) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM staff WHERE left_on IS NOT NULL AND erased_at IS NULL AND left_on < $1")
        .bind(day.to_string()).fetch_one(conn).await)?)
}

/// Those who left first.
pub(super) async fn leavers(tx: &mut Tx, day: Date, limit: i64) -> Result<Vec<StaffId>, DbError> {
    let ids: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT id FROM staff WHERE left_on IS NOT NULL AND erased_at IS NULL AND left_on < $1
         ORDER BY left_on, id LIMIT $2")
        .bind(day.to_string()).bind(limit).fetch_all(conn).await)?;
    ids.iter()
        .map(|id| id.parse().map_err(|error: uuid::Error| DbError::Corrupt(error.to_string())))
        .collect()
}

/// Forgets who they were; where they worked and when stays. Returns how many rows were emptied.
pub(super) async fn erase_leavers(tx: &mut Tx, leavers: &[StaffId], now: Timestamp) -> Result<i64, DbError> {
    if leavers.is_empty() {
        return Ok(0);
    }
    let spells = on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "UPDATE staff_spell SET name = NULL, name_kana = NULL, search = NULL, email = NULL WHERE staff IN (");
        let mut list = query.separated(", ");
        for staff in leavers {
            list.push_bind(staff.to_string());
        }
        query.push(")");
        query.build().execute(conn).await.map(|done| done.rows_affected() as i64)
    })?;
    let people = on!(tx, conn => {
        let mut query =
            QueryBuilder::new("UPDATE staff SET number = NULL, version = version + 1, erased_at = ");
        query.push_bind(now.as_microsecond()).push(" WHERE id IN (");
        let mut list = query.separated(", ");
        for staff in leavers {
            list.push_bind(staff.to_string());
        }
        query.push(")");
        query.build().execute(conn).await.map(|done| done.rows_affected() as i64)
    })?;
    Ok(spells + people)
}

/// How many files wait since before `moment`.
pub(super) async fn previews_due(tx: &mut Tx, moment: Timestamp) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM roster_preview WHERE made_at < $1")
        .bind(moment.as_microsecond()).fetch_one(conn).await)?)
}

/// Deletes the oldest of them. Returns how many.
pub(super) async fn erase_previews(tx: &mut Tx, moment: Timestamp, limit: i64) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "DELETE FROM roster_preview WHERE id IN
             (SELECT id FROM roster_preview WHERE made_at < $1 ORDER BY made_at LIMIT $2)")
        .bind(moment.as_microsecond()).bind(limit).execute(conn).await
        .map(|done| done.rows_affected() as i64))?)
}
