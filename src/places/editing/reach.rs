//! Whose datasets somebody may reach.

use std::sync::Arc;

use crate::auth::{Caller, Scope};

/// The stewards whose datasets a caller reaches. What is out of reach looks like what does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stewards {
    /// Everybody's.
    Any,
    /// Those of these departments, by name.
    Named(Arc<[String]>),
}

impl Stewards {
    /// Those whom the permission of a caller reaches: their department and those above it keep the
    /// datasets that they work on.
    #[must_use]
    pub fn of(caller: &Caller) -> Self {
        match caller.scope {
            Scope::Any => Self::Any,
            Scope::Department => Self::Named(caller.principal.stewards.clone()),
            // Nobody owns a dataset by themselves.
            Scope::Own => Self::Named(Arc::default()),
        }
    }

    /// Whether a steward is among them.
    #[must_use]
    pub fn cover(&self, steward: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Named(names) => names.iter().any(|name| name == steward),
        }
    }
}
