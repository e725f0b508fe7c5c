//! Versions, and the states of a draft.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::{Date, Timestamp},
    staff::DepartmentId,
};

use super::{Design, Line, RouteId, RouteVersionId};

/// How far a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    /// It is being written.
    Editing,
    /// It waits for another trainer; nobody changes it meanwhile.
    InReview,
}

impl DraftState {
    /// Its name in the database and in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Editing => "editing",
            Self::InReview => "in_review",
        }
    }
}

impl fmt::Display for DraftState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// There is no such state of a draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no draft state {0:?}")]
pub struct UnknownState(String);

impl FromStr for DraftState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        match text {
            "editing" => Ok(Self::Editing),
            "in_review" => Ok(Self::InReview),
            other => Err(UnknownState(other.to_owned())),
        }
    }
}

/// The version of another route that a route was cloned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The route.
    pub route: RouteId,
    /// Its version's number.
    pub number: i64,
}

/// A published version: never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its id.
    pub id: RouteVersionId,
    /// Its route.
    pub route: RouteId,
    /// The route's code, such as `shiba-01`.
    pub code: String,
    /// The department that keeps the route.
    pub department: DepartmentId,
    /// That department's name.
    pub department_name: String,
    /// Counts the versions of the route from 1.
    pub number: i64,
    /// What it holds.
    pub design: Design,
    /// Its way.
    pub line: Line,
    /// From which day on it counts.
    pub effective_from: Date,
    /// When it was published.
    pub published_at: Timestamp,
    /// Whether it is 見本.
    pub sample: bool,
}
