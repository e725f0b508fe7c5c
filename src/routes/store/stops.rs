//! SQL of stops: to which route each belongs, and the code on its poster.

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    on,
    routes::model::{RouteId, StopId},
};

use super::parsed;

/// A stop and the code on its poster. The code shows that somebody was there: it is for trainers, never public.
#[derive(Clone, PartialEq, Eq)]
pub struct StopCode {
    /// The stop.
    pub stop: StopId,
    /// The code.
    pub code: String,
}

impl std::fmt::Debug for StopCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StopCode").field("stop", &self.stop).finish_non_exhaustive()
    }
}

/// Keeps a stop of a route with its code. One that is there already stays as it is.
///
/// # Errors
/// When the database cannot be written.
pub async fn insert_stop(
    tx: &mut Tx,
    route: RouteId,
    stop: &StopCode,
    now: Timestamp,
) -> Result<(), DbError> {
    on!(tx, conn => sqlx::query(
        "INSERT INTO route_stop (id, route, code, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING")
        .bind(stop.stop.to_string()).bind(route.to_string()).bind(&stop.code).bind(now.as_microsecond())
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// The stops of a route that were ever published, with their codes.
///
/// # Errors
/// When the database cannot be read.
pub async fn stop_codes(tx: &mut Tx, route: RouteId) -> Result<Vec<StopCode>, DbError> {
    let rows: Vec<(String, String)> = on!(tx, conn =>
        sqlx::query_as("SELECT id, code FROM route_stop WHERE route = $1 ORDER BY id")
            .bind(route.to_string()).fetch_all(conn).await)?;
    rows.into_iter().map(|(id, code)| Ok(StopCode { stop: parsed(&id)?, code })).collect()
}

/// The stop of a poster's code, and its route.
///
/// # Errors
/// When the database cannot be read.
pub async fn stop_of_code(tx: &mut Tx, code: &str) -> Result<Option<(RouteId, StopId)>, DbError> {
    let row: Option<(String, String)> = on!(tx, conn =>
        sqlx::query_as("SELECT route, id FROM route_stop WHERE code = $1")
            .bind(code).fetch_optional(conn).await)?;
    row.map(|(route, stop)| Ok((parsed(&route)?, parsed(&stop)?))).transpose()
}

/// Which of these stops were published by another route.
///
/// # Errors
/// When the database cannot be read.
pub async fn foreign_stops(tx: &mut Tx, route: RouteId, stops: &[StopId]) -> Result<Vec<StopId>, DbError> {
    let mut foreign = Vec::new();
    for stop in stops {
        let found: Option<String> = on!(tx, conn => sqlx::query_scalar("SELECT route FROM route_stop WHERE id = $1")
            .bind(stop.to_string()).fetch_optional(conn).await)?;
        if found.is_some_and(|found| found != route.to_string()) {
            foreign.push(*stop);
        }
    }
    Ok(foreign)
}
