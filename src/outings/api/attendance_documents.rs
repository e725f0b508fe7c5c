//! The marks of a roll-call.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{attendance::MarkId, clock::Timestamp, staff::StaffId};

/// A mark of a roll-call.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[schema(as = AttendanceMark)]
#[serde(deny_unknown_fields)]
pub struct MarkDocument {
    /// Made on the phone: sent again, it is the same.
    #[schema(value_type = String, format = "uuid")]
    pub id: MarkId,
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub staff_id: StaffId,
    /// Whether they are there.
    pub present: bool,
    /// When it was marked, by the phone's clock.
    #[schema(value_type = String, format = "date-time")]
    pub at: Timestamp,
}

/// A roll-call.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkAttendance {
    /// Marks, in any order; of each person the latest counts.
    pub marks: Vec<MarkDocument>,
}
