//! What lies around a route: the municipality's outline, and the places that routes can visit.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use geo::{Contains as _, Geometry, MultiPolygon, Point};
use serde::Deserialize;

use crate::{
    catalogue::LayerId,
    geo::{Position, representative_point},
    layers::{Layers, PlaceId, Query, When},
};

/// The public layers, read as places.
pub struct Surroundings {
    layers: Layers,
    outline: ArcSwapOption<Outline>,
}

struct Outline {
    tag: String,
    areas: MultiPolygon,
}

/// A place of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its id.
    pub id: PlaceId,
    /// Its name in Japanese.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// Where it is; an area is its whole shape.
    pub geometry: Geometry,
}

impl Place {
    /// A point that stands for it.
    #[must_use]
    pub fn location(&self) -> Option<Position> {
        representative_point(&self.geometry).map(Position)
    }
}

#[derive(Deserialize)]
struct Feature {
    id: PlaceId,
    geometry: geojson::Geometry,
    properties: Properties,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
    name_en: Option<String>,
}

impl Surroundings {
    /// Reads from the published layers.
    #[must_use]
    pub const fn new(layers: Layers) -> Self {
        Self { layers, outline: ArcSwapOption::const_empty() }
    }

    /// The published layers.
    #[must_use]
    pub const fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The places of a layer that count today.
    #[must_use]
    pub fn places(&self, layer: LayerId) -> Vec<Place> {
        let all = Query { bbox: None, when: When::Now, filters: Vec::new(), after: None, limit: usize::MAX };
        let place = |json: bytes::Bytes| {
            // The snapshot wrote it: what cannot be read here has no name or geometry.
            let feature: Feature = serde_json::from_slice(&json).ok()?;
            let geometry = feature.geometry.try_into().ok()?;
            let Properties { name, name_en } = feature.properties;
            Some(Place { id: feature.id, name, name_en, geometry })
        };
        self.layers.get(layer).query(&all).features().filter_map(place).collect()
    }

    /// Whether a position is in the municipality. Without an outline everything is.
    #[must_use]
    pub fn is_inside(&self, position: Position) -> bool {
        let outline = self.outline();
        outline.areas.0.is_empty() || outline.areas.contains(&Point::from(position))
    }

    fn outline(&self) -> Arc<Outline> {
        let snapshot = self.layers.get(LayerId::Boundary);
        if let Some(known) = self.outline.load_full().filter(|known| known.tag == snapshot.tag()) {
            return known;
        }
        let mut areas = Vec::new();
        for place in self.places(LayerId::Boundary) {
            match place.geometry {
                Geometry::Polygon(area) => areas.push(area),
                Geometry::MultiPolygon(more) => areas.extend(more.0),
                _ => {}
            }
        }
        let outline = Arc::new(Outline { tag: snapshot.tag().to_owned(), areas: MultiPolygon(areas) });
        self.outline.store(Some(outline.clone()));
        outline
    }
}
