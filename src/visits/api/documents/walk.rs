//! The JSON of walks.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clock::Date,
    routes::{RouteId, RouteVersionId, StopId, model::Text},
    visits::model::StopState,
};

/// One's own walks of a fiscal year.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyWalks {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// Routes of which any stop was visited, by code.
    pub walks: Vec<WalkDocument>,
}

/// A walk: one route in one fiscal year.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalkDocument {
    /// The route.
    #[schema(value_type = String, format = "uuid")]
    pub route_id: RouteId,
    /// Its code.
    pub code: String,
    /// The version by which the walk is told: by which it is complete, or by which the least is missing.
    #[schema(value_type = String, format = "uuid")]
    pub route_version_id: RouteVersionId,
    /// That version's number.
    pub number: i64,
    /// Its title.
    pub title: Text,
    /// Whether every required stop has an accepted visit.
    pub complete: bool,
    /// How many required stops have none.
    pub missing_count: usize,
    /// The first day of a visit.
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// The last day of a visit.
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    /// The required stops, in the order of walking.
    pub stops: Vec<WalkStop>,
}

/// A required stop of a walk.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalkStop {
    /// The stop.
    #[schema(value_type = String, format = "uuid")]
    pub stop_id: StopId,
    /// Its name.
    pub name: Text,
    /// How it stands.
    pub state: StopState,
}
