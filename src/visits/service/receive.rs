//! Taking in what one person's phone sends.

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    visits::{
        model::{Refusal, SentAddition, SentObservation, SentVisit, VisitId},
        store::{self, NewVisit, Origin, Stored},
        versions::Found,
    },
};

use super::{
    Received, TrainerCodes, Visits,
    judging::{Sender, ask_of_visit},
};

impl Visits {
    /// Items that a person's phone sends now.
    fn sender(&self, account: AccountId, sent_at: Option<Timestamp>) -> Sender {
        let received_at = self.clock.now();
        let clock_off_s = sent_at.map(|sent| sent.as_second() - received_at.as_second());
        Sender { account, origin: Origin::Owner, received_at, clock_off_s }
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
        let from = self.sender(account, sent_at);
        let read: Vec<_> = items.iter().map(|item| SentVisit::read(item, from.received_at)).collect();
        let wanted = read.iter().filter_map(|one| one.as_ref().ok()).map(|visit| visit.route_version);
        let versions = self.versions.get(wanted).await?;
        let judged: Vec<Result<NewVisit, Refusal>> =
            read.into_iter().map(|sent| from.visit(sent?, &versions)).collect();
        let (order, mut visits) = sorted(&judged, |visit| visit.id);
        if visits.is_empty() {
            return Ok(answers(judged, Vec::new(), &order));
        }
        let trainer = self.trainer.clone();
        let stored = self
            .db
            .write(move |tx| {
                Box::pin(async move { store_visits(&*trainer, tx, &mut visits, &versions).await })
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
        let from = self.sender(account, sent_at);
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
        let judged: Vec<_> = items
            .iter()
            .map(|item| from.addition(SentAddition::read(item, from.received_at)?, (visit, &target), walked))
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
                    let known: Vec<_> =
                        store::additions(tx, &[visit]).await?.into_iter().map(|one| one.id).collect();
                    for new in &mut additions {
                        from.ask_of_addition(&*trainer, tx, new, (&target, &*walked), &known).await?;
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
        let from = self.sender(account, None);
        let read: Vec<_> = items.iter().map(|item| SentObservation::read(item, from.received_at)).collect();
        let wanted = read.iter().filter_map(|one| one.as_ref().ok()?.route_version);
        let versions = self.versions.get(wanted).await?;
        let judged: Vec<_> = read.into_iter().map(|sent| from.observation(sent?, &versions)).collect();
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

/// Stores visits, which are in the order of their ids.
pub(super) async fn store_visits(
    trainer: &dyn TrainerCodes,
    tx: &mut Tx,
    visits: &mut [NewVisit],
    versions: &Found,
) -> Result<Vec<Stored>, DbError> {
    // Before anything is stored: whoever notes wrong codes never waits for somebody who stores.
    for visit in &mut *visits {
        ask_of_visit(trainer, tx, visit, versions).await?;
    }
    store::insert_visits(tx, visits).await
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
        received[*index] = stored.into();
    }
    received
}
