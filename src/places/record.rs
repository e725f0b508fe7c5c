//! A record: what one row of a dataset says of a place. One that exists is valid.

use geo::Point;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    catalogue::{LayerId, Shape},
    clock::Date,
    geo::{Bbox, Geometry, Repair, checked, hilbert_position, representative_point, to_wkb},
    import::{At, Row},
    layers::fold,
};

use super::{
    columns::Mapping,
    values::{number, text_of, value},
};

/// A valid record, in the form in which it is stored: a million of them must fit in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it stood in its file.
    pub at: At,
    /// What tells it from the dataset's others. Filled in when the key is known.
    pub key: Box<str>,
    /// ISO WKB.
    pub geometry: Box<[u8]>,
    /// The box around it.
    pub bbox: Bbox,
    /// Where it starts on the Hilbert curve.
    pub position: i64,
    /// Its fields as JSON, those that are not public too.
    pub properties: Box<str>,
    /// Its name, folded, and a point that stands for it: by them records of one facility are linked.
    pub name: Box<str>,
    /// See `name`.
    pub point: Point,
    /// The first day on which it counts.
    pub valid_from: Option<Date>,
    /// The first day on which it no longer counts.
    pub retired_on: Option<Date>,
}

/// What came of a row.
#[derive(Debug)]
pub struct Reading {
    /// The record, or why there is none.
    pub record: Result<Record, String>,
    /// The row's fields as far as they could be read; the key is taken from them even when the row is
    /// refused.
    pub fields: Map<String, Value>,
    /// Cells that were left out, and why.
    pub left_out: Vec<String>,
    /// Repairs of the geometry.
    pub repairs: Vec<Repair>,
}

/// Reads a row as a record of `layer`.
pub fn read(layer: LayerId, mapping: &Mapping, row: &Row, sample: bool) -> Reading {
    let mut left_out = Vec::new();
    let fields = fields(layer, mapping, row, sample, &mut left_out);
    let mut repairs = Vec::new();
    let record = geometry(mapping, row).and_then(|given| {
        let (geometry, repaired) = checked(given).map_err(|error| error.to_string())?;
        repairs = repaired;
        takes(layer, &geometry)?;
        record(row.at, &fields, &geometry)
    });
    Reading { record, fields, left_out, repairs }
}

fn fields(
    layer: LayerId,
    mapping: &Mapping,
    row: &Row,
    sample: bool,
    left_out: &mut Vec<String>,
) -> Map<String, Value> {
    let mut found = Map::new();
    for (field, columns) in mapping.fields() {
        for column in columns {
            match value(field, &row.cells[*column]) {
                Ok(Some(value)) => {
                    found.insert(field.name.to_owned(), value);
                    break;
                }
                Ok(None) => {}
                Err(error) => left_out.push(error.0),
            }
        }
    }
    for (field, text) in mapping.constants() {
        if !found.contains_key(field.name) {
            match value(field, &Value::from(text.as_str())) {
                Ok(Some(value)) => {
                    found.insert(field.name.to_owned(), value);
                }
                Ok(None) => {}
                Err(error) => left_out.push(error.0),
            }
        }
    }
    if sample {
        found.insert("sample".into(), true.into());
    }
    // In the catalogue's order, whatever the file's: the same content has the same digest.
    layer.layer().fields.iter().filter_map(|field| found.remove_entry(field.name)).collect()
}

fn geometry(mapping: &Mapping, row: &Row) -> Result<Geometry, String> {
    if let Some(geometry) = &row.geometry {
        return Ok(geometry.clone());
    }
    let Some((latitude, longitude)) = mapping.coordinates() else {
        return Err("it has no geometry and no columns for latitude and longitude".into());
    };
    let degree = |column: usize, name: &str| {
        let text = text_of(&row.cells[column]).ok_or_else(|| format!("it has no {name}"))?;
        number(&text).ok_or_else(|| format!("its {name} {:?} is not a number", shortened(&text)))
    };
    let (lat, lon) = (degree(latitude, "latitude")?, degree(longitude, "longitude")?);
    if lat == 0.0 && lon == 0.0 {
        return Err("its latitude and longitude are both 0, which stands for unknown".into());
    }
    Ok(Point::new(lon, lat).into())
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

fn takes(layer: LayerId, geometry: &Geometry) -> Result<(), String> {
    let fits = match layer.layer().shape {
        Shape::Point => matches!(geometry, Geometry::Point(_)),
        Shape::Line => matches!(geometry, Geometry::LineString(_) | Geometry::MultiLineString(_)),
        Shape::Area => matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_)),
        Shape::AreaOrPoint => {
            matches!(geometry, Geometry::Point(_) | Geometry::Polygon(_) | Geometry::MultiPolygon(_))
        }
    };
    if fits { Ok(()) } else { Err(format!("layer {layer} does not take such a geometry")) }
}

/// A record of these fields, which are valid values of the layer.
pub fn record(at: At, fields: &Map<String, Value>, geometry: &Geometry) -> Result<Record, String> {
    let name = fields.get("name").and_then(Value::as_str).ok_or("it has no name")?;
    let bbox = Bbox::around(geometry).ok_or("its geometry is empty")?;
    let [lon, lat] = representative_point(geometry).unwrap_or_else(|| bbox.centre());
    let day = |field: &str| -> Option<Date> { fields.get(field)?.as_str()?.parse().ok() };
    let (valid_from, retired_on) = (day("valid_from"), day("retired_on"));
    if let (Some(from), Some(until)) = (valid_from, retired_on)
        && until < from
    {
        return Err(format!("it is retired on {until}, before it begins on {from}"));
    }
    Ok(Record {
        at,
        key: "".into(),
        geometry: to_wkb(geometry).into(),
        bbox,
        position: hilbert_position(lon, lat),
        properties: Value::from(fields.clone()).to_string().into(),
        name: fold(name).into(),
        point: Point::new(lon, lat),
        valid_from,
        retired_on,
    })
}

impl Record {
    /// Names the content: a record with the same digest is unchanged.
    #[must_use]
    pub fn digest(&self) -> [u8; 16] {
        let mut hash = Sha256::new();
        hash.update(&self.geometry);
        hash.update(self.properties.as_bytes());
        let mut digest = [0; 16];
        digest.copy_from_slice(&hash.finalize()[..16]);
        digest
    }
}

/// The key of a record: the values of the key fields. `None` when one of them is missing.
pub fn key_of(key_fields: &[String], fields: &Map<String, Value>) -> Option<Box<str>> {
    let values: Option<Vec<String>> = key_fields.iter().map(|name| text_of(fields.get(name)?)).collect();
    // A separator that no value has: cells are trimmed and hold no control characters at their ends.
    values.map(|values| values.join("\u{1f}").into())
}
