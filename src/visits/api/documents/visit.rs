//! The JSON of visits as they stand.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    auth::AccountId,
    clock::Date,
    geo::Position,
    http::Language,
    routes::{
        RouteId, RouteVersionId, StopId,
        model::{Evidence as EvidenceKind, Text},
    },
    visits::{
        model::{AdditionId, Evidence, Flag, Outcome, Shown, Verdict, VisitId, VisitPhotoId, Weighed},
        store::{Addition, Decision, DecisionKind, Imported, ImportedKind},
    },
};

use super::pick;

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
    /// That it, or something of it, came in a file, until its phone has sent it: till then it waits for a trainer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported: Option<ImportNote>,
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

/// That something of a visit came in a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VisitImportNote)]
pub struct ImportNote {
    /// When it was taken in, the last time.
    #[schema(format = DateTime)]
    pub at: String,
    /// What came in it.
    pub kinds: Vec<ImportedKind>,
    /// Whether the caller took any of it in: then another trainer accepts the visit.
    pub by_caller: bool,
}

impl ImportNote {
    /// What is said to a reader of what came in files; none when nothing did.
    pub(in crate::visits::api) fn of(imported: &[Imported], reader: AccountId) -> Option<Self> {
        let at = imported.iter().map(|one| one.at).max()?;
        let kinds: BTreeSet<ImportedKind> = imported.iter().map(|one| one.kind).collect();
        Some(Self {
            at: at.to_string(),
            kinds: kinds.into_iter().collect(),
            by_caller: imported.iter().any(|one| one.by == reader),
        })
    }
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
    pub(in crate::visits::api) fn new(flag: Flag, language: Language) -> Self {
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
