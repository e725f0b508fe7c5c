//! Taking in a list of homes: shown first, done once it is confirmed.

use std::collections::HashMap;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{
    clock::{Date, Timestamp},
    councils::{
        file::{Line, Listing},
        model::{HousingId, ImportId, ResidencyId, UnitId},
        plan::{Counts, Known, Plan, Step, plan},
        store,
    },
    db::{DbError, Tx},
    staff::{self, StaffId, check_number, store::Called},
};

use super::{Register, RegisterError, Vault};

/// How long a list waits to be confirmed.
const WAITS: SignedDuration = SignedDuration::from_hours(24);

/// A list as it waits: what was read, against which version of the register it was shown, and the digest of the plan that was.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: i64,
    listing: Listing,
    digest: Vec<u8>,
}

/// What is shown of a list.
#[derive(Debug)]
pub struct Shown {
    /// The id under which it waits.
    pub id: ImportId,
    /// The version of the register that it was compared with.
    pub version: i64,
    /// What it would change.
    pub plan: Plan,
    /// The register.
    pub register: Register,
    /// What people in it are called.
    pub called: HashMap<StaffId, Called>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Done {
    /// How many of each.
    pub counts: Counts,
    /// The residencies that were added or changed.
    pub residencies: Vec<ResidencyId>,
}

fn internal(error: &serde_json::Error) -> RegisterError {
    DbError::Corrupt(error.to_string()).into()
}

/// What a list would change in the register as it is now.
async fn planned(
    tx: &mut Tx,
    register: &Register,
    listing: &Listing,
    today: Date,
) -> Result<Plan, RegisterError> {
    let told = listing.drafts.iter().filter_map(|draft| Some(draft.resident.as_ref()?.number.clone()));
    let refused = listing.refused.iter().filter_map(|row| check_number(&row.says[2]).ok());
    let mut numbers: Vec<String> = told.chain(refused).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let staff = staff::store::ids_of_numbers(tx, &numbers).await?;
    let known = Known::new(&register.housing, &register.units, &register.residencies, staff);
    Ok(plan(listing, &known, today))
}

/// Says what a list would change, and keeps it, sealed, until it is confirmed. Nothing is changed.
///
/// # Errors
/// When the database cannot be written, or the register does not open.
pub async fn preview_import(
    tx: &mut Tx,
    vault: &Vault,
    listing: Listing,
    (now, today): (Timestamp, Date),
) -> Result<Shown, RegisterError> {
    // The version first: what changes in between is seen by whoever confirms.
    let version = store::register_version(tx).await?;
    let register = Register::read(tx, vault).await?;
    let plan = planned(tx, &register, &listing, today).await?;
    let id = ImportId(vault.random().id());
    let digest = plan.digest().map_err(|error| internal(&error))?;
    let sealed = vault.seal_import(id, &Kept { version, listing, digest })?;
    store::erase_imports(tx, now - WAITS, i64::MAX).await?;
    store::insert_import(tx, id, &sealed, now).await?;
    let named = plan.stays.iter().map(|stay| stay.step.after().staff);
    let missing = plan.missing.residencies.iter().filter_map(|id| register.residencies.get(id));
    let mut people: Vec<StaffId> = named.chain(missing.map(|one| one.facts.staff)).collect();
    people.sort_unstable();
    people.dedup();
    let called = staff::store::called(tx, &people, today).await?;
    Ok(Shown { id, version, plan, register, called })
}

/// Does what was shown of a list, if it still is what would be done: all of it, or nothing.
///
/// # Errors
/// When it waits no more, anything has changed since, or rows are refused and that is not accepted.
pub async fn confirm_import(
    tx: &mut Tx,
    vault: &Vault,
    (id, version): (ImportId, i64),
    accepts_refused: bool,
    (now, today): (Timestamp, Date),
) -> Result<Done, RegisterError> {
    let next = store::begin_change(tx).await?;
    let sealed = store::import_sealed(tx, id, now - WAITS).await?.ok_or(RegisterError::Absent)?;
    let kept: Kept = vault.import(id, &sealed)?;
    if version != kept.version || next != kept.version + 1 {
        return Err(RegisterError::OutOfDate);
    }
    let register = Register::read(tx, vault).await?;
    let plan = planned(tx, &register, &kept.listing, today).await?;
    // The roster may have changed, and what is past its period was erased.
    if plan.digest().map_err(|error| internal(&error))? != kept.digest {
        return Err(RegisterError::OutOfDate);
    }
    if !plan.refused.is_empty() && !accepts_refused {
        return Err(RegisterError::RefusedRows(plan.refused.len()));
    }
    store::delete_import(tx, id).await?;
    let residencies = apply(tx, vault, &plan).await?;
    Ok(Done { counts: plan.counts(), residencies })
}

/// Forgets a list. Nothing is changed.
///
/// # Errors
/// When it waits no more.
pub async fn forget_import(tx: &mut Tx, id: ImportId) -> Result<(), RegisterError> {
    store::delete_import(tx, id).await?.then_some(()).ok_or(RegisterError::Absent)
}

/// Writes a plan. Whether its parts fit together was seen when it was made, in this transaction.
async fn apply(tx: &mut Tx, vault: &Vault, plan: &Plan) -> Result<Vec<ResidencyId>, RegisterError> {
    let (mut housing, mut units) =
        (Vec::with_capacity(plan.housing.len()), Vec::with_capacity(plan.units.len()));
    for step in &plan.housing {
        housing.push(match step {
            Step::New(facts) => {
                let id = HousingId(vault.random().id());
                store::insert_housing(tx, id, &vault.seal_housing(id, facts)?).await?;
                id
            }
            Step::Known { id, version, before, after } => {
                if before != after {
                    let sealed = vault.seal_housing(*id, after)?;
                    changed(store::update_housing(tx, *id, *version, &sealed).await?)?;
                }
                *id
            }
        });
    }
    for unit in &plan.units {
        units.push(match &unit.step {
            Step::New(facts) => {
                let id = UnitId(vault.random().id());
                let building = part(&housing, unit.housing)?;
                store::insert_unit(tx, id, building, &vault.seal_unit(id, facts)?).await?;
                id
            }
            Step::Known { id, version, before, after } => {
                if before != after {
                    let sealed = vault.seal_unit(*id, after)?;
                    changed(store::update_unit(tx, *id, *version, &sealed).await?)?;
                }
                *id
            }
        });
    }
    let mut residencies = Vec::new();
    for stay in &plan.stays {
        let facts = stay.step.after();
        let found_by = (vault.tag(facts.staff), facts.span.until());
        match &stay.step {
            Step::New(facts) => {
                let id = ResidencyId(vault.random().id());
                let unit = part(&units, stay.unit)?;
                store::insert_residency(tx, (id, unit), found_by, &vault.seal_residency(id, facts)?).await?;
                residencies.push(id);
            }
            Step::Known { id, version, before, after } if before != after => {
                let sealed = vault.seal_residency(*id, after)?;
                changed(store::update_residency(tx, (*id, *version), found_by, &sealed).await?)?;
                residencies.push(*id);
            }
            Step::Known { .. } => {}
        }
    }
    Ok(residencies)
}

fn part<T: Copy>(of: &[T], place: usize) -> Result<T, RegisterError> {
    of.get(place)
        .copied()
        .ok_or_else(|| DbError::Corrupt("a plan without one of its parts".to_owned()).into())
}

fn changed(was: bool) -> Result<(), RegisterError> {
    was.then_some(()).ok_or(RegisterError::Changed)
}

/// The register as a list: a row for each residency, and one for each unit in which nobody lived, or of which something is to be remembered.
#[must_use]
pub fn lines(register: &Register, number_of: impl Fn(StaffId) -> Option<String>) -> Vec<Line> {
    let mut lines = Vec::new();
    for unit in register.units.values() {
        let Some(housing) = register.housing.get(&unit.housing) else { continue };
        let line = |resident, note: &str| Line {
            housing: housing.facts.name.clone(),
            address: housing.facts.address.clone(),
            location: housing.facts.location,
            unit: unit.facts.name.clone(),
            resident,
            note: note.to_owned(),
        };
        let stays = register.residencies.values().filter(|one| one.unit == unit.id);
        let residents: Vec<Line> = stays
            .filter_map(|one| {
                // Whoever is forgotten has no number.
                let number = number_of(one.facts.staff)?;
                let span = one.facts.span;
                Some(line(Some((number, span.from(), span.until())), &one.facts.note))
            })
            .collect();
        if residents.is_empty() || !unit.facts.note.is_empty() {
            lines.push(line(None, &unit.facts.note));
        }
        lines.extend(residents);
    }
    let day = |line: &Line| line.resident.as_ref().map(|(_, from, _)| *from);
    lines.sort_by(|a, b| (&a.housing, &a.unit, day(a)).cmp(&(&b.housing, &b.unit, day(b))));
    lines
}
