//! How somebody stands to a programme in a fiscal year, day by day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    staff::{DepartmentId, Employment, TierId},
};

use super::named;

/// How somebody stands to a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ObligationState)]
pub enum State {
    /// They have to do all of it.
    Due,
    /// They have to do a part of it: they have only a part of the year.
    Prorated,
    /// They have to do it later.
    Deferred,
    /// They need not do it.
    Exempt,
    /// It does not concern them any more.
    Ended,
}

named!(State { Due = "due", Prorated = "prorated", Deferred = "deferred", Exempt = "exempt", Ended = "ended" });

impl State {
    /// Whether it counts among those of whom it is asked who has done it.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Due | Self::Prorated)
    }
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ObligationReason)]
pub enum Reason {
    /// The programme is for them.
    Audience,
    /// They joined, or the programme began to be for them, during the year.
    Began,
    /// They came back during the year.
    Back,
    /// There is too little time left in the year.
    TooLate,
    /// They are on leave.
    Leave,
    /// They are seconded elsewhere.
    Secondment,
    /// They left.
    Left,
    /// The programme is not for them any more.
    Moved,
    /// HR granted it.
    Granted,
}

named!(Reason {
    Audience = "audience",
    Began = "began",
    Back = "back",
    TooLate = "too_late",
    Leave = "leave",
    Secondment = "secondment",
    Left = "left",
    Moved = "moved",
    Granted = "granted",
});

/// How somebody stands from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first day.
    pub since: Date,
    /// How they stand.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// How many routes they have to walk.
    pub routes: u8,
    /// The day by which; none where nothing is due.
    pub due_on: Option<Date>,
    /// Where they are then.
    pub department: DepartmentId,
    /// Their tier then.
    pub tier: TierId,
    /// How they are employed then.
    pub employment: Employment,
}

impl Piece {
    /// Whether it says the same as another of another day.
    fn says(&self, other: &Self) -> bool {
        Self { since: other.since, ..self.clone() } == *other
    }
}

/// Of steps in the order in which they were written: what counts on a day. It is the last that has begun.
#[must_use]
pub fn on_day(steps: &[Piece], day: Date) -> Option<&Piece> {
    steps.iter().rev().find(|step| step.since <= day)
}

/// The steps to write after those that are there, so that what counts on each day is as `timeline` has it. The timeline is in
/// the order of days, and each of its pieces says something else than the one before.
#[must_use]
pub fn further_steps(steps: &[Piece], timeline: &[Piece]) -> Vec<Piece> {
    let says = |written: Option<&Piece>, wanted: Option<&Piece>| match (written, wanted) {
        (None, None) => true,
        (Some(written), None) => written.state == State::Ended,
        (None, Some(_)) => false,
        (Some(written), Some(wanted)) => written.says(wanted),
    };
    let mut days: Vec<Date> = steps.iter().chain(timeline).map(|piece| piece.since).collect();
    days.sort_unstable();
    days.dedup();
    let differs = |day: &&Date| !says(on_day(steps, **day), on_day(timeline, **day));
    let Some(first) = days.iter().find(differs).copied() else { return Vec::new() };
    let mut further: Vec<Piece> = Vec::new();
    match (on_day(timeline, first), on_day(steps, first)) {
        (Some(piece), _) => further.push(Piece { since: first, ..piece.clone() }),
        // What was written cannot be unwritten: it ends on the day on which it began.
        (None, Some(written)) => further.push(Piece {
            since: first,
            state: State::Ended,
            reason: Reason::Moved,
            routes: 0,
            due_on: None,
            ..written.clone()
        }),
        (None, None) => {}
    }
    further.extend(timeline.iter().filter(|piece| piece.since > first).cloned());
    further
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan as _, civil::date};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn day(number: u16) -> Date {
        date(2026, 4, 1) + i64::from(number).days()
    }

    fn piece(since: u16, routes: u8) -> Piece {
        Piece {
            since: day(since),
            state: State::Due,
            reason: Reason::Audience,
            routes,
            due_on: None,
            department: DepartmentId(Uuid::nil()),
            tier: "general".into(),
            employment: Employment::Regular,
        }
    }

    /// A timeline: in the order of days, each piece saying something else than the one before.
    fn timeline() -> impl Strategy<Value = Vec<Piece>> {
        proptest::collection::btree_map(0_u16..60, 0_u8..4, 0..6).prop_map(|days| {
            let mut pieces: Vec<Piece> = Vec::new();
            for (since, routes) in days {
                if pieces.last().is_none_or(|last| last.routes != routes) {
                    pieces.push(piece(since, routes));
                }
            }
            pieces
        })
    }

    proptest! {
        /// However often and however late the roster is corrected, each day ends as the last roster has it.
        #[test]
        fn after_each_correction_every_day_is_as_the_roster_has_it(history in proptest::collection::vec(timeline(), 1..6)) {
            let mut steps: Vec<Piece> = Vec::new();
            for timeline in history {
                steps.extend(further_steps(&steps, &timeline));
                for number in 0..70 {
                    match (on_day(&steps, day(number)), on_day(&timeline, day(number))) {
                        (found, Some(wanted)) => prop_assert!(found.is_some_and(|found| found.says(wanted))),
                        (found, None) => prop_assert!(found.is_none_or(|found| found.state == State::Ended)),
                    }
                }
                prop_assert_eq!(further_steps(&steps, &timeline), vec![], "nothing more is to be written");
            }
        }
    }

    #[test]
    fn the_last_step_that_has_begun_counts() {
        let steps = [piece(10, 1), piece(20, 2), piece(5, 3)];
        assert_eq!(on_day(&steps, day(4)), None);
        assert_eq!(on_day(&steps, day(12)).unwrap().routes, 3, "a later step overrules an earlier one");
        assert_eq!(on_day(&steps[..2], day(12)).unwrap().routes, 1);
    }
}
