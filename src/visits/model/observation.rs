//! What walkers notice on the way (気づき), as phones send it.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    geo::Position,
    routes::{RouteVersionId, StopId},
};

use super::{
    Moment, ObservationId, Refusal, RefusalCode as Code,
    canonical::digest,
    sent::{item, moment, phone_id, position, strict, text, uuid},
};

/// The longest observation, in characters.
pub const LONGEST_OBSERVATION: usize = 1_000;
/// The longest name of a category.
const LONGEST_CATEGORY: usize = 32;

/// An observation as a phone sends it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SentObservation)]
pub(in crate::visits) struct ObservationItem {
    /// A UUIDv7, made at the tap.
    #[schema(format = "uuid")]
    id: String,
    /// The time of the tap by the phone's clock, with its offset.
    #[schema(format = DateTime)]
    at: String,
    /// Its kind, such as `danger`: a–z, 0–9 and `_`.
    #[schema(max_length = 32, pattern = "^[a-z0-9_]+$")]
    category: String,
    /// Where.
    #[serde(default)]
    location: Option<Position>,
    /// At which stop.
    #[serde(default)]
    #[schema(format = "uuid")]
    stop_id: Option<String>,
    /// On which version of a route.
    #[serde(default)]
    #[schema(format = "uuid")]
    route_version_id: Option<String>,
    /// What was noticed.
    #[schema(max_length = 1000)]
    text: String,
    /// Whether the walker wishes for an answer.
    #[serde(default)]
    wants_answer: bool,
}

/// An observation that was sent and can be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct SentObservation {
    /// Its id.
    pub id: ObservationId,
    /// When, as the phone says.
    pub moment: Moment,
    /// Its kind.
    pub category: String,
    /// Where.
    pub location: Option<Position>,
    /// At which stop.
    pub stop: Option<StopId>,
    /// On which version of a route.
    pub route_version: Option<RouteVersionId>,
    /// What was noticed.
    pub text: String,
    /// Whether the walker wishes for an answer.
    pub wants_answer: bool,
    /// What tells the item from any other.
    pub digest: [u8; 32],
}

impl SentObservation {
    /// Reads an item as it was sent.
    ///
    /// # Errors
    /// When it cannot be meant; which version and stop there are is looked up by whoever keeps it.
    pub fn read(bytes: &[u8], now: Timestamp) -> Result<Self, Refusal> {
        let value = strict(bytes)?;
        let item: ObservationItem = item(&value)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let length = item.category.len();
        if length == 0 || length > LONGEST_CATEGORY || !item.category.bytes().all(plain) {
            return Err(Refusal::of(Code::Malformed, "category"));
        }
        if let Some(at) = item.location {
            position(at, "location")?;
        }
        let id = |text: Option<String>, field: &str| text.map(|text| uuid(&text, field)).transpose();
        let said = text(Some(item.text), LONGEST_OBSERVATION, "text")?;
        Ok(Self {
            id: ObservationId(phone_id(&item.id)?),
            moment: moment(&item.at, now)?,
            category: item.category,
            location: item.location,
            stop: id(item.stop_id, "stop_id")?.map(StopId),
            route_version: id(item.route_version_id, "route_version_id")?.map(RouteVersionId),
            text: said.ok_or_else(|| Refusal::of(Code::Malformed, "text"))?,
            wants_answer: item.wants_answer,
            digest: digest(&value),
        })
    }
}
