//! Taking in, for others, what their phones wrote into a file.
//!
//! It is judged by the same rules and stored by the same digests as what a phone sends, so that the phone's own sending later is
//! a duplicate. What is stored says that it came in a file; [`crate::visits::store::OUTCOME`] lets it count for nothing until the
//! phone has sent it, or another trainer has accepted it.

use std::collections::HashMap;

use crate::{
    auth::{AccountId, Reach, store::account},
    clock::{Timestamp, tokyo_date},
    db::{DbError, Tx},
    visits::{
        model::{Refusal, RefusalCode as Code, SentAddition, SentObservation, SentVisit, VisitId},
        naming::is_named,
        phone_file::{Content, FileItem, FilePhoto},
        store::{self, NewVisit, Origin},
    },
};

use super::{Received, Visits, judging::Sender, receive::store_visits};

/// An item with its place in the file and whose it is.
type Placed<T> = (usize, AccountId, T);

/// Items of a file by their kinds: what others refer to is stored first.
#[derive(Default)]
struct Sorted {
    visits: Vec<Placed<SentVisit>>,
    additions: Vec<Placed<(VisitId, SentAddition)>>,
    observations: Vec<Placed<SentObservation>>,
    photos: Vec<Placed<FilePhoto>>,
}

impl Sorted {
    fn put(&mut self, index: usize, FileItem { owner, content }: FileItem) {
        match content {
            Content::Visit(sent) => self.visits.push((index, owner, sent)),
            Content::Addition(visit, sent) => self.additions.push((index, owner, (visit, sent))),
            Content::Observation(sent) => self.observations.push((index, owner, sent)),
            Content::Photo(photo) => self.photos.push((index, owner, photo)),
        }
    }

    /// Puts each kind into the order of its ids, in which everybody writes them.
    fn sort(&mut self) {
        self.visits.sort_by_key(|(_, _, sent)| sent.id);
        self.additions.sort_by_key(|(_, _, (_, sent))| sent.id);
        self.observations.sort_by_key(|(_, _, sent)| sent.id);
        self.photos.sort_by_key(|(_, _, photo)| (photo.visit, photo.id));
    }
}

/// A file on its way in.
struct Importing<'a> {
    service: &'a Visits,
    by: AccountId,
    now: Timestamp,
    received: Vec<Received>,
}

impl Visits {
    /// Takes in the items of a file for the accounts that own them, but none for whoever imports it. The answers are in the
    /// order of the items. Again changes nothing.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn import(
        &self,
        tx: &mut Tx,
        by: AccountId,
        items: Vec<Result<FileItem, Refusal>>,
    ) -> Result<Vec<Received>, DbError> {
        let received = vec![Received::Conflict; items.len()];
        let mut importing = Importing { service: self, by, now: self.clock.now(), received };
        let (mut sorted, mut known) = (Sorted::default(), HashMap::new());
        for (index, item) in items.into_iter().enumerate() {
            let taken = match item {
                Ok(item) => importing.taken(tx, item, &mut known).await?,
                Err(refusal) => Err(refusal),
            };
            match taken {
                Ok(item) => sorted.put(index, item),
                Err(refusal) => importing.received[index] = Received::Refused(refusal),
            }
        }
        sorted.sort();
        importing.visits(tx, sorted.visits).await?;
        importing.additions(tx, sorted.additions).await?;
        importing.observations(tx, sorted.observations).await?;
        importing.photos(tx, sorted.photos).await?;
        Ok(importing.received)
    }
}

impl Importing<'_> {
    fn sender(&self, account: AccountId) -> Sender {
        let origin = Origin::File { by: self.by };
        Sender { account, origin, received_at: self.now, clock_off_s: None }
    }

    /// The item, when somebody else owns it who is known here. `known` are the owners that were asked about.
    async fn taken(
        &self,
        tx: &mut Tx,
        item: FileItem,
        known: &mut HashMap<AccountId, bool>,
    ) -> Result<Result<FileItem, Refusal>, DbError> {
        let owner = item.owner;
        if owner == self.by {
            return Ok(Err(Code::OwnItem.into()));
        }
        let is_known = match known.get(&owner) {
            Some(is_known) => *is_known,
            None => account(tx, owner, &Reach::Any, tokyo_date(self.now)).await?.is_some(),
        };
        known.insert(owner, is_known);
        Ok(if is_known { Ok(item) } else { Err(Code::UnknownOwner.into()) })
    }

    fn refuse(&mut self, index: usize, why: impl Into<Refusal>) {
        self.received[index] = Received::Refused(why.into());
    }

    async fn visits(&mut self, tx: &mut Tx, sent: Vec<Placed<SentVisit>>) -> Result<(), DbError> {
        let wanted = sent.iter().map(|(_, _, visit)| visit.route_version);
        let versions = self.service.versions(tx, wanted).await?;
        let (mut places, mut visits): (Vec<usize>, Vec<NewVisit>) = (Vec::new(), Vec::new());
        for (index, owner, visit) in sent {
            match self.sender(owner).visit(visit, &versions) {
                Ok(visit) => {
                    places.push(index);
                    visits.push(visit);
                }
                Err(refusal) => self.refuse(index, refusal),
            }
        }
        let stored = store_visits(&*self.service.trainer, tx, &mut visits, &versions).await?;
        for (index, stored) in places.into_iter().zip(stored) {
            self.received[index] = stored.into();
        }
        Ok(())
    }

    async fn additions(
        &mut self,
        tx: &mut Tx,
        sent: Vec<Placed<(VisitId, SentAddition)>>,
    ) -> Result<(), DbError> {
        for (index, owner, (visit, sent)) in sent {
            let target = store::target(tx, visit).await?.filter(|target| target.account == owner);
            let Some(target) = target else {
                self.refuse(index, Refusal::of(Code::UnknownVisit, "visit"));
                continue;
            };
            let versions = self.service.versions(tx, [target.route_version]).await?;
            let walked = versions
                .get(&target.route_version)
                .ok_or_else(|| DbError::Corrupt(format!("visit {visit}: no version")))?;
            let from = self.sender(owner);
            let mut new = match from.addition(sent, (visit, &target), walked) {
                Ok(new) => new,
                Err(refusal) => {
                    self.refuse(index, refusal);
                    continue;
                }
            };
            let known: Vec<_> = store::additions(tx, &[visit]).await?.into_iter().map(|one| one.id).collect();
            let trainer = &*self.service.trainer;
            from.ask_of_addition(trainer, tx, &mut new, (&target, &**walked), &known).await?;
            self.received[index] = store::insert_addition(tx, &new).await?.into();
        }
        Ok(())
    }

    async fn observations(&mut self, tx: &mut Tx, sent: Vec<Placed<SentObservation>>) -> Result<(), DbError> {
        let wanted = sent.iter().filter_map(|(_, _, observation)| observation.route_version);
        let versions = self.service.versions(tx, wanted).await?;
        for (index, owner, observation) in sent {
            match self.sender(owner).observation(observation, &versions) {
                Ok(new) => self.received[index] = store::insert_observation(tx, &new).await?.into(),
                Err(refusal) => self.refuse(index, refusal),
            }
        }
        Ok(())
    }

    async fn photos(&mut self, tx: &mut Tx, sent: Vec<Placed<FilePhoto>>) -> Result<(), DbError> {
        for (index, owner, photo) in sent {
            let of = (photo.visit, photo.id);
            let target = store::target(tx, photo.visit).await?.filter(|target| target.account == owner);
            let Some(target) = target else {
                self.refuse(index, Refusal::of(Code::UnknownVisit, "visit"));
                continue;
            };
            if !is_named(tx, of).await? {
                self.refuse(index, Code::UnnamedPhoto);
                continue;
            }
            let (file, by) = ((photo.digest, photo.total), (self.by, self.now));
            let is_new = store::keep_imported(tx, of, file, &photo.photo, by).await?;
            let kept = store::photo(tx, photo.visit, photo.id).await?;
            if kept.is_some_and(|kept| kept.digest == photo.digest) {
                let (duplicate, outcome) = (!is_new, target.outcome);
                self.received[index] = Received::Kept { duplicate, outcome, verdict: None };
            }
        }
        Ok(())
    }
}
