//! SQL of activations, rolls and answers. What it stores is sealed: nothing here can be read without the key.

mod activations;
mod answers;
mod people;
mod retention;
mod roll;

use std::str::FromStr;

use crate::{clock::Timestamp, db::DbError};

pub use activations::{
    ActivationRow, Counted, activation, activations, count_change, end_activation, insert_activation,
    open_activation, reseal_activation, standing,
};
pub use answers::{AnswerRow, answer, answers, answers_of, every_answer, insert_answer, reseal_answer};
pub use people::departments_of;
pub use retention::{activations_due, erase_activations};
pub use roll::{RollRow, every_roll_row, insert_roll, roll, roll_row, update_roll_row};

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}
