//! Bounding boxes.

use std::str::FromStr;

use geo::{BoundingRect, Geometry, Intersects, Rect, coord};
use serde::Serialize;

/// The box around something, in degrees: `[west, south, east, north]`. West is never greater than
/// east: what lies on the antimeridian has a box around the world.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(into = "[f64; 4]")]
pub struct Bbox {
    /// Smallest longitude.
    pub west: f64,
    /// Smallest latitude.
    pub south: f64,
    /// Greatest longitude.
    pub east: f64,
    /// Greatest latitude.
    pub north: f64,
}

impl Bbox {
    /// A box that holds nothing; the start of a union.
    pub const EMPTY: Self =
        Self { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };

    /// The box around a geometry, or `None` around an empty one.
    #[must_use]
    pub fn around(geometry: &Geometry) -> Option<Self> {
        geometry.bounding_rect().map(|rect| Self {
            west: rect.min().x,
            south: rect.min().y,
            east: rect.max().x,
            north: rect.max().y,
        })
    }

    /// The smallest box holding both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.west > self.east || self.south > self.north
    }

    /// Whether the two share a point; touching counts.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.west <= other.west
            && other.east <= self.east
            && self.south <= other.south
            && other.north <= self.north
    }

    /// Its centre, `[longitude, latitude]`.
    #[must_use]
    pub fn centre(self) -> [f64; 2] {
        [f64::midpoint(self.west, self.east), f64::midpoint(self.south, self.north)]
    }

    fn rect(self) -> Rect {
        Rect::new(coord! { x: self.west, y: self.south }, coord! { x: self.east, y: self.north })
    }
}

impl From<Bbox> for [f64; 4] {
    fn from(bbox: Bbox) -> Self {
        [bbox.west, bbox.south, bbox.east, bbox.north]
    }
}

/// A box that somebody asked for. One that crosses the antimeridian (its west edge east of its east
/// edge, RFC 7946 section 5.2) is two boxes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueryBox {
    first: Bbox,
    second: Option<Bbox>,
}

/// The text is no bounding box.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBbox {
    /// Wrong count.
    #[error("a bbox has 4 numbers, west,south,east,north (or 6 with heights), not {0}")]
    Count(usize),
    /// A part that is no number.
    #[error("{0:?} in the bbox is not a number")]
    NotANumber(String),
    /// Out of the world.
    #[error("the bbox leaves the world: longitudes are -180 to 180, latitudes -90 to 90")]
    OutOfWorld,
    /// Upside down.
    #[error("the bbox's south edge is north of its north edge")]
    UpsideDown,
}

impl QueryBox {
    /// The box with these edges, in degrees.
    ///
    /// # Errors
    /// When it leaves the world or is upside down.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, BadBbox> {
        let in_world = [west, east].iter().all(|lon| (-180.0..=180.0).contains(lon))
            && [south, north].iter().all(|lat| (-90.0..=90.0).contains(lat));
        if !in_world {
            return Err(BadBbox::OutOfWorld);
        }
        if south > north {
            return Err(BadBbox::UpsideDown);
        }
        Ok(if west <= east {
            Self { first: Bbox { west, south, east, north }, second: None }
        } else {
            Self {
                first: Bbox { west, south, east: 180.0, north },
                second: Some(Bbox { west: -180.0, south, east, north }),
            }
        })
    }

    /// Whether something with that box may lie in this one.
    #[must_use]
    pub fn intersects(&self, bbox: Bbox) -> bool {
        self.first.intersects(bbox) || self.second.is_some_and(|second| second.intersects(bbox))
    }

    /// Whether everything with that box surely lies in this one.
    #[must_use]
    pub fn contains(&self, bbox: Bbox) -> bool {
        self.first.contains(bbox) || self.second.is_some_and(|second| second.contains(bbox))
    }

    /// Whether the geometry itself shares a point with this box. Exact: all in 64-bit floats.
    #[must_use]
    pub fn intersects_geometry(&self, geometry: &Geometry) -> bool {
        self.first.rect().intersects(geometry)
            || self.second.is_some_and(|second| second.rect().intersects(geometry))
    }
}

impl FromStr for QueryBox {
    type Err = BadBbox;

    /// Reads `west,south,east,north`, or six numbers of which the heights are ignored.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text
            .split(',')
            .map(|part| {
                let part = part.trim();
                part.parse::<f64>()
                    .ok()
                    .filter(|number| number.is_finite())
                    .ok_or_else(|| BadBbox::NotANumber(part.chars().take(40).collect()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        match numbers[..] {
            [west, south, east, north] | [west, south, _, east, north, _] => {
                Self::new(west, south, east, north)
            }
            _ => Err(BadBbox::Count(numbers.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use geo::{line_string, point, polygon};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_box_is_read_from_four_or_six_numbers() {
        let four: QueryBox = "139.7,35.6, 139.8,35.7".parse().unwrap();
        assert_eq!(four, "139.7,35.6,-10,139.8,35.7,900".parse().unwrap());
        assert_eq!("1,2,3".parse::<QueryBox>(), Err(BadBbox::Count(3)));
        assert_eq!("1,2,3,x".parse::<QueryBox>(), Err(BadBbox::NotANumber("x".into())));
        assert_eq!("1,2,3,NaN".parse::<QueryBox>(), Err(BadBbox::NotANumber("NaN".into())));
        assert_eq!("0,0,181,1".parse::<QueryBox>(), Err(BadBbox::OutOfWorld));
        assert_eq!("0,2,1,1".parse::<QueryBox>(), Err(BadBbox::UpsideDown));
    }

    #[test]
    fn across_the_antimeridian_both_sides_count() {
        let pacific = QueryBox::new(170.0, -10.0, -170.0, 10.0).unwrap();
        for (lon, inside) in [(175.0, true), (-175.0, true), (180.0, true), (-180.0, true), (0.0, false)] {
            let point = Geometry::from(point! { x: lon, y: 0.0 });
            assert_eq!(pacific.intersects_geometry(&point), inside, "{lon}");
            assert_eq!(pacific.intersects(Bbox::around(&point).unwrap()), inside, "{lon}");
        }
    }

    #[test]
    fn a_degenerate_box_is_a_point_and_the_poles_are_in_the_world() {
        let here = QueryBox::new(139.0, 35.0, 139.0, 35.0).unwrap();
        assert!(here.intersects_geometry(&point! { x: 139.0, y: 35.0 }.into()));
        assert!(!here.intersects_geometry(&point! { x: 139.0, y: 35.000_000_1 }.into()));
        let poles = QueryBox::new(-180.0, -90.0, 180.0, 90.0).unwrap();
        assert!(poles.intersects_geometry(&point! { x: 0.0, y: 90.0 }.into()));
    }

    #[test]
    fn a_geometry_whose_box_overlaps_need_not_intersect() {
        let diagonal = Geometry::from(line_string![(x: 0.0, y: 0.0), (x: 10.0, y: 10.0)]);
        let corner = QueryBox::new(8.0, 0.0, 10.0, 2.0).unwrap();
        assert!(corner.intersects(Bbox::around(&diagonal).unwrap()));
        assert!(!corner.intersects_geometry(&diagonal));
        // A box inside an area meets it, one inside its hole does not.
        let ring = Geometry::from(polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0)],
            interiors: [[(x: 3.0, y: 3.0), (x: 3.0, y: 6.0), (x: 6.0, y: 6.0), (x: 6.0, y: 3.0)]],
        ));
        assert!(QueryBox::new(1.0, 1.0, 2.0, 2.0).unwrap().intersects_geometry(&ring));
        assert!(!QueryBox::new(4.0, 4.0, 5.0, 5.0).unwrap().intersects_geometry(&ring));
    }

    proptest! {
        #[test]
        fn a_point_is_in_a_box_exactly_when_its_numbers_say_so(
            west in -180.0..=180.0, east in -180.0..=180.0, a in -90.0..=90.0, b in -90.0..=90.0,
            lon in -180.0..=180.0, lat in -90.0..=90.0,
        ) {
            let (south, north): (f64, f64) = if a <= b { (a, b) } else { (b, a) };
            let asked = QueryBox::new(west, south, east, north).unwrap();
            let in_longitude = if west <= east { west <= lon && lon <= east } else { lon >= west || lon <= east };
            let expected = in_longitude && south <= lat && lat <= north;
            let point = Geometry::from(point! { x: lon, y: lat });
            prop_assert_eq!(asked.intersects_geometry(&point), expected);
            let bbox = Bbox::around(&point).unwrap();
            prop_assert_eq!(asked.intersects(bbox), expected);
            prop_assert_eq!(asked.contains(bbox), expected);
        }
    }
}
