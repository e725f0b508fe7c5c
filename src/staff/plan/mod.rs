//! What a roster file would change. Pure: from what is known on the effective day and what the file says follows
//! a [`Plan`]; the same file again gives a plan that changes nothing.
//!
//! The file is the whole roster as of its day: whoever is not in it has left. Whoever's row was refused stays as
//! they are.

mod absences;
mod departments;
mod digest;
mod people;
mod summary;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{clock::Date, sheet::Reason};

use super::{
    file::{Refused, Roster},
    model::{Absence, AbsenceKind, Facts, Spell, StaffId, TierId},
};

pub use digest::digest;
pub use summary::{ChangeView, Counts, DepartmentView, LISTED, Summary, summary};

/// What is known on the effective day.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Everybody who has a number, by it: those who have left too, since they may come back.
    pub people: BTreeMap<String, KnownPerson>,
    /// The departments that stand on that day, by code.
    pub departments: BTreeMap<String, KnownDepartment>,
    /// The tier of each 職級.
    pub grades: BTreeMap<String, TierId>,
}

/// Somebody who is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// Who.
    pub staff: StaffId,
    /// Their spell on the effective day.
    pub spell: Option<Spell>,
    /// When their first spell after that day begins.
    pub next_from: Option<Date>,
    /// When they were hired.
    pub hired_on: Option<Date>,
    /// Their last day.
    pub left_on: Option<Date>,
    /// Their absences that are not over on that day.
    pub absences: Vec<Absence>,
}

/// A department that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDepartment {
    /// Its name.
    pub name: String,
    /// The code of the one above.
    pub parent: Option<String>,
    /// Its place among its neighbours.
    pub rank: i64,
}

/// What to do with a department from the effective day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DepartmentStep {
    /// It stands from that day on, as said.
    Stand {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
        /// The code of the one above.
        parent: Option<String>,
        /// Its place among its neighbours.
        rank: i64,
        /// Whether it stood before.
        was: Option<String>,
    },
    /// It stands no more.
    End {
        /// Its code.
        code: String,
        /// Its name.
        name: String,
    },
}

/// What to do with somebody's spells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpellStep {
    /// Nothing.
    Keep,
    /// The spell of that day ends on another day than was known.
    Retime {
        /// When it began.
        from: Date,
        /// When it ends.
        to: Date,
    },
    /// Another one begins on the effective day and ends then.
    Begin {
        /// When it ends.
        to: Date,
    },
    /// The spell of that day ends on the day before; none follows.
    End,
}

/// What changes about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Their number.
    pub number: String,
    /// Who, unless they are new.
    pub staff: Option<StaffId>,
    /// What counted before.
    pub before: Option<Facts>,
    /// What counts from the effective day on.
    pub after: Option<Facts>,
    /// What to do with their spells.
    pub spell: SpellStep,
    /// When they were hired, as it is from now on.
    pub hired_on: Option<Date>,
    /// Their last day, as it is from now on.
    pub left_on: Option<Date>,
    /// Whether either day changes.
    pub days_changed: bool,
    /// Absences that are taken out.
    pub absences_out: Vec<(AbsenceKind, Date)>,
    /// Absences that are put in, or end differently.
    pub absences_in: Vec<Absence>,
}

/// What a file would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The day from which on it counts.
    pub effective_on: Date,
    /// Departments, those above before those below; those that end come last.
    pub departments: Vec<DepartmentStep>,
    /// People, by number.
    pub changes: Vec<Change>,
    /// How many stay as they are.
    pub unchanged: u64,
    /// How many were on the roster on that day.
    pub known: u64,
    /// Rows that were refused.
    pub refused: Vec<Refused>,
    /// How many rows told of people who had left before that day and were not on the roster.
    pub left_before: u64,
    /// Rows of concurrent posts.
    pub concurrent_posts: u64,
    /// Headings that mean nothing here.
    pub ignored_columns: Vec<String>,
}

impl Change {
    /// Whether they come onto the roster.
    #[must_use]
    pub const fn is_joined(&self) -> bool {
        self.before.is_none()
    }

    /// Whether they leave it.
    #[must_use]
    pub const fn is_left(&self) -> bool {
        self.after.is_none()
    }

    fn differs<T: PartialEq>(&self, of: impl Fn(&Facts) -> &T) -> bool {
        matches!((&self.before, &self.after), (Some(before), Some(after)) if of(before) != of(after))
    }

    /// Whether their department changes.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.differs(|facts| &facts.department)
    }

    /// Whether their tier changes.
    #[must_use]
    pub fn is_tier_changed(&self) -> bool {
        self.differs(|facts| &facts.tier)
    }

    /// Whether an absence of theirs changes.
    #[must_use]
    pub const fn is_absence_changed(&self) -> bool {
        !self.absences_in.is_empty() || !self.absences_out.is_empty()
    }

    /// Whether anything else about them changes.
    #[must_use]
    pub fn is_other_changed(&self) -> bool {
        if self.is_joined() || self.is_left() {
            return false;
        }
        self.days_changed
            || self.differs(|facts| &facts.name)
            || self.differs(|facts| &facts.name_kana)
            || self.differs(|facts| &facts.grade)
            || self.differs(|facts| &facts.employment)
            || self.differs(|facts| &facts.email)
    }
}

impl Plan {
    /// Whether it changes nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.departments.is_empty() && self.changes.is_empty()
    }

    /// How many leave.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.changes.iter().filter(|change| change.is_left()).count() as u64
    }

    /// Whether so many leave that it may be a mistake: more than one in ten.
    #[must_use]
    pub fn leaves_many(&self) -> bool {
        self.left() * 10 > self.known
    }

    /// Whether a row does not even say whose it is: then nobody knows who has left.
    #[must_use]
    pub fn has_nameless_rows(&self) -> bool {
        self.refused.iter().any(|refused| refused.number.is_none())
    }
}

/// What a file would change from a day on.
#[must_use]
pub fn plan(roster: &Roster, known: &Known, effective_on: Date) -> Plan {
    let mut refused = roster.refused.clone();
    let people = people::plan(roster, known, effective_on, &mut refused);
    refused.sort_by_key(|refused| refused.line);
    Plan {
        effective_on,
        departments: departments::plan(roster, known, &people.kept_departments),
        changes: people.changes,
        unchanged: people.unchanged,
        known: known.people.values().filter(|person| person.spell.is_some()).count() as u64,
        refused,
        left_before: people.left_before,
        concurrent_posts: roster.concurrent_posts,
        ignored_columns: roster.ignored_columns.clone(),
    }
}

fn unmapped(grade: &str) -> Reason {
    Reason::new(
        format!(
            "職級「{grade}」がどの階層にも割り当てられていません。書きまちがいならファイルを直し、正しければ「階層」の画面で割り当ててください。"
        ),
        format!(
            "The grade “{grade}” is mapped to no tier. If it is a mistake, mend the file; if it is right, map it on the “Tiers” page."
        ),
    )
}
