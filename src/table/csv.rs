//! A table as CSV: commas, CRLF, quotation marks where they are needed.

use super::{Cell, Table, neutralised};

/// By this Excel tells that a file is UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) fn write<const N: usize>(table: &Table<N>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail, here and below.
    let _ = writer.write_record(table.headings.map(neutralised).iter().map(|heading| heading.as_bytes()));
    for row in &table.rows {
        let _ = writer.write_record(row.each_ref().map(written));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A cell as people and spreadsheets read it.
pub(super) fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => neutralised(text.as_str()).into_owned(),
        Cell::Whole(number) => number.to_string(),
        Cell::Share(share) => share.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}
