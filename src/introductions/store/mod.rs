//! SQL of consents, sheets and what was given. What it stores of people is sealed: nothing here can be read without the key.

mod consents;
mod given;
mod sheets;

use std::str::FromStr;

use crate::{clock::Timestamp, db::DbError};

pub use consents::{consent, consents, delete_consent, put_consent, reseal_consent};
pub use given::{
    GivenRow, delete_given, give, given, given_of, given_on, insert_given, reseal_given, take_out,
};
pub use sheets::{
    LinkRow, SheetRow, delete_empty_sheets, insert_sheet, mark_opened, renew_link, reseal_sheet, revoke_link,
    sheet, sheet_of_token, sheets,
};

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}
