//! SQL of roles that end because somebody has left.

use sqlx::FromRow;

use crate::{
    auth::{
        model::{AccountId, GrantId},
        role::Role,
    },
    clock::{Date, tokyo_date},
    db::{DbError, Tx},
    on,
    staff::{DepartmentId, StaffId},
};

use super::{corrupt, id, moment};

/// A role of somebody who has left since they were given it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlived {
    /// The grant.
    pub grant: GrantId,
    /// Whose it is.
    pub account: AccountId,
    /// Who they are on the roster.
    pub staff: StaffId,
    /// The role.
    pub role: Role,
    /// Whether it counts.
    pub is_active: bool,
}

#[derive(FromRow)]
struct OutlivedRow {
    id: String,
    account: String,
    staff: String,
    role: String,
    state: String,
    requested_at: i64,
    gone: String,
    is_there: bool,
}

/// Roles that are granted or asked for and whose holders have left: they are not on the roster on `today`, or have come
/// back after a day on which they were not. Whoever has yet to come for the first time keeps theirs.
///
/// # Errors
/// When the database cannot be read.
pub async fn outlived_grants(tx: &mut Tx, today: Date) -> Result<Vec<Outlived>, DbError> {
    // The last day on which a spell ended that no other one continues.
    let rows: Vec<OutlivedRow> = on!(tx, conn => sqlx::query_as(
        "SELECT g.id, g.account, a.staff, g.role, g.state, g.requested_at, max(e.valid_to) AS gone,
                EXISTS (SELECT 1 FROM staff_spell p
                        WHERE p.staff = a.staff AND p.valid_from <= $1 AND p.valid_to > $1) AS is_there
         FROM role_grant g JOIN account a ON a.id = g.account JOIN staff_spell e ON e.staff = a.staff
         WHERE g.state IN ('pending', 'active') AND e.valid_to <= $1
           AND NOT EXISTS (SELECT 1 FROM staff_spell n
                           WHERE n.staff = e.staff AND n.valid_from <= e.valid_to AND n.valid_to > e.valid_to)
         GROUP BY g.id, g.account, a.staff, g.role, g.state, g.requested_at ORDER BY g.id")
        .bind(today.to_string()).fetch_all(conn).await)?;
    let mut outlived = Vec::new();
    for row in rows {
        let gone: Date = row.gone.parse().map_err(corrupt)?;
        // Somebody who is back may have been given a role since.
        if row.is_there && tokyo_date(moment(row.requested_at)?) >= gone {
            continue;
        }
        outlived.push(Outlived {
            grant: id(&row.id)?,
            account: id(&row.account)?,
            staff: id(&row.staff)?,
            role: row.role.parse().map_err(corrupt)?,
            is_active: row.state == "active",
        });
    }
    Ok(outlived)
}

/// How many who can sign in are approvers, besides one account. Whoever else ends that role waits until the transaction
/// ends, so that two at once do not each leave the other's.
///
/// # Errors
/// When the database cannot be read.
pub async fn approvers_besides(tx: &mut Tx, account: AccountId, today: Date) -> Result<i64, DbError> {
    if let Tx::Postgres(conn) = &mut *tx {
        sqlx::query(
            "SELECT id FROM role_grant WHERE role = 'approver' AND state = 'active' ORDER BY id FOR UPDATE",
        )
        .fetch_all(&mut **conn)
        .await?;
    }
    // A statement of its own: it sees what was committed while this one waited.
    holders_but(tx, Role::Approver, Some(account), today).await
}

/// How many who can sign in hold a role.
///
/// # Errors
/// When the database cannot be read.
pub async fn holders(tx: &mut Tx, role: Role, today: Date) -> Result<i64, DbError> {
    holders_but(tx, role, None, today).await
}

/// Who on the roster hold a role and can sign in, each with their department.
///
/// # Errors
/// When the database cannot be read.
pub async fn holders_on_roster(
    tx: &mut Tx,
    role: Role,
    today: Date,
) -> Result<Vec<(StaffId, DepartmentId)>, DbError> {
    let rows: Vec<(String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT DISTINCT p.staff, p.department FROM role_grant g JOIN account a ON a.id = g.account
         JOIN staff_spell p ON p.staff = a.staff AND p.valid_from <= $2 AND p.valid_to > $2
         WHERE g.role = $1 AND g.state = 'active' AND a.disabled_at IS NULL ORDER BY p.staff")
        .bind(role.as_str()).bind(today.to_string()).fetch_all(conn).await)?;
    rows.iter().map(|(staff, department)| Ok((id(staff)?, id(department)?))).collect()
}

async fn holders_but(tx: &mut Tx, role: Role, but: Option<AccountId>, today: Date) -> Result<i64, DbError> {
    let but = but.map(|but| but.to_string()).unwrap_or_default();
    Ok(on!(tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM role_grant g JOIN account a ON a.id = g.account
         WHERE g.role = $1 AND g.state = 'active' AND a.disabled_at IS NULL AND a.id <> $2
           AND (a.staff IS NULL OR EXISTS (SELECT 1 FROM staff_spell p
                WHERE p.staff = a.staff AND p.valid_from <= $3 AND p.valid_to > $3))")
        .bind(role.as_str()).bind(but).bind(today.to_string()).fetch_one(conn).await)?)
}
