//! SQL of erasing what is past its period.

use sqlx::AssertSqlSafe;

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    visits::model::{ObservationId, VisitId},
};

use super::{FROM, OUTCOME, parsed};

/// How many visits are past their period.
pub(in crate::visits) async fn visits_due(tx: &mut Tx, day: Date) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM visit WHERE erased_at IS NULL AND day < $1")
        .bind(day.to_string()).fetch_one(conn).await)?)
}

/// Forgets when and where within the day, with what evidence, and what was said; keeps stop, day, verdict and what counted
/// in the end. Returns how many visits, and how many rows.
pub(in crate::visits) async fn erase_visits(
    tx: &mut Tx,
    day: Date,
    limit: i64,
    now: Timestamp,
) -> Result<(i64, i64), DbError> {
    let sql = format!(
        "SELECT v.id, {OUTCOME} AS outcome FROM {FROM} WHERE v.erased_at IS NULL AND v.day < $1
         ORDER BY v.day, v.id LIMIT $2"
    );
    let due: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(AssertSqlSafe(sql))
        .bind(day.to_string()).bind(limit).fetch_all(conn).await)?;
    let (subjects, mut rows) = (due.len() as i64, 0);
    for (id, outcome) in due {
        let id: VisitId = parsed(&id)?;
        let erased = id.erased().to_string();
        // The visit first: only what belongs to an erased one may go.
        rows += on!(tx, conn => sqlx::query(
            "UPDATE visit SET at = NULL, offset_s = NULL, received_at = NULL, clock_off_s = NULL, digest = NULL,
                 evidence = NULL, note = NULL, flags = '', by_photo = FALSE, outcome = $2, erased_at = $3, id = $4 WHERE id = $1")
            .bind(id.to_string()).bind(outcome).bind(now.as_microsecond()).bind(&erased).execute(conn).await
            .map(|done| done.rows_affected() as i64))?;
        for sql in [
            "DELETE FROM visit_addition WHERE visit = $1",
            "DELETE FROM visit_photo WHERE visit = $1",
            "DELETE FROM visit_photo_part WHERE visit = $1",
            "DELETE FROM visit_import WHERE visit = $1",
            "UPDATE visit_decision SET reason = '' WHERE visit = $1 AND reason <> ''",
        ] {
            rows += on!(tx, conn => sqlx::query(sql).bind(&erased).execute(conn).await
                .map(|done| done.rows_affected() as i64))?;
        }
    }
    Ok((subjects, rows))
}

/// How many observations are past their period.
pub(in crate::visits) async fn observations_due(tx: &mut Tx, day: Date) -> Result<i64, DbError> {
    Ok(
        on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM observation WHERE erased_at IS NULL AND day < $1")
        .bind(day.to_string()).fetch_one(conn).await)?,
    )
}

/// Forgets what was noticed, when and where within the day, and the answers; keeps category and day.
pub(in crate::visits) async fn erase_observations(
    tx: &mut Tx,
    day: Date,
    limit: i64,
    now: Timestamp,
) -> Result<(i64, i64), DbError> {
    let due: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT id FROM observation WHERE erased_at IS NULL AND day < $1 ORDER BY day, id LIMIT $2")
        .bind(day.to_string()).bind(limit).fetch_all(conn).await)?;
    let (subjects, mut rows) = (due.len() as i64, 0);
    for id in due {
        let id: ObservationId = parsed(&id)?;
        let erased = id.erased().to_string();
        rows += on!(tx, conn => sqlx::query(
            "UPDATE observation SET at = NULL, offset_s = NULL, received_at = NULL, digest = NULL, lon = NULL, lat = NULL,
                 body = NULL, erased_at = $2, id = $3 WHERE id = $1")
            .bind(id.to_string()).bind(now.as_microsecond()).bind(&erased).execute(conn).await.map(|done| done.rows_affected() as i64))?;
        for sql in [
            "DELETE FROM observation_answer WHERE observation = $1",
            "DELETE FROM observation_import WHERE observation = $1",
        ] {
            rows += on!(tx, conn => sqlx::query(sql).bind(&erased).execute(conn).await
                .map(|done| done.rows_affected() as i64))?;
        }
    }
    Ok((subjects, rows))
}
