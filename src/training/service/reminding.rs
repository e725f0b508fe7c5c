//! Reminds: everybody by the clock, once a day, and by hand.
//!
//! One server does it, from [`FROM_HOUR`] in the morning, after obligations have been assessed for the day. Each reminder is a row,
//! written in the transaction that queues its notice: a server that crashes half-way, or two that run at once, tell nothing twice.

use std::collections::HashMap;

use crate::{
    clock::{Date, Timestamp, tokyo_date},
    db::{Db, DbError, Tx},
    notify::tell,
    random::SharedRandom,
    staff::{self, StaffId},
    training::{
        model::{Occasion, ProgrammeId, Told, may_be_reminded, reminder_on, routes_left, still_due},
        notices::Reminder,
        store::{self, ProgrammeYear},
    },
    visits::model::FiscalYear,
};

use super::{Book, Entry, Training, digesting};

/// The hour in Tokyo from which people are reminded: nobody's telephone rings at midnight.
const FROM_HOUR: i8 = 8;
/// People that are told in one transaction: others want to write as well.
const BATCH: usize = 200;
/// For how long somebody who reminds is left alone; after a crash another takes over.
const CLAIM_S: i64 = 120;

/// Reminds everybody of whose deadlines the day has come, and tells managers how their departments stand, if that was not done
/// today. Returns how many were told; none when there is nothing to do yet, or somebody else is at it.
///
/// # Errors
/// When the database cannot be used.
pub async fn look(training: &Training) -> Result<Option<usize>, DbError> {
    let (db, now) = (&training.db, training.clock.now());
    let today = tokyo_date(now);
    if jiff::tz::offset(9).to_datetime(now).hour() < FROM_HOUR {
        return Ok(None);
    }
    let mut tx = db.read().await?;
    let (reminded, looked) = (store::reminded(&mut tx).await?, store::looked(&mut tx).await?);
    drop(tx);
    // Who must do what today is known once obligations have been assessed for it.
    if reminded.on.is_some_and(|on| on >= today) || looked.on != Some(today) {
        return Ok(None);
    }
    let until = Timestamp::from_second(now.as_second() + CLAIM_S).unwrap_or(now);
    if !db.write(move |tx| Box::pin(store::claim_reminding(tx, today, (now, until)))).await? {
        return Ok(None);
    }
    let mut told = remind(training, today).await?;
    let monday = monday_of(today);
    if reminded.digested.is_none_or(|last| last < monday) {
        told += digesting::tell_managers(training, monday, today).await?;
    }
    db.write(move |tx| Box::pin(store::set_reminded(tx, (today, monday)))).await?;
    Ok(Some(told))
}

/// The Monday of a day's week.
fn monday_of(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(since)).unwrap_or(day)
}

/// What somebody is reminded of by an occasion.
fn reminder(programme: &ProgrammeYear, entry: &Entry<'_>, due_on: Date, occasion: Occasion) -> Reminder {
    Reminder {
        staff: entry.staff,
        programme: programme.programme.id,
        year: programme.year,
        title: programme.rule.title.clone(),
        due_on,
        routes_left: routes_left(&programme.rule.requirement, entry.piece, &entry.completion),
        occasion,
    }
}

/// Reminds everybody of whose deadlines the day has come. Returns how many were told.
async fn remind(training: &Training, today: Date) -> Result<usize, DbError> {
    let year = FiscalYear::of(today);
    let told = store::told_in_year(&mut training.db.read().await?, year).await?;
    let reminders = training.books.with(year, |book| due_reminders(book, &told, today)).await?;
    let mut count = 0;
    for batch in reminders.chunks(BATCH) {
        count += tell_batch(&training.db, &training.random, batch.to_vec(), training.clock.now()).await?;
    }
    Ok(count)
}

fn due_reminders(
    book: &Book,
    told: &HashMap<(ProgrammeId, StaffId), Vec<Told>>,
    today: Date,
) -> Vec<Reminder> {
    let mut reminders = Vec::new();
    for programme in &book.programmes {
        for entry in book.entries(programme, today) {
            let Some(due_on) = still_due(entry.piece, &entry.completion) else { continue };
            let told =
                told.get(&(programme.programme.id, entry.staff)).map(Vec::as_slice).unwrap_or_default();
            let occasion = reminder_on(&programme.rule.reminders, due_on, told, today);
            reminders.extend(occasion.map(|occasion| reminder(programme, &entry, due_on, occasion)));
        }
    }
    reminders
}

async fn tell_batch(
    db: &Db,
    random: &SharedRandom,
    batch: Vec<Reminder>,
    now: Timestamp,
) -> Result<usize, DbError> {
    let random = random.clone();
    db.write(move |tx| {
        Box::pin(async move {
            let people: Vec<StaffId> = batch.iter().map(|one| one.staff).collect();
            let absent = staff::store::absences_on(tx, &people, tokyo_date(now)).await?;
            let mut count = 0;
            for one in batch.iter().filter(|one| !absent.contains_key(&one.staff)) {
                count += usize::from(tell_one(tx, one, &random, now).await?);
            }
            Ok(count)
        })
    })
    .await
}

/// Tells somebody, unless they were told by the same occasion.
async fn tell_one(
    tx: &mut Tx,
    one: &Reminder,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<bool, DbError> {
    let on = tokyo_date(now);
    let told = Told { occasion: one.occasion, on };
    if !store::insert_reminder(tx, (one.programme, one.year, one.staff), told).await? {
        return Ok(false);
    }
    tell(tx, &one.notice(on), random, now).await
}

/// What became of reminding people by hand: numbers, no persons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// Who were told, or would be.
    pub told: usize,
    /// Who were reminded of it in the last days, and are not told again.
    pub recently: usize,
    /// Who are on leave or seconded elsewhere, and are not told.
    pub absent: usize,
}

impl ByHand {
    /// Adds those of another part.
    pub const fn join(&mut self, other: Self) {
        self.told += other.told;
        self.recently += other.recently;
        self.absent += other.absent;
    }
}

/// Who is to be reminded of a programme by hand.
#[derive(Clone, Debug)]
pub struct Chosen {
    of: (ProgrammeId, FiscalYear),
    reminders: Vec<Reminder>,
}

impl Chosen {
    /// Of a programme, those who have to and have not, as of today, and whom `holds` names.
    #[must_use]
    pub fn of(
        book: &Book,
        programme: &ProgrammeYear,
        today: Date,
        holds: impl Fn(&Entry<'_>) -> bool,
    ) -> Self {
        let occasion = Occasion::ByHand { on: today };
        let meant = |entry: &Entry<'_>| entry.piece.state.counts() && holds(entry);
        let entries = book.entries(programme, today).filter(meant);
        let reminders = entries.filter_map(|entry| {
            let due_on = still_due(entry.piece, &entry.completion)?;
            Some(reminder(programme, &entry, due_on, occasion))
        });
        let reminders = reminders.collect();
        Self { of: (programme.programme.id, programme.year), reminders }
    }

    /// The same people, a few at a time: as many as are told in one transaction. At least one part, be it of nobody.
    #[must_use]
    pub fn parts(self) -> Vec<Self> {
        let of = self.of;
        let mut parts: Vec<Self> =
            self.reminders.chunks(BATCH).map(|some| Self { of, reminders: some.to_vec() }).collect();
        if parts.is_empty() {
            parts.push(self);
        }
        parts
    }

    /// What would become of reminding them now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn preview(&self, tx: &mut Tx, today: Date) -> Result<ByHand, DbError> {
        Ok(self.sorted(tx, today).await?.0)
    }

    /// Reminds them, in the transaction.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remind(
        &self,
        tx: &mut Tx,
        random: &SharedRandom,
        now: Timestamp,
    ) -> Result<ByHand, DbError> {
        // First: whoever else reminds waits, and then finds who was told.
        store::hold_reminders(tx).await?;
        let (mut found, meant) = self.sorted(tx, tokyo_date(now)).await?;
        found.told = 0;
        for one in meant {
            found.told += usize::from(tell_one(tx, one, random, now).await?);
        }
        Ok(found)
    }

    /// How many are told and how many are not, and those who are.
    async fn sorted(&self, tx: &mut Tx, today: Date) -> Result<(ByHand, Vec<&Reminder>), DbError> {
        let people: Vec<StaffId> = self.reminders.iter().map(|one| one.staff).collect();
        let absent = staff::store::absences_on(tx, &people, today).await?;
        let before = store::told_of(tx, self.of, &people).await?;
        let (mut found, mut meant) = (ByHand::default(), Vec::new());
        for one in &self.reminders {
            let before = before.get(&one.staff).map(Vec::as_slice).unwrap_or_default();
            if absent.contains_key(&one.staff) {
                found.absent += 1;
            } else if may_be_reminded(before, today) {
                found.told += 1;
                meant.push(one);
            } else {
                found.recently += 1;
            }
        }
        Ok((found, meant))
    }
}
