//! Lengths in metres and areas in square kilometres, on the WGS 84 ellipsoid.

use geo::{Distance, Geodesic, GeodesicArea, Geometry, InteriorPoint, Point};

/// The distance between two points in metres (Karney 2013).
#[must_use]
pub fn distance_m(a: Point, b: Point) -> f64 {
    Geodesic.distance(a, b)
}

/// The area of a geometry in km² (Karney 2013); 0 for points and lines. Its rings run as RFC 7946 has
/// them, or all the other way.
#[must_use]
pub fn area_km2(geometry: &Geometry) -> f64 {
    // The unsigned variant takes a ring that runs clockwise for the rest of the world.
    geometry.geodesic_area_signed().abs() / 1e6
}

/// A point that stands for the geometry, `[longitude, latitude]`: it lies on it, and inside an area.
#[must_use]
pub fn representative_point(geometry: &Geometry) -> Option<[f64; 2]> {
    match geometry {
        Geometry::Point(point) => Some([point.x(), point.y()]),
        // The start of a walk says more than its middle.
        Geometry::LineString(line) => line.0.first().map(|start| [start.x, start.y]),
        other => other.interior_point().map(|point| [point.x(), point.y()]),
    }
}

#[cfg(test)]
mod tests {
    use geo::{line_string, point, polygon};

    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_km_in_tokyo() {
        let metres = distance_m(point! { x: 139.75, y: 35.0 }, point! { x: 139.75, y: 36.0 });
        assert!((metres - 110_950.0).abs() < 30.0, "{metres}");
    }

    #[test]
    fn an_area_is_the_same_whichever_way_its_ring_runs() {
        let square =
            polygon![(x: 139.0, y: 35.0), (x: 139.1, y: 35.0), (x: 139.1, y: 35.1), (x: 139.0, y: 35.1)];
        let mut turned = square.clone();
        turned.exterior_mut(|ring| ring.0.reverse());
        let area = area_km2(&square.into());
        assert!((area - 101.2).abs() < 0.1, "{area}");
        assert!((area - area_km2(&turned.into())).abs() < 1e-9);
    }

    #[test]
    fn the_representative_point_of_an_area_is_inside_it() {
        let hook = Geometry::from(polygon![
            (x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 3.0, y: 4.0), (x: 3.0, y: 1.0),
            (x: 0.0, y: 1.0),
        ]);
        let [x, y] = representative_point(&hook).unwrap();
        assert!(geo::Intersects::intersects(&hook, &point! { x: x, y: y }));
        let line = Geometry::from(line_string![(x: 1.0, y: 2.0), (x: 3.0, y: 4.0)]);
        assert_eq!(representative_point(&line), Some([1.0, 2.0]));
    }
}
