//! Whether an obligation is fulfilled, and since when. Derived, never stored.

use crate::{clock::Date, routes::RouteId, visits::model::FiscalYear};

use super::{Evidence, Piece, Requirement, Town};

/// A route that somebody completed in a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The route.
    pub route: RouteId,
    /// The day on which it was complete, by visits as each stop asks for them.
    pub day: Option<Date>,
    /// The day on which it was complete by visits that prove that somebody was there.
    pub proven_day: Option<Date>,
    /// The first day on which they walked any of it with an outing.
    pub outing_day: Option<Date>,
    /// The fiscal year in which they had completed it before.
    pub last_walked: Option<FiscalYear>,
}

/// All that somebody did in a fiscal year, as far as a programme is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The routes, each once.
    pub walks: &'a [Done],
    /// Days of study at a desk that HR granted.
    pub desk: &'a [Date],
    /// Where they were over the year.
    pub pieces: &'a [Piece],
    /// Which walks led to other districts than theirs.
    pub town: &'a Town,
}

/// How far somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Since which day it is complete.
    pub day: Option<Date>,
    /// How many routes count so far.
    pub routes: u8,
    /// How many of them were not walked in the years before.
    pub new_routes: u8,
    /// How many of them were in other districts; not counted where the rule does not ask for any.
    pub away_routes: u8,
}

/// What somebody did in a year that counts, in the order of days. It is put in order once, and can then be asked about any day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The routes, in the order of days.
    walked: Vec<Walk>,
    /// Since which day it is complete.
    day: Option<Date>,
}

/// A route that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Walk {
    day: Date,
    is_new: bool,
    is_away: bool,
}

impl Progress {
    /// Of somebody who has to walk so many `routes`. More that was done never makes it less.
    #[must_use]
    pub fn of(requirement: &Requirement, routes: u8, facts: Facts<'_>, year: FiscalYear) -> Self {
        let day_of = |done: &Done| match requirement.evidence {
            Evidence::Accepted => done.day,
            Evidence::Proven => done.proven_day,
        };
        let is_new = |done: &Done| {
            done.last_walked
                .is_none_or(|last| last.year() < year.year() - i16::from(requirement.new_within_years))
        };
        let is_away = |done: &Done, day| {
            requirement.away_routes > 0 && facts.town.is_away(facts.pieces, done.route, day)
        };
        let walk = |done: &Done| {
            let day = day_of(done)?;
            Some(Walk { day, is_new: is_new(done), is_away: is_away(done, day) })
        };
        let mut walked: Vec<Walk> = facts.walks.iter().filter_map(walk).collect();
        walked.sort_unstable();
        // Who has to walk fewer routes has to find fewer new ones, and fewer elsewhere.
        let (new, away) = (requirement.new_routes.min(routes), requirement.away_routes.min(routes));
        let by_walks = (1..=walked.len())
            .find(|length| {
                let so_far = &walked[..*length];
                count(so_far, |_| true) >= routes
                    && count(so_far, |walk| walk.is_new) >= new
                    && count(so_far, |walk| walk.is_away) >= away
            })
            .map(|length| walked[length - 1].day);
        let by_outing =
            facts.walks.iter().filter_map(|done| done.outing_day).min().filter(|_| requirement.or_outing);
        let by_desk = facts.desk.iter().copied().min().filter(|_| requirement.or_desk);
        let day = [by_walks, by_outing, by_desk].into_iter().flatten().min();
        Self { walked, day }
    }

    /// How far they were on a day: what came later does not count yet.
    #[must_use]
    pub fn on(&self, until: Date) -> Completion {
        let walked = &self.walked[..self.walked.partition_point(|walk| walk.day <= until)];
        Completion {
            day: self.day.filter(|day| *day <= until),
            routes: count(walked, |_| true),
            new_routes: count(walked, |walk| walk.is_new),
            away_routes: count(walked, |walk| walk.is_away),
        }
    }
}

fn count(walked: &[Walk], which: impl Fn(&Walk) -> bool) -> u8 {
    u8::try_from(walked.iter().filter(|walk| which(walk)).count()).unwrap_or(u8::MAX)
}

/// How far somebody is on a day who has to walk so many `routes`.
#[must_use]
pub fn completion(
    requirement: &Requirement,
    routes: u8,
    facts: Facts<'_>,
    year: FiscalYear,
    until: Date,
) -> Completion {
    Progress::of(requirement, routes, facts, year).on(until)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        geo::Position,
        staff::{DepartmentId, Employment},
        training::model::{Office, Offices, Reason, RouteDistricts, State},
    };

    fn year() -> FiscalYear {
        FiscalYear::new(2026).unwrap()
    }

    /// Somebody of a department in 芝地区; routes below 10 are there, those from 10 on in 麻布地区, and the last ones nowhere.
    static TOWN: LazyLock<Town> = LazyLock::new(|| {
        let district = |route: u128| if route < 10 { "芝地区" } else { "麻布地区" };
        let office = Office {
            department: DepartmentId(Uuid::nil()),
            since: Date::MIN,
            name: "芝".into(),
            location: Position([139.75, 35.65]),
            district: "芝地区".into(),
        };
        Town {
            offices: Offices::new([office]),
            routes: RouteDistricts::new(
                (0..20).map(|route| (RouteId(Uuid::from_u128(route)), Date::MIN, district(route).into())),
            ),
            ..Town::default()
        }
    });
    static PIECES: LazyLock<[Piece; 1]> = LazyLock::new(|| {
        [Piece {
            since: date(2026, 4, 1),
            state: State::Due,
            reason: Reason::Audience,
            routes: 1,
            due_on: None,
            department: DepartmentId(Uuid::nil()),
            tier: "general".into(),
            employment: Employment::Regular,
        }]
    });

    fn facts<'a>(walks: &'a [Done], desk: &'a [Date]) -> Facts<'a> {
        Facts { walks, desk, pieces: &*PIECES, town: &TOWN }
    }

    fn requirement(routes: u8, new_routes: u8) -> Requirement {
        Requirement {
            routes,
            new_routes,
            new_within_years: 3,
            away_routes: 0,
            evidence: Evidence::Accepted,
            or_outing: false,
            or_desk: false,
        }
    }

    fn done(route: u128, day: Date, last_walked: Option<i16>) -> Done {
        Done {
            route: RouteId(Uuid::from_u128(route)),
            day: Some(day),
            proven_day: None,
            outing_day: None,
            last_walked: last_walked.and_then(FiscalYear::new),
        }
    }

    const LAST: Date = date(2027, 3, 31);

    fn day_of(requirement: &Requirement, facts: Facts<'_>) -> Option<Date> {
        completion(requirement, requirement.routes, facts, year(), LAST).day
    }

    #[test]
    fn it_is_complete_on_the_day_of_the_last_route_that_is_needed() {
        let (june, july, may) = (date(2026, 6, 1), date(2026, 7, 1), date(2026, 5, 1));
        let walks = [done(1, july, None), done(2, may, None), done(3, june, None)];
        let facts = facts(&walks, &[]);
        assert_eq!(day_of(&requirement(1, 0), facts), Some(may));
        assert_eq!(day_of(&requirement(2, 0), facts), Some(june));
        assert_eq!(day_of(&requirement(3, 0), facts), Some(july));
        assert_eq!(day_of(&requirement(4, 0), facts), None);
        let so_far = completion(&requirement(3, 0), 3, facts, year(), june);
        assert_eq!((so_far.day, so_far.routes), (None, 2), "what comes later does not count yet");
    }

    #[test]
    fn routes_of_the_last_years_are_not_new() {
        let (may, june) = (date(2026, 5, 1), date(2026, 6, 1));
        let day = |requirement: &Requirement, last| {
            let walks = [done(1, may, Some(2025)), done(2, june, last)];
            day_of(requirement, facts(&walks, &[]))
        };
        assert_eq!(day(&requirement(2, 1), None), Some(june));
        assert_eq!(day(&requirement(2, 1), Some(2022)), Some(june), "long ago");
        assert_eq!(day(&requirement(2, 1), Some(2023)), None);
        assert_eq!(day(&requirement(1, 1), None), Some(june), "the first one was not new");
    }

    #[test]
    fn routes_in_ones_own_district_are_not_elsewhere() {
        let (may, june) = (date(2026, 5, 1), date(2026, 6, 1));
        let asks = |away_routes| Requirement { away_routes, ..requirement(2, 0) };
        let walks = [done(1, may, None), done(2, may, None), done(12, june, None)];
        assert_eq!(day_of(&asks(0), facts(&walks, &[])), Some(may));
        assert_eq!(day_of(&asks(1), facts(&walks, &[])), Some(june));
        assert_eq!(day_of(&asks(2), facts(&walks, &[])), None);
        let so_far = completion(&asks(2), 2, facts(&walks, &[]), year(), LAST);
        assert_eq!((so_far.routes, so_far.away_routes), (3, 1));
        let prorated = completion(&asks(2), 1, facts(&walks, &[]), year(), LAST);
        assert_eq!(prorated.day, Some(june), "who has to walk one has to find one elsewhere");
        assert_eq!(day_of(&asks(1), facts(&[done(1, may, None), done(25, may, None)], &[])), None, "nowhere");
    }

    #[test]
    fn an_outing_or_study_at_a_desk_counts_where_the_rule_says_so() {
        let (may, june) = (date(2026, 5, 1), date(2026, 6, 1));
        let with_outing = Done { day: None, outing_day: Some(may), ..done(1, may, None) };
        let (walks, desk) = ([with_outing], [june]);
        let facts = facts(&walks, &desk);
        let plain = requirement(2, 0);
        assert_eq!(day_of(&plain, facts), None);
        assert_eq!(day_of(&Requirement { or_outing: true, ..plain.clone() }, facts), Some(may));
        assert_eq!(day_of(&Requirement { or_desk: true, ..plain.clone() }, facts), Some(june));
        assert_eq!(day_of(&Requirement { or_desk: true, or_outing: true, ..plain }, facts), Some(may));
    }

    #[test]
    fn where_it_has_to_be_proven_saying_so_is_not_enough() {
        let (may, june) = (date(2026, 5, 1), date(2026, 6, 1));
        let proven = Requirement { evidence: Evidence::Proven, ..requirement(1, 0) };
        let said = done(1, may, None);
        assert_eq!(day_of(&proven, facts(&[said], &[])), None);
        let shown = Done { proven_day: Some(june), ..done(1, may, None) };
        assert_eq!(day_of(&proven, facts(&[shown], &[])), Some(june));
    }

    prop_compose! {
        fn a_done()(
            route in 0_u128..30,
            days in proptest::collection::vec(proptest::option::of(0_i64..364), 3),
            last in proptest::option::of(2016_i16..2026),
        ) -> Done {
            let day = |days: Option<i64>| days.map(|days| year().first() + jiff::Span::new().days(days));
            Done {
                route: RouteId(Uuid::from_u128(route)),
                day: day(days[0]),
                proven_day: day(days[1]),
                outing_day: day(days[2]),
                last_walked: last.and_then(FiscalYear::new),
            }
        }
    }

    prop_compose! {
        fn a_requirement()(
            routes in 1_u8..6, new_routes in 0_u8..6, new_within_years in 1_u8..10,
            away_routes in 0_u8..6, proven in any::<bool>(), or_outing in any::<bool>(), or_desk in any::<bool>(),
        ) -> Requirement {
            let evidence = if proven { Evidence::Proven } else { Evidence::Accepted };
            Requirement {
                routes,
                new_routes: new_routes.min(routes),
                new_within_years,
                away_routes: away_routes.min(routes),
                evidence,
                or_outing,
                or_desk,
            }
        }
    }

    proptest! {
        /// In whatever order it arrives, and whenever it is asked: the same; and more is never less.
        #[test]
        fn order_does_not_matter_and_more_is_never_less(
            requirement in a_requirement(),
            walks in proptest::collection::vec(a_done(), 0..8),
            more in a_done(),
            asked in 0_i64..364,
        ) {
            let told = |walks: &[Done], until| {
                completion(&requirement, requirement.routes, facts(walks, &[]), year(), until)
            };
            let whole = told(&walks, LAST);
            let mut turned = walks.clone();
            turned.reverse();
            prop_assert_eq!(whole, told(&turned, LAST));
            let mut grown = walks.clone();
            grown.push(more);
            let grown = told(&grown, LAST);
            prop_assert!(whole.day.is_none() || grown.day <= whole.day && grown.day.is_some());
            // On any day before, it was as if what came later had never been done.
            let until = year().first() + jiff::Span::new().days(asked);
            let by_then = |day: Option<Date>| day.filter(|day| *day <= until);
            let so_far: Vec<Done> = walks
                .iter()
                .map(|done| Done {
                    day: by_then(done.day),
                    proven_day: by_then(done.proven_day),
                    outing_day: by_then(done.outing_day),
                    ..*done
                })
                .collect();
            prop_assert_eq!(told(&walks, until), told(&so_far, LAST));
            prop_assert_eq!(told(&walks, until).day, by_then(whole.day));
        }
    }
}
