//! SQL of where residents work.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    staff::StaffId,
};

use super::parsed;

/// People in one statement.
const BULK: usize = 500;

/// What the departments of these people are called on a day; who is on no roster then has none.
///
/// # Errors
/// When the database cannot be read.
pub async fn departments_of(
    tx: &mut Tx,
    people: &[StaffId],
    day: Date,
) -> Result<HashMap<StaffId, String>, DbError> {
    let (mut found, day) = (HashMap::with_capacity(people.len()), day.to_string());
    for bulk in people.chunks(BULK) {
        let rows: Vec<(String, String)> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT p.staff, s.name FROM staff_spell p JOIN department_spell s ON s.department = p.department
                 WHERE p.valid_from <= ");
            query.push_bind(&day).push(" AND p.valid_to > ").push_bind(&day);
            query.push(" AND s.valid_from <= ").push_bind(&day).push(" AND s.valid_to > ").push_bind(&day);
            query.push(" AND p.staff IN (");
            let mut list = query.separated(", ");
            for staff in bulk {
                list.push_bind(staff.to_string());
            }
            query.push(")");
            query.build_query_as().fetch_all(conn).await
        })?;
        for (staff, name) in rows {
            found.insert(parsed(&staff)?, name);
        }
    }
    Ok(found)
}
