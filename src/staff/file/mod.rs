//! Roster files: bytes in, people out.
//!
//! A file is CSV in UTF-8 or CP932, or an Excel workbook; which of them is told by its content. Its columns are
//! found by the names that wards give them. A row that cannot be read is [refused](Refused) with its line and a
//! reason; nothing is guessed.

mod columns;
mod departments;
mod rows;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Date,
    sheet::{self, BadTable, Reason},
};

pub use columns::{Column, NoColumn};
pub use departments::DepartmentNode;
pub use rows::{Draft, Period};

use self::columns::Columns;

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RosterRefused)]
pub struct Refused {
    /// Its line in the file, or its row in the sheet.
    pub line: u64,
    /// Whose it is, if that much could be read. They stay as they are.
    pub number: Option<String>,
    /// Why.
    pub reason: Reason,
}

/// Why a whole file was refused.
#[derive(Debug, thiserror::Error)]
pub enum BadRoster {
    /// It cannot be read.
    #[error(transparent)]
    Table(#[from] BadTable),
    /// A column is missing without which nothing can be known.
    #[error(transparent)]
    Columns(#[from] NoColumn),
    /// No row in it.
    #[error("the file has headings and no rows")]
    NoRows,
}

/// A roster file that has been read.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// Rows that could be read, by their order in the file.
    pub drafts: Vec<Draft>,
    /// The departments in it, those above before those below.
    pub departments: Vec<DepartmentNode>,
    /// Rows that could not.
    pub refused: Vec<Refused>,
    /// Which columns the file has: what it has no column for, it does not change.
    pub has: Vec<Column>,
    /// Headings that mean nothing here.
    pub ignored_columns: Vec<String>,
    /// Rows of posts that somebody holds beside their main one (兼務), which are passed over.
    pub concurrent_posts: u64,
}

impl Roster {
    /// Whether the file has a column for it.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.has.contains(&column)
    }
}

/// Reads a roster file.
///
/// # Errors
/// When it is no file that is read, or lacks a column that is needed.
pub fn read(bytes: &[u8]) -> Result<Roster, BadRoster> {
    let table = sheet::open(bytes, |headings| Columns::find(headings).is_ok())?;
    let columns = Columns::find(&table.columns)?;
    if table.rows.is_empty() && table.bad.is_empty() {
        return Err(BadRoster::NoRows);
    }
    Ok(rows::read(table, &columns))
}

/// The day after, for files that say the last day of something.
fn day_after(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}
