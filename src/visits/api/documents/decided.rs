//! The JSON of decisions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::visits::model::{Outcome, VisitId};

/// A decision on a visit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideVisit {
    /// What is decided.
    pub decision: Verdicted,
    /// Why; needed to reject.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// How many decisions the caller saw on it. When there are others now, nothing is decided.
    #[serde(default)]
    pub seen_decisions: Option<u32>,
}

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = VisitDecision)]
pub enum Verdicted {
    /// It counts.
    Accept,
    /// It does not.
    Reject,
}

/// Why a visit is voided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidVisit {
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
    /// How many decisions the caller saw on it. When there are others now, nothing is decided.
    #[serde(default)]
    pub seen_decisions: Option<u32>,
}

/// What counts of a visit after a decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedVisit {
    /// The visit.
    #[schema(value_type = String, format = "uuid")]
    pub id: VisitId,
    /// What counts of it.
    pub outcome: Outcome,
}

/// One decision on several visits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideVisits {
    /// At most 200.
    #[schema(max_items = 200)]
    pub visits: Vec<VisitToDecide>,
    /// What is decided of each.
    pub decision: Verdicted,
    /// Why; needed to reject.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// One of several visits that are decided on together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitToDecide {
    /// The visit.
    pub id: String,
    /// How many decisions the caller saw on it. When there are others now, nothing is decided on it.
    #[serde(default)]
    pub seen_decisions: Option<u32>,
}

/// What became of each visit, in the order in which they were named.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedVisits {
    /// One for each.
    pub results: Vec<DecidedItem>,
}

/// What became of one of several visits.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedItem {
    /// The visit.
    pub id: String,
    /// What became of it.
    pub status: DecidedStatus,
    /// What counts of it now; only when it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Why nothing was decided, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Whether something was decided on a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecidedStatus {
    /// It was.
    Decided,
    /// It is the caller's own: another trainer decides.
    Own,
    /// The caller imported it: another trainer accepts it.
    Imported,
    /// Somebody else decided meanwhile.
    Changed,
    /// There is no such visit, or its details were erased after their period.
    Absent,
}
