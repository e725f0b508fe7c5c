//! Whether somebody got from stop to stop faster than anybody walks.

use std::collections::BTreeSet;

use crate::{
    clock::Timestamp,
    geo::{Position, distance_m},
};

use super::VisitId;

/// The fastest that is believed, in metres a second: a bus or a train on the way is, a car on a motorway is not.
pub const FASTEST_M_PER_S: f64 = 12.0;

/// A visit of one person, as far as speed is concerned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The visit.
    pub id: VisitId,
    /// When.
    pub at: Timestamp,
    /// Where the stop is.
    pub location: Position,
    /// How near one has to come to it, in metres.
    pub radius_m: u16,
}

/// The visits of one person of which one cannot follow the other: both of each such pair, since nobody knows which is wrong.
/// Derived from all visits whenever somebody looks, so that the order in which they arrived does not matter.
#[must_use]
pub fn too_fast(mut steps: Vec<Step>) -> BTreeSet<VisitId> {
    steps.sort_unstable_by_key(|step| (step.at, step.id));
    let mut found = BTreeSet::new();
    for pair in steps.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        // From the near edge of one circle to the near edge of the other.
        let apart = distance_m(from.location.into(), to.location.into());
        let way = apart - f64::from(from.radius_m) - f64::from(to.radius_m);
        let seconds = to.at.duration_since(from.at).as_secs_f64();
        if way > seconds * FASTEST_M_PER_S {
            found.extend([from.id, to.id]);
        }
    }
    found
}
