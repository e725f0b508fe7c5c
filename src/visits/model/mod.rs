//! What visits are made of. Pure.

mod answer;
mod canonical;
mod completed;
mod erased;
mod evidence;
mod fiscal_year;
mod flag;
mod moment;
mod observation;
mod refusal;
mod sent;
mod speed;
mod verdict;
mod walk;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids;

pub use answer::answers_match;
pub use canonical::{Strict, digest};
pub use completed::{Accepted, Completed, completed};
pub use evidence::{Evidence, Fix, Shown, Weighed};
pub use fiscal_year::{FiscalYear, NoFiscalYear};
pub use flag::{Flag, Flags};
pub use moment::Moment;
pub use observation::{LONGEST_OBSERVATION, SentObservation};
pub use refusal::{Refusal, RefusalCode};
pub use sent::{LONGEST_NOTE, SentAddition, SentVisit};
pub use speed::{FASTEST_M_PER_S, Step, too_fast};
pub use verdict::{COARSEST_M, Facts, Judgement, OLDEST_FIX_S, RULE, Verdict, judge, verdict};
pub use walk::{Attempt, Candidate, StopState, Walk, walk};
pub(super) use {
    observation::ObservationItem,
    sent::{AdditionItem, VisitItem},
};

ids! {
    /// The id of a visit: a UUIDv7 that the phone makes at the tap.
    VisitId,
    /// The id of something added to a visit later: a UUIDv7 of the phone.
    AdditionId,
    /// The id of a photo that shows a visit, made by the phone.
    VisitPhotoId,
    /// The id of an observation: a UUIDv7 of the phone.
    ObservationId,
    /// The id of an outing that a trainer's code belongs to.
    OutingId,
}

/// What counts of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = VisitOutcome)]
pub enum Outcome {
    /// A trainer rejected or voided it.
    Rejected,
    /// A trainer decides.
    Pending,
    /// It counts.
    Accepted,
}

impl Outcome {
    /// Its name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Pending => "pending",
            Self::Accepted => "accepted",
        }
    }
}

/// There is no such name in the database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {0:?}")]
pub struct UnknownName(String);

impl std::str::FromStr for Outcome {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        [Self::Rejected, Self::Pending, Self::Accepted]
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or_else(|| UnknownName(text.to_owned()))
    }
}
