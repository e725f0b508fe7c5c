//! SQL of where departments work, and of the districts of routes.

use std::sync::Arc;

use crate::{
    clock::Date,
    db::{DbError, Tx},
    geo::Position,
    on,
    routes::RouteId,
    staff::DepartmentId,
    training::model::{Office, RouteDistricts},
};

use super::parsed;

#[derive(sqlx::FromRow)]
struct Row {
    department: String,
    since: String,
    name: String,
    longitude: f64,
    latitude: f64,
    district: String,
}

/// All offices, over time, in the order of departments and days.
///
/// # Errors
/// When the database cannot be read.
pub async fn offices(tx: &mut Tx) -> Result<Vec<Office>, DbError> {
    let rows: Vec<Row> = on!(tx, conn => sqlx::query_as(
        "SELECT department, since, name, longitude, latitude, district FROM department_office ORDER BY department, since")
        .fetch_all(conn).await)?;
    let office = |row: Row| {
        Ok(Office {
            department: parsed(&row.department)?,
            since: parsed(&row.since)?,
            name: row.name,
            location: Position([row.longitude, row.latitude]),
            district: row.district.into(),
        })
    };
    rows.into_iter().map(office).collect()
}

/// Says where a department works from a day on, in place of what was said of that day.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_office(tx: &mut Tx, office: &Office) -> Result<(), DbError> {
    let Position([longitude, latitude]) = office.location;
    on!(tx, conn => sqlx::query(
        "INSERT INTO department_office (department, since, name, longitude, latitude, district)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (department, since) DO UPDATE SET name = excluded.name, longitude = excluded.longitude,
             latitude = excluded.latitude, district = excluded.district")
        .bind(office.department.to_string()).bind(office.since.to_string()).bind(&office.name)
        .bind(longitude).bind(latitude).bind(&*office.district)
        .execute(conn).await.map(|_| ()))?;
    Ok(())
}

/// Takes back what was said of a department from a day on. Returns whether anything was.
///
/// # Errors
/// When the database cannot be written.
pub async fn delete_office(tx: &mut Tx, department: DepartmentId, since: Date) -> Result<bool, DbError> {
    let gone = on!(tx, conn => sqlx::query("DELETE FROM department_office WHERE department = $1 AND since = $2")
        .bind(department.to_string()).bind(since.to_string())
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(gone > 0)
}

/// The districts of all routes.
///
/// # Errors
/// When the database cannot be read.
pub async fn route_districts(tx: &mut Tx) -> Result<RouteDistricts, DbError> {
    let rows: Vec<(String, String, String)> = on!(tx, conn => sqlx::query_as(
        "SELECT route, effective_from, district FROM route_version ORDER BY route, number").fetch_all(conn).await)?;
    let versions: Result<Vec<(RouteId, Date, Arc<str>)>, DbError> = rows
        .into_iter()
        .map(|(route, from, district)| Ok((parsed(&route)?, parsed(&from)?, district.into())))
        .collect();
    Ok(RouteDistricts::new(versions?))
}
