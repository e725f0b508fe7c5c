//! SQL that follows the tree of departments, as it stood on a day.

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    staff::DepartmentId,
};

/// Deeper trees do not exist; a loop, should one ever be stored, ends here.
const DEEPEST: i64 = 12;

/// A department and all that stood below it on that day.
///
/// # Errors
/// When the database cannot be read.
pub async fn departments_below(
    tx: &mut Tx,
    department: DepartmentId,
    day: Date,
) -> Result<Vec<DepartmentId>, DbError> {
    let ids: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "WITH RECURSIVE below (id, depth) AS (
             SELECT CAST($1 AS TEXT), CAST(0 AS BIGINT)
             UNION SELECT s.department, b.depth + 1 FROM department_spell s JOIN below b ON s.parent = b.id
             WHERE s.valid_from <= $2 AND (s.valid_to IS NULL OR s.valid_to > $2) AND b.depth < $3)
         SELECT DISTINCT id FROM below")
        .bind(department.to_string()).bind(day.to_string()).bind(DEEPEST).fetch_all(conn).await)?;
    ids.iter().map(|id| super::id(id)).collect()
}

/// The names of a department and of all that stood above it on that day, the nearest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn departments_above(
    tx: &mut Tx,
    department: DepartmentId,
    day: Date,
) -> Result<Vec<String>, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "WITH RECURSIVE above (id, name, parent, depth) AS (
             SELECT department, name, parent, CAST(0 AS BIGINT) FROM department_spell
             WHERE department = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)
             UNION SELECT s.department, s.name, s.parent, a.depth + 1
             FROM department_spell s JOIN above a ON s.department = a.parent
             WHERE s.valid_from <= $2 AND (s.valid_to IS NULL OR s.valid_to > $2) AND a.depth < $3)
         SELECT name FROM above ORDER BY depth")
        .bind(department.to_string()).bind(day.to_string()).bind(DEEPEST).fetch_all(conn).await)?)
}
