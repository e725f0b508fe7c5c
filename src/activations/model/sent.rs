//! Answers as phones send them, each read by itself.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    clock::Timestamp,
    visits::model::{Moment, Strict, digest},
};

use super::{ActivationId, Answer, AnswerId, Refusal, RefusalCode as Code};

/// 2020-01-01T00:00:00 in Tokyo: a clock that says less was never set.
const FIRST_S: i64 = 1_577_804_400;

/// An answer as a phone sends it. Names that are not known here are left alone: a newer phone may say more.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SentAnswer)]
pub(in crate::activations) struct AnswerItem {
    /// A UUIDv7, made at the tap.
    #[schema(format = "uuid")]
    id: String,
    /// The activation.
    #[schema(format = "uuid")]
    activation_id: String,
    /// How one is.
    answer: Answer,
    /// The time of the tap by the phone's clock, with its offset.
    #[schema(format = DateTime)]
    answered_at: String,
}

/// An answer that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentAnswer {
    /// Its id.
    pub id: AnswerId,
    /// The activation.
    pub activation: ActivationId,
    /// How one is.
    pub answer: Answer,
    /// When it was tapped, as the phone says.
    pub said_at: Timestamp,
    /// What tells the item from any other.
    pub digest: [u8; 32],
}

impl SentAnswer {
    /// Reads an item as it was sent.
    ///
    /// # Errors
    /// When it cannot be meant; whether there is such an activation is looked up by whoever takes it.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let Strict(value) = serde_json::from_slice(bytes).map_err(|_| Code::Malformed)?;
        let item = AnswerItem::deserialize(&value).map_err(|_| Code::Malformed)?;
        let id = uuid(&item.id).filter(|id| id.get_version_num() == 7).ok_or(Code::BadId)?;
        let activation = uuid(&item.activation_id).ok_or(Code::UnknownActivation)?;
        let moment = Moment::read(&item.answered_at).ok_or(Code::BadTime)?;
        if moment.at.as_second() < FIRST_S {
            return Err(Code::BadTime.into());
        }
        Ok(Self {
            id: AnswerId(id),
            activation: ActivationId(activation),
            answer: item.answer,
            said_at: moment.at,
            digest: digest(&value),
        })
    }
}

/// An id written as the database writes it, so that one id has one spelling.
fn uuid(text: &str) -> Option<Uuid> {
    text.parse::<Uuid>().ok().filter(|id| id.hyphenated().to_string() == text)
}
