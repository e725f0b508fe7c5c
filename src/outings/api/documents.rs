//! What is sent and received.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    outings::{
        model::{Answer, HostId, OutingId, OutingState, SignUpState},
        store::{Host, Outing, Participant, SignUp},
    },
    routes::{
        RouteId, RouteVersionId,
        model::{HostKind, Text},
    },
    staff::StaffId,
};

/// A host by what everybody may know.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingHost)]
pub struct HostItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: HostId,
    /// What kind.
    pub kind: HostKind,
    /// The organisation's name.
    pub name: String,
}

/// How one stands to an outing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingMine)]
pub struct Mine {
    /// How.
    pub state: SignUpState,
    /// The place on the waiting list, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_place: Option<i64>,
}

/// An outing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Outing)]
pub struct OutingItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: OutingId,
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// The version that is walked.
    #[schema(value_type = String, format = "uuid")]
    pub route_version_id: RouteVersionId,
    /// The number of that version: `/api/routes/{route_id}/versions/{route_number}` has its line and its stops.
    pub route_number: i64,
    /// The route's title.
    pub title: Text,
    /// When it starts.
    #[schema(value_type = String, format = "date-time")]
    pub starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub duration_min: i64,
    /// Where people meet.
    pub meeting_point: String,
    /// What the department is called that holds it.
    pub department_name: String,
    /// How many can take part.
    pub capacity: i64,
    /// How many have a place.
    pub confirmed: i64,
    /// How many wait for one.
    pub waiting: i64,
    /// How far it is.
    pub state: OutingState,
    /// Why it is cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who welcomes the group.
    pub hosts: Vec<HostItem>,
    /// How one stands to it oneself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mine: Option<Mine>,
    /// Whether one is a trainer of it.
    pub is_trainer: bool,
    /// Whether one may change it, cancel it and ask its hosts: as a trainer of the department that holds it.
    pub may_change: bool,
    /// For its trainers: what its hosts are thanked with, once that is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
}

/// What of an outing is counted and looked up besides.
pub struct Around {
    /// How many have a place, and how many wait.
    pub counts: (i64, i64),
    /// Its hosts.
    pub hosts: Vec<Host>,
    /// How the caller stands to it.
    pub mine: Option<Mine>,
    /// Whether the caller is a trainer of it.
    pub is_trainer: bool,
    /// Whether the caller may change it.
    pub may_change: bool,
}

impl OutingItem {
    /// An outing with what is around it.
    #[must_use]
    pub fn new(outing: Outing, around: Around) -> Self {
        let hosts = around.hosts.into_iter();
        Self {
            id: outing.id,
            route_id: outing.route,
            route_version_id: outing.route_version,
            route_number: outing.route_number,
            title: outing.title,
            starts_at: outing.starts_at,
            duration_min: outing.duration_min,
            meeting_point: outing.meeting_point,
            department_name: outing.department_name,
            capacity: outing.capacity,
            confirmed: around.counts.0,
            waiting: around.counts.1,
            state: outing.state,
            reason: Some(outing.reason).filter(|reason| !reason.is_empty()),
            hosts: hosts.map(|host| HostItem { id: host.id, kind: host.kind, name: host.name }).collect(),
            mine: around.mine,
            is_trainer: around.is_trainer,
            may_change: around.may_change,
            report: Some(outing.report).filter(|report| around.is_trainer && !report.is_empty()),
        }
    }
}

/// Outings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutingList {
    /// Outings, in order.
    pub outings: Vec<OutingItem>,
    /// Where the next page is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Why an outing is cancelled.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelOuting {
    /// Why; everybody whom it concerns reads it.
    pub reason: String,
}

/// Somebody who takes part.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingParticipant)]
pub struct ParticipantItem {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub staff_id: StaffId,
    /// Their number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The reading of their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_kana: Option<String>,
    /// What their department is called.
    pub department_name: String,
    /// How they stand to the outing.
    pub state: SignUpState,
    /// Whether their department put them forward.
    pub nominated: bool,
    /// Whether they were there; absent while nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<bool>,
}

impl ParticipantItem {
    /// Somebody, and whether they were there.
    #[must_use]
    pub fn new(participant: Participant, present: Option<bool>) -> Self {
        Self {
            staff_id: participant.sign_up.staff,
            number: participant.number,
            name: participant.name,
            name_kana: participant.name_kana,
            department_name: participant.department_name,
            state: participant.sign_up.state,
            nominated: participant.sign_up.nominated_by.is_some(),
            present,
        }
    }
}

/// What a host said.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingHostAnswer)]
pub struct HostAnswerItem {
    /// The host.
    #[schema(value_type = String, format = "uuid")]
    pub id: HostId,
    /// Its name.
    pub name: String,
    /// When it was asked by a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "date-time")]
    pub asked_at: Option<Timestamp>,
    /// What it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// What it said besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "date-time")]
    pub answered_at: Option<Timestamp>,
    /// Whether a trainer wrote it down.
    pub by_phone: bool,
}

impl From<Host> for HostAnswerItem {
    fn from(host: Host) -> Self {
        Self {
            id: host.id,
            name: host.name,
            asked_at: host.asked_at,
            answer: host.answer,
            message: host.message,
            answered_at: host.answered_at,
            by_phone: host.by_phone,
        }
    }
}

/// A trainer of an outing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingTrainer)]
pub struct TrainerItem {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub staff_id: StaffId,
    /// Their number, by which a change of the outing names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Who takes part, in the order in which they came.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OutingParticipants)]
pub struct ParticipantList {
    /// For trainers everybody; for coordinators those whom they put forward.
    pub participants: Vec<ParticipantItem>,
    /// For trainers, who they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trainers: Option<Vec<TrainerItem>>,
    /// For trainers, what hosts said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_answers: Option<Vec<HostAnswerItem>>,
}

/// Whom a coordinator puts forward.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nominate {
    /// Members of staff, in the order of preference.
    #[schema(value_type = Vec<String>)]
    pub staff_ids: Vec<StaffId>,
}

/// What became of somebody who was put forward.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct NominationOutcome {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub staff_id: StaffId,
    /// How they stand to the outing now; absent when there is nobody like that in one's department and below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<SignUpState>,
}

/// What became of everybody who was put forward.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NominationOutcomes {
    /// In the order in which they were sent.
    pub results: Vec<NominationOutcome>,
}

/// What a trainer decides.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decide {
    /// Who takes part, in the order in which places are given.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub accept: Vec<StaffId>,
    /// Who does not.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub refuse: Vec<StaffId>,
}

/// How somebody stands to the outing after a decision.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Decided {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub staff_id: StaffId,
    /// How.
    pub state: SignUpState,
}

/// How everybody stands to the outing after a decision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DecidedList {
    /// In the order in which they came.
    pub results: Vec<Decided>,
}

impl From<SignUp> for Decided {
    fn from(sign_up: SignUp) -> Self {
        Self { staff_id: sign_up.staff, state: sign_up.state }
    }
}

/// Whom a trainer puts on the list.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Enlist {
    /// Staff numbers, in the order in which places are given.
    pub numbers: Vec<String>,
}

/// What became of a staff number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Enlisted {
    /// The number.
    pub number: String,
    /// How they stand to the outing now; absent when nobody on the roster has that number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<SignUpState>,
}

/// What became of each staff number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EnlistedList {
    /// In the order in which they were sent.
    pub results: Vec<Enlisted>,
}

/// Whether one's calendar has an address. The address itself is shown once, when it is made.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct CalendarState {
    /// When its address was made; absent while it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "date-time")]
    pub made_at: Option<Timestamp>,
}
