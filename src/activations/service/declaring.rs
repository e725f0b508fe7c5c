//! Declaring an activation and ending it.

use std::collections::HashMap;

use crate::{
    activations::{
        model::{ActivationFacts, ActivationId, Announcement, Gathering, RollFacts, Told},
        notices, store,
    },
    auth::AccountId,
    clock::{Timestamp, tokyo_date},
    councils::{
        model::{CouncilId, Muster, Residency, ResidencyId},
        service::{Meeting, Register, Vault},
    },
    db::{DbError, Tx},
    notify,
    random::SharedRandom,
    staff::StaffId,
};

use super::{
    ActivationError,
    reading::told,
    seals::{open_activation, open_roll, seal_activation, seal_roll},
};

/// Where councils meet.
pub type Meetings = HashMap<CouncilId, Meeting>;

/// What became of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declared {
    /// It was declared now: so many are on the roll, by their residencies.
    Now(Vec<ResidencyId>),
    /// The same was declared before under its id.
    Before,
}

/// Declares an activation: who is a resident on that day is on its roll, and is told.
///
/// # Errors
/// When another goes on, or something else was declared under the id.
pub async fn declare(
    tx: &mut Tx,
    (vault, random): (&Vault, &SharedRandom),
    meetings: &Meetings,
    (id, announcement): (ActivationId, Announcement),
    (by, now): (AccountId, Timestamp),
) -> Result<Declared, ActivationError> {
    let facts = ActivationFacts { announcement, declared_at: now, by };
    // The database decides: of two who declare at once, one does.
    if !store::insert_activation(tx, id, &seal_activation(vault, id, &facts)?).await? {
        let row = store::activation(tx, id).await?.ok_or(ActivationError::OtherOpen)?;
        let known = open_activation(vault, &row)?.facts;
        return if known.announcement == facts.announcement {
            Ok(Declared::Before)
        } else {
            Err(ActivationError::Conflict)
        };
    }
    let residents = enrol(tx, vault, meetings, (id, now)).await?;
    for (residency, staff) in &residents {
        let notice = notices::notice(id, &facts.announcement, *residency, *staff);
        notify::tell(tx, &notice, random, now).await?;
    }
    Ok(Declared::Now(residents.into_iter().map(|(residency, _)| residency).collect()))
}

/// Puts everybody on the roll of an activation who is a resident on its day.
pub(in crate::activations) async fn enrol(
    tx: &mut Tx,
    vault: &Vault,
    meetings: &Meetings,
    (id, now): (ActivationId, Timestamp),
) -> Result<Vec<(ResidencyId, StaffId)>, ActivationError> {
    let (register, day) = (Register::read(tx, vault).await?, tokyo_date(now));
    let (mut residents, mut rows) = (Vec::new(), Vec::new());
    for residency in register.residencies.values().filter(|one| one.facts.span.holds(day)) {
        let facts = on_roll(&register, residency, meetings, now)?;
        residents.push((residency.id, facts.staff));
        rows.push(seal_roll(vault, (id, residency.id, 0), &facts)?);
    }
    store::insert_roll(tx, &rows).await?;
    Ok(residents)
}

/// What is known of a resident on the day.
fn on_roll(
    register: &Register,
    residency: &Residency,
    meetings: &Meetings,
    now: Timestamp,
) -> Result<RollFacts, DbError> {
    let broken = || DbError::Corrupt("a residency without its unit".to_owned());
    let unit = register.units.get(&residency.unit).ok_or_else(broken)?;
    let housing = register.housing.get(&unit.housing).ok_or_else(broken)?;
    let decided = register.assignments.on(residency.id, tokyo_date(now));
    let council = decided.and_then(|decision| decision.council);
    let meeting = council.and_then(|council| meetings.get(&council));
    Ok(RollFacts {
        staff: residency.facts.staff,
        housing_name: housing.facts.name.clone(),
        unit_name: unit.facts.name.clone(),
        home: housing.facts.location,
        council,
        council_name: meeting.map(|meeting| meeting.council.clone()),
        muster: residency.facts.muster.clone().map(Gathering::own).or_else(|| meeting.map(at_council)),
        told: Told::default(),
    })
}

fn at_council(meeting: &Meeting) -> Gathering {
    Gathering { name: meeting.name.clone(), location: meeting.location, is_council: true }
}

/// Says where a resident gathers, also on the roll of the activation that goes on, if they are on it.
///
/// # Errors
/// When the database cannot be written, or something does not open.
pub async fn move_muster(
    tx: &mut Tx,
    vault: &Vault,
    meetings: &Meetings,
    residency: ResidencyId,
    muster: Option<Muster>,
) -> Result<(), ActivationError> {
    let Some(open) = store::open_activation(tx).await? else { return Ok(()) };
    let Some(counted) = store::count_change(tx, open.id).await? else { return Ok(()) };
    let Some(row) = store::roll_row(tx, open.id, residency).await? else { return Ok(()) };
    let mut facts = open_roll(vault, &row)?.facts;
    let meeting = facts.council.and_then(|council| meetings.get(&council));
    facts.muster = muster.map(Gathering::own).or_else(|| meeting.map(at_council));
    let row = seal_roll(vault, (open.id, residency, counted.sequence), &facts)?;
    Ok(store::update_roll_row(tx, &row).await?)
}

/// Ends an activation, if it goes on. How telling each has gone is noted on the roll.
///
/// # Errors
/// When there is no such activation.
pub async fn end(
    tx: &mut Tx,
    vault: &Vault,
    id: ActivationId,
    now: Timestamp,
) -> Result<(), ActivationError> {
    let counted = store::count_change(tx, id).await?.ok_or(ActivationError::Absent)?;
    if counted.ended_at.is_some() {
        return Ok(());
    }
    let rows = store::roll(tx, id, -1).await?;
    let residents: Vec<ResidencyId> = rows.iter().map(|row| row.residency).collect();
    let told = told(tx, id, &residents).await?;
    for row in &rows {
        let Some(told) = told.get(&row.residency) else { continue };
        let facts = RollFacts { told: *told, ..open_roll(vault, row)?.facts };
        store::update_roll_row(tx, &seal_roll(vault, (id, row.residency, row.changed), &facts)?).await?;
    }
    Ok(store::end_activation(tx, id, now).await?)
}
