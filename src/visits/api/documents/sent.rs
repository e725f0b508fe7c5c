//! The JSON of what phones send, and what became of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    http::Language,
    visits::{
        model::{AdditionItem, ObservationItem, Outcome, RefusalCode, Verdict, VisitItem},
        service::Received,
    },
};

use super::pick;

/// Visits to be logged.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SendVisits {
    /// At most 500. Each is taken or refused by itself.
    #[schema(max_items = 500)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    visits: Vec<VisitItem>,
    /// The time by the phone's clock when it sends.
    #[schema(format = DateTime)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    sent_at: Option<String>,
}

/// What is added to a visit.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SendAdditions {
    /// At most 500. Each is taken or refused by itself.
    #[schema(max_items = 500)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    additions: Vec<AdditionItem>,
    /// The time by the phone's clock when it sends.
    #[schema(format = DateTime)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    sent_at: Option<String>,
}

/// Observations to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SendObservations {
    /// At most 500. Each is taken or refused by itself.
    #[schema(max_items = 500)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    observations: Vec<ObservationItem>,
}

/// What became of each item, in the order in which they were sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemResults {
    /// One for each item.
    pub results: Vec<ItemResult>,
}

/// What became of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemResult {
    /// The id that it names; absent when it names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What became of it.
    pub status: ItemStatus,
    /// Of what is stored: what counts of the visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Of what is stored: where its position is to the stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// It is stored durably.
    Stored,
    /// The same was stored before.
    Duplicate,
    /// Its id names something else.
    Conflict,
    /// It is not taken: sending it again unchanged ends the same way.
    Refused,
}

/// Why an item is refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reason {
    /// The kind.
    pub code: RefusalCode,
    /// In the caller's language.
    pub message: String,
}

impl ItemResult {
    /// The answer for one item. What is not judged has no outcome.
    pub(in crate::visits::api) fn new(
        id: Option<String>,
        received: Received,
        language: Language,
        judged: bool,
    ) -> Self {
        let mut result =
            Self { id, status: ItemStatus::Conflict, outcome: None, verdict: None, reason: None };
        match received {
            Received::Kept { duplicate, outcome, verdict } => {
                result.status = if duplicate { ItemStatus::Duplicate } else { ItemStatus::Stored };
                result.outcome = judged.then_some(outcome);
                result.verdict = verdict;
            }
            Received::Conflict => {}
            Received::Refused(refusal) => {
                result.status = ItemStatus::Refused;
                result.reason =
                    Some(Reason { code: refusal.code, message: pick(language, refusal.message()) });
            }
        }
        result
    }
}
