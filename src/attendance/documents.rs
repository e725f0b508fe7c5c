//! The JSON of codes on a screen, and of what became of marks.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::Timestamp;

use super::{CodeKey, MarkId, STEP_S, WINDOW, hours, step_of};

/// How long before the event a phone may fetch its codes.
const EARLY: SignedDuration = SignedDuration::from_hours(24);

/// The rotating code, and the codes of the event's hours for a phone without a network.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RotatingCodes)]
pub struct CodeSheet {
    /// The code now; absent outside the event's hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// For how long a code is shown, in seconds.
    pub step_s: i64,
    /// How far, in seconds, the time of typing may be from the time at which a code was shown.
    pub window_s: i64,
    /// When the first of `codes` is shown.
    #[schema(value_type = String, format = "date-time")]
    pub from: Timestamp,
    /// One code for each step from then on; empty until a day before the start.
    pub codes: Vec<String>,
}

impl CodeSheet {
    /// The codes of an event that starts then and takes so many minutes.
    #[must_use]
    pub fn of(key: &CodeKey, (starts_at, duration_min): (Timestamp, i64), now: Timestamp) -> Self {
        let (from, until) = hours(starts_at, duration_min);
        let (first, last) = (step_of(from), step_of(until));
        let is_near = now >= from.saturating_sub(EARLY).unwrap_or(from) && now <= until;
        let codes = if is_near { (first..=last).map(|step| key.code(step)).collect() } else { Vec::new() };
        let code = (from <= now && now <= until).then(|| key.code(step_of(now)));
        let from = Timestamp::from_second(first * STEP_S).unwrap_or(from);
        Self { code, step_s: STEP_S, window_s: WINDOW.as_secs(), from, codes }
    }
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
