//! What is known on a day, for a plan.

use std::collections::{BTreeMap, HashMap};

use sqlx::FromRow;

use crate::{
    clock::Date,
    db::{DbError, Tx},
    on,
    staff::{
        model::{Absence, AbsenceKind, Employment, Facts, Spell},
        plan::{Known, KnownDepartment, KnownPerson},
    },
};

use super::{corrupt, maybe, parsed};

#[derive(FromRow)]
struct Row {
    id: String,
    number: String,
    hired_on: Option<String>,
    left_on: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    name: Option<String>,
    name_kana: Option<String>,
    department: Option<String>,
    tier: Option<String>,
    grade: Option<String>,
    employment: Option<String>,
    email: Option<String>,
}

impl Row {
    fn spell(&mut self) -> Result<Option<Spell>, DbError> {
        let (Some(from), Some(to)) = (&self.valid_from, &self.valid_to) else { return Ok(None) };
        let (from, to) = (parsed(from)?, parsed(to)?);
        let employment = self.employment.take().unwrap_or_default();
        Ok(Some(Spell {
            from,
            to,
            facts: Facts {
                name: self.name.take().unwrap_or_default(),
                name_kana: self.name_kana.take(),
                department: self.department.take().unwrap_or_default(),
                tier: self.tier.take().unwrap_or_default(),
                grade: self.grade.take().unwrap_or_default(),
                employment: employment_of(&employment)?,
                email: self.email.take(),
            },
        }))
    }
}

pub(super) fn employment_of(name: &str) -> Result<Employment, DbError> {
    Employment::named(name).ok_or_else(|| corrupt(format!("an employment {name:?}")))
}

pub(super) fn absence_of(kind: &str, since: &str, until: Option<&str>) -> Result<Absence, DbError> {
    let kind = AbsenceKind::named(kind).ok_or_else(|| corrupt(format!("an absence {kind:?}")))?;
    Ok(Absence { kind, since: parsed(since)?, until: maybe(until)? })
}

/// Everything that a plan for that day needs.
///
/// # Errors
/// When the database cannot be read.
pub async fn known(tx: &mut Tx, day: Date) -> Result<Known, DbError> {
    let on_day = day.to_string();
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT s.id, s.number, s.hired_on, s.left_on, p.valid_from, p.valid_to, p.name, p.name_kana,
                d.code AS department, p.tier, p.grade, p.employment, p.email
         FROM staff s
         LEFT JOIN staff_spell p ON p.staff = s.id AND p.valid_from <= $1 AND p.valid_to > $1
         LEFT JOIN department d ON d.id = p.department
         WHERE s.number IS NOT NULL")
        .bind(&on_day).fetch_all(conn).await)?;
    let next: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT staff, min(valid_from) FROM staff_spell WHERE valid_from > $1 GROUP BY staff")
        .bind(&on_day).fetch_all(conn).await)?;
    let mut next: HashMap<String, String> = next.into_iter().collect();
    let absences: Vec<(String, String, String, Option<String>)> = on!(tx, conn => sqlx::query_as(
        "SELECT staff, kind, since, until FROM absence WHERE until IS NULL OR until > $1 ORDER BY staff, kind, since")
        .bind(&on_day).fetch_all(conn).await)?;
    let mut absent: HashMap<String, Vec<Absence>> = HashMap::new();
    for (staff, kind, since, until) in absences {
        absent.entry(staff).or_default().push(absence_of(&kind, &since, until.as_deref())?);
    }
    let mut people = BTreeMap::new();
    for mut row in rows {
        let person = KnownPerson {
            staff: parsed(&row.id)?,
            spell: row.spell()?,
            next_from: maybe(next.remove(&row.id).as_deref())?,
            hired_on: maybe(row.hired_on.as_deref())?,
            left_on: maybe(row.left_on.as_deref())?,
            absences: absent.remove(&row.id).unwrap_or_default(),
        };
        people.insert(row.number, person);
    }
    let departments: Vec<(String, String, Option<String>, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT d.code, s.name, a.code, s.rank FROM department_spell s JOIN department d ON d.id = s.department
         LEFT JOIN department a ON a.id = s.parent WHERE s.valid_from <= $1 AND s.valid_to > $1")
        .bind(&on_day).fetch_all(conn).await)?;
    let departments = departments
        .into_iter()
        .map(|(code, name, parent, rank)| (code, KnownDepartment { name, parent, rank }))
        .collect();
    let grades: Vec<(String, String)> = on!(tx, conn => sqlx::query_as("SELECT grade, tier FROM tier_grade")
        .fetch_all(conn).await)?;
    Ok(Known { people, departments, grades: grades.into_iter().collect() })
}
