//! Sources: files read into a network, with a report.

use std::collections::BTreeMap;

use geo::{Contains as _, Geometry, MultiPolygon, Point, Rect, coord};
use serde::{Deserialize, Serialize};

use crate::{
    geo::QueryBox,
    import::{self, BadFile, osm},
};

use super::{
    draft::Dropped,
    from_mlit::{Mlit, is_mlit},
    from_osm::from_osm,
    model::{Kind, Network, degrees},
};

/// In which form a source comes. The order is that of their rank: what is surveyed for people on foot
/// counts more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// 歩行空間ネットワーク, nodes and links.
    Mlit,
    /// OpenStreetMap.
    Osm,
}

impl Format {
    /// Its name in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mlit => "mlit",
            Self::Osm => "osm",
        }
    }
}

/// What is said of a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SourceInfo {
    /// Its id, a slug.
    pub id: String,
    /// Who made it.
    pub source: String,
    /// Its licence.
    pub licence: String,
    /// What must be said wherever it is shown.
    pub attribution: String,
    /// Its form.
    pub format: Format,
    /// Whether it is 見本: invented.
    pub sample: bool,
    /// The area that it covers, as GeoJSON; otherwise what is near its lines.
    #[serde(skip)]
    pub area: Option<String>,
}

/// Files that were read.
#[derive(Debug)]
pub struct ReadFiles {
    /// The network.
    pub network: Network,
    /// Its form.
    pub format: Format,
    /// What was left out.
    pub dropped: BTreeMap<Dropped, u64>,
}

/// Why files are no network.
#[derive(Debug, thiserror::Error)]
pub enum BadNetwork {
    /// One cannot be read.
    #[error("{0}: {1}")]
    File(String, BadFile),
    /// One cannot be read.
    #[error("{0}: {1}")]
    Osm(String, osm::BadOsm),
    /// No network at all.
    #[error(
        "{0}: this is no pedestrian network: OpenStreetMap (.osm, .osm.pbf), or nodes (node_id) and links (link_id, start_id, end_id) as CSV or GeoJSON are read"
    )]
    NoNetwork(String),
    /// Two forms at once.
    #[error("OpenStreetMap and nodes and links are different sources: import one after the other")]
    Mixed,
    /// Nothing is left.
    #[error("the files hold no link on which anybody may walk{0}")]
    Nothing(String),
    /// The area cannot be read.
    #[error("--area: {0}")]
    Area(String),
}

/// Reads files as one network.
///
/// # Errors
/// When one of them cannot be read, or nothing of them can be walked on.
pub fn read(files: &[(String, Vec<u8>)], area: Option<&MultiPolygon>) -> Result<ReadFiles, BadNetwork> {
    let mut map = osm::OsmFile::default();
    let mut tables = Mlit::default();
    let (mut maps, mut known) = (0, std::collections::HashSet::new());
    for (name, bytes) in files {
        if osm::is_osm(bytes) {
            let file = osm::open(bytes).map_err(|error| BadNetwork::Osm(name.clone(), error))?;
            maps += 1;
            map.nodes.extend(file.nodes);
            // Extracts that overlap hold the same way twice.
            map.ways.extend(file.ways.into_iter().filter(|way| known.insert(way.id)));
            continue;
        }
        let source = import::open(bytes).map_err(|error| BadNetwork::File(name.clone(), error))?;
        if !is_mlit(&source.columns) {
            return Err(BadNetwork::NoNetwork(name.clone()));
        }
        tables.add(source);
    }
    let (format, (mut network, mut dropped)) = match maps {
        0 => (Format::Mlit, tables.finish()),
        all if all == files.len() => (Format::Osm, from_osm(&map)),
        _ => return Err(BadNetwork::Mixed),
    };
    if let Some(area) = area {
        let before = network.links.len();
        let Network { nodes, links } = &mut network;
        links.retain(|link| {
            link.points(nodes).any(|point| {
                let [lon, lat] = degrees(point);
                area.contains(&Point::new(lon, lat))
            })
        });
        let outside = (before - network.links.len()) as u64;
        if outside > 0 {
            dropped.insert(Dropped::OutOfArea, outside);
        }
        network = network.without_loose_nodes();
    }
    if network.links.is_empty() {
        let why: Vec<String> =
            dropped.iter().map(|(why, count)| format!("{count} {}", why.words())).collect();
        let why = if why.is_empty() { String::new() } else { format!(": {}", why.join(", ")) };
        return Err(BadNetwork::Nothing(why));
    }
    Ok(ReadFiles { network, format, dropped })
}

/// Reads an area: `west,south,east,north`, or a GeoJSON document with polygons.
///
/// # Errors
/// When it is neither.
pub fn area(text: &str) -> Result<MultiPolygon, BadNetwork> {
    let bad = |why: &str| BadNetwork::Area(why.to_owned());
    if !text.trim_start().starts_with('{') {
        let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
        text.parse::<QueryBox>().map_err(|error| BadNetwork::Area(error.to_string()))?;
        let [west, south, east, north] = numbers[..] else { return Err(bad("four numbers are expected")) };
        let rect = Rect::new(coord! { x: west, y: south }, coord! { x: east, y: north });
        return Ok(rect.to_polygon().into());
    }
    let source = import::open(text.as_bytes()).map_err(|error| BadNetwork::Area(error.to_string()))?;
    let mut polygons = Vec::new();
    for row in source.rows.flatten() {
        match row.geometry {
            Some(Geometry::Polygon(polygon)) => polygons.push(polygon),
            Some(Geometry::MultiPolygon(many)) => polygons.extend(many.0),
            _ => {}
        }
    }
    if polygons.is_empty() { Err(bad("the file holds no polygon")) } else { Ok(MultiPolygon(polygons)) }
}

/// Figures of a network.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// How many nodes.
    pub nodes: usize,
    /// How many links.
    pub links: usize,
    /// How long, in metres.
    pub length_m: f64,
    /// How many pieces that do not hang together, whoever walks, and the nodes of the largest five.
    pub components: usize,
    /// Nodes of the largest pieces.
    pub largest: Vec<usize>,
    /// Links by kind.
    pub kinds: BTreeMap<Kind, usize>,
    /// Links with a step over 2 cm.
    pub steps: usize,
    /// Links that can be walked one way alone.
    pub one_way: usize,
}

/// The node that stands for a piece (union-find).
fn root(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        parent[node as usize] = parent[parent[node as usize] as usize];
        node = parent[node as usize];
    }
    node
}

/// Counts a network.
#[must_use]
pub fn figures(network: &Network) -> Figures {
    let mut parent: Vec<u32> = (0..network.nodes.len() as u32).collect();
    let mut kinds = BTreeMap::new();
    for link in &network.links {
        let (a, b) = (root(&mut parent, link.from), root(&mut parent, link.to));
        parent[a as usize] = b;
        *kinds.entry(link.attributes.kind).or_default() += 1;
    }
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for node in 0..network.nodes.len() as u32 {
        *sizes.entry(root(&mut parent, node)).or_default() += 1;
    }
    let mut largest: Vec<usize> = sizes.values().copied().collect();
    largest.sort_unstable_by(|a, b| b.cmp(a));
    largest.truncate(5);
    let length: f64 = network.links.iter().map(|link| f64::from(link.length_mm(&network.nodes))).sum();
    Figures {
        nodes: network.nodes.len(),
        links: network.links.len(),
        length_m: length / 1000.0,
        components: sizes.len(),
        largest,
        kinds,
        steps: network.links.iter().filter(|link| link.attributes.step).count(),
        one_way: network
            .links
            .iter()
            .filter(|link| link.attributes.forward != link.attributes.backward)
            .count(),
    }
}
