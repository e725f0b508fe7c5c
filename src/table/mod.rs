//! Tables as files that spreadsheets open: Excel, CSV in UTF-8, CSV in CP932. Knows no feature.
//!
//! - [`Table`] is what is written: headings, and rows of typed [`Cell`]s.
//! - [`neutralised`] is the one rule by which no text becomes a formula.
//! - [`write`] makes the file; what CP932 lacks is refused by name, never replaced.
//!
//! What is read back from any of the files is what was written.

mod cell;
mod cp932;
mod csv;
mod excel;
mod neutral;
mod served;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use crate::clock::Date;

pub use cell::{Cell, Decimal, Share, Text};
pub use cp932::Lacking;
pub use neutral::{neutralised, restored};
pub use served::{download, table_format};

/// A table of `N` columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<const N: usize> {
    /// What its sheet is called in a workbook: at most 31 characters, none of `[]:*?/\`.
    pub sheet: &'static str,
    /// The day on which it was made.
    pub made_on: Date,
    /// What its columns are called.
    pub headings: [&'static str; N],
    /// Its rows.
    pub rows: Vec<[Cell; N]>,
}

/// A format of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableFormat {
    /// An Excel workbook with one sheet.
    Excel,
    /// CSV in UTF-8 with a byte order mark, by which Excel tells that it is UTF-8.
    Csv,
    /// CSV in CP932, the Shift JIS of Windows, for older programs.
    CsvCp932,
}

impl TableFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Excel, Self::Csv, Self::CsvCp932];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Excel => "xlsx",
            Self::Csv => "csv",
            Self::CsvCp932 => "csv_cp932",
        }
    }

    /// The end of its files' names.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Excel => "xlsx",
            Self::Csv | Self::CsvCp932 => "csv",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            // What CP932 is registered as.
            Self::CsvCp932 => "text/csv; charset=windows-31j; header=present",
        }
    }
}

/// There is no such format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tables are written as xlsx, csv or csv_cp932")]
pub struct UnknownTableFormat;

impl FromStr for TableFormat {
    type Err = UnknownTableFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.as_str() == name).ok_or(UnknownTableFormat)
    }
}

/// Why a table cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// It holds characters that CP932 lacks.
    #[error(transparent)]
    Lacking(#[from] Lacking),
    /// It is no table that Excel could hold.
    #[error("the workbook cannot be written: {0}")]
    Workbook(String),
}

/// Writes a table as a file. Takes a while for many rows: not for a thread that answers others.
///
/// # Errors
/// When it holds characters that CP932 lacks, or more than a sheet of Excel can hold (1,048,575 rows; 32,767 characters in a
/// cell).
pub fn write<const N: usize>(table: &Table<N>, format: TableFormat) -> Result<Vec<u8>, Unwritable> {
    match format {
        TableFormat::Excel => excel::write(table),
        TableFormat::Csv => Ok([csv::BYTE_ORDER_MARK, csv::write(table).as_bytes()].concat()),
        TableFormat::CsvCp932 => Ok(cp932::encoded(&csv::write(table))?),
    }
}
