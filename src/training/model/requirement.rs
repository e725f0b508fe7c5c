//! What counts as having done a programme's training.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How well it must be shown that somebody was at the stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TrainingEvidence)]
pub enum Evidence {
    /// As each stop asks.
    #[default]
    Accepted,
    /// By more than saying so: position, poster, photo, an outing or a trainer.
    Proven,
}

/// What counts: walks, or an outing, or study at a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TrainingRequirement)]
pub struct Requirement {
    /// So many different published routes.
    #[schema(minimum = 1, maximum = 50)]
    pub routes: u8,
    /// Of them so many that were not walked in the years before.
    #[serde(default)]
    #[schema(maximum = 50)]
    pub new_routes: u8,
    /// How many fiscal years before are looked at for that.
    #[serde(default = "three")]
    #[schema(minimum = 1, maximum = 30)]
    pub new_within_years: u8,
    /// Of the routes so many in other districts (地区) than that in which somebody works.
    #[serde(default, skip_serializing_if = "is_none")]
    #[schema(maximum = 50)]
    pub away_routes: u8,
    /// How well visits must be shown.
    #[serde(default)]
    pub evidence: Evidence,
    /// Whether one guided outing (実施回) counts in their stead.
    #[serde(default)]
    pub or_outing: bool,
    /// Whether study at a desk counts for those to whom HR grants it.
    #[serde(default)]
    pub or_desk: bool,
}

const fn three() -> u8 {
    3
}

/// A rule that asks for no such routes is written as it was before there were any.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_none(routes: &u8) -> bool {
    *routes == 0
}
