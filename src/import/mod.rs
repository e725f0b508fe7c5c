//! File formats: bytes in, rows out. Knows no layer.
//!
//! A reader recognises its format by content, takes what is there, and says where each row stood.
//! It neither guesses nor drops: what it cannot read is an error or a refused row.

mod csv;
mod geojson;
mod json;
pub mod osm;
mod text;

use std::fmt;

use serde_json::Value;

use crate::geo::Geometry;

pub use text::{BadText, Encoding};

/// Where in a file a row stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The line on which it begins, counted from 1.
    Line(u64),
    /// Which item of a list it is, counted from 1.
    Item(u64),
}

/// One row of a file, whatever the format.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it stood.
    pub at: At,
    /// Its cells, in the order of [`Source::columns`]; missing ones are null.
    pub cells: Vec<Value>,
    /// Its geometry, when the format has any. As it stands in the file: not yet checked.
    pub geometry: Option<Geometry>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Where it stood.
    pub at: At,
    /// Why.
    pub reason: String,
}

/// A format that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A GeoJSON `FeatureCollection`, `Feature` or geometry.
    GeoJson,
    /// A JSON array of objects.
    JsonArray,
    /// Comma-separated values with a header row.
    Csv,
}

/// A file that has been opened and understood as far as its columns.
pub struct Source<'a> {
    /// Its format.
    pub format: Format,
    /// How its text was encoded.
    pub encoding: Encoding,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// How many rows there are, when that is known before they are read.
    pub count: Option<u64>,
    /// The rows.
    pub rows: Box<dyn Iterator<Item = Result<Row, BadRow>> + 'a>,
}

/// Why a file was refused as a whole.
#[derive(Debug, thiserror::Error)]
pub enum BadFile {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not in an encoding that is read.
    #[error(transparent)]
    Text(#[from] BadText),
    /// It begins like JSON but is none.
    #[error("the file looks like JSON but is not: {0}")]
    Json(#[from] serde_json::Error),
    /// JSON, but nothing that holds places.
    #[error("the JSON holds no features: {0}")]
    NotFeatures(String),
    /// A GeoJSON file in another reference system.
    #[error("the file's coordinates are in {0}; only WGS 84 or JGD2011 degrees are read")]
    OtherCrs(String),
    /// CSV that cannot be read.
    #[error("the CSV cannot be read: {0}")]
    Csv(String),
    /// Some other format.
    #[error("this looks like {0}, which is not read; GeoJSON, a JSON array or CSV is")]
    Unsupported(&'static str),
}

/// Recognises the format of a file by its content and opens it.
///
/// # Errors
/// When it is of no format that is read, or damaged as a whole.
pub fn open(bytes: &[u8]) -> Result<Source<'_>, BadFile> {
    if let Some(kind) = foreign(bytes) {
        return Err(BadFile::Unsupported(kind));
    }
    let (content, encoding) = text::decode(bytes)?;
    let start = content.trim_start();
    if start.is_empty() {
        return Err(BadFile::Empty);
    }
    match start.as_bytes()[0] {
        b'{' => geojson::open(&content, encoding),
        b'[' => json::open(&content, encoding),
        b'<' => Err(BadFile::Unsupported("XML or HTML")),
        _ => csv::open(content, encoding),
    }
}

/// What a file that is no text at all seems to be.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") {
        Some("a zip archive or an Excel workbook")
    } else if starts(b"\xd0\xcf\x11\xe0") {
        Some("an old Excel workbook")
    } else if starts(b"SQLite format 3\0") {
        Some("a GeoPackage or another SQLite file")
    } else if starts(b"\x1f\x8b") {
        Some("a gzip file")
    } else if starts(b"%PDF") {
        Some("a PDF")
    } else {
        None
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Item(item) => write!(f, "item {item}"),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Cp932 => "CP932",
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GeoJson => "GeoJSON",
            Self::JsonArray => "JSON array",
            Self::Csv => "CSV",
        })
    }
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {:?}, {:?})", self.format, self.encoding, self.columns)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Files that are nearly right: a real beginning, then anything.
    fn nearly_files() -> impl Strategy<Value = Vec<u8>> {
        let beginnings = prop_oneof![
            Just(""),
            Just("\u{feff}名称,緯度,経度\r\n"),
            Just("名称\t緯度\n\"甲"),
            Just(r#"[{"name":"甲","lat":35,"lng":139},"#),
            Just(
                r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[["#
            ),
            Just(
                r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[1e999,null]}}]}"#
            ),
        ];
        let pieces = prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..80),
            "[\\[\\]{}\",:0-9eE.\\-\n\r\t 一二]{0,80}".prop_map(String::into_bytes),
        ];
        (beginnings, pieces).prop_map(|(beginning, piece)| [beginning.as_bytes(), &piece].concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// A file is read or refused; it never panics, and every row has the cells of every column.
        #[test]
        fn no_file_makes_it_panic(bytes in nearly_files()) {
            if let Ok(source) = open(&bytes) {
                let columns = source.columns.len();
                for row in source.rows.flatten() {
                    prop_assert_eq!(row.cells.len(), columns);
                    if let Some(geometry) = row.geometry {
                        let _ = crate::geo::checked(geometry);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        for (bytes, named) in [
            (&b"PK\x03\x04rest"[..], "zip"),
            (b"<!DOCTYPE html><html>", "HTML"),
            (b"", "empty"),
            (b"  \n ", "empty"),
            (b"{\"type\":\"unavailable\"}", "unavailable"),
            (b"{\"type\":", "JSON"),
        ] {
            let error = open(bytes).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }
}
