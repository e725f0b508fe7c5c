//! The JSON of visits.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    auth::AccountId,
    clock::Date,
    geo::Position,
    http::{Language, Message},
    routes::{
        RouteId, RouteVersionId, StopId,
        model::{Evidence as EvidenceKind, Text},
    },
    visits::{
        model::{
            AdditionId, AdditionItem, Evidence, Flag, ObservationItem, Outcome, RefusalCode, Shown,
            StopState, Verdict, VisitId, VisitItem, VisitPhotoId, Weighed,
        },
        service::Received,
        store::{Addition, Decision, DecisionKind},
    },
};

fn pick(language: Language, message: Message) -> String {
    language.pick(message.ja, message.en)
}

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
    pub(super) fn new(id: Option<String>, received: Received, language: Language, judged: bool) -> Self {
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

/// One's own visits of a fiscal year.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyVisits {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// By time.
    pub visits: Vec<VisitDocument>,
}

/// Visits, as trainers see them.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitList {
    /// By id, which is about by time.
    pub visits: Vec<OwnedVisit>,
    /// The next page.
    pub next: Option<String>,
}

/// A visit with whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnedVisit {
    /// Whose it is.
    pub owner: OwnerDocument,
    /// Whether it is the caller's own: nobody decides on those.
    pub own: bool,
    /// The visit.
    pub visit: VisitDocument,
}

/// Whose something is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnerDocument {
    /// Their account.
    #[schema(value_type = String, format = "uuid")]
    pub account_id: AccountId,
    /// The number with which they sign in.
    pub login: String,
    /// Their name.
    pub name: Option<String>,
}

/// A visit as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitDocument {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: VisitId,
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// Its version.
    #[schema(value_type = String, format = "uuid")]
    pub route_version_id: RouteVersionId,
    /// The version's title.
    pub route_title: Text,
    /// The stop.
    #[schema(value_type = String, format = "uuid")]
    pub stop_id: StopId,
    /// Its name.
    pub stop_name: Text,
    /// Where the stop is.
    pub stop_location: Position,
    /// How near one has to come, in metres.
    pub stop_radius_m: u16,
    /// What the stop asks for; any one suffices.
    pub asked: Vec<EvidenceKind>,
    /// The day in Tokyo.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The time by the phone's clock; null when it was erased after its retention period.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// When it arrived.
    #[schema(format = DateTime)]
    pub received_at: Option<String>,
    /// The rule that judged it.
    pub rule: String,
    /// What counts of it.
    pub outcome: Outcome,
    /// Where its position is to the stop, the best of all.
    pub verdict: Option<Verdict>,
    /// Reasons to look twice.
    pub flags: Vec<FlagDocument>,
    /// What shows it.
    pub evidence: Vec<EvidenceDocument>,
    /// A note.
    pub note: Option<String>,
    /// The photos that it names.
    pub photos: Vec<PhotoDocument>,
    /// What was added later.
    pub additions: Vec<AdditionDocument>,
    /// What trainers decided; the last one counts.
    pub decisions: Vec<DecisionDocument>,
}

/// A reason to look twice.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagDocument {
    /// The kind.
    pub code: Flag,
    /// In the caller's language.
    pub message: String,
}

impl FlagDocument {
    pub(super) fn new(flag: Flag, language: Language) -> Self {
        Self { code: flag, message: pick(language, flag.message()) }
    }
}

/// A piece of evidence. Codes are not shown again.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceDocument {
    /// Its kind.
    pub kind: EvidenceKind,
    /// Whether it shows the visit.
    pub shown: Shown,
    /// Whether the stop asks for this kind.
    pub asked: bool,
    /// Of a position: where it is to the stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Of a position: where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Position>,
    /// Of a position: the radius of the circle within which it is, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
    /// Of a position: how old it was, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_s: Option<f64>,
    /// Of a position: how far from the stop, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
    /// Of a photo: its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub photo_id: Option<VisitPhotoId>,
    /// Of an answer: what was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl From<Weighed> for EvidenceDocument {
    fn from(weighed: Weighed) -> Self {
        let mut document = Self {
            kind: weighed.evidence.kind(),
            shown: weighed.shown,
            asked: weighed.asked,
            verdict: weighed.verdict,
            location: None,
            accuracy_m: None,
            age_s: None,
            distance_m: weighed.distance_m,
            photo_id: None,
            text: None,
        };
        match weighed.evidence {
            Evidence::Gps(fix) => {
                document.location = Some(fix.location);
                document.accuracy_m = Some(fix.accuracy_m);
                document.age_s = Some(fix.age_s);
            }
            Evidence::Photo { photo_id } => document.photo_id = Some(photo_id),
            Evidence::Answer { text } => document.text = Some(text),
            Evidence::SelfReport | Evidence::Qr { .. } | Evidence::Trainer { .. } => {}
        }
        document
    }
}

/// A photo that a visit names.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhotoDocument {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub photo_id: VisitPhotoId,
    /// How far it is.
    pub state: PhotoProgress,
}

/// How far a photo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhotoProgress {
    /// Nothing of it is here yet.
    Missing,
    /// Some of it is here.
    Partial,
    /// It is here.
    Complete,
}

/// Something that was added to a visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdditionDocument {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: AdditionId,
    /// The time by the phone's clock.
    #[schema(format = DateTime)]
    pub at: Option<String>,
    /// When it arrived.
    #[schema(format = DateTime)]
    pub received_at: String,
    /// What shows the visit.
    pub evidence: Vec<EvidenceDocument>,
    /// A note.
    pub note: Option<String>,
}

impl From<Addition> for AdditionDocument {
    fn from(addition: Addition) -> Self {
        Self {
            id: addition.id,
            at: addition.moment.map(crate::visits::model::Moment::text),
            received_at: addition.received_at.to_string(),
            evidence: addition.evidence.into_iter().map(Into::into).collect(),
            note: addition.note,
        }
    }
}

/// What a trainer decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionDocument {
    /// What.
    pub kind: DecisionKind,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Why; may be empty.
    pub reason: String,
}

impl From<Decision> for DecisionDocument {
    fn from(decision: Decision) -> Self {
        Self { kind: decision.kind, at: decision.at.to_string(), reason: decision.reason }
    }
}

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

/// One's own walks of a fiscal year.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyWalks {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// Routes of which any stop was visited, by code.
    pub walks: Vec<WalkDocument>,
}

/// A walk: one route in one fiscal year.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalkDocument {
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// Its code.
    pub code: String,
    /// The version by which the walk is told: by which it is complete, or by which the least is missing.
    #[schema(value_type = String, format = "uuid")]
    pub route_version_id: RouteVersionId,
    /// That version's number.
    pub number: i64,
    /// Its title.
    pub title: Text,
    /// Whether every required stop has an accepted visit.
    pub complete: bool,
    /// How many required stops have none.
    pub missing_count: usize,
    /// The first day of a visit.
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// The last day of a visit.
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    /// The required stops, in the order of walking.
    pub stops: Vec<WalkStop>,
}

/// A required stop of a walk.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalkStop {
    /// The stop.
    #[schema(value_type = String, format = "uuid")]
    pub stop_id: StopId,
    /// Its name.
    pub name: Text,
    /// How it stands.
    pub state: StopState,
}
