//! A table as an Excel workbook: numbers are numbers, days are days, headings stay in sight.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::clock::Date;

use super::{Cell, Table, Unwritable, csv::written, neutralised};

pub(super) fn write<const N: usize>(table: &Table<N>) -> Result<Vec<u8>, Unwritable> {
    workbook(table).map_err(|error| Unwritable::Workbook(error.to_string()))
}

fn workbook<const N: usize>(table: &Table<N>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date(table.made_on)?));
    let heading = Format::new().set_bold().set_text_wrap();
    let share = Format::new().set_num_format("0.0%");
    let decimal = Format::new().set_num_format("0.00");
    let day = Format::new().set_num_format("yyyy/mm/dd");
    let sheet = workbook.add_worksheet();
    sheet.set_name(table.sheet)?;
    for (column, text) in (0_u16..).zip(table.headings) {
        sheet.write_string_with_format(0, column, neutralised(text), &heading)?;
        sheet.set_column_width(column, width(table, usize::from(column)))?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(line, column, neutralised(text.as_str()))?,
                Cell::Whole(number) => sheet.write_number(line, column, *number)?,
                Cell::Share(part) => sheet.write_number_with_format(line, column, part.fraction(), &share)?,
                Cell::Decimal(number) => {
                    sheet.write_number_with_format(line, column, number.value(), &decimal)?
                }
                Cell::Day(on) => sheet.write_datetime_with_format(line, column, date(*on)?, &day)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(last), Some(right)) = (u32::try_from(table.rows.len()), (N as u16).checked_sub(1)) {
        sheet.autofilter(0, 0, last, right)?;
    }
    workbook.save_to_buffer()
}

fn date(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// How wide a column is, in Latin digits: as its first rows need, and no wider than a screen likes.
fn width<const N: usize>(table: &Table<N>, column: usize) -> f64 {
    const LOOKED_AT: usize = 200;
    let heading = wide(table.headings.get(column).copied().unwrap_or_default());
    let cells = table.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(column));
    let widest = cells.map(|cell| wide(&written(cell))).max().unwrap_or_default();
    // The arrow of the filter takes room as well.
    f64::from(u32::try_from(widest.max(heading + 2)).unwrap_or(u32::MAX).clamp(8, 60)) + 1.0
}

fn wide(text: &str) -> usize {
    let of_line = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    text.lines().map(of_line).max().unwrap_or_default()
}
