//! A plan of an import as it is shown.

use std::collections::HashSet;

use crate::{
    councils::{
        model::{ResidencyFacts, UnitId},
        plan::{Plan, Row, Step},
        service::Shown,
    },
    staff::StaffId,
};

use super::import_documents::{
    ImportDifference, ImportField, ImportHome, ImportMissing, ImportMissingResidency, ImportPart,
    ImportRefused, ImportResident, ImportRow, RegisterImport,
};

/// What is shown of a file. Headings that mean nothing are come from the file.
pub(super) fn document(shown: &Shown, ignored_columns: Vec<String>) -> RegisterImport {
    let plan = &shown.plan;
    let mut told = HashSet::new();
    RegisterImport {
        id: shown.id,
        version: shown.version,
        counts: plan.counts(),
        rows: plan.rows.iter().filter_map(|row| item(shown, row, &mut told)).collect(),
        refused: plan.refused.iter().map(refused).collect(),
        missing: missing(shown),
        ignored_columns,
    }
}

fn refused(row: &crate::councils::file::Refused) -> ImportRefused {
    let [housing_name, unit_name, staff_number] = row.says.clone();
    ImportRefused { line: row.line, housing_name, unit_name, staff_number, reason: row.reason.clone() }
}

/// A row. What changes of a building or a unit stands at the first of its rows alone.
fn item(shown: &Shown, row: &Row, told: &mut HashSet<(ImportPart, usize)>) -> Option<ImportRow> {
    let plan: &Plan = &shown.plan;
    let (housing, unit) = plan.home(row)?;
    let stay = row.stay.and_then(|stay| plan.stays.get(stay));
    let is_first_of_building = told.insert((ImportPart::Housing, unit.housing));
    let is_first_of_unit = told.insert((ImportPart::Unit, row.unit));
    let mut adds = Vec::new();
    let mut differences = Vec::new();
    match housing {
        Step::New(_) if is_first_of_building => adds.push(ImportPart::Housing),
        Step::Known { before, after, .. } if is_first_of_building => {
            let at = |place: crate::geo::Position| format!("{}, {}", place.0[0], place.0[1]);
            differ(&mut differences, ImportField::Address, before.address.clone(), after.address.clone());
            differ(&mut differences, ImportField::Location, at(before.location), at(after.location));
        }
        Step::New(_) | Step::Known { .. } => {}
    }
    match &unit.step {
        Step::New(_) if is_first_of_unit => adds.push(ImportPart::Unit),
        Step::Known { before, after, .. } if is_first_of_unit => {
            differ(&mut differences, ImportField::UnitNote, before.note.clone(), after.note.clone());
        }
        Step::New(_) | Step::Known { .. } => {}
    }
    match stay.map(|stay| &stay.step) {
        Some(Step::New(_)) => adds.push(ImportPart::Residency),
        Some(Step::Known { before, after, .. }) => {
            let until =
                |facts: &ResidencyFacts| facts.span.until().map_or_else(String::new, |day| day.to_string());
            let from = |facts: &ResidencyFacts| facts.span.from().to_string();
            differ(&mut differences, ImportField::From, from(before), from(after));
            differ(&mut differences, ImportField::Until, until(before), until(after));
            differ(&mut differences, ImportField::Note, before.note.clone(), after.note.clone());
        }
        None => {}
    }
    Some(ImportRow {
        line: row.line,
        change: plan.change(row),
        housing_name: housing.after().name.clone(),
        unit_name: unit.step.after().name.clone(),
        adds,
        resident: stay.map(|stay| resident(shown, stay.step.after())),
        differences,
    })
}

fn differ(differences: &mut Vec<ImportDifference>, field: ImportField, before: String, after: String) {
    if before != after {
        differences.push(ImportDifference { field, before, after });
    }
}

fn resident(shown: &Shown, facts: &ResidencyFacts) -> ImportResident {
    let staff: StaffId = facts.staff;
    let called = shown.called.get(&staff).cloned().unwrap_or_default();
    ImportResident {
        staff_number: called.number,
        staff_name: called.name,
        from: facts.span.from(),
        until: facts.span.until(),
    }
}

fn missing(shown: &Shown) -> ImportMissing {
    let (register, missing) = (&shown.register, &shown.plan.missing);
    let home = |unit: UnitId| {
        let unit = register.units.get(&unit)?;
        let housing = register.housing.get(&unit.housing)?;
        Some(ImportHome { housing_name: housing.facts.name.clone(), unit_name: unit.facts.name.clone() })
    };
    let mut housing: Vec<String> =
        missing.housing.iter().filter_map(|id| Some(register.housing.get(id)?.facts.name.clone())).collect();
    housing.sort_unstable();
    let mut units: Vec<ImportHome> = missing.units.iter().filter_map(|id| home(*id)).collect();
    units.sort_unstable();
    let mut residencies: Vec<ImportMissingResidency> = missing
        .residencies
        .iter()
        .filter_map(|id| {
            let one = register.residencies.get(id)?;
            Some(ImportMissingResidency { home: home(one.unit)?, resident: resident(shown, &one.facts) })
        })
        .collect();
    residencies.sort_by(|a, b| a.home.cmp(&b.home));
    ImportMissing { housing, units, residencies }
}
