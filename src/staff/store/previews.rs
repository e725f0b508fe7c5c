//! Files that wait to be confirmed.

use sqlx::FromRow;

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::model::PreviewId,
};

use super::{moment, parsed};

/// A file that waits.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Its id.
    pub id: PreviewId,
    /// Who brought it.
    pub account: AccountId,
    /// The file's name.
    pub file_name: String,
    /// The day from which on it counts.
    pub effective_on: Date,
    /// What it would change, as JSON.
    pub summary: String,
    /// The file; empty where it was not asked for.
    pub content: Vec<u8>,
    /// The digest of the plan that was shown.
    pub plan_digest: Vec<u8>,
    /// When it was brought.
    pub made_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    id: String,
    account: String,
    file_name: String,
    effective_on: String,
    summary: String,
    content: Vec<u8>,
    plan_digest: Vec<u8>,
    made_at: i64,
}

impl Row {
    fn preview(self) -> Result<Preview, DbError> {
        Ok(Preview {
            id: parsed(&self.id)?,
            account: parsed(&self.account)?,
            file_name: self.file_name,
            effective_on: parsed(&self.effective_on)?,
            summary: self.summary,
            content: self.content,
            plan_digest: self.plan_digest,
            made_at: moment(self.made_at)?,
        })
    }
}

/// Keeps a file until it is confirmed.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_preview(tx: &mut Tx, preview: &Preview) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO roster_preview (id, account, file_name, effective_on, summary, content, plan_digest, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(preview.id.to_string()).bind(preview.account.to_string()).bind(&preview.file_name)
        .bind(preview.effective_on.to_string()).bind(&preview.summary).bind(&preview.content)
        .bind(&preview.plan_digest).bind(preview.made_at.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// A file that waits, with its content.
///
/// # Errors
/// When the database cannot be read.
pub async fn preview(tx: &mut Tx, id: PreviewId) -> Result<Option<Preview>, DbError> {
    let row: Option<Row> = on!(tx, conn => sqlx::query_as("SELECT * FROM roster_preview WHERE id = $1")
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Row::preview).transpose()
}

/// All files that wait, the newest first, without their content.
///
/// # Errors
/// When the database cannot be read.
pub async fn previews(tx: &mut Tx) -> Result<Vec<Preview>, DbError> {
    let sql = match tx {
        Tx::Sqlite(_) => {
            "SELECT id, account, file_name, effective_on, summary, x'' AS content, plan_digest, made_at
             FROM roster_preview ORDER BY made_at DESC, id DESC LIMIT 20"
        }
        Tx::Postgres(_) => {
            "SELECT id, account, file_name, effective_on, summary, ''::bytea AS content, plan_digest, made_at
             FROM roster_preview ORDER BY made_at DESC, id DESC LIMIT 20"
        }
    };
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await)?;
    rows.into_iter().map(Row::preview).collect()
}

/// Forgets a file. `false` when it was not there.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_preview(tx: &mut Tx, id: PreviewId) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query("DELETE FROM roster_preview WHERE id = $1")
        .bind(id.to_string()).execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Forgets files that were never confirmed.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_previews_before(tx: &mut Tx, before: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM roster_preview WHERE made_at < $1")
        .bind(before.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
