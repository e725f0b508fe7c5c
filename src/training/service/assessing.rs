//! Keeps obligations as the roster has them: opens years, and writes what changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    clock::{Date, Timestamp, tokyo_date, tokyo_midnight},
    db::{Db, DbError, Tx},
    staff::{self, Career, StaffId},
    training::{
        model::{
            Assessed, Departments, Facts, Frequency, Granted, Piece, ProgrammeId, assess, completion,
            further_steps, on_day,
        },
        store::{self, Looked, ProgrammeYear, Step},
    },
    visits::model::FiscalYear,
};

use super::town::{departments, town};

/// Steps that are written in one transaction: others want to write as well.
const BATCH: usize = 500;
/// For how long somebody who assesses is left alone; after a crash another takes over.
const CLAIM_S: i64 = 120;

/// Assesses everybody if the day or the roster changed since the last time. Returns how many steps were written; none when
/// nothing changed, or when somebody else is at it.
///
/// # Errors
/// When the database cannot be used.
pub async fn look(db: &Db, now: Timestamp) -> Result<Option<usize>, DbError> {
    let today = tokyo_date(now);
    let mut tx = db.read().await?;
    let (looked, roster) = (store::looked(&mut tx).await?, staff::store::revision(&mut tx).await?);
    drop(tx);
    if looked.on == Some(today) && looked.roster == roster {
        return Ok(None);
    }
    let until = Timestamp::from_second(now.as_second() + CLAIM_S).unwrap_or(now);
    if !db.write(move |tx| Box::pin(store::claim(tx, now, until))).await? {
        return Ok(None);
    }
    let year = FiscalYear::of(today);
    let mut written = 0;
    // A year that ended since is assessed to its last day first.
    if let Some(last) = looked.on {
        for earlier in last_years(FiscalYear::of(last), year) {
            written += assess_year(db, earlier, earlier.last()).await?;
        }
    }
    db.write(move |tx| Box::pin(roll_over(tx, year, now))).await?;
    written += assess_year(db, year, today).await?;
    db.write(move |tx| {
        Box::pin(async move {
            // A version that begins to count may complete walks that were begun.
            store::mark_stale_of_versions(tx, year, looked.on.unwrap_or(today), today).await?;
            store::set_looked(tx, Looked { on: Some(today), roster }).await
        })
    })
    .await?;
    Ok(Some(written))
}

/// The fiscal years from one until the one before another.
fn last_years(from: FiscalYear, to: FiscalYear) -> impl Iterator<Item = FiscalYear> {
    (from.year()..to.year()).filter_map(FiscalYear::new)
}

/// Lets every programme that was open in an earlier year, and was not ended, go on in this one, and opens what was planned for it
/// before it began.
async fn roll_over(tx: &mut Tx, year: FiscalYear, now: Timestamp) -> Result<(), DbError> {
    let mut opened = false;
    for programme in store::programmes(tx).await? {
        if programme.ended_on.is_some_and(|day| day <= year.first()) {
            continue;
        }
        if store::year_of(tx, programme.id, year).await?.is_none()
            && let Some(last) = store::last_year_before(tx, programme.id, year).await?
        {
            store::insert_year(tx, (programme.id, year), &last.rule, None, now).await?;
            opened |= store::open_year(tx, programme.id, year, now).await?;
        }
        if store::was_planned_before(tx, (programme.id, year), tokyo_midnight(year.first())).await? {
            opened |= store::open_year(tx, programme.id, year, now).await?;
        }
    }
    if opened {
        store::next_change(tx).await?;
    }
    Ok(())
}

/// Writes what changed of a year's obligations, until a day. Returns how many steps there were.
///
/// # Errors
/// When the database cannot be used.
pub async fn assess_year(db: &Db, year: FiscalYear, until: Date) -> Result<usize, DbError> {
    let mut tx = db.read().await?;
    let programmes = store::years_of(&mut tx, year).await?;
    let open: Vec<ProgrammeYear> = programmes.into_iter().filter(|one| one.opened_at.is_some()).collect();
    if open.is_empty() {
        return Ok(0);
    }
    let departments = departments(&mut tx).await?;
    let careers = staff::store::careers(&mut tx, (year.first(), until), None).await?;
    let mut granted: HashMap<(ProgrammeId, StaffId), Vec<Granted>> = HashMap::new();
    for exemption in store::granted_of_year(&mut tx, year, 0).await? {
        let of = (exemption.asked.programme, exemption.asked.staff);
        granted.entry(of).or_default().extend(exemption.as_granted());
    }
    let mut written: HashMap<(ProgrammeId, StaffId), Vec<Piece>> = HashMap::new();
    for step in store::steps_of_year(&mut tx, year, 0).await? {
        written.entry((step.programme, step.staff)).or_default().push(step.piece);
    }
    let mut done = HashMap::new();
    for programme in &open {
        done.insert(programme.programme.id, done_before(&mut tx, programme, None).await?);
    }
    drop(tx);
    // Thinking takes a while for a whole ward: not where requests are answered.
    let steps = tokio::task::spawn_blocking(move || {
        let mut steps = Vec::new();
        for programme in &open {
            let id = programme.programme.id;
            for career in &careers {
                let key = (id, career.staff);
                let is_done = done.get(&id).is_some_and(|done| done.contains(&career.staff));
                let (granted, written) = (granted.remove(&key), written.get(&key));
                let assessed = assessed(career, granted.unwrap_or_default());
                let written = written.map(Vec::as_slice).unwrap_or_default();
                let timeline = timeline(programme, &assessed, is_done, &departments, until);
                steps.extend(numbered(key, written, &timeline));
            }
        }
        steps
    })
    .await
    .map_err(|_| DbError::JobPanicked)?;
    let count = steps.len();
    for bulk in steps.chunks(BATCH) {
        let bulk = bulk.to_vec();
        db.write(move |tx| {
            Box::pin(async move {
                let change = store::next_change(tx).await?;
                store::insert_steps(tx, year, &bulk, change).await
            })
        })
        .await?;
    }
    Ok(count)
}

/// Writes what changed of one person's obligation, until a day: in the transaction of what changed it.
///
/// # Errors
/// When the database cannot be used.
pub async fn assess_person(
    tx: &mut Tx,
    programme: &ProgrammeYear,
    person: StaffId,
    until: Date,
) -> Result<(), DbError> {
    let (year, id) = (programme.year, programme.programme.id);
    let careers = staff::store::careers(tx, (year.first(), until), Some(person)).await?;
    let Some(career) = careers.first() else { return Ok(()) };
    let granted = store::exemptions_of(tx, person, year).await?;
    let mut granted: Vec<_> = granted.iter().filter(|one| one.asked.programme == id).collect();
    granted.sort_by_key(|one| (one.decided_at, one.asked.id));
    let assessed = assessed(career, granted.into_iter().filter_map(store::Exemption::as_granted).collect());
    let steps = store::steps_of(tx, person, year).await?;
    let written: Vec<Piece> =
        steps.into_iter().filter(|step| step.programme == id).map(|step| step.piece).collect();
    let is_done = done_before(tx, programme, Some(person)).await?.contains(&person);
    let departments = departments(tx).await?;
    let timeline = timeline(programme, &assessed, is_done, &departments, until);
    let steps = numbered((id, person), &written, &timeline);
    if steps.is_empty() {
        return Ok(());
    }
    let change = store::next_change(tx).await?;
    store::insert_steps(tx, year, &steps, change).await
}

fn assessed(career: &Career, granted: Vec<Granted>) -> Assessed {
    Assessed {
        hired_on: career.hired_on,
        posts: career.posts.clone(),
        absences: career.absences.clone(),
        granted,
    }
}

fn timeline(
    programme: &ProgrammeYear,
    person: &Assessed,
    is_done: bool,
    departments: &Departments,
    until: Date,
) -> Vec<Piece> {
    if is_done {
        return Vec::new();
    }
    assess(&programme.rule, person, departments, programme.year, until)
}

fn numbered((programme, staff): (ProgrammeId, StaffId), written: &[Piece], timeline: &[Piece]) -> Vec<Step> {
    let first = written.len() as i64 + 1;
    let further = further_steps(written, timeline).into_iter().zip(first..);
    further.map(|(piece, number)| Step { programme, staff, number, piece }).collect()
}

/// Who is done with a programme that has to be done once, because they completed it in a year before; of one person, or of all.
async fn done_before(
    tx: &mut Tx,
    programme: &ProgrammeYear,
    only: Option<StaffId>,
) -> Result<BTreeSet<StaffId>, DbError> {
    let mut done = BTreeSet::new();
    if programme.programme.frequency != Frequency::Once {
        return Ok(done);
    }
    let id = programme.programme.id;
    let town = town(tx).await?;
    let mut before = programme.year;
    while let Some(earlier) = store::last_year_before(tx, id, before).await? {
        before = earlier.year;
        let (steps, walks) = match only {
            Some(person) => {
                (store::steps_of(tx, person, before).await?, store::walks_of(tx, person, before).await?)
            }
            None => (store::steps_of_year(tx, before, 0).await?, store::walks_of_year(tx, before, 0).await?),
        };
        let mut desk: BTreeMap<StaffId, Vec<Date>> = BTreeMap::new();
        for exemption in store::granted_of_year(tx, before, 0).await? {
            if exemption.asked.programme == id
                && let Some(day) = exemption.asked.day
            {
                desk.entry(exemption.asked.staff).or_default().push(day);
            }
        }
        let mut walked: HashMap<StaffId, Vec<_>> = HashMap::new();
        for walk in walks {
            walked.entry(walk.staff).or_default().push(walk.done);
        }
        let mut pieces: BTreeMap<StaffId, Vec<Piece>> = BTreeMap::new();
        for step in steps.into_iter().filter(|step| step.programme == id) {
            pieces.entry(step.staff).or_default().push(step.piece);
        }
        for (person, pieces) in pieces {
            let Some(piece) = on_day(&pieces, before.last()) else { continue };
            let facts = Facts {
                walks: walked.get(&person).map(Vec::as_slice).unwrap_or_default(),
                desk: desk.get(&person).map(Vec::as_slice).unwrap_or_default(),
                pieces: &pieces,
                town: &town,
            };
            // Who had nothing to do has not done it.
            let needed = piece.routes.max(1);
            let found = completion(&earlier.rule.requirement, needed, facts, before, before.last());
            if found.day.is_some() {
                done.insert(person);
            }
        }
    }
    Ok(done)
}
