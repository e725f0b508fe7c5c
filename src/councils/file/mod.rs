//! Lists of homes as files: bytes in, rows out, one for each unit and who lives in it.
//!
//! Which column is what is told by its heading. An empty cell says nothing: what is known stays. A row that cannot be read is
//! [refused](Refused) with its line and a reason; nothing is guessed.

mod columns;
mod rows;
mod template;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{
    clock::Date,
    geo::Position,
    sheet::{self, BadTable, Reason},
};

pub use columns::{Column, NoColumn};
pub(in crate::councils) use rows::cleaned;
pub use template::{Line, table};

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 100;
/// The longest address or remark, in characters.
pub const LONGEST_TEXT: usize = 1_000;
/// As many rows are read: a prefecture has fewer.
pub const MOST_ROWS: usize = 5_000;

/// A row that could be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its line in the file, or its row in the sheet.
    pub line: u64,
    /// What the building is called.
    pub housing: String,
    /// Its address.
    pub address: Option<String>,
    /// Where its entrance is.
    pub location: Option<Position>,
    /// The unit.
    pub unit: String,
    /// Who lives or lived there; none where the row is of the unit alone.
    pub resident: Option<Resident>,
    /// What is to be remembered: of the residency where the row has one, else of the unit.
    pub note: Option<String>,
}

/// Somebody in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resident {
    /// Their staff number.
    pub number: String,
    /// The day on which they move in.
    pub from: Option<Date>,
    /// The day on which they move out.
    pub until: Option<Date>,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Its line.
    pub line: u64,
    /// What it says of the building, the unit and the staff number.
    pub says: [String; 3],
    /// Why.
    pub reason: Reason,
}

/// A file that has been read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// Rows that could be read, by their order in the file.
    pub drafts: Vec<Draft>,
    /// Rows that could not.
    pub refused: Vec<Refused>,
    /// Headings that mean nothing here.
    pub ignored_columns: Vec<String>,
}

/// Why a whole file was refused.
#[derive(Debug, thiserror::Error)]
pub enum BadListing {
    /// It cannot be read.
    #[error(transparent)]
    Table(#[from] BadTable),
    /// A column is missing without which nothing can be known.
    #[error(transparent)]
    Columns(#[from] NoColumn),
    /// No row in it.
    #[error("the file has headings and no rows")]
    NoRows,
    /// It has too many rows.
    #[error("the file has {0} rows, more than {MOST_ROWS}")]
    TooManyRows(usize),
}

/// Reads a file.
///
/// # Errors
/// When it is no file that is read, lacks a column that is needed, or has no rows or too many.
pub fn read(bytes: &[u8]) -> Result<Listing, BadListing> {
    let table = sheet::open(bytes, |headings| columns::find(headings).is_ok())?;
    let columns = columns::find(&table.columns)?;
    match table.rows.len() + table.bad.len() {
        0 => Err(BadListing::NoRows),
        count if count > MOST_ROWS => Err(BadListing::TooManyRows(count)),
        _ => Ok(rows::read(table, &columns)),
    }
}
