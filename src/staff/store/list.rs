//! What is read of the roster for searches, lists and counts.

use std::collections::HashMap;

use sqlx::{FromRow, QueryBuilder};

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    staff::{
        model::{Absence, DepartmentId, Employment, StaffId, TierId},
        search::{AbsentDays, Entry},
    },
};

use super::{
    known::{absence_of, employment_of},
    maybe, parsed,
};

/// What changes with everything that searches look at.
///
/// # Errors
/// When the database cannot be read.
pub async fn revision(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar("SELECT revision FROM roster_revision").fetch_one(conn).await)?)
}

#[derive(FromRow)]
struct EntryRow {
    search: String,
    staff: String,
    valid_from: String,
    valid_to: String,
    department: String,
    tier: String,
    employment: String,
    left_on: Option<String>,
}

/// All spells of whoever was not erased.
///
/// # Errors
/// When the database cannot be read.
pub async fn entries(tx: &mut Tx) -> Result<Vec<Entry>, DbError> {
    let rows: Vec<EntryRow> = on!(tx, conn => sqlx::query_as(
        "SELECT p.search, p.staff, p.valid_from, p.valid_to, p.department, p.tier, p.employment, s.left_on
         FROM staff_spell p JOIN staff s ON s.id = p.staff WHERE p.search > ''")
        .fetch_all(conn).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                search: row.search.into(),
                staff: parsed(&row.staff)?,
                valid_from: parsed(&row.valid_from)?,
                valid_to: parsed(&row.valid_to)?,
                department: parsed(&row.department)?,
                tier: row.tier,
                employment: employment_of(&row.employment)?,
                left_on: maybe(row.left_on.as_deref())?,
            })
        })
        .collect()
}

/// All absences.
///
/// # Errors
/// When the database cannot be read.
pub async fn absent_days(tx: &mut Tx) -> Result<Vec<AbsentDays>, DbError> {
    let rows: Vec<(String, String, Option<String>)> = on!(tx, conn =>
        sqlx::query_as("SELECT staff, since, until FROM absence").fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(staff, since, until)| Ok((parsed(&staff)?, parsed(&since)?, maybe(until.as_deref())?)))
        .collect()
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub staff: StaffId,
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// How it is read.
    pub name_kana: Option<String>,
    /// Their department.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// Their tier.
    pub tier: TierId,
    /// Their 職級.
    pub grade: String,
    /// How they are employed.
    pub employment: Employment,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their last day, if it is known.
    pub left_on: Option<String>,
}

#[derive(FromRow)]
struct Row {
    id: String,
    valid_from: String,
    number: Option<String>,
    name: Option<String>,
    name_kana: Option<String>,
    department: String,
    department_name: Option<String>,
    tier: String,
    grade: String,
    employment: String,
    email: Option<String>,
    left_on: Option<String>,
}

/// How many people are read at once.
const BULK: usize = 400;

/// These people as they are from those days on, in this order, with the names that departments have on a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn found(tx: &mut Tx, spells: &[(StaffId, Date)], as_of: Date) -> Result<Vec<Found>, DbError> {
    let mut found = Vec::with_capacity(spells.len());
    for bulk in spells.chunks(BULK) {
        let rows: Vec<Row> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT s.id, p.valid_from, s.number, p.name, p.name_kana, p.department,
                        (SELECT n.name FROM department_spell n WHERE n.department = p.department AND n.valid_from <= ");
            query.push_bind(as_of.to_string());
            query.push(
                " ORDER BY n.valid_from DESC LIMIT 1) AS department_name, p.tier, p.grade, p.employment, p.email, s.left_on
                 FROM staff_spell p JOIN staff s ON s.id = p.staff WHERE p.staff IN (");
            let mut list = query.separated(", ");
            for (staff, _) in bulk {
                list.push_bind(staff.to_string());
            }
            query.push(")");
            query.build_query_as().fetch_all(conn).await
        })?;
        let mut by_spell = HashMap::new();
        for row in rows {
            by_spell.insert((parsed::<StaffId>(&row.id)?, parsed::<Date>(&row.valid_from)?), row);
        }
        // Whoever was erased since is left out.
        for row in bulk.iter().filter_map(|spell| by_spell.remove(spell)) {
            found.push(Found {
                staff: parsed(&row.id)?,
                number: row.number.unwrap_or_default(),
                name: row.name.unwrap_or_default(),
                name_kana: row.name_kana,
                department: parsed(&row.department)?,
                department_name: row.department_name.unwrap_or_default(),
                tier: row.tier,
                grade: row.grade,
                employment: employment_of(&row.employment)?,
                email: row.email,
                left_on: row.left_on,
            });
        }
    }
    Ok(found)
}

/// What somebody is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// Their number; none once they are erased.
    pub number: Option<String>,
    /// Their name on the day, or, where they are not on the roster then, the last one; none once they are erased.
    pub name: Option<String>,
}

/// What these people are called on a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn called(tx: &mut Tx, people: &[StaffId], day: Date) -> Result<HashMap<StaffId, Called>, DbError> {
    let (mut called, day) = (HashMap::with_capacity(people.len()), day.to_string());
    for bulk in people.chunks(BULK) {
        let rows: Vec<(String, Option<String>, Option<String>)> = on!(tx, conn => {
            // The spell that counts on the day comes last, and else the last one.
            let mut query = QueryBuilder::new(
                "SELECT s.id, s.number, p.name FROM staff s LEFT JOIN staff_spell p ON p.staff = s.id WHERE s.id IN (");
            let mut list = query.separated(", ");
            for staff in bulk {
                list.push_bind(staff.to_string());
            }
            query.push(") ORDER BY s.id, CASE WHEN p.valid_from <= ").push_bind(&day);
            query.push(" AND p.valid_to > ").push_bind(&day).push(" THEN 1 ELSE 0 END, p.valid_from");
            query.build_query_as().fetch_all(conn).await
        })?;
        for (staff, number, name) in rows {
            let name = name.filter(|name| !name.is_empty());
            called.insert(parsed(&staff)?, Called { number, name });
        }
    }
    Ok(called)
}

/// Who of these is absent on a day, and how.
///
/// # Errors
/// When the database cannot be read.
pub async fn absences_on(
    tx: &mut Tx,
    people: &[StaffId],
    day: Date,
) -> Result<HashMap<StaffId, Absence>, DbError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String, String, Option<String>)> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT staff, kind, since, until FROM absence WHERE since <= ");
        query.push_bind(day.to_string()).push(" AND (until IS NULL OR until > ").push_bind(day.to_string());
        query.push(") AND staff IN (");
        let mut list = query.separated(", ");
        for id in people {
            list.push_bind(id.to_string());
        }
        query.push(")");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter()
        .map(|(staff, kind, since, until)| {
            Ok((parsed(&staff)?, absence_of(&kind, &since, until.as_deref())?))
        })
        .collect()
}

/// How many there are of a tier in a department.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct CountRow {
    /// The department.
    pub department: String,
    /// The tier.
    pub tier: String,
    /// How many.
    pub count: i64,
}

/// How many there are on a day, by department and tier.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(tx: &mut Tx, day: Date) -> Result<Vec<CountRow>, DbError> {
    Ok(on!(tx, conn => sqlx::query_as(
        "SELECT department, tier, count(*) AS count FROM staff_spell WHERE valid_to > $1 AND valid_from <= $1
         GROUP BY department, tier ORDER BY department, tier")
        .bind(day.to_string()).fetch_all(conn).await)?)
}
