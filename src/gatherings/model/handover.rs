//! What somebody who moves out hands over (引き継ぎ), and to whom.

use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp},
    councils::model::{CouncilId, Residency, UnitId},
    ids, names,
};

ids! {
    /// The id of a handover note. Drawn at random.
    HandoverId,
}

names! {
    /// How far a handover note is.
    HandoverState {
        /// The registrar is to read it.
        Written = "written",
        /// The registrar sent it back.
        Returned = "returned",
        /// Whoever comes next reads it.
        Released = "released",
    }
}

names! {
    /// For whom a handover note is.
    HandoverFor {
        /// Whoever comes next into the same unit.
        Unit = "unit",
        /// Whoever comes next to the same council.
        Council = "council",
    }
}

/// What is sealed of a handover note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverFacts {
    /// For whom.
    pub next: HandoverFor,
    /// What is handed over.
    pub text: String,
    /// Why it was sent back, last.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// When it was written last.
    pub written_at: Timestamp,
    /// Who released it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<(AccountId, Timestamp)>,
}

/// For so many days after they have moved out, people can still write.
const AFTERWARDS: i64 = 60;

/// Whether a home's resident can write a note on a day: as long as they live there, and a while after.
#[must_use]
pub fn may_write(home: &Residency, day: Date) -> bool {
    let last = home.facts.span.until().and_then(|until| until.checked_add(AFTERWARDS.days()).ok());
    home.facts.span.from() <= day && last.is_none_or(|last| day <= last)
}

/// Where somebody lives or lived, as a note asks it: the unit, its council, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The unit.
    pub unit: UnitId,
    /// The council: of who reads it as it is today, of who wrote it as it was on their last day.
    pub council: Option<CouncilId>,
    /// The day on which they moved in.
    pub from: Date,
}

/// Whether a note is for somebody: they came later than whoever wrote it, into the same unit or to the same council.
#[must_use]
pub fn is_for(next: HandoverFor, author: Standing, reader: Standing) -> bool {
    let same = match next {
        HandoverFor::Unit => author.unit == reader.unit,
        HandoverFor::Council => author.council.is_some() && author.council == reader.council,
    };
    same && author.from < reader.from
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        councils::model::{ResidencyFacts, ResidencyId, Span},
        layers::PlaceId,
        staff::StaffId,
    };

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn one_writes_while_one_lives_there_and_sixty_days_after() {
        let home = |until: Option<&str>| Residency {
            id: ResidencyId(Uuid::from_u128(1)),
            unit: UnitId(Uuid::from_u128(2)),
            version: 1,
            facts: ResidencyFacts {
                staff: StaffId(Uuid::from_u128(3)),
                span: Span::new(day("2026-04-01"), until.map(day)).unwrap(),
                settled: false,
                note: String::new(),
                muster: None,
            },
        };
        for (until, on, may) in [
            (None, "2026-03-31", false),
            (None, "2030-01-01", true),
            (Some("2026-10-31"), "2026-12-30", true),
            (Some("2026-10-31"), "2026-12-31", false),
        ] {
            assert_eq!(may_write(&home(until), day(on)), may, "{until:?} {on}");
        }
    }

    proptest! {
        #[test]
        fn nobody_reads_what_is_not_for_them(
            units in (0_u128..3, 0_u128..3), councils in (0_u8..3, 0_u8..3), from in (0_i64..40, 0_i64..40), unit in any::<bool>()
        ) {
            let council = |key: u8| (key > 0).then(|| CouncilId(PlaceId::of_record("councils", &key.to_string())));
            let standing = |unit, key, from: i64| Standing {
                unit: UnitId(Uuid::from_u128(unit)), council: council(key), from: day("2026-04-01") + from.days(),
            };
            let (author, reader) = (standing(units.0, councils.0, from.0), standing(units.1, councils.1, from.1));
            let next = if unit { HandoverFor::Unit } else { HandoverFor::Council };
            let is_for = is_for(next, author, reader);
            // Never backwards, and never to who has nothing in common.
            prop_assert!(!is_for || !super::is_for(next, reader, author));
            prop_assert!(!is_for || author.unit == reader.unit || author.council == reader.council);
            prop_assert!(!is_for || from.0 < from.1);
            // Who comes later into the same unit reads what is for the unit.
            prop_assert!(is_for || !unit || units.0 != units.1 || from.1 <= from.0);
        }
    }
}
