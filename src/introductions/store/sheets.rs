//! SQL of sheets and their links.

use sqlx::FromRow;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    introductions::model::{Link, SheetId},
    on,
    vault::Sealed,
};

use super::{corrupt, moment, parsed};

/// A sheet as it is stored.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Its id.
    pub id: SheetId,
    /// When it was made.
    pub made_at: Timestamp,
    /// Its link; none of a sheet on paper.
    pub link: Option<Link>,
    /// What is known of it.
    pub sealed: Sealed,
}

/// A link that is made.
#[derive(Clone, Copy, Debug)]
pub struct LinkRow {
    /// The hash of what it holds.
    pub token: [u8; 32],
    /// Until when it can be opened.
    pub expires_at: Timestamp,
}

#[derive(FromRow)]
struct Stored {
    id: String,
    made_at: i64,
    expires_at: Option<i64>,
    opened_at: Option<i64>,
    revoked_at: Option<i64>,
    sealed: Vec<u8>,
}

const COLUMNS: &str = "id, made_at, expires_at, opened_at, revoked_at, sealed";

impl Stored {
    fn row(self) -> Result<SheetRow, DbError> {
        let (opened_at, revoked_at) =
            (self.opened_at.map(moment).transpose()?, self.revoked_at.map(moment).transpose()?);
        let link = match self.expires_at {
            Some(at) => Some(Link { expires_at: moment(at)?, opened_at, revoked_at }),
            None if opened_at.or(revoked_at).is_some() => {
                return Err(corrupt("an opened sheet without a link"));
            }
            None => None,
        };
        let sealed = Sealed::of_stored(self.sealed);
        Ok(SheetRow { id: parsed(&self.id)?, made_at: moment(self.made_at)?, link, sealed })
    }
}

/// Adds a sheet, with its link if it has one. Returns false where there is one of that id already.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_sheet(
    tx: &mut Tx,
    (id, made_at): (SheetId, Timestamp),
    link: Option<LinkRow>,
    sealed: &Sealed,
) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "INSERT INTO introduction_sheet (id, made_at, token, expires_at, sealed) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO NOTHING")
        .bind(id.to_string()).bind(made_at.as_microsecond()).bind(link.map(|link| link.token.to_vec()))
        .bind(link.map(|link| link.expires_at.as_microsecond())).bind(sealed.bytes())
        .execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// A sheet.
///
/// # Errors
/// When the database cannot be read.
pub async fn sheet(tx: &mut Tx, id: SheetId) -> Result<Option<SheetRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM introduction_sheet WHERE id = $1");
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id.to_string()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// The sheet whose link it is, whether it still opens or not.
///
/// # Errors
/// When the database cannot be read.
pub async fn sheet_of_token(tx: &mut Tx, token: &[u8; 32]) -> Result<Option<SheetRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM introduction_sheet WHERE token = $1");
    let row: Option<Stored> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(token.to_vec()).fetch_optional(conn).await)?;
    row.map(Stored::row).transpose()
}

/// All sheets, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn sheets(tx: &mut Tx) -> Result<Vec<SheetRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM introduction_sheet ORDER BY made_at DESC, id");
    let rows: Vec<Stored> = on!(tx, conn => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(conn).await)?;
    rows.into_iter().map(Stored::row).collect()
}

/// Gives a sheet another link in place of one that waits. Returns whether it waits.
///
/// # Errors
/// When the database cannot be written.
pub async fn renew_link(tx: &mut Tx, id: SheetId, token: &[u8; 32], now: Timestamp) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE introduction_sheet SET token = $2
         WHERE id = $1 AND expires_at > $3 AND opened_at IS NULL AND revoked_at IS NULL")
        .bind(id.to_string()).bind(token.to_vec()).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Notes that a link was opened. Returns whether it waited: of two who open it at once, one is first.
///
/// # Errors
/// When the database cannot be written.
pub async fn mark_opened(tx: &mut Tx, id: SheetId, now: Timestamp) -> Result<bool, DbError> {
    ended(
        tx,
        "UPDATE introduction_sheet SET opened_at = $2
         WHERE id = $1 AND expires_at > $2 AND opened_at IS NULL AND revoked_at IS NULL",
        id,
        now,
    )
    .await
}

/// Revokes a link. Returns whether it waited.
///
/// # Errors
/// When the database cannot be written.
pub async fn revoke_link(tx: &mut Tx, id: SheetId, now: Timestamp) -> Result<bool, DbError> {
    ended(
        tx,
        "UPDATE introduction_sheet SET revoked_at = $2
         WHERE id = $1 AND expires_at > $2 AND opened_at IS NULL AND revoked_at IS NULL",
        id,
        now,
    )
    .await
}

async fn ended(tx: &mut Tx, sql: &'static str, id: SheetId, now: Timestamp) -> Result<bool, DbError> {
    Ok(on!(tx, conn => sqlx::query(sql).bind(id.to_string()).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected() == 1))?)
}

/// Takes away the sheets on which nobody is. Returns how many there were. It needs no key.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_empty_sheets(tx: &mut Tx) -> Result<i64, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "DELETE FROM introduction_sheet
         WHERE NOT EXISTS (SELECT 1 FROM introduction_given g WHERE g.sheet = introduction_sheet.id)")
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done as i64)
}

/// Puts a sheet in place that is sealed anew.
///
/// # Errors
/// When the database cannot be written.
pub async fn reseal_sheet(tx: &mut Tx, id: SheetId, sealed: &Sealed) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE introduction_sheet SET sealed = $2 WHERE id = $1")
        .bind(id.to_string()).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
