//! From a file's bytes to valid records with keys.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use serde_json::{Map, Value};

use crate::{
    catalogue::LayerId,
    geo::Repair,
    import::{self, At, Encoding, Format},
    places::{
        columns::{Mapping, known_field},
        record::{self, Record, key_of},
        store::Stored,
        values::text_of,
    },
};

use super::{
    Import, ImportError, Progress,
    report::{ColumnUse, Refused},
};

/// How many rows are shown of each column, and how much of a cell.
const SAMPLES: usize = 3;
const SAMPLE: usize = 60;
/// A preview looks at no more rows than this: cells may be empty in the first ones.
const SAMPLED_ROWS: usize = 50;

/// Fields that may tell records apart, the most trusted first. A number that files merely count with
/// (`NO`) is the last resort: it changes when a file is sorted anew.
const KEYS: [&[&str]; 8] = [
    &["common_id"],
    &["route_code", "sequence"],
    &["route_code"],
    &["name"],
    &["name", "address"],
    &["name", "placed_at"],
    &["name", "address", "placed_at"],
    &["code"],
];

/// A file's records, ready to be compared with what is stored.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) format: Format,
    pub(super) encoding: Encoding,
    pub(super) read: u64,
    pub(super) key_fields: Vec<String>,
    pub(super) key_was_chosen: bool,
    pub(super) records: Vec<Record>,
    pub(super) refused: Vec<Refused>,
    /// Keys of refused rows: what cannot be read has not vanished.
    pub(super) refused_keys: HashSet<Box<str>>,
    pub(super) left_out: Vec<(At, String)>,
    pub(super) repairs: Vec<(At, Repair)>,
    pub(super) columns: Vec<ColumnUse>,
    pub(super) ignored: Vec<String>,
    pub(super) constants: Vec<(String, String)>,
}

/// What a file seems to hold, before anything is made of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = FilePreview)]
pub struct Preview {
    /// The format that was recognised.
    pub format: String,
    /// The encoding that was recognised.
    pub encoding: String,
    /// The columns and what they are taken for.
    pub columns: Vec<ColumnUse>,
    /// Whether its rows have geometries of their own, so that no column has to be a latitude.
    pub has_geometry: bool,
    /// Whether a column is taken for the name, without which nothing can be imported.
    pub has_name: bool,
}

/// Opens a file and shows its columns.
///
/// # Errors
/// When it cannot be read, or a wish about its columns cannot be granted.
pub fn preview(layer: LayerId, by_hand: &[(String, String)], bytes: &[u8]) -> Result<Preview, ImportError> {
    let source = import::open(bytes)?;
    let mapping = Mapping::find(layer, &source.columns, &[], by_hand)?;
    let mut columns = columns(&source.columns, &mapping);
    let mut has_geometry = false;
    for row in source.rows.take(SAMPLED_ROWS).flatten() {
        show(&mut columns, &row.cells);
        has_geometry |= row.geometry.is_some();
    }
    Ok(Preview {
        format: source.format.to_string(),
        encoding: source.encoding.to_string(),
        has_name: columns.iter().any(|column| column.field.as_deref() == Some("name")),
        columns,
        has_geometry,
    })
}

fn columns(names: &[String], mapping: &Mapping) -> Vec<ColumnUse> {
    let column = |(index, name): (usize, &String)| ColumnUse {
        name: name.clone(),
        field: mapping.meaning(index).map(str::to_owned),
        samples: Vec::new(),
    };
    names.iter().enumerate().map(column).collect()
}

pub(super) fn prepare(
    import: &Import,
    stored: Option<&Stored>,
    bytes: &[u8],
    progress: &dyn Progress,
) -> Result<Prepared, ImportError> {
    let source = import::open(bytes)?;
    let mapping =
        Mapping::find(import.layer, &source.columns, &import.options.constants, &import.options.mapping)?;
    let has_name = mapping.fields().any(|(field, _)| field.name == "name")
        || mapping.constants().iter().any(|(field, _)| field.name == "name");
    let sample = import.options.sample || stored.is_some_and(|stored| stored.info.sample);
    let asked = asked_key(import, stored)?;
    // Only what may become the key is kept of a row besides its record.
    let candidates = candidates(import.layer, asked.as_deref());
    let mut prepared = Prepared {
        format: source.format,
        encoding: source.encoding,
        read: 0,
        key_fields: Vec::new(),
        key_was_chosen: asked.is_none(),
        records: Vec::new(),
        refused: Vec::new(),
        refused_keys: HashSet::new(),
        left_out: Vec::new(),
        repairs: Vec::new(),
        columns: columns(&source.columns, &mapping),
        ignored: mapping.ignored().to_vec(),
        constants: mapping
            .constants()
            .iter()
            .map(|(field, value)| (field.name.to_owned(), value.clone()))
            .collect(),
    };
    let mut keys: Vec<Vec<Option<Box<str>>>> = vec![Vec::new(); candidates.len()];
    let mut refused_fields: Vec<Map<String, Value>> = Vec::new();
    for row in source.rows {
        prepared.read += 1;
        if prepared.read == 1 && !has_name {
            return Err(ImportError::NoName { columns: source.columns.join(", ") });
        }
        if prepared.read.is_multiple_of(1_000) {
            progress.advance("reading", prepared.read, source.count);
        }
        let row = match row {
            Ok(row) => row,
            Err(bad) => {
                prepared.refused.push(Refused { at: bad.at.to_string(), reason: bad.reason });
                continue;
            }
        };
        let at = row.at;
        show(&mut prepared.columns, &row.cells);
        let reading = record::read(import.layer, &mapping, &row, sample);
        prepared.left_out.extend(reading.left_out.into_iter().map(|text| (at, text)));
        prepared.repairs.extend(reading.repairs.into_iter().map(|repair| (at, repair)));
        match reading.record {
            Ok(record) => {
                prepared.records.push(record);
                for (candidate, keys) in candidates.iter().zip(&mut keys) {
                    keys.push(key_of(candidate, &reading.fields));
                }
            }
            Err(reason) => {
                let named = reading.fields.get("name").and_then(text_of);
                let reason = match named {
                    Some(name) => format!("{name}: {reason}"),
                    None => reason,
                };
                prepared.refused.push(Refused { at: at.to_string(), reason });
                refused_fields.push(reading.fields);
            }
        }
    }
    progress.advance("reading", prepared.read, Some(prepared.read));
    let chosen = choose(&candidates, &keys, asked.is_some(), prepared.records.is_empty())?;
    prepared.key_fields.clone_from(&candidates[chosen]);
    prepared.refused_keys =
        refused_fields.iter().filter_map(|fields| key_of(&prepared.key_fields, fields)).collect();
    give_keys(&mut prepared, keys.swap_remove(chosen));
    Ok(prepared)
}

/// Shows what stands in the first rows of each column.
fn show(columns: &mut [ColumnUse], cells: &[Value]) {
    for (column, cell) in columns.iter_mut().zip(cells) {
        if column.samples.len() < SAMPLES
            && let Some(text) = text_of(cell)
        {
            column.samples.push(text.chars().take(SAMPLE).collect());
        }
    }
}

/// The key that was asked for or that the dataset has, by field names.
fn asked_key(import: &Import, stored: Option<&Stored>) -> Result<Option<Vec<String>>, ImportError> {
    let asked = match &import.options.key {
        None => None,
        Some(names) => {
            let fields = names.iter().map(|name| known_field(import.layer, name));
            let names: Result<Vec<_>, _> = fields.map(|field| Ok(field?.name.to_owned())).collect();
            Some(names.map_err(|error: super::BadMapping| ImportError::Mapping(error))?)
        }
    };
    // Without any record there is no id yet that follows from the key.
    let stored = stored.filter(|stored| stored.live_count + stored.vanished_count > 0);
    match (asked, stored) {
        (Some(asked), Some(stored)) if asked != stored.info.key_fields => Err(ImportError::OtherKey {
            dataset: import.dataset.clone(),
            known: stored.info.key_fields.clone(),
        }),
        (_, Some(stored)) => Ok(Some(stored.info.key_fields.clone())),
        (asked, None) => Ok(asked),
    }
}

fn candidates(layer: LayerId, asked: Option<&[String]>) -> Vec<Vec<String>> {
    if let Some(asked) = asked {
        return vec![asked.to_vec()];
    }
    KEYS.iter()
        .filter(|fields| fields.iter().all(|field| layer.layer().field(field).is_some()))
        .map(|fields| fields.iter().map(|field| (*field).to_owned()).collect())
        .collect()
}

/// The first candidate that every record has and no two share.
fn choose(
    candidates: &[Vec<String>],
    keys: &[Vec<Option<Box<str>>>],
    was_asked: bool,
    no_records: bool,
) -> Result<usize, ImportError> {
    if was_asked {
        return Ok(0);
    }
    if no_records {
        let by_name = candidates.iter().position(|fields| fields == &["name"]);
        return Ok(by_name.unwrap_or(0));
    }
    let mut tried = Vec::new();
    for (index, keys) in keys.iter().enumerate() {
        let fields = candidates[index].join("+");
        let mut seen = HashSet::new();
        match keys.iter().find(|key| key.as_ref().is_none_or(|key| !seen.insert(key))) {
            None => return Ok(index),
            Some(None) => tried.push(format!("{fields} is missing in some")),
            Some(Some(key)) => {
                let shown: String = key.replace('\u{1f}', " / ").chars().take(40).collect();
                tried.push(format!("{fields} is the same for two ({shown})"));
            }
        }
    }
    Err(ImportError::NoKey { tried: tried.join("; ") })
}

/// Gives the records their keys; those without, and all but the first with the same, are refused.
fn give_keys(prepared: &mut Prepared, keys: Vec<Option<Box<str>>>) {
    let mut first: HashMap<Box<str>, At> = HashMap::with_capacity(keys.len());
    let mut kept = Vec::with_capacity(keys.len());
    for (mut record, key) in std::mem::take(&mut prepared.records).into_iter().zip(keys) {
        let Some(key) = key else {
            let reason = format!("it has no {}, which tells records apart", prepared.key_fields.join("+"));
            prepared.refused.push(Refused { at: record.at.to_string(), reason });
            continue;
        };
        match first.entry(key.clone()) {
            Entry::Occupied(known) => {
                let reason = format!("it has the same {} as {}", prepared.key_fields.join("+"), known.get());
                prepared.refused.push(Refused { at: record.at.to_string(), reason });
            }
            Entry::Vacant(place) => {
                place.insert(record.at);
                record.key = key;
                kept.push(record);
            }
        }
    }
    prepared.records = kept;
}
