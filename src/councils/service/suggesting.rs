//! Councils as the map has them, and what is suggested of homes.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use geo::{Geometry, MultiPolygon};
use serde::Deserialize;

use crate::{
    catalogue::LayerId,
    clock::Date,
    councils::model::{
        Council, CouncilId, Home, HousingId, Links, Residency, ResidencyId, Suggester, Suggestion, Walk,
        WalkFinder,
    },
    geo::{Position, distance_m},
    layers::{Layers, PlaceId, Query, When},
    network::{
        Profile,
        graph::Graph,
        model::{Spot, spot},
        search::length,
        snap::{Snapped, snap},
    },
};

use super::Register;

#[derive(Deserialize)]
struct Feature {
    id: PlaceId,
    geometry: geojson::Geometry,
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
    meeting_place: Option<String>,
    meeting_place_longitude: Option<f64>,
    meeting_place_latitude: Option<f64>,
}

fn features(layers: &Layers, layer: LayerId) -> impl Iterator<Item = (PlaceId, Geometry, Properties)> {
    let all = Query { bbox: None, when: When::Now, filters: Vec::new(), after: None, limit: usize::MAX };
    let read = |json: bytes::Bytes| {
        // The snapshot wrote it: what cannot be read here has no name or geometry.
        let feature: Feature = serde_json::from_slice(&json).ok()?;
        Some((feature.id, feature.geometry.try_into().ok()?, feature.properties))
    };
    layers.get(layer).query(&all).features().filter_map(read).collect::<Vec<_>>().into_iter()
}

fn area(geometry: Geometry) -> Option<MultiPolygon> {
    match geometry {
        Geometry::Polygon(polygon) => Some(MultiPolygon(vec![polygon])),
        Geometry::MultiPolygon(polygons) => Some(polygons),
        _ => None,
    }
}

/// Where a council's people meet.
fn met_at(geometry: &Geometry, properties: &Properties) -> Option<Position> {
    let said = properties.meeting_place_longitude.zip(properties.meeting_place_latitude);
    said.map(|(lon, lat)| Position([lon, lat])).or(match geometry {
        // A council without an area is drawn where it meets.
        Geometry::Point(point) => Some(Position([point.x(), point.y()])),
        _ => None,
    })
}

/// The councils that there are today, as the public map has them.
#[must_use]
pub fn councils(layers: &Layers) -> Vec<Council> {
    let council = |(id, geometry, properties): (PlaceId, Geometry, Properties)| {
        let meeting_place = met_at(&geometry, &properties);
        Council { id: CouncilId(id), name: properties.name, area: area(geometry), meeting_place }
    };
    features(layers, LayerId::Councils).map(council).collect()
}

/// Where a council's people meet, in words and on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// What the council is called.
    pub council: String,
    /// What the place is called; the council's own name where the map does not say.
    pub name: String,
    /// Where it is.
    pub location: Option<Position>,
}

/// Where the councils that there are today meet, as the public map has it.
#[must_use]
pub fn meetings(layers: &Layers) -> HashMap<CouncilId, Meeting> {
    let meeting = |(id, geometry, properties): (PlaceId, Geometry, Properties)| {
        let location = met_at(&geometry, &properties);
        let place = properties.meeting_place.filter(|name| !name.is_empty());
        let name = place.unwrap_or_else(|| properties.name.clone());
        (CouncilId(id), Meeting { council: properties.name, name, location })
    };
    features(layers, LayerId::Councils).map(meeting).collect()
}

/// The school districts that there are today.
pub(super) fn districts(layers: &Layers) -> Vec<(PlaceId, MultiPolygon)> {
    let district = |(id, geometry, _): (PlaceId, Geometry, Properties)| Some((id, area(geometry)?));
    features(layers, LayerId::SchoolDistricts).filter_map(district).collect()
}

/// Ways on foot over the pedestrian network; as the crow flies where it does not reach.
pub struct NetworkWalks<'a> {
    graph: &'a Graph,
    /// Where places lie on the network: each is asked for many times.
    snapped: RefCell<HashMap<Spot, Option<Snapped>>>,
}

impl<'a> NetworkWalks<'a> {
    /// Over a network.
    #[must_use]
    pub fn new(graph: &'a Graph) -> Self {
        Self { graph, snapped: RefCell::default() }
    }

    fn place(&self, position: Position) -> Option<Snapped> {
        let spot = spot(position.0)?;
        *self.snapped.borrow_mut().entry(spot).or_insert_with(|| snap(self.graph, Profile::Walk, spot))
    }
}

impl WalkFinder for NetworkWalks<'_> {
    fn walk(&self, from: Position, to: Position) -> Walk {
        let found = self.place(from).zip(self.place(to)).and_then(|(from, to)| {
            let millimetres = length(self.graph, Profile::Walk, &from, &to)?;
            Some(millimetres as f64 / 1000.0 + from.away_m + to.away_m)
        });
        let crow = || distance_m(from.into(), to.into());
        Walk { metres: found.unwrap_or_else(crow), on_network: found.is_some() }
    }
}

/// The residencies for which something is to be suggested, by building: one's neighbours do not count oneself.
#[must_use]
pub fn homes<'a>(
    register: &'a Register,
    residencies: impl IntoIterator<Item = &'a Residency>,
    day: Date,
) -> Vec<(ResidencyId, HousingId, BTreeMap<CouncilId, usize>)> {
    let decided = register.decided_of(day);
    let home = |residency: &'a Residency| {
        let housing = register.units.get(&residency.unit)?.housing;
        let mut building = decided.get(&housing).cloned().unwrap_or_default();
        let own = register.assignments.on(residency.id, day).and_then(|decision| decision.council);
        if let Some(own) = own.filter(|_| residency.facts.span.holds(day))
            && let Some(count) = building.get_mut(&own)
        {
            *count -= 1;
            if *count == 0 {
                building.remove(&own);
            }
        }
        Some((residency.id, housing, building))
    };
    residencies.into_iter().filter_map(home).collect()
}

/// What is suggested of these residencies on a day.
#[must_use]
pub fn suggestions<'a>(
    register: &'a Register,
    residencies: impl IntoIterator<Item = &'a Residency>,
    (layers, graph): (&Layers, &Graph),
    (councils, links): (&[Council], &Links),
    day: Date,
) -> BTreeMap<ResidencyId, Suggestion> {
    let suggester = Suggester::new(councils, links, districts(layers), NetworkWalks::new(graph), day);
    let mut known: HashMap<(HousingId, BTreeMap<CouncilId, usize>), Suggestion> = HashMap::new();
    homes(register, residencies, day)
        .into_iter()
        .filter_map(|(residency, housing, building)| {
            let facts = &register.housing.get(&housing)?.facts;
            // All homes of a building have the same answer, unless their neighbours differ.
            let suggestion = known.entry((housing, building)).or_insert_with_key(|(_, building)| {
                suggester.suggest(&Home { location: facts.location, address: &facts.address, building })
            });
            Some((residency, suggestion.clone()))
        })
        .collect()
}
