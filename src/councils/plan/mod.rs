//! What a list of homes would change in the register. Pure: from what is known and what a file says follows a [`Plan`]; the same file
//! again gives a plan that changes nothing.
//!
//! Nothing goes because a file does not have it: what is [missing](Missing) is shown and stays. A row that cannot be is refused, and so is what
//! hangs on it; all others make a register in which no home has two residents and nobody has two homes.

mod buildings;
mod clashes;
mod known;
mod merging;
mod stays;
#[cfg(test)]
mod tests;
mod units;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{clock::Date, sheet::Reason};

use super::{
    file::{Listing, Refused},
    model::{
        Housing, HousingFacts, HousingId, Residency, ResidencyFacts, ResidencyId, Unit, UnitFacts, UnitId,
    },
};

pub use known::Known;

use merging::{Merged, merge};

/// What becomes of a building, a unit or a residency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum Step<Id, Facts> {
    /// It is added.
    New(Facts),
    /// It is there, at a version.
    Known {
        /// Its id.
        id: Id,
        /// Its version.
        version: i64,
        /// What is known of it.
        before: Facts,
        /// What will be.
        after: Facts,
    },
}

/// How much a step changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RegisterChange)]
pub enum Change {
    /// Nothing.
    Unchanged,
    /// Something of what is there.
    Changed,
    /// It is added.
    New,
}

impl<Id: Copy, Facts: PartialEq> Step<Id, Facts> {
    /// What will be known of it.
    pub const fn after(&self) -> &Facts {
        match self {
            Self::New(after) | Self::Known { after, .. } => after,
        }
    }

    /// What is known of it now.
    pub const fn before(&self) -> Option<&Facts> {
        match self {
            Self::New(_) => None,
            Self::Known { before, .. } => Some(before),
        }
    }

    /// Which one it is, if it is there.
    pub const fn id(&self) -> Option<Id> {
        match self {
            Self::New(_) => None,
            Self::Known { id, .. } => Some(*id),
        }
    }

    /// How much it changes.
    pub fn change(&self) -> Change {
        match self.before() {
            None => Change::New,
            Some(before) if before == self.after() => Change::Unchanged,
            Some(_) => Change::Changed,
        }
    }
}

/// What becomes of a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitStep {
    /// Its building: the how many-th of the plan.
    pub housing: usize,
    /// What becomes of it.
    pub step: Step<UnitId, UnitFacts>,
}

/// What becomes of a residency.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stay {
    /// Its unit: the how many-th of the plan.
    pub unit: usize,
    /// What becomes of it.
    pub step: Step<ResidencyId, ResidencyFacts>,
}

/// What a row of the file is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Its line.
    pub line: u64,
    /// Its unit: the how many-th of the plan.
    pub unit: usize,
    /// Its residency, if it has one: the how many-th of the plan.
    pub stay: Option<usize>,
}

/// What the register has and the file does not. It stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Buildings.
    pub housing: Vec<HousingId>,
    /// Units of the other buildings.
    pub units: Vec<UnitId>,
    /// Residencies that are not over.
    pub residencies: Vec<ResidencyId>,
}

/// What a file would change.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plan {
    /// The buildings that it names.
    pub housing: Vec<Step<HousingId, HousingFacts>>,
    /// The units that it names.
    pub units: Vec<UnitStep>,
    /// The residencies that it names.
    pub stays: Vec<Stay>,
    /// The rows that count.
    pub rows: Vec<Row>,
    /// The rows that do not, by line.
    pub refused: Vec<Refused>,
    /// What it does not name.
    pub missing: Missing,
}

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = RegisterImportCounts)]
pub struct Counts {
    /// Buildings that are added.
    pub housing_new: usize,
    /// Buildings that change.
    pub housing_changed: usize,
    /// Units that are added.
    pub units_new: usize,
    /// Units that change.
    pub units_changed: usize,
    /// Residencies that are added.
    pub residencies_new: usize,
    /// Residencies that change.
    pub residencies_changed: usize,
    /// Rows that change nothing.
    pub unchanged: usize,
    /// Rows that are refused.
    pub refused: usize,
    /// Buildings that are not in the file.
    pub housing_missing: usize,
    /// Units, of buildings that are, that are not in the file.
    pub units_missing: usize,
    /// Residencies that are not over and not in the file.
    pub residencies_missing: usize,
}

impl Plan {
    /// The building and the unit of a row.
    #[must_use]
    pub fn home(&self, row: &Row) -> Option<(&Step<HousingId, HousingFacts>, &UnitStep)> {
        let unit = self.units.get(row.unit)?;
        Some((self.housing.get(unit.housing)?, unit))
    }

    /// How much a row changes: the most of what it is about.
    #[must_use]
    pub fn change(&self, row: &Row) -> Change {
        let stay = row.stay.and_then(|stay| self.stays.get(stay)).map(|stay| stay.step.change());
        let home = self.home(row).map(|(housing, unit)| housing.change().max(unit.step.change()));
        stay.max(home).unwrap_or(Change::Unchanged)
    }

    /// How many of each there are.
    #[must_use]
    pub fn counts(&self) -> Counts {
        fn of(changes: impl Iterator<Item = Change>) -> (usize, usize) {
            changes.fold((0, 0), |(new, changed), change| match change {
                Change::New => (new + 1, changed),
                Change::Changed => (new, changed + 1),
                Change::Unchanged => (new, changed),
            })
        }
        let (housing_new, housing_changed) = of(self.housing.iter().map(Step::change));
        let (units_new, units_changed) = of(self.units.iter().map(|unit| unit.step.change()));
        let (residencies_new, residencies_changed) = of(self.stays.iter().map(|stay| stay.step.change()));
        Counts {
            housing_new,
            housing_changed,
            units_new,
            units_changed,
            residencies_new,
            residencies_changed,
            unchanged: self.rows.iter().filter(|row| self.change(row) == Change::Unchanged).count(),
            refused: self.refused.len(),
            housing_missing: self.missing.housing.len(),
            units_missing: self.missing.units.len(),
            residencies_missing: self.missing.residencies.len(),
        }
    }

    /// The plan in 32 bytes, to see whether what is confirmed is what was shown.
    ///
    /// # Errors
    /// Never in practice: a plan always serialises.
    pub fn digest(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(Sha256::digest(serde_json::to_vec(self)?).to_vec())
    }

    /// The residencies that are there of which it speaks.
    pub fn concerned(&self) -> impl Iterator<Item = ResidencyId> + '_ {
        let named = self.stays.iter().filter_map(|stay| stay.step.id());
        named.chain(self.missing.residencies.iter().copied())
    }
}

/// What a file would change in a register on a day.
#[must_use]
pub fn plan(listing: &Listing, known: &Known<'_>, today: Date) -> Plan {
    let mut refused: BTreeMap<usize, Reason> = BTreeMap::new();
    // A row that is refused takes with it what hangs on it alone. Each round refuses more, or is the last.
    let merged = loop {
        let drafts = listing.drafts.iter().enumerate().filter(|(index, _)| !refused.contains_key(index));
        let merged = merge(drafts, known);
        if merged.refused.is_empty() {
            break merged;
        }
        refused.extend(merged.refused);
    };
    let refusals = refused.into_iter().filter_map(|(index, reason)| {
        let draft = listing.drafts.get(index)?;
        let number = draft.resident.as_ref().map(|one| one.number.clone()).unwrap_or_default();
        Some(Refused { line: draft.line, says: [draft.housing.clone(), draft.unit.clone(), number], reason })
    });
    let mut refused: Vec<Refused> = listing.refused.iter().cloned().chain(refusals).collect();
    refused.sort_by_key(|one| one.line);
    let missing = missing(&merged, &refused, known, today);
    let Merged { housing, units, stays, rows, .. } = merged;
    Plan { housing, units, stays, rows, refused, missing }
}

/// What the file does not name, not even in a row that is refused.
fn missing(merged: &Merged, refused: &[Refused], known: &Known<'_>, today: Date) -> Missing {
    let mut housing: HashSet<HousingId> = merged.housing.iter().filter_map(Step::id).collect();
    let mut units: HashSet<UnitId> = merged.units.iter().filter_map(|unit| unit.step.id()).collect();
    let mut stays: BTreeSet<ResidencyId> = merged.stays.iter().filter_map(|stay| stay.step.id()).collect();
    for Refused { says: [building, unit, number], .. } in refused {
        for named in known.housing_named(building) {
            housing.insert(named.id);
            for unit in known.units_named(named.id, unit) {
                units.insert(unit.id);
                let staff = known.staff_of(number);
                let theirs = known.residencies_in(unit.id).filter(|one| Some(one.facts.staff) == staff);
                stays.extend(theirs.map(|one| one.id));
            }
        }
    }
    let units_left = |unit: &&Unit| housing.contains(&unit.housing) && !units.contains(&unit.id);
    let stays_left = |one: &&Residency| !one.facts.span.is_over(today) && !stays.contains(&one.id);
    let housing_left = |one: &&Housing| !housing.contains(&one.id);
    Missing {
        housing: known.housing.values().filter(housing_left).map(|one| one.id).collect(),
        units: known.units.values().filter(units_left).map(|unit| unit.id).collect(),
        residencies: known.residencies.values().filter(stays_left).map(|one| one.id).collect(),
    }
}
