//! SQL of the roster.

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
};

use super::model::{DepartmentId, StaffId};

/// Who has a staff number.
///
/// # Errors
/// When the database cannot be read.
pub async fn id_of_number(tx: &mut Tx, number: &str) -> Result<Option<StaffId>, DbError> {
    let id: Option<String> = on!(tx, conn => sqlx::query_scalar("SELECT id FROM staff WHERE number = $1")
        .bind(number).fetch_optional(conn).await)?;
    id.map(|id| id.parse().map_err(|error: uuid::Error| DbError::Corrupt(error.to_string()))).transpose()
}

/// Adds a department as it stands from a day on.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_department(
    tx: &mut Tx,
    id: DepartmentId,
    code: &str,
    name: &str,
    parent: Option<DepartmentId>,
    since: Date,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("INSERT INTO department (id, code, created_at) VALUES ($1, $2, $3)")
        .bind(id.to_string()).bind(code).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    on!(tx, conn => sqlx::query(
        "INSERT INTO department_spell (department, valid_from, name, parent, rank) VALUES ($1, $2, $3, $4, 0)")
        .bind(id.to_string()).bind(since.to_string()).bind(name).bind(parent.map(|parent| parent.to_string()))
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}
