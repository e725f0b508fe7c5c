//! The JSON of gatherings.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    councils::model::CouncilId,
    gatherings::{
        model::{
            Audience, CouncilFigures, CouncilLine, Duty, Figure, Gathering, GatheringId, GatheringKind,
            GatheringState, Line, Record,
        },
        service::Mine,
    },
    geo::Position,
};

/// A council whose gathering it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct GatheringCouncil {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: CouncilId,
    /// Its name; none where the map does not have it any more.
    pub(super) name: Option<String>,
}

/// A gathering, without persons.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct GatheringItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: GatheringId,
    /// Counts its changes.
    pub(super) version: i64,
    /// What kind.
    pub(super) kind: GatheringKind,
    /// How it counts as duty.
    pub(super) duty: Duty,
    /// What it is called.
    pub(super) title: String,
    /// Where it is.
    pub(super) place: String,
    /// Where that is on the map.
    #[schema(value_type = Option<[f64; 2]>)]
    pub(super) location: Option<Position>,
    /// When it starts.
    #[schema(value_type = String, format = "date-time")]
    pub(super) starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub(super) duration_min: i64,
    /// Whether it is every council's.
    pub(super) every_council: bool,
    /// Otherwise whose it is.
    pub(super) councils: Vec<GatheringCouncil>,
    /// What there is to know besides.
    pub(super) note: String,
    /// How far it is.
    pub(super) state: GatheringState,
    /// Why it is cancelled.
    pub(super) reason: String,
}

impl GatheringItem {
    pub(super) fn new(gathering: Gathering, names: &HashMap<CouncilId, String>) -> Self {
        let council = |id| GatheringCouncil { id, name: names.get(&id).cloned() };
        Self {
            id: gathering.id,
            version: gathering.version,
            kind: gathering.kind,
            duty: gathering.duty,
            title: gathering.title,
            place: gathering.place,
            location: gathering.location,
            starts_at: gathering.starts_at,
            duration_min: gathering.duration_min,
            every_council: gathering.audience == Audience::Every,
            councils: gathering.audience.councils().map(council).collect(),
            note: gathering.note,
            state: gathering.state,
            reason: gathering.reason,
        }
    }
}

/// A gathering, and how many take part.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CountedGathering {
    /// The gathering.
    #[serde(flatten)]
    pub(super) gathering: GatheringItem,
    /// How many mean to come.
    pub(super) signed_up: usize,
    /// How many were there.
    pub(super) present: usize,
}

/// The gatherings of a fiscal year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct GatheringList {
    /// The year.
    pub(super) fiscal_year: i16,
    /// In the order of their time.
    pub(super) gatherings: Vec<CountedGathering>,
}

/// Why a gathering is cancelled.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelGathering {
    /// What those who meant to come are told.
    pub(super) reason: String,
}

/// A gathering, as it concerns oneself.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyGathering {
    /// The gathering.
    #[serde(flatten)]
    pub(super) gathering: GatheringItem,
    /// Whether it is one's own; otherwise one only calls its roll.
    pub(super) takes_part: bool,
    /// Whether one means to come.
    pub(super) signed_up: bool,
    /// Whether one was there, where one was marked.
    pub(super) present: Option<bool>,
    /// Whether one calls its roll.
    pub(super) calls_roll: bool,
}

impl MyGathering {
    pub(super) fn new(mine: Mine, names: &HashMap<CouncilId, String>) -> Self {
        Self {
            takes_part: mine.seat.is_some(),
            signed_up: mine.signed_up,
            present: mine.there,
            calls_roll: mine.calls_roll,
            gathering: GatheringItem::new(mine.gathering, names),
        }
    }
}

/// One's own gatherings: those of today and those to come.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyGatherings {
    /// When it was asked for.
    #[schema(value_type = String, format = "date-time")]
    pub(super) as_of: Timestamp,
    /// In the order of their time.
    pub(super) gatherings: Vec<MyGathering>,
}

/// In what one took part.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Participation {
    /// When it was asked for.
    #[schema(value_type = String, format = "date-time")]
    pub(super) as_of: Timestamp,
    /// By fiscal year, the latest first.
    pub(super) years: Vec<ParticipationYear>,
}

/// A fiscal year of one's participation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ParticipationYear {
    /// The year.
    pub(super) fiscal_year: i16,
    /// What it adds up to.
    pub(super) figures: Vec<ParticipationFigure>,
    /// In what one took part, the latest first.
    pub(super) gatherings: Vec<ParticipationLine>,
}

/// What one kind and duty add up to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ParticipationFigure {
    /// What kind of gathering.
    pub(super) kind: GatheringKind,
    /// How it counted as duty.
    pub(super) duty: Duty,
    /// How often one was there.
    pub(super) times: u32,
    /// For how many minutes in all.
    pub(super) minutes: i64,
}

/// A gathering in which one took part.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ParticipationLine {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: GatheringId,
    /// What kind.
    pub(super) kind: GatheringKind,
    /// How it counted as duty.
    pub(super) duty: Duty,
    /// What it is called.
    pub(super) title: String,
    /// When it started.
    #[schema(value_type = String, format = "date-time")]
    pub(super) starts_at: Timestamp,
    /// How long it took, in minutes.
    pub(super) duration_min: i64,
}

impl ParticipationYear {
    pub(super) fn new(record: Record) -> Self {
        let figure = |one: Figure| ParticipationFigure {
            kind: one.kind,
            duty: one.duty,
            times: one.hours.times,
            minutes: one.hours.minutes,
        };
        let line = |line: Line| ParticipationLine {
            id: line.id,
            kind: line.kind,
            duty: line.duty,
            title: line.title,
            starts_at: line.starts_at,
            duration_min: line.duration_min,
        };
        Self {
            fiscal_year: record.year.year(),
            figures: record.figures.into_iter().map(figure).collect(),
            gatherings: record.lines.into_iter().map(line).collect(),
        }
    }
}

/// How many took part in a fiscal year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ParticipationFigures {
    /// The year.
    pub(super) fiscal_year: i16,
    /// By council.
    pub(super) councils: Vec<CouncilParticipation>,
}

/// What the people of one council took part in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CouncilParticipation {
    /// The council; none of those who had none decided.
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// Its name; none where the map does not have it any more.
    pub(super) council_name: Option<String>,
    /// By kind and duty.
    pub(super) lines: Vec<CouncilParticipationLine>,
}

/// One kind and duty.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CouncilParticipationLine {
    /// What kind of gathering.
    pub(super) kind: GatheringKind,
    /// How it counted as duty.
    pub(super) duty: Duty,
    /// How many gatherings somebody of the council came to.
    pub(super) gatherings: u32,
    /// How often somebody was there.
    pub(super) times: u32,
    /// For how many minutes in all.
    pub(super) minutes: i64,
}

impl CouncilParticipation {
    pub(super) fn new(figures: CouncilFigures, names: &HashMap<CouncilId, String>) -> Self {
        let line = |line: CouncilLine| CouncilParticipationLine {
            kind: line.kind,
            duty: line.duty,
            gatherings: line.gatherings,
            times: line.hours.times,
            minutes: line.hours.minutes,
        };
        Self {
            council_name: figures.council.and_then(|council| names.get(&council).cloned()),
            council_id: figures.council,
            lines: figures.lines.into_iter().map(line).collect(),
        }
    }
}
