//! Following roll-calls while somebody looks at them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    time::Instant,
};

use crate::{
    activations::{
        model::{Activation, ActivationId, Counts, Roll, Row},
        store,
    },
    clock::{SharedClock, tokyo_date},
    councils::{model::ResidencyId, service::Vault},
    db::{Db, Tx},
};

use super::{
    ActivationError,
    reading::{People, called, find, roll, take_changes, told},
};

/// How often to look where nothing was committed here.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// A busy service commits many times a second; so long nobody looks again.
const REST: Duration = Duration::from_millis(150);
/// How often to look how telling people has gone.
const TOLD_EVERY: Duration = Duration::from_secs(2);

/// A roll-call as it was last seen.
#[derive(Clone, Debug)]
pub struct View {
    /// The activation.
    pub activation: Activation,
    /// Who is on its roll, and what they answered.
    pub roll: Roll,
    /// What they are called.
    pub people: People,
    /// How many have answered what.
    pub counts: Counts,
    /// Counts the views of this process.
    pub number: u64,
    /// In which view it was last seen that telling somebody had gone on.
    told: HashMap<ResidencyId, u64>,
}

impl View {
    /// What is new to somebody who has seen so many changes, and that view.
    pub fn news(&self, sequence: i64, number: u64) -> impl Iterator<Item = &Row> {
        let is_new = move |row: &&Row| {
            row.changed > sequence || self.told.get(&row.residency).is_some_and(|told| *told > number)
        };
        self.roll.rows().filter(is_new)
    }
}

struct Followed {
    vault: Vault,
    views: watch::Sender<Arc<View>>,
    told_at: Instant,
}

/// Follows the roll-calls that somebody looks at: one look for all who do.
pub struct RollCalls {
    db: Db,
    clock: SharedClock,
    followed: Mutex<HashMap<ActivationId, Followed>>,
    wanted: Notify,
}

impl RollCalls {
    /// Follows nothing yet.
    #[must_use]
    pub fn new(db: Db, clock: SharedClock) -> Self {
        Self { db, clock, followed: Mutex::default(), wanted: Notify::new() }
    }

    fn followed(&self) -> MutexGuard<'_, HashMap<ActivationId, Followed>> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A roll-call as it is, and from then on as it changes.
    ///
    /// # Errors
    /// When there is no such activation, or it does not open.
    pub async fn subscribe(
        &self,
        vault: &Vault,
        id: ActivationId,
    ) -> Result<watch::Receiver<Arc<View>>, ActivationError> {
        if let Some(followed) = self.followed().get(&id) {
            return Ok(followed.views.subscribe());
        }
        let view = self.first_view(&mut self.db.read().await?, vault, id).await?;
        let mut all = self.followed();
        // Somebody else may have come meanwhile.
        let followed = all.entry(id).or_insert_with(|| Followed {
            vault: vault.clone(),
            views: watch::Sender::new(Arc::new(view)),
            told_at: Instant::now(),
        });
        let views = followed.views.subscribe();
        drop(all);
        self.wanted.notify_one();
        Ok(views)
    }

    async fn first_view(
        &self,
        tx: &mut Tx,
        vault: &Vault,
        id: ActivationId,
    ) -> Result<View, ActivationError> {
        let activation = find(tx, vault, id).await?;
        let roll = roll(tx, vault, id).await?;
        let people = called(tx, &roll.people(), tokyo_date(self.clock.now())).await?;
        let counts = roll.counts();
        Ok(View { activation, roll, people, counts, number: 1, told: HashMap::new() })
    }

    /// Follows whatever somebody looks at, until the task is dropped. Nothing is asked while nobody does.
    pub async fn follow(&self) {
        let (mut commits, mut failing) = (self.db.commits(), false);
        loop {
            if self.followed().is_empty() {
                self.wanted.notified().await;
            }
            commits.mark_unchanged();
            match self.look().await {
                Ok(()) => failing = false,
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "roll-calls are not being followed");
                    }
                    failing = true;
                }
            }
            let _ = tokio::time::timeout(LOOK_EVERY, commits.changed()).await;
            tokio::time::sleep(REST).await;
        }
    }

    async fn look(&self) -> Result<(), ActivationError> {
        let seen: Vec<(ActivationId, Vault, Arc<View>, bool)> = {
            let mut all = self.followed();
            all.retain(|_, followed| followed.views.receiver_count() > 0);
            let seen = |(id, followed): (&ActivationId, &mut Followed)| {
                let asks = followed.told_at.elapsed() >= TOLD_EVERY;
                if asks {
                    followed.told_at = Instant::now();
                }
                (*id, followed.vault.clone(), followed.views.borrow().clone(), asks)
            };
            all.iter_mut().map(seen).collect()
        };
        if seen.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.read().await?;
        for (id, vault, view, asks_told) in seen {
            if let Some(next) = next_view(&mut tx, &vault, &view, asks_told).await?
                && let Some(followed) = self.followed().get(&id)
            {
                followed.views.send_replace(Arc::new(next));
            }
        }
        Ok(())
    }
}

/// What has become of a view, if anything: what did not change is not opened again.
async fn next_view(
    tx: &mut Tx,
    vault: &Vault,
    view: &View,
    asks_told: bool,
) -> Result<Option<View>, ActivationError> {
    let id = view.activation.id;
    // What was erased meanwhile is left as it was seen.
    let Some(standing) = store::standing(tx, id).await? else { return Ok(None) };
    let changed = standing.sequence > view.activation.sequence;
    let told = if asks_told {
        let residents: Vec<ResidencyId> = view.roll.rows().map(|row| row.residency).collect();
        told(tx, id, &residents).await?
    } else {
        HashMap::new()
    };
    if !changed && !asks_told {
        return Ok(None);
    }
    let mut next = view.clone();
    next.number += 1;
    if changed {
        take_changes(tx, vault, (id, view.activation.sequence), &mut next.roll).await?;
        next.activation.sequence = standing.sequence;
        next.activation.ended_at = standing.ended_at;
        next.counts = next.roll.counts();
    }
    let retold = next.roll.note_told(&told);
    if retold.is_empty() && !changed {
        return Ok(None);
    }
    next.told.extend(retold.into_iter().map(|residency| (residency, next.number)));
    Ok(Some(next))
}
