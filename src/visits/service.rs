//! What happens to what phones send: read, judged, stored once.

use std::sync::Arc;

use crate::{
    auth::AccountId,
    clock::{SharedClock, Timestamp},
    db::{Db, DbError, Tx},
    routes::RouteVersionId,
};

use super::{
    model::{
        Evidence, Facts, Flags, Judgement, Moment, Outcome, Refusal, RefusalCode, SentAddition,
        SentObservation, SentVisit, Shown, Verdict, VisitId, judge,
    },
    store::{self, NewAddition, NewObservation, NewVisit, Stored},
    versions::{Found, Versions, Walked},
};

/// What the outings say of a trainer's code at the visit's own time. Until there are any, a trainer decides.
pub type TrainerCodes = Arc<dyn Fn(&Evidence, Moment) -> Shown + Send + Sync>;

/// No outing says anything: a trainer decides.
#[must_use]
pub fn no_trainer_codes() -> TrainerCodes {
    Arc::new(|_, _| Shown::Undecided)
}

/// Takes in what phones send.
#[derive(Clone)]
pub struct Visits {
    db: Db,
    clock: SharedClock,
    versions: Arc<Versions>,
    trainer: TrainerCodes,
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
    pub fn new(db: Db, clock: SharedClock, trainer: TrainerCodes) -> Self {
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
                let judgement =
                    self.judge(&sent.evidence, sent.moment, walked, sent.stop, clock_off_s, None)?;
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
        let (order, visits) = sorted(&judged, |visit| visit.id);
        if visits.is_empty() {
            return Ok(answers(judged, Vec::new(), &order));
        }
        let stored = self
            .db
            .write(move |tx| {
                Box::pin(async move {
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
                let judgement = self.judge(
                    &sent.evidence,
                    sent.moment,
                    walked,
                    target.stop,
                    clock_off_s,
                    Some(&target.flags),
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
        let (order, additions) = sorted(&judged, |addition| addition.id);
        if additions.is_empty() {
            return Ok(Some(answers(judged, Vec::new(), &order)));
        }
        let stored = self
            .db
            .write(move |tx| {
                Box::pin(async move {
                    // After its retention period nothing is added to a visit any more.
                    if store::target(tx, visit).await?.is_none() {
                        return Ok(None);
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

    fn judge(
        &self,
        evidence: &[Evidence],
        moment: Moment,
        walked: &Walked,
        stop: crate::routes::StopId,
        clock_off_s: Option<i64>,
        earlier: Option<&Flags>,
    ) -> Result<Judgement, Refusal> {
        let found = walked.stop(stop).ok_or_else(|| Refusal::of(RefusalCode::UnknownStop, "stop_id"))?;
        let facts = Facts {
            stop: found,
            code: walked.code(stop),
            published_at: walked.version.published_at,
            effective_from: walked.version.effective_from,
            clock_off_s,
            trainer: &*self.trainer,
        };
        Ok(judge(evidence, moment, &facts, earlier.unwrap_or(&Flags::default())))
    }
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
