//! A file as a table of texts, whatever its format.

use serde_json::Value;

use crate::import::{self, At, BadFile};

use super::{Reason, excel};

/// A table: headings and rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each with its line; as many cells as headings.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Rows that broke.
    pub bad: Vec<BadLine>,
}

/// A row that cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its line.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum BadTable {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] BadFile),
    /// It is a workbook that cannot be read.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// It is a workbook without a sheet that has the headings.
    #[error("no sheet of the workbook has a row with the headings that are needed")]
    NoSheet,
}

/// Opens a file. Wards put titles above the headings of a workbook: `is_heading` knows the row with the headings.
///
/// # Errors
/// When it is neither CSV nor a workbook, or no sheet has the headings.
pub fn open(bytes: &[u8], is_heading: impl Fn(&[String]) -> bool) -> Result<Table, BadTable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return excel::open(bytes, &is_heading);
    }
    let source = import::open(bytes)?;
    if source.format != import::Format::Csv {
        return Err(BadFile::Unsupported("JSON").into());
    }
    let mut table = Table { columns: source.columns, ..Table::default() };
    for row in source.rows {
        match row {
            Ok(row) => table.rows.push((line(row.at), row.cells.iter().map(text).collect())),
            Err(bad) => table.bad.push(BadLine {
                line: line(bad.at),
                reason: Reason::new(
                    format!("この行を読み取れません({})。", bad.reason),
                    format!("This row cannot be read ({}).", bad.reason),
                ),
            }),
        }
    }
    Ok(table)
}

const fn line(at: At) -> u64 {
    match at {
        At::Line(line) | At::Item(line) => line,
    }
}

fn text(cell: &Value) -> String {
    match cell {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
