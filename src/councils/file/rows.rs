//! Rows into homes and residents.

use unicode_normalization::UnicodeNormalization as _;

use crate::{
    clock::Date,
    geo::Position,
    sheet::{Headings, Reason, Table, japanese_date},
    staff::check_number,
};

use super::{Column, Draft, LONGEST_NAME, LONGEST_TEXT, Listing, Refused, Resident};

/// What wards write where somebody lives there until further notice, or nobody does.
const NOTHING: [&str; 5] = ["", "-", "－", "なし", "空室"];

/// Reads all rows of a table.
pub(super) fn read(table: Table, columns: &Headings<Column>) -> Listing {
    let broken =
        |bad: crate::sheet::BadLine| Refused { line: bad.line, says: Default::default(), reason: bad.reason };
    let mut listing = Listing {
        drafts: Vec::with_capacity(table.rows.len()),
        refused: table.bad.into_iter().map(broken).collect(),
        ignored_columns: columns.ignored().to_vec(),
    };
    for (line, cells) in &table.rows {
        let row = Row { cells, columns };
        match row.draft(*line) {
            Ok(draft) => listing.drafts.push(draft),
            Err(reason) => {
                let says = [Column::Housing, Column::Unit, Column::Staff]
                    .map(|column| row.text(column).chars().take(LONGEST_NAME).collect());
                listing.refused.push(Refused { line: *line, says, reason });
            }
        }
    }
    listing.refused.sort_by_key(|refused| refused.line);
    listing
}

struct Row<'r> {
    cells: &'r [String],
    columns: &'r Headings<Column>,
}

impl Row<'_> {
    fn text(&self, column: Column) -> &str {
        // A file that was exported here marks what no spreadsheet may take for a formula.
        crate::table::restored(self.columns.text(self.cells, column)).trim()
    }

    fn draft(&self, line: u64) -> Result<Draft, Reason> {
        let housing = self.short(Column::Housing, LONGEST_NAME)?.ok_or_else(|| missing(Column::Housing))?;
        let unit = self.short(Column::Unit, LONGEST_NAME)?.ok_or_else(|| missing(Column::Unit))?;
        Ok(Draft {
            line,
            housing,
            address: self.short(Column::Address, LONGEST_TEXT)?,
            location: self.location()?,
            unit,
            resident: self.resident()?,
            note: self.short(Column::Note, LONGEST_TEXT)?,
        })
    }

    fn short(&self, column: Column, longest: usize) -> Result<Option<String>, Reason> {
        let text = cleaned(self.text(column));
        if text.chars().count() > longest {
            return Err(Reason::new(
                format!("{}が長すぎます({longest}文字まで)。", column.ja()),
                format!("The {} is too long (at most {longest} characters).", english(column)),
            ));
        }
        Ok((!text.is_empty()).then_some(text))
    }

    fn location(&self) -> Result<Option<Position>, Reason> {
        let [longitude, latitude] = [Column::Longitude, Column::Latitude].map(|column| self.text(column));
        if longitude.is_empty() && latitude.is_empty() {
            return Ok(None);
        }
        let degrees =
            |text: &str| text.nfkc().collect::<String>().trim_end_matches(['度', '°']).parse::<f64>().ok();
        let found = degrees(longitude).zip(degrees(latitude)).map(|(lon, lat)| Position([lon, lat]));
        found.filter(|position| position.is_in_world()).map(Some).ok_or_else(|| {
            Reason::new(
                format!("経度「{longitude}」・緯度「{latitude}」を位置として読み取れません。経度139.75、緯度35.66 のように、度で両方を書いてください。"),
                format!("Longitude “{longitude}” and latitude “{latitude}” are no position. Please give both in degrees, like 139.75 and 35.66."),
            )
        })
    }

    fn resident(&self) -> Result<Option<Resident>, Reason> {
        let (from, until) = (self.day(Column::From)?, self.day(Column::Until)?);
        let number = self.text(Column::Staff);
        if NOTHING.contains(&number) {
            return if from.is_none() && until.is_none() {
                Ok(None)
            } else {
                Err(Reason::new(
                    "入居日・退居日がありますが、職員番号がありません。",
                    "There is a day of moving in or out, but no staff number.",
                ))
            };
        }
        let number = check_number(number).map_err(|_| {
            Reason::new(
                format!("職員番号「{number}」を読み取れません。"),
                format!("The staff number “{number}” cannot be read."),
            )
        })?;
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            return Err(Reason::new(
                "退居日が入居日より前です。",
                "The day of moving out is before the day of moving in.",
            ));
        }
        Ok(Some(Resident { number, from, until }))
    }

    fn day(&self, column: Column) -> Result<Option<Date>, Reason> {
        let text = self.text(column);
        if NOTHING.contains(&text) {
            return Ok(None);
        }
        japanese_date(text).map(Some).ok_or_else(|| {
            Reason::new(
                format!("{}「{text}」を日付として読み取れません。2026-04-01、令和8年4月1日 などの形にしてください。", column.ja()),
                format!("“{text}” ({}) is no date. Please write it like 2026-04-01 or 令和8年4月1日.", english(column)),
            )
        })
    }
}

/// A text as a cell has it: what cannot be seen is in no name; lines of a remark stay.
pub(in crate::councils) fn cleaned(text: &str) -> String {
    let seen: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    seen.trim().to_owned()
}

fn english(column: Column) -> String {
    column.en().to_lowercase()
}

fn missing(column: Column) -> Reason {
    Reason::new(
        format!("{}がありません。行ごとに書いてください。", column.ja()),
        format!("The {} is missing. Please write it on every row.", english(column)),
    )
}
