//! What must be so before a draft goes to review.
//!
//! Each [`Check`] is green or has findings. A finding is a code with what it is about; people read its sentence in the
//! browser app, in their language.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use crate::geo::{Position, distance_m};

use super::{
    lay::NoLine,
    model::{Design, Evidence, Line, RouteId, Stop, StopId, Text},
};

/// How far a stop may be from the line, in metres.
pub const NEAR_PATH_M: f64 = 30.0;
/// How far a stop may move and still be the same place, in metres.
pub const SAME_PLACE_M: f64 = 150.0;
/// Below this radius a phone's position between houses says nothing, in metres.
pub const LEAST_GPS_RADIUS_M: u16 = 20;

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckId {
    /// There are stops, and some of them are required.
    Stops,
    /// The network has a way, and each leg follows it unless it is straight by wish.
    Way,
    /// Each stop is near the line.
    NearPath,
    /// It can be walked within the training's time.
    Slot,
    /// All texts are there in all promised languages.
    Texts,
    /// Photos say who took them and what they show.
    Photos,
    /// Each stop can have the evidence that it asks for.
    Evidence,
    /// Those who cannot take its stairs have another way.
    StepFree,
    /// Each stop is in the municipality, unless meant.
    Inside,
    /// A stop that keeps its id is the same place.
    SamePlace,
}

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// There are fewer stops than `limit`.
    TooFewStops,
    /// No stop is required.
    NoneRequired,
    /// There is no pedestrian network.
    NoNetwork,
    /// The network has no way on leg `value`, counted from 1.
    NoWay,
    /// Leg `value`, counted from 1, is straight because the network is too far.
    OffNetwork,
    /// The stop is `value` metres from the line; `limit` is the most.
    FarFromPath,
    /// It takes `value` minutes; `limit` is the training's time.
    TooLong,
    /// A text is missing in a language.
    MissingText,
    /// The photo does not say who took it.
    MissingCredit,
    /// No evidence is chosen.
    NoEvidence,
    /// An answer is asked for, and there is no question.
    NoQuestion,
    /// The radius is `value` metres; `limit` is the least for a phone's position.
    SmallRadius,
    /// There are `value` stairs, and neither a step-free route nor something to do at a desk.
    NoAlternative,
    /// The step-free route is not published, or has stairs itself.
    AlternativeUnfit,
    /// The stop is outside the municipality.
    Outside,
    /// The stop moved by `value` metres; `limit` is the most for the same place.
    MovedFar,
}

/// What is found, and where.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// At which stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub stop_id: Option<StopId>,
    /// In which field, such as `story`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// In which language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<super::model::Language>,
    /// How much it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// How much it may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
}

/// One thing that must be so.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Check {
    /// What.
    pub id: CheckId,
    /// Whether it is so.
    pub ok: bool,
    /// Why not.
    pub findings: Vec<Finding>,
}

/// What the checklist looks at besides the design.
pub struct Facts<'a> {
    /// The design's way, or why there is none.
    pub line: Result<&'a Line, NoLine>,
    /// The version that the draft was begun from.
    pub base: Option<&'a Design>,
    /// Whether a position is in the municipality; without an outline everything is.
    pub is_inside: &'a (dyn Fn(Position) -> bool + Sync),
    /// The routes in force that have no stairs.
    pub step_free_routes: &'a HashSet<RouteId>,
}

/// Whether everything is green.
#[must_use]
pub fn is_green(checks: &[Check]) -> bool {
    checks.iter().all(|check| check.ok)
}

/// Checks a design.
#[must_use]
pub fn checklist(design: &Design, facts: &Facts<'_>) -> Vec<Check> {
    let all = [
        (CheckId::Stops, stops(design)),
        (CheckId::Way, way(design, facts)),
        (CheckId::NearPath, near_path(design, facts)),
        (CheckId::Slot, slot(design, facts)),
        (CheckId::Texts, texts(design)),
        (CheckId::Photos, photos(design)),
        (CheckId::Evidence, evidence(design)),
        (CheckId::StepFree, step_free(design, facts)),
        (CheckId::Inside, inside(design, facts)),
        (CheckId::SamePlace, same_place(design, facts)),
    ];
    all.into_iter().map(|(id, findings)| Check { id, ok: findings.is_empty(), findings }).collect()
}

impl Finding {
    const fn new(code: Code) -> Self {
        Self { code, stop_id: None, field: None, language: None, value: None, limit: None }
    }

    const fn at(mut self, stop: &Stop) -> Self {
        self.stop_id = Some(stop.stop_id);
        self
    }

    const fn is(mut self, value: f64) -> Self {
        self.value = Some(value);
        self
    }

    const fn of(mut self, limit: f64) -> Self {
        self.limit = Some(limit);
        self
    }

    const fn within(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }
}

fn stops(design: &Design) -> Vec<Finding> {
    let mut found = Vec::new();
    let count = design.stops().count();
    if count < 2 {
        found.push(Finding::new(Code::TooFewStops).is(count as f64).of(2.0));
    }
    if count > 0 && !design.stops().any(|stop| stop.required) {
        found.push(Finding::new(Code::NoneRequired));
    }
    found
}

fn way(design: &Design, facts: &Facts<'_>) -> Vec<Finding> {
    match facts.line {
        // Too few points are named by the stops.
        Err(NoLine::TooFew) => Vec::new(),
        Err(NoLine::Empty) => vec![Finding::new(Code::NoNetwork)],
        Err(NoLine::Apart(leg)) => vec![Finding::new(Code::NoWay).is(leg as f64 + 1.0)],
        Ok(line) => {
            let legs = line.legs.iter().zip(design.straight_legs()).enumerate();
            legs.filter(|(_, (leg, by_wish))| leg.straight && !by_wish)
                .map(|(leg, _)| Finding::new(Code::OffNetwork).is(leg as f64 + 1.0))
                .collect()
        }
    }
}

fn near_path(design: &Design, facts: &Facts<'_>) -> Vec<Finding> {
    let Ok(line) = facts.line else { return Vec::new() };
    let waypoints = design.waypoints.iter().zip(&line.away_m);
    waypoints
        .filter_map(|(waypoint, away)| Some((waypoint.stop()?, *away)))
        .filter(|(_, away)| *away > NEAR_PATH_M)
        .map(|(stop, away)| Finding::new(Code::FarFromPath).at(stop).is(away.round()).of(NEAR_PATH_M))
        .collect()
}

fn slot(design: &Design, facts: &Facts<'_>) -> Vec<Finding> {
    let Ok(line) = facts.line else { return Vec::new() };
    // The longer of the two times: both are told to walkers.
    let convention_s = line.duration_s + u64::from(design.stay_min()) * 60;
    let minutes = convention_s.max(line.estimated_duration_s).div_ceil(60);
    let slot = u64::from(design.slot_min);
    let too_long = minutes > slot;
    too_long.then(|| Finding::new(Code::TooLong).is(minutes as f64).of(slot as f64)).into_iter().collect()
}

fn texts(design: &Design) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut look = |text: &Text, field: &'static str, stop: Option<&Stop>| {
        for language in design.languages.iter().filter(|language| text.get(**language).is_empty()) {
            let finding = Finding {
                language: Some(*language),
                stop_id: stop.map(|stop| stop.stop_id),
                ..Finding::new(Code::MissingText).within(field)
            };
            found.push(finding);
        }
    };
    look(&design.title, "title", None);
    look(&design.summary, "summary", None);
    // What is written in one promised language is written in all.
    for (text, field) in
        [(&design.accessibility, "accessibility"), (&design.alternative.desk_based, "desk_based")]
    {
        if !text.is_empty() {
            look(text, field, None);
        }
    }
    for stop in design.stops() {
        look(&stop.name, "name", Some(stop));
        look(&stop.story, "story", Some(stop));
        if let Some(question) = &stop.question {
            look(&question.text, "question", Some(stop));
        }
    }
    found
}

fn photos(design: &Design) -> Vec<Finding> {
    let mut found = Vec::new();
    for stop in design.stops() {
        let Some(photo) = &stop.photo else { continue };
        if photo.credit.is_empty() {
            found.push(Finding::new(Code::MissingCredit).at(stop).within("photo"));
        }
        for language in design.languages.iter().filter(|language| photo.alt.get(**language).is_empty()) {
            let finding = Finding::new(Code::MissingText).at(stop).within("photo");
            found.push(Finding { language: Some(*language), ..finding });
        }
    }
    found
}

fn evidence(design: &Design) -> Vec<Finding> {
    let mut found = Vec::new();
    for stop in design.stops() {
        if stop.evidence.is_empty() {
            found.push(Finding::new(Code::NoEvidence).at(stop));
        }
        if stop.evidence.contains(&Evidence::Answer) && stop.question.is_none() {
            found.push(Finding::new(Code::NoQuestion).at(stop).within("question"));
        }
        if stop.evidence.contains(&Evidence::Gps) && stop.radius_m < LEAST_GPS_RADIUS_M {
            let limit = f64::from(LEAST_GPS_RADIUS_M);
            let finding = Finding::new(Code::SmallRadius).at(stop).within("radius_m");
            found.push(finding.is(f64::from(stop.radius_m)).of(limit));
        }
    }
    found
}

fn step_free(design: &Design, facts: &Facts<'_>) -> Vec<Finding> {
    let alternative = &design.alternative;
    if let Some(route) = alternative.step_free_route
        && !facts.step_free_routes.contains(&route)
    {
        return vec![Finding::new(Code::AlternativeUnfit)];
    }
    let Ok(line) = facts.line else { return Vec::new() };
    let needed =
        line.stairs > 0 && alternative.step_free_route.is_none() && alternative.desk_based.is_empty();
    needed.then(|| Finding::new(Code::NoAlternative).is(f64::from(line.stairs))).into_iter().collect()
}

fn inside(design: &Design, facts: &Facts<'_>) -> Vec<Finding> {
    let outside = |stop: &&Stop| !stop.outside_meant && !(facts.is_inside)(stop.location);
    design.stops().filter(outside).map(|stop| Finding::new(Code::Outside).at(stop)).collect()
}

fn same_place(design: &Design, facts: &Facts<'_>) -> Vec<Finding> {
    let Some(base) = facts.base else { return Vec::new() };
    let known: HashMap<StopId, &Stop> = base.stops().map(|stop| (stop.stop_id, stop)).collect();
    design
        .stops()
        .filter_map(|stop| Some((stop, moved_m(known.get(&stop.stop_id)?, stop))))
        .filter(|(_, moved)| *moved > SAME_PLACE_M)
        .map(|(stop, moved)| Finding::new(Code::MovedFar).at(stop).is(moved.round()).of(SAME_PLACE_M))
        .collect()
}

/// How far a stop moved, in metres.
pub(super) fn moved_m(before: &Stop, after: &Stop) -> f64 {
    distance_m(before.location.into(), after.location.into())
}
