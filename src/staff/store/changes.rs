//! Confirmed imports and edits by hand.

use std::collections::HashMap;

use sqlx::{FromRow, QueryBuilder};

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::model::{ChangeId, StaffId},
};

use super::{maybe, moment, parsed};

/// What kind of change it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A file.
    Import,
    /// By hand.
    Edit,
}

impl ChangeKind {
    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Edit => "edit",
        }
    }
}

/// A change that was made.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Its id.
    pub id: ChangeId,
    /// Its kind.
    pub kind: ChangeKind,
    /// Who made it; none when an operator did by a command.
    pub account: Option<AccountId>,
    /// Whom an edit concerns.
    pub staff: Option<StaffId>,
    /// The day from which on it counts.
    pub effective_on: Date,
    /// Why.
    pub reason: String,
    /// The file.
    pub file_name: Option<String>,
    /// Counts of an import, or the fields of an edit, as JSON.
    pub summary: String,
    /// When it was made.
    pub made_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    kind: String,
    account: Option<String>,
    staff: Option<String>,
    effective_on: String,
    reason: String,
    file_name: Option<String>,
    summary: String,
    made_at: i64,
}

/// Keeps a change.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_change(tx: &mut Tx, change: &ChangeRow) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO roster_change (id, kind, account, staff, effective_on, reason, file_name, summary, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(change.id.to_string()).bind(change.kind.as_str())
        .bind(change.account.map(|account| account.to_string())).bind(change.staff.map(|staff| staff.to_string()))
        .bind(change.effective_on.to_string()).bind(&change.reason).bind(&change.file_name).bind(&change.summary)
        .bind(change.made_at.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Changes, the newest first; only those before one, if it is given.
///
/// # Errors
/// When the database cannot be read.
pub async fn changes(
    tx: &mut Tx,
    staff: Option<StaffId>,
    before: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<ChangeRow>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT * FROM roster_change WHERE 1 = 1");
        if let Some(staff) = staff {
            query.push(" AND staff = ").push_bind(staff.to_string());
        }
        if let Some((at, id)) = &before {
            query.push(" AND (made_at < ").push_bind(*at).push(" OR (made_at = ").push_bind(*at);
            query.push(" AND id < ").push_bind(id.clone()).push("))");
        }
        query.push(" ORDER BY made_at DESC, id DESC LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter()
        .map(|row| {
            Ok(ChangeRow {
                id: parsed(&row.id)?,
                kind: if row.kind == "import" { ChangeKind::Import } else { ChangeKind::Edit },
                account: maybe(row.account.as_deref())?,
                staff: maybe(row.staff.as_deref())?,
                effective_on: parsed(&row.effective_on)?,
                reason: row.reason,
                file_name: row.file_name,
                summary: row.summary,
                made_at: moment(row.made_at)?,
            })
        })
        .collect()
}

/// The day of the latest roster that was imported.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_import(tx: &mut Tx) -> Result<Option<Date>, DbError> {
    let day: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT max(effective_on) FROM roster_change WHERE kind = 'import'").fetch_one(conn).await)?;
    maybe(day.as_deref())
}

/// The names of accounts and of members of staff on a day, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn names_of(
    tx: &mut Tx,
    accounts: &[AccountId],
    staff: &[StaffId],
    day: Date,
) -> Result<HashMap<String, String>, DbError> {
    let mut names = HashMap::new();
    if !accounts.is_empty() {
        let rows: Vec<(String, Option<String>)> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT a.id, coalesce(p.name, a.display_name, a.login) FROM account a
                 LEFT JOIN staff_spell p ON p.staff = a.staff AND p.valid_from <= ");
            query.push_bind(day.to_string()).push(" AND p.valid_to > ").push_bind(day.to_string());
            query.push(" WHERE a.id IN (");
            let mut list = query.separated(", ");
            for id in accounts {
                list.push_bind(id.to_string());
            }
            query.push(")");
            query.build_query_as().fetch_all(conn).await
        })?;
        names.extend(rows.into_iter().map(|(id, name)| (id, name.unwrap_or_default())));
    }
    if !staff.is_empty() {
        let rows: Vec<(String, Option<String>)> = on!(tx, conn => {
            let mut query = QueryBuilder::new(
                "SELECT p.staff, p.name FROM staff_spell p WHERE p.valid_from = (SELECT max(q.valid_from)
                 FROM staff_spell q WHERE q.staff = p.staff) AND p.staff IN (");
            let mut list = query.separated(", ");
            for id in staff {
                list.push_bind(id.to_string());
            }
            query.push(")");
            query.build_query_as().fetch_all(conn).await
        })?;
        names.extend(rows.into_iter().map(|(id, name)| (id, name.unwrap_or_default())));
    }
    Ok(names)
}
