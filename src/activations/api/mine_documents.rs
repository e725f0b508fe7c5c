//! The JSON of the activation that concerns oneself, and of what one's phone sends.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    activations::{
        model::{ActivationId, Answer, AnswerItem, Kind, RefusalCode},
        service::Received,
    },
    clock::Timestamp,
    http::Language,
};

use super::documents::RollMuster;

/// What goes on for oneself.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyActivationDocument {
    /// The activation that goes on; none for whoever is not on its roll.
    pub(super) activation: Option<MyActivation>,
}

/// An activation that concerns oneself.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyActivation {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: ActivationId,
    /// Whether it is meant. A drill is marked 訓練 wherever it is shown.
    pub(super) kind: Kind,
    /// One line, in the reader's language where it was given.
    pub(super) title: String,
    /// What one is to know and do, likewise.
    pub(super) message: String,
    /// When it was declared.
    #[schema(value_type = String, format = DateTime)]
    pub(super) declared_at: Timestamp,
    /// When it ended: none, as long as it goes on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) ended_at: Option<Timestamp>,
    /// Where one gathers, where that is known.
    pub(super) muster: Option<RollMuster>,
    /// One's council, where it was decided.
    pub(super) council_name: Option<String>,
    /// What counts of what one has answered.
    pub(super) answer: Option<MyAnswer>,
}

/// What one has answered.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct MyAnswer {
    /// How one is.
    pub(super) answer: Answer,
    /// When one tapped it.
    #[schema(value_type = String, format = DateTime)]
    pub(super) answered_at: Timestamp,
}

/// Answers to be taken in.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SendAnswers {
    /// At most 100. Each is taken or refused by itself.
    #[schema(max_items = 100)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    answers: Vec<AnswerItem>,
    /// The time by the phone's clock when it sends.
    #[schema(format = DateTime)]
    #[expect(dead_code, reason = "documents the body, which is read item by item")]
    sent_at: Option<String>,
}

/// What became of each answer, in the order in which they were sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnswerResults {
    /// One for each answer.
    pub(super) results: Vec<AnswerResult>,
}

/// What became of an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnswerResult {
    /// The id that it names; absent when it names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// What became of it.
    status: AnswerStatus,
    /// Why it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<AnswerRefusal>,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AnswerStatus {
    /// It is stored durably.
    Stored,
    /// The same was stored before.
    Known,
    /// It is not taken: sending it again unchanged ends the same way.
    Refused,
}

/// Why an answer is refused.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnswerRefusal {
    /// The kind.
    code: RefusalCode,
    /// In the caller's language.
    message: String,
}

impl AnswerResult {
    pub(super) fn new(id: Option<String>, received: Received, language: Language) -> Self {
        let (status, reason) = match received {
            Received::Stored => (AnswerStatus::Stored, None),
            Received::Known => (AnswerStatus::Known, None),
            Received::Refused(refusal) => {
                let message = refusal.message();
                let message = language.pick(message.ja, message.en);
                (AnswerStatus::Refused, Some(AnswerRefusal { code: refusal.0, message }))
            }
        };
        Self { id, status, reason }
    }
}
