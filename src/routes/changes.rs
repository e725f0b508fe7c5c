//! What is different between two designs of a route.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    checklist::moved_m,
    model::{Design, Evidence, Line, Stop, StopId, Text, Waypoint},
};

/// Below this a stop has not moved, in metres.
const MOVED_M: f64 = 0.5;

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[schema(as = RouteChangeKind)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A setting or text of the route: `field` says which.
    Route,
    /// The way between the stops: control points, straight legs, the way home.
    Way,
    /// How long it is: `before` and `after` in metres.
    Distance,
    /// A stop that was not there.
    StopAdded,
    /// A stop that is there no longer.
    StopRemoved,
    /// A stop is somewhere else, by `metres`.
    StopMoved,
    /// A stop comes earlier or later: `before` and `after` count from 1.
    StopReordered,
    /// A text or setting of a stop: `field` says which.
    Stop,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = RouteChange)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// Which stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub stop_id: Option<StopId>,
    /// The stop's number: afterwards, or before when it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<usize>,
    /// The stop's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Which field, such as `story`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// What it was.
    pub before: Value,
    /// What it is.
    pub after: Value,
    /// By how many metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metres: Option<f64>,
}

/// A design with its way, if it has one.
pub type Laid<'a> = (&'a Design, Option<&'a Line>);

/// What is different in `after`: first the route, then stop by stop in the order of walking, then what is gone.
#[must_use]
pub fn changes((before, old_line): Laid<'_>, (after, new_line): Laid<'_>) -> Vec<Change> {
    let mut found = Vec::new();
    route(before, after, &mut found);
    let (old_way, new_way) = (way(before), way(after));
    if old_way != new_way {
        found.push(Change::of(ChangeKind::Way, Value::Null, Value::Null));
    }
    if let (Some(old), Some(new)) = (old_line, new_line)
        && old.distance_m.round() != new.distance_m.round()
    {
        found.push(Change::of(
            ChangeKind::Distance,
            old.distance_m.round().into(),
            new.distance_m.round().into(),
        ));
    }
    stops(before, after, &mut found);
    found
}

impl Change {
    const fn of(kind: ChangeKind, before: Value, after: Value) -> Self {
        Self { kind, stop_id: None, sequence: None, name: None, field: None, before, after, metres: None }
    }

    fn at(self, stop: &Stop, sequence: usize) -> Self {
        Self { stop_id: Some(stop.stop_id), sequence: Some(sequence), name: Some(stop.name.clone()), ..self }
    }
}

fn route(before: &Design, after: &Design, found: &mut Vec<Change>) {
    macro_rules! compare {
        ($($field:ident),+) => {$(
            if before.$field != after.$field {
                let change = Change::of(ChangeKind::Route, json!(before.$field), json!(after.$field));
                found.push(Change { field: Some(stringify!($field)), ..change });
            }
        )+};
    }
    compare!(
        title,
        summary,
        languages,
        district,
        themes,
        seasons,
        accessibility,
        hosts,
        profile,
        slot_min,
        round_trip,
        alternative
    );
}

/// What of a design leads the way besides its stops.
#[derive(PartialEq)]
struct Way<'a> {
    /// Each control point with the stop before it.
    controls: Vec<(Option<StopId>, &'a Waypoint)>,
    /// The stops to which a straight leg leads.
    straight: Vec<StopId>,
    straight_home: bool,
}

fn way(design: &Design) -> Way<'_> {
    let (mut last, mut controls, mut straight) = (None, Vec::new(), Vec::new());
    for waypoint in &design.waypoints {
        match waypoint {
            Waypoint::Stop(stop) => {
                last = Some(stop.stop_id);
                if stop.straight {
                    straight.push(stop.stop_id);
                }
            }
            Waypoint::Control(_) => controls.push((last, waypoint)),
        }
    }
    Way { controls, straight, straight_home: design.straight_home }
}

fn stops(before: &Design, after: &Design, found: &mut Vec<Change>) {
    let old: HashMap<StopId, (usize, &Stop)> =
        numbered(before).map(|(n, stop)| (stop.stop_id, (n, stop))).collect();
    let new: HashMap<StopId, usize> = numbered(after).map(|(n, stop)| (stop.stop_id, n)).collect();
    let kept_before: Vec<StopId> =
        before.stops().map(|stop| stop.stop_id).filter(|id| new.contains_key(id)).collect();
    let kept_after: Vec<StopId> =
        after.stops().map(|stop| stop.stop_id).filter(|id| old.contains_key(id)).collect();
    let steady = longest_common(&kept_before, &kept_after);
    for (sequence, stop) in numbered(after) {
        let Some((number, was)) = old.get(&stop.stop_id).copied() else {
            found.push(Change::of(ChangeKind::StopAdded, Value::Null, Value::Null).at(stop, sequence));
            continue;
        };
        let moved = moved_m(was, stop);
        if moved >= MOVED_M {
            let change = Change::of(ChangeKind::StopMoved, json!(was.location), json!(stop.location));
            found.push(Change { metres: Some(moved.round().max(1.0)), ..change.at(stop, sequence) });
        }
        if !steady.contains(&stop.stop_id) {
            found.push(
                Change::of(ChangeKind::StopReordered, number.into(), sequence.into()).at(stop, sequence),
            );
        }
        one(was, stop, sequence, found);
    }
    for (sequence, stop) in numbered(before).filter(|(_, stop)| !new.contains_key(&stop.stop_id)) {
        found.push(Change::of(ChangeKind::StopRemoved, Value::Null, Value::Null).at(stop, sequence));
    }
}

fn numbered(design: &Design) -> impl Iterator<Item = (usize, &Stop)> {
    design.stops().enumerate().map(|(index, stop)| (index + 1, stop))
}

fn one(before: &Stop, after: &Stop, sequence: usize, found: &mut Vec<Change>) {
    let evidence = |stop: &Stop| -> Vec<Evidence> { stop.evidence.iter().copied().collect() };
    // The answers of a question are nobody's business but the designers', who see this.
    let fields: [(&'static str, Value, Value); 11] = [
        ("name", json!(before.name), json!(after.name)),
        ("address", json!(before.address), json!(after.address)),
        ("place", json!(before.place), json!(after.place)),
        ("story", json!(before.story), json!(after.story)),
        ("question", json!(before.question), json!(after.question)),
        ("photo", json!(before.photo), json!(after.photo)),
        ("radius_m", json!(before.radius_m), json!(after.radius_m)),
        ("stay_min", json!(before.stay_min), json!(after.stay_min)),
        ("required", json!(before.required), json!(after.required)),
        ("evidence", json!(evidence(before)), json!(evidence(after))),
        ("outside_meant", json!(before.outside_meant), json!(after.outside_meant)),
    ];
    for (field, was, is) in fields {
        if was != is {
            let change = Change::of(ChangeKind::Stop, was, is).at(after, sequence);
            found.push(Change { field: Some(field), ..change });
        }
    }
}

/// A longest list of stops that are in the same order in both: whatever else there is was moved.
fn longest_common(a: &[StopId], b: &[StopId]) -> Vec<StopId> {
    let mut lengths = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for (i, one) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            lengths[i][j] = if one == other {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut common) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            common.push(a[i]);
            (i, j) = (i + 1, j + 1);
        } else if lengths[i + 1][j] >= lengths[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}
