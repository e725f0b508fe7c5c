//! Which council somebody's home belongs to (担当協議会). The list of decisions is the authority; maps and rules only suggest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
};

use super::{CouncilId, ResidencyId};

/// What a registrar decided of a residency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The council; none where it is undecided, which is a decision too.
    pub council: Option<CouncilId>,
    /// From which day on.
    pub from: Date,
    /// Whether it is what was suggested then.
    pub as_suggested: bool,
    /// Why, where it is not as suggested.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Who decided.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// A decision, as the later of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Of which residency.
    pub residency: ResidencyId,
    /// The how many-th of that residency, from 1.
    pub number: i64,
    /// What was decided.
    pub decision: Decision,
}

/// All decisions.
#[derive(Clone, Debug, Default)]
pub struct Assignments {
    of: BTreeMap<ResidencyId, Vec<Decided>>,
}

impl Assignments {
    /// Of decisions in any order.
    #[must_use]
    pub fn new(decisions: impl IntoIterator<Item = Decided>) -> Self {
        let mut of: BTreeMap<ResidencyId, Vec<Decided>> = BTreeMap::new();
        for decided in decisions {
            of.entry(decided.residency).or_default().push(decided);
        }
        for one in of.values_mut() {
            one.sort_by_key(|decided| decided.number);
        }
        Self { of }
    }

    /// What counts for a residency on a day: of the decisions that have begun by then the one with the latest day, and of several
    /// of one day the last that was made. None where nothing was decided yet.
    #[must_use]
    pub fn on(&self, residency: ResidencyId, day: Date) -> Option<&Decision> {
        let begun = self.history(residency).iter().filter(|decided| decided.decision.from <= day);
        begun.max_by_key(|decided| (decided.decision.from, decided.number)).map(|decided| &decided.decision)
    }

    /// Everything that was decided of a residency, the first decision first.
    #[must_use]
    pub fn history(&self, residency: ResidencyId) -> &[Decided] {
        self.of.get(&residency).map_or(&[], Vec::as_slice)
    }
}
