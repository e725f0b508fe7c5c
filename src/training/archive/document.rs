//! What an archive holds. Its form is version 1 and stays readable: a later form has another number.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    clock::{Date, Timestamp},
    staff::Employment,
    training::model::{Count, Frequency, ProgrammeId, Reason, State},
    visits::model::FiscalYear,
};

/// What archives call themselves.
pub const FORMAT: &str = "machiaruki-training-archive";
/// The form of archives that is written.
pub const VERSION: u32 = 1;

/// A fiscal year's training.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// Whose it is.
    pub municipality: ArchivedMunicipality,
    /// Whether it is of the demo ward: invented (見本).
    pub sample: bool,
    /// The fiscal year, by the year in which it begins.
    pub fiscal_year: FiscalYear,
    /// As of the end of that day.
    pub as_of: Date,
    /// Whether the year was not over yet (速報).
    pub provisional: bool,
    /// When it was made.
    pub made_at: Timestamp,
    /// The programmes that were open in the year, by code.
    pub programmes: Vec<ArchivedProgramme>,
}

/// Whose an archive is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedMunicipality {
    /// 全国地方公共団体コード.
    pub code: String,
    /// Its name in Japanese.
    pub name: String,
}

/// A programme in the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedProgramme {
    /// Its id.
    pub id: ProgrammeId,
    /// Its code.
    pub code: String,
    /// What it was called, in Japanese.
    pub title: String,
    /// How often somebody has to do it.
    pub frequency: Frequency,
    /// Since when the year was open; from then on the rule was frozen.
    pub opened_at: Option<Timestamp>,
    /// The day by which it was due.
    pub due_on: Date,
    /// The rule, as it was frozen. Nothing here depends on it: rules of later releases may have another form.
    pub rule: Value,
    /// For whom it was, in Japanese words: the rule names tiers and departments by their ids.
    pub audience: String,
    /// What had to be done, in Japanese words.
    pub requirement: String,
    /// Everybody.
    pub total: Count,
    /// By the departments of the top level.
    pub divisions: Vec<ArchivedGroup>,
    /// By department.
    pub departments: Vec<ArchivedGroup>,
    /// By tier.
    pub tiers: Vec<ArchivedGroup>,
    /// By how people are employed.
    pub employments: Vec<ArchivedGroup>,
    /// As of the end of each month.
    pub months: Vec<ArchivedMonth>,
    /// Everybody whom it concerned, by id; none where names were not asked for.
    pub people: Option<Vec<ArchivedPerson>>,
}

/// How many of a group stood how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedGroup {
    /// The id of a department or tier, or a kind of employment.
    pub key: String,
    /// What it was called, in Japanese.
    pub name: String,
    /// How many.
    pub count: Count,
}

/// How many stood how at a time of the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedMonth {
    /// As of the end of that day.
    pub as_of: Date,
    /// How many.
    pub count: Count,
}

/// How somebody stood at the end: no places, no times, no notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedPerson {
    /// Their number; none once they were erased.
    pub number: Option<String>,
    /// Their name; none once they were erased.
    pub name: Option<String>,
    /// The department in which they were.
    pub department: String,
    /// Their tier.
    pub tier: String,
    /// How they were employed.
    pub employment: Employment,
    /// How they stood.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// The day by which it was due.
    pub due_on: Option<Date>,
    /// How many routes they had to walk.
    pub routes_needed: u8,
    /// How many counted.
    pub routes_done: u8,
    /// Since which day it was complete.
    pub completed_on: Option<Date>,
}
