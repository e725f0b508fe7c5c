//! What residents answer (安否・参集状況).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{clock::Timestamp, councils::model::ResidencyId, ids};

ids! {
    /// The id of an answer: a UUIDv7 that the phone makes at the tap, or one of the registrar's page.
    AnswerId,
}

/// How somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RollCallAnswer)]
pub enum Answer {
    /// 無事: safe, and not on the way.
    Safe,
    /// 参集中: on the way to where they gather.
    OnTheWay,
    /// 参集済: there.
    Arrived,
    /// 参集不能: they cannot come.
    Unable,
}

impl Answer {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::Safe, Self::OnTheWay, Self::Arrived, Self::Unable];
}

/// From whom an answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AnsweredBy)]
pub enum By {
    /// The resident tapped it.
    Resident,
    /// A registrar took it by phone.
    Registrar,
}

/// What is known of an answer. All of it is sealed, whose it is included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFacts {
    /// Whose it is.
    pub residency: ResidencyId,
    /// How they are.
    pub answer: Answer,
    /// The tap, as it counts.
    pub answered_at: Timestamp,
    /// The tap as a phone said whose clock was off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_at: Option<Timestamp>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// From whom.
    pub by: By,
    /// What the registrar noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What tells it from any other that was sent under its id.
    pub digest: [u8; 32],
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub id: AnswerId,
    /// The how many-th change of the activation it was.
    pub sequence: i64,
    /// What is known of it.
    pub facts: AnswerFacts,
}

impl Given {
    /// By what the answers of one person are in order: the latest tap counts, and of two at one moment the larger id. In which order
    /// they arrived never matters.
    #[must_use]
    pub const fn order(&self) -> (Timestamp, AnswerId) {
        (self.facts.answered_at, self.id)
    }
}
