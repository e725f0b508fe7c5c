//! SQL of the training.

mod exemptions;
mod obligations;
mod offices;
mod patterns;
mod programmes;
mod reminders;
mod retention;
mod state;
mod surveys;
mod totals;
mod walks;

use std::str::FromStr;

use crate::{clock::Timestamp, db::DbError, visits::model::FiscalYear};

pub use exemptions::{
    Exemption, NewExemption, decide_exemption, exemption, exemptions_of, exemptions_of_year, granted_of_year,
    insert_exemption,
};
pub use obligations::{Step, insert_steps, steps_of, steps_of_year};
pub use offices::{delete_office, offices, put_office, route_districts};
pub use patterns::{WalksStamp, pattern_of, patterns_of_year, walks_stamp};
pub use programmes::{
    NewProgramme, Programme, ProgrammeYear, change_reminders, change_year, delete_year, end_programme,
    insert_programme, insert_year, last_year_before, open_year, programmes, was_planned_before, year_of,
    years_of,
};
pub use reminders::{
    Reminded, claim_reminding, hold_reminders, insert_reminder, reminded, set_reminded, told_in_year, told_of,
};
pub use retention::{erase_training, training_due};
pub use state::{Changes, Looked, changes, claim, looked, next_change, note_erasure, set_looked};
pub use surveys::{
    Pseudonym, Sheet, SurveyKey, SurveyOf, Taken, claim_release, close_survey, delete_sheets,
    hold_survey_key, open_surveys, pairs, put_released, put_sheet, released, released_on, sheets_of,
    survey_key,
};
pub use totals::{KeptTotal, insert_total, totals, years_without_totals};
pub use walks::{
    Walk, is_any_stale, last_walked_before, mark_stale_of_versions, put_walk, take_stale, walks_of,
    walks_of_year,
};

/// Rows per statement.
const BULK: usize = 500;

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

fn maybe<T: FromStr<Err: std::fmt::Display>>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(parsed).transpose()
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

fn fiscal_year(year: i64) -> Result<FiscalYear, DbError> {
    let year = i16::try_from(year).ok().and_then(FiscalYear::new);
    year.ok_or_else(|| corrupt("no fiscal year"))
}
