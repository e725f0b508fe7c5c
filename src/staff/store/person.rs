//! One member of staff.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::model::{Absence, DepartmentId, Facts, Spell, StaffId, search_text},
};

use super::{
    apply::put_absences,
    day,
    known::{absence_of, employment_of},
    maybe, parsed,
};

/// A spell, and the department by its id and its name of that time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSpell {
    /// The spell.
    pub spell: Spell,
    /// The department.
    pub department: DepartmentId,
    /// What it was called.
    pub department_name: String,
}

/// Somebody with all that is kept of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub staff: StaffId,
    /// Their number; none once it is erased.
    pub number: Option<String>,
    /// When they were hired.
    pub hired_on: Option<Date>,
    /// Their last day.
    pub left_on: Option<Date>,
    /// Grows with every change.
    pub version: i64,
    /// What they were, the oldest first.
    pub spells: Vec<PersonSpell>,
    /// When they were absent, the oldest first.
    pub absences: Vec<Absence>,
}

impl Person {
    /// The spell of a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&PersonSpell> {
        self.spells.iter().find(|spell| spell.spell.holds(day))
    }

    /// The bare spells.
    #[must_use]
    pub fn spells(&self) -> Vec<Spell> {
        self.spells.iter().map(|spell| spell.spell.clone()).collect()
    }
}

#[derive(FromRow)]
struct StaffRow {
    number: Option<String>,
    hired_on: Option<String>,
    left_on: Option<String>,
    version: i64,
}

#[derive(FromRow)]
struct SpellRow {
    valid_from: String,
    valid_to: String,
    name: Option<String>,
    name_kana: Option<String>,
    department: String,
    code: String,
    department_name: Option<String>,
    tier: String,
    grade: String,
    employment: String,
    email: Option<String>,
}

/// Somebody by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn person(tx: &mut Tx, staff: StaffId) -> Result<Option<Person>, DbError> {
    let id = staff.to_string();
    let row: Option<StaffRow> = on!(tx, conn => sqlx::query_as(
        "SELECT number, hired_on, left_on, version FROM staff WHERE id = $1")
        .bind(&id).fetch_optional(conn).await)?;
    let Some(StaffRow { number, hired_on, left_on, version }) = row else { return Ok(None) };
    let rows: Vec<SpellRow> = on!(tx, conn => sqlx::query_as(
        "SELECT p.valid_from, p.valid_to, p.name, p.name_kana, p.department, d.code,
                (SELECT n.name FROM department_spell n WHERE n.department = p.department AND n.valid_from < p.valid_to
                 ORDER BY n.valid_from DESC LIMIT 1) AS department_name, p.tier, p.grade, p.employment, p.email
         FROM staff_spell p JOIN department d ON d.id = p.department WHERE p.staff = $1 ORDER BY p.valid_from")
        .bind(&id).fetch_all(conn).await)?;
    let absences: Vec<(String, String, Option<String>)> = on!(tx, conn => sqlx::query_as(
        "SELECT kind, since, until FROM absence WHERE staff = $1 ORDER BY since, kind")
        .bind(&id).fetch_all(conn).await)?;
    let spells = rows
        .into_iter()
        .map(|row| {
            let facts = Facts {
                name: row.name.unwrap_or_default(),
                name_kana: row.name_kana,
                department: row.code,
                tier: row.tier,
                grade: row.grade,
                employment: employment_of(&row.employment)?,
                email: row.email,
            };
            Ok(PersonSpell {
                spell: Spell { from: parsed(&row.valid_from)?, to: parsed(&row.valid_to)?, facts },
                department: parsed(&row.department)?,
                department_name: row.department_name.unwrap_or_default(),
            })
        })
        .collect::<Result<_, DbError>>()?;
    let absences = absences
        .into_iter()
        .map(|(kind, since, until)| absence_of(&kind, &since, until.as_deref()))
        .collect::<Result<_, _>>()?;
    Ok(Some(Person {
        staff,
        number,
        hired_on: maybe(hired_on.as_deref())?,
        left_on: maybe(left_on.as_deref())?,
        version,
        spells,
        absences,
    }))
}

/// Adds somebody without any spell.
///
/// # Errors
/// When the database cannot be written, or the number is taken.
pub async fn insert_person(
    tx: &mut Tx,
    staff: StaffId,
    number: &str,
    hired_on: Option<Date>,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO staff (id, number, hired_on, version, created_at) VALUES ($1, $2, $3, 1, $4)")
        .bind(staff.to_string()).bind(number).bind(day(hired_on)).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Notes that somebody is changed, if they still are at that version. `false` when they are not.
///
/// # Errors
/// When the database cannot be written.
pub async fn touch(tx: &mut Tx, staff: StaffId, version: i64) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query("UPDATE staff SET version = version + 1 WHERE id = $1 AND version = $2")
        .bind(staff.to_string()).bind(version).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Changes when somebody was hired, and their last day.
///
/// # Errors
/// When the database cannot be written.
pub async fn change_days(
    tx: &mut Tx,
    staff: StaffId,
    hired_on: Option<Date>,
    left_on: Option<Date>,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE staff SET hired_on = $2, left_on = $3 WHERE id = $1")
        .bind(staff.to_string()).bind(day(hired_on)).bind(day(left_on)).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Writes all of somebody's spells anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn replace_spells(
    tx: &mut Tx,
    staff: StaffId,
    number: &str,
    spells: &[Spell],
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM staff_spell WHERE staff = $1")
        .bind(staff.to_string()).execute(conn).await.map(|_| ()))?;
    for spell in spells {
        let facts = &spell.facts;
        on!(tx, conn => sqlx::query(
            "INSERT INTO staff_spell (staff, valid_from, valid_to, name, name_kana, search, department, tier, grade,
                 employment, email)
             SELECT $1, $2, $3, $4, $5, $6, d.id, $8, $9, $10, $11 FROM department d WHERE d.code = $7")
            .bind(staff.to_string()).bind(spell.from.to_string()).bind(spell.to.to_string())
            .bind(&facts.name).bind(&facts.name_kana)
            .bind(search_text(number, &facts.name, facts.name_kana.as_deref()))
            .bind(&facts.department).bind(&facts.tier).bind(&facts.grade).bind(facts.employment.as_str())
            .bind(&facts.email).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

/// Writes all of somebody's absences anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn replace_absences(tx: &mut Tx, staff: StaffId, absences: &[Absence]) -> Result<(), DbError> {
    on!(tx, conn => {
        let mut delete = QueryBuilder::new("DELETE FROM absence WHERE staff = ");
        delete.push_bind(staff.to_string());
        delete.build().execute(conn).await.map(|_| ())
    })?;
    let all: Vec<(StaffId, &Absence)> = absences.iter().map(|absence| (staff, absence)).collect();
    put_absences(tx, &all).await
}
