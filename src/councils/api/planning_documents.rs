//! The JSON of the figures for planning.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clock::Date,
    councils::model::{CouncilFigures, CouncilId, Minutes},
    geo::Position,
};

/// What each council has of disaster housing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct PlanningDocument {
    /// The day on which it was counted.
    #[schema(value_type = String, format = Date)]
    pub(super) as_of: Date,
    /// The councils, by name.
    pub(super) councils: Vec<PlanningCouncil>,
    /// Units that belong to no council yet.
    pub(super) without_council: PlanningFigures,
}

/// A council with its figures. How many of them took part in its meetings each year joins them once that is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct PlanningCouncil {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: CouncilId,
    /// What it is called.
    pub(super) name: String,
    /// Where its people meet; none where the map does not say.
    pub(super) meeting_place: Option<Position>,
    /// Its figures.
    pub(super) figures: PlanningFigures,
}

/// Figures of homes.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct PlanningFigures {
    /// Buildings.
    pub(super) buildings: usize,
    /// Units: those that are lived in by what was decided, empty ones by the strongest hint.
    pub(super) units: usize,
    /// Units that are lived in.
    pub(super) residents: usize,
    /// Units by the minutes that it takes on foot to the meeting place.
    pub(super) units_by_minutes: PlanningMinutes,
}

/// Units by minutes on foot.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct PlanningMinutes {
    /// Up to 5.
    pub(super) to_5: usize,
    /// More than 5, up to 10.
    pub(super) to_10: usize,
    /// More than 10, up to 15.
    pub(super) to_15: usize,
    /// More than 15.
    pub(super) over_15: usize,
    /// The network has no way there, or nobody knows where the council meets.
    pub(super) unreachable: usize,
}

impl From<&CouncilFigures> for PlanningFigures {
    fn from(figures: &CouncilFigures) -> Self {
        let Minutes { to_5, to_10, to_15, over_15, unreachable } = figures.minutes;
        Self {
            buildings: figures.buildings,
            units: figures.units,
            residents: figures.residents,
            units_by_minutes: PlanningMinutes { to_5, to_10, to_15, over_15, unreachable },
        }
    }
}
