//! Opening activations and their rolls.

use std::collections::{BTreeMap, HashMap};

use crate::{
    activations::{
        model::{Activation, ActivationId, Counts, Given, Roll, RollFacts, Told},
        notices, store,
    },
    clock::Date,
    councils::{model::ResidencyId, service::Vault},
    db::{DbError, Tx},
    notify::{self, Channel},
    staff::{self, StaffId, store::Called},
};

use super::{
    ActivationError,
    answering::homes,
    seals::{open_activation, open_answer, open_roll, tags},
};

/// An activation.
///
/// # Errors
/// When there is none of that id, or it does not open.
pub async fn find(tx: &mut Tx, vault: &Vault, id: ActivationId) -> Result<Activation, ActivationError> {
    let row = store::activation(tx, id).await?.ok_or(ActivationError::Absent)?;
    Ok(open_activation(vault, &row)?)
}

/// All activations, the newest first, with how many have answered what.
///
/// # Errors
/// When the database cannot be read, or something does not open.
pub async fn listed(tx: &mut Tx, vault: &Vault) -> Result<Vec<(Activation, Counts)>, ActivationError> {
    let mut all = Vec::new();
    for row in store::activations(tx).await? {
        let activation = open_activation(vault, &row)?;
        let mut latest: BTreeMap<ResidencyId, Option<Given>> = BTreeMap::new();
        // Who they are need not be opened to count them.
        for row in store::roll(tx, activation.id, -1).await? {
            latest.insert(row.residency, None);
        }
        for row in store::answers(tx, activation.id, -1).await? {
            let given = open_answer(vault, &row)?;
            if let Some(counts) = latest.get_mut(&given.facts.residency)
                && counts.as_ref().is_none_or(|other| other.order() < given.order())
            {
                *counts = Some(given);
            }
        }
        let counts = Counts::of(latest.into_values().map(|given| given.map(|given| given.facts.answer)));
        all.push((activation, counts));
    }
    all.sort_by_key(|(one, _)| std::cmp::Reverse((one.facts.declared_at, one.id)));
    Ok(all)
}

/// The roll of an activation, with what each has answered and how telling them has gone.
///
/// # Errors
/// When the database cannot be read, or something does not open.
pub async fn roll(tx: &mut Tx, vault: &Vault, activation: ActivationId) -> Result<Roll, ActivationError> {
    let mut roll = Roll::default();
    take_changes(tx, vault, (activation, -1), &mut roll).await?;
    let residents: Vec<ResidencyId> = roll.rows().map(|row| row.residency).collect();
    roll.note_told(&told(tx, activation, &residents).await?);
    Ok(roll)
}

/// Takes into a roll what has changed after so many changes: only that is opened.
pub(super) async fn take_changes(
    tx: &mut Tx,
    vault: &Vault,
    (activation, after): (ActivationId, i64),
    roll: &mut Roll,
) -> Result<(), ActivationError> {
    for row in store::roll(tx, activation, after).await? {
        roll.enter(open_roll(vault, &row)?);
    }
    for row in store::answers(tx, activation, after).await? {
        roll.take(open_answer(vault, &row)?);
    }
    Ok(())
}

/// How telling these residents has gone, as far as notices are still kept.
pub(super) async fn told(
    tx: &mut Tx,
    activation: ActivationId,
    residents: &[ResidencyId],
) -> Result<HashMap<ResidencyId, Told>, DbError> {
    let keys: HashMap<String, ResidencyId> =
        residents.iter().map(|residency| (notices::key(activation, *residency), *residency)).collect();
    let names: Vec<String> = keys.keys().cloned().collect();
    let mut told: HashMap<ResidencyId, Told> = HashMap::new();
    for one in notify::store::delivered(tx, &names).await? {
        let Some(residency) = keys.get(&one.dedup) else { continue };
        let told = told.entry(*residency).or_default();
        let delivered = Some((one.state, one.changed_at));
        match one.channel {
            Channel::App => told.app = delivered,
            Channel::Mail => told.mail = delivered,
        }
    }
    Ok(told)
}

/// What residents are called, and where they work.
#[derive(Clone, Debug, Default)]
pub struct People {
    called: HashMap<StaffId, Called>,
    departments: HashMap<StaffId, String>,
}

impl People {
    /// What somebody is called.
    #[must_use]
    pub fn called(&self, staff: StaffId) -> Called {
        self.called.get(&staff).cloned().unwrap_or_default()
    }

    /// Where somebody works.
    #[must_use]
    pub fn department(&self, staff: StaffId) -> Option<&str> {
        self.departments.get(&staff).map(String::as_str)
    }
}

/// What these people are called on a day.
///
/// # Errors
/// When the database cannot be read.
pub async fn called(tx: &mut Tx, people: &[StaffId], day: Date) -> Result<People, DbError> {
    let called = staff::store::called(tx, people, day).await?;
    Ok(People { called, departments: store::departments_of(tx, people, day).await? })
}

/// The activation that goes on, for somebody who is on its roll.
#[derive(Clone, Debug)]
pub struct OwnActivation {
    /// The activation.
    pub activation: Activation,
    /// What is known of them.
    pub facts: RollFacts,
    /// What counts of what they answered.
    pub latest: Option<Given>,
}

/// The activation that goes on, if somebody is on its roll. Everybody's pages ask for it: where none goes on, that is one look.
///
/// # Errors
/// When the database cannot be read, or something does not open.
pub async fn own(
    tx: &mut Tx,
    vault: &Vault,
    staff: StaffId,
) -> Result<Option<OwnActivation>, ActivationError> {
    let Some(row) = store::open_activation(tx).await? else { return Ok(None) };
    for home in homes(tx, vault, staff).await? {
        let Some(resident) = store::roll_row(tx, row.id, home).await? else { continue };
        let mut resident = open_roll(vault, &resident)?;
        for answer in store::answers_of(tx, row.id, &tags(vault, row.id, home)).await? {
            let given = open_answer(vault, &answer)?;
            if given.facts.residency == home {
                resident.take(given);
            }
        }
        let latest = resident.latest().cloned();
        let activation = open_activation(vault, &row)?;
        return Ok(Some(OwnActivation { activation, facts: resident.facts, latest }));
    }
    Ok(None)
}
