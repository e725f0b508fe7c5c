//! Lists, searches and counts of a day.
//!
//! Which rows match is found in a covering index, in the order of `search`, which begins with the number; only the
//! rows of one page are read whole.

use std::{collections::HashMap, sync::Arc};

use sqlx::{Database, FromRow, QueryBuilder};

use crate::{
    auth::Reach,
    clock::Date,
    db::{DbError, Engine, Tx},
    on,
    staff::model::{Absence, DepartmentId, Employment, StaffId, TierId},
};

use super::{
    known::{absence_of, employment_of},
    parsed,
};

/// Of whom a list is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = StaffState)]
pub enum State {
    /// Who are on the roster on that day.
    #[default]
    Current,
    /// Who had left by that day and have not come back.
    Left,
    /// Who are on the roster on that day and do not work here.
    Absent,
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct Search {
    /// The day.
    pub as_of: Date,
    /// What number, name or reading contain, folded.
    pub text: String,
    /// Only in these departments.
    pub departments: Option<Arc<[DepartmentId]>>,
    /// Only of this tier.
    pub tier: Option<TierId>,
    /// Only so employed.
    pub employment: Option<Employment>,
    /// Of whom.
    pub state: State,
    /// Only numbers after this one.
    pub after: String,
    /// At most so many.
    pub limit: i64,
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

/// Where a search looks.
const fn source(state: State) -> &'static str {
    match state {
        // Those who have left first, then their last spell: few beside all spells that ever ended.
        State::Left => {
            " FROM staff l CROSS JOIN staff_spell p WHERE p.staff = l.id AND p.valid_from =
                  (SELECT max(z.valid_from) FROM staff_spell z WHERE z.staff = l.id)"
        }
        State::Current | State::Absent => " FROM staff_spell p WHERE 1 = 1",
    }
}

/// What narrows a search, behind its [`source`].
fn narrow<'q, DB>(query: &mut QueryBuilder<DB>, search: &'q Search, reach: &Reach, engine: Engine)
where
    DB: Database,
    String: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    query.push(source(search.state));
    let day = search.as_of.to_string();
    if search.state == State::Left {
        query.push(" AND l.left_on < ").push_bind(day.clone()).push(" AND p.valid_to <= ").push_bind(day);
    } else {
        query.push(" AND p.valid_to > ").push_bind(day.clone());
        query.push(" AND p.valid_from <= ").push_bind(day.clone());
        if search.state == State::Absent {
            query
                .push(" AND p.staff IN (SELECT a.staff FROM absence a WHERE a.since <= ")
                .push_bind(day.clone());
            query.push(" AND (a.until IS NULL OR a.until > ").push_bind(day).push("))");
        }
    }
    match reach {
        Reach::Any => {}
        Reach::Departments(departments) => in_departments(query, departments),
        // Whoever reaches only themselves finds themselves on their own page.
        Reach::Own(_) => {
            query.push(" AND 1 = 0");
        }
    }
    if let Some(departments) = &search.departments {
        in_departments(query, departments);
    }
    if let Some(tier) = &search.tier {
        query.push(" AND p.tier = ").push_bind(tier.clone());
    }
    if let Some(employment) = search.employment {
        query.push(" AND p.employment = ").push_bind(employment.as_str().to_owned());
    }
    if !search.text.is_empty() {
        let position = match engine {
            Engine::Sqlite => " AND instr(p.search, ",
            Engine::Postgres => " AND strpos(p.search, ",
        };
        query.push(position).push_bind(search.text.clone()).push(") > 0");
    }
}

fn in_departments<'q, DB>(query: &mut QueryBuilder<DB>, departments: &[DepartmentId])
where
    DB: Database,
    String: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    if departments.is_empty() {
        query.push(" AND 1 = 0");
        return;
    }
    query.push(" AND p.department IN (");
    let mut list = query.separated(", ");
    for department in departments {
        list.push_bind(department.to_string());
    }
    query.push(")");
}

/// One page of a search, by number.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx, search: &Search, reach: &Reach) -> Result<Vec<Found>, DbError> {
    let engine = tx.engine();
    // Behind everything that begins with the number itself.
    let after = if search.after.is_empty() { String::new() } else { format!("{}\u{2}", search.after) };
    let rows: Vec<Row> = on!(tx, conn => {
        let mut query = QueryBuilder::new(
            "SELECT s.id, s.number, p.name, p.name_kana, p.department,
                    (SELECT n.name FROM department_spell n WHERE n.department = p.department AND n.valid_from <= ");
        query.push_bind(search.as_of.to_string());
        query.push(
            " ORDER BY n.valid_from DESC LIMIT 1) AS department_name, p.tier, p.grade, p.employment, p.email, s.left_on
             FROM (SELECT p.staff, p.valid_from, p.search");
        narrow(&mut query, search, reach, engine);
        query.push(" AND p.search > ").push_bind(after);
        query.push(" ORDER BY p.search LIMIT ").push_bind(search.limit);
        query.push(
            ") k JOIN staff_spell p ON p.staff = k.staff AND p.valid_from = k.valid_from
             JOIN staff s ON s.id = k.staff ORDER BY k.search");
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter()
        .map(|row| {
            Ok(Found {
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
            })
        })
        .collect()
}

/// How many a search finds on all its pages.
///
/// # Errors
/// When the database cannot be read.
pub async fn total(tx: &mut Tx, search: &Search, reach: &Reach) -> Result<i64, DbError> {
    let engine = tx.engine();
    Ok(on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT count(*)");
        narrow(&mut query, search, reach, engine);
        // Who was erased is not listed either.
        query.push(" AND p.search > ''");
        query.build_query_scalar().fetch_one(conn).await
    })?)
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
