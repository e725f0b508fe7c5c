//! The JSON of `/api/datasets` and `/api/places`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    catalogue::{Field, Layer, LayerId, Shape},
    clock::Date,
    layers::{Dataset, routes::FieldDocument},
    places::editing::{
        Difference, EDITABLE, Former, HistoryItem, ListItem, PlaceDataset, PlaceView, can_edit, can_hide,
        geojson,
    },
};

/// Datasets within reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatasetList {
    /// In the order of layers.
    pub datasets: Vec<DatasetItem>,
    /// The layers in which places are changed by hand.
    pub editable_layers: Vec<EditableLayer>,
}

/// A layer in which places are changed by hand.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditableLayer {
    /// The layer.
    pub id: LayerId,
    /// What it draws.
    pub shape: Shape,
    /// Its fields, in order.
    pub fields: Vec<EditableField>,
}

/// A field, and what editors can do with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditableField {
    /// What it is.
    pub field: FieldDocument,
    /// Whether it may be changed by hand.
    pub can_edit: bool,
    /// Whether it may be shown or hidden one at a time.
    pub can_hide: bool,
    /// Whether the public sees it when nobody hides it.
    pub public: bool,
}

/// A dataset as its stewards see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatasetItem {
    /// Its id.
    pub id: String,
    /// Its layer.
    pub layer: LayerId,
    /// Its title.
    pub title: String,
    /// Who made it.
    pub source: String,
    /// Its licence.
    pub licence: String,
    /// The department that looks after it.
    pub steward: String,
    /// The day that it describes.
    #[schema(value_type = Option<String>, format = Date)]
    pub as_of: Option<Date>,
    /// The last confirmation.
    #[schema(value_type = Option<String>, format = Date)]
    pub last_confirmed: Option<Date>,
    /// How many days after a confirmation it is to be confirmed again.
    pub refresh_days: Option<i64>,
    /// When it is to be confirmed again.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Whether it is 見本.
    pub sample: bool,
    /// Whether editors add its records by hand; files are imported into others.
    pub own: bool,
    /// How many records it holds.
    pub feature_count: i64,
    /// How many records vanished from it and were retired.
    pub vanished_count: i64,
}

impl DatasetItem {
    pub(super) fn new(layer: LayerId, dataset: Dataset, own: bool, today: Date) -> Self {
        Self {
            layer,
            due_on: dataset.due_on(),
            overdue: dataset.is_overdue(today),
            id: dataset.id,
            title: dataset.title,
            source: dataset.source,
            licence: dataset.licence,
            steward: dataset.steward,
            as_of: dataset.as_of,
            last_confirmed: dataset.last_confirmed,
            refresh_days: dataset.refresh_days,
            sample: dataset.sample,
            own,
            feature_count: dataset.feature_count,
            vanished_count: dataset.vanished_count,
        }
    }
}

/// What a confirmation changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConfirmationDocument {
    /// The day of the last confirmation before.
    #[schema(value_type = Option<String>, format = Date)]
    pub before: Option<Date>,
    /// And now.
    #[schema(value_type = Option<String>, format = Date)]
    pub last_confirmed: Option<Date>,
}

/// Places within reach.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceList {
    /// By name.
    pub places: Vec<PlaceItem>,
    /// The next page.
    pub next: Option<String>,
}

/// A place in a list.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing to the form")]
pub struct PlaceItem {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind, where the layer has kinds.
    pub kind: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// A point that stands for it: longitude and latitude in degrees.
    #[schema(value_type = [f64; 2])]
    pub location: [f64; 2],
    /// Whether the public sees it today.
    pub current: bool,
    /// The first day on which it no longer counts.
    #[schema(value_type = Option<String>, format = Date)]
    pub retired_on: Option<Date>,
    /// Whether editors say anything over the files.
    pub edited: bool,
    /// Whether it is no longer in any of its files.
    pub vanished: bool,
    /// Whether it is 見本.
    pub sample: bool,
}

impl PlaceItem {
    pub(super) fn new(item: &ListItem, today: Date) -> Self {
        let (valid_from, retired_on) = item.said.days();
        let text = |field: &str| item.said.fields.get(field).and_then(Value::as_str).map(str::to_owned);
        Self {
            id: item.id.to_string(),
            name: item.said.name().to_owned(),
            kind: text("kind"),
            address: text("address"),
            location: item.point,
            current: valid_from.is_none_or(|from| from <= today)
                && retired_on.is_none_or(|until| today < until),
            retired_on,
            edited: item.edited,
            vanished: item.vanished,
            sample: item.said.fields.get("sample") == Some(&Value::Bool(true)),
        }
    }
}

/// A place as its editors see it. `ETag` names this state; `If-Match` with it guards every change.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceDocument {
    /// Its id.
    pub id: String,
    /// Its layer.
    pub layer: LayerId,
    /// What the layer draws.
    pub shape: Shape,
    /// Its name.
    pub name: String,
    /// Whether the public sees it today.
    pub current: bool,
    /// How many edits it has had: the version that undo comes back to.
    pub version: i64,
    /// Its datasets, the most authoritative first.
    pub datasets: Vec<PlaceDataset>,
    /// Its fields, in order.
    pub fields: Vec<PlaceField>,
    /// Names that it had before, as editors have noted.
    pub former: Vec<Former>,
    /// Where it is.
    pub geometry: PlaceGeometry,
    /// What may be a slip: `far_away` when it lies far outside the municipality.
    pub warnings: Vec<String>,
}

/// A field of a place.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing to the form")]
pub struct PlaceField {
    /// What it is.
    pub field: FieldDocument,
    /// What files say; null when nothing.
    #[schema(value_type = Value)]
    pub file: Value,
    /// Whether editors say something else.
    pub edited: bool,
    /// What counts.
    #[schema(value_type = Value)]
    pub value: Value,
    /// Whether it may be changed by hand.
    pub can_edit: bool,
    /// Whether it may be shown or hidden one at a time. What may not is always public, or never.
    pub can_hide: bool,
    /// Whether the public sees it.
    pub public: bool,
}

/// Where a place is, as GeoJSON.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceGeometry {
    /// What files say.
    #[schema(value_type = Object)]
    pub file: Value,
    /// What counts.
    #[schema(value_type = Object)]
    pub value: Value,
    /// Whether editors moved it.
    pub edited: bool,
}

impl PlaceDocument {
    pub(super) fn new(view: PlaceView, today: Date, far: bool) -> Self {
        let layer = view.layer.layer();
        let (valid_from, retired_on) = view.said.days();
        let fields = layer
            .fields
            .iter()
            .map(|field| PlaceField {
                field: FieldDocument::new(field),
                file: view.files.fields.get(field.name).cloned().unwrap_or_default(),
                edited: view.over.fields.contains_key(field.name),
                value: view.said.fields.get(field.name).cloned().unwrap_or_default(),
                can_edit: can_edit(layer, field.name),
                can_hide: can_hide(layer, field.name),
                public: field.public && !view.over.hidden.contains(field.name),
            })
            .collect();
        Self {
            id: view.id.to_string(),
            layer: view.layer,
            shape: layer.shape,
            name: view.said.name().to_owned(),
            current: valid_from.is_none_or(|from| from <= today)
                && retired_on.is_none_or(|until| today < until),
            version: view.edits,
            datasets: view.datasets,
            fields,
            former: view.over.former,
            geometry: PlaceGeometry {
                file: geojson(&view.files.geometry),
                value: geojson(&view.said.geometry),
                edited: view.over.geometry.is_some(),
            },
            warnings: if far { vec!["far_away".to_owned()] } else { Vec::new() },
        }
    }
}

/// A change of a place. What is not named stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ChangePlace {
    /// Values by field; null takes the value away.
    #[schema(value_type = Object)]
    pub fields: BTreeMap<String, Value>,
    /// Fields in which files are believed again.
    pub reset: BTreeSet<String>,
    /// Fields that the public no longer sees (`true`), or sees again.
    pub hidden: BTreeMap<String, bool>,
    /// Where it is, as GeoJSON.
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<Value>,
    /// Files are believed again where it is.
    pub reset_geometry: bool,
    /// The day from which a new name counts: the old one becomes a former name. Without it a new name
    /// corrects a mistake.
    #[schema(value_type = Option<String>, format = Date)]
    pub renamed_on: Option<Date>,
    /// All former names, when they are to be corrected.
    pub former: Option<Vec<Former>>,
    /// Why.
    pub reason: String,
}

/// A place to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePlace {
    /// Its layer.
    pub layer: LayerId,
    /// Values by field; a name is needed.
    #[schema(value_type = Object)]
    pub fields: Map<String, Value>,
    /// Fields that the public does not see.
    #[serde(default)]
    pub hidden: BTreeSet<String>,
    /// Where it is, as GeoJSON.
    #[schema(value_type = Object)]
    pub geometry: Value,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Retiring a place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetirePlace {
    /// The first day on which it no longer counts; today when not said.
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Bringing a retired place back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestorePlace {
    /// Why.
    pub reason: String,
}

/// Going back to an earlier version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoEdit {
    /// The version; 0 is what files say, before the first edit.
    pub to: i64,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// The edits of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceHistory {
    /// The latest first.
    pub edits: Vec<EditItem>,
}

/// One edit.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditItem {
    /// Counts the place's edits from 1.
    pub version: i64,
    /// When.
    pub at: String,
    /// Who, by login.
    pub by: String,
    /// Whether that was whoever asks.
    pub own: bool,
    /// `create`, `change`, `retire`, `restore` or `undo`.
    pub kind: String,
    /// The version that was gone back to.
    pub undone_to: Option<i64>,
    /// Why.
    pub reason: String,
    /// What was different afterwards.
    pub changes: Vec<Difference>,
}

impl EditItem {
    pub(super) fn new(item: HistoryItem, account: &str) -> Self {
        Self {
            version: item.version,
            at: item.at.to_string(),
            by: item.login,
            own: item.account == account,
            kind: item.kind,
            undone_to: item.undone_to,
            reason: item.reason,
            changes: item.changes,
        }
    }
}

/// The layers in which places are changed by hand.
pub(super) fn editable() -> Vec<EditableLayer> {
    let field = |layer: &Layer, field: &'static Field| EditableField {
        can_edit: can_edit(layer, field.name),
        can_hide: can_hide(layer, field.name),
        public: field.public,
        field: FieldDocument::new(field),
    };
    EDITABLE
        .into_iter()
        .map(|id| EditableLayer {
            id,
            shape: id.layer().shape,
            fields: id.layer().fields.iter().map(|one| field(id.layer(), one)).collect(),
        })
        .collect()
}
