//! SQL of the register and of what is said of councils.

mod imports;
mod links;
mod register;
mod retention;

use std::str::FromStr;

use crate::db::DbError;

pub use imports::{delete_import, delete_imports, erase_imports, import_sealed, imports_due, insert_import};
pub use links::{delete_address_rule, delete_district_link, links, put_address_rule, put_district_link};
pub use register::{
    DecisionRow, ResidencyRow, Row, begin_change, decision_rows, decision_rows_of, delete_housing,
    delete_residency, delete_unit, housing_row, housing_rows, insert_decision, insert_housing,
    insert_residency, insert_unit, register_version, reseal_decision, reseal_housing, reseal_residency,
    reseal_unit, residency_row, residency_rows, residency_rows_of, unit_row, unit_rows, update_housing,
    update_residency, update_unit,
};
pub use retention::{erase_residencies, residencies_due};

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}
