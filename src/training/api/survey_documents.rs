//! What is sent and answered of questions before and after.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    routes::{RouteId, model::Text},
    training::model::{
        About, Answers, Change, ProgrammeId, Question, QuestionId, SheetMoment, SheetStanding,
    },
};

/// Questions to begin with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct UsualQuestions {
    /// The questions.
    pub questions: Vec<Question>,
}

/// What one is asked in a fiscal year, and answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MySurveys {
    /// The year in which it begins.
    pub fiscal_year: i16,
    /// One for each programme that asks one.
    pub surveys: Vec<MySurvey>,
}

/// What a programme asks one, and what one answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MySurvey {
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// What it is called.
    pub title: Text,
    /// What is asked, in that order.
    pub questions: Vec<Question>,
    /// The last day on which answers are taken. After it, nobody can tell whose they are.
    #[schema(format = Date)]
    pub until: String,
    /// Before one walks.
    pub before: MySheet,
    /// After one completed it.
    pub after: MySheet,
}

/// One's own answers at one moment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MySheet {
    /// Whether it can be answered.
    pub standing: SheetStanding,
    /// Counts how often one answered; 0 for never.
    pub revision: i64,
    /// What one answered: from 1 (not at all) to 5 (very much), by the question's id.
    #[schema(value_type = std::collections::BTreeMap<String, u8>)]
    pub answers: Answers,
}

/// Answers that a phone kept.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(super) struct SendSheets {
    /// The answers, each taken or refused by itself.
    #[schema(value_type = Vec<SentSheet>, max_items = 50)]
    pub sheets: Vec<serde_json::Value>,
}

/// Answers at one moment, in place of those that were given before. Voluntary: each may be left out, and so may all.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SentSheet {
    /// The phone's own id for it, which the answer names. It is not kept: it would tell when it was made.
    #[schema(min_length = 1, max_length = 64)]
    pub id: String,
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// The year in which the fiscal year begins.
    #[schema(minimum = 2000, maximum = 2999)]
    pub fiscal_year: i16,
    /// Before or after.
    pub moment: SheetMoment,
    /// One more than that of the answers that it takes the place of. Whichever comes first, the one with the larger number counts.
    #[schema(minimum = 1, maximum = 1_000_000)]
    pub revision: i64,
    /// When it was answered, by the phone's clock. It decides whether that was before the first visit, and is not kept.
    #[schema(value_type = String, format = DateTime)]
    pub at: jiff::Timestamp,
    /// From 1 (not at all) to 5 (very much), by the question's id.
    #[schema(value_type = std::collections::BTreeMap<String, u8>)]
    pub answers: Answers,
}

/// What became of each sheet, in the order in which they were sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SheetResults {
    /// One for each.
    pub results: Vec<SheetResult>,
}

/// What became of a sheet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SheetResult {
    /// The id that it names; absent when it names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What became of it.
    pub status: SheetStatus,
    /// Why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<SheetReason>,
}

/// What became of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SheetStatus {
    /// It counts, durably.
    Stored,
    /// It counts already, or a later one does.
    Duplicate,
    /// One was answered on another device as well, and that one counts.
    Conflict,
    /// It is not taken: sending it again unchanged ends the same way.
    Refused,
}

/// Why a sheet does not count.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SheetReason {
    /// The kind.
    pub code: SheetReasonCode,
    /// In words.
    pub message: String,
}

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SheetReasonCode {
    /// It does not have the form that is documented.
    Malformed,
    /// One is not asked that.
    NotAsked,
    /// One has walked already.
    TooLate,
    /// One has not completed the programme.
    NotYet,
    /// The year's answers are closed.
    Closed,
    /// It was answered on another device as well.
    Answered,
}

/// How answers changed: figures of many, of the whole ward.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ChangeDocument {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// What it is called.
    pub title: Text,
    /// Of fewer pairs nothing is shown. So many more have to come in before figures are renewed, once a day at most.
    pub fewest: u32,
    /// Of a route, of fewer pairs nothing is shown.
    pub fewest_of_route: u32,
    /// By what the questions are about; none when nothing is asked.
    pub topics: Vec<ChangeTopic>,
}

/// How answers about something changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ChangeTopic {
    /// About what.
    pub about: About,
    /// Of everybody, by the mean of each person's answers; none yet.
    pub total: Option<ChangeFigures>,
    /// By question.
    pub questions: Vec<ChangeOfQuestion>,
    /// By route, that which changes most first: one of few pairs is drawn towards the mean of all, and what is shown is what was
    /// answered.
    pub routes: Vec<ChangeOfRoute>,
}

/// How answers to a question changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ChangeOfQuestion {
    /// The question's id.
    #[schema(value_type = String)]
    pub id: QuestionId,
    /// What was asked.
    pub text: Text,
    /// How they changed; none yet.
    pub figures: Option<ChangeFigures>,
}

/// How answers of those who completed a route changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ChangeOfRoute {
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// What it is called.
    pub title: Text,
    /// How they changed.
    pub figures: ChangeFigures,
}

/// How answers of several people changed, in points from 1 to 5; rounded.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct ChangeFigures {
    /// How many people answered before and after.
    pub pairs: u32,
    /// Their mean before.
    pub before: f64,
    /// Their mean after.
    pub after: f64,
    /// How much it changed.
    pub change: f64,
    /// The lower end of its 95 % interval (Student's t, paired).
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl From<&Change> for ChangeFigures {
    fn from(found: &Change) -> Self {
        Self {
            pairs: found.pairs,
            before: found.before.value(),
            after: found.after.value(),
            change: found.change.value(),
            low: found.low.value(),
            high: found.high.value(),
        }
    }
}
