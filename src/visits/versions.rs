//! Versions of routes that were walked, kept in memory: they never change.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    db::{Db, DbError, Tx},
    routes::{
        RouteVersionId, StopId,
        model::{Stop, Version},
        store,
    },
};

/// A version with the codes on the posters of its stops.
pub(super) struct Walked {
    pub(super) version: Version,
    codes: HashMap<StopId, String>,
}

impl Walked {
    /// A stop of the version.
    pub(super) fn stop(&self, id: StopId) -> Option<&Stop> {
        self.version.design.stops().find(|stop| stop.stop_id == id)
    }

    /// The code on a stop's poster.
    pub(super) fn code(&self, id: StopId) -> Option<&str> {
        self.codes.get(&id).map(String::as_str)
    }
}

/// Versions by their ids.
pub(super) type Found = HashMap<RouteVersionId, Arc<Walked>>;

/// Keeps versions.
pub(super) struct Versions {
    db: Db,
    kept: Mutex<HashMap<RouteVersionId, Arc<Walked>>>,
}

/// How many versions are kept before all are forgotten.
const KEPT: usize = 512;

impl Versions {
    pub(super) fn new(db: Db) -> Self {
        Self { db, kept: Mutex::default() }
    }

    /// The versions with these ids; those that do not exist are left out.
    pub(super) async fn get(&self, ids: impl IntoIterator<Item = RouteVersionId>) -> Result<Found, DbError> {
        let (found, unknown) = self.known(ids);
        if unknown.is_empty() {
            return Ok(found);
        }
        let mut tx = self.db.read().await?;
        self.load(&mut tx, found, unknown).await
    }

    /// The same within a transaction.
    pub(super) async fn get_in(
        &self,
        tx: &mut Tx,
        ids: impl IntoIterator<Item = RouteVersionId>,
    ) -> Result<Found, DbError> {
        let (found, unknown) = self.known(ids);
        self.load(tx, found, unknown).await
    }

    fn known(&self, ids: impl IntoIterator<Item = RouteVersionId>) -> (Found, BTreeSet<RouteVersionId>) {
        let (mut found, mut unknown) = (HashMap::new(), BTreeSet::new());
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            match kept.get(&id) {
                Some(walked) => {
                    found.insert(id, walked.clone());
                }
                None => {
                    unknown.insert(id);
                }
            }
        }
        (found, unknown)
    }

    async fn load(
        &self,
        tx: &mut Tx,
        mut found: Found,
        unknown: BTreeSet<RouteVersionId>,
    ) -> Result<Found, DbError> {
        for id in unknown {
            let Some(version) = store::version_by_id(tx, id).await? else { continue };
            let codes = store::stop_codes(tx, version.route).await?;
            let codes = codes.into_iter().map(|stop| (stop.stop, stop.code)).collect();
            let walked = Arc::new(Walked { version, codes });
            found.insert(id, walked.clone());
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(id, walked);
        }
        Ok(found)
    }
}
