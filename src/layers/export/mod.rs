//! Whole layers as files: GeoJSON, GeoPackage, CSV and KML.
//!
//! Exports are made from a snapshot, and so can hold nothing that is not public.

mod csv;
mod geojson;
mod gpkg;
mod kml;

use serde_json::{Map, Value};

use crate::geo::{Geometry, Point};

use super::Snapshot;

pub use gpkg::GpkgError;

/// A format of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// GeoJSON with the layer's attribution.
    GeoJson,
    /// OGC GeoPackage.
    GeoPackage,
    /// CSV with the headings of 自治体標準オープンデータセット.
    Csv,
    /// KML.
    Kml,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::GeoJson, Self::GeoPackage, Self::Csv, Self::Kml];

    /// Its name in addresses and the end of its files' names.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::Csv => "csv",
            Self::Kml => "kml",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::GeoPackage => "application/geopackage+sqlite3",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Kml => "application/vnd.google-earth.kml+xml",
        }
    }
}

impl std::str::FromStr for ExportFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|format| format.extension() == name).ok_or(UnknownFormat)
    }
}

/// There is no such format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("layers are exported as geojson, gpkg, csv or kml")]
pub struct UnknownFormat;

/// The whole layer as a file.
///
/// # Errors
/// When a GeoPackage cannot be written to the disk for temporary files.
pub async fn export(snapshot: &Snapshot, format: ExportFormat) -> Result<Vec<u8>, GpkgError> {
    match format {
        ExportFormat::GeoJson => Ok(geojson::write(snapshot)),
        ExportFormat::GeoPackage => gpkg::write(snapshot).await,
        ExportFormat::Csv => Ok(csv::write(snapshot)),
        ExportFormat::Kml => Ok(kml::write(snapshot)),
    }
}

/// One feature of a snapshot, taken apart.
struct Exported {
    id: String,
    geometry: Geometry,
    properties: Map<String, Value>,
}

/// The features in force, in the order of pages.
fn features(snapshot: &Snapshot) -> impl Iterator<Item = Exported> + '_ {
    snapshot.chunks().iter().flat_map(|chunk| {
        (0..chunk.len()).map(move |index| {
            let json = chunk.run(index..index + 1);
            // The snapshot wrote it.
            let mut feature: Value = serde_json::from_slice(&json).unwrap_or_default();
            let properties = match feature.get_mut("properties").map(Value::take) {
                Some(Value::Object(properties)) => properties,
                _ => Map::new(),
            };
            let geometry = chunk.shape(index).cloned().unwrap_or_else(|| {
                let [x, y] = chunk.feature_bbox(index).centre();
                Geometry::Point(Point::new(x, y))
            });
            Exported { id: chunk.key(index).id.to_string(), geometry, properties }
        })
    })
}

/// A property as text in a cell or an element.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "1".into(),
        Value::Bool(false) => "0".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}
