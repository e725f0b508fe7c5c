//! What happens to outings, each in one transaction that holds the outing.

mod attending;
mod hosting;
mod joining;
mod planning;

use crate::{
    auth::{AccountId, Reach},
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    notify::{Kind, tell},
    random::SharedRandom,
    routes::store::reaches,
    staff::{DepartmentId, StaffId},
};

use super::{
    model::OutingId,
    notices,
    store::{self, Outing},
};

pub(in crate::outings) use attending::check_code;
pub use attending::{MarkOutcome, NewMark, RollCall, check_in, mark};
pub use hosting::{Briefing, LINK_LASTS, answer, answer_by_phone, ask, briefing, report};
pub use joining::{Decision, Nomination, decide, enlist, nominate, sign_up, withdraw};
pub use planning::{cancel, change, create};

/// Who does something, and when.
#[derive(Clone)]
pub struct Actor {
    /// Their account.
    pub account: AccountId,
    /// Who they are on the roster.
    pub staff: Option<StaffId>,
    /// Their department.
    pub department: Option<DepartmentId>,
    /// What they may reach.
    pub reach: Reach,
    /// When.
    pub now: Timestamp,
    /// Today in Tokyo.
    pub today: Date,
    /// Where ids and secrets come from.
    pub random: SharedRandom,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OutingError {
    /// There is no such thing, or not within reach.
    #[error("there is no such thing within reach")]
    Absent,
    /// Somebody else changed the outing first.
    #[error("somebody else changed the outing first")]
    Stale,
    /// The trainer belongs to no department, or is not on the roster.
    #[error("the trainer is not on the roster")]
    NotOnRoster,
    /// There is no such version of a route.
    #[error("there is no such version of a route")]
    NoVersion,
    /// Nobody on the roster has that number.
    #[error("nobody has that staff number")]
    NoTrainer,
    /// It is to start in the past.
    #[error("it is to start in the past")]
    InThePast,
    /// More people have a place than it would have places.
    #[error("{confirmed} people have a place")]
    TooFewPlaces {
        /// How many have one.
        confirmed: i64,
    },
    /// It is over, cancelled or held.
    #[error("it is over, cancelled or held")]
    Closed,
    /// The trainer decided against them; only the trainer can decide otherwise.
    #[error("the trainer decided against it")]
    RefusedBefore,
    /// The code is wrong, or was not shown at that time.
    #[error("the code is wrong")]
    WrongCode,
    /// Too many wrong codes.
    #[error("too many wrong codes")]
    TooManyTries {
        /// When the next one is heard.
        until: Timestamp,
    },
    /// Nobody says of themselves that they were there.
    #[error("it is their own outing")]
    OwnOuting,
    /// They have no place.
    #[error("they have no place in the outing")]
    NotSignedUp,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// An outing, held until the transaction ends.
async fn held(tx: &mut Tx, id: OutingId) -> Result<Outing, OutingError> {
    if !store::lock(tx, id).await? {
        return Err(OutingError::Absent);
    }
    store::outing(tx, id).await?.ok_or(OutingError::Absent)
}

/// An outing of a department within reach, held.
async fn held_in_reach(tx: &mut Tx, actor: &Actor, id: OutingId) -> Result<Outing, OutingError> {
    let outing = held(tx, id).await?;
    if reaches(&actor.reach, outing.department) { Ok(outing) } else { Err(OutingError::Absent) }
}

/// An outing of which the actor is a trainer, held.
async fn held_by_trainer(tx: &mut Tx, actor: &Actor, id: OutingId) -> Result<Outing, OutingError> {
    let outing = held(tx, id).await?;
    if is_trainer(tx, id, actor.staff).await? { Ok(outing) } else { Err(OutingError::Absent) }
}

/// Whether somebody is a trainer of an outing.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_trainer(tx: &mut Tx, id: OutingId, staff: Option<StaffId>) -> Result<bool, DbError> {
    let Some(staff) = staff else { return Ok(false) };
    Ok(store::trainers(tx, id).await?.contains(&staff))
}

/// Tells somebody something of an outing. `round` tells it from the last time.
async fn told(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static Kind,
    outing: &Outing,
    (staff, round): (StaffId, i64),
) -> Result<(), DbError> {
    let notice = notices::notice(kind, outing, staff, round);
    tell(tx, &notice, &actor.random, actor.now).await.map(|_| ())
}
