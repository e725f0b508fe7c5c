//! SQL of forgetting who had to do what, and who did.

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    visits::model::FiscalYear,
};

/// The first fiscal year that is not over by a day.
fn kept_from(day: Date) -> i64 {
    i64::from(FiscalYear::of(day).year())
}

/// Of how many people it is known what they had to do in years that are past their period.
///
/// # Errors
/// When the database cannot be read.
pub async fn training_due(tx: &mut Tx, day: Date) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT staff FROM obligation WHERE fiscal_year < $1 UNION
             SELECT staff FROM walk WHERE fiscal_year < $1 UNION
             SELECT staff FROM exemption WHERE fiscal_year < $1 UNION
             SELECT staff FROM reminder WHERE fiscal_year < $1) AS people")
        .bind(kept_from(day)).fetch_one(conn).await)?)
}

/// Forgets what some of them had to do, and did. Returns how many people, and how many rows.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_training(tx: &mut Tx, day: Date, limit: i64) -> Result<(i64, i64), DbError> {
    let before = kept_from(day);
    let people: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT staff FROM (SELECT staff FROM obligation WHERE fiscal_year < $1 UNION
             SELECT staff FROM walk WHERE fiscal_year < $1 UNION
             SELECT staff FROM exemption WHERE fiscal_year < $1 UNION
             SELECT staff FROM reminder WHERE fiscal_year < $1) AS people ORDER BY staff LIMIT $2")
        .bind(before).bind(limit).fetch_all(conn).await)?;
    let mut rows = 0;
    for person in &people {
        // Where they walked is counted on, without them.
        on!(tx, conn => sqlx::query(
            "INSERT INTO walk_total (fiscal_year, pattern, walks, completed)
             SELECT fiscal_year, pattern, count(*), count(day) FROM walk
             WHERE staff = $1 AND fiscal_year < $2 AND pattern IS NOT NULL GROUP BY fiscal_year, pattern
             ON CONFLICT (fiscal_year, pattern) DO UPDATE SET walks = walk_total.walks + excluded.walks,
                 completed = walk_total.completed + excluded.completed")
            .bind(person).bind(before).execute(conn).await.map(|_| ()))?;
        for sql in [
            "DELETE FROM obligation WHERE staff = $1 AND fiscal_year < $2",
            "DELETE FROM walk WHERE staff = $1 AND fiscal_year < $2",
            "DELETE FROM exemption WHERE staff = $1 AND fiscal_year < $2",
            "DELETE FROM reminder WHERE staff = $1 AND fiscal_year < $2",
        ] {
            rows += on!(tx, conn => sqlx::query(sql).bind(person).bind(before).execute(conn).await
                .map(|done| done.rows_affected() as i64))?;
        }
    }
    if people.len() < usize::try_from(limit).unwrap_or(usize::MAX) {
        // Nobody's any more: they go with the years that they are of.
        for sql in [
            "DELETE FROM survey_sheet WHERE fiscal_year < $1",
            "DELETE FROM survey_key WHERE fiscal_year < $1",
        ] {
            rows += on!(tx, conn => sqlx::query(sql).bind(before).execute(conn).await
                .map(|done| done.rows_affected() as i64))?;
        }
    }
    super::note_erasure(tx).await?;
    Ok((people.len() as i64, rows))
}
