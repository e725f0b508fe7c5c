//! SQL of the roster.

mod apply;
mod careers;
mod changes;
mod departments;
mod known;
mod list;
mod person;
mod previews;
mod tiers;

use std::{collections::HashMap, str::FromStr};

use sqlx::QueryBuilder;

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    on,
};

use super::model::StaffId;

pub use apply::{Applied, apply};
pub use careers::{branches, branches_above, careers};
pub use changes::{ChangeKind, ChangeRow, changes, insert_change, last_import, names_of};
pub use departments::{DepartmentRow, code_of, departments};
pub use known::known;
pub use list::{Called, CountRow, Found, absences_on, absent_days, called, counts, entries, found, revision};
pub use person::{
    Person, PersonSpell, change_days, insert_person, person, replace_absences, replace_spells, touch,
};
pub use previews::{Preview, delete_preview, delete_previews_before, insert_preview, preview, previews};
pub use tiers::{replace_tiers, tier_of_grade, tiers, tiers_in_use};

/// Rows per statement.
const BULK: usize = 500;

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

/// A value from its column.
fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

/// A value from a column that may hold none.
fn maybe<T: FromStr<Err: std::fmt::Display>>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(parsed).transpose()
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Who has a staff number.
///
/// # Errors
/// When the database cannot be read.
pub async fn id_of_number(tx: &mut Tx, number: &str) -> Result<Option<StaffId>, DbError> {
    let id: Option<String> = on!(tx, conn => sqlx::query_scalar("SELECT id FROM staff WHERE number = $1")
        .bind(number).fetch_optional(conn).await)?;
    maybe(id.as_deref())
}

/// Who has which of these staff numbers.
///
/// # Errors
/// When the database cannot be read.
pub async fn ids_of_numbers(tx: &mut Tx, numbers: &[String]) -> Result<HashMap<String, StaffId>, DbError> {
    let mut found = HashMap::with_capacity(numbers.len());
    for bulk in numbers.chunks(BULK) {
        let rows: Vec<(String, String)> = on!(tx, conn => {
            let mut query = QueryBuilder::new("SELECT number, id FROM staff WHERE number IN (");
            let mut list = query.separated(", ");
            for number in bulk {
                list.push_bind(number);
            }
            query.push(")");
            query.build_query_as().fetch_all(conn).await
        })?;
        for (number, id) in rows {
            found.insert(number, parsed(&id)?);
        }
    }
    Ok(found)
}
