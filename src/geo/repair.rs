//! Making a geometry valid, and saying what was done to it.
//!
//! Files that wards receive hold polygons whose rings are not closed, run the wrong way, or are put
//! together wrongly: islands given as "holes" of another island. [`checked`] turns what it can into
//! a valid geometry and names each [`Repair`]; it refuses the rest.

use geo::{
    BooleanOps, Contains, Coord, Geometry, LineString, MultiPolygon, Orient, Point, Polygon, Validation,
    coordinate_position::CoordPos, coordinate_position::CoordinatePosition, orient::Direction,
};

use super::area_km2;

/// Something that was mended, in the words of the import report.
#[derive(Clone, Debug, PartialEq)]
pub enum Repair {
    /// Rings that were not closed.
    ClosedRings(usize),
    /// Rings that ran the wrong way round (RFC 7946 section 3.1.6).
    TurnedRings,
    /// Rings with fewer than three corners or no area, dropped.
    DroppedRings(usize),
    /// Rings that were given as holes but lie outside: now areas of their own.
    Regrouped {
        /// Outer rings before.
        outer_before: usize,
        /// Outer rings after.
        outer_after: usize,
        /// The area that came out, in km².
        area_km2: f64,
    },
    /// Self-crossings were resolved.
    Uncrossed {
        /// The area that came out, in km².
        area_km2: f64,
    },
    /// Repeated vertices were dropped.
    RepeatedVertices(usize),
}

impl std::fmt::Display for Repair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::ClosedRings(count) => write!(f, "closed {count} ring(s)"),
            Self::TurnedRings => write!(f, "turned rings to run counter-clockwise outside"),
            Self::DroppedRings(count) => write!(f, "dropped {count} ring(s) without an area"),
            Self::Regrouped { outer_before, outer_after, area_km2 } => write!(
                f,
                "islands were given as holes: {outer_before} outer ring(s) became {outer_after}, {area_km2:.2} km² in all"
            ),
            Self::Uncrossed { area_km2 } => {
                write!(f, "resolved self-crossings, {area_km2:.4} km² in all")
            }
            Self::RepeatedVertices(count) => write!(f, "dropped {count} repeated vertex(es)"),
        }
    }
}

/// Why a geometry was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadGeometry {
    /// Nothing in it.
    #[error("the geometry is empty")]
    Empty,
    /// Coordinates that are no numbers.
    #[error("a coordinate is not a finite number")]
    NotFinite,
    /// Coordinates outside the world.
    #[error("longitude {lon}, latitude {lat} is outside the world{}", hint(*.lon, *.lat))]
    OutOfWorld {
        /// Longitude as given, in degrees.
        lon: i64,
        /// Latitude as given, in degrees.
        lat: i64,
    },
    /// A type that layers do not take.
    #[error("a {0} is not taken; points, lines and polygons are")]
    Unsupported(&'static str),
    /// Still invalid after all repairs.
    #[error("the geometry is invalid and could not be repaired: {0}")]
    Invalid(String),
}

fn hint(lon: i64, lat: i64) -> &'static str {
    if (-90..=90).contains(&lon) && (-180..=180).contains(&lat) {
        " (are latitude and longitude swapped?)"
    } else {
        " (degrees of WGS 84 are expected)"
    }
}

/// The geometry, valid, with what had to be repaired.
///
/// # Errors
/// When it is empty, not finite, outside the world, of a type that layers do not take, or beyond
/// repair.
pub fn checked(geometry: Geometry) -> Result<(Geometry, Vec<Repair>), BadGeometry> {
    use geo::CoordsIter;
    let mut empty = true;
    for coord in geometry.coords_iter() {
        empty = false;
        if !(coord.x.is_finite() && coord.y.is_finite()) {
            return Err(BadGeometry::NotFinite);
        }
        if coord.x.abs() > 180.0 || coord.y.abs() > 90.0 {
            return Err(BadGeometry::OutOfWorld { lon: coord.x as i64, lat: coord.y as i64 });
        }
    }
    if empty {
        return Err(BadGeometry::Empty);
    }
    match geometry {
        Geometry::Polygon(polygon) => areas(vec![polygon]),
        Geometry::MultiPolygon(polygons) => areas(polygons.0),
        Geometry::LineString(_) | Geometry::MultiLineString(_) => lines(geometry),
        Geometry::Point(_) | Geometry::MultiPoint(_) => Ok((geometry, Vec::new())),
        Geometry::GeometryCollection(_) => Err(BadGeometry::Unsupported("GeometryCollection")),
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {
            Err(BadGeometry::Unsupported("geometry of this kind"))
        }
    }
}

fn lines(geometry: Geometry) -> Result<(Geometry, Vec<Repair>), BadGeometry> {
    match geometry.check_validation() {
        Ok(()) => Ok((geometry, Vec::new())),
        Err(error) => Err(BadGeometry::Invalid(error.to_string())),
    }
}

fn areas(polygons: Vec<Polygon>) -> Result<(Geometry, Vec<Repair>), BadGeometry> {
    let mut repairs = Vec::new();
    let given = MultiPolygon(polygons);
    // `geo` closes rings as it takes them in, so an open ring cannot be seen here; readers report it.
    let (cleaned, dropped_vertices, dropped_rings) = clean_rings(&given);
    if dropped_vertices > 0 {
        repairs.push(Repair::RepeatedVertices(dropped_vertices));
    }
    if dropped_rings > 0 {
        repairs.push(Repair::DroppedRings(dropped_rings));
    }
    if cleaned.0.is_empty() {
        return Err(BadGeometry::Empty);
    }
    let mut mended = if cleaned.is_valid() {
        cleaned
    } else {
        let outer_before = cleaned.0.len();
        let regrouped = regroup(&cleaned);
        if regrouped.is_valid() {
            repairs.push(Repair::Regrouped {
                outer_before,
                outer_after: regrouped.0.len(),
                area_km2: area_km2(&regrouped.orient(Direction::Default).into()),
            });
            regrouped
        } else {
            // Union by even-odd filling of the regrouped rings: crossings become corners.
            let uncrossed = regrouped.union(&MultiPolygon(Vec::new()));
            if uncrossed.0.is_empty() || !uncrossed.is_valid() {
                let reason = regrouped.check_validation().err().map(|error| error.to_string());
                return Err(BadGeometry::Invalid(reason.unwrap_or_default()));
            }
            repairs
                .push(Repair::Uncrossed { area_km2: area_km2(&uncrossed.orient(Direction::Default).into()) });
            uncrossed
        }
    };
    let oriented = mended.orient(Direction::Default);
    if oriented != mended {
        if repairs.is_empty() {
            repairs.push(Repair::TurnedRings);
        }
        mended = oriented;
    }
    let geometry = match <[Polygon; 1]>::try_from(mended.0) {
        Ok([polygon]) => Geometry::Polygon(polygon),
        Err(polygons) => Geometry::MultiPolygon(MultiPolygon(polygons)),
    };
    Ok((geometry, repairs))
}

fn clean_rings(polygons: &MultiPolygon) -> (MultiPolygon, usize, usize) {
    let mut dropped_vertices = 0;
    let mut dropped_rings = 0;
    let mut clean = |ring: &LineString| -> Option<LineString> {
        let mut coords: Vec<Coord> = ring.0.clone();
        coords.dedup();
        dropped_vertices += ring.0.len() - coords.len();
        let ring = LineString(coords);
        // Not the signed area: that of a bow tie may be zero.
        let has_area = ring.0.len() >= 4 && !is_straight(&ring);
        if !has_area {
            dropped_rings += 1;
        }
        has_area.then_some(ring)
    };
    let mut cleaned = Vec::new();
    for polygon in polygons {
        let exterior = clean(polygon.exterior());
        let interiors: Vec<LineString> = polygon.interiors().iter().filter_map(&mut clean).collect();
        match exterior {
            Some(exterior) => cleaned.push(Polygon::new(exterior, interiors)),
            // Holes without their area are areas themselves; regrouping sorts them out.
            None => cleaned.extend(interiors.into_iter().map(|ring| Polygon::new(ring, vec![]))),
        }
    }
    (MultiPolygon(cleaned), dropped_vertices, dropped_rings)
}

/// Whether all corners lie on one straight line.
fn is_straight(ring: &LineString) -> bool {
    let Some((first, rest)) = ring.0.split_first() else {
        return true;
    };
    let Some(second) = rest.iter().find(|coord| *coord != first) else {
        return true;
    };
    rest.iter()
        .all(|third| (second.x - first.x) * (third.y - first.y) == (second.y - first.y) * (third.x - first.x))
}

/// Puts rings together by how they lie in each other, whatever the file says: a ring inside an even
/// number of others is an outer ring, one inside an odd number is a hole of the smallest around it.
fn regroup(polygons: &MultiPolygon) -> MultiPolygon {
    let mut rings: Vec<(f64, Polygon)> = polygons
        .iter()
        .flat_map(|polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| {
                let area = Polygon::new(ring.clone(), vec![]);
                (geo::Area::unsigned_area(&area), area)
            })
        })
        .collect();
    rings.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Larger rings come first, so a ring's container is always before it.
    let mut depth = vec![0_usize; rings.len()];
    let mut parent: Vec<Option<usize>> = vec![None; rings.len()];
    for inner in 0..rings.len() {
        for outer in (0..inner).rev() {
            if lies_inside(&rings[inner].1, &rings[outer].1) {
                depth[inner] = depth[outer] + 1;
                parent[inner] = Some(outer);
                break;
            }
        }
    }
    let mut outers: Vec<(usize, Vec<LineString>)> = Vec::new();
    for index in 0..rings.len() {
        if depth[index] % 2 == 0 {
            outers.push((index, Vec::new()));
        } else if let Some(outer) = outers.iter_mut().find(|outer| Some(outer.0) == parent[index]) {
            outer.1.push(rings[index].1.exterior().clone());
        }
    }
    MultiPolygon(
        outers
            .into_iter()
            .map(|(index, holes)| Polygon::new(rings[index].1.exterior().clone(), holes))
            .collect(),
    )
}

/// Whether one ring lies inside another. Vertices on the border decide nothing; the first that is
/// off it does.
fn lies_inside(inner: &Polygon, outer: &Polygon) -> bool {
    for coord in &inner.exterior().0 {
        match outer.coordinate_position(coord) {
            CoordPos::Inside => return true,
            CoordPos::Outside => return false,
            CoordPos::OnBoundary => {}
        }
    }
    geo::InteriorPoint::interior_point(inner).is_some_and(|point: Point| outer.contains(&point))
}

#[cfg(test)]
mod tests {
    use geo::{line_string, polygon};

    use super::*;

    fn square(x: f64, y: f64, side: f64) -> LineString {
        line_string![
            (x: x, y: y), (x: x + side, y: y), (x: x + side, y: y + side), (x: x, y: y + side),
            (x: x, y: y),
        ]
    }

    #[test]
    fn a_valid_area_is_left_alone() {
        let area = Geometry::from(Polygon::new(square(0.0, 0.0, 1.0), vec![]));
        assert_eq!(checked(area.clone()), Ok((area, vec![])));
    }

    #[test]
    fn islands_given_as_holes_become_areas_and_real_holes_stay() {
        let broken = Polygon::new(
            square(10.0, 0.0, 1.0),
            vec![square(0.0, 0.0, 5.0), square(1.0, 1.0, 2.0), square(1.5, 1.5, 0.5)],
        );
        let (mended, repairs) = checked(broken.into()).unwrap();
        let Geometry::MultiPolygon(areas) = &mended else { panic!("{mended:?}") };
        // The tiny islet, the large island with its lake, and the islet in the lake.
        assert_eq!(areas.0.len(), 3);
        assert_eq!(areas.iter().map(|area| area.interiors().len()).sum::<usize>(), 1);
        assert!(areas.is_valid());
        assert!(
            matches!(repairs[..], [Repair::Regrouped { outer_before: 1, outer_after: 3, .. }]),
            "{repairs:?}"
        );
    }

    #[test]
    fn a_bow_tie_is_uncrossed() {
        let tie = polygon![(x: 0.0, y: 0.0), (x: 2.0, y: 2.0), (x: 2.0, y: 0.0), (x: 0.0, y: 2.0)];
        let (mended, repairs) = checked(tie.into()).unwrap();
        assert!(mended.is_valid());
        assert!(matches!(repairs[..], [Repair::Uncrossed { .. }]), "{repairs:?}");
        assert!((geo::Area::unsigned_area(&mended) - 2.0).abs() < 1e-6);
    }

    #[test]
    fn rings_are_turned_and_slivers_dropped() {
        let clockwise = polygon![(x: 0.0, y: 0.0), (x: 0.0, y: 1.0), (x: 1.0, y: 1.0), (x: 1.0, y: 0.0)];
        let (turned, repairs) = checked(clockwise.into()).unwrap();
        assert_eq!(repairs, vec![Repair::TurnedRings]);
        assert!(turned.is_valid());

        let sliver = line_string![(x: 0.2, y: 0.2), (x: 0.3, y: 0.3), (x: 0.2, y: 0.2)];
        let (_, repairs) = checked(Polygon::new(square(0.0, 0.0, 1.0), vec![sliver]).into()).unwrap();
        assert_eq!(repairs, vec![Repair::DroppedRings(1)]);
    }

    #[test]
    fn what_is_no_place_is_refused() {
        use geo::point;
        let swapped = checked(point! { x: 35.6, y: 139.7 }.into()).unwrap_err();
        assert!(swapped.to_string().contains("swapped"), "{swapped}");
        assert_eq!(checked(point! { x: f64::NAN, y: 0.0 }.into()), Err(BadGeometry::NotFinite));
        assert_eq!(checked(MultiPolygon(vec![]).into()), Err(BadGeometry::Empty));
        let nothing = Polygon::new(line_string![(x: 0.0, y: 0.0), (x: 1.0, y: 1.0)], vec![]);
        assert_eq!(checked(nothing.into()), Err(BadGeometry::Empty));
    }
}
