//! SQL of which stops walks visited.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::{
    audit::hex,
    db::{DbError, Tx},
    on,
    routes::{RouteId, StopId},
    training::model::Pattern,
    visits::model::FiscalYear,
};

use super::{corrupt, parsed};

/// The number under which these stops of a route are known, as a set.
///
/// # Errors
/// When the database cannot be written.
pub async fn pattern_of(tx: &mut Tx, route: RouteId, stops: &BTreeSet<StopId>) -> Result<i64, DbError> {
    let (route, stops) = (route.to_string(), serde_json::to_string(stops).map_err(corrupt)?);
    let digest = hex(&Sha256::digest(format!("{route}{stops}")));
    let known: Option<i64> = on!(tx, conn => sqlx::query_scalar("SELECT id FROM walk_pattern WHERE digest = $1")
        .bind(&digest).fetch_optional(conn).await)?;
    if let Some(known) = known {
        return Ok(known);
    }
    Ok(on!(tx, conn => sqlx::query_scalar(
        "INSERT INTO walk_pattern (route, stops, digest) VALUES ($1, $2, $3) RETURNING id")
        .bind(&route).bind(&stops).bind(&digest).fetch_one(conn).await)?)
}

/// What tells whether a year's walks changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalksStamp {
    /// The number of the last change of any of them.
    last: i64,
    /// How often anything was taken away.
    erasures: i64,
}

/// What tells whether a year's walks changed.
///
/// # Errors
/// When the database cannot be read.
pub async fn walks_stamp(tx: &mut Tx, year: FiscalYear) -> Result<WalksStamp, DbError> {
    let (last, erasures): (i64, i64) = on!(tx, conn => sqlx::query_as(
        "SELECT coalesce((SELECT max(change) FROM walk WHERE fiscal_year = $1), 0), erasures FROM training_state")
        .bind(i64::from(year.year())).fetch_one(conn).await)?;
    Ok(WalksStamp { last, erasures })
}

/// Which stops the walks of a fiscal year visited, those that were forgotten with them.
///
/// # Errors
/// When the database cannot be read.
pub async fn patterns_of_year(tx: &mut Tx, year: FiscalYear) -> Result<Vec<Pattern>, DbError> {
    let rows: Vec<(String, String, i64, i64)> = on!(tx, conn => sqlx::query_as(
        "SELECT p.route, p.stops, n.walks, n.completed FROM (
             SELECT pattern, CAST(sum(walks) AS BIGINT) AS walks, CAST(sum(completed) AS BIGINT) AS completed FROM (
                 SELECT pattern, count(*) AS walks, count(day) AS completed FROM walk
                 WHERE fiscal_year = $1 AND pattern IS NOT NULL GROUP BY pattern
                 UNION ALL SELECT pattern, walks, completed FROM walk_total WHERE fiscal_year = $1) AS each_kind
             GROUP BY pattern) AS n
         JOIN walk_pattern p ON p.id = n.pattern ORDER BY p.id")
        .bind(i64::from(year.year())).fetch_all(conn).await)?;
    let count = |count: i64| u32::try_from(count).map_err(corrupt);
    rows.into_iter()
        .map(|(route, stops, walks, completed)| {
            Ok(Pattern {
                route: parsed(&route)?,
                stops: serde_json::from_str(&stops).map_err(corrupt)?,
                walks: count(walks)?,
                completed: count(completed)?,
            })
        })
        .collect()
}
