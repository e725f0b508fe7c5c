//! A plan as an HR officer looks at it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    staff::{
        file::{Refused, Roster},
        model::{Absence, Facts, StaffId},
    },
};

use super::{Change, DepartmentStep, Known, Plan};

/// How many of each kind are listed.
pub const LISTED: usize = 200;

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RosterCounts)]
pub struct Counts {
    /// Who come onto the roster.
    pub joined: u64,
    /// Who leave it.
    pub left: u64,
    /// Whose department changes.
    pub moved: u64,
    /// Whose tier changes.
    pub tier_changed: u64,
    /// About whom anything else changes: name, grade, employment, e-mail, days.
    pub other_changed: u64,
    /// Whose absence changes.
    pub absence_changed: u64,
    /// Who stay as they are.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Rows of people who had left before.
    pub left_before: u64,
    /// Rows of concurrent posts, which are passed over.
    pub concurrent_posts: u64,
    /// Who were on the roster on that day.
    pub known: u64,
    /// Departments that are new, renamed, moved or gone.
    pub departments: u64,
}

/// What changes about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RosterChangeView)]
pub struct ChangeView {
    /// Their number.
    pub number: String,
    /// Who, unless they are new.
    #[schema(value_type = Option<String>)]
    pub staff: Option<StaffId>,
    /// Their name, as it will be.
    pub name: String,
    /// Before: department, tier, grade and so on, of those that change.
    pub before: BTreeMap<String, String>,
    /// After.
    pub after: BTreeMap<String, String>,
    /// Their absences that change, as they will be.
    pub absences: Vec<Absence>,
}

/// What changes about a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RosterDepartmentView)]
pub struct DepartmentView {
    /// Its code.
    pub code: String,
    /// Its name before; none when it is new.
    pub before: Option<String>,
    /// Its name after; none when it is gone.
    pub after: Option<String>,
}

/// A plan as it is shown: counts, and the first of each kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RosterSummary)]
pub struct Summary {
    /// The day from which on it counts.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// How many of each.
    pub counts: Counts,
    /// Who come.
    pub joined: Vec<ChangeView>,
    /// Who leave.
    pub left: Vec<ChangeView>,
    /// Whose department changes.
    pub moved: Vec<ChangeView>,
    /// Whose tier changes.
    pub tier_changed: Vec<ChangeView>,
    /// About whom anything else changes.
    pub other_changed: Vec<ChangeView>,
    /// Whose absence changes.
    pub absence_changed: Vec<ChangeView>,
    /// Departments.
    pub departments: Vec<DepartmentView>,
    /// Rows that were refused.
    pub refused: Vec<Refused>,
    /// Headings that mean nothing here.
    pub ignored_columns: Vec<String>,
    /// Whether more than one in ten leave: whoever confirms has to say that this is right.
    pub leaves_many: bool,
    /// Whether a refused row does not say whose it is: such a file cannot be imported.
    pub has_nameless_rows: bool,
}

impl Counts {
    /// Counts a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let count = |is: fn(&Change) -> bool| plan.changes.iter().filter(|change| is(change)).count() as u64;
        Self {
            joined: count(Change::is_joined),
            left: count(Change::is_left),
            moved: count(Change::is_moved),
            tier_changed: count(Change::is_tier_changed),
            other_changed: count(Change::is_other_changed),
            absence_changed: count(Change::is_absence_changed),
            unchanged: plan.unchanged,
            refused: plan.refused.len() as u64,
            left_before: plan.left_before,
            concurrent_posts: plan.concurrent_posts,
            known: plan.known,
            departments: plan.departments.len() as u64,
        }
    }
}

/// A plan as it is shown.
#[must_use]
pub fn summary(plan: &Plan, roster: &Roster, known: &Known) -> Summary {
    let mut names: BTreeMap<&str, &str> =
        known.departments.iter().map(|(code, department)| (&**code, &*department.name)).collect();
    names.extend(roster.departments.iter().map(|node| (&*node.code, &*node.name)));
    let listed = |is: fn(&Change) -> bool| {
        plan.changes
            .iter()
            .filter(|change| is(change))
            .take(LISTED)
            .map(|change| view(change, &names))
            .collect()
    };
    Summary {
        effective_on: plan.effective_on,
        counts: Counts::of(plan),
        joined: listed(Change::is_joined),
        left: listed(Change::is_left),
        moved: listed(Change::is_moved),
        tier_changed: listed(Change::is_tier_changed),
        other_changed: listed(Change::is_other_changed),
        absence_changed: listed(Change::is_absence_changed),
        departments: plan.departments.iter().take(LISTED).map(department).collect(),
        refused: plan.refused.iter().take(LISTED).cloned().collect(),
        ignored_columns: plan.ignored_columns.clone(),
        leaves_many: plan.leaves_many(),
        has_nameless_rows: plan.has_nameless_rows(),
    }
}

fn department(step: &DepartmentStep) -> DepartmentView {
    match step {
        DepartmentStep::Stand { code, name, was, .. } => {
            DepartmentView { code: code.clone(), before: was.clone(), after: Some(name.clone()) }
        }
        DepartmentStep::End { code, name } => {
            DepartmentView { code: code.clone(), before: Some(name.clone()), after: None }
        }
    }
}

fn view(change: &Change, names: &BTreeMap<&str, &str>) -> ChangeView {
    let fields = |facts: &Facts| -> BTreeMap<String, String> {
        let department = names.get(&*facts.department).map_or(&*facts.department, |name| *name);
        [
            ("name", Some(facts.name.clone())),
            ("name_kana", facts.name_kana.clone()),
            ("department", Some(department.to_owned())),
            ("tier", Some(facts.tier.clone())),
            ("grade", Some(facts.grade.clone())),
            ("employment", Some(facts.employment.as_str().to_owned())),
            ("email", facts.email.clone()),
        ]
        .into_iter()
        .filter_map(|(field, value)| value.map(|value| (field.to_owned(), value)))
        .collect()
    };
    let mut before = change.before.as_ref().map(fields).unwrap_or_default();
    let mut after = change.after.as_ref().map(fields).unwrap_or_default();
    if change.before.is_some() && change.after.is_some() {
        // Only what changes.
        let same: Vec<String> = before
            .iter()
            .filter(|(field, value)| after.get(*field) == Some(value))
            .map(|(field, _)| field.clone())
            .collect();
        for field in same {
            before.remove(&field);
            after.remove(&field);
        }
    }
    if let Some(left_on) = change.left_on.filter(|_| change.days_changed || change.is_joined()) {
        after.insert("left_on".into(), left_on.to_string());
    }
    if let Some(hired_on) = change.hired_on.filter(|_| change.is_joined()) {
        after.insert("hired_on".into(), hired_on.to_string());
    }
    let name = change.after.as_ref().or(change.before.as_ref()).map(|facts| facts.name.clone());
    ChangeView {
        number: change.number.clone(),
        staff: change.staff,
        name: name.unwrap_or_default(),
        before,
        after,
        absences: change.absences_in.clone(),
    }
}
