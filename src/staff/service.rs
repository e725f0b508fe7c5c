//! What the routes of the roster share.

use std::sync::Arc;

use crate::{
    audit::Recorder,
    auth::Gate,
    clock::{Date, Timestamp, tokyo_date},
    db::Db,
    random::SharedRandom,
};

use super::finder::Finder;

/// The roster as a service.
#[derive(Clone)]
pub struct StaffService {
    /// Who is asking; knows the database, the clock and the source of randomness.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Finds people on the roster.
    pub finder: Arc<Finder>,
}

impl StaffService {
    pub(super) fn db(&self) -> &Db {
        self.gate.db()
    }

    pub(super) fn random(&self) -> &SharedRandom {
        self.gate.random()
    }

    pub(super) fn now(&self) -> Timestamp {
        self.gate.clock().now()
    }

    pub(super) fn today(&self) -> Date {
        tokyo_date(self.now())
    }
}
