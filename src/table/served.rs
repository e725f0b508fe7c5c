//! Tables as answers.

use crate::http::{Download, FileName, Message, Problem};

use super::{Table, TableFormat, Unwritable, write};

/// The format that an address names.
///
/// # Errors
/// When there is none of that name.
pub fn table_format(format: &str) -> Result<TableFormat, Problem> {
    format.parse().map_err(|_| {
        Problem::not_found(Message::new(
            "書き出せる形式は xlsx、csv、csv_cp932 です。",
            "Lists are exported as xlsx, csv or csv_cp932.",
        ))
    })
}

/// A table as a file. It is made apart from what answers others.
///
/// # Errors
/// When the format lacks characters of it.
pub async fn download<const N: usize>(
    table: Table<N>,
    format: TableFormat,
    name: FileName,
) -> Result<Download, Problem> {
    let written = tokio::task::spawn_blocking(move || write(&table, format)).await;
    let bytes = written.map_err(|error| Problem::internal(&error))?.map_err(|error| match error {
        Unwritable::Lacking(lacking) => {
            let message = Message::new(
                format!("CP932(Shift_JIS)にない文字があるため、この形式では書き出せません: {lacking}。別の文字に置きかえることはしません。Excel か CSV(UTF-8)で書き出してください。"),
                format!("CP932 (Shift_JIS) lacks some characters, so this format cannot be written: {lacking}. None is replaced by another. Please export as Excel or CSV (UTF-8)."),
            );
            Problem::impossible("format", message)
        }
        Unwritable::Workbook(_) => Problem::internal(&error),
    })?;
    Ok(Download { bytes, media_type: format.media_type(), name })
}
