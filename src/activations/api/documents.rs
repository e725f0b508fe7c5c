//! The JSON of activations and roll-calls.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    activations::{
        model::{Activation, ActivationId, Answer, AnswerId, By, Counts, Gathering, Given, Kind, Row},
        service::People,
    },
    clock::Timestamp,
    councils::model::{CouncilId, ResidencyId},
    geo::Position,
    notify::State,
};

/// An activation to be declared.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclareActivation {
    /// Its id, which the page makes: what is sent twice is declared once.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: ActivationId,
    /// Whether it is meant.
    pub(super) kind: Kind,
    /// One line.
    #[schema(min_length = 1, max_length = 100)]
    pub(super) title: String,
    /// What residents are to know and do.
    #[schema(min_length = 1, max_length = 1000)]
    pub(super) message: String,
    /// The line in English.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub(super) title_en: Option<String>,
    /// The message in English.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) message_en: Option<String>,
}

/// Nothing more is to be said.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndActivation {}

/// An answer that was taken by phone.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneAnswer {
    /// Its id, which the page makes: what is sent twice is entered once.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: AnswerId,
    /// Whose it is.
    #[schema(value_type = String, format = "uuid")]
    pub(super) residency_id: ResidencyId,
    /// How they are.
    pub(super) answer: Answer,
    /// When they said so; now, where it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) answered_at: Option<Timestamp>,
    /// What is to be remembered.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) note: String,
}

/// The activations.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ActivationList {
    /// All of them, the newest first.
    pub(super) activations: Vec<DeclaredActivation>,
}

/// An activation, in figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct DeclaredActivation {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: ActivationId,
    /// Whether it is meant. A drill is marked 訓練 wherever it is shown.
    pub(super) kind: Kind,
    /// One line.
    pub(super) title: String,
    /// What residents were told.
    pub(super) message: String,
    /// The line in English.
    pub(super) title_en: Option<String>,
    /// The message in English.
    pub(super) message_en: Option<String>,
    /// When it was declared.
    #[schema(value_type = String, format = DateTime)]
    pub(super) declared_at: Timestamp,
    /// When it ended; none while it goes on.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) ended_at: Option<Timestamp>,
    /// How many are on its roll.
    pub(super) residents: usize,
    /// How many of them have answered.
    pub(super) answered: usize,
    /// How many have answered what last.
    pub(super) counts: Counts,
}

fn maybe(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl DeclaredActivation {
    pub(super) fn new(activation: &Activation, counts: Counts) -> Self {
        let said = &activation.facts.announcement;
        Self {
            id: activation.id,
            kind: said.kind,
            title: said.title.clone(),
            message: said.message.clone(),
            title_en: maybe(&said.title_en),
            message_en: maybe(&said.message_en),
            declared_at: activation.facts.declared_at,
            ended_at: activation.ended_at,
            residents: counts.residents(),
            answered: counts.answered(),
            counts,
        }
    }
}

/// An activation with its roll-call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ActivationDetail {
    /// The activation.
    #[serde(flatten)]
    pub(super) activation: DeclaredActivation,
    /// Everybody on its roll.
    pub(super) roll: Vec<RollRow>,
    /// How many changes there were so far: the stream goes on from here.
    pub(super) sequence: i64,
}

/// A resident on the roll, as things were when it was declared.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct RollRow {
    /// Their residency.
    #[schema(value_type = String, format = "uuid")]
    pub(super) residency_id: ResidencyId,
    /// Their number; none once they are forgotten.
    pub(super) staff_number: Option<String>,
    /// Their name; none once they are forgotten.
    pub(super) staff_name: Option<String>,
    /// Where they work today.
    pub(super) department: Option<String>,
    /// The building.
    pub(super) housing_name: String,
    /// The unit.
    pub(super) unit_name: String,
    /// Where the building is.
    pub(super) home: Option<Position>,
    /// Their council, where it was decided.
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// What it was called.
    pub(super) council_name: Option<String>,
    /// Where they gather, where that is known.
    pub(super) muster: Option<RollMuster>,
    /// How telling them has gone.
    pub(super) told: RollTold,
    /// What counts of what they answered.
    pub(super) answer: Option<Answer>,
    /// When they tapped it.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) answered_at: Option<Timestamp>,
    /// When it arrived.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) received_at: Option<Timestamp>,
    /// From whom it came.
    pub(super) by: Option<By>,
    /// What was noted with it.
    pub(super) note: Option<String>,
    /// All that they answered, by the order of taps.
    pub(super) history: Vec<RollHistoryItem>,
}

/// Where somebody gathers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct RollMuster {
    /// What the place is called.
    pub(super) name: String,
    /// Where it is, where that is known.
    pub(super) location: Option<Position>,
    /// Whether it is where their council meets.
    pub(super) is_council: bool,
}

impl From<Gathering> for RollMuster {
    fn from(Gathering { name, location, is_council }: Gathering) -> Self {
        Self { name, location, is_council }
    }
}

/// How telling somebody has gone.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct RollTold {
    /// In the app; none where nothing is known of it any more.
    pub(super) app: Option<State>,
    /// By mail.
    pub(super) mail: Option<State>,
}

/// An answer that was given.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct RollHistoryItem {
    /// How they were.
    pub(super) answer: Answer,
    /// When they tapped it.
    #[schema(value_type = String, format = DateTime)]
    pub(super) answered_at: Timestamp,
    /// When it arrived.
    #[schema(value_type = String, format = DateTime)]
    pub(super) received_at: Timestamp,
    /// From whom it came.
    pub(super) by: By,
    /// What was noted with it.
    pub(super) note: Option<String>,
}

impl From<&Given> for RollHistoryItem {
    fn from(given: &Given) -> Self {
        Self {
            answer: given.facts.answer,
            answered_at: given.facts.answered_at,
            received_at: given.facts.received_at,
            by: given.facts.by,
            note: maybe(&given.facts.note),
        }
    }
}

impl RollRow {
    pub(super) fn new(row: &Row, people: &People) -> Self {
        let (facts, called) = (&row.facts, people.called(row.facts.staff));
        let latest = row.latest().map(RollHistoryItem::from);
        Self {
            residency_id: row.residency,
            staff_number: called.number,
            staff_name: called.name,
            department: people.department(facts.staff).map(str::to_owned),
            housing_name: facts.housing_name.clone(),
            unit_name: facts.unit_name.clone(),
            home: Some(facts.home),
            council_id: facts.council,
            council_name: facts.council_name.clone(),
            muster: facts.muster.clone().map(Into::into),
            told: RollTold {
                app: facts.told.app.map(|(state, _)| state),
                mail: facts.told.mail.map(|(state, _)| state),
            },
            answer: latest.as_ref().map(|latest| latest.answer),
            answered_at: latest.as_ref().map(|latest| latest.answered_at),
            received_at: latest.as_ref().map(|latest| latest.received_at),
            by: latest.as_ref().map(|latest| latest.by),
            note: latest.and_then(|latest| latest.note),
            history: row.answers().iter().map(Into::into).collect(),
        }
    }
}

/// What the stream says of a roll-call that has changed (`event: roll`).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct RollEvent {
    /// How many changes there were so far.
    pub(super) sequence: i64,
    /// The residents of whom something has changed.
    pub(super) rows: Vec<RollRow>,
    /// How many have answered what last, of all.
    pub(super) counts: Counts,
    /// How many are on the roll.
    pub(super) residents: usize,
    /// How many of them have answered.
    pub(super) answered: usize,
}
