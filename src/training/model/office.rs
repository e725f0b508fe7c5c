//! Where people work, and which walks lead them to other districts (地区) than their own. A district is its name, as the layer
//! `districts` and the designs of routes have it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::{clock::Date, geo::Position, routes::RouteId, staff::DepartmentId};

use super::{Departments, Piece, on_day};

/// Where a department works from a day on (勤務地), until its next office begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// Whose it is, and that of all below who have none of their own.
    pub department: DepartmentId,
    /// The first day.
    pub since: Date,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub location: Position,
    /// The district in which it lies, by its name; empty where it lies in none.
    pub district: Arc<str>,
}

/// The offices of all departments, over time.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    of: HashMap<DepartmentId, BTreeMap<Date, Office>>,
}

impl Offices {
    /// Of all that are known.
    #[must_use]
    pub fn new(offices: impl IntoIterator<Item = Office>) -> Self {
        let mut known = Self::default();
        for office in offices {
            known.of.entry(office.department).or_default().insert(office.since, office);
        }
        known
    }

    /// Where a department works on a day: at its own office, or at that of the nearest one above which has any.
    #[must_use]
    pub fn of(&self, department: DepartmentId, day: Date, departments: &Departments) -> Option<&Office> {
        departments.upwards(department, day).find_map(|one| {
            let (_, office) = self.of.get(&one)?.range(..=day).next_back()?;
            Some(office)
        })
    }

    /// The district in which a department works on a day, if it is known.
    #[must_use]
    pub fn district(&self, department: DepartmentId, day: Date, departments: &Departments) -> Option<&str> {
        let office = self.of(department, day, departments)?;
        Some(&*office.district).filter(|district| !district.is_empty())
    }
}

/// The districts of routes, as their versions name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteDistricts {
    of: HashMap<RouteId, BTreeMap<Date, Arc<str>>>,
}

impl RouteDistricts {
    /// Of versions: each with its route, the day from which it counts, and its district.
    #[must_use]
    pub fn new(versions: impl IntoIterator<Item = (RouteId, Date, Arc<str>)>) -> Self {
        let mut known = Self::default();
        for (route, from, district) in versions {
            known.of.entry(route).or_default().insert(from, district);
        }
        known
    }

    /// The district of a route on a day. A walk before its first version counts is one of that version.
    #[must_use]
    pub fn of(&self, route: RouteId, day: Date) -> Option<&str> {
        let versions = self.of.get(&route)?;
        let (_, district) = versions.range(..=day).next_back().or_else(|| versions.iter().next())?;
        Some(&**district).filter(|district| !district.is_empty())
    }
}

/// Where people work, and where routes lead.
#[derive(Clone, Debug, Default)]
pub struct Town {
    /// Which department is below which.
    pub departments: Departments,
    /// Where departments work.
    pub offices: Offices,
    /// Where routes are.
    pub routes: RouteDistricts,
}

impl Town {
    /// The district in which a department works on a day, if it is known.
    #[must_use]
    pub fn district(&self, department: DepartmentId, day: Date) -> Option<&str> {
        self.offices.district(department, day, &self.departments)
    }

    /// The district in which somebody worked on a day, if it is known: `pieces` say where they were over the year.
    #[must_use]
    pub fn own(&self, pieces: &[Piece], day: Date) -> Option<&str> {
        let piece = on_day(pieces, day).or_else(|| pieces.first())?;
        self.district(piece.department, day)
    }

    /// Whether somebody's walk on that day led to another district than that in which they worked. For those whose own one is not
    /// known, every district is another; a route that names none is nowhere else.
    #[must_use]
    pub fn is_away(&self, pieces: &[Piece], route: RouteId, day: Date) -> bool {
        self.routes.of(route, day).is_some_and(|district| self.own(pieces, day) != Some(district))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        staff::{Branch, Employment},
        training::model::{Reason, State},
    };

    const APRIL: Date = date(2026, 4, 1);
    const OCTOBER: Date = date(2026, 10, 1);
    const ROUTE: RouteId = RouteId(Uuid::from_u128(7));

    fn department(number: u128) -> DepartmentId {
        DepartmentId(Uuid::from_u128(number))
    }

    fn office(number: u128, since: Date, district: &str) -> Office {
        Office {
            department: department(number),
            since,
            name: format!("{district}の事務所"),
            location: Position([139.75, 35.65]),
            district: district.into(),
        }
    }

    /// 2 is below 1, and 3 below 2.
    fn tree() -> Departments {
        Departments::new([(2, 1), (3, 2)].map(|(child, parent)| Branch {
            department: department(child),
            parent: department(parent),
            from: Date::MIN,
            to: Date::MAX,
        }))
    }

    fn piece(since: Date, number: u128) -> Piece {
        Piece {
            since,
            state: State::Due,
            reason: Reason::Audience,
            routes: 1,
            due_on: None,
            department: department(number),
            tier: "general".into(),
            employment: Employment::Regular,
        }
    }

    #[test]
    fn a_department_works_where_the_nearest_one_above_does_until_it_moves() {
        let offices = Offices::new([
            office(1, Date::MIN, "芝地区"),
            office(2, OCTOBER, "麻布地区"),
            office(2, date(2027, 1, 1), ""),
        ]);
        let district = |number, day| offices.district(department(number), day, &tree());
        assert_eq!(district(3, APRIL), Some("芝地区"));
        assert_eq!(district(3, OCTOBER), Some("麻布地区"));
        assert_eq!(district(1, OCTOBER), Some("芝地区"));
        assert_eq!(district(3, date(2027, 1, 1)), None, "it lies in no district");
        assert_eq!(district(4, APRIL), None);
    }

    #[test]
    fn a_walk_led_elsewhere_by_where_one_worked_on_the_day() {
        let town = Town {
            departments: tree(),
            offices: Offices::new([office(1, Date::MIN, "芝地区"), office(4, Date::MIN, "麻布地区")]),
            routes: RouteDistricts::new([
                (ROUTE, date(2026, 5, 1), "芝地区".into()),
                (ROUTE, date(2026, 12, 1), "高輪地区".into()),
            ]),
        };
        let is_away = |day| town.is_away(&[piece(APRIL, 3), piece(OCTOBER, 4)], ROUTE, day);
        assert!(!is_away(APRIL), "as its first version has it");
        assert!(!is_away(date(2026, 9, 30)));
        assert!(is_away(OCTOBER), "after the transfer");
        assert!(is_away(date(2026, 12, 1)), "and where it leads now");
        assert!(
            !town.is_away(&[piece(APRIL, 3)], RouteId(Uuid::nil()), OCTOBER),
            "nobody knows where that is"
        );
        assert!(
            town.is_away(&[piece(APRIL, 9)], ROUTE, APRIL),
            "who is in no district is elsewhere everywhere"
        );
    }
}
