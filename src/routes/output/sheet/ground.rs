//! What is drawn under a route, so that its map needs no tiles.

use geo::MultiPolygon;

use crate::{
    geo::Position,
    routes::model::{Language, Text, Version},
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
    /// What must be said of all that.
    pub attributions: Vec<String>,
}

impl Default for Ground {
    fn default() -> Self {
        Self {
            outline: MultiPolygon(Vec::new()),
            districts: Vec::new(),
            ways: Vec::new(),
            localities: Vec::new(),
            landmarks: Vec::new(),
            attributions: Vec::new(),
        }
    }
}

impl Ground {
    /// The box that a map of the version can show on any paper: west, south, east, north in degrees.
    #[must_use]
    pub fn around(version: &Version) -> [f64; 4] {
        let stops = version.design.stops().map(|stop| stop.location);
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for Position(at) in version.line.coordinates.iter().copied().chain(stops) {
            low = [0, 1].map(|axis| low[axis].min(at[axis]));
            high = [0, 1].map(|axis| high[axis].max(at[axis]));
        }
        // A long, narrow route has as much beside it as it is long; half a kilometre is around every route.
        let more = (high[0] - low[0]).max(high[1] - low[1]) + 0.006;
        [low[0] - more, low[1] - more, high[0] + more, high[1] + more]
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
