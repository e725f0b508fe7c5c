//! Why something was not done with an introduction.

use crate::{
    councils::service::RegisterError,
    db::DbError,
    vault::{Unopened, Unsealed},
};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum IntroductionError {
    /// They live in no disaster housing.
    #[error("they live in no disaster housing")]
    NoHome,
    /// No council was decided, or it is not on the map.
    #[error("there is no such council")]
    NoCouncil,
    /// What they consent to is about another council, building or unit than theirs is by now.
    #[error("it was changed meanwhile")]
    Changed,
    /// Somebody has not consented to be introduced to that council, or not any more: the how many-th of those that were meant, from 0.
    #[error("there is no consent")]
    NoConsent(usize),
    /// There is another sheet of that id.
    #[error("there is another sheet of that id")]
    Another,
    /// It is given, or its link does not open any more: nothing can be changed about it.
    #[error("it is final")]
    Final,
    /// The register.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl From<DbError> for IntroductionError {
    fn from(error: DbError) -> Self {
        Self::Register(error.into())
    }
}

impl From<Unopened> for IntroductionError {
    fn from(error: Unopened) -> Self {
        Self::Register(error.into())
    }
}

impl From<Unsealed> for IntroductionError {
    fn from(error: Unsealed) -> Self {
        Self::Register(error.into())
    }
}
