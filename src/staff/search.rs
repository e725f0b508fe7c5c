//! Searches of the roster, in memory.
//!
//! A search looks into the middle of names, where no index of a database helps: it has to pass over everybody, and count
//! all who match. Here that takes milliseconds for 60,000 people. An [`Index`] only says which spells match; what is shown
//! of them is read from the database.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use memchr::memmem::Finder;

use crate::{auth::Reach, clock::Date};

use super::model::{DepartmentId, Employment, StaffId, TierId};

/// Of whom a list is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = StaffState)]
pub enum State {
    /// Who are on the roster on that day.
    #[default]
    Current,
    /// Who had left by that day and have not come back.
    Left,
    /// Who are on the roster on that day and do not work here.
    Absent,
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct Search {
    /// The day.
    pub as_of: Date,
    /// What number, name or reading contain, folded.
    pub text: String,
    /// Only in these departments.
    pub departments: Option<Arc<[DepartmentId]>>,
    /// Only of this tier.
    pub tier: Option<TierId>,
    /// Only so employed.
    pub employment: Option<Employment>,
    /// Of whom.
    pub state: State,
    /// Only numbers after this one.
    pub after: String,
    /// At most so many.
    pub limit: usize,
}

/// A spell of somebody, as far as searches look at it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Number, name and reading, folded; the number comes first.
    pub search: Box<str>,
    /// Who.
    pub staff: StaffId,
    /// Its first day.
    pub valid_from: Date,
    /// The day after its last one.
    pub valid_to: Date,
    /// The department.
    pub department: DepartmentId,
    /// The tier.
    pub tier: TierId,
    /// How they are employed.
    pub employment: Employment,
    /// The person's last day, if it is known.
    pub left_on: Option<Date>,
}

/// Days on which somebody is absent: the first, and the first one after.
pub type AbsentDays = (StaffId, Date, Option<Date>);

/// Everybody, by number.
#[derive(Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    /// For each entry, whether it is the person's last spell.
    is_last: Vec<bool>,
    absences: HashMap<StaffId, Vec<(Date, Option<Date>)>>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// One page of spells: who, and from which day on.
    pub page: Vec<(StaffId, Date)>,
    /// How many match on all pages.
    pub total: usize,
    /// Whether there are more after this page.
    pub more: bool,
}

impl Index {
    /// Of all spells and absences.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>, absences: impl IntoIterator<Item = AbsentDays>) -> Self {
        entries.sort_unstable_by(|a, b| a.search.cmp(&b.search).then(a.valid_from.cmp(&b.valid_from)));
        let mut last: HashMap<StaffId, Date> = HashMap::new();
        for entry in &entries {
            let day = last.entry(entry.staff).or_insert(entry.valid_from);
            *day = entry.valid_from.max(*day);
        }
        let is_last = entries.iter().map(|entry| last.get(&entry.staff) == Some(&entry.valid_from)).collect();
        let mut by_person: HashMap<StaffId, Vec<(Date, Option<Date>)>> = HashMap::new();
        for (staff, since, until) in absences {
            by_person.entry(staff).or_default().push((since, until));
        }
        Self { entries, is_last, absences: by_person }
    }

    /// One page of what matches within reach, by number, and how many match in all.
    #[must_use]
    pub fn find(&self, search: &Search, reach: &Reach) -> Matches {
        let reached = match reach {
            Reach::Any => None,
            Reach::Departments(departments) => Some(departments.iter().copied().collect::<HashSet<_>>()),
            // Whoever reaches only themselves finds themselves on their own page.
            Reach::Own(_) => return Matches::default(),
        };
        let wanted = search.departments.as_ref().map(|all| all.iter().copied().collect::<HashSet<_>>());
        let text = Finder::new(search.text.as_bytes());
        let matches = |(entry, is_last): &(&Entry, bool)| {
            self.is_of(search, entry, *is_last)
                && reached.as_ref().is_none_or(|all| all.contains(&entry.department))
                && wanted.as_ref().is_none_or(|all| all.contains(&entry.department))
                && search.tier.as_ref().is_none_or(|tier| *tier == entry.tier)
                && search.employment.is_none_or(|employment| employment == entry.employment)
                && (search.text.is_empty() || text.find(entry.search.as_bytes()).is_some())
        };
        // Behind everything that begins with the number itself.
        let after = if search.after.is_empty() { String::new() } else { format!("{}\u{2}", search.after) };
        let mut found = Matches::default();
        for (entry, _) in self.entries.iter().zip(self.is_last.iter().copied()).filter(matches) {
            found.total += 1;
            if *entry.search <= *after {
                continue;
            }
            if found.page.len() < search.limit {
                found.page.push((entry.staff, entry.valid_from));
            } else {
                found.more = true;
            }
        }
        found
    }

    fn is_of(&self, search: &Search, entry: &Entry, is_last: bool) -> bool {
        let day = search.as_of;
        let is_current = entry.valid_from <= day && day < entry.valid_to;
        match search.state {
            State::Current => is_current,
            State::Left => is_last && entry.valid_to <= day && entry.left_on.is_some_and(|last| last < day),
            State::Absent => {
                is_current
                    && self.absences.get(&entry.staff).is_some_and(|absences| {
                        absences
                            .iter()
                            .any(|(since, until)| *since <= day && until.is_none_or(|end| day < end))
                    })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::staff::LEFT_OPEN;

    const APRIL: Date = date(2026, 4, 1);

    fn department(number: u128) -> DepartmentId {
        DepartmentId(Uuid::from_u128(number))
    }

    fn entry(number: u128, days: (Date, Date)) -> Entry {
        Entry {
            search: format!("{number:04}\u{1}見本 太郎{number}").into(),
            staff: StaffId(Uuid::from_u128(number)),
            valid_from: days.0,
            valid_to: days.1,
            department: department(number % 3),
            tier: if number.is_multiple_of(2) { "staff" } else { "chief" }.to_owned(),
            employment: if number.is_multiple_of(5) { Employment::FixedTerm } else { Employment::Regular },
            left_on: None,
        }
    }

    fn everybody(as_of: Date) -> Search {
        Search {
            as_of,
            text: String::new(),
            departments: None,
            tier: None,
            employment: None,
            state: State::Current,
            after: String::new(),
            limit: 1_000,
        }
    }

    fn numbers(matches: &Matches) -> Vec<u128> {
        matches.page.iter().map(|(staff, _)| staff.0.as_u128()).collect()
    }

    #[test]
    fn each_day_has_its_own_spells_and_leavers_are_found_by_their_last() {
        let october = date(2026, 10, 1);
        let left = |from, to| Entry { left_on: Some(date(2027, 3, 31)), ..entry(1, (from, to)) };
        let next = date(2027, 4, 1);
        let index = Index::new(
            vec![left(APRIL, october), left(october, next), entry(2, (APRIL, LEFT_OPEN))],
            [(StaffId(Uuid::from_u128(2)), october, Some(next))],
        );
        let find = |search: Search| index.find(&search, &Reach::Any);
        assert_eq!(numbers(&find(everybody(date(2026, 3, 31)))), []);
        assert_eq!(numbers(&find(everybody(APRIL))), [1, 2]);
        assert_eq!(find(everybody(october)).page[0].1, october);
        assert_eq!(numbers(&find(everybody(next))), [2]);
        let leavers = |day| Search { state: State::Left, ..everybody(day) };
        assert_eq!(find(leavers(date(2027, 3, 31))).total, 0);
        assert_eq!(numbers(&find(leavers(next))), [1]);
        let absent = |day| Search { state: State::Absent, ..everybody(day) };
        assert_eq!(numbers(&find(absent(october))), [2]);
        assert_eq!(find(absent(next)).total, 0);
    }

    #[test]
    fn reach_and_every_filter_narrow() {
        let index = Index::new((0..30).map(|number| entry(number, (APRIL, LEFT_OPEN))).collect(), []);
        let total = |search: Search, reach: &Reach| index.find(&search, reach).total;
        let all = everybody(APRIL);
        assert_eq!(total(all.clone(), &Reach::Any), 30);
        assert_eq!(total(all.clone(), &Reach::Departments(Arc::from([department(1)]))), 10);
        assert_eq!(total(all.clone(), &Reach::Departments(Arc::from([]))), 0);
        assert_eq!(total(all.clone(), &Reach::Own(crate::auth::AccountId(Uuid::nil()))), 0);
        let two = Some(Arc::from([department(1), department(2)]));
        assert_eq!(total(Search { departments: two, ..all.clone() }, &Reach::Any), 20);
        assert_eq!(total(Search { tier: Some("chief".into()), ..all.clone() }, &Reach::Any), 15);
        assert_eq!(total(Search { employment: Some(Employment::FixedTerm), ..all.clone() }, &Reach::Any), 6);
        assert_eq!(total(Search { text: "太郎2".into(), ..all.clone() }, &Reach::Any), 11);
        assert_eq!(total(Search { text: "いない".into(), ..all }, &Reach::Any), 0);
    }

    proptest! {
        #[test]
        fn pages_put_together_are_the_whole(count in 0_u128..60, limit in 1_usize..20) {
            let index = Index::new((0..count).rev().map(|number| entry(number, (APRIL, LEFT_OPEN))).collect(), []);
            let (mut all, mut search) = (Vec::new(), Search { limit, ..everybody(APRIL) });
            loop {
                let found = index.find(&search, &Reach::Any);
                prop_assert_eq!(found.total, count as usize);
                all.extend(numbers(&found));
                if !found.more {
                    break;
                }
                prop_assert_eq!(found.page.len(), limit);
                search.after = format!("{:04}", all[all.len() - 1]);
            }
            prop_assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }
}
