//! The sealer: chains entries that were written, a batch at a time.

use std::time::Duration;

use crate::{
    clock::{SharedClock, Timestamp},
    db::{Db, DbError, Tx},
};

use super::{
    digest::{self, Sealed},
    store,
};

/// How long an entry may wait to be sealed, at most, while the database can be reached.
pub const SEAL_EVERY: Duration = Duration::from_secs(1);
const BATCH: i64 = 500;

/// Seals what has been written. One at a time works, in whichever process: the others wait for the head.
pub struct Sealer {
    db: Db,
    clock: SharedClock,
}

impl Sealer {
    /// A sealer of a database.
    #[must_use]
    pub const fn new(db: Db, clock: SharedClock) -> Self {
        Self { db, clock }
    }

    /// Seals until the task is dropped. An unreachable database is logged once and tried again.
    pub async fn run(&self) {
        let mut failing = false;
        loop {
            tokio::time::sleep(SEAL_EVERY).await;
            match self.seal_all().await {
                Ok(_) => failing = false,
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "audit entries are not being sealed");
                    }
                    failing = true;
                }
            }
        }
    }

    /// Seals all that waits. Returns how many there were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn seal_all(&self) -> Result<i64, DbError> {
        let mut sealed = 0;
        loop {
            // Most often there is nothing; then nobody has to wait for a writer.
            let mut tx = self.db.read().await?;
            let waiting = store::unsealed_count(&mut tx).await?;
            drop(tx);
            if waiting == 0 {
                return Ok(sealed);
            }
            let now = self.clock.now();
            sealed += self.db.write(move |tx| Box::pin(seal(tx, now))).await?;
        }
    }
}

/// Seals one batch. Returns how many entries it has.
///
/// # Errors
/// When the database cannot be written.
pub async fn seal(tx: &mut Tx, now: Timestamp) -> Result<i64, DbError> {
    let mut head = store::lock_head(tx).await?;
    let waiting = store::unsealed(tx, BATCH).await?;
    for entry in &waiting {
        head.seq += 1;
        head.digest = digest::link(&head.digest, &sealed(entry, head.seq)).to_vec();
        store::seal(tx, &entry.id, head.seq, &head.digest).await?;
    }
    if !waiting.is_empty() {
        store::set_head(tx, head.seq, &head.digest, now).await?;
    }
    Ok(waiting.len() as i64)
}

/// What the chain covers of an entry.
pub(super) fn sealed(entry: &store::Found, seq: i64) -> Sealed<'_> {
    Sealed {
        seq,
        id: &entry.id,
        at: entry.at,
        action: &entry.action,
        outcome: &entry.outcome,
        object_kind: &entry.object_kind,
        object_id: &entry.object_id,
        detail: &entry.detail,
        request: &entry.request,
        roles: &entry.roles,
        people: entry.people,
        people_digest: &entry.people_digest,
    }
}
