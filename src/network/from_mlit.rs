//! 歩行空間ネットワーク as the Ministry of Land publishes it: nodes and links, with the attribute names and codes of the
//! 歩行空間ネットワークデータ等整備仕様 of March 2018, as CSV or GeoJSON.
//!
//! The edition of July 2024 divides steps and slopes more finely under the same names. Its files are known by
//! `rank` and `r_method`, which are new in it; of slopes, only its figure in percent is read.

use std::collections::{BTreeMap, HashMap};

use geo::Geometry;
use serde_json::Value;

use crate::import::Source;

use super::{
    draft::{Draft, Dropped},
    model::{Attributes, Kind, Network, Node, Slope, Spot, spot},
};

/// Whether the columns are those of nodes or links, or of both in one file.
#[must_use]
pub fn is_mlit(columns: &[String]) -> bool {
    let has = |name: &str| columns.iter().any(|column| column.trim().eq_ignore_ascii_case(name));
    has("start_id") && has("end_id") || has("node_id")
}

/// A row of a table, its cells by name.
struct Cells<'a>(&'a [String], &'a [Value]);

impl Cells<'_> {
    fn text(&self, name: &str) -> Option<String> {
        let place = self.0.iter().position(|column| column.trim().eq_ignore_ascii_case(name))?;
        let text = match self.1.get(place)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.text(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// A code; 99 is 不明.
    fn code(&self, name: &str) -> u32 {
        self.number(name).filter(|number| (0.0..99.0).contains(number)).map_or(99, |number| number as u32)
    }
}

/// Nodes and links on their way to a network.
#[derive(Default)]
pub struct Mlit {
    draft: Draft,
    nodes: HashMap<String, u32>,
    links: Vec<PendingLink>,
}

struct PendingLink {
    id: String,
    ends: [String; 2],
    shape: Option<Vec<[f64; 2]>>,
    attributes: Attributes,
    said_mm: u32,
}

impl Mlit {
    /// Reads a table of nodes, of links, or of both.
    pub fn add(&mut self, source: Source<'_>) {
        let columns = source.columns;
        for row in source.rows {
            let Ok(row) = row else {
                self.draft.drop(Dropped::Unreadable);
                continue;
            };
            let cells = Cells(&columns, &row.cells);
            if cells.text("start_id").is_some() || cells.text("link_id").is_some() {
                self.link(&cells, row.geometry);
            } else {
                self.node(&cells, row.geometry.as_ref());
            }
        }
    }

    fn node(&mut self, cells: &Cells<'_>, geometry: Option<&Geometry>) {
        let at = match geometry {
            Some(Geometry::Point(point)) => Some([point.x(), point.y()]),
            _ => cells.number("lon").zip(cells.number("lat")).map(|(lon, lat)| [lon, lat]),
        };
        let (Some(id), Some(at)) = (cells.text("node_id"), at.and_then(spot)) else {
            return self.draft.drop(Dropped::BadPlace);
        };
        if self.nodes.contains_key(&id) {
            return self.draft.drop(Dropped::Duplicate);
        }
        let floor = cells.number("floor").filter(|floor| floor.abs() < 60.0).unwrap_or(0.0);
        let level = (floor * 2.0) as i8;
        let node = self.draft.node(Node { at, level, closed: false, step: false, lift: false });
        self.nodes.insert(id, node);
    }

    fn link(&mut self, cells: &Cells<'_>, geometry: Option<Geometry>) {
        let (Some(start), Some(end)) = (cells.text("start_id"), cells.text("end_id")) else {
            return self.draft.drop(Dropped::Dangling);
        };
        let shape = match geometry {
            Some(Geometry::LineString(line)) => Some(line.0.iter().map(|point| [point.x, point.y]).collect()),
            _ => None,
        };
        let said = cells.number("distance").filter(|metres| (0.0..100_000.0).contains(metres));
        self.links.push(PendingLink {
            id: cells.text("link_id").unwrap_or_default(),
            ends: [start, end],
            shape,
            attributes: attributes(cells),
            said_mm: said.map_or(0, |metres| (metres * 1000.0) as u32),
        });
    }

    /// The network, and what was left out.
    #[must_use]
    pub fn finish(mut self) -> (Network, BTreeMap<Dropped, u64>) {
        for link in self.links {
            let ends = [self.nodes.get(&link.ends[0]), self.nodes.get(&link.ends[1])];
            let [Some(from), Some(to)] = ends else {
                self.draft.drop(Dropped::Dangling);
                continue;
            };
            let points: Option<Vec<Spot>> = link.shape.unwrap_or_default().into_iter().map(spot).collect();
            let Some(mut points) = points else {
                self.draft.drop(Dropped::BadPlace);
                continue;
            };
            // The line's own ends are the nodes.
            if points.len() >= 2 {
                points.remove(0);
                points.pop();
            }
            // A line says how long it is better than a rounded number; a lift has no line.
            let said = if link.attributes.kind == Kind::Lift { link.said_mm } else { 0 };
            self.draft.link([*from, *to], points, link.attributes, said, &link.id);
        }
        self.draft.finish()
    }
}

/// The codes of the specification; 99 is 不明 everywhere.
fn attributes(cells: &Cells<'_>) -> Attributes {
    let finer = cells.text("rank").is_some() || cells.text("r_method").is_some();
    let kind = match (cells.code("route_type"), cells.code("rt_struct")) {
        (2, _) => Kind::MovingWalk,
        (3, _) => Kind::RailwayCrossing,
        (4, _) => Kind::Lift,
        (5, _) => Kind::Escalator,
        (6, _) => Kind::Stairs,
        (7, _) => Kind::Ramp,
        (_, 3 | 4) => Kind::Crossing,
        (_, 5) => Kind::Underpass,
        (_, 6) => Kind::Footbridge,
        _ => Kind::Plain,
    };
    let direction = cells.code("direction");
    Attributes {
        kind,
        step: match cells.code("lev_diff") {
            // 2018: more than 2 cm. 2024: up to 2 cm.
            2 => !finer,
            // 2024: up to 5 cm, up to 10 cm, more.
            3..=5 => true,
            _ => false,
        },
        no_wheels: false,
        signals: matches!(cells.code("tfc_signal"), 2..=4),
        forward: direction != 3,
        backward: direction != 2,
        // The least of each class.
        width_cm: match cells.code("width") {
            1 => 80,
            2 => 100,
            3 => 200,
            4 => 300,
            _ => 0,
        },
        slope: match (cells.number("vslope_max"), cells.code("vtcl_slope")) {
            (Some(percent), _) if percent.abs() < 99.0 && finer => Slope::of_percent(percent),
            (_, 1) if !finer => Slope::Gentle,
            // Uphill and downhill from start to end.
            (_, 2 | 3) if !finer => Slope::Steep,
            _ => Slope::Unknown,
        },
        level: 0,
    }
}
