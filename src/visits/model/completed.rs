//! Since when a walk is complete. Pure; agrees with [`walk`](super::walk) on whether it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::{clock::Date, routes::StopId};

use super::Candidate;

/// A visit that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The stop.
    pub stop: StopId,
    /// The day of the walk, whenever it arrived.
    pub day: Date,
    /// Whether more than saying so shows it.
    pub proven: bool,
    /// Whether it was with an outing.
    pub with_outing: bool,
}

/// Since when a walk is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completed {
    /// By visits as each stop asks for them.
    pub day: Option<Date>,
    /// By visits that prove that somebody was there.
    pub proven_day: Option<Date>,
    /// The first day with an outing, whether or not it is complete.
    pub outing_day: Option<Date>,
}

/// Since when the walk that these visits make is complete: by whichever version it is complete first. A version that the walker
/// did not use completes it on the day from which it counts, given with it, and not before.
#[must_use]
pub fn completed(visits: &[Accepted], candidates: &[(Candidate, Date)]) -> Completed {
    let by = |which: &dyn Fn(&Accepted) -> bool| {
        let mut first: BTreeMap<StopId, Date> = BTreeMap::new();
        for visit in visits.iter().filter(|visit| which(visit)) {
            let day = first.entry(visit.stop).or_insert(visit.day);
            *day = visit.day.min(*day);
        }
        let walked_on = first.values().min().copied()?;
        candidates
            .iter()
            .filter_map(|(candidate, from)| {
                let required: BTreeSet<StopId> = candidate.required.iter().copied().collect();
                let days: Option<Vec<Date>> = required.iter().map(|stop| first.get(stop).copied()).collect();
                // A version that requires nothing is walked by having been anywhere.
                Some(days?.into_iter().max().unwrap_or(walked_on).max(*from))
            })
            .min()
    };
    Completed {
        day: by(&|_| true),
        proven_day: by(&|visit| visit.proven),
        outing_day: visits.iter().filter(|visit| visit.with_outing).map(|visit| visit.day).min(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        routes::RouteVersionId,
        visits::model::{Attempt, Outcome, walk},
    };

    fn candidate(number: i64, required: &[u128]) -> Candidate {
        Candidate {
            id: RouteVersionId(Uuid::from_u128(number as u128)),
            number,
            required: required.iter().map(|stop| StopId(Uuid::from_u128(*stop))).collect(),
        }
    }

    fn visit(stop: u128, day: Date) -> Accepted {
        Accepted { stop: StopId(Uuid::from_u128(stop)), day, proven: false, with_outing: false }
    }

    const MAY: Date = date(2026, 5, 1);
    const JUNE: Date = date(2026, 6, 1);
    const JULY: Date = date(2026, 7, 1);

    #[test]
    fn it_is_complete_with_the_last_stop_that_is_required() {
        let walked = [(candidate(1, &[1, 2]), Date::MIN)];
        assert_eq!(completed(&[visit(1, MAY)], &walked).day, None);
        assert_eq!(completed(&[visit(1, JUNE), visit(2, MAY), visit(1, JULY)], &walked).day, Some(JUNE));
        assert_eq!(completed(&[], &[(candidate(1, &[]), Date::MIN)]).day, None);
        assert_eq!(completed(&[visit(9, MAY)], &[(candidate(1, &[]), Date::MIN)]).day, Some(MAY));
    }

    #[test]
    fn a_version_that_asks_for_less_completes_it_when_it_begins_to_count() {
        let versions = [(candidate(1, &[1, 2]), Date::MIN), (candidate(2, &[1]), JULY)];
        assert_eq!(completed(&[visit(1, MAY)], &versions).day, Some(JULY));
        assert_eq!(completed(&[visit(1, MAY), visit(2, JUNE)], &versions).day, Some(JUNE));
    }

    #[test]
    fn what_is_proven_and_what_was_with_an_outing_is_told_apart() {
        let walked = [(candidate(1, &[1, 2]), Date::MIN)];
        let proven = |stop, day| Accepted { proven: true, ..visit(stop, day) };
        let outing = Accepted { with_outing: true, ..proven(1, JUNE) };
        let found = completed(&[visit(1, MAY), outing, proven(2, JULY)], &walked);
        assert_eq!(found, Completed { day: Some(JULY), proven_day: Some(JULY), outing_day: Some(JUNE) });
        assert_eq!(completed(&[visit(1, MAY), proven(2, MAY)], &walked).proven_day, None);
    }

    proptest! {
        #[test]
        fn whether_it_is_complete_is_what_the_record_says(
            stops in proptest::collection::vec((0_u128..5, 0_i64..300, any::<bool>()), 0..8),
            versions in proptest::collection::vec(proptest::collection::vec(0_u128..5, 0..4), 1..4),
        ) {
            let day = |days: i64| date(2026, 4, 1) + jiff::Span::new().days(days);
            let candidates: Vec<Candidate> =
                versions.iter().enumerate().map(|(index, required)| candidate(index as i64, required)).collect();
            let attempts: Vec<Attempt> = stops.iter().map(|(stop, _, accepted)| Attempt {
                stop: StopId(Uuid::from_u128(*stop)),
                outcome: if *accepted { Outcome::Accepted } else { Outcome::Pending },
            }).collect();
            let visits: Vec<Accepted> =
                stops.iter().filter(|one| one.2).map(|(stop, days, _)| visit(*stop, day(*days))).collect();
            let dated: Vec<(Candidate, Date)> = candidates.iter().map(|one| (one.clone(), Date::MIN)).collect();
            let complete = walk(&attempts, &candidates).is_some_and(|walk| walk.complete);
            let found = completed(&visits, &dated);
            prop_assert_eq!(found.day.is_some(), complete);
            let mut turned = visits;
            turned.reverse();
            prop_assert_eq!(completed(&turned, &dated), found, "order does not matter");
        }
    }
}
