//! Why something was not done with an activation.

use crate::{
    councils::service::RegisterError,
    db::DbError,
    vault::{Unopened, Unsealed},
};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActivationError {
    /// There is no such activation, or nobody of that residency on its roll.
    #[error("there is no such thing")]
    Absent,
    /// Another activation goes on.
    #[error("another activation goes on")]
    OtherOpen,
    /// Something else was sent under the id before.
    #[error("something else was sent under that id")]
    Conflict,
    /// The activation had ended by then.
    #[error("the activation had ended")]
    Ended,
    /// What is stored does not open.
    #[error("the roll-call cannot be opened: {0}")]
    Unopened(#[from] Unopened),
    /// What is known cannot be sealed.
    #[error("the roll-call cannot be sealed: {0}")]
    Unsealed(#[from] Unsealed),
    /// The register.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}
