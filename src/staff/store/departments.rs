//! Departments of a day.

use sqlx::FromRow;

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    staff::model::DepartmentId,
};

/// A department as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct DepartmentRow {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The one above.
    pub parent: Option<String>,
    /// Its place among its neighbours.
    pub rank: i64,
}

/// All departments of a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn departments(tx: &mut Tx, day: Date) -> Result<Vec<DepartmentRow>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT d.id, d.code, s.name, s.parent, s.rank FROM department_spell s JOIN department d ON d.id = s.department
         WHERE s.valid_from <= $1 AND s.valid_to > $1 ORDER BY s.rank, d.code")
        .bind(day.to_string()).fetch_all(conn).await)?)
}

/// The code of a department that stands on a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn code_of(tx: &mut Tx, department: DepartmentId, day: Date) -> Result<Option<String>, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT d.code FROM department d JOIN department_spell s ON s.department = d.id
         WHERE d.id = $1 AND s.valid_from <= $2 AND s.valid_to > $2")
        .bind(department.to_string()).bind(day.to_string()).fetch_optional(conn).await)?)
}
