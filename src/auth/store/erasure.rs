//! SQL of erasing what is past its retention period.

use sqlx::QueryBuilder;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    staff::StaffId,
};

use super::{super::model::AccountId, id};

/// A table of which whole rows go, found by one moment of each.
#[derive(Clone, Copy, Debug)]
pub(in crate::auth) struct Aged {
    count: &'static str,
    delete: [&'static str; 2],
}

macro_rules! aged {
    ($table:literal, $moment:literal) => {
        Aged {
            count: concat!("SELECT count(*) FROM ", $table, " WHERE ", $moment, " < $1"),
            delete: [
                concat!(
                    "DELETE FROM ",
                    $table,
                    " WHERE rowid IN (SELECT rowid FROM ",
                    $table,
                    " WHERE ",
                    $moment,
                    " < $1 ORDER BY ",
                    $moment,
                    " LIMIT $2)"
                ),
                concat!(
                    "DELETE FROM ",
                    $table,
                    " WHERE ctid = ANY (ARRAY(SELECT ctid FROM ",
                    $table,
                    " WHERE ",
                    $moment,
                    " < $1 ORDER BY ",
                    $moment,
                    " LIMIT $2))"
                ),
            ],
        }
    };
}

/// Sessions, by their last use.
pub(in crate::auth) static SESSIONS: Aged = aged!("session", "coalesce(ended_at, seen_at)");
/// Failed sign-ins, by the last failure.
pub(in crate::auth) static ATTEMPTS: Aged = aged!("attempt", "last_at");
/// Activation links, by the end of their validity.
pub(in crate::auth) static ACTIVATIONS: Aged = aged!("activation", "expires_at");
/// Single sign-ons that were begun, by the end of their validity.
pub(in crate::auth) static SIGN_ON_FLOWS: Aged = aged!("oidc_flow", "expires_at");

impl Aged {
    /// How many rows are older.
    pub(in crate::auth) async fn due(self, tx: &mut Tx, moment: Timestamp) -> Result<i64, DbError> {
        let moment = moment.as_microsecond();
        Ok(on!(tx, conn => sqlx::query_scalar(self.count).bind(moment).fetch_one(conn).await)?)
    }

    /// Deletes the oldest. Returns how many.
    pub(in crate::auth) async fn erase(
        self,
        tx: &mut Tx,
        moment: Timestamp,
        limit: i64,
    ) -> Result<i64, DbError> {
        let sql = self.delete[usize::from(matches!(tx, Tx::Postgres(_)))];
        Ok(on!(tx, conn => sqlx::query(sql).bind(moment.as_microsecond()).bind(limit).execute(conn).await
            .map(|done| done.rows_affected() as i64))?)
    }
}

/// The accounts of these members of staff.
///
/// # Errors
/// When the database cannot be read.
pub async fn accounts_of_staff(tx: &mut Tx, staff: &[StaffId]) -> Result<Vec<AccountId>, DbError> {
    if staff.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<String> = on!(tx, conn => {
        let mut query = QueryBuilder::new("SELECT id FROM account WHERE staff IN (");
        let mut list = query.separated(", ");
        for staff in staff {
            list.push_bind(staff.to_string());
        }
        query.push(")");
        query.build_query_scalar().fetch_all(conn).await
    })?;
    rows.iter().map(|row| id(row)).collect()
}

/// Leaves nothing of an account by which somebody could be known or sign in: a pseudonym, and the dates of
/// the roles it had. Returns how many rows were deleted or emptied.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase_account(
    tx: &mut Tx,
    account: AccountId,
    pseudonym: &str,
    now: Timestamp,
) -> Result<i64, DbError> {
    let (account, now) = (account.to_string(), now.as_microsecond());
    let mut rows = 0;
    for sql in [
        "DELETE FROM session WHERE account = $1",
        "DELETE FROM activation WHERE account = $1",
        "DELETE FROM identity WHERE account = $1",
        "DELETE FROM roster_preview WHERE account = $1",
        // A free text may say anything of a person.
        "UPDATE role_grant SET reason = '' WHERE account = $1 AND reason <> ''",
    ] {
        rows += on!(tx, conn => sqlx::query(sql).bind(&account).execute(conn).await
            .map(|done| done.rows_affected() as i64))?;
    }
    rows += on!(tx, conn => sqlx::query(
        "UPDATE role_grant SET state = 'ended', ended_at = $2 WHERE account = $1 AND state IN ('pending', 'active')")
        .bind(&account).bind(now).execute(conn).await.map(|done| done.rows_affected() as i64))?;
    rows += on!(tx, conn => sqlx::query(
        "UPDATE account SET login = $2, password = NULL, display_name = NULL, language = NULL, persona = NULL,
             disabled_at = coalesce(disabled_at, $3) WHERE id = $1")
        .bind(&account).bind(pseudonym).bind(now).execute(conn).await
        .map(|done| done.rows_affected() as i64))?;
    Ok(rows)
}
