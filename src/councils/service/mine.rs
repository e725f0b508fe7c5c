//! What a resident is told of their council.

use std::collections::BTreeSet;

use geo::Geometry;
use serde_json::{Map, Value};

use crate::{
    catalogue::{CONTACT_FIELDS, LayerId},
    clock::Date,
    councils::model::CouncilId,
    db::{DbError, Tx},
    geo::Position,
    layers::{Layers, Query, When},
    network::{
        Profile,
        graph::Graph,
        model::{degrees, spot},
        path::path,
        time::convention_s,
    },
    places::editing,
    staff::StaffId,
};

use super::{Own, RegisterError, Vault, own};

/// A way on foot from home to the meeting place.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// For whom.
    pub profile: Profile,
    /// Longitudes and latitudes in degrees.
    pub line: Vec<[f64; 2]>,
    /// In metres.
    pub distance_m: f64,
    /// As property advertisements say it, in seconds.
    pub duration_s: u64,
    /// How often one takes stairs.
    pub stairs: u32,
    /// How often one crosses a street.
    pub crossings: u32,
    /// Whether all of it follows the pedestrian network; otherwise a piece is a straight line.
    pub on_network: bool,
    /// The sources of the network of which it is made, by their numbers.
    pub sources: BTreeSet<u16>,
}

/// What a resident is told.
#[derive(Clone, Debug)]
pub struct MyCouncil {
    /// Where they live, and what was decided.
    pub own: Own,
    /// Their council, where it was decided and still is.
    pub council: Option<CouncilFacts>,
    /// The ways to its meeting place: for everybody, and without steps where there is one.
    pub ways: Vec<Way>,
}

/// What members may know of a council.
#[derive(Clone, Debug)]
pub struct CouncilFacts {
    /// Its id.
    pub id: CouncilId,
    /// Its area, or where it meets.
    pub geometry: Geometry,
    /// What is said of it, whom to turn to included.
    pub fields: Map<String, Value>,
    /// The shelters that it runs, as GeoJSON features; those that the map does not have are known by name alone.
    pub shelters: Vec<Value>,
    /// Its member organisations, likewise.
    pub members: Vec<Value>,
}

impl CouncilFacts {
    /// A text of it.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str().filter(|text| !text.is_empty())
    }

    /// A list of texts of it.
    pub fn list(&self, field: &str) -> impl Iterator<Item = &str> {
        self.fields.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// Where its people meet.
    #[must_use]
    pub fn meeting_place(&self) -> Option<Position> {
        let number = |field: &str| self.fields.get(field)?.as_f64();
        let said = number("meeting_place_longitude").zip(number("meeting_place_latitude"));
        said.map(|(lon, lat)| Position([lon, lat])).or(match &self.geometry {
            Geometry::Point(point) => Some(Position([point.x(), point.y()])),
            _ => None,
        })
    }
}

/// What somebody is told of their council, if they live in disaster housing.
///
/// # Errors
/// When the database cannot be read, or the register does not open.
pub async fn my_council(
    tx: &mut Tx,
    vault: &Vault,
    (layers, graph): (&Layers, &Graph),
    staff: StaffId,
    day: Date,
) -> Result<Option<MyCouncil>, RegisterError> {
    let Some(own) = own(tx, vault, staff, day).await? else { return Ok(None) };
    let decided = own.decision.as_ref().and_then(|decision| decision.council);
    let council = match decided {
        Some(id) => facts(tx, layers, id, day).await?,
        None => None,
    };
    let to = council.as_ref().and_then(CouncilFacts::meeting_place);
    let home = own.housing.facts.location;
    let ways = to.map_or_else(Vec::new, |to| {
        let [quick, step_free] =
            [Profile::Walk, Profile::StepFree].map(|profile| way(graph, profile, home, to));
        // Where there is no way without steps, the page says so: it shows no straight line through walls.
        quick.into_iter().chain(step_free.filter(|way| way.on_network)).collect()
    });
    Ok(Some(MyCouncil { own, council, ways }))
}

/// A council that counts on a day, as its members may know it.
async fn facts(
    tx: &mut Tx,
    layers: &Layers,
    id: CouncilId,
    day: Date,
) -> Result<Option<CouncilFacts>, DbError> {
    let Some(view) = editing::view(tx, &editing::Stewards::Any, id.0).await? else { return Ok(None) };
    if view.layer != LayerId::Councils {
        return Ok(None);
    }
    let (from, until) = view.said.days();
    if from.is_some_and(|from| day < from) || until.is_some_and(|until| until <= day) {
        return Ok(None);
    }
    let mut fields = view.said.fields;
    // What is hidden from the public is the editors' own, but for whom to turn to.
    fields.retain(|field, _| !view.over.hidden.contains(field) || CONTACT_FIELDS.contains(&&**field));
    let mut facts =
        CouncilFacts { id, geometry: view.said.geometry, fields, shelters: Vec::new(), members: Vec::new() };
    facts.shelters = named(layers, LayerId::Shelters, facts.list("runs_shelters"));
    facts.members = named(layers, LayerId::Organisations, facts.list("member_organisations"));
    Ok(Some(facts))
}

/// The features of a layer that have one of these names, in the order of the names.
fn named<'a>(layers: &Layers, layer: LayerId, names: impl Iterator<Item = &'a str>) -> Vec<Value> {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return Vec::new();
    }
    let all = Query { bbox: None, when: When::Now, filters: Vec::new(), after: None, limit: usize::MAX };
    let found: Vec<Value> = layers
        .get(layer)
        .query(&all)
        .features()
        .filter_map(|json| serde_json::from_slice::<Value>(&json).ok())
        .filter(|feature| feature["properties"]["name"].as_str().is_some_and(|name| names.contains(&name)))
        .collect();
    let feature = |name: &&str| {
        let known = found.iter().find(|feature| feature["properties"]["name"] == **name).cloned();
        known.unwrap_or_else(
            || serde_json::json!({ "type": "Feature", "geometry": null, "properties": { "name": name } }),
        )
    };
    names.iter().map(feature).collect()
}

/// The way from one place to another; none where the network has none.
fn way(graph: &Graph, profile: Profile, from: Position, to: Position) -> Option<Way> {
    let points = [spot(from.0)?, spot(to.0)?];
    let legs = path(graph, profile, &points, &[]).ok()?.legs;
    let distance_m = legs.iter().map(|leg| leg.length_mm).sum::<u64>() as f64 / 1000.0;
    Some(Way {
        profile,
        line: legs.iter().flat_map(|leg| leg.line.iter().copied().map(degrees)).collect(),
        distance_m,
        duration_s: convention_s(distance_m),
        stairs: legs.iter().map(|leg| leg.stairs).sum(),
        crossings: legs.iter().map(|leg| leg.crossings).sum(),
        on_network: legs.iter().all(|leg| !leg.straight),
        sources: legs.iter().flat_map(|leg| leg.sources.iter().copied()).collect(),
    })
}
