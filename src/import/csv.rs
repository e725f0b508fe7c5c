//! CSV with a header row.

use std::{borrow::Cow, io::Cursor, sync::Arc};

use serde_json::Value;

use super::{At, BadFile, BadRow, Encoding, Format, Row, Source};

/// Opens CSV text (or TSV: the header tells). Rows without any content are passed over: templates
/// hold many.
pub(super) fn open(content: Cow<'_, str>, encoding: Encoding) -> Result<Source<'_>, BadFile> {
    let first_line = content.lines().next().unwrap_or_default();
    let delimiter = if first_line.contains('\t') && !first_line.contains(',') { b'\t' } else { b',' };
    let text = Text(Arc::new(match content {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }));
    let mut lines = Lines { text: text.clone(), at: 0, line: 1 };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(Cursor::new(text));
    let columns: Vec<String> = reader
        .headers()
        .map_err(|error| BadFile::Csv(error.to_string()))?
        .iter()
        .map(|name| name.trim().to_owned())
        .collect();
    let width = columns.len();
    let rows = reader.into_records().filter_map(move |record| read(record, width, &mut lines).transpose());
    Ok(Source { format: Format::Csv, encoding, columns, count: None, rows: Box::new(rows) })
}

/// The whole text, shared between the reader and whoever counts its lines.
#[derive(Clone)]
struct Text<'a>(Arc<Cow<'a, [u8]>>);

impl AsRef<[u8]> for Text<'_> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Counts lines up to a byte. The reader's own count is one behind after a CRLF.
struct Lines<'a> {
    text: Text<'a>,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the record begins that the reader found at `byte`; bytes never go back.
    fn line_at(&mut self, byte: u64) -> At {
        let text = self.text.as_ref();
        let mut start = (byte as usize).clamp(self.at, text.len());
        // A record's position may lie before the line break that ends the record before.
        while matches!(text.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        self.line += memchr::memchr_iter(b'\n', &text[self.at..start]).count() as u64;
        self.at = start;
        At::Line(self.line)
    }
}

fn read(
    record: Result<csv::StringRecord, csv::Error>,
    width: usize,
    lines: &mut Lines<'_>,
) -> Result<Option<Row>, BadRow> {
    let record = record.map_err(|error| BadRow {
        at: lines.line_at(error.position().map_or(0, csv::Position::byte)),
        reason: error.to_string(),
    })?;
    let at = lines.line_at(record.position().map_or(0, csv::Position::byte));
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return Ok(None);
    }
    if record.len() > width && record.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
        return Err(BadRow {
            at,
            reason: format!("{} cells under {width} headings: is a quotation mark missing?", record.len()),
        });
    }
    let mut cells: Vec<Value> = record
        .iter()
        .take(width)
        .map(|cell| match cell.trim() {
            "" => Value::Null,
            text => Value::from(text),
        })
        .collect();
    cells.resize(width, Value::Null);
    Ok(Some(Row { at, cells, geometry: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Result<Row, BadRow>> {
        super::super::open(text.as_bytes()).unwrap().rows.collect()
    }

    #[test]
    fn rows_know_the_line_they_begin_on() {
        let rows = rows("名称,住所\r\n\"改\n行\",a\r\n,\r\n次,b\r\n");
        let at: Vec<At> = rows.iter().map(|row| row.as_ref().unwrap().at).collect();
        assert_eq!(at, [At::Line(2), At::Line(5)]);
    }

    #[test]
    fn a_template_has_no_rows_and_a_short_row_has_nulls() {
        assert!(rows("名称,住所\n,\n,\n").is_empty());
        let short = rows("名称,住所,備考\nあ\n");
        assert_eq!(short[0].as_ref().unwrap().cells, ["あ".into(), Value::Null, Value::Null]);
    }

    #[test]
    fn a_row_with_cells_too_many_is_refused_unless_they_are_empty() {
        let rows = rows("名称,住所\nあ,い,,\nあ,い,う\n");
        assert!(rows[0].is_ok());
        assert_eq!(rows[1].as_ref().unwrap_err().at, At::Line(3));
    }

    #[test]
    fn tabs_are_told_from_commas() {
        let source = super::super::open("名称\t住所\nあ\tい,う\n".as_bytes()).unwrap();
        assert_eq!(source.columns, ["名称", "住所"]);
    }
}
