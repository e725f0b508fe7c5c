//! SQL that finds and erases residencies past their period. It needs no key.

use sqlx::QueryBuilder;

use crate::{
    clock::Date,
    db::{DbError, Tx},
    introductions, on,
};

/// How many residencies ended before a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn residencies_due(tx: &mut Tx, before: Date) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM residency WHERE ended_on < $1")
        .bind(before.to_string()).fetch_one(conn).await)?)
}

/// Erases some of the residencies that ended before a day, with what was decided of them. Returns how many, and how many rows.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_residencies(tx: &mut Tx, before: Date, limit: i64) -> Result<(i64, i64), DbError> {
    let due: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT id FROM residency WHERE ended_on < $1 ORDER BY ended_on, id LIMIT $2")
        .bind(before.to_string()).bind(limit).fetch_all(conn).await)?;
    if due.is_empty() {
        return Ok((0, 0));
    }
    let mut rows = 0;
    for sql in ["DELETE FROM council_decision WHERE residency IN (", "DELETE FROM residency WHERE id IN ("] {
        rows += on!(tx, conn => {
            let mut query = QueryBuilder::new(sql);
            let mut list = query.separated(", ");
            for id in &due {
                list.push_bind(id);
            }
            query.push(")");
            query.build().execute(conn).await.map(|done| done.rows_affected())
        })?;
    }
    // What they had consented to be given to their council went with them.
    rows += introductions::store::delete_empty_sheets(tx).await?.unsigned_abs();
    Ok((due.len() as i64, rows as i64))
}
