//! What shows that somebody was at a stop.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{geo::Position, routes::model as routes};

use super::{OutingId, Verdict, VisitPhotoId};

/// A position as the phone found it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = VisitFix)]
pub struct Fix {
    /// Where.
    pub location: Position,
    /// The radius of the circle within which it is, in metres.
    pub accuracy_m: f64,
    /// How old it was at the tap, in seconds.
    pub age_s: f64,
    /// Whether the phone says that it was made up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mocked: Option<bool>,
}

/// One thing that shows a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = VisitEvidence)]
pub enum Evidence {
    /// Saying so.
    #[serde(rename = "self")]
    SelfReport,
    /// The phone's position.
    Gps(Fix),
    /// The code on the stop's poster.
    Qr {
        /// As it was read.
        code: String,
    },
    /// A trainer's code.
    Trainer {
        /// As it was typed.
        code: String,
        /// The outing that it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, format = "uuid")]
        outing_id: Option<OutingId>,
    },
    /// A photo, which is sent apart.
    Photo {
        /// Its id.
        #[schema(value_type = String, format = "uuid")]
        photo_id: VisitPhotoId,
    },
    /// The answer to the stop's question.
    Answer {
        /// As it was typed.
        text: String,
    },
}

impl Evidence {
    /// Its kind, as stops ask for it.
    #[must_use]
    pub const fn kind(&self) -> routes::Evidence {
        match self {
            Self::SelfReport => routes::Evidence::SelfReport,
            Self::Gps(_) => routes::Evidence::Gps,
            Self::Qr { .. } => routes::Evidence::Qr,
            Self::Trainer { .. } => routes::Evidence::Trainer,
            Self::Photo { .. } => routes::Evidence::Photo,
            Self::Answer { .. } => routes::Evidence::Answer,
        }
    }
}

/// Whether a piece of evidence shows what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EvidenceShown)]
pub enum Shown {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// Nobody can say yet: the circle crosses the radius, the photo is not here, a trainer has to look.
    Undecided,
}

/// A piece of evidence with what the rule says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WeighedEvidence)]
pub struct Weighed {
    /// As it was sent.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// Whether it shows the visit.
    pub shown: Shown,
    /// Whether the stop asks for this kind.
    pub asked: bool,
    /// For a position: where it is to the stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// For a position: how far from the stop it is, in metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
}
