//! The JSON of designing: drafts, reviews, lists, changes, coverage.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    auth::{AccountId, Reach},
    clock::Date,
    geo::Position,
    routes::{
        changes::Change,
        checklist::Check,
        coverage::Covered,
        lay::NoLine,
        model::{DesignDocument, DraftState, Line, RouteId, StopId, Text, Version},
        service::Opened,
        store::{ListedRoute, Review, ReviewKind, Route, StopComment, reaches},
    },
};

use super::service::Laid;

/// Routes as designers see them.
#[derive(Debug, Serialize, ToSchema)]
pub struct DesignList {
    /// By code.
    pub designs: Vec<DesignItem>,
}

/// A route as designers see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DesignItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// Its code.
    pub code: String,
    /// The name of the department that keeps it.
    pub department: String,
    /// Its title.
    pub title: Text,
    /// Its district; may be empty.
    pub district: String,
    /// Its open draft.
    pub draft: Option<DraftItem>,
    /// The version that counts today.
    pub current: Option<CurrentItem>,
    /// The next version that will count.
    pub next: Option<NextItem>,
    /// From which day on it no longer counts.
    #[schema(value_type = Option<String>, format = Date)]
    pub archived_on: Option<Date>,
    /// What it was cloned from.
    pub origin: Option<OriginItem>,
    /// Whether it is 見本.
    pub sample: bool,
    /// What the caller may do.
    pub may: May,
}

/// The open draft of a route in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftItem {
    /// How far it is.
    pub state: DraftState,
    /// When it last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Whether the caller changed it last.
    pub updated_by_me: bool,
}

/// The version that counts today.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrentItem {
    /// Its number.
    pub number: i64,
    /// From which day on it counts.
    #[schema(value_type = String, format = Date)]
    pub effective_from: Date,
    /// How long it is, in metres.
    pub distance_m: f64,
    /// 表示規約式, in seconds.
    pub duration_s: u64,
    /// An estimate with crossings, stairs and stays, in seconds.
    pub estimated_duration_s: u64,
    /// How many stops it has.
    pub stop_count: usize,
}

/// The next version that will count.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextItem {
    /// Its number.
    pub number: i64,
    /// From which day on it counts.
    #[schema(value_type = String, format = Date)]
    pub effective_from: Date,
}

/// What a route was cloned from.
#[derive(Debug, Serialize, ToSchema)]
pub struct OriginItem {
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// Its code.
    pub code: Option<String>,
    /// Its version's number.
    pub number: i64,
}

/// What a caller may do with a route.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct May {
    /// Change it: it is their department's.
    pub edit: bool,
    /// Send the draft back or publish it: it is in review, and they wrote none of it.
    pub review: bool,
}

fn origin(route: &Route, code: Option<String>) -> Option<OriginItem> {
    route.origin.map(|origin| OriginItem { route_id: origin.route, code, number: origin.number })
}

impl DesignItem {
    pub(super) fn new(listed: ListedRoute, me: AccountId, reach: &Reach) -> Self {
        let in_review = matches!(&listed.draft, Some((DraftState::InReview, ..)));
        let review = in_review && !listed.is_author;
        let may = May { edit: reaches(reach, listed.route.department), review };
        Self {
            route_id: listed.route.id,
            department: listed.route.department_name.clone(),
            title: listed.title,
            district: listed.district,
            draft: listed.draft.map(|(state, at, by)| DraftItem {
                state,
                updated_at: at.to_string(),
                updated_by_me: by == me,
            }),
            current: listed.current.map(|current| CurrentItem {
                number: current.number,
                effective_from: current.effective_from,
                distance_m: current.line.distance_m,
                duration_s: current.line.duration_s,
                estimated_duration_s: current.line.estimated_duration_s,
                stop_count: current.stop_count,
            }),
            next: listed.next.map(|(number, effective_from)| NextItem { number, effective_from }),
            archived_on: listed.route.archived_on,
            origin: origin(&listed.route, listed.origin_code),
            sample: listed.route.sample,
            may,
            code: listed.route.code,
        }
    }
}

/// The open draft of a route. `ETag` names this state; `If-Match` with it guards every change.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftDocument {
    /// Its route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// The route's code.
    pub code: String,
    /// The name of the department that keeps the route.
    pub department: String,
    /// How far it is.
    pub state: DraftState,
    /// Counts its changes; the `ETag` as well.
    pub version: i64,
    /// The number of the version that it was begun from.
    pub base_number: Option<i64>,
    /// What the route was cloned from.
    pub origin: Option<OriginItem>,
    /// What it holds.
    pub design: DesignDocument,
    /// Its way on the pedestrian network; frozen while it is in review.
    pub line: Option<Line>,
    /// Why it has no way.
    pub line_problem: Option<LineProblem>,
    /// What must be so before it goes to review.
    pub checklist: Vec<Check>,
    /// What was said of the route's drafts, the latest first.
    pub reviews: Vec<ReviewItem>,
    /// When it last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Whether the caller changed it last.
    pub updated_by_me: bool,
    /// Whether it is 見本.
    pub sample: bool,
    /// What the caller may do.
    pub may: May,
}

/// Why a design has no way.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LineProblem {
    /// What is the matter.
    pub reason: LineProblemReason,
    /// On which leg, counted from 0.
    pub leg: Option<usize>,
}

/// What is the matter with a way.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineProblemReason {
    /// There are fewer than two points.
    TooFew,
    /// There is no pedestrian network.
    Empty,
    /// The network has no way on a leg.
    Apart,
}

impl From<NoLine> for LineProblem {
    fn from(why: NoLine) -> Self {
        match why {
            NoLine::TooFew => Self { reason: LineProblemReason::TooFew, leg: None },
            NoLine::Empty => Self { reason: LineProblemReason::Empty, leg: None },
            NoLine::Apart(leg) => Self { reason: LineProblemReason::Apart, leg: Some(leg) },
        }
    }
}

/// A step of a review.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewItem {
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Whether it was the caller.
    pub by_me: bool,
    /// What was done.
    pub kind: ReviewKind,
    /// The number of the version that was published.
    pub number: Option<i64>,
    /// What was said.
    pub comment: String,
    /// What was said of single stops.
    pub comments: Vec<StopComment>,
}

impl ReviewItem {
    fn new(review: Review, me: AccountId) -> Self {
        Self {
            at: review.at.to_string(),
            by_me: review.account == me,
            kind: review.kind,
            number: review.number,
            comment: review.comment,
            comments: review.comments,
        }
    }
}

impl DraftDocument {
    pub(super) fn new(opened: Opened, laid: Laid, me: AccountId, reach: &Reach) -> Self {
        let Opened { route, draft, origin_code, authors, reviews, .. } = opened;
        let review = draft.state == DraftState::InReview && !authors.contains(&me);
        let (line, line_problem) = match laid.line {
            Ok(line) => (Some(line), None),
            Err(why) => (None, Some(why.into())),
        };
        Self {
            route_id: route.id,
            department: route.department_name.clone(),
            state: draft.state,
            version: draft.version,
            base_number: draft.base_number,
            origin: origin(&route, origin_code),
            design: draft.design.into_document(),
            line,
            line_problem,
            checklist: laid.checks,
            reviews: reviews.into_iter().map(|review| ReviewItem::new(review, me)).collect(),
            updated_at: draft.updated_at.to_string(),
            updated_by_me: draft.updated_by == me,
            sample: route.sample,
            may: May { edit: reaches(reach, route.department), review },
            code: route.code,
        }
    }
}

/// A route to be begun.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDesign {
    /// Its code, such as `shiba-01`: 1 to 32 of a–z, 0–9 and `-`. The next number when it is left out.
    #[serde(default)]
    #[schema(max_length = 32)]
    pub code: Option<String>,
    /// Its title.
    #[serde(default)]
    pub title: Text,
    /// What it begins with, such as an imported track. Its title counts unless `title` is said.
    #[serde(default)]
    pub design: Option<DesignDocument>,
}

/// A design to be kept in a draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// The whole design.
    pub design: DesignDocument,
}

/// Which version to begin from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FromVersion {
    /// Its number; the latest when it is left out.
    #[serde(default)]
    pub number: Option<i64>,
}

/// What a reviewer says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendBack {
    /// Of the whole.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub comment: String,
    /// Of single stops.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub comments: Vec<StopComment>,
}

/// When a version begins to count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishDraft {
    /// The first day; the first possible one when it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub effective_from: Option<Date>,
}

/// When a route ceases to count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveRoute {
    /// The first day on which it no longer counts; today when it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
}

/// Why a route counts again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreRoute {
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
}

/// What is different between two states of a route.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesDocument {
    /// The earlier version's number.
    pub from: i64,
    /// The later version's number; `null` for the draft.
    pub to: Option<i64>,
    /// What is different.
    pub changes: Vec<Change>,
}

/// What no published route visits, and what they do.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageDocument {
    /// 町丁目.
    pub localities: Vec<CoverageItem>,
    /// 地域防災協議会.
    pub councils: Vec<CoverageItem>,
    /// 地域団体.
    pub organisations: Vec<CoverageItem>,
}

/// A place, and the routes that visit it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageItem {
    /// Its id on the map.
    pub id: String,
    /// Its name in Japanese.
    pub name: String,
    /// Its name in English.
    pub name_en: Option<String>,
    /// A point that stands for it.
    pub location: Position,
    /// Whether a route visits it: passes within 100 m, or enters its area.
    pub visited: bool,
    /// How far the nearest route is, in metres.
    pub nearest_m: Option<f64>,
    /// The codes of the routes that visit it.
    pub routes: Vec<String>,
}

impl CoverageItem {
    pub(super) fn new(covered: Covered) -> Self {
        Self {
            id: covered.place.id.to_string(),
            name: covered.place.name,
            name_en: covered.place.name_en,
            location: covered.location,
            visited: !covered.routes.is_empty(),
            nearest_m: covered.nearest_m,
            routes: covered.routes,
        }
    }
}

/// What a trainer sees of a version right after publishing it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedDocument {
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// The version's id.
    pub route_version_id: String,
    /// Its number.
    pub number: i64,
    /// From which day on it counts.
    #[schema(value_type = String, format = Date)]
    pub effective_from: Date,
    /// Its stops.
    #[schema(value_type = Vec<String>)]
    pub stops: Vec<StopId>,
}

impl PublishedDocument {
    pub(super) fn new(version: &Version) -> Self {
        Self {
            route_id: version.route,
            route_version_id: version.id.to_string(),
            number: version.number,
            effective_from: version.effective_from,
            stops: version.design.stops().map(|stop| stop.stop_id).collect(),
        }
    }
}
