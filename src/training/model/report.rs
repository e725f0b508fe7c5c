//! Figures of many people. Pure.
//!
//! Whoever is not HR sees no figure of fewer than [`FEWEST`] people, and none that tells such a one by subtraction:
//! [`Tally::without_small`] hides a second group where the total would give the first one away, and looks at groupings that are made
//! of the same departments together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    staff::{DepartmentId, Employment},
};

use super::{Completion, State, Town, named};

/// By what people are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportGrouping)]
pub enum Grouping {
    /// By the departments of the top level.
    Division,
    /// By department.
    Department,
    /// By the district (地区) in which they work.
    District,
    /// By tier.
    Tier,
    /// By how they are employed.
    Employment,
    /// As of the end of each month.
    Month,
}

named!(Grouping {
    Division = "division",
    Department = "department",
    District = "district",
    Tier = "tier",
    Employment = "employment",
    Month = "month",
});

/// How one person stands to one programme on a day.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// How.
    pub state: State,
    /// By when it is due.
    pub due_on: Option<Date>,
    /// How far they are.
    pub completion: Completion,
    /// Where they are.
    pub department: DepartmentId,
    /// Their tier.
    pub tier: &'a str,
    /// How they are employed.
    pub employment: Employment,
}

/// Fewer people than that are nobody's business but HR's.
pub const FEWEST: u32 = 5;

/// How many stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportCount)]
pub struct Count {
    /// Who have to do it (受講義務のある人).
    pub due: u32,
    /// Of them, who completed it (修了).
    pub completed: u32,
    /// Of them, who have begun.
    pub begun: u32,
    /// Of them, who are late.
    pub overdue: u32,
    /// Who have to do it later (延期).
    pub deferred: u32,
    /// Who need not do it (免除).
    pub exempt: u32,
}

impl Count {
    /// Counts somebody as of a day.
    pub fn add(&mut self, standing: &Standing<'_>, as_of: Date) {
        match standing.state {
            State::Due | State::Prorated => {
                self.due += 1;
                if standing.completion.day.is_some() {
                    self.completed += 1;
                } else {
                    self.begun += u32::from(standing.completion.routes > 0);
                    self.overdue += u32::from(standing.due_on.is_some_and(|due| due < as_of));
                }
            }
            State::Deferred => self.deferred += 1,
            State::Exempt => self.exempt += 1,
            State::Ended => {}
        }
    }

    /// How many people it is of.
    #[must_use]
    pub const fn people(&self) -> u32 {
        self.due + self.deferred + self.exempt
    }

    /// Which part of those who have to has completed it.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        (self.due > 0).then(|| f64::from(self.completed) / f64::from(self.due))
    }
}

/// A group of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common: a department's id, a district's name (empty where it is not known), a tier's id, a kind of
    /// employment, a month `YYYY-MM`.
    pub key: String,
    /// How many; none where that would tell of single people.
    pub count: Option<Count>,
}

/// Everybody, and in groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Everybody.
    pub total: Count,
    by: Grouping,
    groups: BTreeMap<String, Count>,
    /// The departments that groups of departments are made of.
    places: Vec<Place>,
}

/// Where people are, with all the groups that they are in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    department: String,
    division: String,
    district: String,
    count: Count,
}

impl Place {
    /// The group in which they are, where people are grouped by departments, one way or another.
    fn group(&self, by: Grouping) -> &str {
        match by {
            Grouping::Division => &self.division,
            Grouping::District => &self.district,
            Grouping::Department | Grouping::Tier | Grouping::Employment | Grouping::Month => {
                &self.department
            }
        }
    }
}

impl Tally {
    /// Counts people as of a day. A month is no group of people: it is counted month by month.
    #[must_use]
    pub fn of<'a>(
        people: impl IntoIterator<Item = Standing<'a>>,
        by: Grouping,
        as_of: Date,
        town: &Town,
    ) -> Self {
        let mut total = Count::default();
        let mut by_department: BTreeMap<DepartmentId, Count> = BTreeMap::new();
        let mut by_tier: BTreeMap<&str, Count> = BTreeMap::new();
        let mut by_employment: BTreeMap<Employment, Count> = BTreeMap::new();
        for standing in people {
            if standing.state == State::Ended {
                continue;
            }
            total.add(&standing, as_of);
            match by {
                Grouping::Division | Grouping::Department | Grouping::District => {
                    by_department.entry(standing.department).or_default().add(&standing, as_of);
                }
                Grouping::Tier => by_tier.entry(standing.tier).or_default().add(&standing, as_of),
                Grouping::Employment => {
                    by_employment.entry(standing.employment).or_default().add(&standing, as_of);
                }
                Grouping::Month => {}
            }
        }
        let place = |(department, count): (DepartmentId, Count)| Place {
            department: department.to_string(),
            division: town.departments.top(department, as_of).to_string(),
            district: town.district(department, as_of).unwrap_or_default().to_owned(),
            count,
        };
        let places: Vec<Place> = by_department.into_iter().map(place).collect();
        let mut groups: BTreeMap<String, Count> = BTreeMap::new();
        for place in &places {
            groups.entry(place.group(by).to_owned()).or_default().join(&place.count);
        }
        groups.extend(by_tier.into_iter().map(|(tier, count)| (tier.to_owned(), count)));
        groups.extend(by_employment.into_iter().map(|(kind, count)| (kind.as_str().to_owned(), count)));
        Self { total, by, groups, places }
    }

    /// All figures, for HR.
    #[must_use]
    pub fn whole(self) -> Vec<Group> {
        self.groups.into_iter().map(|(key, count)| Group { key, count: Some(count) }).collect()
    }

    /// The figures that tell nothing of single people, whoever puts them side by side with the total and with people grouped by
    /// divisions, departments and districts.
    #[must_use]
    pub fn without_small(self) -> Vec<Group> {
        let shown = match self.by {
            Grouping::Tier | Grouping::Employment | Grouping::Month => self.not_small(),
            Grouping::Division => shown_divisions(&self.places),
            Grouping::Department => shown_departments(&self.places),
            Grouping::District => shown_districts(&self.places),
        };
        self.groups
            .into_iter()
            .map(|(key, count)| {
                let count = shown.contains(&key).then_some(count);
                Group { key, count }
            })
            .collect()
    }

    fn not_small(&self) -> BTreeSet<String> {
        large_enough(self.groups.iter().map(|(key, count)| (key.clone(), count.people())))
    }
}

/// Those of some groups, with their sizes, that can be shown beside their sum: one hidden group alone would follow from the others.
/// Then the smallest of them is hidden with it, until what is hidden is large enough together.
fn large_enough(groups: impl Iterator<Item = (String, u32)>) -> BTreeSet<String> {
    let mut sizes: Vec<(u32, String)> = groups.map(|(key, size)| (size, key)).collect();
    sizes.sort_unstable();
    let (mut shown, mut hidden, mut people) = (BTreeSet::new(), 0, 0);
    for (size, key) in sizes {
        let is_given_away = hidden > 0 && (hidden < 2 || people < FEWEST);
        if size < FEWEST || is_given_away {
            hidden += 1;
            people += size;
        } else {
            shown.insert(key);
        }
    }
    shown
}

/// How many people are in each group.
fn sizes(places: &[Place], by: Grouping) -> BTreeMap<&str, u32> {
    let mut sizes = BTreeMap::new();
    for place in places {
        *sizes.entry(place.group(by)).or_default() += place.count.people();
    }
    sizes
}

fn shown_divisions(places: &[Place]) -> BTreeSet<String> {
    large_enough(sizes(places, Grouping::Division).into_iter().map(|(key, size)| (key.to_owned(), size)))
}

/// In each division by itself, since its sum is shown as well; where that is hidden, so are its departments.
fn shown_departments(places: &[Place]) -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for division in shown_divisions(places) {
        let of_it = places.iter().filter(|place| place.division == division);
        shown.extend(large_enough(of_it.map(|place| (place.department.clone(), place.count.people()))));
    }
    shown
}

/// Those of which nothing can be learnt that the departments do not tell, and the one in which everybody is.
fn shown_districts(places: &[Place]) -> BTreeSet<String> {
    let departments = shown_departments(places);
    let sizes = sizes(places, Grouping::District);
    let is_told = |district: &str| {
        places
            .iter()
            .filter(|place| place.district == district)
            .all(|place| departments.contains(&place.department))
    };
    let is_all = sizes.len() == 1;
    sizes
        .into_iter()
        .filter(|(district, size)| *size >= FEWEST && (is_all || is_told(district)))
        .map(|(district, _)| district.to_owned())
        .collect()
}

impl Count {
    /// Adds those of another group.
    pub fn join(&mut self, other: &Self) {
        self.due += other.due;
        self.completed += other.completed;
        self.begun += other.begun;
        self.overdue += other.overdue;
        self.deferred += other.deferred;
        self.exempt += other.exempt;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        geo::Position,
        staff::Branch,
        training::model::{Departments, Office, Offices},
    };

    const TODAY: Date = date(2026, 12, 1);

    fn standing(tier: &str, state: State, completed: bool) -> Standing<'_> {
        Standing {
            state,
            due_on: Some(date(2026, 11, 30)),
            completion: Completion {
                day: completed.then_some(TODAY),
                routes: 0,
                new_routes: 0,
                away_routes: 0,
            },
            department: DepartmentId(Uuid::nil()),
            tier,
            employment: Employment::Regular,
        }
    }

    fn by_tier<'a>(people: impl IntoIterator<Item = Standing<'a>>) -> Tally {
        Tally::of(people, Grouping::Tier, TODAY, &Town::default())
    }

    #[test]
    fn only_those_who_have_to_count_in_the_rate() {
        let tally = by_tier([
            standing("chief", State::Due, true),
            standing("chief", State::Prorated, false),
            standing("chief", State::Deferred, false),
            standing("chief", State::Exempt, false),
            standing("chief", State::Ended, true),
        ]);
        assert_eq!(tally.total, Count { due: 2, completed: 1, begun: 0, overdue: 1, deferred: 1, exempt: 1 });
        assert_eq!(tally.total.rate(), Some(0.5));
        assert_eq!(Count::default().rate(), None);
    }

    #[test]
    fn divisions_hold_the_departments_below_them() {
        let department = |number| DepartmentId(Uuid::from_u128(number));
        let below = |child, parent| Branch {
            department: department(child),
            parent: department(parent),
            from: Date::MIN,
            to: Date::MAX,
        };
        let tree = Departments::new([below(2, 1), below(3, 2)]);
        let office = |number, district: &str| Office {
            department: department(number),
            since: Date::MIN,
            name: String::new(),
            location: Position([139.75, 35.65]),
            district: district.into(),
        };
        let offices = Offices::new([office(1, "芝地区"), office(3, "麻布地区")]);
        let town = Town { departments: tree, offices, ..Town::default() };
        let of = |number| Standing { department: department(number), ..standing("chief", State::Due, false) };
        let people = [of(1), of(2), of(3), of(4)];
        let sizes = |by| -> Vec<u32> {
            let groups = Tally::of(people, by, TODAY, &town).whole();
            groups.iter().filter_map(|group| group.count).map(|count| count.due).collect()
        };
        assert_eq!(sizes(Grouping::Division), [3, 1]);
        assert_eq!(sizes(Grouping::Department), [1, 1, 1, 1]);
        let districts = Tally::of(people, Grouping::District, TODAY, &town).whole();
        let sizes: Vec<_> = districts.iter().map(|one| (one.key.as_str(), one.count.unwrap().due)).collect();
        assert_eq!(sizes, [("", 1), ("芝地区", 2), ("麻布地区", 1)], "those below work where those above do");
    }

    /// The rank of rows, over the rationals.
    fn rank(mut rows: Vec<Vec<f64>>) -> usize {
        let width = rows.first().map_or(0, Vec::len);
        let mut rank = 0;
        for column in 0..width {
            let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column].abs() > 1e-9) else {
                continue;
            };
            rows.swap(rank, pivot);
            let lead = rows[rank].clone();
            for (index, row) in rows.iter_mut().enumerate() {
                let factor = row[column] / lead[column];
                if index != rank && factor != 0.0 {
                    row.iter_mut().zip(&lead).for_each(|(cell, lead)| *cell -= factor * lead);
                }
            }
            rank += 1;
        }
        rank
    }

    proptest! {
        /// Whoever adds and subtracts the total and all that is shown by division, department and district learns nothing of any few
        /// people: no sum of figures is of departments that have fewer than five together.
        #[test]
        fn no_few_people_follow_from_groupings_side_by_side(
            departments in proptest::collection::vec((1_u32..9, 0_u128..3, 0_usize..3), 1..8),
        ) {
            let id = |index: usize| DepartmentId(Uuid::from_u128(100 + index as u128));
            let branches = departments.iter().enumerate().map(|(index, (_, division, _))| Branch {
                department: id(index),
                parent: DepartmentId(Uuid::from_u128(*division)),
                from: Date::MIN,
                to: Date::MAX,
            });
            let offices = departments.iter().enumerate().map(|(index, (_, _, district))| Office {
                department: id(index),
                since: Date::MIN,
                name: String::new(),
                location: Position([139.75, 35.65]),
                district: ["", "芝地区", "麻布地区"][*district].into(),
            });
            let town = Town {
                departments: Departments::new(branches),
                offices: Offices::new(offices),
                ..Town::default()
            };
            let people = departments.iter().enumerate().flat_map(|(index, (size, ..))| {
                (0..*size).map(move |_| Standing { department: id(index), ..standing("chief", State::Due, false) })
            });
            let people: Vec<_> = people.collect();
            let sum_of = |holds: &dyn Fn(usize) -> bool| -> Vec<f64> {
                (0..departments.len()).map(|index| f64::from(u8::from(holds(index)))).collect()
            };
            // What is shown, as sums of departments.
            let mut known = vec![sum_of(&|_| true)];
            for by in [Grouping::Division, Grouping::Department, Grouping::District] {
                for group in Tally::of(people.iter().copied(), by, TODAY, &town).without_small() {
                    if group.count.is_some() {
                        known.push(sum_of(&|index| match by {
                            Grouping::Division => town.departments.top(id(index), TODAY).to_string() == group.key,
                            Grouping::District => town.district(id(index), TODAY).unwrap_or_default() == group.key,
                            _ => id(index).to_string() == group.key,
                        }));
                    }
                }
            }
            let all: u32 = departments.iter().map(|(size, ..)| size).sum();
            let independent = rank(known.clone());
            for chosen in 1_u32..1 << departments.len() {
                let holds = |index: usize| chosen >> index & 1 == 1;
                let size: u32 = departments.iter().enumerate().filter(|(index, _)| holds(*index)).map(|(_, one)| one.0).sum();
                if size < FEWEST && size < all {
                    let mut with = known.clone();
                    with.push(sum_of(&holds));
                    prop_assert!(rank(with) > independent, "{chosen:b} follows");
                }
            }
        }

        /// What can be worked out from the total and the groups that are shown is never of one small group.
        #[test]
        fn no_small_group_follows_from_what_is_shown(sizes in proptest::collection::vec(1_u32..12, 1..8)) {
            let tiers: Vec<String> = (0..sizes.len()).map(|index| format!("t{index}")).collect();
            let people = sizes.iter().zip(&tiers).flat_map(|(size, tier)| {
                (0..*size).map(|_| standing(tier, State::Due, false))
            });
            let tally = by_tier(people);
            let (total, shown) = (tally.total.people(), tally.clone().without_small());
            let hidden: Vec<&Group> = shown.iter().filter(|group| group.count.is_none()).collect();
            for group in &shown {
                prop_assert!(group.count.is_none_or(|count| count.people() >= FEWEST));
            }
            let seen: u32 = shown.iter().filter_map(|group| group.count).map(|count| count.people()).sum();
            if hidden.is_empty() {
                prop_assert!(sizes.iter().all(|size| *size >= FEWEST));
            } else {
                prop_assert!(hidden.len() > 1 || sizes.len() == 1);
                prop_assert!(total - seen >= FEWEST || hidden.len() == sizes.len());
            }
            prop_assert_eq!(tally.whole().len(), sizes.len());
        }
    }
}
