//! SQL that finds and erases activations past their period. It needs no key.

use sqlx::QueryBuilder;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
};

/// How many activations ended before.
///
/// # Errors
/// When the database cannot be read.
pub async fn activations_due(tx: &mut Tx, before: Timestamp) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT count(*) FROM housing_activation WHERE ended_at < $1")
        .bind(before.as_microsecond()).fetch_one(conn).await)?)
}

/// Erases some of the activations that ended before, with their rolls and answers. Returns how many, and how many rows.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_activations(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<(i64, i64), DbError> {
    let due: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT id FROM housing_activation WHERE ended_at < $1 ORDER BY ended_at, id LIMIT $2")
        .bind(before.as_microsecond()).bind(limit).fetch_all(conn).await)?;
    if due.is_empty() {
        return Ok((0, 0));
    }
    let mut rows = 0;
    for sql in [
        "DELETE FROM housing_answer WHERE activation IN (",
        "DELETE FROM housing_roll WHERE activation IN (",
        "DELETE FROM housing_activation WHERE id IN (",
    ] {
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
    Ok((due.len() as i64, rows as i64))
}
