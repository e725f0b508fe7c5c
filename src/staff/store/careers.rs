//! Where people were, and when they were away, without who they are.

use std::collections::BTreeMap;

use sqlx::FromRow;

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    staff::model::{Absence, Branch, Career, DepartmentId, Post, StaffId},
};

use super::{
    known::{absence_of, employment_of},
    maybe, parsed,
};

#[derive(FromRow)]
struct PostRow {
    staff: String,
    hired_on: Option<String>,
    valid_from: String,
    valid_to: String,
    department: String,
    tier: String,
    employment: String,
}

/// Where everybody was who was on the roster on any day of a time, or one of them, by id. Spells and absences that do not touch
/// the time are left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn careers(
    tx: &mut Tx,
    (first, last): (Date, Date),
    only: Option<StaffId>,
) -> Result<Vec<Career>, DbError> {
    let (first, last) = (first.to_string(), last.to_string());
    let only = only.map(|staff| staff.to_string());
    let rows: Vec<PostRow> = on!(tx, conn => sqlx::query_as(
        "SELECT p.staff, s.hired_on, p.valid_from, p.valid_to, p.department, p.tier, p.employment
         FROM staff_spell p JOIN staff s ON s.id = p.staff
         WHERE p.valid_to > $1 AND p.valid_from <= $2 AND (CAST($3 AS TEXT) IS NULL OR p.staff = $3)
         ORDER BY p.staff, p.valid_from").bind(&first).bind(&last).bind(&only).fetch_all(conn).await)?;
    let absences: Vec<(String, String, String, Option<String>)> = on!(tx, conn => sqlx::query_as(
        "SELECT staff, kind, since, until FROM absence
         WHERE (until IS NULL OR until > $1) AND since <= $2 AND (CAST($3 AS TEXT) IS NULL OR staff = $3)
         ORDER BY staff, since").bind(&first).bind(&last).bind(&only).fetch_all(conn).await)?;
    let mut away: BTreeMap<String, Vec<Absence>> = BTreeMap::new();
    for (staff, kind, since, until) in absences {
        away.entry(staff).or_default().push(absence_of(&kind, &since, until.as_deref())?);
    }
    let mut careers: Vec<Career> = Vec::new();
    for row in rows {
        let staff = parsed(&row.staff)?;
        if careers.last().is_none_or(|last| last.staff != staff) {
            let absences = away.remove(&row.staff).unwrap_or_default();
            let hired_on = maybe(row.hired_on.as_deref())?;
            careers.push(Career { staff, hired_on, posts: Vec::new(), absences });
        }
        let post = Post {
            from: parsed(&row.valid_from)?,
            to: parsed(&row.valid_to)?,
            department: parsed(&row.department)?,
            tier: row.tier,
            employment: employment_of(&row.employment)?,
        };
        if let Some(career) = careers.last_mut() {
            career.posts.push(post);
        }
    }
    Ok(careers)
}

/// Which department has been below which, at all times.
///
/// # Errors
/// When the database cannot be read.
pub async fn branches(tx: &mut Tx) -> Result<Vec<Branch>, DbError> {
    let rows: Vec<(String, String, String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT department, parent, valid_from, valid_to FROM department_spell WHERE parent IS NOT NULL
         ORDER BY department, valid_from").fetch_all(conn).await)?;
    read(rows)
}

/// The same of one department and of all that have ever been above it.
///
/// # Errors
/// When the database cannot be read.
pub async fn branches_above(tx: &mut Tx, department: DepartmentId) -> Result<Vec<Branch>, DbError> {
    let rows: Vec<(String, String, String, String)> = on!(tx, conn => sqlx::query_as(
        "WITH RECURSIVE above (id) AS (
             SELECT CAST($1 AS TEXT)
             UNION SELECT s.parent FROM department_spell s JOIN above b ON s.department = b.id WHERE s.parent IS NOT NULL)
         SELECT s.department, s.parent, s.valid_from, s.valid_to FROM department_spell s JOIN above b ON s.department = b.id
         WHERE s.parent IS NOT NULL ORDER BY s.department, s.valid_from")
        .bind(department.to_string()).fetch_all(conn).await)?;
    read(rows)
}

fn read(rows: Vec<(String, String, String, String)>) -> Result<Vec<Branch>, DbError> {
    rows.into_iter()
        .map(|(department, parent, from, to)| {
            Ok(Branch {
                department: parsed(&department)?,
                parent: parsed(&parent)?,
                from: parsed(&from)?,
                to: parsed(&to)?,
            })
        })
        .collect()
}
