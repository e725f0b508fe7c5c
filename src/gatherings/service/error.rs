//! Why something was not done.

use crate::{
    clock::Timestamp,
    councils::service::RegisterError,
    db::DbError,
    vault::{Unopened, Unsealed},
};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum GatheringError {
    /// There is no such thing, or not within reach.
    #[error("there is no such thing within reach")]
    Absent,
    /// Somebody else changed it first.
    #[error("somebody else changed it first")]
    Stale,
    /// Nobody on the roster has a staff number that was named.
    #[error("nobody has that staff number")]
    NoRollCaller,
    /// It is over, cancelled, or it is forgotten who took part.
    #[error("it is over, cancelled or forgotten")]
    Closed,
    /// The code is wrong, or was not shown at that time.
    #[error("the code is wrong")]
    WrongCode,
    /// Too many wrong codes.
    #[error("too many wrong codes")]
    TooManyTries {
        /// When the next one is heard.
        until: Timestamp,
    },
    /// Who sees the code does not use it.
    #[error("they see the code themselves")]
    OwnRoll,
    /// They cannot hand anything over: they live in no disaster housing, or have left it long ago.
    #[error("they have nothing to hand over")]
    NoHandover,
    /// A note that was released is not changed any more.
    #[error("the note was released")]
    Released,
    /// The register does not open.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Unopened> for GatheringError {
    fn from(error: Unopened) -> Self {
        Self::Register(error.into())
    }
}

impl From<Unsealed> for GatheringError {
    fn from(error: Unsealed) -> Self {
        Self::Register(error.into())
    }
}
