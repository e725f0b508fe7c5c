//! Changes of the register, each with its rules.

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    councils::{
        model::{
            Assignments, CouncilId, Decision, HousingFacts, HousingId, Muster, Residency, ResidencyFacts,
            ResidencyId, UnitFacts, UnitId, clash,
        },
        store,
    },
    db::Tx,
    introductions, staff,
};

use super::{RegisterError, Vault};

/// Adds a building.
///
/// # Errors
/// When it cannot be sealed or stored.
pub async fn add_housing(
    tx: &mut Tx,
    vault: &Vault,
    facts: &HousingFacts,
) -> Result<HousingId, RegisterError> {
    store::begin_change(tx).await?;
    let id = HousingId(vault.random().id());
    store::insert_housing(tx, id, &vault.seal_housing(id, facts)?).await?;
    Ok(id)
}

/// Changes a building that is at a version.
///
/// # Errors
/// When it is not there or was changed meanwhile.
pub async fn change_housing(
    tx: &mut Tx,
    vault: &Vault,
    (id, version): (HousingId, i64),
    facts: &HousingFacts,
) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    store::housing_row(tx, id).await?.ok_or(RegisterError::Absent)?;
    let sealed = vault.seal_housing(id, facts)?;
    store::update_housing(tx, id, version, &sealed).await?.then_some(()).ok_or(RegisterError::Changed)
}

/// Takes a building away.
///
/// # Errors
/// When it is not there, or has units.
pub async fn remove_housing(tx: &mut Tx, id: HousingId) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    store::housing_row(tx, id).await?.ok_or(RegisterError::Absent)?;
    store::delete_housing(tx, id).await?.then_some(()).ok_or(RegisterError::InUse)
}

/// Adds a unit to a building.
///
/// # Errors
/// When there is no such building.
pub async fn add_unit(
    tx: &mut Tx,
    vault: &Vault,
    housing: HousingId,
    facts: &UnitFacts,
) -> Result<UnitId, RegisterError> {
    store::begin_change(tx).await?;
    store::housing_row(tx, housing).await?.ok_or(RegisterError::Absent)?;
    let id = UnitId(vault.random().id());
    store::insert_unit(tx, id, housing, &vault.seal_unit(id, facts)?).await?;
    Ok(id)
}

/// Changes a unit that is at a version.
///
/// # Errors
/// When it is not there or was changed meanwhile.
pub async fn change_unit(
    tx: &mut Tx,
    vault: &Vault,
    (id, version): (UnitId, i64),
    facts: &UnitFacts,
) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    store::unit_row(tx, id).await?.ok_or(RegisterError::Absent)?;
    let sealed = vault.seal_unit(id, facts)?;
    store::update_unit(tx, id, version, &sealed).await?.then_some(()).ok_or(RegisterError::Changed)
}

/// Takes a unit away.
///
/// # Errors
/// When it is not there, or somebody lives or lived in it.
pub async fn remove_unit(tx: &mut Tx, id: UnitId) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    store::unit_row(tx, id).await?.ok_or(RegisterError::Absent)?;
    store::delete_unit(tx, id).await?.then_some(()).ok_or(RegisterError::InUse)
}

/// Everybody who lives or lived in disaster housing.
async fn residencies(tx: &mut Tx, vault: &Vault) -> Result<Vec<Residency>, RegisterError> {
    let rows = store::residency_rows(tx).await?;
    Ok(rows.iter().map(|row| vault.residency(row)).collect::<Result<_, _>>()?)
}

async fn fits(
    tx: &mut Tx,
    vault: &Vault,
    own: Option<ResidencyId>,
    unit: UnitId,
    facts: &ResidencyFacts,
) -> Result<(), RegisterError> {
    staff::store::person(tx, facts.staff).await?.ok_or(RegisterError::NoStaff)?;
    match clash(own, unit, facts, &residencies(tx, vault).await?) {
        Some(clash) => Err(RegisterError::Clash(clash)),
        None => Ok(()),
    }
}

/// Somebody moves into a unit.
///
/// # Errors
/// When there is no such unit or person, the unit is closed or taken, or they live elsewhere.
pub async fn add_residency(
    tx: &mut Tx,
    vault: &Vault,
    unit: UnitId,
    facts: &ResidencyFacts,
) -> Result<ResidencyId, RegisterError> {
    store::begin_change(tx).await?;
    let row = store::unit_row(tx, unit).await?.ok_or(RegisterError::Absent)?;
    if vault.unit(&row)?.facts.closed {
        return Err(RegisterError::Closed);
    }
    fits(tx, vault, None, unit, facts).await?;
    let id = ResidencyId(vault.random().id());
    let found_by = (vault.tag(facts.staff), facts.span.until());
    store::insert_residency(tx, (id, unit), found_by, &vault.seal_residency(id, facts)?).await?;
    Ok(id)
}

/// Changes a residency that is at a version: mostly, when somebody moves out.
///
/// # Errors
/// When it is not there, was changed meanwhile, or clashes with another.
pub async fn change_residency(
    tx: &mut Tx,
    vault: &Vault,
    (id, version): (ResidencyId, i64),
    facts: &ResidencyFacts,
) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    let row = store::residency_row(tx, id).await?.ok_or(RegisterError::Absent)?;
    fits(tx, vault, Some(id), row.parent, facts).await?;
    let found_by = (vault.tag(facts.staff), facts.span.until());
    let sealed = vault.seal_residency(id, facts)?;
    store::update_residency(tx, (id, version), found_by, &sealed)
        .await?
        .then_some(())
        .ok_or(RegisterError::Changed)
}

/// Says where a resident gathers when something happens; none is the meeting place of their council.
///
/// # Errors
/// When there is no such residency.
pub async fn set_muster(
    tx: &mut Tx,
    vault: &Vault,
    id: ResidencyId,
    muster: Option<Muster>,
) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    let row = store::residency_row(tx, id).await?.ok_or(RegisterError::Absent)?;
    let facts = ResidencyFacts { muster, ..vault.residency(&row)?.facts };
    let (found_by, sealed) =
        ((vault.tag(facts.staff), facts.span.until()), vault.seal_residency(id, &facts)?);
    store::update_residency(tx, (id, row.version), found_by, &sealed)
        .await?
        .then_some(())
        .ok_or(RegisterError::Changed)
}

/// Takes a residency away that was entered by mistake.
///
/// # Errors
/// When it is not there.
pub async fn remove_residency(tx: &mut Tx, id: ResidencyId) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    store::delete_residency(tx, id).await?.then_some(()).ok_or(RegisterError::Absent)?;
    introductions::store::delete_empty_sheets(tx).await?;
    Ok(())
}

/// What a registrar chooses for a residency.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The residency.
    pub residency: ResidencyId,
    /// The council; none where it is undecided.
    pub council: Option<CouncilId>,
    /// From which day on.
    pub from: Date,
    /// Whether it is what is suggested.
    pub as_suggested: bool,
    /// Why.
    pub reason: String,
    /// How many decisions there were when they chose: somebody else may decide at the same time.
    pub after: i64,
}

/// Decides which council a home belongs to.
///
/// # Errors
/// When it is not there, somebody else decided meanwhile, or nobody lives there on the day.
pub async fn decide(
    tx: &mut Tx,
    vault: &Vault,
    choice: Choice,
    by: (AccountId, Timestamp),
) -> Result<(), RegisterError> {
    store::begin_change(tx).await?;
    let row = store::residency_row(tx, choice.residency).await?.ok_or(RegisterError::Absent)?;
    let span = vault.residency(&row)?.facts.span;
    if !span.holds(choice.from) {
        return Err(RegisterError::OtherDay);
    }
    let rows = store::decision_rows_of(tx, choice.residency).await?;
    let known = rows.iter().map(|row| vault.decision(row)).collect::<Result<Vec<_>, _>>()?;
    let number = Assignments::new(known).history(choice.residency).last().map_or(0, |last| last.number);
    if number != choice.after {
        return Err(RegisterError::Changed);
    }
    let decision = Decision {
        council: choice.council,
        from: choice.from,
        as_suggested: choice.as_suggested,
        reason: choice.reason,
        by: by.0,
        at: by.1,
    };
    let row = vault.seal_decision(choice.residency, number + 1, &decision)?;
    store::insert_decision(tx, &row).await?.then_some(()).ok_or(RegisterError::Changed)
}
