//! What hosts are sent and say, and the links that are shown once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    geo::Position,
    outings::model::{Answer, OutingState},
    routes::model::{Text, Version},
};

/// A link that is shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingLink)]
pub struct LinkDocument {
    /// Its path. Whoever has it is let in.
    pub path: String,
    /// Until when it counts; absent where it counts until it is revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "date-time")]
    pub expires_at: Option<Timestamp>,
}

/// What a host says.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HostAnswer {
    /// Whether they will be there.
    pub answer: Answer,
    /// What they say besides; may be empty.
    #[serde(default)]
    pub message: String,
}

/// A stop of the route that a host is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = HostBriefingStop)]
pub struct BriefingStop {
    /// Its number, counted from 1.
    pub sequence: usize,
    /// Its name.
    pub name: Text,
    /// Where it is.
    pub location: Position,
    /// How long the group stays, in minutes.
    pub stay_min: u16,
}

/// What a host is told: nothing of any person. All of it comes with the link, so that a ward which lets hosts in from the
/// internet opens no other address.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HostBriefing {
    /// The host's own name.
    pub host: String,
    /// The route's title.
    pub title: Text,
    /// When the outing starts.
    #[schema(value_type = String, format = "date-time")]
    pub starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub duration_min: i64,
    /// Where people meet.
    pub meeting_point: String,
    /// What the department is called that asks.
    pub department_name: String,
    /// How many people come.
    pub headcount: i64,
    /// How far the outing is.
    pub state: OutingState,
    /// Why it is cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How long the route is, in metres.
    pub distance_m: f64,
    /// The route's line: longitudes and latitudes in degrees.
    pub line: Vec<Position>,
    /// The stops in the order of walking.
    pub stops: Vec<BriefingStop>,
    /// What must be said of the network wherever the line is shown.
    pub attributions: Vec<String>,
    /// Whether an answer is still taken: until the outing starts.
    pub may_answer: bool,
    /// What the host said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What the host wrote besides, through its link. What a trainer wrote down of a call is not shown here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "date-time")]
    pub answered_at: Option<Timestamp>,
    /// A report, with thanks, after the outing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

impl HostBriefing {
    /// The stops of a version, as hosts are shown them.
    #[must_use]
    pub fn stops(version: &Version) -> Vec<BriefingStop> {
        let stops = version.design.stops().enumerate();
        stops
            .map(|(index, stop)| BriefingStop {
                sequence: index + 1,
                name: stop.name.clone(),
                location: stop.location,
                stay_min: stop.stay_min,
            })
            .collect()
    }
}

/// What hosts are thanked with.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutingReport {
    /// The report. No names of participants.
    pub text: String,
}
