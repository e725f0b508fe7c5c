//! One's own home, found without opening anybody else's.

use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::{
    audit::Pseudonyms,
    clock::Date,
    councils::{
        model::{Assignments, Decision, Housing, Residency, ResidencyId, Unit},
        store,
    },
    db::{DbError, Tx},
    staff::StaffId,
};

use super::{RegisterError, Vault};

/// Where somebody lives.
#[derive(Clone, Debug)]
pub struct Own {
    /// The building.
    pub housing: Housing,
    /// The unit.
    pub unit: Unit,
    /// Since when.
    pub residency: Residency,
    /// What counts of what was decided; none where nothing was decided yet.
    pub decision: Option<Decision>,
}

/// In the audit log somebody who lives in disaster housing is their residency: what was looked at of it concerns them.
impl Pseudonyms for Vault {
    fn of<'t>(&'t self, tx: &'t mut Tx, staff: StaffId) -> BoxFuture<'t, Result<Vec<Uuid>, DbError>> {
        Box::pin(async move {
            let rows = store::residency_rows_of(tx, self.tags(staff)).await?;
            Ok(rows.into_iter().map(|row| row.id.0).collect())
        })
    }

    fn whose<'t>(
        &'t self,
        tx: &'t mut Tx,
        pseudonym: Uuid,
    ) -> BoxFuture<'t, Result<Option<StaffId>, DbError>> {
        Box::pin(async move {
            let row = store::residency_row(tx, ResidencyId(pseudonym)).await?;
            let home = row.map(|row| self.residency(&row)).transpose();
            let home = home.map_err(|error| DbError::Corrupt(error.to_string()))?;
            Ok(home.map(|home| home.facts.staff))
        })
    }
}

/// Every home of somebody, past and present. A digest finds them; whose they are is what was sealed.
async fn residencies_of(tx: &mut Tx, vault: &Vault, staff: StaffId) -> Result<Vec<Residency>, RegisterError> {
    let rows = store::residency_rows_of(tx, vault.tags(staff)).await?;
    let mut found = rows.iter().map(|row| vault.residency(row)).collect::<Result<Vec<_>, _>>()?;
    found.retain(|one| one.facts.staff == staff);
    Ok(found)
}

/// Every home of somebody, past and present, and what was decided of them.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn homes_of(
    tx: &mut Tx,
    vault: &Vault,
    staff: StaffId,
) -> Result<(Vec<Residency>, Assignments), RegisterError> {
    let homes = residencies_of(tx, vault, staff).await?;
    let mut decisions = Vec::new();
    for home in &homes {
        for row in store::decision_rows_of(tx, home.id).await? {
            decisions.push(vault.decision(&row)?);
        }
    }
    Ok((homes, Assignments::new(decisions)))
}

/// Where somebody lives in disaster housing on a day, if they do.
///
/// # Errors
/// When the database cannot be read, or it does not open.
pub async fn own(
    tx: &mut Tx,
    vault: &Vault,
    staff: StaffId,
    day: Date,
) -> Result<Option<Own>, RegisterError> {
    let homes = residencies_of(tx, vault, staff).await?;
    let Some(residency) = homes.into_iter().find(|one| one.facts.span.holds(day)) else { return Ok(None) };
    let broken = || DbError::Corrupt("a residency without its unit".to_owned());
    let row = store::unit_row(tx, residency.unit).await?.ok_or_else(broken)?;
    let unit = vault.unit(&row)?;
    let row = store::housing_row(tx, unit.housing).await?.ok_or_else(broken)?;
    let housing = vault.housing(&row)?;
    let rows = store::decision_rows_of(tx, residency.id).await?;
    let decisions = rows.iter().map(|row| vault.decision(row)).collect::<Result<Vec<_>, _>>()?;
    let decision = Assignments::new(decisions).on(residency.id, day).cloned();
    Ok(Some(Own { housing, unit, residency, decision }))
}
