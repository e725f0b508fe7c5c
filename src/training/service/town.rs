//! Reads where people work and where routes lead.

use crate::{
    db::{DbError, Tx},
    staff,
    training::{
        model::{Departments, Offices, Town},
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
