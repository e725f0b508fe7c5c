//! Excel workbooks. The sheet and its headings are found by what they say: wards put titles above them.

use std::io::Cursor;

use calamine::{Data, Reader as _, open_workbook_auto_from_rs};

use super::table::{BadTable, Table};

/// How far down headings are looked for.
const TITLES: usize = 20;

pub(super) fn open(bytes: &[u8], is_heading: &dyn Fn(&[String]) -> bool) -> Result<Table, BadTable> {
    let bad = |error: calamine::Error| BadTable::Workbook(error.to_string());
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(bad)?;
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(bad)?;
        // Rows are counted from the first that holds anything.
        let first = u64::from(range.start().map_or(0, |(row, _)| row)) + 1;
        let mut rows = range.rows().enumerate();
        let headings = rows.by_ref().take(TITLES).find_map(|(_, row)| {
            let columns: Vec<String> = row.iter().map(text).collect();
            is_heading(&columns).then_some(columns)
        });
        let Some(mut columns) = headings else { continue };
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        let width = columns.len();
        let rows = rows
            .map(|(index, row)| (first + index as u64, row.iter().take(width).map(text).collect::<Vec<_>>()))
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
            .map(|(line, mut cells)| {
                cells.resize(width, String::new());
                (line, cells)
            })
            .collect();
        return Ok(Table { columns, rows, bad: Vec::new() });
    }
    Err(BadTable::NoSheet)
}

/// A cell as somebody would type it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        // A number of whole ones has no decimals, so that 123 stays a staff number.
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(flag) => flag.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Error(error) => error.to_string(),
    }
}
