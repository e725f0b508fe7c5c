//! What changes about somebody's absences.

use crate::{
    clock::Date,
    staff::{
        file::{Column, Draft, Period, Roster},
        model::{Absence, AbsenceKind},
    },
};

type Steps = (Vec<(AbsenceKind, Date)>, Vec<Absence>);

/// What is to be taken out and put in, so that from the effective day on there is what the file says and no more.
/// What was over by then stays.
pub(super) fn plan(roster: &Roster, draft: &Draft, known: &[Absence], day: Date) -> Steps {
    let (mut out, mut put) = (Vec::new(), Vec::new());
    for (kind, column, said) in [
        (AbsenceKind::Leave, Column::LeaveSince, draft.leave),
        (AbsenceKind::Secondment, Column::SecondmentSince, draft.secondment),
    ] {
        if roster.has(column) {
            of_kind(kind, said, known, day, &mut out, &mut put);
        }
    }
    (out, put)
}

fn of_kind(
    kind: AbsenceKind,
    said: Option<Period>,
    known: &[Absence],
    day: Date,
    out: &mut Vec<(AbsenceKind, Date)>,
    put: &mut Vec<Absence>,
) {
    // What had ended by the day changes nothing from then on.
    let said = said.filter(|said| said.until.is_none_or(|until| until > day));
    for absence in known.iter().filter(|absence| absence.kind == kind && absence.is_open_on(day)) {
        match said {
            Some(said) if said.since == absence.since => {}
            _ if absence.since >= day => out.push((kind, absence.since)),
            // It began earlier than was known: one absence, not two.
            Some(said) if said.since < absence.since => out.push((kind, absence.since)),
            Some(said) if said.since < day => {
                put.push(Absence { until: Some(said.since), ..absence.clone() });
            }
            _ => put.push(Absence { until: Some(day), ..absence.clone() }),
        }
    }
    if let Some(said) = said {
        let absence = Absence { kind, since: said.since, until: said.until };
        if !known.contains(&absence) {
            put.push(absence);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    const DAY: Date = Date::constant(2026, 4, 1);

    fn leave(since: Date, until: Option<Date>) -> Absence {
        Absence { kind: AbsenceKind::Leave, since, until }
    }

    fn steps(said: Option<Period>, known: &[Absence]) -> Steps {
        let (mut out, mut put) = (Vec::new(), Vec::new());
        of_kind(AbsenceKind::Leave, said, known, DAY, &mut out, &mut put);
        (out, put)
    }

    #[test]
    fn what_the_file_does_not_say_any_more_ends_on_its_day() {
        let (march, may) = (Date::constant(2026, 3, 1), Date::constant(2026, 5, 1));
        let open = leave(march, None);
        assert_eq!(steps(None, from_ref(&open)), (vec![], vec![leave(march, Some(DAY))]));
        assert_eq!(steps(None, &[leave(may, None)]), (vec![(AbsenceKind::Leave, may)], vec![]));
        // Over before: nothing to do.
        assert_eq!(steps(None, &[leave(march, Some(DAY))]), (vec![], vec![]));
        let same = Period { since: march, until: None };
        assert_eq!(steps(Some(same), from_ref(&open)), (vec![], vec![]));
        let longer = Period { since: march, until: Some(may) };
        assert_eq!(steps(Some(longer), &[open]), (vec![], vec![leave(march, Some(may))]));
    }
}
