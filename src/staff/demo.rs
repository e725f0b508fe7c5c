//! The demo's roster: invented people, each marked 見本.

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    random::SharedRandom,
};

use super::{
    model::{DepartmentId, StaffId},
    store,
};

/// Number, name, reading, department, grade.
const PEOPLE: [(&str, &str, &str, usize, &str); 9] = [
    ("900001", "見本 あゆみ", "ミホン アユミ", 2, "係員"),
    ("900002", "見本 すみれ", "ミホン スミレ", 4, "主任"),
    ("900003", "見本 まなぶ", "ミホン マナブ", 3, "係長"),
    ("900004", "見本 つかさ", "ミホン ツカサ", 1, "課長"),
    ("900005", "見本 ひとみ", "ミホン ヒトミ", 3, "係長"),
    ("900006", "見本 いえやす", "ミホン イエヤス", 4, "主任"),
    ("900007", "見本 ちずる", "ミホン チズル", 4, "主任"),
    ("900008", "見本 かんり", "ミホン カンリ", 0, "係長"),
    ("900009", "見本 あおい", "ミホン アオイ", 2, "係員"),
];

/// Code, name, above.
const DEPARTMENTS: [(&str, &str, Option<usize>); 5] = [
    ("見本/総務部", "総務部(見本)", None),
    ("見本/芝支所", "芝地区総合支所(見本)", None),
    ("見本/芝支所/協働推進課", "協働推進課(見本)", Some(1)),
    ("見本/総務部/人事課", "人事課(見本)", Some(0)),
    ("見本/総務部/防災課", "防災課(見本)", Some(0)),
];

/// Fills an empty roster with invented people.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_roster(tx: &mut Tx, random: &SharedRandom, now: Timestamp) -> Result<(), DbError> {
    if store::id_of_number(tx, PEOPLE[0].0).await?.is_some() {
        return Ok(());
    }
    let since = Date::constant(2026, 4, 1);
    let ids: Vec<DepartmentId> = DEPARTMENTS.iter().map(|_| DepartmentId(random.id())).collect();
    for (index, (code, name, parent)) in DEPARTMENTS.iter().enumerate() {
        store::insert_department(tx, ids[index], code, name, parent.map(|at| ids[at]), since, now).await?;
    }
    for (number, name, kana, department, grade) in PEOPLE {
        let id = StaffId(random.id());
        on!(tx, conn => sqlx::query(
            "INSERT INTO staff (id, number, hired_on, version, created_at) VALUES ($1, $2, $3, 1, $4)")
            .bind(id.to_string()).bind(number).bind(since.to_string()).bind(now.as_microsecond())
            .execute(conn).await.map(|_| ()))?;
        on!(tx, conn => sqlx::query(
            "INSERT INTO staff_spell (staff, valid_from, name, name_kana, search, department, tier, grade, employment)
             SELECT $1, $2, $3, $4, $5, $6, tier, grade, 'regular' FROM tier_grade WHERE grade = $7")
            .bind(id.to_string()).bind(since.to_string()).bind(name).bind(kana)
            .bind(format!("{name} {kana} {number}")).bind(ids[department].to_string()).bind(grade)
            .execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}
