//! The codes on the trainer's screen, and the marks of a roll-call.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{clock::Timestamp, outings::model::MarkId, staff::StaffId};

/// The rotating code, and the codes of the outing's hours for a phone without a network.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingCodes)]
pub struct CodeSheet {
    /// The code now; absent outside the outing's hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// For how long a code is shown, in seconds.
    pub step_s: i64,
    /// How far, in seconds, a visit's time may be from the time at which its code was shown.
    pub window_s: i64,
    /// When the first of `codes` is shown.
    #[schema(value_type = String, format = "date-time")]
    pub from: Timestamp,
    /// One code for each step from then on; empty until a day before the start.
    pub codes: Vec<String>,
}

/// A code that somebody saw.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// Made on the phone: sent again, it is the same.
    #[schema(value_type = String, format = "uuid")]
    pub id: MarkId,
    /// Six digits.
    pub code: String,
    /// When they were typed, by the phone's clock.
    #[schema(value_type = String, format = "date-time")]
    pub at: Timestamp,
}

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

/// What became of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkStatus {
    /// It is kept.
    Stored,
    /// It was there already.
    Duplicate,
    /// Another mark has its id.
    Conflict,
    /// It cannot be kept.
    Refused,
}

/// What became of a mark.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MarkResult)]
pub struct MarkResult {
    /// The mark.
    #[schema(value_type = String, format = "uuid")]
    pub id: MarkId,
    /// What became of it.
    pub status: MarkStatus,
    /// Why it cannot be kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of each mark.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MarkResults {
    /// In the order in which they were sent.
    pub results: Vec<MarkResult>,
}
