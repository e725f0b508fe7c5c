//! Where walks went: how many came to each place, year by year.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use tokio::sync::Mutex;

use crate::{
    db::{Db, DbError, Tx},
    geo::Position,
    routes::{self, RouteId, StopId, model::Text},
    training::{
        model::Pattern,
        store::{self, WalksStamp},
    },
    visits::model::FiscalYear,
};

type Counted = Arc<[Pattern]>;

/// Which stops were visited, year by year. A year is counted again only after one of its walks changed.
pub struct Patterns {
    db: Db,
    known: Mutex<HashMap<FiscalYear, (WalksStamp, Counted)>>,
}

impl Patterns {
    /// None yet.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, known: Mutex::new(HashMap::new()) }
    }

    /// Which stops the walks of a year visited.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(&self, year: FiscalYear) -> Result<Counted, DbError> {
        let mut tx = self.db.read().await?;
        // One counts; others wait for that.
        let mut known = self.known.lock().await;
        // First: what is counted afterwards may be newer, and is then counted again.
        let stamp = store::walks_stamp(&mut tx, year).await?;
        if let Some((_, counted)) = known.get(&year).filter(|(then, _)| *then == stamp) {
            return Ok(counted.clone());
        }
        let counted: Counted = store::patterns_of_year(&mut tx, year).await?.into();
        known.insert(year, (stamp, counted.clone()));
        Ok(counted)
    }
}

/// A route that was walked, as its latest version has it.
#[derive(Clone, Debug, PartialEq)]
pub struct WalkedRoute {
    /// Its id.
    pub id: RouteId,
    /// What it is called.
    pub title: Text,
    /// Where its stops are, those of earlier versions with them: a stop stays the same place.
    pub stops: BTreeMap<StopId, Position>,
}

/// The routes that walks went along, and where they stop.
///
/// # Errors
/// When the database cannot be read.
pub async fn walked_routes(tx: &mut Tx, ids: BTreeSet<RouteId>) -> Result<Vec<WalkedRoute>, DbError> {
    let mut found = Vec::new();
    for id in ids {
        let versions = routes::store::versions(tx, id).await?;
        let Some(last) = versions.last() else { continue };
        let title = last.design.title.clone();
        let stops = versions.iter().flat_map(|version| version.design.stops());
        // A later version knows better where a place is.
        let stops = stops.map(|stop| (stop.stop_id, stop.location)).collect();
        found.push(WalkedRoute { id, title, stops });
    }
    Ok(found)
}
