//! Why a row was refused.

use serde::{Deserialize, Serialize};

/// Why, in both languages. Says what to do; quotes no more than the one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RowReason)]
pub struct Reason {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Reason {
    /// A reason.
    #[must_use]
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }
}
