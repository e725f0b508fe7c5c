//! The residencies that a file names.

use std::collections::{BTreeMap, HashMap};

use crate::{
    clock::Date,
    councils::{
        file::{Draft, Resident, cleaned},
        model::{HousingFacts, HousingId, Residency, ResidencyFacts, ResidencyId, Span, UnitId},
    },
    sheet::Reason,
    staff::StaffId,
};

use super::{
    Known, Row, Stay, Step, UnitStep, clashes,
    merging::{Placed, Refusals},
    units::twice,
};

/// A residency of the file, and which row it comes from.
pub(super) struct Told<'d> {
    pub(super) index: usize,
    pub(super) draft: &'d Draft,
    pub(super) stay: Stay,
}

/// Finds the residency of each row that has one. Returns the residencies, and the rows that count.
pub(super) fn merge(
    rows: Placed<'_>,
    (housing, units): (&[Step<HousingId, HousingFacts>], &[UnitStep]),
    known: &Known<'_>,
    refusals: &mut Refusals,
) -> (Vec<Stay>, Vec<Row>) {
    let mut told: Vec<Told<'_>> = Vec::new();
    for (index, draft, place) in &rows {
        let Some((resident, unit)) = draft.resident.as_ref().zip(units.get(*place)) else { continue };
        let step = step(resident, draft.note.as_deref(), unit, known);
        if let Some(step) = refusals.take(*index, step) {
            told.push(Told { index: *index, draft, stay: Stay { unit: *place, step } });
        }
    }
    refuse_twice(&told, refusals);
    told.retain(|one| refusals.spares(one.index));
    clashes::refuse(&told, (housing, units), known, refusals);
    let mut stays = Vec::with_capacity(told.len());
    let mut places: HashMap<usize, usize> = HashMap::new();
    for one in told {
        places.insert(one.index, stays.len());
        stays.push(one.stay);
    }
    let row = |(index, draft, unit): (usize, &Draft, usize)| Row {
        line: draft.line,
        unit,
        stay: places.get(&index).copied(),
    };
    (stays, rows.into_iter().filter(|(index, ..)| refusals.spares(*index)).map(row).collect())
}

fn step(
    resident: &Resident,
    note: Option<&str>,
    unit: &UnitStep,
    known: &Known<'_>,
) -> Result<Step<ResidencyId, ResidencyFacts>, Reason> {
    let staff = known.staff_of(&resident.number).ok_or_else(|| {
        Reason::new(
            format!("職員番号「{}」の人は名簿にいません。", resident.number),
            format!("Nobody on the roster has the staff number “{}”.", resident.number),
        )
    })?;
    let said = |from: Date, until: Option<Date>| {
        Span::new(from, until).ok_or_else(|| {
            Reason::new(
                "退居日が入居日より前になります。",
                "The day of moving out would be before the day of moving in.",
            )
        })
    };
    if let Some(residency) = meant(resident, staff, unit.step.id(), known)? {
        let before = residency.facts.clone();
        let (from, until) =
            (resident.from.unwrap_or(before.span.from()), resident.until.or(before.span.until()));
        let span = said(from, until)?;
        let after = ResidencyFacts {
            span,
            // Another last day: what follows from it has to be done again.
            settled: before.settled && span.until() == before.span.until(),
            note: note.filter(|note| *note != cleaned(&before.note)).unwrap_or(&before.note).to_owned(),
            ..before.clone()
        };
        return Ok(Step::Known { id: residency.id, version: residency.version, before, after });
    }
    let from = resident
        .from
        .ok_or_else(|| Reason::new("入居日がありません。", "The day of moving in is missing."))?;
    if unit.step.after().closed {
        return Err(Reason::new(
            "この住戸は使われていません。先に台帳で使用中に戻してください。",
            "This unit is closed. Please open it again in the register first.",
        ));
    }
    let span = said(from, resident.until)?;
    Ok(Step::New(ResidencyFacts {
        staff,
        span,
        settled: false,
        note: note.unwrap_or_default().to_owned(),
        muster: None,
    }))
}

/// The residency that is meant, of those that are known: of the same person in the same unit, from the same day, or on days in common.
fn meant<'k>(
    resident: &Resident,
    staff: StaffId,
    unit: Option<UnitId>,
    known: &'k Known<'_>,
) -> Result<Option<&'k Residency>, Reason> {
    let Some(unit) = unit else { return Ok(None) };
    let mut theirs: Vec<&Residency> =
        known.residencies_in(unit).filter(|one| one.facts.staff == staff).collect();
    if let Some(from) = resident.from {
        if let Some(same) = theirs.iter().find(|one| one.facts.span.from() == from) {
            return Ok(Some(same));
        }
        let Some(span) = Span::new(from, resident.until) else { return Ok(None) };
        theirs.retain(|one| one.facts.span.meets(span));
    }
    match theirs.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(Reason::new(
            "この職員はこの住戸に何度か入居しています。台帳と同じ入居日を書いて区別してください。",
            "This person lived in this unit several times. Please write the day of moving in as the register has it.",
        )),
    }
}

fn refuse_twice(told: &[Told<'_>], refusals: &mut Refusals) {
    #[derive(PartialEq, Eq, PartialOrd, Ord)]
    enum Same {
        Known(ResidencyId),
        New(usize, StaffId, Date),
    }
    let mut groups: BTreeMap<Same, Vec<&Told<'_>>> = BTreeMap::new();
    for one in told {
        let facts = one.stay.step.after();
        let same = match one.stay.step.id() {
            Some(id) => Same::Known(id),
            None => Same::New(one.stay.unit, facts.staff, facts.span.from()),
        };
        groups.entry(same).or_default().push(one);
    }
    for group in groups.values().filter(|group| group.len() > 1) {
        let lines: Vec<u64> = group.iter().map(|one| one.draft.line).collect();
        for one in group {
            refusals.add(one.index, twice(&lines));
        }
    }
}
