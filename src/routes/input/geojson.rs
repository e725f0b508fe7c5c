//! GeoJSON (RFC 7946): points and lines. Areas are left out.

use geojson::{GeoJson, Geometry, GeometryValue, JsonObject, Position as Coordinates};

use super::{BadTrack, Point, Recorded, TrackFormat, shape};
use crate::geo::Position;

/// Under which names files say what a point is called, and what is to be said of it.
const NAMES: &[&str] = &["name", "title", "名称", "名前", "name_ja"];
const STORIES: &[&str] = &["story", "description", "desc", "説明"];

pub(super) fn read(text: &str) -> Result<Recorded, BadTrack> {
    // First by its grammar alone: that says whether the file was cut off.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        return Err(if error.is_eof() {
            BadTrack::CutOff(TrackFormat::GeoJson)
        } else {
            BadTrack::Broken(TrackFormat::GeoJson, error.to_string())
        });
    }
    let broken = |error: geojson::Error| BadTrack::Broken(TrackFormat::GeoJson, error.to_string());
    let mut recorded = Recorded::default();
    match text.parse::<GeoJson>().map_err(broken)? {
        GeoJson::Geometry(shape) => geometry(&mut recorded, &shape, None, 0)?,
        GeoJson::Feature(feature) => {
            if let Some(shape) = &feature.geometry {
                geometry(&mut recorded, shape, feature.properties.as_ref(), 0)?;
            }
        }
        GeoJson::FeatureCollection(collection) => {
            recorded.title = said(collection.foreign_members.as_ref(), &["title", "name"]);
            for feature in &collection.features {
                if let Some(shape) = &feature.geometry {
                    geometry(&mut recorded, shape, feature.properties.as_ref(), 0)?;
                }
            }
        }
    }
    Ok(recorded)
}

/// Collections within collections.
const MOST_DEPTH: usize = 16;

fn geometry(
    recorded: &mut Recorded,
    shape: &Geometry,
    properties: Option<&JsonObject>,
    depth: usize,
) -> Result<(), BadTrack> {
    match &shape.value {
        GeometryValue::Point { coordinates } => point(recorded, coordinates, properties)?,
        GeometryValue::MultiPoint { coordinates } => {
            for coordinates in coordinates {
                point(recorded, coordinates, properties)?;
            }
        }
        GeometryValue::LineString { coordinates } => line(recorded, coordinates, properties)?,
        GeometryValue::MultiLineString { coordinates } => {
            for coordinates in coordinates {
                line(recorded, coordinates, properties)?;
            }
        }
        GeometryValue::Polygon { .. } | GeometryValue::MultiPolygon { .. } => recorded.areas = true,
        GeometryValue::GeometryCollection { geometries } if depth < MOST_DEPTH => {
            for shape in geometries {
                geometry(recorded, shape, properties, depth + 1)?;
            }
        }
        GeometryValue::GeometryCollection { .. } => {
            let why = "collections within collections".to_owned();
            return Err(BadTrack::Broken(TrackFormat::GeoJson, why));
        }
    }
    Ok(())
}

fn position(recorded: &mut Recorded, coordinates: &Coordinates) -> Result<Position, BadTrack> {
    let at = |axis: usize| coordinates.as_slice().get(axis).copied().unwrap_or(f64::NAN);
    recorded.position([at(0), at(1)])
}

fn point(
    recorded: &mut Recorded,
    coordinates: &Coordinates,
    properties: Option<&JsonObject>,
) -> Result<(), BadTrack> {
    let location = position(recorded, coordinates)?;
    let (name, story) = (said(properties, NAMES), said(properties, STORIES));
    let story = shape::story(&story.unwrap_or_default());
    recorded.points.push(Point { name: name.unwrap_or_default(), story, location });
    Ok(())
}

fn line(
    recorded: &mut Recorded,
    coordinates: &[Coordinates],
    properties: Option<&JsonObject>,
) -> Result<(), BadTrack> {
    let mut line = Vec::with_capacity(coordinates.len().min(super::MOST_POSITIONS));
    for coordinates in coordinates {
        line.push(position(recorded, coordinates)?);
    }
    recorded.lines.push(line);
    if recorded.title.is_none() {
        recorded.title = said(properties, NAMES);
    }
    Ok(())
}

/// The first of these properties that is a text.
fn said(properties: Option<&JsonObject>, names: &[&str]) -> Option<String> {
    let properties = properties?;
    let texts = names.iter().filter_map(|name| properties.get(*name)?.as_str());
    texts.map(str::to_owned).find(|text| !text.is_empty())
}
