//! What changes about departments.

use std::collections::{BTreeMap, BTreeSet};

use crate::staff::file::Roster;

use super::{DepartmentStep, Known};

/// Departments of the file stand; others end, but for those in which somebody stays whose row was refused, and
/// those above them.
pub(super) fn plan(roster: &Roster, known: &Known, kept: &BTreeSet<String>) -> Vec<DepartmentStep> {
    let mut steps = Vec::new();
    let mut ranks: BTreeMap<Option<&str>, i64> = BTreeMap::new();
    for node in &roster.departments {
        let rank = ranks.entry(node.parent.as_deref()).and_modify(|rank| *rank += 1).or_insert(1);
        let before = known.departments.get(&node.code);
        // The order of a file may be that of its numbers: it counts only when a department is new.
        if before.is_some_and(|before| before.name == node.name && before.parent == node.parent) {
            continue;
        }
        steps.push(DepartmentStep::Stand {
            code: node.code.clone(),
            name: node.name.clone(),
            parent: node.parent.clone(),
            rank: before.map_or(*rank, |before| before.rank),
            was: before.map(|before| before.name.clone()),
        });
    }
    let mut stands: BTreeSet<&str> = roster.departments.iter().map(|node| &*node.code).collect();
    for code in kept {
        let mut next = Some(&**code);
        while let Some(code) = next.filter(|code| stands.insert(code)) {
            next = known.departments.get(code).and_then(|department| department.parent.as_deref());
        }
    }
    for (code, department) in &known.departments {
        if !stands.contains(&**code) {
            steps.push(DepartmentStep::End { code: code.clone(), name: department.name.clone() });
        }
    }
    steps
}
