//! The versions in force, kept in memory: what the public asks for is read from the database once.

use std::sync::Arc;

use arc_swap::ArcSwapOption;

use crate::{
    catalogue::LayerId,
    clock::Date,
    db::{Db, DbError},
    layers::Layers,
};

use super::{
    model::{RouteId, Version},
    store,
};

/// The versions in force.
pub struct PublishedRoutes {
    db: Db,
    layers: Layers,
    kept: ArcSwapOption<InForce>,
}

/// The versions in force on a day.
#[derive(Debug)]
pub struct InForce {
    /// Names this state: it differs from that of any other.
    pub tag: String,
    day: Date,
    /// By code.
    pub versions: Vec<Version>,
}

impl InForce {
    /// The version of a route.
    #[must_use]
    pub fn of(&self, route: RouteId) -> Option<&Version> {
        self.versions.iter().find(|version| version.route == route)
    }
}

impl PublishedRoutes {
    /// Follows the published layers: each publication changes them.
    #[must_use]
    pub const fn new(db: Db, layers: Layers) -> Self {
        Self { db, layers, kept: ArcSwapOption::const_empty() }
    }

    /// The versions that count today.
    ///
    /// # Errors
    /// When they have to be read and cannot be.
    pub async fn in_force(&self) -> Result<Arc<InForce>, DbError> {
        let snapshot = self.layers.get(LayerId::Routes);
        let (tag, day) = (snapshot.tag(), snapshot.today());
        if let Some(kept) = self.kept.load_full().filter(|kept| kept.tag == tag && kept.day == day) {
            return Ok(kept);
        }
        let versions = store::versions_in_force(&mut self.db.read().await?, day).await?;
        let read = Arc::new(InForce { tag: tag.to_owned(), day, versions });
        self.kept.store(Some(read.clone()));
        Ok(read)
    }
}
