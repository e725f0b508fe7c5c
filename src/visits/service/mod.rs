//! What happens to what phones send: read, judged, stored once.

mod import;
mod judging;
mod receive;

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::{
    auth::AccountId,
    clock::{SharedClock, Timestamp},
    db::{Db, DbError, Tx},
    routes::{RouteId, RouteVersionId},
};

use super::{
    model::{Outcome, OutingId, Refusal, Shown, Verdict},
    store::Stored,
    versions::{Found, Versions},
};

/// A trainer's code as it came with a visit, or was added to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedCode {
    /// Who typed it.
    pub account: AccountId,
    /// The route that they walked.
    pub route: RouteId,
    /// The outing that they say it belongs to.
    pub outing: Option<OutingId>,
    /// As it was typed.
    pub code: String,
    /// When, by the phone's clock.
    pub at: Timestamp,
    /// When the server heard of it.
    pub received_at: Timestamp,
}

/// Says of trainers' codes whether they hold: the outings do. Asked in the transaction that stores the visit, once for
/// each code that is not stored yet, so that what is noted of wrong ones stays with it.
pub trait TrainerCodes: Send + Sync {
    /// Whether a trainer showed the code at the visit's own time.
    fn holds<'t>(&'t self, tx: &'t mut Tx, code: &'t TypedCode) -> BoxFuture<'t, Result<Shown, DbError>>;
}

/// Without outings a trainer decides on every code.
#[derive(Clone, Copy, Debug)]
pub struct NoTrainerCodes;

impl TrainerCodes for NoTrainerCodes {
    fn holds<'t>(&'t self, _: &'t mut Tx, _: &'t TypedCode) -> BoxFuture<'t, Result<Shown, DbError>> {
        Box::pin(async { Ok(Shown::Undecided) })
    }
}

/// Takes in what phones send.
#[derive(Clone)]
pub struct Visits {
    db: Db,
    clock: SharedClock,
    versions: Arc<Versions>,
    trainer: Arc<dyn TrainerCodes>,
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// It is stored, or was before.
    Kept {
        /// Whether it was there before.
        duplicate: bool,
        /// What counts of it.
        outcome: Outcome,
        /// Where its position is to the stop.
        verdict: Option<Verdict>,
    },
    /// Its id names something else.
    Conflict,
    /// It is not taken.
    Refused(Refusal),
}

impl From<Stored> for Received {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::New { outcome, verdict } => Self::Kept { duplicate: false, outcome, verdict },
            Stored::Same { outcome, verdict } => Self::Kept { duplicate: true, outcome, verdict },
            Stored::Other => Self::Conflict,
        }
    }
}

impl Visits {
    /// A service over a database.
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, trainer: Arc<dyn TrainerCodes>) -> Self {
        let versions = Arc::new(Versions::new(db.clone()));
        Self { db, clock, versions, trainer }
    }

    /// Versions within a transaction.
    pub(super) async fn versions(
        &self,
        tx: &mut Tx,
        ids: impl IntoIterator<Item = RouteVersionId>,
    ) -> Result<Found, DbError> {
        self.versions.get_in(tx, ids).await
    }
}
