//! What all records of a place say together, and what editors say over it.

use serde_json::{Map, Value};

use crate::{
    catalogue::{Field, FieldKind, Layer},
    clock::Date,
    db::DbError,
    geo::Geometry,
    layers::{Feature, PlaceId},
};

use super::{editing::Override, store::PlaceRow};

/// What is said of a place: by its records, and by editors over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The place.
    pub id: PlaceId,
    /// Its place in the order of pages.
    pub position: i64,
    /// Where it is.
    pub geometry: Geometry,
    /// Its fields, in the catalogue's order; `valid_from` and `retired_on` are those of the whole place.
    pub fields: Map<String, Value>,
    /// Its datasets, the most authoritative first.
    pub datasets: Vec<String>,
}

/// The days between which a place counts.
const DAYS: [&str; 2] = ["valid_from", "retired_on"];

/// All that the records of a place say. Of records whose dataset still contains them, the most
/// authoritative that says anything of a field is believed; a flag is true when any says so, and lists are
/// joined. Only the fields named are read.
pub fn said_by_files(
    fields: impl Iterator<Item = &'static Field>,
    rows: &[PlaceRow],
) -> Result<Said, DbError> {
    let living = rows.iter().any(|row| !row.vanished);
    let rows: Vec<&PlaceRow> = rows.iter().filter(|row| !row.vanished || !living).collect();
    let records = rows.iter().map(|row| row.fields()).collect::<Result<Vec<_>, _>>()?;
    let mut merged = Map::new();
    for field in fields {
        let said = || records.iter().filter_map(|record| record.get(field.name));
        let value = match field.kind {
            FieldKind::Flag => {
                said().find(|value| **value == Value::Bool(true)).or_else(|| said().next()).cloned()
            }
            FieldKind::List => joined(said()),
            _ => said().next().cloned(),
        };
        if let Some(value) = value {
            merged.insert(field.name.to_owned(), value);
        }
    }
    let days = rows.iter().map(|row| row.days()).collect::<Result<Vec<_>, _>>()?;
    let valid_from = all(days.iter().map(|days| days.0)).and_then(|days| days.into_iter().min());
    let retired_on = all(days.iter().map(|days| days.1)).and_then(|days| days.into_iter().max());
    // The days of the whole place, not of one of its records; vanishing counts as retirement.
    for (name, day) in DAYS.into_iter().zip([valid_from, retired_on]) {
        match day {
            Some(day) => merged.insert(name.to_owned(), day.to_string().into()),
            None => merged.shift_remove(name),
        };
    }
    let first = rows.first().ok_or_else(|| DbError::Corrupt("a place without records".into()))?;
    Ok(Said {
        id: first.place()?,
        position: first.position,
        geometry: first.geometry()?,
        fields: merged,
        datasets: rows.iter().map(|row| row.dataset.clone()).collect(),
    })
}

impl Said {
    /// With what editors say over it. Hidden fields are still there.
    #[must_use]
    pub fn edited(mut self, layer: &Layer, over: &Override) -> Self {
        let mut fields = Map::new();
        for field in layer.fields {
            let value = match over.fields.get(field.name) {
                Some(Value::Null) => None,
                Some(value) => Some(value.clone()),
                None => self.fields.get(field.name).cloned(),
            };
            let value = if field.name == "former_names" { over.with_former_names(value) } else { value };
            if let Some(value) = value {
                fields.insert(field.name.to_owned(), value);
            }
        }
        self.fields = fields;
        if let Some(geometry) = &over.geometry {
            self.geometry = geometry.clone();
        }
        self
    }

    /// The first day on which it counts, and the first on which it no longer does.
    #[must_use]
    pub fn days(&self) -> (Option<Date>, Option<Date>) {
        let day = |name: &str| self.fields.get(name)?.as_str()?.parse().ok();
        (day(DAYS[0]), day(DAYS[1]))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.fields.get("name").and_then(Value::as_str).unwrap_or_default()
    }
}

/// A place as the public sees it: without what is not public, or hidden.
pub fn feature(layer: &Layer, rows: &[PlaceRow], over: Option<&Override>) -> Result<Feature, DbError> {
    // What is not public is not even read.
    let mut said = said_by_files(layer.public_fields(), rows)?;
    if let Some(over) = over {
        said = said.edited(layer, over);
        said.fields.retain(|name, _| {
            layer.field(name).is_some_and(|field| field.public) && !over.hidden.contains(name)
        });
    }
    let (valid_from, retired_on) = said.days();
    let Said { id, position, geometry, mut fields, datasets } = said;
    fields.insert("datasets".to_owned(), datasets.into());
    Ok(Feature { id, position, geometry, properties: fields, valid_from, retired_on })
}

fn joined<'a>(lists: impl Iterator<Item = &'a Value>) -> Option<Value> {
    let mut items: Vec<Value> = Vec::new();
    for item in lists.filter_map(Value::as_array).flatten() {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    (!items.is_empty()).then_some(Value::Array(items))
}

/// All days, unless one is open.
fn all(days: impl Iterator<Item = Option<Date>>) -> Option<Vec<Date>> {
    days.collect()
}
