//! The [`Index`] of the roster, kept up to date.

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwapOption;
use tokio::sync::Mutex;

use crate::{
    auth::Reach,
    db::{Db, DbError, Tx},
};

use super::{
    search::{Index, Search},
    store::{self, Found},
};

/// Finds people on the roster.
#[derive(Default)]
pub struct Finder {
    built: ArcSwapOption<Built>,
    /// One builds; others wait for what they built.
    turn: Mutex<()>,
}

struct Built {
    revision: i64,
    index: Index,
}

/// One page of a search.
#[derive(Clone, Debug)]
pub struct Page {
    /// Who is on it.
    pub people: Vec<Found>,
    /// How many match on all pages.
    pub total: usize,
    /// Whether there are more after it.
    pub more: bool,
}

/// How often it is looked whether the roster has changed, so that nobody who searches has to wait for it.
const LOOK_EVERY: Duration = Duration::from_secs(1);

impl Finder {
    /// One page of what matches within reach, by number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find(&self, tx: &mut Tx, search: &Search, reach: &Reach) -> Result<Page, DbError> {
        let matches = self.built(tx).await?.index.find(search, reach);
        let people = store::found(tx, &matches.page, search.as_of).await?;
        Ok(Page { people, total: matches.total, more: matches.more })
    }

    /// The roster as the transaction sees it.
    async fn built(&self, tx: &mut Tx) -> Result<Arc<Built>, DbError> {
        // First: what is read afterwards may be newer, and is then read again; it is never older.
        let revision = store::revision(tx).await?;
        let known = || self.built.load_full().filter(|built| built.revision == revision);
        if let Some(built) = known() {
            return Ok(built);
        }
        let _turn = self.turn.lock().await;
        if let Some(built) = known() {
            return Ok(built);
        }
        let index = Index::new(store::entries(tx).await?, store::absent_days(tx).await?);
        let built = Arc::new(Built { revision, index });
        self.built.store(Some(built.clone()));
        Ok(built)
    }

    /// Brings it up to date.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn refresh(&self, db: &Db) -> Result<(), DbError> {
        self.built(&mut db.read().await?).await.map(|_| ())
    }

    /// Follows the database until the task is dropped.
    pub async fn follow(&self, db: &Db) {
        let mut is_failing = false;
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let refreshed = self.refresh(db).await;
            if let Err(error) = &refreshed
                && !is_failing
            {
                tracing::warn!(%error, "searches of the roster will have to wait for it to be read");
            }
            is_failing = refreshed.is_err();
        }
    }
}
