//! What happens to what phones send: read, judged, stored once.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::{
    auth::AccountId,
    clock::{SharedClock, Timestamp},
    db::{Db, DbError, Tx},
    routes::{RouteId, RouteVersionId, StopId},
};

use super::{
    model::{
        Evidence, Facts, Flags, Judgement, Moment, Outcome, OutingId, Refusal, RefusalCode, SentAddition,
        SentObservation, SentVisit, Shown, Verdict, VisitId, Weighed, judge,
    },
    store::{self, NewAddition, NewObservation, NewVisit, Stored},
    versions::{Found, Versions, Walked},
};

/// A trainer's code as it came with a visit, or was added to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCode {
    /// Who typed it.
    pub account: AccountId,
    /// The route that they walked.
    pub route: RouteId,
    /// The outing that they say it belongs to.
    pub outing: Option<OutingId>,
    /// As it was typed.
    pub code: String,
    /// When, by the phone's clock.
    pub at: Timestamp,
    /// When the server heard of it.
    pub received_at: Timestamp,
}

/// Says of trainers' codes whether they hold: the outings do. Asked in the transaction that stores the visit, once for
/// each code that is not stored yet, so that what is noted of wrong ones stays with it.
pub trait TrainerCodes: Send + Sync {
    /// Whether a trainer showed the code at the visit's own time.
    fn holds<'t>(&'t self, tx: &'t mut Tx, code: &'t TypedCode) -> BoxFuture<'t, Result<Shown, DbError>>;
}

/// Without outings a trainer decides on every code.
#[derive(Clone, Copy, Debug)]
pub struct NoTrainerCodes;

impl TrainerCodes for NoTrainerCodes {
    fn holds<'t>(&'t self, _: &'t mut Tx, _: &'t TypedCode) -> BoxFuture<'t, Result<Shown, DbError>> {
        Box::pin(async { Ok(Shown::Undecided) })
    }
}

/// What trainers' codes among some evidence show.
type Said = Vec<(Evidence, Shown)>;

/// Takes in what phones send.
#[derive(Clone)]
pub struct Visits {
    db: Db,
    clock: SharedClock,
    versions: Arc<Versions>,
    trainer: Arc<dyn TrainerCodes>,
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// It is stored, or was before.
    Kept {
        /// Whether it was there before.
        duplicate: bool,
        /// What counts of it.
        outcome: Outcome,
        /// Where its position is to the stop.
        verdict: Option<Verdict>,
    },
    /// Its id names something else.
    Conflict,
    /// It is not taken.
    Refused(Refusal),
}

impl Visits {
    /// A service over a database.
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, trainer: Arc<dyn TrainerCodes>) -> Self {
        let versions = Arc::new(Versions::new(db.clone()));
        Self { db, clock, versions, trainer }
    }

    /// Versions within a transaction.
    pub(super) async fn versions(
        &self,
        tx: &mut Tx,
        ids: impl IntoIterator<Item = RouteVersionId>,
    ) -> Result<Found, DbError> {
        self.versions.get_in(tx, ids).await
    }

    /// Takes in visits of one person, each by itself, and returns when all that is stored is durable. The answers are in
    /// the order of the items.
    ///
    /// # Errors
    /// When the database cannot be used; then nothing is stored.
    pub async fn receive(
        &self,
        account: AccountId,
        items: &[&[u8]],
        sent_at: Option<Timestamp>,
    ) -> Result<Vec<Received>, DbError> {
        let now = self.clock.now();
        let clock_off_s = sent_at.map(|sent| sent.as_second() - now.as_second());
        let read: Vec<_> = items.iter().map(|item| SentVisit::read(item, now)).collect();
        let wanted = read.iter().filter_map(|one| one.as_ref().ok()).map(|visit| visit.route_version);
        let versions = self.versions.get(wanted).await?;
        let judged: Vec<Result<NewVisit, Refusal>> = read
            .into_iter()
            .map(|sent| {
                let sent = sent?;
                let walked = versions
                    .get(&sent.route_version)
                    .ok_or_else(|| Refusal::of(RefusalCode::UnknownRouteVersion, "route_version_id"))?;
                let judgement = judged_by(
                    (&sent.evidence, &Said::new()),
                    sent.moment,
                    (walked, sent.stop),
                    clock_off_s,
                    &Flags::default(),
                )?;
                Ok(NewVisit {
                    id: sent.id,
                    account,
                    route: walked.version.route,
                    route_version: sent.route_version,
                    stop: sent.stop,
                    moment: sent.moment,
                    received_at: now,
                    clock_off_s,
                    digest: sent.digest,
                    note: sent.note,
                    judgement,
                })
            })
            .collect();
        let (order, mut visits) = sorted(&judged, |visit| visit.id);
        if visits.is_empty() {
            return Ok(answers(judged, Vec::new(), &order));
        }
        let trainer = self.trainer.clone();
        let stored = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    // Before anything is stored: whoever notes wrong codes never waits for somebody who stores.
                    for visit in visits.iter_mut().filter(|visit| shows_code(&visit.judgement)) {
                        ask(&*trainer, tx, visit, &versions).await?;
                    }
                    let mut stored = Vec::with_capacity(visits.len());
                    for visit in &visits {
                        stored.push(store::insert_visit(tx, visit).await?);
                    }
                    Ok::<_, DbError>(stored)
                })
            })
            .await?;
        Ok(answers(judged, stored, &order))
    }

    /// Takes in what the owner of a visit adds to it. None when there is no such visit of theirs.
    ///
    /// # Errors
    /// When the database cannot be used; then nothing is stored.
    pub async fn add(
        &self,
        account: AccountId,
        visit: VisitId,
        items: &[&[u8]],
        sent_at: Option<Timestamp>,
    ) -> Result<Option<Vec<Received>>, DbError> {
        let now = self.clock.now();
        let clock_off_s = sent_at.map(|sent| sent.as_second() - now.as_second());
        let mut tx = self.db.read().await?;
        let Some(target) = store::target(&mut tx, visit).await?.filter(|found| found.account == account)
        else {
            return Ok(None);
        };
        drop(tx);
        let versions = self.versions.get([target.route_version]).await?;
        let walked = versions
            .get(&target.route_version)
            .ok_or_else(|| DbError::Corrupt(format!("visit {visit}: no version")))?;
        let judged: Vec<Result<NewAddition, Refusal>> = items
            .iter()
            .map(|item| {
                let sent = SentAddition::read(item, now)?;
                let judgement = judged_by(
                    (&sent.evidence, &Said::new()),
                    sent.moment,
                    (walked, target.stop),
                    clock_off_s,
                    &target.flags,
                )?;
                Ok(NewAddition {
                    id: sent.id,
                    visit,
                    moment: sent.moment,
                    received_at: now,
                    digest: sent.digest,
                    note: sent.note,
                    judgement,
                })
            })
            .collect();
        let (order, mut additions) = sorted(&judged, |addition| addition.id);
        if additions.is_empty() {
            return Ok(Some(answers(judged, Vec::new(), &order)));
        }
        let (trainer, walked) = (self.trainer.clone(), walked.clone());
        let stored = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    // After its retention period nothing is added to a visit any more.
                    if store::target(tx, visit).await?.is_none() {
                        return Ok(None);
                    }
                    let known = store::additions(tx, &[visit]).await?;
                    for new in additions.iter_mut().filter(|new| shows_code(&new.judgement)) {
                        if known.iter().any(|known| known.id == new.id) {
                            continue;
                        }
                        let from = (account, walked.version.route, new.moment.at, now);
                        let said = said(&*trainer, tx, from, &new.judgement.evidence).await?;
                        let evidence = evidence(&new.judgement);
                        let at = (&*walked, target.stop);
                        let judged =
                            judged_by((&evidence, &said), new.moment, at, clock_off_s, &target.flags);
                        new.judgement = judged.unwrap_or_else(|_| new.judgement.clone());
                    }
                    let mut stored = Vec::with_capacity(additions.len());
                    for addition in &additions {
                        stored.push(store::insert_addition(tx, addition).await?);
                    }
                    Ok::<_, DbError>(Some(stored))
                })
            })
            .await?;
        Ok(stored.map(|stored| answers(judged, stored, &order)))
    }

    /// Takes in observations of one person, each by itself.
    ///
    /// # Errors
    /// When the database cannot be used; then nothing is stored.
    pub async fn observe(&self, account: AccountId, items: &[&[u8]]) -> Result<Vec<Received>, DbError> {
        let now = self.clock.now();
        let read: Vec<_> = items.iter().map(|item| SentObservation::read(item, now)).collect();
        let wanted = read.iter().filter_map(|one| one.as_ref().ok()?.route_version);
        let versions = self.versions.get(wanted).await?;
        let judged: Vec<Result<NewObservation, Refusal>> =
            read.into_iter()
                .map(|sent| {
                    let sent = sent?;
                    let walked = match sent.route_version {
                        None => None,
                        Some(id) => Some(versions.get(&id).ok_or_else(|| {
                            Refusal::of(RefusalCode::UnknownRouteVersion, "route_version_id")
                        })?),
                    };
                    if let Some(stop) = sent.stop {
                        // A stop is known by the version in which it stands.
                        let known = walked.is_some_and(|walked| walked.stop(stop).is_some());
                        if !known {
                            return Err(Refusal::of(RefusalCode::UnknownStop, "stop_id"));
                        }
                    }
                    Ok(NewObservation { account, received_at: now, sent })
                })
                .collect();
        let (order, observations) = sorted(&judged, |one| one.sent.id);
        if observations.is_empty() {
            return Ok(answers(judged, Vec::new(), &order));
        }
        let stored = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let mut stored = Vec::with_capacity(observations.len());
                    for observation in &observations {
                        stored.push(store::insert_observation(tx, observation).await?);
                    }
                    Ok::<_, DbError>(stored)
                })
            })
            .await?;
        Ok(answers(judged, stored, &order))
    }
}

/// Judges what was shown at a stop of a version, with what the outings say of codes in it.
fn judged_by(
    (evidence, said): (&[Evidence], &Said),
    moment: Moment,
    (walked, stop): (&Walked, StopId),
    clock_off_s: Option<i64>,
    earlier: &Flags,
) -> Result<Judgement, Refusal> {
    let found = walked.stop(stop).ok_or_else(|| Refusal::of(RefusalCode::UnknownStop, "stop_id"))?;
    let facts = Facts {
        stop: found,
        code: walked.code(stop),
        published_at: walked.version.published_at,
        effective_from: walked.version.effective_from,
        clock_off_s,
        trainer: &|one, _| {
            said.iter().find(|(known, _)| known == one).map_or(Shown::Undecided, |(_, shown)| *shown)
        },
    };
    Ok(judge(evidence, moment, &facts, earlier))
}

fn shows_code(judgement: &Judgement) -> bool {
    judgement.evidence.iter().any(|one| matches!(one.evidence, Evidence::Trainer { .. }))
}

fn evidence(judgement: &Judgement) -> Vec<Evidence> {
    judgement.evidence.iter().map(|one| one.evidence.clone()).collect()
}

/// Judges a visit again, now by what the outings say. One that is stored stays as it was judged then.
async fn ask(
    trainer: &dyn TrainerCodes,
    tx: &mut Tx,
    visit: &mut NewVisit,
    versions: &Found,
) -> Result<(), DbError> {
    if !store::with_ids(tx, &[visit.id, visit.id.erased()]).await?.is_empty() {
        return Ok(());
    }
    let Some(walked) = versions.get(&visit.route_version) else { return Ok(()) };
    let from = (visit.account, visit.route, visit.moment.at, visit.received_at);
    let said = said(trainer, tx, from, &visit.judgement.evidence).await?;
    let evidence = evidence(&visit.judgement);
    let (at, flags) = ((&**walked, visit.stop), Flags::default());
    if let Ok(judgement) = judged_by((&evidence, &said), visit.moment, at, visit.clock_off_s, &flags) {
        visit.judgement = judgement;
    }
    Ok(())
}

/// What the outings say of the codes among some evidence.
async fn said(
    trainer: &dyn TrainerCodes,
    tx: &mut Tx,
    (account, route, at, received_at): (AccountId, RouteId, Timestamp, Timestamp),
    evidence: &[Weighed],
) -> Result<Said, DbError> {
    let mut said = Said::new();
    for one in evidence {
        let Evidence::Trainer { code, outing_id } = &one.evidence else { continue };
        if said.iter().any(|(known, _)| *known == one.evidence) {
            continue;
        }
        let (outing, code) = (*outing_id, code.clone());
        let typed = TypedCode { account, route, outing, code, at, received_at };
        said.push((one.evidence.clone(), trainer.holds(tx, &typed).await?));
    }
    Ok(said)
}

/// What can be stored, by id, with the place of each among the items. Whoever writes the same ids in one order never waits
/// for somebody who waits for them.
fn sorted<T: Clone, K: Ord>(judged: &[Result<T, Refusal>], key: impl Fn(&T) -> K) -> (Vec<usize>, Vec<T>) {
    let mut order: Vec<(usize, &T)> =
        judged.iter().enumerate().filter_map(|(index, one)| Some((index, one.as_ref().ok()?))).collect();
    order.sort_by_key(|(_, one)| key(one));
    (order.iter().map(|(index, _)| *index).collect(), order.into_iter().map(|(_, one)| one.clone()).collect())
}

fn answers<T>(judged: Vec<Result<T, Refusal>>, stored: Vec<Stored>, order: &[usize]) -> Vec<Received> {
    let mut received: Vec<Received> =
        judged.into_iter().map(|one| one.err().map_or(Received::Conflict, Received::Refused)).collect();
    for (index, stored) in order.iter().zip(stored) {
        received[*index] = match stored {
            Stored::New { outcome, verdict } => Received::Kept { duplicate: false, outcome, verdict },
            Stored::Same { outcome, verdict } => Received::Kept { duplicate: true, outcome, verdict },
            Stored::Other => Received::Conflict,
        };
    }
    received
}
