//! The register in the form in which it is read: the template is its headings.

use crate::{
    clock::Date,
    geo::Position,
    http::Language,
    table::{Cell, Table},
};

use super::Column;

/// The columns in their order.
const COLUMNS: [Column; 9] = [
    Column::Housing,
    Column::Address,
    Column::Unit,
    Column::Staff,
    Column::From,
    Column::Until,
    Column::Note,
    Column::Longitude,
    Column::Latitude,
];

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the building is called.
    pub housing: String,
    /// Its address.
    pub address: String,
    /// Where its entrance is.
    pub location: Position,
    /// The unit.
    pub unit: String,
    /// Who lives or lived there, if the row is of a residency: their number, from when until when.
    pub resident: Option<(String, Date, Option<Date>)>,
    /// What is to be remembered.
    pub note: String,
}

/// Rows as a table; none of them are a template.
#[must_use]
pub fn table(lines: &[Line], made_on: Date, language: Language) -> Table<9> {
    let row = |line: &Line| {
        let (number, from, until) = match &line.resident {
            Some((number, from, until)) => (Cell::text(number), Cell::Day(*from), Cell::maybe_day(*until)),
            None => (Cell::Empty, Cell::Empty, Cell::Empty),
        };
        let [longitude, latitude] = line.location.0.map(|degrees| Cell::text(&degrees.to_string()));
        [
            Cell::text(&line.housing),
            Cell::text(&line.address),
            Cell::text(&line.unit),
            number,
            from,
            until,
            Cell::text(&line.note),
            longitude,
            latitude,
        ]
    };
    Table {
        sheet: match language {
            Language::Ja => "災害対策住宅",
            Language::En => "Disaster housing",
        },
        made_on,
        headings: COLUMNS.map(|column| match language {
            Language::Ja => column.ja(),
            Language::En => column.en(),
        }),
        rows: lines.iter().map(row).collect(),
    }
}
