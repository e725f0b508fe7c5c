//! What HR grants to somebody.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Date;

use super::named;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExemptionKind {
    /// Not to do it in this year (免除).
    Exempt,
    /// To have more time (延期).
    Deferred,
    /// To have study at a desk count, for those who cannot walk (代替学習).
    Desk,
}

named!(ExemptionKind { Exempt = "exempt", Deferred = "deferred", Desk = "desk" });

/// What HR granted, as far as an obligation is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    /// What.
    pub kind: ExemptionKind,
    /// From which day on it counts: the one on which it was granted; for study at a desk the one on which it was done.
    pub since: Date,
    /// Until when it is due, where there is more time.
    pub until: Option<Date>,
}
