//! For whom a programme is.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    staff::{Branch, DepartmentId, Employment, TierId},
    visits::model::FiscalYear,
};

/// For whom a programme is: whoever meets every condition that is set. Without any it is for everybody (悉皆).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = TrainingAudience)]
pub struct Audience {
    /// Only of these tiers.
    pub tiers: Option<BTreeSet<TierId>>,
    /// Only in these departments and those below them.
    #[schema(value_type = Option<Vec<String>>)]
    pub departments: Option<BTreeSet<DepartmentId>>,
    /// Only so employed.
    pub employments: Option<BTreeSet<Employment>>,
    /// Only who joined in the last so many fiscal years: 1 is who joins in the year itself.
    #[schema(minimum = 1, maximum = 60)]
    pub joined_within_years: Option<u8>,
}

/// Which department was below which, and when.
#[derive(Clone, Debug, Default)]
pub struct Departments {
    parents: HashMap<DepartmentId, Vec<Branch>>,
    changes: BTreeSet<Date>,
}

impl Departments {
    /// Of departments and what they belonged to.
    #[must_use]
    pub fn new(branches: impl IntoIterator<Item = Branch>) -> Self {
        let mut departments = Self::default();
        for branch in branches {
            departments.changes.extend([branch.from, branch.to]);
            departments.parents.entry(branch.department).or_default().push(branch);
        }
        departments
    }

    /// The days on which any department came to belong to another, or no more.
    pub fn changes(&self) -> impl Iterator<Item = Date> {
        self.changes.iter().copied()
    }

    /// A department and all above it on a day, from below.
    pub fn upwards(&self, department: DepartmentId, day: Date) -> impl Iterator<Item = DepartmentId> {
        // A circle, which no roster should hold, ends where it began.
        let mut seen = HashSet::new();
        let above = move |one: &DepartmentId| {
            let spells = self.parents.get(one)?;
            Some(spells.iter().find(|branch| branch.from <= day && day < branch.to)?.parent)
        };
        std::iter::successors(Some(department), above).take_while(move |one| seen.insert(*one))
    }

    /// The one of the top level to which a department belongs on a day.
    #[must_use]
    pub fn top(&self, department: DepartmentId, day: Date) -> DepartmentId {
        self.upwards(department, day).last().unwrap_or(department)
    }
}

impl Audience {
    /// Whether it holds somebody who is so on a day of a fiscal year.
    #[must_use]
    pub fn holds(
        &self,
        (department, tier, employment): (DepartmentId, &str, Employment),
        hired_on: Option<Date>,
        (year, day): (FiscalYear, Date),
        departments: &Departments,
    ) -> bool {
        let joined = |years: u8| {
            hired_on.is_some_and(|day| FiscalYear::of(day).year() > year.year() - i16::from(years))
        };
        self.tiers.as_ref().is_none_or(|tiers| tiers.contains(tier))
            && self.employments.as_ref().is_none_or(|kinds| kinds.contains(&employment))
            && self.joined_within_years.is_none_or(joined)
            && self
                .departments
                .as_ref()
                .is_none_or(|wanted| departments.upwards(department, day).any(|one| wanted.contains(&one)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn department(number: u128) -> DepartmentId {
        DepartmentId(Uuid::from_u128(number))
    }

    const APRIL: Date = date(2026, 4, 1);

    /// That a department belonged to another until the end of September.
    fn below(child: u128, parent: u128) -> Branch {
        let (department, parent) = (department(child), department(parent));
        Branch { department, parent, from: Date::MIN, to: date(2026, 10, 1) }
    }

    fn holds(audience: &Audience, hired_on: Option<Date>) -> bool {
        let tree = Departments::new([below(3, 2), below(2, 1)]);
        let year = FiscalYear::new(2026).unwrap();
        audience.holds((department(3), "general", Employment::Regular), hired_on, (year, APRIL), &tree)
    }

    #[test]
    fn without_a_condition_it_is_for_everybody_and_each_condition_narrows() {
        let all = Audience::default();
        assert!(holds(&all, None));
        let tiers = |name: &str| Audience { tiers: Some([name.to_owned()].into()), ..all.clone() };
        assert!(holds(&tiers("general"), None));
        assert!(!holds(&tiers("chief"), None));
        let of = |number| Audience { departments: Some([department(number)].into()), ..all.clone() };
        assert!(holds(&of(3), None));
        assert!(holds(&of(1), None), "who is below is meant as well");
        assert!(!holds(&of(4), None));
        let so = |kind| Audience { employments: Some([kind].into()), ..all.clone() };
        assert!(holds(&so(Employment::Regular), None));
        assert!(!holds(&so(Employment::Temporary), None));
        assert!(!holds(&Audience { tiers: tiers("chief").tiers, ..of(1) }, None), "all conditions count");
    }

    #[test]
    fn who_joined_is_counted_in_fiscal_years() {
        let within = |years| Audience { joined_within_years: Some(years), ..Audience::default() };
        assert!(holds(&within(1), Some(date(2026, 4, 1))));
        assert!(holds(&within(1), Some(date(2027, 3, 31))));
        assert!(!holds(&within(1), Some(date(2026, 3, 31))));
        assert!(holds(&within(2), Some(date(2026, 3, 31))));
        assert!(holds(&within(2), Some(date(2025, 4, 1))));
        assert!(!holds(&within(2), Some(date(2025, 3, 31))));
        assert!(!holds(&within(60), None), "whose day is not known did not join lately");
    }

    #[test]
    fn a_circle_of_departments_ends() {
        let circle = Departments::new([below(1, 2), below(2, 1)]);
        assert_eq!(circle.upwards(department(1), APRIL).count(), 2);
    }

    #[test]
    fn a_department_belongs_to_another_for_a_time() {
        let tree = Departments::new([below(3, 2), below(2, 1)]);
        assert_eq!(tree.top(department(3), date(2026, 9, 30)), department(1));
        assert_eq!(tree.top(department(3), date(2026, 10, 1)), department(3));
    }
}
