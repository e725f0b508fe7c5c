//! The JSON of `/api/layers` and its like.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    catalogue::{Field, FieldKind, Group, LayerId, Shape},
    clock::Date,
    http::Site,
    layers::{Dataset, FreshnessState, Snapshot},
    text::Text3,
};

/// What the browser app needs to know of the deployment.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingsDocument {
    /// The service's version.
    version: &'static str,
    /// Whether it shows the demo ward.
    demo: bool,
    /// The municipality.
    municipality: MunicipalityDocument,
    /// The box that the map opens on: west, south, east, north in degrees.
    #[schema(value_type = [f64; 4])]
    bbox: [f64; 4],
    /// The tiles under the map, when there are any.
    base_map: Option<BaseMapDocument>,
}

/// The municipality.
#[derive(Debug, Serialize, ToSchema)]
pub struct MunicipalityDocument {
    /// 全国地方公共団体コード.
    code: String,
    /// Its name.
    name: Text3,
}

/// Tiles in the usual XYZ scheme.
#[derive(Debug, Serialize, ToSchema)]
pub struct BaseMapDocument {
    /// With `{z}`, `{x}` and `{y}`.
    url_template: String,
    /// What must be shown on the map.
    attribution: String,
    /// Where the attribution leads.
    attribution_url: String,
    /// The deepest zoom that the server has.
    max_zoom: u8,
    /// Whether phones may keep the tiles around a route.
    offline: bool,
}

impl SettingsDocument {
    pub(super) fn new(site: &Site, boundary: &Snapshot) -> Self {
        let bbox = boundary.bbox().unwrap_or(site.municipality.bbox);
        Self {
            version: env!("CARGO_PKG_VERSION"),
            demo: site.demo,
            municipality: MunicipalityDocument {
                code: site.municipality.code.clone(),
                name: site.municipality.name,
            },
            bbox: bbox.into(),
            base_map: site.base_map.as_ref().map(|map| BaseMapDocument {
                url_template: map.url_template.clone(),
                attribution: map.attribution.clone(),
                attribution_url: map.attribution_url.clone(),
                max_zoom: map.max_zoom,
                offline: map.offline,
            }),
        }
    }
}

/// All layers.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayersDocument {
    /// In their order on the panel.
    layers: Vec<LayerSummary>,
}

impl LayersDocument {
    pub(super) fn new<'a>(snapshots: impl Iterator<Item = &'a Snapshot>) -> Self {
        Self { layers: snapshots.map(LayerSummary::new).collect() }
    }
}

/// What a layer is, how much it holds and how far it can be trusted.
#[derive(Debug, Serialize, ToSchema)]
pub struct LayerSummary {
    /// Its id.
    id: LayerId,
    /// Its group on the panel.
    group: Group,
    /// Its title.
    title: Text3,
    /// One sentence.
    description: Text3,
    /// What it draws.
    shape: Shape,
    /// How many features are in force.
    feature_count: usize,
    /// Grows with each change.
    version: i64,
    /// When it last changed.
    #[schema(value_type = Option<String>, format = DateTime)]
    changed_at: Option<jiff::Timestamp>,
    /// The box around its features: west, south, east, north in degrees.
    #[schema(value_type = Option<[f64; 4]>)]
    bbox: Option<[f64; 4]>,
    /// Whether some of its features are 見本.
    sample: bool,
    /// Whether it keeps its promise to be refreshed.
    freshness: FreshnessDocument,
    /// The public properties, in order.
    fields: Vec<FieldDocument>,
    /// Its datasets, the most authoritative first.
    datasets: Vec<DatasetDocument>,
}

/// How fresh a layer is.
#[derive(Debug, Serialize, ToSchema)]
pub struct FreshnessDocument {
    /// In a word.
    state: FreshnessState,
    /// The oldest day that a dataset describes.
    #[schema(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
    /// The least recent confirmation.
    #[schema(value_type = Option<String>, format = Date)]
    last_confirmed: Option<Date>,
    /// When the next confirmation is due.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
}

/// A property.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldDocument {
    /// Its name in `properties`.
    name: &'static str,
    /// What values it takes.
    kind: FieldKindDocument,
    /// Its label.
    label: Text3,
    /// The values of a choice.
    choices: Vec<ChoiceDocument>,
}

/// What values a property takes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKindDocument {
    /// Text.
    Text,
    /// Texts.
    List,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes, no, or not said.
    Flag,
    /// A day.
    Date,
    /// A web address.
    Url,
    /// One of `choices`.
    Choice,
}

/// One value of a choice.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChoiceDocument {
    /// In `properties`.
    value: &'static str,
    /// On screen.
    label: Text3,
}

/// One source file's lineage within a layer.
#[derive(Debug, Serialize, ToSchema)]
pub struct DatasetDocument {
    /// Its id, as in `properties.datasets`.
    id: String,
    /// Its title.
    title: String,
    /// Who made it.
    source: String,
    /// Where it was found.
    source_url: Option<String>,
    /// Its licence.
    licence: String,
    /// The licence's text.
    licence_url: Option<String>,
    /// What must be said wherever it is shown.
    attribution: String,
    /// The day that it describes.
    #[schema(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
    /// The department that looks after it.
    steward: String,
    /// How many days after a confirmation it is to be confirmed again.
    refresh_days: Option<i64>,
    /// The last confirmation.
    #[schema(value_type = Option<String>, format = Date)]
    last_confirmed: Option<Date>,
    /// Whether it is past its promised refresh.
    overdue: bool,
    /// Whether it is 見本.
    sample: bool,
    /// How many records it holds.
    feature_count: i64,
    /// How many records vanished from it and were retired.
    vanished_count: i64,
}

impl LayerSummary {
    fn new(snapshot: &Snapshot) -> Self {
        let layer = snapshot.layer().layer();
        let freshness = snapshot.freshness();
        Self {
            id: layer.id,
            group: layer.group,
            title: layer.title,
            description: layer.description,
            shape: layer.shape,
            feature_count: snapshot.len(),
            version: snapshot.version(),
            changed_at: snapshot.changed_at(),
            bbox: snapshot.bbox().map(Into::into),
            sample: snapshot.has_samples(),
            freshness: FreshnessDocument {
                state: freshness.state,
                as_of: freshness.as_of,
                last_confirmed: freshness.last_confirmed,
                due_on: freshness.due_on,
            },
            fields: layer.public_fields().map(FieldDocument::new).collect(),
            datasets: snapshot
                .datasets()
                .iter()
                .map(|dataset| DatasetDocument::new(dataset, snapshot.today()))
                .collect(),
        }
    }
}

impl FieldDocument {
    pub(crate) fn new(field: &'static Field) -> Self {
        use FieldKindDocument as Kind;
        let (kind, choices) = match field.kind {
            FieldKind::Text => (Kind::Text, &[][..]),
            FieldKind::List => (Kind::List, &[][..]),
            FieldKind::Integer => (Kind::Integer, &[][..]),
            FieldKind::Number => (Kind::Number, &[][..]),
            FieldKind::Flag => (Kind::Flag, &[][..]),
            FieldKind::Date => (Kind::Date, &[][..]),
            FieldKind::Url => (Kind::Url, &[][..]),
            FieldKind::Choice(choices) => (Kind::Choice, choices),
        };
        Self {
            name: field.name,
            kind,
            label: field.label,
            choices: choices
                .iter()
                .map(|choice| ChoiceDocument { value: choice.value, label: choice.label })
                .collect(),
        }
    }
}

impl DatasetDocument {
    fn new(dataset: &Dataset, today: Date) -> Self {
        let overdue = dataset.is_overdue(today);
        let dataset = dataset.clone();
        Self {
            id: dataset.id,
            title: dataset.title,
            source: dataset.source,
            source_url: dataset.source_url,
            licence: dataset.licence,
            licence_url: dataset.licence_url,
            attribution: dataset.attribution,
            as_of: dataset.as_of,
            steward: dataset.steward,
            refresh_days: dataset.refresh_days,
            last_confirmed: dataset.last_confirmed,
            overdue,
            sample: dataset.sample,
            feature_count: dataset.feature_count,
            vanished_count: dataset.vanished_count,
        }
    }
}

/// GeoJSON features (RFC 7946). Only the schema is used: the bytes come from a snapshot.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeatureCollection {
    /// `FeatureCollection`.
    #[schema(rename = "type")]
    #[serde(rename = "type")]
    kind: String,
    /// The features.
    features: Vec<Feature>,
    /// How many features match, on this page or not.
    number_matched: usize,
    /// How many are here.
    number_returned: usize,
}

/// A GeoJSON feature.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feature {
    /// `Feature`.
    #[schema(rename = "type")]
    #[serde(rename = "type")]
    kind: String,
    /// Sixteen characters; stable.
    id: String,
    /// A GeoJSON geometry.
    #[schema(value_type = Object)]
    geometry: Value,
    /// The layer's public fields that have a value, and `datasets`.
    #[schema(value_type = Object)]
    properties: Value,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchDocument {
    /// The best first.
    pub(super) results: Vec<SearchResult>,
}

/// A feature that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchResult {
    /// Its layer.
    pub(super) layer: LayerId,
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// Its English name.
    pub(super) name_en: Option<String>,
    /// Its address.
    pub(super) address: Option<String>,
    /// Whether it is 見本.
    pub(super) sample: bool,
    /// The field that matched.
    pub(super) matched: String,
    /// What that field says; of several former names, the one that matched.
    pub(super) matched_text: String,
    /// A point that stands for it: longitude and latitude in degrees.
    #[schema(value_type = [f64; 2])]
    pub(super) location: [f64; 2],
}
