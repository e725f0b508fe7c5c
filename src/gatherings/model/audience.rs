//! Whose a gathering is.

use std::collections::BTreeSet;

use crate::{
    clock::Date,
    councils::model::{Assignments, CouncilId, Residency, ResidencyId},
};

/// Whose a gathering is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Every resident's, also of those of whom no council was decided yet.
    Every,
    /// These councils'. There is at least one.
    Councils(BTreeSet<CouncilId>),
}

impl Audience {
    /// Of these councils; of every one where there are none.
    #[must_use]
    pub fn of(councils: BTreeSet<CouncilId>) -> Self {
        if councils.is_empty() { Self::Every } else { Self::Councils(councils) }
    }

    /// The councils that are named.
    pub fn councils(&self) -> impl Iterator<Item = CouncilId> + '_ {
        let named = match self {
            Self::Every => None,
            Self::Councils(councils) => Some(councils),
        };
        named.into_iter().flatten().copied()
    }
}

/// By what somebody takes part in a gathering: the home in which they live on its day, and its council.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The home.
    pub residency: ResidencyId,
    /// Its council on that day; none where it is undecided.
    pub council: Option<CouncilId>,
}

/// Whether a home takes part in a gathering of that audience on that day. What counts is where people live, and which council that
/// belongs to, on the day of the gathering.
#[must_use]
pub fn seat(audience: &Audience, day: Date, home: &Residency, assignments: &Assignments) -> Option<Seat> {
    let council = assignments.on(home.id, day).and_then(|decision| decision.council);
    let is_of = match audience {
        Audience::Every => true,
        Audience::Councils(councils) => council.is_some_and(|council| councils.contains(&council)),
    };
    (home.facts.span.holds(day) && is_of).then_some(Seat { residency: home.id, council })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        auth::AccountId,
        councils::model::{Decided, Decision, ResidencyFacts, Span, UnitId},
        layers::PlaceId,
        staff::StaffId,
    };

    fn council(key: &str) -> CouncilId {
        CouncilId(PlaceId::of_record("councils", key))
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn where_somebody_lives_on_the_day_decides() {
        let home = Residency {
            id: ResidencyId(Uuid::from_u128(1)),
            unit: UnitId(Uuid::from_u128(2)),
            version: 1,
            facts: ResidencyFacts {
                staff: StaffId(Uuid::from_u128(3)),
                span: Span::new(day("2026-04-01"), Some(day("2026-12-31"))).unwrap(),
                settled: false,
                note: String::new(),
                muster: None,
            },
        };
        let decision = |number, key: &str, from: &str| Decided {
            residency: home.id,
            number,
            decision: Decision {
                council: Some(council(key)),
                from: day(from),
                as_suggested: true,
                reason: String::new(),
                by: AccountId(Uuid::nil()),
                at: "2026-04-01T00:00:00Z".parse().unwrap(),
            },
        };
        let decided = Assignments::new([decision(1, "a", "2026-05-01"), decision(2, "b", "2026-10-01")]);
        let of = |keys: &[&str]| Audience::of(keys.iter().map(|key| council(key)).collect());
        let council_on =
            |audience: &Audience, on: &str| seat(audience, day(on), &home, &decided).map(|seat| seat.council);
        assert_eq!(council_on(&of(&["a"]), "2026-09-30"), Some(Some(council("a"))));
        assert_eq!(council_on(&of(&["a"]), "2026-10-01"), None);
        assert_eq!(council_on(&of(&["a", "b"]), "2026-10-01"), Some(Some(council("b"))));
        // Of every council's: who is undecided as well, but not who has not moved in yet or has left.
        assert_eq!(council_on(&of(&[]), "2026-04-15"), Some(None));
        assert_eq!(council_on(&of(&[]), "2026-03-31"), None);
        assert_eq!(council_on(&of(&[]), "2027-01-01"), None);
    }
}
