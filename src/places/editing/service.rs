//! Reading and changing places in a transaction.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    auth::AccountId,
    catalogue::LayerId,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    geo::Geometry,
    http::Message,
    import::At,
    layers::PlaceId,
    places::{
        dataset::{DatasetId, DatasetInfo, UNKNOWN_LICENCE},
        merge::{Said, said_by_files},
        record::record,
        store::{self, Edit, PlaceRow},
    },
};

use super::{
    check::{self, Wrong},
    model::{Difference, EDITABLE, Override, Patch, differences},
    reach::Stewards,
};

/// Who edits, when and why.
#[derive(Clone, Debug)]
pub struct Author {
    /// Their account.
    pub account: AccountId,
    /// When.
    pub now: Timestamp,
    /// Today in Tokyo.
    pub today: Date,
    /// Why; may be empty where nobody has to say.
    pub reason: String,
}

/// What is done to a place.
#[derive(Clone, Debug)]
pub enum Change {
    /// Fields, visibility, where it is.
    Patch(Box<Patch>),
    /// It no longer counts from that day on.
    Retire(Date),
    /// It counts again.
    Restore,
    /// What editors said after that version is said again; 0 is before the first edit.
    UndoTo(i64),
}

/// A place as its editors see it.
#[derive(Clone, Debug)]
pub struct PlaceView {
    /// Its id.
    pub id: PlaceId,
    /// Its layer.
    pub layer: LayerId,
    /// Changes whenever anything about the place does.
    pub tag: i64,
    /// How many edits it has had.
    pub edits: i64,
    /// What files say.
    pub files: Said,
    /// What editors say over it.
    pub over: Override,
    /// Both together.
    pub said: Said,
    /// Its datasets: id, title, steward, and whether it vanished from there.
    pub datasets: Vec<PlaceDataset>,
}

/// A dataset of a place.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct PlaceDataset {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The department that looks after it.
    pub steward: String,
    /// Whether the place is no longer in it.
    pub vanished: bool,
    /// Whether editors add its records by hand.
    pub own: bool,
}

/// What came of an edit.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The place afterwards.
    pub view: PlaceView,
    /// What is different; empty when nothing was changed.
    pub changes: Vec<Difference>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no such place, or not within reach.
    #[error("there is no such place within reach")]
    Absent,
    /// Somebody else changed it first.
    #[error("somebody else changed it first")]
    Stale,
    /// What was said cannot be true.
    #[error("{} field(s) are wrong", .0.len())]
    Invalid(Vec<Wrong>),
    /// The editor belongs to no department.
    #[error("the editor belongs to no department")]
    NoDepartment,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A place, when it is within reach and of a layer that is edited.
///
/// # Errors
/// When the database cannot be read.
pub async fn view(tx: &mut Tx, reach: &Stewards, id: PlaceId) -> Result<Option<PlaceView>, DbError> {
    let Some((layer, tag)) = store::place_head(tx, id).await? else { return Ok(None) };
    if !EDITABLE.contains(&layer) {
        return Ok(None);
    }
    let rows = store::rows_of_place(tx, id).await?;
    let datasets = datasets_of(tx, layer, &rows).await?;
    if !datasets.iter().any(|dataset| reach.cover(&dataset.steward)) {
        return Ok(None);
    }
    let (edits, over) = store::override_of(tx, id).await?.unwrap_or_default();
    let files = said_by_files(layer.layer().fields.iter().copied(), &rows)?;
    let said = files.clone().edited(layer.layer(), &over);
    Ok(Some(PlaceView { id, layer, tag, edits, files, over, said, datasets }))
}

async fn datasets_of(tx: &mut Tx, layer: LayerId, rows: &[PlaceRow]) -> Result<Vec<PlaceDataset>, DbError> {
    let own: BTreeSet<String> =
        store::dataset_kinds(tx).await?.into_iter().filter(|(_, own)| *own).map(|(id, _)| id).collect();
    let known = store::datasets(tx, layer).await?;
    let found = rows.iter().filter_map(|row| {
        let dataset = known.iter().find(|dataset| dataset.id == row.dataset)?;
        Some(PlaceDataset {
            id: dataset.id.clone(),
            title: dataset.title.clone(),
            steward: dataset.steward.clone(),
            vanished: row.vanished,
            own: own.contains(&dataset.id),
        })
    });
    Ok(found.collect())
}

/// Changes a place. `expected` is the tag that the editor saw.
///
/// # Errors
/// When it is out of reach, was changed meanwhile, or what is said cannot be true.
pub async fn edit(
    tx: &mut Tx,
    reach: &Stewards,
    (id, expected): (PlaceId, Option<i64>),
    author: &Author,
    change: Change,
) -> Result<Edited, EditError> {
    let Some((layer, _)) = store::place_head(tx, id).await? else { return Err(EditError::Absent) };
    // Whoever changes a place takes turns with imports and other editors of its layer.
    store::lock_layer(tx, layer).await?;
    let before = view(tx, reach, id).await?.ok_or(EditError::Absent)?;
    if expected.is_some_and(|tag| tag != before.tag) {
        return Err(EditError::Stale);
    }
    let (kind, undone_to, over) = next(tx, &before, author.today, change).await?;
    let changes = differences(layer.layer(), &before.files, &before.over, &over);
    if over == before.over {
        return Ok(Edited { view: before, changes });
    }
    let said = before.files.clone().edited(layer.layer(), &over);
    let wrong = check::whole(&said);
    if !wrong.is_empty() {
        return Err(EditError::Invalid(wrong));
    }
    let edit = Edit {
        version: before.edits + 1,
        kind,
        undone_to,
        account: author.account,
        reason: author.reason.clone(),
        changes: changes.clone(),
    };
    let tag = store::bump_layer(tx, layer, author.now).await?;
    store::save_edit(tx, (layer, id), &edit, &over, author.now).await?;
    store::touch_places(tx, tag, &[id]).await?;
    Ok(Edited { view: PlaceView { tag, edits: edit.version, over, said, ..before }, changes })
}

/// What editors say after a change.
async fn next(
    tx: &mut Tx,
    before: &PlaceView,
    today: Date,
    change: Change,
) -> Result<(&'static str, Option<i64>, Override), EditError> {
    let layer = before.layer.layer();
    Ok(match change {
        Change::Patch(patch) => {
            let patch = check::patch(layer, *patch, today).map_err(EditError::Invalid)?;
            ("change", None, before.over.patched(layer, &before.files, &patch))
        }
        Change::Retire(on) => {
            let mut over = before.over.clone();
            over.say("retired_on", on.to_string().into(), &before.files);
            ("retire", None, over)
        }
        Change::Restore => {
            let mut over = before.over.clone();
            over.say("retired_on", Value::Null, &before.files);
            ("restore", None, over)
        }
        Change::UndoTo(version) => {
            let known = if version == 0 && !is_made_by_hand(tx, before.id).await? {
                Some(Override::default())
            } else {
                store::state_after(tx, before.id, version).await?
            };
            let over = known.ok_or_else(|| {
                let message = Message::new(
                    "その版はありません。履歴を開き直して選んでください。",
                    "There is no such version. Please open the history again and choose one.",
                );
                EditError::Invalid(vec![("to".to_owned(), message)])
            })?;
            ("undo", Some(version), over)
        }
    })
}

/// Whether the place's first version is its making: there is nothing before that.
async fn is_made_by_hand(tx: &mut Tx, id: PlaceId) -> Result<bool, DbError> {
    Ok(store::edits(tx, id).await?.last().is_some_and(|first| first.kind == "create"))
}

/// A place that editors add.
#[derive(Clone, Debug)]
pub struct NewPlace {
    /// Its layer.
    pub layer: LayerId,
    /// Its fields, as they were typed.
    pub fields: Map<String, Value>,
    /// What the public does not see of it.
    pub hidden: BTreeSet<String>,
    /// Where it is.
    pub geometry: Geometry,
    /// Whether it is 見本: everything that is added to the demo ward is.
    pub sample: bool,
    /// What tells it from the dataset's others.
    pub key: String,
}

/// Adds a place to the own dataset of the editor's department, `steward`.
///
/// # Errors
/// When what is said cannot be true.
pub async fn create(
    tx: &mut Tx,
    steward: Option<&String>,
    new: NewPlace,
    author: &Author,
) -> Result<Edited, EditError> {
    let steward = steward.ok_or(EditError::NoDepartment)?;
    let layer = new.layer.layer();
    if !EDITABLE.contains(&new.layer) {
        return Err(EditError::Absent);
    }
    let patch = Patch {
        fields: new.fields.into_iter().collect(),
        hidden: new.hidden.iter().map(|field| (field.clone(), true)).collect(),
        geometry: Some(new.geometry),
        ..Patch::default()
    };
    let patch = check::patch(layer, patch, author.today).map_err(EditError::Invalid)?;
    let mut given = patch.fields;
    if new.sample {
        given.insert("sample".to_owned(), true.into());
    }
    let fields: Map<String, Value> = layer
        .fields
        .iter()
        .filter_map(|field| given.remove_entry(field.name))
        .filter(|(_, value)| !value.is_null())
        .collect();
    let missing_name = || Message::new("名称を入力してください。", "Please write the name.");
    if !fields.contains_key("name") {
        return Err(EditError::Invalid(vec![("name".to_owned(), missing_name())]));
    }
    let invalid = |error: String| {
        let message = Message::new(
            format!("この内容では登録できません({error})。"),
            format!("It cannot be stored like that ({error})."),
        );
        EditError::Invalid(vec![("retired_on".to_owned(), message)])
    };
    // `check::patch` lets no place through without one: it was given above.
    let geometry = patch.geometry.ok_or(EditError::Absent)?;
    let mut made = record(At::Item(1), &fields, &geometry).map_err(invalid)?;
    made.key = new.key.into();

    store::lock_layer(tx, new.layer).await?;
    let dataset = own_dataset(tx, new.layer, steward, new.sample, author).await?;
    let id = PlaceId::of_record(dataset.as_str(), &made.key);
    let tag = store::bump_layer(tx, new.layer, author.now).await?;
    store::insert_places(tx, new.layer, tag, &[(id, made.position)]).await?;
    store::upsert_records(tx, &dataset, author.now, &[(id, &made)]).await?;
    let over = Override { hidden: new.hidden, ..Override::default() };
    let changes = fields
        .iter()
        .map(|(field, value)| Difference { field: field.clone(), before: Value::Null, after: value.clone() })
        .collect();
    let edit = Edit {
        version: 1,
        kind: "create",
        undone_to: None,
        account: author.account,
        reason: author.reason.clone(),
        changes,
    };
    store::save_edit(tx, (new.layer, id), &edit, &over, author.now).await?;
    let reach = Stewards::Named([steward.clone()].into());
    let view = view(tx, &reach, id).await?.ok_or(EditError::Absent)?;
    Ok(Edited { view, changes: edit.changes })
}

/// The own dataset of a department, with one record more than before.
async fn own_dataset(
    tx: &mut Tx,
    layer: LayerId,
    steward: &str,
    sample: bool,
    author: &Author,
) -> Result<DatasetId, DbError> {
    let corrupt = |error: crate::places::BadDatasetId| DbError::Corrupt(error.to_string());
    if let Some(id) = store::own_dataset(tx, layer, steward).await? {
        let mut stored =
            store::dataset(tx, &id).await?.ok_or_else(|| DbError::Corrupt("a dataset is gone".into()))?;
        stored.live_count += 1;
        store::save_dataset(tx, &id, &stored, author.now).await?;
        return Ok(id);
    }
    let base = format!("{}-own", layer.as_str().replace('_', "-"));
    let mut id: DatasetId = base.parse().map_err(corrupt)?;
    let mut number = 1;
    while store::dataset(tx, &id).await?.is_some() {
        number += 1;
        id = format!("{base}-{number}").parse().map_err(corrupt)?;
    }
    let info = DatasetInfo {
        title: format!("{}({steward}が追加)", layer.layer().title.ja),
        source: steward.to_owned(),
        source_url: None,
        licence: UNKNOWN_LICENCE.to_owned(),
        licence_url: None,
        attribution: steward.to_owned(),
        as_of: None,
        steward: steward.to_owned(),
        refresh_days: None,
        last_confirmed: Some(author.today),
        key_fields: Vec::new(),
        sample,
    };
    let stored = store::Stored { layer, info, live_count: 1, vanished_count: 0 };
    store::save_dataset(tx, &id, &stored, author.now).await?;
    store::make_own(tx, &id).await?;
    Ok(id)
}
