//! The units that a file names.

use std::collections::HashMap;

use crate::{
    councils::{
        file::{Draft, cleaned},
        model::{HousingFacts, HousingId, UnitFacts, UnitId},
    },
    sheet::Reason,
};

use super::{
    Known, Step, UnitStep,
    known::plain_unit,
    merging::{Placed, Refusals},
};

/// Finds the unit of each row. Returns the units, and each row with the number of its unit.
pub(super) fn merge<'d>(
    rows: Placed<'d>,
    housing: &[Step<HousingId, HousingFacts>],
    known: &Known<'_>,
    refusals: &mut Refusals,
) -> (Vec<UnitStep>, Placed<'d>) {
    let mut units: Vec<UnitStep> = Vec::new();
    let mut places: HashMap<(usize, String), usize> = HashMap::new();
    // Rows of a unit alone: there is one at most.
    let mut alone: HashMap<usize, Vec<(usize, &Draft)>> = HashMap::new();
    let mut homes = Vec::with_capacity(rows.len());
    for (index, draft, building) in rows {
        let name = (building, plain_unit(&draft.unit));
        let place = if let Some(place) = places.get(&name) {
            *place
        } else {
            let id = housing.get(building).and_then(Step::id);
            let Some(step) = refusals.take(index, step(draft, id, known)) else { continue };
            units.push(UnitStep { housing: building, step });
            places.insert(name, units.len() - 1);
            units.len() - 1
        };
        if draft.resident.is_none() {
            alone.entry(place).or_default().push((index, draft));
        }
        homes.push((index, draft, place));
    }
    for (place, rows) in alone {
        if let [(_, draft)] = rows.as_slice() {
            if let Some(unit) = units.get_mut(place) {
                learn(unit, draft);
            }
            continue;
        }
        let lines: Vec<u64> = rows.iter().map(|(_, draft)| draft.line).collect();
        for (index, _) in rows {
            refusals.add(index, twice(&lines));
        }
    }
    homes.retain(|(index, ..)| refusals.spares(*index));
    (units, homes)
}

fn step(
    draft: &Draft,
    housing: Option<HousingId>,
    known: &Known<'_>,
) -> Result<Step<UnitId, UnitFacts>, Reason> {
    let new = || UnitFacts { name: draft.unit.clone(), closed: false, note: String::new() };
    let Some(housing) = housing else { return Ok(Step::New(new())) };
    let found: Vec<_> = known.units_named(housing, &draft.unit).collect();
    match found.as_slice() {
        [] => Ok(Step::New(new())),
        [unit] => Ok(Step::Known {
            id: unit.id,
            version: unit.version,
            before: unit.facts.clone(),
            after: unit.facts.clone(),
        }),
        _ => Err(Reason::new(
            format!(
                "「{}」という住戸が、この住宅の台帳に複数あります。台帳の住戸名を直してから取り込んでください。",
                draft.unit
            ),
            format!(
                "Several units of this building are called “{}” in the register. Please rename them there first.",
                draft.unit
            ),
        )),
    }
}

/// What the row of a unit alone says of it.
fn learn(unit: &mut UnitStep, draft: &Draft) {
    let (Step::New(after) | Step::Known { after, .. }) = &mut unit.step;
    if let Some(note) = draft.note.as_ref().filter(|note| **note != cleaned(&after.note)) {
        note.clone_into(&mut after.note);
    }
}

/// Rows that say the same of one thing: nobody knows which is right.
pub(super) fn twice(lines: &[u64]) -> Reason {
    let list = |between: &str| lines.iter().map(u64::to_string).collect::<Vec<_>>().join(between);
    Reason::new(
        format!("{}行目が同じ住戸・同じ入居を指しています。1行にしてください。", list("行目と")),
        format!("Lines {} are about the same unit and residency. Please leave one.", list(" and ")),
    )
}
