//! Who is reminded of what, and when. Pure.
//!
//! A programme names days before its deadline. On each of them, everybody whose obligation is open and not complete is told once; a
//! server that was down over such days tells the latest of them alone. Besides, managers and HR remind by hand, and nobody
//! hears of the same programme twice within [`REST_DAYS`] that way.

use std::{collections::BTreeSet, fmt, str::FromStr};

use crate::clock::Date;

use super::{Completion, Piece, Requirement, State, UnknownName};

/// After so many days somebody may be reminded by hand again.
pub const REST_DAYS: i64 = 7;

/// What somebody is reminded by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Occasion {
    /// So many days before a deadline. Who is given another deadline is reminded of that one anew.
    Before {
        /// The day by which it is due.
        due_on: Date,
        /// How many days before.
        days: u16,
    },
    /// A manager, or HR, did it on a day.
    ByHand {
        /// The day.
        on: Date,
    },
}

impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before { due_on, days } => write!(f, "before:{due_on}:{days}"),
            Self::ByHand { on } => write!(f, "by_hand:{on}"),
        }
    }
}

impl FromStr for Occasion {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let read = || match text.split_once(':')? {
            ("before", rest) => {
                let (due_on, days) = rest.split_once(':')?;
                Some(Self::Before { due_on: due_on.parse().ok()?, days: days.parse().ok()? })
            }
            ("by_hand", on) => Some(Self::ByHand { on: on.parse().ok()? }),
            _ => None,
        };
        read().ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// That somebody was reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// By what.
    pub occasion: Occasion,
    /// On which day.
    pub on: Date,
}

/// The day by which somebody still has something to do; none when they have not: it is complete, or no day is set for them, such
/// as while they are on leave.
#[must_use]
pub fn still_due(piece: &Piece, completion: &Completion) -> Option<Date> {
    let is_open = matches!(piece.state, State::Due | State::Prorated | State::Deferred);
    piece.due_on.filter(|_| is_open && completion.day.is_none())
}

/// The reminder that is told on a day to somebody who has until `due_on`: the latest whose day has come, unless it, or a later
/// one of the same deadline, was told. Past the deadline there is none.
#[must_use]
pub fn reminder_on(days: &BTreeSet<u16>, due_on: Date, told: &[Told], day: Date) -> Option<Occasion> {
    let left = day.until(due_on).ok()?.get_days();
    let left = u32::try_from(left).ok()?;
    // The fewer days are left, the later it is.
    let latest = *days.iter().find(|days| u32::from(**days) >= left)?;
    let was_told = told.iter().any(|told| {
        matches!(told.occasion, Occasion::Before { due_on: of, days } if of == due_on && days <= latest)
    });
    (!was_told).then_some(Occasion::Before { due_on, days: latest })
}

/// Whether somebody may be reminded by hand on a day: nobody was at it in the last days, by hand or by the clock.
#[must_use]
pub fn may_be_reminded(told: &[Told], day: Date) -> bool {
    let recently =
        |told: &Told| told.on.until(day).is_ok_and(|since| i64::from(since.get_days()) < REST_DAYS);
    !told.iter().any(recently)
}

/// How many routes somebody has left to walk: at least one, as long as it is not complete.
#[must_use]
pub fn routes_left(requirement: &Requirement, piece: &Piece, completion: &Completion) -> u8 {
    let any = piece.routes.saturating_sub(completion.routes);
    let new = requirement.new_routes.min(piece.routes).saturating_sub(completion.new_routes);
    let away = requirement.away_routes.min(piece.routes).saturating_sub(completion.away_routes);
    any.max(new).max(away).max(1)
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan as _, civil::date};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        staff::{DepartmentId, Employment},
        training::model::{Evidence, Reason},
    };

    const DUE: Date = date(2027, 2, 28);

    fn days() -> BTreeSet<u16> {
        [60, 30, 7].into()
    }

    fn before(days: u16) -> Occasion {
        Occasion::Before { due_on: DUE, days }
    }

    fn piece(state: State, due_on: Option<Date>) -> Piece {
        Piece {
            since: date(2026, 4, 1),
            state,
            reason: Reason::Audience,
            routes: 3,
            due_on,
            department: DepartmentId(Uuid::nil()),
            tier: "general".into(),
            employment: Employment::Regular,
        }
    }

    fn done(day: Option<Date>, routes: u8, new_routes: u8) -> Completion {
        Completion { day, routes, new_routes, away_routes: 0 }
    }

    #[test]
    fn on_its_day_a_reminder_is_told_and_a_late_server_tells_the_latest() {
        let on = |left: i64| reminder_on(&days(), DUE, &[], DUE - left.days());
        assert_eq!(on(61), None);
        assert_eq!(on(60), Some(before(60)));
        assert_eq!(on(31), Some(before(60)), "a server that was down catches up");
        assert_eq!(on(7), Some(before(7)), "with the latest alone");
        assert_eq!(on(0), Some(before(7)));
        assert_eq!(on(-1), None, "it is too late");
        assert_eq!(reminder_on(&BTreeSet::new(), DUE, &[], DUE), None);
        // Who has another deadline is reminded of that one.
        let told = [Told { occasion: before(7), on: DUE - 7.days() }];
        assert_eq!(reminder_on(&days(), DUE, &told, DUE), None);
        let later = DUE + 31.days();
        let anew = Occasion::Before { due_on: later, days: 60 };
        assert_eq!(reminder_on(&days(), later, &told, DUE), Some(anew));
    }

    #[test]
    fn only_who_still_has_a_day_to_keep_is_meant() {
        let open = done(None, 1, 0);
        for (state, due_on, expected) in [
            (State::Due, Some(DUE), Some(DUE)),
            (State::Prorated, Some(DUE), Some(DUE)),
            (State::Deferred, Some(DUE), Some(DUE)),
            // On leave.
            (State::Deferred, None, None),
            (State::Exempt, None, None),
            (State::Ended, None, None),
            (State::Ended, Some(DUE), None),
        ] {
            assert_eq!(still_due(&piece(state, due_on), &open), expected, "{state}");
        }
        assert_eq!(still_due(&piece(State::Due, Some(DUE)), &done(Some(DUE), 3, 0)), None);
    }

    #[test]
    fn nobody_is_reminded_by_hand_twice_within_a_week() {
        let day = date(2026, 12, 8);
        let told = |occasion, on| [Told { occasion, on }];
        assert!(may_be_reminded(&[], day));
        let by_hand = |on| Occasion::ByHand { on };
        assert!(!may_be_reminded(&told(by_hand(day), day), day));
        assert!(!may_be_reminded(&told(by_hand(day - 6.days()), day - 6.days()), day));
        assert!(may_be_reminded(&told(by_hand(day - 7.days()), day - 7.days()), day));
        assert!(!may_be_reminded(&told(before(60), day - 1.day()), day), "the clock reminds as well");
    }

    #[test]
    fn what_is_left_counts_new_routes_and_those_elsewhere() {
        let requirement = |new_routes| Requirement {
            routes: 3,
            new_routes,
            new_within_years: 3,
            away_routes: 0,
            evidence: Evidence::Accepted,
            or_outing: false,
            or_desk: false,
        };
        let piece = piece(State::Due, Some(DUE));
        assert_eq!(routes_left(&requirement(0), &piece, &done(None, 1, 0)), 2);
        assert_eq!(routes_left(&requirement(2), &piece, &done(None, 3, 1)), 1);
        assert_eq!(routes_left(&requirement(0), &piece, &done(None, 9, 9)), 1);
        let elsewhere = Requirement { away_routes: 2, ..requirement(0) };
        assert_eq!(routes_left(&elsewhere, &piece, &done(None, 3, 0)), 2);
    }

    #[test]
    fn occasions_are_read_as_they_are_written() {
        for occasion in [before(60), Occasion::ByHand { on: DUE }] {
            assert_eq!(occasion.to_string().parse(), Ok(occasion));
        }
        for text in ["", "before", "before:2027-02-28", "before:soon:7", "by_hand:", "never:2027-02-28"] {
            assert!(text.parse::<Occasion>().is_err(), "{text}");
        }
    }

    proptest! {
        /// On whatever days a server looks, in whatever order, and however often: nobody is told the same twice, nobody who has
        /// completed it is told at all, and what is told goes forward to the deadline.
        #[test]
        fn nobody_is_reminded_twice_and_nobody_who_has_completed_it(
            days in proptest::collection::btree_set(0_u16..120, 0..6),
            looks in proptest::collection::vec(-130_i64..20, 0..60),
            completed in proptest::option::of(-130_i64..20),
        ) {
            let completed = completed.map(|offset| DUE + offset.days());
            let mut told: Vec<Told> = Vec::new();
            for look in looks {
                let day = DUE + look.days();
                let completion = done(completed.filter(|completed| *completed <= day), 0, 0);
                let Some(due_on) = still_due(&piece(State::Due, Some(DUE)), &completion) else { continue };
                let Some(occasion) = reminder_on(&days, due_on, &told, day) else { continue };
                prop_assert!(completed.is_none_or(|completed| completed > day));
                let Occasion::Before { days: ahead, .. } = occasion else { unreachable!() };
                prop_assert!(days.contains(&ahead));
                prop_assert!(DUE - i64::from(ahead).days() <= day && day <= DUE, "its day has come");
                for earlier in &told {
                    let Occasion::Before { days: before, .. } = earlier.occasion else { unreachable!() };
                    prop_assert!(ahead < before, "forward, and so never twice");
                }
                told.push(Told { occasion, on: day });
            }
        }

        /// A server that looks every day tells each reminder, on its day.
        #[test]
        fn who_looks_daily_tells_each_reminder_on_its_day(
            days in proptest::collection::btree_set(0_u16..120, 0..6),
        ) {
            let mut told: Vec<Told> = Vec::new();
            for look in -130_i64..20 {
                let day = DUE + look.days();
                told.extend(reminder_on(&days, DUE, &told, day).map(|occasion| Told { occasion, on: day }));
            }
            let expected: Vec<Told> = days
                .iter()
                .rev()
                .map(|days| Told {
                    occasion: Occasion::Before { due_on: DUE, days: *days },
                    on: DUE - i64::from(*days).days(),
                })
                .collect();
            prop_assert_eq!(told, expected);
        }
    }
}
