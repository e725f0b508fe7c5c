//! What the routes of places share.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::{
    audit::Recorder,
    auth::{Caller, Gate},
    catalogue::LayerId,
    clock::tokyo_date,
    geo::Bbox,
    http::Site,
    layers::Publisher,
};

use super::{editing::Author, purpose::Purpose};

/// How many files are read at once: each may take some hundred megabytes of memory.
const IMPORTS_AT_ONCE: usize = 2;

/// Editing and importing, over HTTP.
#[derive(Clone)]
pub struct PlacesService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Publishes what was changed.
    pub publisher: Arc<Publisher>,
    /// The deployment's face.
    pub site: Arc<Site>,
    /// What the database is for.
    pub purpose: Purpose,
    imports: Arc<Semaphore>,
}

impl PlacesService {
    /// A service.
    #[must_use]
    pub fn new(
        gate: Gate,
        recorder: Recorder,
        publisher: Arc<Publisher>,
        site: Arc<Site>,
        purpose: Purpose,
    ) -> Self {
        let imports = Arc::new(Semaphore::new(IMPORTS_AT_ONCE));
        Self { gate, recorder, publisher, site, purpose, imports }
    }

    /// Who edits, now.
    pub(super) fn author(&self, caller: &Caller, reason: &str) -> Author {
        let now = self.gate.clock().now();
        let reason = reason.trim().to_owned();
        Author { account: caller.principal.account, now, today: tokyo_date(now), reason }
    }

    /// Publishes a layer, so that whoever wrote reads what was written. What was written stays written
    /// when this fails: the publisher tries again by itself.
    pub(super) async fn publish(&self, layer: LayerId) {
        if let Err(error) = self.publisher.refresh(layer).await {
            tracing::error!(%error, "a change is stored and not yet published");
        }
    }

    /// The municipality's box: of its outline, or as configured while there is none.
    pub(super) fn municipality(&self) -> Bbox {
        let outline = self.publisher.layers().get(LayerId::Boundary).bbox();
        outline.unwrap_or(self.site.municipality.bbox)
    }

    /// Waits for a turn to read a large file.
    pub(super) fn imports(&self) -> Arc<Semaphore> {
        self.imports.clone()
    }
}
