//! SQL of sessions.

use std::sync::Arc;

use sqlx::{FromRow, QueryBuilder};

use crate::{
    auth::{
        model::{AccountId, Principal, SessionId, SignInMethod},
        role::Role,
    },
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::StaffId,
};

use super::{corrupt, departments_above, departments_below, id, maybe_id, maybe_moment, moment};

/// A session to be begun.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The hash of its token.
    pub token: [u8; 32],
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// How they signed in.
    pub method: SignInMethod,
    /// What browser it is, as far as it says: for its owner to recognise.
    pub device: String,
    /// The provider's id token, which a single sign-out needs.
    pub id_token: Option<String>,
}

/// A session that was found, and who is signed in by it.
#[derive(Clone, Debug)]
pub struct SessionFound {
    /// Who.
    pub principal: Principal,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
}

#[derive(FromRow)]
struct SessionRow {
    id: String,
    account: String,
    method: String,
    created_at: i64,
    seen_at: i64,
    login: String,
    display_name: Option<String>,
    language: Option<String>,
    staff: Option<String>,
    name: Option<String>,
    department: Option<String>,
}

/// The open session of a token, and who is signed in by it as things stand on `today`. Sessions of disabled
/// accounts, and of those who have left the roster, are not found.
///
/// # Errors
/// When the database cannot be read.
pub async fn session(tx: &mut Tx, token: &[u8; 32], today: Date) -> Result<Option<SessionFound>, DbError> {
    let row: Option<SessionRow> = on!(tx, conn => sqlx::query_as(
        "SELECT s.id, s.account, s.method, s.created_at, s.seen_at, a.login, a.display_name, a.language, a.staff,
                p.name, p.department
         FROM session s JOIN account a ON a.id = s.account
         LEFT JOIN staff_spell p ON p.staff = a.staff
             AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to > $2)
         WHERE s.token = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL
           AND (a.staff IS NULL OR p.staff IS NOT NULL)")
        .bind(token.to_vec()).bind(today.to_string()).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(None) };
    let roles: Vec<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT role FROM role_grant WHERE account = $1 AND state = 'active'")
        .bind(&row.account).fetch_all(conn).await)?;
    let roles: Vec<Role> =
        roles.iter().map(|role| role.parse().map_err(corrupt)).collect::<Result<_, _>>()?;
    let department = maybe_id(row.department.as_deref())?;
    let (mut departments, mut stewards) = (Vec::new(), Vec::new());
    if let Some(department) = department {
        // Whoever has no role beyond their own things needs neither.
        if !roles.is_empty() {
            departments = departments_below(tx, department, today).await?;
            stewards = departments_above(tx, department, today).await?;
        }
    }
    let principal = Principal {
        account: id(&row.account)?,
        name: row.name.or(row.display_name).unwrap_or_else(|| row.login.clone()),
        login: row.login,
        staff: maybe_id(row.staff.as_deref())?,
        department,
        departments: Arc::from(departments),
        stewards: Arc::from(stewards),
        roles: roles.into_iter().chain([Role::Staff]).collect(),
        language: row.language,
        method: method(&row.method)?,
        session: id(&row.id)?,
        signed_in_at: moment(row.created_at)?,
    };
    Ok(Some(SessionFound { principal, seen_at: moment(row.seen_at)? }))
}

fn method(text: &str) -> Result<SignInMethod, DbError> {
    [SignInMethod::Password, SignInMethod::Oidc, SignInMethod::Persona]
        .into_iter()
        .find(|method| method.as_str() == text)
        .ok_or_else(|| corrupt(format!("a sign-in method {text:?}")))
}

/// Begins a session.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_session(tx: &mut Tx, new: &NewSession, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO session (token, id, account, method, device, id_token, created_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)")
        .bind(new.token.to_vec()).bind(new.id.to_string()).bind(new.account.to_string())
        .bind(new.method.as_str()).bind(&new.device).bind(&new.id_token).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Notes that a session is in use.
///
/// # Errors
/// When the database cannot be written.
pub async fn touch_session(tx: &mut Tx, token: &[u8; 32], now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE session SET seen_at = $2 WHERE token = $1 AND seen_at < $2")
        .bind(token.to_vec()).bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Ends one open session of an account. Returns the provider's id token, or `None` when there is no such
/// session.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_session(
    tx: &mut Tx,
    account: AccountId,
    session: SessionId,
    by: &str,
    now: Timestamp,
) -> Result<Option<Option<String>>, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "UPDATE session SET ended_at = $4, ended_by = $3
         WHERE account = $1 AND id = $2 AND ended_at IS NULL RETURNING id_token")
        .bind(account.to_string()).bind(session.to_string()).bind(by).bind(now.as_microsecond())
        .fetch_optional(conn).await)?)
}

/// Ends every open session of an account but one. Returns how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_sessions(
    tx: &mut Tx,
    account: AccountId,
    but: Option<SessionId>,
    by: &str,
    now: Timestamp,
) -> Result<u64, DbError> {
    Ok(on!(tx, conn => sqlx::query(
        "UPDATE session SET ended_at = $4, ended_by = $3 WHERE account = $1 AND ended_at IS NULL AND id <> $2")
        .bind(account.to_string()).bind(but.map(|but| but.to_string()).unwrap_or_default()).bind(by)
        .bind(now.as_microsecond()).execute(conn).await.map(|done| done.rows_affected()))?)
}

/// Ends every open session of these members of staff, who have left.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_sessions_of_staff(
    tx: &mut Tx,
    staff: &[StaffId],
    by: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    for bulk in staff.chunks(500) {
        on!(tx, conn => {
            let mut update = QueryBuilder::new("UPDATE session SET ended_at = ");
            update.push_bind(now.as_microsecond()).push(", ended_by = ").push_bind(by.to_owned());
            update.push(" WHERE ended_at IS NULL AND account IN (SELECT id FROM account WHERE staff IN (");
            let mut list = update.separated(", ");
            for id in bulk {
                list.push_bind(id.to_string());
            }
            update.push("))");
            update.build().execute(conn).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// A session, as its owner sees it.
#[derive(Clone, Debug)]
pub struct SessionInfo {
    /// Its id.
    pub id: SessionId,
    /// How it began.
    pub method: SignInMethod,
    /// What browser it is.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// The open sessions of an account that were used since, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn sessions_of(
    tx: &mut Tx,
    account: AccountId,
    begun_after: Timestamp,
    seen_after: Timestamp,
) -> Result<Vec<SessionInfo>, DbError> {
    let rows: Vec<(String, String, String, i64, i64, Option<i64>)> = on!(tx, conn => sqlx::query_as(
        "SELECT id, method, device, created_at, seen_at, ended_at FROM session
         WHERE account = $1 AND ended_at IS NULL AND created_at > $2 AND seen_at > $3
         ORDER BY seen_at DESC, id")
        .bind(account.to_string()).bind(begun_after.as_microsecond()).bind(seen_after.as_microsecond())
        .fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(session, how, device, created_at, seen_at, ended_at)| {
            Ok(SessionInfo {
                id: id(&session)?,
                method: method(&how)?,
                device,
                created_at: moment(created_at)?,
                seen_at: moment(seen_at)?,
                ended_at: maybe_moment(ended_at)?,
            })
        })
        .collect()
}
