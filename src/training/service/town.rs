//! Reads where people work and where routes lead.

use std::collections::BTreeSet;

use crate::{
    db::{DbError, Tx},
    staff::{self, DepartmentId},
    training::{
        model::{Departments, Offices, RouteDistricts, Town},
        store,
    },
};

/// Which department has been below which.
///
/// # Errors
/// When the database cannot be read.
pub async fn departments(tx: &mut Tx) -> Result<Departments, DbError> {
    Ok(Departments::new(staff::store::branches(tx).await?))
}

/// Where people work, and where routes lead.
///
/// # Errors
/// When the database cannot be read.
pub async fn town(tx: &mut Tx) -> Result<Town, DbError> {
    Ok(Town {
        departments: departments(tx).await?,
        offices: Offices::new(store::offices(tx).await?),
        routes: store::route_districts(tx).await?,
    })
}

/// The same for one person, who has been in these departments; `routes` are those that matter to them.
///
/// # Errors
/// When the database cannot be read.
pub async fn town_of(
    tx: &mut Tx,
    been_in: BTreeSet<DepartmentId>,
    routes: RouteDistricts,
) -> Result<Town, DbError> {
    let offices = store::offices(tx).await?;
    // Most wards begin without any.
    if offices.is_empty() {
        return Ok(Town { routes, ..Town::default() });
    }
    let mut branches = Vec::new();
    for department in been_in {
        branches.extend(staff::store::branches_above(tx, department).await?);
    }
    Ok(Town { departments: Departments::new(branches), offices: Offices::new(offices), routes })
}
