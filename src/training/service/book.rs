//! A fiscal year in memory: what reports are counted from.
//!
//! It is read once, and then brought up to date by what changed since, before each answer. A ward of 60,000 takes some 30 MB
//! for a year; only the last few years that were asked for are kept.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::Mutex;

use crate::{
    clock::Date,
    db::{Db, DbError, Tx},
    staff::StaffId,
    training::{
        model::{
            Completion, Count, Done, Facts, Observed, Piece, ProgrammeId, Progress, Standing, Town,
            completion, on_day,
        },
        store::{self, Changes, ProgrammeYear},
    },
    visits::model::FiscalYear,
};

/// How many years are kept: those that a trend is of, and one more.
const KEPT: usize = 6;

/// A fiscal year of everybody.
#[derive(Debug)]
pub struct Book {
    /// The fiscal year.
    pub year: FiscalYear,
    /// The programmes that are open in it, by code.
    pub programmes: Vec<ProgrammeYear>,
    /// Where people work, and where routes lead.
    pub town: Town,
    changes: Changes,
    people: BTreeMap<StaffId, Person>,
}

#[derive(Debug, Default)]
struct Person {
    obligations: HashMap<ProgrammeId, Obligation>,
    walks: Vec<Done>,
}

#[derive(Debug, Default)]
struct Obligation {
    pieces: Vec<Piece>,
    /// Days of study at a desk, by the exemption that granted each.
    desk: Vec<Date>,
}

/// How somebody stands to a programme.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Who.
    pub staff: StaffId,
    /// The step that counts.
    pub piece: &'a Piece,
    /// How far they are.
    pub completion: Completion,
}

impl Entry<'_> {
    /// As figures need it.
    #[must_use]
    pub fn standing(&self) -> Standing<'_> {
        Standing {
            state: self.piece.state,
            due_on: self.piece.due_on,
            completion: self.completion,
            department: self.piece.department,
            tier: &self.piece.tier,
            employment: self.piece.employment,
        }
    }
}

impl Book {
    /// The programme of that id.
    #[must_use]
    pub fn programme(&self, id: ProgrammeId) -> Option<&ProgrammeYear> {
        self.programmes.iter().find(|one| one.programme.id == id)
    }

    /// How everybody stands to a programme whom it concerned by a day, by id.
    pub fn entries<'a>(
        &'a self,
        programme: &'a ProgrammeYear,
        as_of: Date,
    ) -> impl Iterator<Item = Entry<'a>> {
        self.people.iter().filter_map(move |(staff, person)| self.entry(programme, (*staff, person), as_of))
    }

    /// What came of those who were missing on a day until a later one, if it counts for them still.
    #[must_use]
    pub fn observed(&self, programme: &ProgrammeYear, from: Date, until: Date) -> Observed {
        let mut observed = Observed::default();
        for (staff, person) in &self.people {
            let entry = |day| self.entry(programme, (*staff, person), day);
            let missing =
                entry(from).filter(|then| then.piece.state.counts() && then.completion.day.is_none());
            let Some((then, later)) = missing.zip(entry(until).filter(|later| later.piece.state.counts()))
            else {
                continue;
            };
            let seen = if then.completion.routes > 0 { &mut observed.begun } else { &mut observed.not_begun };
            seen.add(later.completion.day.is_some());
        }
        observed
    }

    /// How many stood how at the end of each of these days, of those whom `holds` names. What somebody did is put in order only
    /// once for all days.
    #[must_use]
    pub fn totals(
        &self,
        programme: &ProgrammeYear,
        days: &[Date],
        holds: impl Fn(&Piece) -> bool,
    ) -> Vec<Count> {
        let requirement = &programme.rule.requirement;
        let mut totals = vec![Count::default(); days.len()];
        for (staff, person) in &self.people {
            let Some(obligation) = person.obligations.get(&programme.programme.id) else { continue };
            let facts = self.facts(person, obligation);
            let mut known: Option<(u8, Progress)> = None;
            for (day, total) in days.iter().zip(&mut totals) {
                let Some(piece) = on_day(&obligation.pieces, *day).filter(|piece| holds(piece)) else {
                    continue;
                };
                // It differs only by how many routes they have to walk.
                let (_, progress) = match known.take().filter(|(routes, _)| *routes == piece.routes) {
                    Some(same) => known.insert(same),
                    None => known
                        .insert((piece.routes, Progress::of(requirement, piece.routes, facts, self.year))),
                };
                let entry = Entry { staff: *staff, piece, completion: progress.on(*day) };
                total.add(&entry.standing(), *day);
            }
        }
        totals
    }

    fn facts<'a>(&'a self, person: &'a Person, obligation: &'a Obligation) -> Facts<'a> {
        Facts { walks: &person.walks, desk: &obligation.desk, pieces: &obligation.pieces, town: &self.town }
    }

    fn entry<'a>(
        &self,
        programme: &ProgrammeYear,
        (staff, person): (StaffId, &'a Person),
        as_of: Date,
    ) -> Option<Entry<'a>> {
        let obligation = person.obligations.get(&programme.programme.id)?;
        let piece = on_day(&obligation.pieces, as_of)?;
        let facts = self.facts(person, obligation);
        let completion = completion(&programme.rule.requirement, piece.routes, facts, self.year, as_of);
        Some(Entry { staff, piece, completion })
    }

    pub(super) async fn read(tx: &mut Tx, year: FiscalYear) -> Result<Self, DbError> {
        Ok(Self::of(year, Delta::read(tx, year, Changes::default()).await?))
    }

    fn of(year: FiscalYear, all: Delta) -> Self {
        let mut book = Self {
            year,
            programmes: Vec::new(),
            town: Town::default(),
            changes: Changes::default(),
            people: BTreeMap::new(),
        };
        book.apply(all);
        book
    }

    fn apply(&mut self, delta: Delta) {
        self.programmes = delta.programmes;
        self.town = delta.town;
        for step in delta.steps {
            let person = self.people.entry(step.staff).or_default();
            person.obligations.entry(step.programme).or_default().pieces.push(step.piece);
        }
        for walk in delta.walks {
            let walks = &mut self.people.entry(walk.staff).or_default().walks;
            match walks.iter_mut().find(|known| known.route == walk.done.route) {
                Some(known) => *known = walk.done,
                None => walks.push(walk.done),
            }
        }
        for exemption in delta.exemptions {
            let Some(day) = exemption.asked.day else { continue };
            let person = self.people.entry(exemption.asked.staff).or_default();
            person.obligations.entry(exemption.asked.programme).or_default().desk.push(day);
        }
        self.changes = delta.changes;
    }
}

/// What changed of a year.
struct Delta {
    changes: Changes,
    programmes: Vec<ProgrammeYear>,
    town: Town,
    steps: Vec<store::Step>,
    walks: Vec<store::Walk>,
    exemptions: Vec<store::Exemption>,
}

impl Delta {
    async fn read(tx: &mut Tx, year: FiscalYear, since: Changes) -> Result<Self, DbError> {
        // First: what is read afterwards may be newer, and is then read again; it is never older.
        let changes = store::changes(tx).await?;
        let walks = store::walks_of_year(tx, year, since.last).await?;
        Ok(Self { walks, ..Self::without_walks(tx, year, since, changes).await? })
    }

    /// All of a year. Its walks are half of it, and are read beside the rest.
    async fn whole(db: &Db, year: FiscalYear) -> Result<Self, DbError> {
        let mut tx = db.read().await?;
        // First, as above.
        let changes = store::changes(&mut tx).await?;
        let beside = db.clone();
        let walks = tokio::spawn(async move {
            let mut tx = beside.read().await?;
            store::walks_of_year(&mut tx, year, 0).await
        });
        let rest = Self::without_walks(&mut tx, year, Changes::default(), changes).await?;
        let walks = walks.await.map_err(|_| DbError::JobPanicked)??;
        Ok(Self { walks, ..rest })
    }

    async fn without_walks(
        tx: &mut Tx,
        year: FiscalYear,
        since: Changes,
        changes: Changes,
    ) -> Result<Self, DbError> {
        let programmes = store::years_of(tx, year).await?;
        Ok(Self {
            changes,
            programmes: programmes.into_iter().filter(|one| one.opened_at.is_some()).collect(),
            town: super::town(tx).await?,
            steps: store::steps_of_year(tx, year, since.last).await?,
            walks: Vec::new(),
            exemptions: store::granted_of_year(tx, year, since.last).await?,
        })
    }
}

type Kept = Arc<RwLock<Book>>;
/// A year's place: empty until it is read.
type Slot = Arc<Mutex<Option<Kept>>>;

/// The years that are in memory.
pub struct Books {
    db: Db,
    /// The one that was asked for last is the last one.
    kept: Mutex<Vec<(FiscalYear, Slot)>>,
}

impl Books {
    /// None yet.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, kept: Mutex::new(Vec::new()) }
    }

    /// Answers from a year as it is now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn with<T>(&self, year: FiscalYear, answer: impl FnOnce(&Book) -> T) -> Result<T, DbError> {
        let slot = {
            let mut kept = self.kept.lock().await;
            let known = kept.iter().position(|(known, _)| *known == year).map(|index| kept.remove(index));
            let slot = known.map_or_else(Arc::default, |(_, slot)| slot);
            kept.push((year, slot.clone()));
            if kept.len() > KEPT {
                kept.remove(0);
            }
            slot
        };
        // One brings it up to date; others wait for that.
        let book = {
            let mut slot = slot.lock().await;
            let book = self.current(year, slot.take()).await?;
            *slot = Some(book.clone());
            book
        };
        let book = book.read().unwrap_or_else(PoisonError::into_inner);
        Ok(answer(&book))
    }

    async fn current(&self, year: FiscalYear, known: Option<Kept>) -> Result<Kept, DbError> {
        let whole = async || {
            let book = Book::of(year, Delta::whole(&self.db, year).await?);
            Ok(Arc::new(RwLock::new(book)))
        };
        let Some(book) = known else { return whole().await };
        let mut tx = self.db.read().await?;
        let now = store::changes(&mut tx).await?;
        let before = book.read().unwrap_or_else(PoisonError::into_inner).changes;
        if now == before {
            return Ok(book);
        }
        if now.erasures != before.erasures {
            drop(tx);
            return whole().await;
        }
        let delta = Delta::read(&mut tx, year, before).await?;
        book.write().unwrap_or_else(PoisonError::into_inner).apply(delta);
        Ok(book)
    }
}
