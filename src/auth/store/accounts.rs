//! SQL of accounts, activation links and identities of a single sign-on.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    auth::{
        model::{AccountId, Reach},
        role::Role,
    },
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::{DepartmentId, StaffId},
};

use super::{corrupt, id, maybe_id, maybe_moment, moment};

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name with which its owner signs in.
    pub login: String,
    /// Who they are on the roster.
    pub staff: Option<StaffId>,
    /// Their name, on the roster or of the account itself.
    pub name: Option<String>,
    /// Their department today; none when they are not, or no longer, on the roster.
    pub department: Option<DepartmentId>,
    /// The hash of the password, once one is set.
    pub password: Option<String>,
    /// Whether a single sign-on is linked to it.
    pub has_identity: bool,
    /// Since when it is disabled.
    pub disabled_at: Option<Timestamp>,
    /// Whether its owner may sign in today: not disabled, and on the roster if they ever were.
    pub is_current: bool,
    /// When it was last used.
    pub last_seen_at: Option<Timestamp>,
    /// Their roles that count.
    pub roles: Vec<Role>,
    /// Which of the demo's personas it is.
    pub persona: Option<String>,
}

#[derive(FromRow)]
struct AccountRow {
    id: String,
    login: String,
    staff: Option<String>,
    display_name: Option<String>,
    name: Option<String>,
    department: Option<String>,
    password: Option<String>,
    has_identity: bool,
    disabled_at: Option<i64>,
    last_seen_at: Option<i64>,
    persona: Option<String>,
}

const SELECT: &str = "SELECT a.id, a.login, a.staff, a.display_name, p.name, p.department, a.password,
        EXISTS (SELECT 1 FROM identity i WHERE i.account = a.id) AS has_identity, a.disabled_at,
        (SELECT max(s.seen_at) FROM session s WHERE s.account = a.id) AS last_seen_at, a.persona
     FROM account a LEFT JOIN staff_spell p ON p.staff = a.staff AND p.valid_from <= ";

impl AccountRow {
    fn account(self, roles: Vec<Role>) -> Result<Account, DbError> {
        let staff = maybe_id(self.staff.as_deref())?;
        let department = maybe_id(self.department.as_deref())?;
        Ok(Account {
            id: id(&self.id)?,
            login: self.login,
            staff,
            name: self.name.or(self.display_name),
            password: self.password,
            has_identity: self.has_identity,
            disabled_at: maybe_moment(self.disabled_at)?,
            is_current: self.disabled_at.is_none() && (staff.is_none() || department.is_some()),
            department,
            last_seen_at: maybe_moment(self.last_seen_at)?,
            roles,
            persona: self.persona,
        })
    }
}

#[derive(Clone, Debug)]
enum Wanted {
    Id(AccountId),
    Login(String),
    Staff(StaffId),
    Persona(String),
    Search(AccountSearch),
}

/// What accounts to look for.
#[derive(Clone, Debug, Default)]
pub struct AccountSearch {
    /// What the login begins with, or the name contains where `names` allows it.
    pub text: String,
    /// Whether names may be searched: not for those who may see numbers only.
    pub names: bool,
    /// Only those who hold this role.
    pub role: Option<Role>,
    /// Only logins after this one.
    pub after: String,
    /// At most so many.
    pub limit: i64,
}

async fn select(tx: &mut Tx, wanted: &Wanted, reach: &Reach, today: Date) -> Result<Vec<Account>, DbError> {
    let today = today.to_string();
    let rows: Vec<AccountRow> = on!(tx, conn => {
        let mut query = QueryBuilder::new(SELECT);
        query.push_bind(&today).push(" AND (p.valid_to IS NULL OR p.valid_to > ").push_bind(&today);
        query.push(") WHERE 1 = 1");
        match wanted {
            Wanted::Id(id) => query.push(" AND a.id = ").push_bind(id.to_string()),
            Wanted::Login(login) => query.push(" AND a.login = ").push_bind(login),
            Wanted::Staff(staff) => query.push(" AND a.staff = ").push_bind(staff.to_string()),
            Wanted::Persona(persona) => query.push(" AND a.persona = ").push_bind(persona),
            Wanted::Search(search) => {
                if !search.text.is_empty() {
                    query.push(" AND (a.login LIKE ").push_bind(format!("{}%", escaped(&search.text)));
                    query.push(" ESCAPE '!'");
                    if search.names {
                        query.push(" OR p.search LIKE ").push_bind(format!("%{}%", escaped(&search.text)));
                        query.push(" ESCAPE '!'");
                    }
                    query.push(")");
                }
                if let Some(role) = search.role {
                    query.push(" AND EXISTS (SELECT 1 FROM role_grant g WHERE g.account = a.id AND g.state = 'active' AND g.role = ");
                    query.push_bind(role.as_str()).push(")");
                }
                query.push(" AND a.login > ").push_bind(&search.after)
            }
        };
        match reach {
            Reach::Any => {}
            Reach::Own(account) => {
                query.push(" AND a.id = ").push_bind(account.to_string());
            }
            Reach::Departments(departments) => {
                query.push(" AND p.department IN (''");
                for department in &**departments {
                    query.push(", ").push_bind(department.to_string());
                }
                query.push(")");
            }
        }
        query.push(" ORDER BY a.login");
        if let Wanted::Search(search) = wanted {
            query.push(" LIMIT ").push_bind(search.limit);
        }
        query.build_query_as().fetch_all(conn).await
    })?;
    let mut accounts = Vec::with_capacity(rows.len());
    for row in rows {
        let roles: Vec<String> = on!(tx, conn => sqlx::query_scalar(
            "SELECT role FROM role_grant WHERE account = $1 AND state = 'active'")
            .bind(&row.id).fetch_all(conn).await)?;
        let mut roles: Vec<Role> =
            roles.iter().map(|role| role.parse().map_err(corrupt)).collect::<Result<_, _>>()?;
        roles.sort_unstable();
        accounts.push(row.account(roles)?);
    }
    Ok(accounts)
}

/// Text for LIKE, with `!` as its escape.
fn escaped(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

async fn one(tx: &mut Tx, wanted: Wanted, reach: &Reach, today: Date) -> Result<Option<Account>, DbError> {
    Ok(select(tx, &wanted, reach, today).await?.into_iter().next())
}

/// An account within reach.
///
/// # Errors
/// When the database cannot be read.
pub async fn account(
    tx: &mut Tx,
    account: AccountId,
    reach: &Reach,
    today: Date,
) -> Result<Option<Account>, DbError> {
    one(tx, Wanted::Id(account), reach, today).await
}

/// The account with that login, as [`fold_login`](crate::auth::fold_login) writes it.
///
/// # Errors
/// When the database cannot be read.
pub async fn account_by_login(tx: &mut Tx, login: &str, today: Date) -> Result<Option<Account>, DbError> {
    one(tx, Wanted::Login(login.to_owned()), &Reach::Any, today).await
}

/// Whose an account is, if it belongs to somebody on the roster.
///
/// # Errors
/// When the database cannot be read.
pub async fn staff_of(tx: &mut Tx, account: AccountId) -> Result<Option<StaffId>, DbError> {
    let staff: Option<Option<String>> = on!(tx, conn => sqlx::query_scalar("SELECT staff FROM account WHERE id = $1")
        .bind(account.to_string()).fetch_optional(conn).await)?;
    staff.flatten().as_deref().map(id).transpose()
}

/// The account of a member of staff.
///
/// # Errors
/// When the database cannot be read.
pub async fn account_of_staff(tx: &mut Tx, staff: StaffId, today: Date) -> Result<Option<Account>, DbError> {
    one(tx, Wanted::Staff(staff), &Reach::Any, today).await
}

/// The account of one of the demo's personas.
///
/// # Errors
/// When the database cannot be read.
pub async fn account_by_persona(tx: &mut Tx, persona: &str, today: Date) -> Result<Option<Account>, DbError> {
    one(tx, Wanted::Persona(persona.to_owned()), &Reach::Any, today).await
}

/// Accounts by login.
///
/// # Errors
/// When the database cannot be read.
pub async fn accounts(
    tx: &mut Tx,
    search: AccountSearch,
    reach: &Reach,
    today: Date,
) -> Result<Vec<Account>, DbError> {
    select(tx, &Wanted::Search(search), reach, today).await
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// The login, folded.
    pub login: String,
    /// Who it is on the roster.
    pub staff: Option<StaffId>,
    /// The name of somebody who is not on the roster.
    pub display_name: Option<String>,
    /// Which of the demo's personas it is.
    pub persona: Option<String>,
}

/// Makes an account.
///
/// # Errors
/// A unique violation when there is one with the login or for the person; or when the database cannot be
/// written.
pub async fn create_account(tx: &mut Tx, new: &NewAccount, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO account (id, login, staff, display_name, persona, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(new.id.to_string()).bind(&new.login).bind(new.staff.map(|staff| staff.to_string()))
        .bind(&new.display_name).bind(&new.persona).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Sets the hash of a password.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_password(tx: &mut Tx, account: AccountId, hash: &str) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE account SET password = $2 WHERE id = $1")
        .bind(account.to_string()).bind(hash).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Sets the language, or forgets it.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_language(tx: &mut Tx, account: AccountId, language: Option<&str>) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE account SET language = $2 WHERE id = $1")
        .bind(account.to_string()).bind(language).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Disables or enables an account.
///
/// # Errors
/// When the database cannot be written.
pub async fn set_disabled(
    tx: &mut Tx,
    account: AccountId,
    disabled_at: Option<Timestamp>,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("UPDATE account SET disabled_at = $2 WHERE id = $1")
        .bind(account.to_string()).bind(disabled_at.map(Timestamp::as_microsecond))
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Makes an activation link; those that were made before open nothing any more.
///
/// # Errors
/// When the database cannot be written.
pub async fn create_activation(
    tx: &mut Tx,
    token: &[u8; 32],
    account: AccountId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query("DELETE FROM activation WHERE account = $1 AND used_at IS NULL")
        .bind(account.to_string()).execute(conn).await.map(|_| ()))?;
    on!(tx, conn => sqlx::query(
        "INSERT INTO activation (token, account, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(token.to_vec()).bind(account.to_string()).bind(now.as_microsecond())
        .bind(expires_at.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// An activation link that can still be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// For whom.
    pub account: AccountId,
    /// Until when.
    pub expires_at: Timestamp,
}

/// The activation link of a token, unless it was used or is too old.
///
/// # Errors
/// When the database cannot be read.
pub async fn activation(
    tx: &mut Tx,
    token: &[u8; 32],
    now: Timestamp,
) -> Result<Option<Activation>, DbError> {
    let row: Option<(String, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT account, expires_at FROM activation WHERE token = $1 AND used_at IS NULL AND expires_at > $2")
        .bind(token.to_vec()).bind(now.as_microsecond()).fetch_optional(conn).await)?;
    row.map(|(account, expires_at)| {
        Ok(Activation { account: id(&account)?, expires_at: moment(expires_at)? })
    })
    .transpose()
}

/// Uses an activation link. `None` when it was used or is too old: of two who use it at once, one does.
///
/// # Errors
/// When the database cannot be written.
pub async fn use_activation(
    tx: &mut Tx,
    token: &[u8; 32],
    now: Timestamp,
) -> Result<Option<AccountId>, DbError> {
    let account: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "UPDATE activation SET used_at = $2 WHERE token = $1 AND used_at IS NULL AND expires_at > $2
         RETURNING account")
        .bind(token.to_vec()).bind(now.as_microsecond()).fetch_optional(conn).await)?;
    maybe_id(account.as_deref())
}

/// Links somebody of a single sign-on to an account.
///
/// # Errors
/// A unique violation when they are linked already; or when the database cannot be written.
pub async fn link_identity(
    tx: &mut Tx,
    issuer: &str,
    subject: &str,
    account: AccountId,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO identity (issuer, subject, account, created_at) VALUES ($1, $2, $3, $4)")
        .bind(issuer).bind(subject).bind(account.to_string()).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// The account that somebody of a single sign-on is linked to.
///
/// # Errors
/// When the database cannot be read.
pub async fn linked_account(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<AccountId>, DbError> {
    let account: Option<String> = on!(tx, conn => sqlx::query_scalar(
        "SELECT account FROM identity WHERE issuer = $1 AND subject = $2")
        .bind(issuer).bind(subject).fetch_optional(conn).await)?;
    maybe_id(account.as_deref())
}
