//! A plan into the database: few statements, each for many people.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    random::SharedRandom,
    staff::{
        model::{Absence, Facts, LEFT_OPEN, StaffId, search_text},
        plan::{Change, DepartmentStep, Plan, SpellStep},
    },
};

use super::{BULK, corrupt, day};

/// What was done.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Whom it concerns.
    pub concerned: Vec<StaffId>,
    /// Who have left.
    pub left: Vec<StaffId>,
}

/// From so many changes on, what PostgreSQL knows of the tables is wrong enough to matter.
const MANY: usize = 500;

/// Lets PostgreSQL look at the tables again. By itself it does so some minutes later, and until then reads a whole table for each page.
async fn count_anew(tx: &mut Tx) -> Result<(), DbError> {
    if let Tx::Postgres(conn) = tx {
        sqlx::query("ANALYZE staff, staff_spell, department_spell, absence").execute(&mut **conn).await?;
    }
    Ok(())
}

/// Writes what a plan says.
///
/// # Errors
/// When the database cannot be written.
pub async fn apply(
    tx: &mut Tx,
    plan: &Plan,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<Applied, DbError> {
    let since = plan.effective_on;
    let departments = apply_departments(tx, plan, random, now).await?;
    let ids: Vec<StaffId> =
        plan.changes.iter().map(|change| change.staff.unwrap_or_else(|| StaffId(random.id()))).collect();
    let all: Vec<(&Change, StaffId)> = plan.changes.iter().zip(ids.iter().copied()).collect();
    let (new, old): (Vec<_>, Vec<_>) = all.iter().copied().partition(|(change, _)| change.staff.is_none());
    insert_staff(tx, &new, now).await?;
    update_staff(tx, &old).await?;
    let cut: Vec<StaffId> = old
        .iter()
        .filter(|(change, _)| matches!(change.spell, SpellStep::Begin { .. } | SpellStep::End))
        .map(|(_, id)| *id)
        .collect();
    cut_spells(tx, &cut, since).await?;
    retime_spells(tx, &all).await?;
    begin_spells(tx, &all, since, &departments).await?;
    let mut out = Vec::new();
    let mut put = Vec::new();
    for (change, id) in &all {
        out.extend(change.absences_out.iter().map(|(kind, since)| (*id, kind.as_str(), *since)));
        put.extend(change.absences_in.iter().map(|absence| (*id, absence)));
    }
    remove_absences(tx, &out).await?;
    put_absences(tx, &put).await?;
    if ids.len() >= MANY {
        count_anew(tx).await?;
    }
    let left = all.iter().filter(|(change, _)| change.is_left()).map(|(_, id)| *id).collect();
    Ok(Applied { concerned: ids, left })
}

/// The ids of all departments by code, with those that are new.
async fn apply_departments(
    tx: &mut Tx,
    plan: &Plan,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<HashMap<String, String>, DbError> {
    let rows: Vec<(String, String)> =
        on!(tx, conn => sqlx::query_as("SELECT code, id FROM department").fetch_all(conn).await)?;
    let mut ids: HashMap<String, String> = rows.into_iter().collect();
    let since = plan.effective_on.to_string();
    for step in &plan.departments {
        let (DepartmentStep::Stand { code, .. } | DepartmentStep::End { code, .. }) = step;
        let id = if let Some(id) = ids.get(code) {
            id.clone()
        } else {
            let id = random.id().to_string();
            on!(tx, conn => sqlx::query("INSERT INTO department (id, code, created_at) VALUES ($1, $2, $3)")
                    .bind(&id).bind(code).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
            ids.insert(code.clone(), id.clone());
            id
        };
        on!(tx, conn => sqlx::query("DELETE FROM department_spell WHERE department = $1 AND valid_from = $2")
            .bind(&id).bind(&since).execute(conn).await.map(|_| ()))?;
        on!(tx, conn => sqlx::query(
            "UPDATE department_spell SET valid_to = $2 WHERE department = $1 AND valid_from < $2 AND valid_to > $2")
            .bind(&id).bind(&since).execute(conn).await.map(|_| ()))?;
        if let DepartmentStep::Stand { name, parent, rank, .. } = step {
            let parent = parent
                .as_ref()
                .map(|code| ids.get(code).cloned().ok_or_else(|| corrupt("a department below none")))
                .transpose()?;
            on!(tx, conn => sqlx::query(
                "INSERT INTO department_spell (department, valid_from, valid_to, name, parent, rank)
                 VALUES ($1, $2, $3, $4, $5, $6)")
                .bind(&id).bind(&since).bind(LEFT_OPEN.to_string()).bind(name).bind(parent).bind(*rank)
                .execute(conn).await.map(|_| ()))?;
        }
    }
    Ok(ids)
}

async fn insert_staff(tx: &mut Tx, new: &[(&Change, StaffId)], now: Timestamp) -> Result<(), DbError> {
    for bulk in new.chunks(BULK) {
        on!(tx, conn => {
            let mut insert = QueryBuilder::new("INSERT INTO staff (id, number, hired_on, left_on, version, created_at) ");
            insert.push_values(bulk, |mut row, (change, id)| {
                row.push_bind(id.to_string())
                    .push_bind(change.number.clone())
                    .push_bind(day(change.hired_on))
                    .push_bind(day(change.left_on))
                    .push_bind(1_i64)
                    .push_bind(now.as_microsecond());
            });
            insert.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

async fn update_staff(tx: &mut Tx, old: &[(&Change, StaffId)]) -> Result<(), DbError> {
    for bulk in old.chunks(BULK) {
        on!(tx, conn => {
            let mut update = QueryBuilder::new("WITH v (id, hired_on, left_on) AS (");
            update.push_values(bulk, |mut row, (change, id)| {
                row.push_bind(id.to_string()).push_bind(day(change.hired_on)).push_bind(day(change.left_on));
            });
            update.push(
                ") UPDATE staff SET version = version + 1, hired_on = v.hired_on, left_on = v.left_on
                 FROM v WHERE staff.id = v.id");
            update.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Nothing of theirs counts from that day on, until the next spell that was known of.
async fn cut_spells(tx: &mut Tx, people: &[StaffId], since: Date) -> Result<(), DbError> {
    for bulk in people.chunks(BULK) {
        on!(tx, conn => {
            let mut delete = QueryBuilder::new("DELETE FROM staff_spell WHERE valid_from = ");
            delete.push_bind(since.to_string()).push(" AND staff IN (");
            let mut list = delete.separated(", ");
            for id in bulk {
                list.push_bind(id.to_string());
            }
            delete.push(")");
            delete.build().execute(conn).await.map(|_| ())
        })?;
        on!(tx, conn => {
            let mut update = QueryBuilder::new("UPDATE staff_spell SET valid_to = ");
            update.push_bind(since.to_string()).push(" WHERE valid_from < ").push_bind(since.to_string());
            update.push(" AND valid_to > ").push_bind(since.to_string()).push(" AND staff IN (");
            let mut list = update.separated(", ");
            for id in bulk {
                list.push_bind(id.to_string());
            }
            update.push(")");
            update.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

async fn retime_spells(tx: &mut Tx, all: &[(&Change, StaffId)]) -> Result<(), DbError> {
    let retimed: Vec<(StaffId, Date, Date)> = all
        .iter()
        .filter_map(|(change, id)| match change.spell {
            SpellStep::Retime { from, to } => Some((*id, from, to)),
            _ => None,
        })
        .collect();
    for bulk in retimed.chunks(BULK) {
        on!(tx, conn => {
            let mut update = QueryBuilder::new("WITH v (staff, valid_from, valid_to) AS (");
            update.push_values(bulk, |mut row, (id, from, to)| {
                row.push_bind(id.to_string()).push_bind(from.to_string()).push_bind(to.to_string());
            });
            update.push(
                ") UPDATE staff_spell SET valid_to = v.valid_to
                 FROM v WHERE staff_spell.staff = v.staff AND staff_spell.valid_from = v.valid_from");
            update.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

async fn begin_spells(
    tx: &mut Tx,
    all: &[(&Change, StaffId)],
    since: Date,
    departments: &HashMap<String, String>,
) -> Result<(), DbError> {
    let mut spells: Vec<(StaffId, &str, &Facts, &str, Date)> = Vec::new();
    for (change, id) in all {
        if let (SpellStep::Begin { to }, Some(facts)) = (&change.spell, &change.after) {
            let department =
                departments.get(&facts.department).ok_or_else(|| corrupt("a department of nobody"))?;
            spells.push((*id, &change.number, facts, department, *to));
        }
    }
    for bulk in spells.chunks(BULK) {
        on!(tx, conn => {
            let mut insert = QueryBuilder::new(
                "INSERT INTO staff_spell (staff, valid_from, valid_to, name, name_kana, search, department, tier,
                     grade, employment, email) ");
            insert.push_values(bulk, |mut row, (id, number, facts, department, to)| {
                row.push_bind(id.to_string())
                    .push_bind(since.to_string())
                    .push_bind(to.to_string())
                    .push_bind(facts.name.clone())
                    .push_bind(facts.name_kana.clone())
                    .push_bind(search_text(number, &facts.name, facts.name_kana.as_deref()))
                    .push_bind((*department).to_owned())
                    .push_bind(facts.tier.clone())
                    .push_bind(facts.grade.clone())
                    .push_bind(facts.employment.as_str())
                    .push_bind(facts.email.clone());
            });
            insert.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

async fn remove_absences(tx: &mut Tx, out: &[(StaffId, &'static str, Date)]) -> Result<(), DbError> {
    for bulk in out.chunks(BULK) {
        on!(tx, conn => {
            let mut delete = QueryBuilder::new("DELETE FROM absence WHERE (staff, kind, since) IN (");
            delete.push_values(bulk, |mut row, (id, kind, since)| {
                row.push_bind(id.to_string()).push_bind(*kind).push_bind(since.to_string());
            });
            delete.push(")");
            delete.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Puts absences in; one with the same beginning ends as the new one says.
pub(super) async fn put_absences(tx: &mut Tx, put: &[(StaffId, &Absence)]) -> Result<(), DbError> {
    for bulk in put.chunks(BULK) {
        on!(tx, conn => {
            let mut insert = QueryBuilder::new("INSERT INTO absence (staff, kind, since, until) ");
            insert.push_values(bulk, |mut row, (id, absence)| {
                row.push_bind(id.to_string())
                    .push_bind(absence.kind.as_str())
                    .push_bind(absence.since.to_string())
                    .push_bind(day(absence.until));
            });
            insert.push(" ON CONFLICT (staff, kind, since) DO UPDATE SET until = excluded.until");
            insert.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}
