//! Why something was not done with the register.

use crate::{
    councils::model::Clash,
    db::DbError,
    vault::{Unopened, Unsealed},
};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The server has no keys for it.
    #[error("there are no keys for the register")]
    NoKeys,
    /// There is no such thing.
    #[error("there is no such thing")]
    Absent,
    /// Somebody else changed it meanwhile.
    #[error("it was changed meanwhile")]
    Changed,
    /// The unit is taken, or the person lives elsewhere.
    #[error("it clashes with another residency")]
    Clash(Clash),
    /// A unit is closed.
    #[error("the unit is closed")]
    Closed,
    /// It has units or residents.
    #[error("it is in use")]
    InUse,
    /// There is no such member of staff.
    #[error("there is no such member of staff")]
    NoStaff,
    /// There is no such council.
    #[error("there is no such council")]
    NoCouncil,
    /// A decision that begins before the residency, or after its end.
    #[error("the day is not one of the residency's")]
    OtherDay,
    /// A decision that is not as suggested, without a reason: the how many-th of those that were meant, from 0.
    #[error("a decision that is not as suggested needs a reason")]
    Unreasoned(usize),
    /// The register has changed since a list was shown.
    #[error("the register has changed since the preview: make another")]
    OutOfDate,
    /// Rows of a list are refused.
    #[error("{0} rows are refused: mend them, or say that the others are to be taken in without them")]
    RefusedRows(usize),
    /// What is stored does not open.
    #[error("the register cannot be opened: {0}")]
    Unopened(#[from] Unopened),
    /// What is known cannot be sealed.
    #[error("the register cannot be sealed: {0}")]
    Unsealed(#[from] Unsealed),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}
