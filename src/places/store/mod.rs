//! SQL of datasets, places and records.

mod datasets;
mod edits;
mod erasure;
mod layers;
mod place_rows;
mod records;

use crate::{
    clock::{Date, Timestamp},
    db::DbError,
};

pub use datasets::datasets;
pub(super) use datasets::{Stored, dataset, save_dataset};
pub(super) use edits::{
    Edit, dataset_kinds, edits, insert_confirmation, is_own, last_confirmation, make_own, override_of,
    overrides, overrides_of_dataset, own_dataset, place_head, rows_of_place, save_edit, set_confirmed,
    state_after, undo_confirmation,
};
pub(super) use erasure::{contact_edits_due, erase_contacts};
pub(super) use layers::{bump_layer, create_installation, installation, layer_state, lock_layer, versions};
pub(super) use place_rows::{PlaceRow, place_rows};
pub(super) use records::{
    contents, insert_places, known_records, records_of_others, retire_records, touch_places, upsert_records,
};

/// Rows per statement: both engines take far fewer than 32,766 parameters then.
const BULK: usize = 400;

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn day(text: Option<String>) -> Result<Option<Date>, DbError> {
    text.map(|text| text.parse().map_err(corrupt)).transpose()
}

fn moment(micros: Option<i64>) -> Result<Option<Timestamp>, DbError> {
    micros.map(|micros| Timestamp::from_microsecond(micros).map_err(corrupt)).transpose()
}
