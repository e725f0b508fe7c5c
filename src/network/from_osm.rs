//! OpenStreetMap as a network for people on foot.
//!
//! Ways are cut where they meet and at gates, kerbs and lifts. What the tags mean follows the
//! [access page](https://wiki.openstreetmap.org/wiki/Key:access) of the OpenStreetMap wiki: `foot` counts
//! more than `access`, and without either one may walk along everything but roads for motors alone.

use std::collections::{BTreeMap, HashMap};

use crate::import::osm::{OsmFile, OsmNode, Tags};

use super::{
    draft::{Draft, Dropped},
    model::{Attributes, Kind, Network, Node, Slope, Spot, spot},
};

/// Ways on which nobody walks unless `foot` says so.
const MOTORS_ONLY: [&str; 4] = ["motorway", "motorway_link", "trunk_link", "raceway"];
/// Ways that are not there.
const NOT_THERE: [&str; 6] = ["construction", "proposed", "planned", "abandoned", "razed", "disused"];
/// Nodes that stop whoever cannot step over them or squeeze through.
const WHEEL_STOPPERS: [&str; 7] =
    ["turnstile", "stile", "kissing_gate", "full-height_turnstile", "cycle_barrier", "log", "step"];

/// Whether tags forbid walking; `None` when they say nothing of it.
fn forbidden(tags: &Tags) -> Option<bool> {
    let refuses = |value: &str| {
        matches!(
            value,
            "no" | "private"
                | "customers"
                | "delivery"
                | "agricultural"
                | "forestry"
                | "military"
                | "emergency"
                | "use_sidepath"
        )
    };
    tags.get("foot").or_else(|| tags.get("access")).map(refuses)
}

fn why_not(tags: &Tags) -> Option<Dropped> {
    let highway = tags.get("highway")?;
    if NOT_THERE.contains(&highway) || tags.get("construction").is_some_and(|value| value == "yes") {
        return Some(Dropped::NotThere);
    }
    let closed = match forbidden(tags) {
        Some(closed) if tags.get("foot").is_some() => closed,
        Some(true) => true,
        _ => MOTORS_ONLY.contains(&highway),
    };
    closed.then_some(Dropped::NoAccess)
}

/// Twice the level that the tags name: of several the lowest by amount, so that a way from the ground to
/// a floor counts as on the ground.
fn level(tags: &Tags) -> i8 {
    let levels = tags.get("level").into_iter().flat_map(|text| text.split([';', ',']));
    let levels = levels.filter_map(|text| text.trim().parse::<f64>().ok()).filter(|level| level.abs() < 60.0);
    let nearest = levels.min_by(|a, b| a.abs().total_cmp(&b.abs()));
    let layered = || tags.get("layer").and_then(|text| text.parse::<i8>().ok()).filter(|layer| *layer < 0);
    match nearest {
        Some(level) => (level * 2.0) as i8,
        None if tags.get("tunnel").is_some() => layered().map_or(0, |layer| layer.saturating_mul(2)),
        None => 0,
    }
}

/// Metres as OpenStreetMap writes them, in centimetres.
fn width_cm(tags: &Tags) -> u16 {
    let text = tags.get("width").unwrap_or_default().trim_end_matches('m').trim();
    text.parse::<f64>()
        .ok()
        .filter(|metres| (0.1..100.0).contains(metres))
        .map_or(0, |metres| (metres * 100.0) as u16)
}

fn slope(tags: &Tags) -> Slope {
    let percent = tags.get("incline").and_then(|text| text.strip_suffix('%'));
    let percent =
        percent.and_then(|text| text.trim().parse::<f64>().ok()).filter(|percent| percent.is_finite());
    percent.map_or(Slope::Unknown, Slope::of_percent)
}

fn attributes(tags: &Tags) -> Attributes {
    let highway = tags.get("highway").unwrap_or_default();
    let is = |key: &str, value: &str| tags.get(key) == Some(value);
    let conveying = tags.get("conveying").filter(|value| *value != "no");
    let crossing = ["footway", "path", "cycleway"].iter().any(|key| is(key, "crossing"));
    let kind = match highway {
        "steps" if conveying.is_some() => Kind::Escalator,
        "steps" => Kind::Stairs,
        "elevator" => Kind::Lift,
        _ if conveying.is_some() => Kind::MovingWalk,
        _ if crossing => Kind::Crossing,
        _ if is("ramp", "yes") || is("ramp:wheelchair", "yes") => Kind::Ramp,
        "footway" | "path" | "pedestrian" | "corridor" if tags.get("bridge").is_some_and(|v| v != "no") => {
            Kind::Footbridge
        }
        "footway" | "path" | "pedestrian" | "corridor" if tags.get("tunnel").is_some_and(|v| v != "no") => {
            Kind::Underpass
        }
        _ => Kind::Plain,
    };
    // `oneway` is about vehicles, save on ways that have none.
    let for_feet = matches!(highway, "footway" | "steps" | "corridor" | "elevator");
    let oneway = tags.get("oneway:foot").or_else(|| tags.get("oneway").filter(|_| for_feet));
    let (forward, backward) = match (conveying, oneway) {
        (Some("forward"), _) | (Some("yes" | "both" | "reversible") | None, Some("yes" | "1" | "true")) => {
            (true, false)
        }
        (Some("backward"), _) | (_, Some("-1" | "reverse")) => (false, true),
        _ => (true, true),
    };
    let kerb = tags.get("kerb").is_some_and(|kerb| matches!(kerb, "raised" | "rolled" | "regular"));
    Attributes {
        kind,
        step: kerb,
        no_wheels: is("wheelchair", "no"),
        signals: is("crossing", "traffic_signals") || is("crossing:signals", "yes"),
        forward,
        backward,
        width_cm: width_cm(tags),
        slope: slope(tags),
        level: level(tags),
    }
}

/// What a node's tags say of passing it.
fn passing(osm: &OsmNode, at: Spot) -> Node {
    let tags = &osm.tags;
    let barrier = tags.get("barrier");
    let kerb = tags.get("kerb");
    let gone = matches!(barrier, Some("wall" | "fence" | "hedge" | "debris"));
    let locked = barrier.is_some() && (tags.get("locked") == Some("yes") && forbidden(tags) != Some(false));
    let step = matches!(kerb, Some("raised" | "rolled" | "regular"))
        || barrier == Some("kerb") && !matches!(kerb, Some("lowered" | "flush" | "no"))
        || barrier.is_some_and(|barrier| WHEEL_STOPPERS.contains(&barrier))
        || tags.get("wheelchair") == Some("no");
    Node {
        at,
        level: level(tags),
        closed: gone || locked || barrier.is_some() && forbidden(tags) == Some(true),
        step,
        lift: tags.get("highway") == Some("elevator"),
    }
}

/// The network of an OpenStreetMap file, and what of it was left out.
#[must_use]
pub fn from_osm(file: &OsmFile) -> (Network, BTreeMap<Dropped, u64>) {
    let mut draft = Draft::default();
    let mut walkable = Vec::new();
    let mut uses: HashMap<i64, u32> = HashMap::new();
    for way in &file.ways {
        if let Some(why) = why_not(&way.tags) {
            draft.drop(why);
            continue;
        }
        // A piece of a way that is in the file is used up to where it is not.
        let pieces = way.refs.split(|id| !file.nodes.contains_key(id));
        let missing = way.refs.iter().any(|id| !file.nodes.contains_key(id));
        if missing {
            draft.drop(Dropped::Dangling);
        }
        let attributes = attributes(&way.tags);
        for piece in pieces.filter(|piece| piece.len() > 1) {
            for id in piece {
                *uses.entry(*id).or_default() += 1;
            }
            // Its ends are nodes in any case.
            for end in [piece[0], piece[piece.len() - 1]] {
                *uses.entry(end).or_default() += 1;
            }
            walkable.push((way.id, piece, attributes));
        }
        if way.refs.len() < 2 {
            draft.drop(Dropped::ZeroLength);
        }
    }
    let mut nodes: HashMap<i64, u32> = HashMap::new();
    for (id, piece, attributes) in walkable {
        let origin = id.to_string();
        let (mut from, mut shape): (Option<u32>, Vec<Spot>) = (None, Vec::new());
        for (index, reference) in piece.iter().enumerate() {
            let osm = &file.nodes[reference];
            let Some(at) = spot(osm.at) else {
                draft.drop(Dropped::BadPlace);
                (from, shape) = (None, Vec::new());
                continue;
            };
            let ends = index == 0 || index + 1 == piece.len();
            if !ends && from.is_some() && uses[reference] < 2 && osm.tags.is_empty() {
                shape.push(at);
                continue;
            }
            let level = attributes.level;
            let node = *nodes.entry(*reference).or_insert_with(|| {
                let node = passing(osm, at);
                draft.node(Node { level: if node.level == 0 { level } else { node.level }, ..node })
            });
            if let Some(from) = from {
                draft.link([from, node], std::mem::take(&mut shape), attributes, 0, &origin);
            }
            (from, shape) = (Some(node), Vec::new());
        }
    }
    draft.finish()
}
