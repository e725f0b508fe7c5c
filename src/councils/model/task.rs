//! What waits for the registrar. Derived from what is known, never stored: a task is gone when it is done.

use std::collections::BTreeSet;

use jiff::ToSpan as _;

use crate::clock::Date;

use super::{Assignments, CouncilId, Residency, ResidencyId};

/// For so many days before somebody moves in they are waited for.
const AHEAD_DAYS: i64 = 30;

/// Why a residency waits for the registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaskKind {
    /// Somebody moves in, or has, and no council was decided.
    Assign,
    /// Their council is no more: it was merged, or dissolved.
    Reassign,
    /// It was decided that their council is undecided.
    Undecided,
    /// They have moved out, and what follows from it was not done yet.
    MovedOut,
}

/// Something that waits for the registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Why.
    pub kind: TaskKind,
    /// The residency.
    pub residency: ResidencyId,
    /// Since when: the day on which they move in or out, or today.
    pub since: Date,
    /// The council that is no more.
    pub council: Option<CouncilId>,
}

/// What waits for the registrar on a day, the oldest first. `standing` are the councils that there are.
#[must_use]
pub fn tasks<'a>(
    residencies: impl IntoIterator<Item = &'a Residency>,
    assignments: &Assignments,
    standing: &BTreeSet<CouncilId>,
    day: Date,
) -> Vec<Task> {
    let soon = day.checked_add(AHEAD_DAYS.days()).unwrap_or(day);
    let mut found: Vec<Task> = residencies
        .into_iter()
        .filter_map(|residency| {
            let span = residency.facts.span;
            let task = |kind, since, council| Some(Task { kind, residency: residency.id, since, council });
            if span.is_over(day) {
                let left = span.until().filter(|_| !residency.facts.settled)?;
                return task(TaskKind::MovedOut, left, None);
            }
            if span.from() > soon {
                return None;
            }
            match assignments.on(residency.id, day.max(span.from())) {
                None => task(TaskKind::Assign, span.from(), None),
                Some(decision) => match decision.council {
                    None => task(TaskKind::Undecided, decision.from, None),
                    Some(council) if !standing.contains(&council) => {
                        task(TaskKind::Reassign, day, Some(council))
                    }
                    Some(_) => None,
                },
            }
        })
        .collect();
    found.sort_by_key(|task| (task.since, task.kind, task.residency));
    found
}
