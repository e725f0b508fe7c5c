//! What is done with programmes, obligations and walks.

pub mod archiving;
pub mod assessing;
mod book;
mod counting;
mod covering;
mod deriving;
mod digesting;
mod own;
pub mod reminding;
pub mod surveying;
mod totals;
mod town;

use std::{sync::Arc, time::Duration};

use crate::{
    clock::{SharedClock, tokyo_date},
    db::{Db, DbError},
    random::SharedRandom,
};

pub use book::{Book, Books, Entry};
pub use counting::{by_month, counted};
pub use covering::{Patterns, WalkedRoute, walked_routes};
pub use deriving::derive_all;
pub use own::Own;
pub use totals::{keep_totals, kept_totals};
pub use town::{town, town_of};

/// Keeps obligations and walks up to date, reminds, and answers from memory.
#[derive(Clone)]
pub struct Training {
    db: Db,
    clock: SharedClock,
    random: SharedRandom,
    /// The years in memory.
    pub books: Arc<Books>,
    /// Which stops were visited.
    pub patterns: Arc<Patterns>,
}

/// How often it is looked whether anything changed: what is new is in every dashboard soon after.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Training {
    /// Over a database.
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, random: SharedRandom) -> Self {
        let books = Arc::new(Books::new(db.clone()));
        let patterns = Arc::new(Patterns::new(db.clone()));
        Self { db, clock, random, books, patterns }
    }

    /// Opens years, assesses obligations and derives walks, where anything changed; then, once a day, releases what was answered, and
    /// reminds.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn look(&self) -> Result<(), DbError> {
        let now = self.clock.now();
        assessing::look(&self.db, now).await?;
        derive_all(&self.db, tokyo_date(now)).await?;
        surveying::look(self).await?;
        reminding::look(self).await.map(|_| ())
    }

    /// Looks again and again until the task is dropped. An unreachable database is logged once and tried again.
    pub async fn follow(&self) {
        let mut is_failing = false;
        loop {
            let looked = self.look().await;
            if let Err(error) = &looked
                && !is_failing
            {
                tracing::warn!(%error, "the training is not up to date");
            }
            is_failing = looked.is_err();
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
