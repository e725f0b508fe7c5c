//! SQL of a single sign-on: sign-ins that have begun, whom an identity belongs to, and the roles it brings.

use crate::{
    auth::{
        model::{AccountId, GrantId},
        role::Role,
    },
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::StaffId,
};

use super::{corrupt, id};

/// A sign-in that has begun. The browser holds the other half.
#[derive(Clone)]
pub struct Flow {
    /// The hash of its state, which travels by way of the provider.
    pub state: [u8; 32],
    /// The hash of the secret in the browser's cookie.
    pub browser: [u8; 32],
    /// What the ID token must repeat.
    pub nonce: String,
    /// What proves to the provider that the code comes back to whom it was meant for (PKCE).
    pub verifier: String,
    /// Where the person wanted to go.
    pub return_to: String,
}

/// Begins a sign-in, and forgets those that nobody can end any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_flow(
    tx: &mut Tx,
    flow: &Flow,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM oidc_flow WHERE expires_at <= $1")
        .bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    on!(tx, conn => sqlx::query(
        "INSERT INTO oidc_flow (state, browser, nonce, verifier, return_to, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(flow.state.to_vec()).bind(flow.browser.to_vec()).bind(&flow.nonce).bind(&flow.verifier)
        .bind(&flow.return_to).bind(expires_at.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Takes a sign-in that began in this browser; of two who take it at once, one does. `None` when it is too old, was
/// taken, or began in another browser, where it can still be ended.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_flow(
    tx: &mut Tx,
    state: &[u8; 32],
    browser: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Flow>, DbError> {
    let row: Option<(String, String, String)> = on!(tx, conn => sqlx::query_as(
        "DELETE FROM oidc_flow WHERE state = $1 AND browser = $2 AND expires_at > $3
         RETURNING nonce, verifier, return_to")
        .bind(state.to_vec()).bind(browser.to_vec()).bind(now.as_microsecond())
        .fetch_optional(conn).await)?;
    Ok(row.map(|(nonce, verifier, return_to)| Flow {
        state: *state,
        browser: *browser,
        nonce,
        verifier,
        return_to,
    }))
}

/// Keeps others from linking the same account until the transaction ends.
///
/// # Errors
/// When the database cannot be written.
pub async fn lock_account(tx: &mut Tx, account: AccountId) -> Result<(), DbError> {
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer anyway.
    on!(tx, conn => sqlx::query("UPDATE account SET login = login WHERE id = $1")
        .bind(account.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Whether an account is linked to anybody of this issuer.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_linked(tx: &mut Tx, issuer: &str, account: AccountId) -> Result<bool, DbError> {
    let count: i64 = on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM identity WHERE issuer = $1 AND account = $2")
        .bind(issuer).bind(account.to_string()).fetch_one(conn).await)?;
    Ok(count > 0)
}

/// Whether somebody is on the roster on a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_on_roster(tx: &mut Tx, staff: StaffId, day: Date) -> Result<bool, DbError> {
    let count: i64 = on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM staff_spell
         WHERE staff = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)")
        .bind(staff.to_string()).bind(day.to_string()).fetch_one(conn).await)?;
    Ok(count > 0)
}

/// A role that somebody has or waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenGrant {
    /// The grant.
    pub id: GrantId,
    /// The role.
    pub role: Role,
    /// Whether it counts already.
    pub is_active: bool,
    /// Whether a single sign-on brought it.
    pub by_sign_on: bool,
}

/// The roles that an account has or waits for, with where they come from.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_grants_with_source(tx: &mut Tx, account: AccountId) -> Result<Vec<OpenGrant>, DbError> {
    let rows: Vec<(String, String, String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT id, role, state, source FROM role_grant WHERE account = $1 AND state IN ('pending', 'active')
         ORDER BY role")
        .bind(account.to_string()).fetch_all(conn).await)?;
    rows.into_iter()
        .map(|(grant, role, state, source)| {
            Ok(OpenGrant {
                id: id(&grant)?,
                role: role.parse().map_err(corrupt)?,
                is_active: state == "active",
                by_sign_on: source == "sign_on",
            })
        })
        .collect()
}

/// Whether a second person refused the role when a single sign-on asked for it last.
///
/// # Errors
/// When the database cannot be read.
pub async fn was_refused(tx: &mut Tx, account: AccountId, role: Role) -> Result<bool, DbError> {
    let state: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT state FROM role_grant WHERE account = $1 AND role = $2 AND source = 'sign_on'
         ORDER BY requested_at DESC, id DESC LIMIT 1")
        .bind(account.to_string()).bind(role.as_str()).fetch_optional(conn).await)?;
    Ok(state.as_deref() == Some("refused"))
}
