//! Which records of different datasets are one place.

use std::collections::HashMap;

use geo::Point;

use crate::{catalogue::LayerId, geo::distance_m, layers::PlaceId};

/// Records with the same folded name this near to each other, in metres, are one facility. Lists put
/// one school at its gate or at its hall.
const NEAR_M: f64 = 100.0;

/// Whether records of different datasets of the layer may be one place. Of shelters, the emergency
/// and the evacuation list name the same buildings; elsewhere, an AED in the ward office is not the
/// ward office.
#[must_use]
pub fn links(layer: LayerId) -> bool {
    layer == LayerId::Shelters
}

/// Places that records of other datasets describe.
#[derive(Debug, Default)]
pub struct Candidates {
    by_name: HashMap<Box<str>, Vec<(PlaceId, Point)>>,
}

/// What was found for a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// This place.
    One(PlaceId),
    /// More than one: nobody guesses.
    Ambiguous,
    /// None.
    None,
}

impl Candidates {
    /// Adds a place by the folded name and point of one of its records.
    pub fn add(&mut self, name: &str, place: PlaceId, point: Point) {
        self.by_name.entry(name.into()).or_default().push((place, point));
    }

    /// The place that a record with this folded name and point describes too.
    #[must_use]
    pub fn find(&self, name: &str, point: Point) -> Match {
        let near = self.by_name.get(name).into_iter().flatten();
        let mut found = Match::None;
        for (place, _) in near.filter(|candidate| distance_m(candidate.1, point) <= NEAR_M) {
            match found {
                Match::None => found = Match::One(*place),
                Match::One(same) if same == *place => {}
                _ => return Match::Ambiguous,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use geo::point;

    use super::*;

    #[test]
    fn the_same_name_nearby_is_the_same_place() {
        let place = PlaceId::of_record("a", "1");
        let mut candidates = Candidates::default();
        candidates.add("芝小学校", place, point! { x: 139.75, y: 35.65 });
        let near = point! { x: 139.7505, y: 35.65 };
        assert_eq!(candidates.find("芝小学校", near), Match::One(place));
        assert_eq!(candidates.find("芝中学校", near), Match::None);
        assert_eq!(candidates.find("芝小学校", point! { x: 139.76, y: 35.65 }), Match::None);
        candidates.add("芝小学校", PlaceId::of_record("b", "1"), near);
        assert_eq!(candidates.find("芝小学校", near), Match::Ambiguous);
    }
}
