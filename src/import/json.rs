//! A JSON array of objects, such as a list of places with `lat` and `lng`.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{At, BadFile, BadRow, Encoding, Format, Row, Source};

/// Opens an array of objects.
pub(super) fn open<'a>(content: &str, encoding: Encoding) -> Result<Source<'a>, BadFile> {
    let items: Vec<Value> = serde_json::from_str(content)?;
    let mut columns = Columns::default();
    for item in items.iter().filter_map(Value::as_object) {
        columns.learn(item);
    }
    let count = items.len() as u64;
    let names = columns.names.clone();
    let rows = items.into_iter().zip(1..).map(move |(item, number)| {
        let at = At::Item(number);
        match item {
            Value::Object(object) => Ok(Row { at, cells: columns.cells(object), geometry: None }),
            _ => Err(BadRow { at, reason: "not an object".into() }),
        }
    });
    Ok(Source {
        format: Format::JsonArray,
        encoding,
        columns: names,
        count: Some(count),
        rows: Box::new(rows),
    })
}

/// The union of objects' keys, in the order in which they first appear.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    pub(super) fn learn(&mut self, object: &Map<String, Value>) {
        for name in object.keys() {
            if !self.places.contains_key(name) {
                self.places.insert(name.clone(), self.names.len());
                self.names.push(name.clone());
            }
        }
    }

    pub(super) fn cells(&self, object: Map<String, Value>) -> Vec<Value> {
        let mut cells = vec![Value::Null; self.names.len()];
        for (name, value) in object {
            if let Some(place) = self.places.get(&name) {
                cells[*place] = value;
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_the_union_of_keys() {
        let source = super::super::open(br#"[{"a":1},{"b":"x","a":null},3]"#).unwrap();
        assert_eq!(source.columns, ["a", "b"]);
        let rows: Vec<_> = source.rows.collect();
        assert_eq!(rows[1].as_ref().unwrap().cells, [Value::Null, "x".into()]);
        assert_eq!(rows[2].as_ref().unwrap_err().at, At::Item(3));
    }
}
