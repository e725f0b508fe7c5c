//! The rule that makes obligations of the roster. Pure; its name is kept with each obligation.
//!
//! A timeline of a person is made anew from all that is known of them in the year up to a day; what of it is not written yet
//! follows by [`further_steps`](super::further_steps). So it does not matter in which order a roster learns of what happened.

use crate::{
    clock::Date,
    staff::{Absence, AbsenceKind, Post},
    visits::model::FiscalYear,
};

use super::{Departments, ExemptionKind, Granted, Piece, Reason, Rule, State};

/// The name of the rule below. Whoever changes what it says gives it another name.
pub const ASSESSMENT: &str = "2026-1";

/// Somebody who is assessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessed {
    /// When they joined, where that is known.
    pub hired_on: Option<Date>,
    /// Where they have been, in the order of days.
    pub posts: Vec<Post>,
    /// When they were away.
    pub absences: Vec<Absence>,
    /// What HR granted, in the order in which it did.
    pub granted: Vec<Granted>,
}

impl Assessed {
    fn on(&self, day: Date) -> Option<&Post> {
        self.posts.iter().find(|post| post.from <= day && day < post.to)
    }

    fn away(&self, day: Date) -> Option<AbsenceKind> {
        self.absences.iter().find(|absence| absence.holds(day)).map(|absence| absence.kind)
    }

    /// The days on which anything may be otherwise than on the day before: of the year, and not after `until`.
    fn days(&self, year: FiscalYear, until: Date, departments: &Departments) -> Vec<Date> {
        let mut days = vec![year.first()];
        days.extend(departments.changes());
        days.extend(self.posts.iter().flat_map(|post| [post.from, post.to]));
        days.extend(self.absences.iter().flat_map(|absence| [Some(absence.since), absence.until]).flatten());
        days.extend(self.granted.iter().map(|granted| granted.since));
        days.retain(|day| *day >= year.first() && *day <= until.min(year.last()));
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// How somebody stands to a programme on each day of a fiscal year until `until`: empty where it never concerned them.
#[must_use]
pub fn assess(
    rule: &Rule,
    person: &Assessed,
    departments: &Departments,
    year: FiscalYear,
    until: Date,
) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Since when they could have walked, with why that is not since April.
    let mut begun: Option<(Date, Reason)> = None;
    for day in person.days(year, until, departments) {
        let post = person.on(day);
        let meant = post.filter(|post| {
            let facts = (post.department, post.tier.as_str(), post.employment);
            rule.audience.holds(facts, person.hired_on, (year, day), departments)
        });
        let away = person.away(day);
        if meant.is_none() || away.is_some() {
            // Whoever comes back begins anew, with what is left of the year.
            begun = None;
        } else if begun.is_none() {
            let reason = match pieces.last() {
                _ if day == year.first() => Reason::Audience,
                Some(last) if matches!(last.reason, Reason::Leave | Reason::Secondment) => Reason::Back,
                _ => Reason::Began,
            };
            begun = Some((day, reason));
        }
        let piece = match (meant, post.or_else(|| person.posts.iter().rfind(|post| post.from <= day))) {
            (Some(post), _) => standing(rule, person, (post, away), (year, day), begun),
            (None, Some(last)) if !pieces.is_empty() => Piece {
                since: day,
                state: State::Ended,
                reason: if post.is_some() { Reason::Moved } else { Reason::Left },
                routes: 0,
                due_on: None,
                department: last.department,
                tier: last.tier.clone(),
                employment: last.employment,
            },
            _ => continue,
        };
        if pieces.last().is_none_or(|last| Piece { since: day, ..last.clone() } != piece) {
            pieces.push(piece);
        }
    }
    pieces
}

/// How somebody stands for whom the programme is.
fn standing(
    rule: &Rule,
    person: &Assessed,
    (post, away): (&Post, Option<AbsenceKind>),
    (year, day): (FiscalYear, Date),
    begun: Option<(Date, Reason)>,
) -> Piece {
    let mut piece = Piece {
        since: day,
        state: State::Due,
        reason: Reason::Audience,
        routes: rule.requirement.routes,
        due_on: Some(rule.deadline.on(year)),
        department: post.department,
        tier: post.tier.clone(),
        employment: post.employment,
    };
    match (away, begun) {
        (Some(AbsenceKind::Leave), _) => {
            (piece.state, piece.reason, piece.due_on) = (State::Deferred, Reason::Leave, None);
        }
        (Some(AbsenceKind::Secondment), _) => {
            (piece.state, piece.reason, piece.due_on) = (State::Exempt, Reason::Secondment, None);
        }
        (None, Some((from, reason))) => {
            let left = days_between(from, year.last());
            if reason != Reason::Audience && left < i32::from(rule.too_late_days) {
                (piece.state, piece.reason, piece.due_on) = (State::Exempt, Reason::TooLate, None);
            } else {
                let earliest = after(from, rule.grace_days);
                let deadline = rule.deadline.on(year);
                if reason != Reason::Audience {
                    piece.due_on = Some(deadline.max(earliest).min(year.last()));
                }
                piece.reason = reason;
                piece.routes = prorated(rule.requirement.routes, year, from);
                if piece.routes < rule.requirement.routes {
                    piece.state = State::Prorated;
                }
            }
        }
        (None, None) => {}
    }
    // Of what HR granted, the last that has begun counts; study at a desk is no state but something done.
    let granted = person.granted.iter().rfind(|one| one.kind != ExemptionKind::Desk && one.since <= day);
    if let Some(granted) = granted
        && piece.state.counts()
    {
        piece.reason = Reason::Granted;
        if granted.kind == ExemptionKind::Exempt {
            (piece.state, piece.due_on) = (State::Exempt, None);
        } else {
            (piece.state, piece.due_on) = (State::Deferred, granted.until);
        }
    }
    piece
}

/// Of so many routes in a whole year, those in what is left of it from a day on: by the months that have begun, at least one.
fn prorated(routes: u8, year: FiscalYear, from: Date) -> u8 {
    let month = i32::from(from.month());
    // April is 0, March is 11.
    let gone = if from < year.first() { 0 } else { (month + 8) % 12 };
    let left = 12 - gone;
    u8::try_from((i32::from(routes) * left + 11) / 12).unwrap_or(routes).max(1)
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn after(day: Date, days: u16) -> Date {
    day.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        staff::{DepartmentId, Employment, LEFT_OPEN},
        training::model::{further_steps, on_day},
    };

    fn rule(routes: u8) -> Rule {
        serde_json::from_value(serde_json::json!({
            "title": { "ja": "まち歩き研修(見本)" },
            "audience": { "employments": ["regular"] },
            "requirement": { "routes": routes },
            "deadline": "12-31",
        }))
        .unwrap()
    }

    fn year() -> FiscalYear {
        FiscalYear::new(2026).unwrap()
    }

    fn post(from: Date, to: Date) -> Post {
        Post {
            from,
            to,
            department: DepartmentId(Uuid::nil()),
            tier: "general".into(),
            employment: Employment::Regular,
        }
    }

    fn told(person: &Assessed, until: Date) -> Vec<(String, State, Reason, u8, Option<String>)> {
        assess(&rule(4), person, &Departments::default(), year(), until)
            .into_iter()
            .map(|piece| {
                let due = piece.due_on.map(|day| day.to_string());
                (piece.since.to_string(), piece.state, piece.reason, piece.routes, due)
            })
            .collect()
    }

    fn line(
        since: &str,
        state: State,
        reason: Reason,
        routes: u8,
        due: &str,
    ) -> (String, State, Reason, u8, Option<String>) {
        (since.into(), state, reason, routes, (!due.is_empty()).then(|| due.into()))
    }

    fn leave(since: Date, until: Option<Date>) -> Absence {
        Absence { kind: AbsenceKind::Leave, since, until }
    }

    const MARCH: Date = date(2027, 3, 31);

    #[test]
    fn who_is_there_all_year_has_to_do_all_of_it() {
        let person = Assessed { posts: vec![post(date(2020, 4, 1), LEFT_OPEN)], ..Assessed::default() };
        assert_eq!(told(&person, MARCH), [line("2026-04-01", State::Due, Reason::Audience, 4, "2026-12-31")]);
    }

    #[test]
    fn who_joins_later_does_a_part_and_who_joins_too_late_nothing() {
        let joins = |day| Assessed { posts: vec![post(day, LEFT_OPEN)], ..Assessed::default() };
        let began = Reason::Began;
        for (day, expected) in [
            (date(2026, 4, 15), line("2026-04-15", State::Due, began, 4, "2026-12-31")),
            (date(2026, 10, 1), line("2026-10-01", State::Prorated, began, 2, "2026-12-31")),
            (date(2026, 12, 1), line("2026-12-01", State::Prorated, began, 2, "2027-01-30")),
            (date(2027, 2, 20), line("2027-02-20", State::Prorated, began, 1, "2027-03-31")),
            (date(2027, 3, 10), line("2027-03-10", State::Exempt, Reason::TooLate, 4, "")),
        ] {
            assert_eq!(told(&joins(day), MARCH), [expected]);
        }
        assert_eq!(told(&joins(date(2026, 10, 1)), date(2026, 9, 30)), [], "nobody knows yet");
    }

    #[test]
    fn leave_defers_and_coming_back_leaves_a_part() {
        let person = Assessed {
            posts: vec![post(date(2020, 4, 1), LEFT_OPEN)],
            absences: vec![leave(date(2026, 6, 1), Some(date(2026, 11, 1)))],
            ..Assessed::default()
        };
        assert_eq!(
            told(&person, MARCH),
            [
                line("2026-04-01", State::Due, Reason::Audience, 4, "2026-12-31"),
                line("2026-06-01", State::Deferred, Reason::Leave, 4, ""),
                line("2026-11-01", State::Prorated, Reason::Back, 2, "2026-12-31"),
            ]
        );
    }

    #[test]
    fn who_leaves_or_is_meant_no_more_is_not_asked_any_more() {
        let temporary =
            Post { employment: Employment::Temporary, ..post(date(2026, 7, 1), date(2026, 9, 1)) };
        let person = Assessed {
            posts: vec![post(date(2020, 4, 1), date(2026, 7, 1)), temporary],
            ..Assessed::default()
        };
        assert_eq!(
            told(&person, MARCH),
            [
                line("2026-04-01", State::Due, Reason::Audience, 4, "2026-12-31"),
                line("2026-07-01", State::Ended, Reason::Moved, 0, ""),
                line("2026-09-01", State::Ended, Reason::Left, 0, ""),
            ]
        );
        let never = Assessed {
            posts: vec![Post { employment: Employment::Temporary, ..post(date(2020, 4, 1), LEFT_OPEN) }],
            ..Assessed::default()
        };
        assert_eq!(told(&never, MARCH), []);
    }

    #[test]
    fn what_hr_grants_counts_from_its_day_on() {
        let granted = |kind, until| Granted { kind, since: date(2026, 8, 10), until };
        let person = |granted| Assessed {
            posts: vec![post(date(2020, 4, 1), LEFT_OPEN)],
            granted: vec![granted],
            ..Assessed::default()
        };
        let due = line("2026-04-01", State::Due, Reason::Audience, 4, "2026-12-31");
        let exempt = line("2026-08-10", State::Exempt, Reason::Granted, 4, "");
        assert_eq!(told(&person(granted(ExemptionKind::Exempt, None)), MARCH), [due.clone(), exempt]);
        let later = line("2026-08-10", State::Deferred, Reason::Granted, 4, "2027-03-31");
        assert_eq!(told(&person(granted(ExemptionKind::Deferred, Some(MARCH))), MARCH), [due.clone(), later]);
        assert_eq!(told(&person(granted(ExemptionKind::Desk, None)), MARCH), [due]);
    }

    prop_compose! {
        fn a_day()(number in -200_i64..500) -> Date {
            date(2026, 4, 1) + jiff::Span::new().days(number)
        }
    }

    prop_compose! {
        fn a_person()(
            mut days in proptest::collection::vec(a_day(), 1..6),
            kinds in proptest::collection::vec(any::<bool>(), 6),
            away in proptest::collection::vec((a_day(), proptest::option::of(1_i64..200), any::<bool>()), 0..3),
            granted in proptest::collection::vec((a_day(), any::<bool>()), 0..2),
            open in any::<bool>(),
        ) -> Assessed {
            days.sort_unstable();
            days.dedup();
            let mut posts = Vec::new();
            for (index, from) in days.iter().enumerate() {
                let to = days.get(index + 1).copied().unwrap_or(if open { LEFT_OPEN } else { date(2028, 1, 1) });
                let employment = if kinds[index] { Employment::Regular } else { Employment::Temporary };
                posts.push(Post { employment, ..post(*from, to) });
            }
            let absences = away.into_iter().map(|(since, days, leave)| Absence {
                kind: if leave { AbsenceKind::Leave } else { AbsenceKind::Secondment },
                since,
                until: days.map(|days| since + jiff::Span::new().days(days)),
            }).collect();
            let granted = granted.into_iter().map(|(since, exempt)| Granted {
                kind: if exempt { ExemptionKind::Exempt } else { ExemptionKind::Deferred },
                since,
                until: Some(MARCH),
            }).collect();
            Assessed { hired_on: None, posts, absences, granted }
        }
    }

    proptest! {
        /// Assessed each day, or only at the end: what counts on each day is the same.
        #[test]
        fn looking_every_day_or_once_makes_no_difference(person in a_person()) {
            let timeline = |until| assess(&rule(4), &person, &Departments::default(), year(), until);
            let once = further_steps(&[], &timeline(MARCH));
            let mut daily = Vec::new();
            let mut day = year().first();
            while day <= MARCH {
                daily.extend(further_steps(&daily, &timeline(day)));
                day = day.tomorrow().unwrap();
            }
            prop_assert_eq!(&once, &daily);
            let mut day = year().first();
            while day <= MARCH {
                if let Some(piece) = on_day(&once, day) {
                    prop_assert!(piece.routes <= 4);
                    let due = piece.due_on.is_none_or(|due| due >= year().first() && due <= year().last());
                    prop_assert!(due);
                    prop_assert!(!piece.state.counts() || piece.due_on.is_some());
                    let is_meant = person.on(day).is_some_and(|post| post.employment == Employment::Regular);
                    prop_assert_eq!(piece.state != State::Ended, is_meant);
                    if person.away(day).is_some() {
                        prop_assert!(!piece.state.counts());
                    }
                } else {
                    prop_assert!(person.on(day).is_none_or(|post| post.employment != Employment::Regular));
                }
                day = day.tomorrow().unwrap();
            }
        }
    }
}
