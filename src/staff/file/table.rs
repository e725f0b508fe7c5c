//! A file as a table of texts, whatever its format.

use serde_json::Value;

use crate::import::{self, At, BadFile};

use super::{Reason, Refused, excel};

/// A table: headings and rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The headings.
    pub columns: Vec<String>,
    /// The rows, each with its line; as many cells as headings.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Rows that broke.
    pub bad: Vec<Refused>,
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
    /// It is a workbook without a sheet that looks like a roster.
    #[error("no sheet of the workbook has a row of headings with a staff number and a name")]
    NoSheet,
}

/// Opens a file.
pub(super) fn open(bytes: &[u8]) -> Result<Table, BadTable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return excel::open(bytes);
    }
    let source = import::open(bytes)?;
    if source.format != import::Format::Csv {
        return Err(BadFile::Unsupported("JSON").into());
    }
    let mut table = Table { columns: source.columns, ..Table::default() };
    for row in source.rows {
        match row {
            Ok(row) => table.rows.push((line(row.at), row.cells.iter().map(text).collect())),
            Err(bad) => table.bad.push(Refused {
                line: line(bad.at),
                number: None,
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
