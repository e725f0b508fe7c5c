//! What is answered of the years before, and of what is to be expected of this one.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    routes::model::Text,
    training::model::{Basis, Forecast, Grouping, ProgrammeId, Seats},
};

use super::documents::ReportRow;

/// A programme over the years.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TrendDocument {
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// What it is called in the last of them.
    pub title: Text,
    /// The fiscal years in which it was open, the earliest one first.
    pub years: Vec<TrendYear>,
}

/// A programme in one of several fiscal years.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TrendYear {
    /// The year in which it begins.
    pub fiscal_year: i16,
    /// As of the end of that day: that of the year that is asked for, or the end of the month before it.
    pub as_of: String,
    /// Everybody within reach on that day.
    pub so_far: ReportRow,
    /// When the year ended; none while it has not.
    pub at_end: Option<ReportRow>,
}

/// How many will not have completed a programme when its fiscal year ends.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ForecastDocument {
    /// The year in which the fiscal year begins.
    pub fiscal_year: i16,
    /// The programme.
    #[schema(value_type = String, format = "uuid")]
    pub programme_id: ProgrammeId,
    /// As of the end of that day.
    pub as_of: String,
    /// Until the end of that day.
    pub until: String,
    /// Where what is expected was seen; none while too little is known to say anything.
    pub basis: Option<Basis>,
    /// By what people are grouped.
    pub by: Grouping,
    /// Everybody within reach.
    pub total: ForecastRow,
    /// The groups.
    pub groups: Vec<ForecastRow>,
    /// Outings for those who are expected to be missing; none where an outing does not count.
    pub seats: Option<Seats>,
}

/// How many of a group will not have completed it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ForecastRow {
    /// A department's or a tier's id, or a kind of employment; `all` for everybody.
    pub key: String,
    /// What it is called, where it has a name of its own.
    pub name: Option<String>,
    /// How many; none where that would tell of single people, or nothing can be said.
    pub forecast: Option<Forecast>,
}
