//! SQL of role grants.

use sqlx::{FromRow, QueryBuilder};

use crate::{
    auth::{
        model::{AccountId, GrantId, Reach},
        role::Role,
    },
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
    staff::StaffId,
};

use super::{corrupt, id, maybe_id, maybe_moment, moment};

/// How far a grant has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// It waits for a second person.
    Pending,
    /// It counts.
    Active,
    /// The second person refused it.
    Refused,
    /// It was taken back.
    Ended,
}

impl GrantState {
    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }
}

/// A grant to be made.
#[derive(Clone, Debug)]
pub struct NewGrant {
    /// Its id.
    pub id: GrantId,
    /// For whom.
    pub account: AccountId,
    /// Which role.
    pub role: Role,
    /// Whether it counts at once.
    pub state: GrantState,
    /// Who made it: `person`, `command`, `sign_on` or `demo`.
    pub source: &'static str,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub requested_by: Option<AccountId>,
}

/// A grant.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// For whom.
    pub account: AccountId,
    /// With what name they sign in.
    pub login: String,
    /// Who they are on the roster.
    pub staff: Option<StaffId>,
    /// Their name on the roster.
    pub name: Option<String>,
    /// Which role.
    pub role: Role,
    /// How far it has come.
    pub state: GrantState,
    /// Why.
    pub reason: String,
    /// Who asked for it, by the name with which they sign in.
    pub requested_by: Option<String>,
    /// Who asked for it.
    pub requester: Option<AccountId>,
    /// When.
    pub requested_at: Timestamp,
    /// Who decided, by the name with which they sign in.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

#[derive(FromRow)]
struct GrantRow {
    id: String,
    account: String,
    login: String,
    staff: Option<String>,
    name: Option<String>,
    role: String,
    state: String,
    reason: String,
    requested_by: Option<String>,
    requester: Option<String>,
    requested_at: i64,
    decided_by: Option<String>,
    decided_at: Option<i64>,
    ended_at: Option<i64>,
}

impl GrantRow {
    fn grant(self) -> Result<Grant, DbError> {
        let state = [GrantState::Pending, GrantState::Active, GrantState::Refused, GrantState::Ended]
            .into_iter()
            .find(|state| state.as_str() == self.state)
            .ok_or_else(|| corrupt(format!("a grant's state {:?}", self.state)))?;
        Ok(Grant {
            id: id(&self.id)?,
            account: id(&self.account)?,
            login: self.login,
            staff: maybe_id(self.staff.as_deref())?,
            name: self.name,
            role: self.role.parse().map_err(corrupt)?,
            state,
            reason: self.reason,
            requested_by: self.requested_by,
            requester: maybe_id(self.requester.as_deref())?,
            requested_at: moment(self.requested_at)?,
            decided_by: self.decided_by,
            decided_at: maybe_moment(self.decided_at)?,
            ended_at: maybe_moment(self.ended_at)?,
        })
    }
}

/// Makes a grant. Somebody who has the role, or waits for it, cannot be given it again.
///
/// # Errors
/// A unique violation then; or when the database cannot be written.
pub async fn insert_grant(tx: &mut Tx, new: &NewGrant, now: Timestamp) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO role_grant (id, account, role, state, source, reason, requested_by, requested_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(new.id.to_string()).bind(new.account.to_string()).bind(new.role.as_str())
        .bind(new.state.as_str()).bind(new.source).bind(&new.reason)
        .bind(new.requested_by.map(|by| by.to_string())).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Decides on a pending grant. `false` when it is pending no more.
///
/// # Errors
/// When the database cannot be written.
pub async fn decide_grant(
    tx: &mut Tx,
    grant: GrantId,
    approve: bool,
    by: AccountId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let state = if approve { GrantState::Active } else { GrantState::Refused };
    let done = on!(tx, conn => sqlx::query(
        "UPDATE role_grant SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'pending'")
        .bind(grant.to_string()).bind(state.as_str()).bind(by.to_string()).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

/// Ends a grant, or takes a request back. `false` when it has ended already.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_grant(
    tx: &mut Tx,
    grant: GrantId,
    by: Option<AccountId>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let done = on!(tx, conn => sqlx::query(
        "UPDATE role_grant SET state = 'ended', ended_by = $2, ended_at = $3
         WHERE id = $1 AND state IN ('pending', 'active')")
        .bind(grant.to_string()).bind(by.map(|by| by.to_string())).bind(now.as_microsecond())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(done == 1)
}

const COLUMNS: &str = "SELECT g.id, g.account, a.login, a.staff, p.name, g.role, g.state, g.reason,
        r.login AS requested_by, g.requested_by AS requester, g.requested_at, d.login AS decided_by, g.decided_at,
        g.ended_at
     FROM role_grant g JOIN account a ON a.id = g.account
     LEFT JOIN account r ON r.id = g.requested_by
     LEFT JOIN account d ON d.id = g.decided_by
     LEFT JOIN staff_spell p ON p.staff = a.staff AND p.valid_from <= ";

/// Which grants are asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Filter {
    id: Option<GrantId>,
    state: Option<GrantState>,
    /// Those of this account that are pending or active.
    open_of: Option<AccountId>,
}

/// One grant within reach.
///
/// # Errors
/// When the database cannot be read.
pub async fn grant(
    tx: &mut Tx,
    grant: GrantId,
    reach: &Reach,
    today: Date,
) -> Result<Option<Grant>, DbError> {
    let filter = Filter { id: Some(grant), ..Filter::default() };
    Ok(select(tx, filter, reach, today, 1).await?.into_iter().next())
}

/// Grants within reach: those in a state, or all; the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn grants(
    tx: &mut Tx,
    state: Option<GrantState>,
    reach: &Reach,
    today: Date,
    limit: i64,
) -> Result<Vec<Grant>, DbError> {
    select(tx, Filter { state, ..Filter::default() }, reach, today, limit).await
}

/// What an account has, and what it waits for.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_grants_of(tx: &mut Tx, account: AccountId, today: Date) -> Result<Vec<Grant>, DbError> {
    let filter = Filter { open_of: Some(account), ..Filter::default() };
    select(tx, filter, &Reach::Any, today, 100).await
}

async fn select(
    tx: &mut Tx,
    filter: Filter,
    reach: &Reach,
    today: Date,
    limit: i64,
) -> Result<Vec<Grant>, DbError> {
    let today = today.to_string();
    let rows: Vec<GrantRow> = on!(tx, conn => {
        let mut query = QueryBuilder::new(COLUMNS);
        query.push_bind(&today).push(" AND (p.valid_to IS NULL OR p.valid_to > ").push_bind(&today);
        query.push(") WHERE 1 = 1");
        if let Some(id) = filter.id {
            query.push(" AND g.id = ").push_bind(id.to_string());
        }
        if let Some(state) = filter.state {
            query.push(" AND g.state = ").push_bind(state.as_str());
        }
        if let Some(account) = filter.open_of {
            query.push(" AND g.state IN ('pending', 'active') AND g.account = ").push_bind(account.to_string());
        }
        match reach {
            Reach::Any => {}
            Reach::Own(account) => {
                query.push(" AND g.account = ").push_bind(account.to_string());
            }
            Reach::Departments(departments) => {
                query.push(" AND p.department IN (''");
                for department in &**departments {
                    query.push(", ").push_bind(department.to_string());
                }
                query.push(")");
            }
        }
        query.push(" ORDER BY g.requested_at DESC, g.id LIMIT ").push_bind(limit);
        query.build_query_as().fetch_all(conn).await
    })?;
    rows.into_iter().map(GrantRow::grant).collect()
}
