//! SQL of drafts.

use std::collections::BTreeSet;

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    routes::model::{Design, DraftState, Line, RouteId},
};

use super::{design, json, line, moment, parsed};

/// The open draft of a route.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its route.
    pub route: RouteId,
    /// Counts its changes from 1.
    pub version: i64,
    /// How far it is.
    pub state: DraftState,
    /// The version that it was begun from.
    pub base_number: Option<i64>,
    /// What it holds.
    pub design: Design,
    /// Its way, frozen while it is in review.
    pub line: Option<Line>,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Who changed it last.
    pub updated_by: AccountId,
}

#[derive(sqlx::FromRow)]
struct DraftRow {
    version: i64,
    state: String,
    base_number: Option<i64>,
    design: String,
    line: Option<String>,
    updated_at: i64,
    updated_by: String,
}

/// The open draft of a route.
///
/// # Errors
/// When the database cannot be read.
pub async fn draft(tx: &mut Tx, route: RouteId) -> Result<Option<Draft>, DbError> {
    let row: Option<DraftRow> = on!(tx, conn => sqlx::query_as(
        "SELECT version, state, base_number, design, line, updated_at, updated_by FROM route_draft WHERE route = $1")
        .bind(route.to_string()).fetch_optional(conn).await)?;
    row.map(|row| {
        Ok(Draft {
            route,
            version: row.version,
            state: parsed(&row.state)?,
            base_number: row.base_number,
            design: design(&row.design)?,
            line: row.line.as_deref().map(line).transpose()?,
            updated_at: moment(row.updated_at)?,
            updated_by: parsed(&row.updated_by)?,
        })
    })
    .transpose()
}

/// Adds the draft of a route that has none.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_draft(tx: &mut Tx, draft: &Draft) -> Result<(), DbError> {
    let (design, line) = (json(&draft.design)?, draft.line.as_ref().map(json).transpose()?);
    on!(tx, conn => sqlx::query(
        "INSERT INTO route_draft (route, version, state, base_number, design, line, updated_at, updated_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(draft.route.to_string()).bind(draft.version).bind(draft.state.as_str()).bind(draft.base_number)
        .bind(design).bind(line).bind(draft.updated_at.as_microsecond()).bind(draft.updated_by.to_string())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Keeps a draft in place of what it was.
///
/// # Errors
/// When the database cannot be written.
pub async fn save_draft(tx: &mut Tx, draft: &Draft) -> Result<(), DbError> {
    let (design, line) = (json(&draft.design)?, draft.line.as_ref().map(json).transpose()?);
    on!(tx, conn => sqlx::query(
        "UPDATE route_draft SET version = $2, state = $3, design = $4, line = $5, updated_at = $6, updated_by = $7
         WHERE route = $1")
        .bind(draft.route.to_string()).bind(draft.version).bind(draft.state.as_str()).bind(design).bind(line)
        .bind(draft.updated_at.as_microsecond()).bind(draft.updated_by.to_string())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Removes the draft of a route.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_draft(tx: &mut Tx, route: RouteId) -> Result<(), DbError> {
    for sql in ["DELETE FROM route_draft_author WHERE route = $1", "DELETE FROM route_draft WHERE route = $1"]
    {
        on!(tx, conn => sqlx::query(sql).bind(route.to_string()).execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

/// Notes that somebody wrote something of the draft.
///
/// # Errors
/// When the database cannot be written.
pub async fn add_author(tx: &mut Tx, route: RouteId, account: AccountId) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO route_draft_author (route, account) VALUES ($1, $2) ON CONFLICT (route, account) DO NOTHING")
        .bind(route.to_string()).bind(account.to_string()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Who wrote any of the draft.
///
/// # Errors
/// When the database cannot be read.
pub async fn authors(tx: &mut Tx, route: RouteId) -> Result<BTreeSet<AccountId>, DbError> {
    let rows: Vec<String> = on!(tx, conn =>
        sqlx::query_scalar("SELECT account FROM route_draft_author WHERE route = $1")
            .bind(route.to_string()).fetch_all(conn).await)?;
    rows.iter().map(|account| parsed(account)).collect()
}
