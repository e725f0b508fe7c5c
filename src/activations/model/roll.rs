//! The roll-call: who was a resident on the day, and what each has answered.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    councils::model::{CouncilId, Muster, ResidencyId},
    geo::Position,
    notify::State,
    staff::StaffId,
};

use super::{Answer, Given};

/// Where somebody gathers (参集先).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gathering {
    /// What the place is called.
    pub name: String,
    /// Where it is, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Position>,
    /// Whether it is where their council meets.
    pub is_council: bool,
}

impl Gathering {
    /// A place of somebody's own, which is not where their council meets.
    #[must_use]
    pub fn own(muster: Muster) -> Self {
        Self { name: muster.name, location: muster.location, is_council: false }
    }
}

/// How telling somebody went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// In the app; none where nothing is known of it any more.
    pub app: Option<(State, Timestamp)>,
    /// By mail.
    pub mail: Option<(State, Timestamp)>,
}

/// What is known of a resident for an activation, as it was on the day. All of it is sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RollFacts {
    /// Who.
    pub staff: StaffId,
    /// The building.
    pub housing_name: String,
    /// The unit.
    pub unit_name: String,
    /// Where the building is.
    pub home: Position,
    /// Their council, where it was decided.
    pub council: Option<CouncilId>,
    /// What it was called.
    pub council_name: Option<String>,
    /// Where they gather, where the council on the map, or the registrar, says so.
    pub muster: Option<Gathering>,
    /// How telling them had gone when the activation ended: notices are kept for less long.
    #[serde(default)]
    pub told: Told,
}

/// A resident on the roll.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Their residency.
    pub residency: ResidencyId,
    /// The how many-th change of the activation was the last of this row.
    pub changed: i64,
    /// What is known of them.
    pub facts: RollFacts,
    /// What they answered, by the order of taps.
    answers: Vec<Given>,
}

impl Row {
    /// Of somebody who has answered nothing.
    #[must_use]
    pub const fn new(residency: ResidencyId, changed: i64, facts: RollFacts) -> Self {
        Self { residency, changed, facts, answers: Vec::new() }
    }

    /// What they answered, by the order of taps.
    #[must_use]
    pub fn answers(&self) -> &[Given] {
        &self.answers
    }

    /// What counts.
    #[must_use]
    pub fn latest(&self) -> Option<&Given> {
        self.answers.last()
    }

    /// When they tapped first.
    #[must_use]
    pub fn first_at(&self) -> Option<Timestamp> {
        self.answers.first().map(|given| given.facts.answered_at)
    }

    /// Takes in an answer, whenever it arrives.
    pub fn take(&mut self, given: Given) {
        self.changed = self.changed.max(given.sequence);
        let place = self.answers.partition_point(|other| other.order() < given.order());
        if self.answers.get(place).is_none_or(|other| other.id != given.id) {
            self.answers.insert(place, given);
        }
    }
}

/// How many have answered what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RollCounts)]
pub struct Counts {
    /// 無事.
    pub safe: usize,
    /// 参集中.
    pub on_the_way: usize,
    /// 参集済.
    pub arrived: usize,
    /// 参集不能.
    pub unable: usize,
    /// No answer.
    pub none: usize,
}

impl Counts {
    /// Of what each has answered last.
    pub fn of(answers: impl IntoIterator<Item = Option<Answer>>) -> Self {
        let mut counts = Self::default();
        for answer in answers {
            let count = match answer {
                Some(Answer::Safe) => &mut counts.safe,
                Some(Answer::OnTheWay) => &mut counts.on_the_way,
                Some(Answer::Arrived) => &mut counts.arrived,
                Some(Answer::Unable) => &mut counts.unable,
                None => &mut counts.none,
            };
            *count += 1;
        }
        counts
    }

    /// How many have answered.
    #[must_use]
    pub const fn answered(&self) -> usize {
        self.safe + self.on_the_way + self.arrived + self.unable
    }

    /// How many there are.
    #[must_use]
    pub const fn residents(&self) -> usize {
        self.answered() + self.none
    }
}

/// Everybody who was a resident on the day.
#[derive(Clone, Debug, Default)]
pub struct Roll(BTreeMap<ResidencyId, Arc<Row>>);

impl Roll {
    /// Takes in a resident, or what has changed of them; their answers stay.
    pub fn enter(&mut self, row: Row) {
        let mut row = row;
        if let Some(known) = self.0.get(&row.residency) {
            row.answers.clone_from(&known.answers);
            row.changed = row.changed.max(known.changed);
            if row.facts.told == Told::default() {
                row.facts.told = known.facts.told;
            }
        }
        self.0.insert(row.residency, Arc::new(row));
    }

    /// Takes in an answer of somebody who is on it.
    pub fn take(&mut self, given: Given) {
        if let Some(row) = self.0.get_mut(&given.facts.residency) {
            Arc::make_mut(row).take(given);
        }
    }

    /// A resident.
    #[must_use]
    pub fn get(&self, residency: ResidencyId) -> Option<&Row> {
        self.0.get(&residency).map(|row| &**row)
    }

    /// All of them, by their residencies.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.0.values().map(|row| &**row)
    }

    /// How many have answered what.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(self.rows().map(|row| row.latest().map(|given| given.facts.answer)))
    }

    /// Who is on it.
    #[must_use]
    pub fn people(&self) -> Vec<StaffId> {
        self.rows().map(|row| row.facts.staff).collect()
    }

    /// Notes how telling them has gone. Returns of whom that is new.
    pub fn note_told(&mut self, told: &HashMap<ResidencyId, Told>) -> Vec<ResidencyId> {
        let mut changed = Vec::new();
        for (residency, row) in &mut self.0 {
            if let Some(told) = told.get(residency).filter(|told| **told != row.facts.told) {
                Arc::make_mut(row).facts.told = *told;
                changed.push(*residency);
            }
        }
        changed
    }
}
