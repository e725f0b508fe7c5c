//! What an import did, for people and for programs.

use serde::Serialize;

use crate::{
    layers::PlaceId,
    places::{editing::Difference, record::Record},
};

/// What keeps an import from being stored until somebody accepts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Rows are refused.
    RefusedRows,
    /// Most of the dataset is not in the file.
    MostWouldVanish,
}

/// How an import ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The differences were stored.
    Stored,
    /// There was no difference.
    Unchanged,
    /// It was only asked what would happen.
    DryRun,
    /// Nothing was stored, because of the report's obstacle.
    Stopped,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Refused {
    /// Where in the file.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// Something about a row that was taken all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Note {
    /// Where in the file.
    pub at: String,
    /// What.
    pub text: String,
}

/// A record that describes a place of another dataset too, or might.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Linked {
    /// Where in the file.
    pub at: String,
    /// The record's key.
    pub key: String,
    /// The place that it was given.
    pub place: String,
}

impl Linked {
    pub(super) fn new(record: &Record, place: PlaceId) -> Self {
        Self { at: record.at.to_string(), key: record.key.replace('\u{1f}', " / "), place: place.to_string() }
    }
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ColumnUse {
    /// Its heading.
    pub name: String,
    /// The field that it is, `latitude` or `longitude`; null when its cells are not stored.
    pub field: Option<String>,
    /// What stands in it in the first rows.
    pub samples: Vec<String>,
}

/// A record that says something else than before.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Changed {
    /// Where in the file.
    pub at: String,
    /// The record's key.
    pub key: String,
    /// What is different.
    pub changes: Vec<Difference>,
}

/// A place of which editors say something else than the file. What editors say stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct EditedPlace {
    /// The record's key.
    pub key: String,
    /// Its place.
    pub place: String,
    /// The fields.
    pub fields: Vec<String>,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// How it ended.
    pub outcome: Outcome,
    /// What keeps the import from being stored, unless it is accepted; a dry run says it too.
    pub obstacle: Option<Obstacle>,
    /// Into which layer.
    pub layer: String,
    /// Into which dataset.
    pub dataset: String,
    /// Whether the dataset is new.
    pub dataset_is_new: bool,
    /// Of which file.
    pub file: String,
    /// The format that was recognised.
    pub format: String,
    /// The encoding that was recognised.
    pub encoding: String,
    /// The fields that tell records apart.
    pub key: Vec<String>,
    /// Whether the importer chose them.
    pub key_was_chosen: bool,
    /// Names what is stored, or would be: an import that asks for this plan stores nothing else.
    pub plan: String,
    /// The file's columns and what they were taken for.
    pub columns: Vec<ColumnUse>,
    /// Rows in the file.
    pub read: u64,
    /// Records that are new.
    pub added: u64,
    /// The first of them, by key.
    pub added_sample: Vec<Note>,
    /// Records that say something else now.
    pub changed: u64,
    /// The first of them, with what is different.
    pub changed_sample: Vec<Changed>,
    /// Places of which editors say something else than the file.
    pub edited: Vec<EditedPlace>,
    /// Records that say the same.
    pub unchanged: u64,
    /// Records that the file no longer contains; retired.
    pub vanished: u64,
    /// The keys of some of them.
    pub vanished_keys: Vec<String>,
    /// Records that had vanished and are back.
    pub returned: u64,
    /// How many rows were refused.
    pub refused_count: u64,
    /// The first of them.
    pub refused: Vec<Refused>,
    /// How many geometries were repaired.
    pub repaired_count: u64,
    /// The first repairs.
    pub repaired: Vec<Note>,
    /// How many cells were left out.
    pub left_out_count: u64,
    /// The first of them.
    pub left_out: Vec<Note>,
    /// Records linked to a place of another dataset.
    pub linked: Vec<Linked>,
    /// Records that might be such a place, but nobody guesses.
    pub ambiguous: Vec<Linked>,
    /// Columns whose cells are not stored.
    pub ignored_columns: Vec<String>,
    /// What every record was given, because of the kind of file or because it was asked for.
    pub constants: Vec<(String, String)>,
}
