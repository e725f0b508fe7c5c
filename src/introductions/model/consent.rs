//! What a resident has consented to, and how long that stands.

use serde::{Deserialize, Serialize};

use crate::{
    clock::{Date, Timestamp, tokyo_date},
    councils::model::{Assignments, CouncilId, Residency},
};

use super::Shared;

/// What a resident has consented to be given to their council.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// To which council: to no other.
    pub council: CouncilId,
    /// What is shared.
    pub shared: Shared,
    /// When they consented.
    pub at: Timestamp,
}

impl Consent {
    /// Whether it stands on a day: they live there, and on no day since they consented their home belonged to another council or to none.
    /// What has ended does not come back with a council that is decided again.
    #[must_use]
    pub fn stands(&self, residency: &Residency, assignments: &Assignments, today: Date) -> bool {
        let since = tokyo_date(self.at).max(residency.facts.span.from());
        let changes = assignments.history(residency.id).iter().map(|decided| decided.decision.from);
        let mut days = changes.filter(|day| since < *day && *day < today).chain([since, today]);
        let is_its = |day| {
            assignments.on(residency.id, day).and_then(|decision| decision.council) == Some(self.council)
        };
        residency.facts.span.holds(today) && since <= today && days.all(is_its)
    }

    /// What is given to a council on a day: what is shared, where the consent stands and is to that council.
    #[must_use]
    pub fn given_to(
        &self,
        council: CouncilId,
        residency: &Residency,
        assignments: &Assignments,
        today: Date,
    ) -> Option<&Shared> {
        (self.council == council && self.stands(residency, assignments, today)).then_some(&self.shared)
    }
}
