//! What is drawn under a route, so that its map needs no tiles.

use geo::MultiPolygon;

use crate::{
    geo::Position,
    routes::model::{Language, Text},
};

/// What lies around a route. Everything may be empty: then the line stands alone.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The municipality.
    pub outline: MultiPolygon,
    /// Its districts.
    pub districts: Vec<MultiPolygon>,
    /// The pedestrian network.
    pub ways: Vec<Way>,
    /// 町丁目.
    pub localities: Vec<Named>,
    /// Facilities, schools and other places by which one finds one's way; what is first in the list is more important.
    pub landmarks: Vec<Named>,
}

impl Default for Ground {
    fn default() -> Self {
        Self {
            outline: MultiPolygon(Vec::new()),
            districts: Vec::new(),
            ways: Vec::new(),
            localities: Vec::new(),
            landmarks: Vec::new(),
        }
    }
}

/// A way of the network.
#[derive(Clone, Debug)]
pub struct Way {
    /// From its start to its end.
    pub line: Vec<Position>,
    /// Whether it is stairs.
    pub stairs: bool,
}

/// A name and where it belongs.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name.
    pub name: Text,
    /// Where.
    pub location: Position,
}

impl Named {
    /// The name in a language, or the next best one.
    pub(super) fn label(&self, language: Language) -> &str {
        self.name.best(language)
    }
}
