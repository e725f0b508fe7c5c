//! A walk (一回り): one person, one route, one fiscal year. Pure; nothing of it is stored.
//!
//! Which stops are required differs between versions of a route, and a walk may take visits from several. The rule that is
//! best for the walker, and in which the order of arrival cannot matter, is: a walk is complete when, by *any* version that
//! the walker used in the year or that counted on any day of it so far, every required stop has an accepted visit. More
//! visits and more versions only add ways to be complete: what is complete stays so, unless a trainer takes a visit away.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::{RouteVersionId, StopId};

use super::Outcome;

/// A visit to a stop, as far as completion is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The stop.
    pub stop: StopId,
    /// What counts of it.
    pub outcome: Outcome,
}

/// A version by which a walk may be complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The version.
    pub id: RouteVersionId,
    /// Its number.
    pub number: i64,
    /// Its required stops, in the order of walking.
    pub required: Vec<StopId>,
}

/// How a stop stands in a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WalkStopState)]
pub enum StopState {
    /// A visit counts.
    Accepted,
    /// A visit waits for a trainer.
    Pending,
    /// All visits were rejected.
    Rejected,
    /// There is no visit.
    Missing,
}

/// A walk as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The version by which it is told: by which it is complete, or by which the least is missing; the newest of them.
    pub version: RouteVersionId,
    /// Whether every required stop has an accepted visit.
    pub complete: bool,
    /// Each required stop of that version.
    pub stops: Vec<(StopId, StopState)>,
}

/// The walk that these visits make. None when there is no candidate.
#[must_use]
pub fn walk(attempts: &[Attempt], candidates: &[Candidate]) -> Option<Walk> {
    let mut best: BTreeMap<StopId, Outcome> = BTreeMap::new();
    for attempt in attempts {
        let known = best.entry(attempt.stop).or_insert(attempt.outcome);
        *known = (*known).max(attempt.outcome);
    }
    // A version that requires nothing is walked by having been anywhere.
    let walked = best.values().any(|outcome| *outcome == Outcome::Accepted);
    let state = |stop: &StopId| match best.get(stop) {
        Some(Outcome::Accepted) => StopState::Accepted,
        Some(Outcome::Pending) => StopState::Pending,
        Some(Outcome::Rejected) => StopState::Rejected,
        None => StopState::Missing,
    };
    let missing = |candidate: &Candidate| {
        let required: BTreeSet<StopId> = candidate.required.iter().copied().collect();
        required.iter().filter(|stop| state(stop) != StopState::Accepted).count()
    };
    let chosen = candidates
        .iter()
        .min_by_key(|candidate| (missing(candidate), std::cmp::Reverse((candidate.number, candidate.id))))?;
    Some(Walk {
        version: chosen.id,
        complete: walked && missing(chosen) == 0,
        stops: chosen.required.iter().map(|stop| (*stop, state(stop))).collect(),
    })
}
