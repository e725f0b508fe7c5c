//! A unit has one resident at a time, and nobody lives in two.

use std::collections::HashMap;

use crate::{
    councils::model::{HousingFacts, HousingId, ResidencyId, Span, UnitId},
    sheet::Reason,
    staff::StaffId,
};

use super::{Change, Known, Stay, Step, UnitStep, merging::Refusals, stays::Told};

/// Where somebody lives: in a unit that is known, or in one of the plan that is new.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Where {
    Known(UnitId),
    New(usize),
}

/// A residency as it will be.
struct Will<'t> {
    home: Where,
    staff: StaffId,
    span: Span,
    /// The row that says so; none where the file does not speak of it.
    told: Option<&'t Told<'t>>,
}

impl Will<'_> {
    fn changes(&self) -> bool {
        self.told.is_some_and(|told| told.stay.step.change() != Change::Unchanged)
    }
}

/// Refuses what cannot be. Of two rows that cannot be together both are refused, unless one of them
/// says what is known already.
pub(super) fn refuse(
    told: &[Told<'_>],
    (housing, units): (&[Step<HousingId, HousingFacts>], &[UnitStep]),
    known: &Known<'_>,
    refusals: &mut Refusals,
) {
    let home = |stay: &Stay| match units.get(stay.unit).and_then(|unit| unit.step.id()) {
        Some(id) => Where::Known(id),
        None => Where::New(stay.unit),
    };
    let by_id: HashMap<ResidencyId, &Told<'_>> =
        told.iter().filter_map(|one| Some((one.stay.step.id()?, one))).collect();
    let stays = known.residencies.values().filter(|one| !by_id.contains_key(&one.id)).map(|one| Will {
        home: Where::Known(one.unit),
        staff: one.facts.staff,
        span: one.facts.span,
        told: None,
    });
    let meant = told.iter().map(|one| {
        let facts = one.stay.step.after();
        Will { home: home(&one.stay), staff: facts.staff, span: facts.span, told: Some(one) }
    });
    let all: Vec<Will<'_>> = stays.chain(meant).collect();
    let (mut by_home, mut by_staff) = (HashMap::<Where, Vec<&Will<'_>>>::new(), HashMap::new());
    for one in &all {
        by_home.entry(one.home).or_default().push(one);
        by_staff.entry(one.staff).or_insert_with(Vec::new).push(one);
    }
    let words = Words { housing, units, known };
    for one in all.iter().filter(|one| one.changes()) {
        let Some(told) = one.told else { continue };
        let meets = |other: &&&Will<'_>| !std::ptr::eq(**other, one) && other.span.meets(one.span);
        let neighbours = by_home.get(&one.home).map_or(&[][..], Vec::as_slice);
        let own = by_staff.get(&one.staff).map_or(&[][..], Vec::as_slice);
        if let Some(other) = neighbours.iter().find(meets) {
            refusals.add(told.index, taken(other));
        } else if let Some(other) = own.iter().find(meets) {
            refusals.add(told.index, words.elsewhere(other));
        }
    }
}

struct Words<'a> {
    housing: &'a [Step<HousingId, HousingFacts>],
    units: &'a [UnitStep],
    known: &'a Known<'a>,
}

impl Words<'_> {
    fn elsewhere(&self, other: &Will<'_>) -> Reason {
        let home = self.home(other.home);
        match other.told {
            Some(told) => Reason::new(
                format!("同じ職員が{}行目で{home}に住んでいて、期間が重なります。", told.draft.line),
                format!("By line {}, this person lives in {home} on some of these days.", told.draft.line),
            ),
            None => Reason::new(
                format!("その期間、この職員は{home}に住んでいます(台帳)。先にそこの退居日を入れてください。"),
                format!(
                    "By the register, this person lives in {home} on some of these days. Please say first when they move out there."
                ),
            ),
        }
    }

    fn home(&self, home: Where) -> String {
        let (building, unit) = match home {
            Where::Known(id) => {
                let unit = self.known.units.get(&id);
                let building = unit.and_then(|unit| self.known.housing.get(&unit.housing));
                (building.map(|one| &one.facts.name), unit.map(|unit| &unit.facts.name))
            }
            Where::New(place) => {
                let unit = self.units.get(place);
                let building = unit.and_then(|unit| self.housing.get(unit.housing));
                (building.map(|one| &one.after().name), unit.map(|unit| &unit.step.after().name))
            }
        };
        [building, unit].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

fn taken(other: &Will<'_>) -> Reason {
    match other.told {
        Some(told) => Reason::new(
            format!(
                "{}行目の人と、この住戸に住む期間が重なります。入退居の日を確かめてください。",
                told.draft.line
            ),
            format!(
                "Somebody else lives in this unit on some of these days by line {}. Please check the days.",
                told.draft.line
            ),
        ),
        None => Reason::new(
            "その期間、この住戸にはほかの人が住んでいます(台帳)。入退居の日を確かめてください。",
            "By the register, somebody else lives in this unit on some of these days. Please check the days.",
        ),
    }
}
