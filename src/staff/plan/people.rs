//! What changes about people.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    clock::Date,
    sheet::Reason,
    staff::{
        file::{Column, Draft, Refused, Roster},
        model::{Employment, Facts, LEFT_OPEN},
    },
};

use super::{Change, Known, KnownPerson, SpellStep, absences, unmapped};

/// What came of it.
pub(super) struct People {
    pub(super) changes: Vec<Change>,
    pub(super) unchanged: u64,
    pub(super) left_before: u64,
    /// Departments of people who stay as they are though no good row says so.
    pub(super) kept_departments: BTreeSet<String>,
}

pub(super) fn plan(roster: &Roster, known: &Known, day: Date, refused: &mut Vec<Refused>) -> People {
    let mut out =
        People { changes: Vec::new(), unchanged: 0, left_before: 0, kept_departments: BTreeSet::new() };
    // By number, so that the same people give the same plan in whatever order the file has them.
    let mut drafts: BTreeMap<&str, (&Draft, String)> = BTreeMap::new();
    let mut gone: BTreeMap<&str, &Draft> = BTreeMap::new();
    for draft in &roster.drafts {
        match usable(draft, known, day) {
            Ok(None) => {
                gone.insert(&draft.number, draft);
            }
            Ok(Some(tier)) => {
                drafts.insert(&draft.number, (draft, tier));
            }
            Err(reason) => {
                let number = Some(draft.number.clone());
                refused.push(Refused { line: draft.line, number, reason });
            }
        }
    }
    let stay: BTreeSet<&str> = refused.iter().filter_map(|refused| refused.number.as_deref()).collect();
    let numbers: BTreeSet<&str> =
        known.people.keys().map(String::as_str).chain(drafts.keys().copied()).collect();
    for number in numbers {
        let person = known.people.get(number);
        let spell = person.and_then(|person| person.spell.as_ref());
        if stay.contains(number) {
            if let Some(spell) = spell {
                out.kept_departments.insert(spell.facts.department.clone());
                out.unchanged += 1;
            }
            continue;
        }
        let change = match (drafts.get(number), person) {
            (Some((draft, tier)), person) => present(roster, draft, tier, person, day),
            (None, Some(person)) if person.spell.is_some() => {
                Some(left(number, person, gone.get(number).and_then(|draft| draft.left), day))
            }
            (None, _) => continue,
        };
        match change {
            Some(change) => out.changes.push(change),
            None => out.unchanged += 1,
        }
    }
    out.left_before = gone
        .keys()
        .filter(|number| known.people.get(**number).is_none_or(|person| person.spell.is_none()))
        .count() as u64;
    out
}

/// The tier of a row; none when it tells of somebody who had left by that day.
fn usable(draft: &Draft, known: &Known, day: Date) -> Result<Option<String>, Reason> {
    if draft.left.is_some_and(|left| left < day) {
        return Ok(None);
    }
    if let Some(hired) = draft.hired
        && hired > day
    {
        return Err(Reason::new(
            format!(
                "採用年月日({hired})が基準日({day})より後です。その日の名簿で取り込むか、手で追加してください。"
            ),
            format!(
                "The day of hiring ({hired}) is after the effective day ({day}). Import it with the roster of that day, or add the person by hand."
            ),
        ));
    }
    known.grades.get(&draft.grade).cloned().map(Some).ok_or_else(|| unmapped(&draft.grade))
}

/// Somebody who is in the file.
fn present(
    roster: &Roster,
    draft: &Draft,
    tier: &str,
    person: Option<&KnownPerson>,
    day: Date,
) -> Option<Change> {
    let spell = person.and_then(|person| person.spell.as_ref());
    let before = spell.map(|spell| &spell.facts);
    // What the file has no column for stays as it is.
    let keep = |column, said: Option<String>, known: Option<&Option<String>>| {
        if roster.has(column) { said } else { known.cloned().flatten() }
    };
    let after = Facts {
        name: draft.name.clone(),
        name_kana: keep(Column::Kana, draft.kana.clone(), before.map(|facts| &facts.name_kana)),
        department: draft.department.clone(),
        tier: tier.to_owned(),
        grade: draft.grade.clone(),
        employment: draft
            .employment
            .or_else(|| before.map(|facts| facts.employment))
            .unwrap_or(Employment::Regular),
        email: keep(Column::Email, draft.email.clone(), before.map(|facts| &facts.email)),
    };
    let hired_on = draft.hired.or_else(|| person.and_then(|person| person.hired_on));
    let left_on = if roster.has(Column::Left) {
        draft.left
    } else {
        // Who comes back has not left any more.
        person.and_then(|person| person.left_on).filter(|left| spell.is_some() && *left >= day)
    };
    let to = end(left_on, person.and_then(|person| person.next_from));
    let step = match spell {
        Some(spell) if spell.facts == after && spell.to == to => SpellStep::Keep,
        Some(spell) if spell.facts == after => SpellStep::Retime { from: spell.from, to },
        _ => SpellStep::Begin { to },
    };
    let known_absences = person.map_or(&[][..], |person| &person.absences);
    let (absences_out, absences_in) = absences::plan(roster, draft, known_absences, day);
    let days_changed = person.is_some_and(|person| person.hired_on != hired_on || person.left_on != left_on);
    let change = Change {
        number: draft.number.clone(),
        staff: person.map(|person| person.staff),
        before: before.cloned(),
        after: Some(after),
        spell: step,
        hired_on,
        left_on,
        days_changed,
        absences_out,
        absences_in,
    };
    let is_same = change.spell == SpellStep::Keep && !days_changed && !change.is_absence_changed();
    if is_same { None } else { Some(change) }
}

/// When a spell ends: at the next one, or after the last day.
pub(super) fn end(left_on: Option<Date>, next_from: Option<Date>) -> Date {
    let after_last = left_on.and_then(|left| left.tomorrow().ok()).unwrap_or(LEFT_OPEN);
    after_last.min(next_from.unwrap_or(LEFT_OPEN))
}

/// Somebody who is not in the file, or of whom it says that they had left.
fn left(number: &str, person: &KnownPerson, said: Option<Date>, day: Date) -> Change {
    let left_on = said.or_else(|| day.yesterday().ok());
    Change {
        number: number.to_owned(),
        staff: Some(person.staff),
        before: person.spell.as_ref().map(|spell| spell.facts.clone()),
        after: None,
        spell: SpellStep::End,
        hired_on: person.hired_on,
        left_on,
        days_changed: true,
        absences_out: Vec::new(),
        absences_in: Vec::new(),
    }
}
