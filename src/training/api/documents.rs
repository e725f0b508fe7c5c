//! What is sent and answered.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    routes::{RouteId, model::Text},
    staff::{DepartmentId, Employment, StaffId},
    training::{
        model::{
            Count, Evidence, ExemptionId, ExemptionKind, Frequency, Grouping, ProgrammeId, Reason, Rule,
            State,
        },
        store::{Exemption, ProgrammeYear},
    },
};

/// A programme in a fiscal year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ProgrammeDocument {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ProgrammeId,
    /// Its code, by which the ward calls it.
    pub code: String,
    /// How often somebody has to do it.
    pub frequency: Frequency,
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// Counts changes of the rule.
    pub version: i64,
    /// What counts.
    pub rule: Rule,
    /// The day by which it is due in this year.
    pub due_on: String,
    /// Since when it is open; from then on the rule is frozen.
    pub opened_at: Option<String>,
    /// The day from which it opens in no further year.
    pub ended_on: Option<String>,
}

impl From<ProgrammeYear> for ProgrammeDocument {
    fn from(found: ProgrammeYear) -> Self {
        Self {
            id: found.programme.id,
            code: found.programme.code,
            frequency: found.programme.frequency,
            fiscal_year: found.year.year(),
            version: found.version,
            due_on: found.rule.deadline.on(found.year).to_string(),
            rule: found.rule,
            opened_at: found.opened_at.map(|at| at.to_string()),
            ended_on: found.programme.ended_on.map(|day| day.to_string()),
        }
    }
}

/// Programmes of a fiscal year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ProgrammeList {
    /// The year in which it begins.
    pub fiscal_year: i16,
    /// The programmes, by code.
    pub programmes: Vec<ProgrammeDocument>,
}

/// A new programme.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewProgrammeDocument {
    /// Its code: Latin letters, digits, `-` and `_`.
    #[schema(pattern = "^[A-Za-z0-9_-]{1,40}$")]
    pub code: String,
    /// How often somebody has to do it.
    pub frequency: Frequency,
    /// The year in which the first fiscal year begins.
    #[schema(minimum = 2000, maximum = 2999)]
    pub fiscal_year: i16,
    /// What counts.
    pub rule: Rule,
}

/// What counts in a fiscal year.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanDocument {
    /// What counts.
    pub rule: Rule,
}

/// Whether a programme opens in no further year.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndDocument {
    /// Whether it does not.
    pub ended: bool,
}

/// One's own training in a fiscal year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyTraining {
    /// The year in which it begins.
    pub fiscal_year: i16,
    /// What one has to do, and how far one is.
    pub obligations: Vec<MyObligation>,
    /// Routes that one completed, the latest one first.
    pub walks: Vec<MyRoute>,
    /// Routes that would help, the most helpful one first.
    pub suggestions: Vec<SuggestedRoute>,
    /// Where one works; none where that is not known.
    pub office: Option<MyOffice>,
}

/// Where one works.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyOffice {
    /// What it is called.
    pub name: String,
    /// The district in which it lies; none where it lies in none.
    pub district: Option<String>,
}

/// One's own obligation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyObligation {
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: Text,
    /// How one stands to it.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Since which day.
    pub since: String,
    /// The day by which it is due.
    pub due_on: Option<String>,
    /// How many routes one has to walk.
    pub routes_needed: u8,
    /// How many count so far.
    pub routes_done: u8,
    /// How many of them have to be new to one.
    pub new_needed: u8,
    /// How many of them are.
    pub new_done: u8,
    /// How many fiscal years before are looked at for that.
    pub new_within_years: u8,
    /// How many of them have to be in other districts than that in which one works.
    pub away_needed: u8,
    /// How many of them are.
    pub away_done: u8,
    /// How well visits must be shown.
    pub evidence: Evidence,
    /// Whether a guided outing counts in their stead.
    pub or_outing: bool,
    /// Whether study at a desk counts for those to whom HR grants it.
    pub or_desk: bool,
    /// Since which day it is complete.
    pub completed_on: Option<String>,
    /// What one asked for.
    pub exemptions: Vec<MyExemption>,
}

/// What one asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyExemption {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ExemptionId,
    /// What.
    pub kind: ExemptionKind,
    /// When.
    pub asked_at: String,
    /// Why.
    pub reason: String,
    /// The day of study at a desk.
    pub day: Option<String>,
    /// Until when there shall be time.
    pub until: Option<String>,
    /// What HR decided; none yet.
    pub granted: Option<bool>,
    /// What HR says to it.
    pub answer: String,
}

impl From<&Exemption> for MyExemption {
    fn from(found: &Exemption) -> Self {
        Self {
            id: found.asked.id,
            kind: found.asked.kind,
            asked_at: found.asked_at.to_string(),
            reason: found.asked.reason.clone(),
            day: found.asked.day.map(|day| day.to_string()),
            until: found.asked.until.map(|day| day.to_string()),
            granted: found.granted,
            answer: found.answer.clone(),
        }
    }
}

/// A route that one completed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyRoute {
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// What it is called.
    pub title: Text,
    /// The day on which it was complete.
    pub day: String,
    /// The fiscal year in which one had completed it before.
    pub last_walked: Option<i16>,
}

/// A route that would help.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SuggestedRoute {
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// What it is called.
    pub title: Text,
    /// How long it is, in metres.
    pub length_m: i64,
    /// How long it takes, in seconds.
    pub duration_s: i64,
    /// How many stops one has visited already.
    pub visited_stops: usize,
    /// How many it has.
    pub stops: usize,
    /// Whether it is new to one.
    pub is_new: bool,
    /// Its district; none where it names none.
    pub district: Option<String>,
    /// Whether that is another one than that in which one works.
    pub is_away: bool,
    /// How far it begins from where one works, as the crow flies, in metres; none where that is not known.
    pub from_office_m: Option<i64>,
}

/// What somebody asks for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskExemption {
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// The year in which the fiscal year begins.
    #[schema(minimum = 2000, maximum = 2999)]
    pub fiscal_year: i16,
    /// What.
    pub kind: ExemptionKind,
    /// For study at a desk: the day on which it was done.
    #[serde(default)]
    #[schema(format = Date)]
    pub day: Option<String>,
    /// For more time: until which day.
    #[serde(default)]
    #[schema(format = Date)]
    pub until: Option<String>,
    /// Why. HR alone reads it.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// What HR grants of its own accord.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantExemption {
    /// To whom.
    #[schema(value_type = String, format = "uuid")]
    pub staff_id: StaffId,
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// The year in which the fiscal year begins.
    #[schema(minimum = 2000, maximum = 2999)]
    pub fiscal_year: i16,
    /// What.
    pub kind: ExemptionKind,
    /// For study at a desk: the day on which it was done.
    #[serde(default)]
    #[schema(format = Date)]
    pub day: Option<String>,
    /// For more time: until which day.
    #[serde(default)]
    #[schema(format = Date)]
    pub until: Option<String>,
    /// Why.
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// What HR decides.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecideExemption {
    /// Whether it is granted.
    pub grant: bool,
    /// What is said to whoever asked.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub answer: String,
}

/// Something that was asked for, with who asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ExemptionItem {
    /// What was asked for.
    #[serde(flatten)]
    pub exemption: MyExemption,
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// What it is called.
    pub programme_title: Text,
    /// Who asked.
    pub person: PersonItem,
    /// When HR decided.
    pub decided_at: Option<String>,
}

/// What was asked for in a fiscal year, the latest one first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ExemptionList {
    /// The year in which it begins.
    pub fiscal_year: i16,
    /// What was asked for.
    pub exemptions: Vec<ExemptionItem>,
}

/// Somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TrainingPerson)]
pub(super) struct PersonItem {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub staff_id: StaffId,
    /// Their number; none once they are erased.
    pub number: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// The department.
    #[schema(value_type = String, format = "uuid")]
    pub department_id: DepartmentId,
    /// What it is called.
    pub department_name: String,
}

/// How many stand how to a programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ReportDocument {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// What it is called.
    pub title: Text,
    /// As of the end of that day.
    pub as_of: String,
    /// By what people are grouped.
    pub by: Grouping,
    /// Everybody within reach.
    pub total: ReportRow,
    /// The groups.
    pub groups: Vec<ReportRow>,
}

/// How many of a group stand how.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ReportRow {
    /// A department's or a tier's id, a kind of employment, or a month; `all` for everybody.
    pub key: String,
    /// What it is called, where it has a name of its own.
    pub name: Option<String>,
    /// How many; none where that would tell of single people.
    pub count: Option<Count>,
    /// Which part of those who have to has completed it, from 0 to 1.
    pub rate: Option<f64>,
}

/// Who stands how to a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stands {
    /// Who has to, and has not (未受講).
    Missing,
    /// Who has to, and is late.
    Overdue,
    /// Who has to, and has (修了).
    Completed,
    /// Who has more time.
    Deferred,
    /// Who need not.
    Exempt,
}

/// How somebody stands to a programme: no positions, no times, no notes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct StandingItem {
    /// Who.
    #[serde(flatten)]
    pub person: PersonItem,
    /// Their tier.
    pub tier: String,
    /// How they are employed.
    pub employment: Employment,
    /// How they stand.
    pub state: State,
    /// The day by which it is due.
    pub due_on: Option<String>,
    /// How many routes they have to walk.
    pub routes_needed: u8,
    /// How many count so far.
    pub routes_done: u8,
    /// Since which day it is complete.
    pub completed_on: Option<String>,
}

/// Who stands how to a programme.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct StandingList {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// As of the end of that day.
    pub as_of: String,
    /// How many there are on all pages.
    pub total: usize,
    /// The people, by id.
    pub people: Vec<StandingItem>,
    /// Where there are more.
    pub next: Option<String>,
}

/// What of a fiscal year is archived.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewArchive {
    /// The year in which it begins.
    #[schema(minimum = 2000, maximum = 2999)]
    pub fiscal_year: i16,
    /// Whether how each person stood is in it, by name. Such a file is personal data: whoever has it keeps it no longer than the
    /// retention period.
    #[serde(default)]
    pub people: bool,
}

/// An archive that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ArchiveDocument {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// As of the end of that day.
    pub as_of: String,
    /// Whether the year is not over yet (速報).
    pub provisional: bool,
    /// Whether people are in it, by name.
    pub people: bool,
    /// What the file is called.
    pub file_name: String,
    /// What its report on paper is called.
    pub report_name: String,
    /// The file's digest (SHA-256), in hexadecimal digits.
    pub sha256: String,
    /// The public key by which it is checked.
    pub key: String,
    /// The digest of the key (SHA-256), as it stands on paper.
    pub fingerprint: String,
    /// The file, to be saved as it is in UTF-8: canonical JSON with its signature.
    pub file: String,
}
