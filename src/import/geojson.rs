//! GeoJSON (RFC 7946): a `FeatureCollection`, or a single Feature.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{At, BadFile, BadRow, Encoding, Format, Row, Source, json::Columns};
use crate::geo::Geometry;

/// Nested deeper than any polygon, shallower than the stack.
#[derive(Deserialize)]
struct Document {
    #[serde(rename = "type")]
    kind: Option<String>,
    features: Option<Vec<Value>>,
    crs: Option<Value>,
    geometry: Option<Value>,
    properties: Option<Value>,
    message: Option<String>,
}

/// Opens GeoJSON.
pub(super) fn open<'a>(content: &str, encoding: Encoding) -> Result<Source<'a>, BadFile> {
    let document: Document = serde_json::from_str(content)?;
    if let Some(crs) = document.crs.as_ref().and_then(other_crs) {
        return Err(BadFile::OtherCrs(crs));
    }
    let features = match (document.kind.as_deref(), document.features) {
        (Some("FeatureCollection"), Some(features)) => features,
        (Some("Feature"), _) => {
            let mut feature = Map::new();
            feature.insert("geometry".into(), document.geometry.unwrap_or_default());
            feature.insert("properties".into(), document.properties.unwrap_or_default());
            vec![Value::Object(feature)]
        }
        (Some("FeatureCollection"), None) => {
            return Err(BadFile::NotFeatures("the collection has no \"features\"".into()));
        }
        (kind, _) => {
            let kind = kind.unwrap_or("none");
            let message = document.message.map(|said| format!(": {said}")).unwrap_or_default();
            return Err(BadFile::NotFeatures(format!("its type is {kind:?}{message}")));
        }
    };
    let mut columns = Columns::default();
    for feature in &features {
        if let Some(properties) = feature.get("properties").and_then(Value::as_object) {
            columns.learn(properties);
        }
    }
    let names = columns.names.clone();
    let count = features.len() as u64;
    let rows = features.into_iter().zip(1..).map(move |(feature, number)| read(feature, number, &columns));
    Ok(Source { format: Format::GeoJson, encoding, columns: names, count: Some(count), rows: Box::new(rows) })
}

fn read(feature: Value, number: u64, columns: &Columns) -> Result<Row, BadRow> {
    let at = At::Item(number);
    let refuse = |reason: String| BadRow { at, reason };
    let Value::Object(mut feature) = feature else {
        return Err(refuse("not a feature".into()));
    };
    let properties = match feature.remove("properties") {
        Some(Value::Object(properties)) => properties,
        _ => Map::new(),
    };
    let geometry = match feature.remove("geometry") {
        None | Some(Value::Null) => None,
        Some(value) => Some(geometry(value).map_err(refuse)?),
    };
    Ok(Row { at, cells: columns.cells(properties), geometry })
}

fn geometry(value: Value) -> Result<Geometry, String> {
    let unreadable = |error: geojson::Error| format!("the geometry cannot be read: {error}");
    let geometry: geojson::Geometry = serde_json::from_value::<geojson::Geometry>(value)
        .map_err(|error| format!("the geometry cannot be read: {error}"))?;
    Geometry::try_from(geometry).map_err(unreadable)
}

/// The name of a reference system other than WGS 84 and its like, from the `crs` of the 2008 draft.
fn other_crs(crs: &Value) -> Option<String> {
    const DEGREES: [&str; 5] = ["CRS84", ":4326", "EPSG:4326", ":6668", ":4612"];
    let name = crs.pointer("/properties/name")?.as_str()?;
    (!DEGREES.iter().any(|known| name.ends_with(known))).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open_text(text: &str) -> Result<Source<'_>, BadFile> {
        super::super::open(text.as_bytes())
    }

    #[test]
    fn features_become_rows() {
        let source = open_text(
            r#"{"type":"FeatureCollection","features":[
                {"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[139,35,4]}},
                {"type":"Feature","properties":null,"geometry":null},
                {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["x"]}},
                7]}"#,
        )
        .unwrap();
        let rows: Vec<_> = source.rows.collect();
        assert_eq!(rows.len(), 4);
        assert!(matches!(rows[0].as_ref().unwrap().geometry, Some(Geometry::Point(_))));
        assert!(rows[1].as_ref().unwrap().geometry.is_none());
        assert!(rows[2].is_err() && rows[3].is_err());
    }

    #[test]
    fn other_reference_systems_are_refused_by_name() {
        let crs = |name: &str| {
            format!(
                r#"{{"type":"FeatureCollection","crs":{{"properties":{{"name":"{name}"}}}},"features":[]}}"#
            )
        };
        assert!(open_text(&crs("urn:ogc:def:crs:OGC:1.3:CRS84")).is_ok());
        assert!(open_text(&crs("urn:ogc:def:crs:EPSG::6668")).is_ok());
        let error = open_text(&crs("urn:ogc:def:crs:EPSG::6677")).unwrap_err();
        assert!(error.to_string().contains("6677"));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = format!(r#"{{"type":"FeatureCollection","features":{}"#, "[".repeat(100_000));
        assert!(matches!(open_text(&deep), Err(BadFile::Json(_))));
    }
}
