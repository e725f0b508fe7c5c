//! The JSON of what is looked at afterwards.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    activations::model::{Answer, By, MinutesTo, PerCouncil, PerMinute},
    clock::Timestamp,
    councils::model::{CouncilId, ResidencyId},
    notify::Channel,
};

use super::documents::{DeclaredActivation, RollRow};

/// An activation, looked at afterwards.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ActivationReview {
    /// The activation.
    pub(super) activation: DeclaredActivation,
    /// In how many minutes so many had answered.
    pub(super) minutes_to: MinutesTo,
    /// How many had their first answer in which minute.
    pub(super) by_minute: Vec<PerMinute>,
    /// How the residents of each council answered.
    pub(super) by_council: Vec<ReviewCouncil>,
    /// Who has not answered.
    pub(super) silent: Vec<RollRow>,
    /// What happened, in order.
    pub(super) timeline: Vec<TimelineItem>,
}

/// How a council's residents answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ReviewCouncil {
    /// The council; none of those for whom none was decided.
    #[schema(value_type = Option<String>)]
    council_id: Option<CouncilId>,
    /// What it was called.
    council_name: Option<String>,
    /// How many residents it has.
    residents: usize,
    /// How many of them answered.
    answered: usize,
    /// How many were there in the end.
    arrived: usize,
    /// How many could not come.
    unable: usize,
}

impl From<PerCouncil> for ReviewCouncil {
    fn from(of: PerCouncil) -> Self {
        Self {
            council_id: of.council,
            council_name: of.name,
            residents: of.residents,
            answered: of.answered,
            arrived: of.arrived,
            unable: of.unable,
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TimelineItem {
    /// When; of an answer, its tap.
    #[schema(value_type = String, format = DateTime)]
    pub(super) at: Timestamp,
    /// What.
    pub(super) what: TimelineWhat,
    /// Of being told: by which channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<Channel>,
    /// Of being told: how many were, the last of them at that moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) count: Option<usize>,
    /// Of an answer: whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub(super) residency_id: Option<ResidencyId>,
    /// Of an answer: their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) staff_name: Option<String>,
    /// Of an answer: how they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answer: Option<Answer>,
    /// Of an answer: from whom it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<By>,
    /// Of an answer: when it arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) received_at: Option<Timestamp>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TimelineWhat {
    /// It was declared.
    Declared,
    /// Residents were told.
    Told,
    /// Somebody answered.
    Answer,
    /// It ended.
    Ended,
}
