//! The JSON of a roll-call.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{attendance::MarkId, clock::Timestamp, councils::model::ResidencyId};

/// Everybody whose gathering it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct GatheringRoll {
    /// Who calls the roll besides the registrar; told to the registrar alone.
    pub(super) roll_callers: Vec<RollCaller>,
    /// Everybody whose it is, or who was marked, in the order of their names.
    pub(super) people: Vec<RollPerson>,
}

/// Somebody who calls the roll.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct RollCaller {
    /// Their staff number.
    pub(super) staff_number: Option<String>,
    /// Their name.
    pub(super) staff_name: Option<String>,
}

/// Somebody on the roll.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct RollPerson {
    /// Their home: by it they are marked.
    #[schema(value_type = String, format = "uuid")]
    pub(super) residency_id: ResidencyId,
    /// Their name.
    pub(super) staff_name: Option<String>,
    /// Their staff number; told to the registrar alone, as is where they live.
    pub(super) staff_number: Option<String>,
    /// The building in which they live.
    pub(super) housing_name: Option<String>,
    /// And the unit.
    pub(super) unit_name: Option<String>,
    /// Whether they mean to come.
    pub(super) signed_up: bool,
    /// Whether they are there, where they were marked.
    pub(super) present: Option<bool>,
    /// Whether they showed it by the code.
    pub(super) by_code: bool,
    /// When they were marked.
    #[schema(value_type = Option<String>, format = "date-time")]
    pub(super) marked_at: Option<Timestamp>,
}

/// A mark of a roll-call.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RollMark {
    /// Made on the phone: sent again, it is the same.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: MarkId,
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub(super) residency_id: ResidencyId,
    /// Whether they are there.
    pub(super) present: bool,
    /// When it was marked, by the phone's clock.
    #[schema(value_type = String, format = "date-time")]
    pub(super) at: Timestamp,
}

/// A roll-call.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkRoll {
    /// Marks, in any order; of each person the latest counts.
    pub(super) marks: Vec<RollMark>,
}
