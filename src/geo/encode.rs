//! Geometry as bytes: WKB for the database, GeoJSON for the public.

use std::io::Cursor;

use geo::{Coord, Geometry, LineString, Polygon};
use geozero::{CoordDimensions, ToGeo, ToWkb, wkb::Wkb};

/// The bytes are no geometry of ours.
#[derive(Debug, thiserror::Error)]
#[error("not a geometry: {0}")]
pub struct BadWkb(String);

/// ISO WKB, little-endian, two dimensions.
#[must_use]
pub fn to_wkb(geometry: &Geometry) -> Vec<u8> {
    // Writing into memory cannot fail for geometries of geo-types.
    geometry.to_wkb(CoordDimensions::xy()).unwrap_or_default()
}

/// Reads what [`to_wkb`] wrote.
///
/// # Errors
/// When the bytes are something else. Collections are refused before they are read, since their
/// nesting is not bounded.
pub fn from_wkb(bytes: &[u8]) -> Result<Geometry, BadWkb> {
    const COLLECTION: u8 = 7;
    if bytes.get(1) == Some(&COLLECTION) {
        return Err(BadWkb("a geometry collection".into()));
    }
    Wkb(Cursor::new(bytes).into_inner()).to_geo().map_err(|error| BadWkb(error.to_string()))
}

/// Appends the geometry as GeoJSON (RFC 7946). Numbers are the shortest that read back to the same
/// 64-bit float, so nothing moves.
pub fn write_geojson(geometry: &Geometry, out: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(point) => wrap(out, "Point", |out| position(out, point.0)),
        Geometry::MultiPoint(points) => {
            wrap(out, "MultiPoint", |out| list(out, &points.0, |out, point| position(out, point.0)));
        }
        Geometry::LineString(line) => wrap(out, "LineString", |out| positions(out, line)),
        Geometry::MultiLineString(lines) => {
            wrap(out, "MultiLineString", |out| list(out, &lines.0, positions));
        }
        Geometry::Polygon(polygon) => wrap(out, "Polygon", |out| rings(out, polygon)),
        Geometry::MultiPolygon(polygons) => {
            wrap(out, "MultiPolygon", |out| list(out, &polygons.0, rings));
        }
        // `checked` lets none of the others in.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) | Geometry::GeometryCollection(_) => {
            out.extend_from_slice(b"null");
        }
    }
}

fn wrap(out: &mut Vec<u8>, kind: &str, coordinates: impl FnOnce(&mut Vec<u8>)) {
    out.extend_from_slice(b"{\"type\":\"");
    out.extend_from_slice(kind.as_bytes());
    out.extend_from_slice(b"\",\"coordinates\":");
    coordinates(out);
    out.push(b'}');
}

fn list<T>(out: &mut Vec<u8>, items: &[T], mut item: impl FnMut(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (index, one) in items.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        item(out, one);
    }
    out.push(b']');
}

fn rings(out: &mut Vec<u8>, polygon: &Polygon) {
    out.push(b'[');
    positions(out, polygon.exterior());
    for hole in polygon.interiors() {
        out.push(b',');
        positions(out, hole);
    }
    out.push(b']');
}

fn positions(out: &mut Vec<u8>, line: &LineString) {
    list(out, &line.0, |out, coord| position(out, *coord));
}

fn position(out: &mut Vec<u8>, coord: Coord) {
    out.push(b'[');
    number(out, coord.x);
    out.push(b',');
    number(out, coord.y);
    out.push(b']');
}

/// A JSON number; `checked` keeps NaN and infinities out.
fn number(out: &mut Vec<u8>, value: f64) {
    use std::io::Write as _;
    if value == value.trunc() && value.abs() < 1e15 {
        // Writing into memory cannot fail.
        let _ = write!(out, "{}", value as i64);
    } else {
        let _ = write!(out, "{value}");
    }
}

#[cfg(test)]
mod tests {
    use geo::{MultiPoint, point, polygon};
    use proptest::prelude::*;

    use super::*;

    fn through_json(geometry: &Geometry) -> Geometry {
        let mut bytes = Vec::new();
        write_geojson(geometry, &mut bytes);
        let parsed: geojson::Geometry = serde_json::from_slice(&bytes).unwrap();
        parsed.try_into().unwrap()
    }

    #[test]
    fn an_area_with_a_hole_survives_both_ways() {
        let area = Geometry::from(polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 9.5, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0)],
            interiors: [[(x: 3.0, y: 3.0), (x: 3.0, y: 6.0), (x: 6.0, y: 6.0), (x: 6.0, y: 3.0)]],
        ));
        assert_eq!(from_wkb(&to_wkb(&area)).unwrap(), area);
        assert_eq!(through_json(&area), area);
        let points = Geometry::MultiPoint(MultiPoint(vec![point! { x: 1.0, y: 2.0 }]));
        assert_eq!(from_wkb(&to_wkb(&points)).unwrap(), points);
        assert_eq!(through_json(&points), points);
    }

    #[test]
    fn bytes_that_are_no_geometry_are_refused() {
        for bytes in [&b""[..], b"\x01", b"\x01\x07\0\0\0\x01\0\0\0", b"hello world, this is text"] {
            assert!(from_wkb(bytes).is_err());
        }
    }

    proptest! {
        #[test]
        fn no_coordinate_moves(x in -180.0..=180.0_f64, y in -90.0..=90.0_f64) {
            let point = Geometry::from(point! { x: x, y: y });
            prop_assert_eq!(&through_json(&point), &point);
            prop_assert_eq!(&from_wkb(&to_wkb(&point)).unwrap(), &point);
        }
    }
}
