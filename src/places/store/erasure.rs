//! SQL of erasing contact persons from the history of places.

use std::sync::LazyLock;

use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::{
    catalogue::CONTACT_FIELDS,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    places::editing::{Difference, Override},
};

use super::corrupt;

/// Edits of before `$1` that know a contact person. Keys of JSON are between quotation marks in both texts, and a
/// quotation mark within a value is escaped.
static DUE: LazyLock<String> = LazyLock::new(|| {
    let said =
        CONTACT_FIELDS.map(|field| format!("state LIKE '%\"{field}\"%' OR changes LIKE '%\"{field}\"%'"));
    format!("FROM place_edit WHERE erased_at IS NULL AND at < $1 AND ({})", said.join(" OR "))
});

/// How many edits know a contact person and are older.
pub(in crate::places) async fn contact_edits_due(tx: &mut Tx, moment: Timestamp) -> Result<i64, DbError> {
    let sql = format!("SELECT count(*) {}", *DUE);
    Ok(on!(tx, conn => sqlx::query_scalar(AssertSqlSafe(sql)).bind(moment.as_microsecond())
        .fetch_one(conn).await)?)
}

/// Erases contact persons from the oldest edits. Returns from how many.
pub(in crate::places) async fn erase_contacts(
    tx: &mut Tx,
    moment: Timestamp,
    limit: i64,
    now: Timestamp,
) -> Result<i64, DbError> {
    let sql = format!("SELECT place, version, state, changes {} ORDER BY at, place, version LIMIT $2", *DUE);
    let rows: Vec<(String, i64, String, String)> = on!(tx, conn => sqlx::query_as(AssertSqlSafe(sql))
        .bind(moment.as_microsecond()).bind(limit).fetch_all(conn).await)?;
    let count = rows.len() as i64;
    for (place, version, state, changes) in rows {
        let (state, changes) = (without_contacts(&state)?, without_contact_values(&changes)?);
        on!(tx, conn => sqlx::query(
            "UPDATE place_edit SET state = $3, changes = $4, erased_at = $5 WHERE place = $1 AND version = $2")
            .bind(&place).bind(version).bind(&state).bind(&changes).bind(now.as_microsecond())
            .execute(conn).await.map(|_| ()))?;
    }
    Ok(count)
}

/// What editors said, without contact persons.
fn without_contacts(state: &str) -> Result<String, DbError> {
    let mut over = Override::from_json(state).map_err(corrupt)?;
    for field in CONTACT_FIELDS {
        over.fields.shift_remove(field);
    }
    Ok(over.to_json())
}

/// What an edit changed: that a contact was changed stays, from what to what does not.
fn without_contact_values(changes: &str) -> Result<String, DbError> {
    let mut changes: Vec<Difference> = serde_json::from_str(changes).map_err(corrupt)?;
    for change in &mut changes {
        if CONTACT_FIELDS.contains(&&*change.field) {
            (change.before, change.after) = (Value::Null, Value::Null);
        }
    }
    serde_json::to_string(&changes).map_err(corrupt)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_contact_persons_go() {
        let mut over = Override::default();
        over.fields.insert("contact_name".into(), "見本 花子".into());
        over.fields.insert("phone".into(), "03-0000-0000".into());
        over.hidden.insert("phone".into());
        let left = Override::from_json(&without_contacts(&over.to_json()).unwrap()).unwrap();
        over.fields.shift_remove("contact_name");
        assert_eq!(left, over);
        let changes = json!([
            { "field": "contact_email", "before": "a@example.jp", "after": "b@example.jp" },
            { "field": "phone", "before": null, "after": "03-0000-0000" }
        ]);
        let left: Value =
            serde_json::from_str(&without_contact_values(&changes.to_string()).unwrap()).unwrap();
        assert_eq!(left[0], json!({ "field": "contact_email", "before": null, "after": null }));
        assert_eq!(left[1], changes[1]);
    }
}
