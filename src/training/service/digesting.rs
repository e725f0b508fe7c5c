//! Tells managers each week how their departments stand: numbers, no names.
//!
//! A mail leaves the service. So it says nothing of a group of fewer than [`FEWEST`] people, not even whether anybody is missing; the
//! page, where each reading of names is recorded, does.

use std::collections::HashMap;

use crate::{
    auth::{self, Role},
    clock::Date,
    db::{DbError, Tx},
    notify::tell,
    staff::{DepartmentId, StaffId},
    training::{
        model::{Count, FEWEST, Grouping, Tally},
        notices::{DigestLine, digest_notice},
        store::ProgrammeYear,
    },
    visits::model::FiscalYear,
};

use super::{Book, Entry, Training};

/// A programme that is open, and how many of each department stand how.
struct Programme {
    line: DigestLine,
    counts: HashMap<DepartmentId, Count>,
}

/// Tells every manager on the roster, once in the week that begins on `monday`. Who has nobody in their departments that has to, or
/// nobody missing, is told nothing. Returns how many were told.
///
/// # Errors
/// When the database cannot be used.
pub(super) async fn tell_managers(training: &Training, monday: Date, today: Date) -> Result<usize, DbError> {
    let programmes = training.books.with(FiscalYear::of(today), |book| programmes(book, today)).await?;
    if programmes.is_empty() {
        return Ok(0);
    }
    let (random, now) = (training.random.clone(), training.clock.now());
    let job = training.db.write(move |tx| {
        Box::pin(async move {
            let mut count = 0;
            for (staff, reach) in managers(tx, today).await? {
                let lines: Vec<DigestLine> =
                    programmes.iter().filter_map(|programme| programme.of(&reach)).collect();
                if !lines.is_empty() {
                    count +=
                        usize::from(tell(tx, &digest_notice(staff, monday, &lines), &random, now).await?);
                }
            }
            Ok(count)
        })
    });
    job.await
}

/// Managers with their departments and those below.
async fn managers(tx: &mut Tx, today: Date) -> Result<Vec<(StaffId, Vec<DepartmentId>)>, DbError> {
    let mut found = Vec::new();
    for (staff, department) in auth::store::holders_on_roster(tx, Role::Manager, today).await? {
        found.push((staff, auth::store::departments_below(tx, department, today).await?));
    }
    Ok(found)
}

/// The programmes of a year, counted by department.
fn programmes(book: &Book, today: Date) -> Vec<Programme> {
    book.programmes.iter().map(|programme| Programme::counted(book, programme, today)).collect()
}

impl Programme {
    fn counted(book: &Book, programme: &ProgrammeYear, today: Date) -> Self {
        let people: Vec<Entry<'_>> = book.entries(programme, today).collect();
        let standing = people.iter().map(Entry::standing);
        let tally = Tally::of(standing, Grouping::Department, today, &book.town);
        let groups = tally.whole().into_iter();
        Self {
            line: DigestLine {
                title: programme.rule.title.clone(),
                due_on: programme.rule.deadline.on(book.year),
                missing: None,
            },
            counts: groups.filter_map(|group| Some((group.key.parse().ok()?, group.count?))).collect(),
        }
    }

    /// What is said of some departments; none where there is nothing to say.
    fn of(&self, departments: &[DepartmentId]) -> Option<DigestLine> {
        let mut count = Count::default();
        for department in departments {
            if let Some(of_one) = self.counts.get(department) {
                count.join(of_one);
            }
        }
        let missing = (count.due >= FEWEST).then(|| count.due - count.completed);
        (count.due > 0 && missing != Some(0)).then(|| DigestLine { missing, ..self.line.clone() })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_small_group_is_not_counted_and_who_is_done_is_not_spoken_of() {
        let department = |number| DepartmentId(Uuid::from_u128(number));
        let count = |due, completed| Count { due, completed, ..Count::default() };
        let programme = Programme {
            line: DigestLine {
                title: serde_json::from_str(r#"{ "ja": "見本" }"#).unwrap(),
                due_on: date(2027, 2, 28),
                missing: None,
            },
            counts: [
                (department(1), count(4, 3)),
                (department(2), count(6, 6)),
                (department(3), count(4, 4)),
                (department(4), Count { exempt: 7, ..Count::default() }),
            ]
            .into(),
        };
        let missing = |of: &[u128]| {
            let departments: Vec<DepartmentId> = of.iter().copied().map(department).collect();
            programme.of(&departments).map(|line| line.missing)
        };
        assert_eq!(missing(&[1, 2]), Some(Some(1)));
        assert_eq!(missing(&[2]), None, "nobody is missing");
        // Of a small group it is not even said whether anybody is.
        assert_eq!(missing(&[1]), Some(None));
        assert_eq!(missing(&[3]), Some(None));
        assert_eq!(missing(&[4]), None, "nobody has to");
        assert_eq!(missing(&[9]), None);
    }
}
