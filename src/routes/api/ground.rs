//! The ground of a sheet's map, from the public layers and the pedestrian network.

use geo::{Geometry, MultiPolygon};

use crate::{
    catalogue::LayerId,
    geo::Position,
    network::model::Kind,
    routes::{
        api::RoutesService,
        model::{Text, Version},
        output::sheet::{Ground, Named, Way},
        surroundings::Place,
    },
};

/// The layers that a map shows under a route.
pub(super) const LAYERS: [LayerId; 5] =
    [LayerId::Boundary, LayerId::Districts, LayerId::Localities, LayerId::Facilities, LayerId::Schools];

/// What lies around a version. Reads whole layers: not for a thread that answers others.
pub(super) fn ground(service: &RoutesService, version: &Version) -> Ground {
    let around = Ground::around(version);
    let places = |layer| service.surroundings.places(layer);
    let mut landmarks = named(places(LayerId::Facilities), around);
    landmarks.extend(named(places(LayerId::Schools), around));
    let network = service.network.get();
    let mut attributions: Vec<String> = Vec::new();
    let mut ways = Vec::new();
    for (kind, line, source) in network.graph.ways_within(around) {
        ways.push(Way { line: line.into_iter().map(Position).collect(), stairs: kind == Kind::Stairs });
        attributions
            .extend(network.sources.get(usize::from(source)).map(|source| source.attribution.clone()));
        attributions.dedup();
    }
    for layer in LAYERS {
        let snapshot = service.surroundings.layers().get(layer);
        attributions.extend(snapshot.datasets().iter().map(|dataset| dataset.attribution.clone()));
    }
    Ground {
        outline: MultiPolygon(places(LayerId::Boundary).into_iter().flat_map(areas).collect()),
        districts: places(LayerId::Districts).into_iter().map(|place| MultiPolygon(areas(place))).collect(),
        ways,
        localities: named(places(LayerId::Localities), around),
        landmarks,
        attributions,
    }
}

fn areas(place: Place) -> Vec<geo::Polygon> {
    match place.geometry {
        Geometry::Polygon(area) => vec![area],
        Geometry::MultiPolygon(areas) => areas.0,
        _ => Vec::new(),
    }
}

/// The places in a box with their names.
fn named(places: Vec<Place>, [west, south, east, north]: [f64; 4]) -> Vec<Named> {
    let inside =
        |Position([lon, lat]): Position| (west..=east).contains(&lon) && (south..=north).contains(&lat);
    places
        .into_iter()
        .filter_map(|place| {
            let location = place.location().filter(|at| inside(*at))?;
            let name = Text { ja: place.name, en: place.name_en.unwrap_or_default(), easy: String::new() };
            Some(Named { name, location })
        })
        .collect()
}
