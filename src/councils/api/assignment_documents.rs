//! The JSON of what waits, what is suggested and what was decided.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    councils::model::{CouncilId, HousingId, ResidencyId, TaskKind},
    geo::Position,
    staff::StaffId,
};

use super::documents::AssignmentItem;

/// What waits for the registrar.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TaskList {
    /// The oldest first.
    pub(super) tasks: Vec<TaskItem>,
    /// The councils to choose from, by name.
    pub(super) councils: Vec<CouncilChoice>,
}

/// A council to choose.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CouncilChoice {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: CouncilId,
    /// What it is called.
    pub(super) name: String,
    /// Where its people meet.
    pub(super) meeting_place: Option<Position>,
}

/// Something that waits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TaskItem {
    /// Why.
    pub(super) kind: TaskName,
    /// Since when.
    #[schema(value_type = String, format = Date)]
    pub(super) since: Date,
    /// The residency.
    #[schema(value_type = String, format = "uuid")]
    pub(super) residency_id: ResidencyId,
    /// Its version, which a change has to name.
    pub(super) version: i64,
    /// The building.
    #[schema(value_type = String, format = "uuid")]
    pub(super) housing_id: HousingId,
    /// What it is called.
    pub(super) housing_name: String,
    /// The unit.
    pub(super) unit_name: String,
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub(super) staff_id: StaffId,
    /// Their number.
    pub(super) staff_number: Option<String>,
    /// Their name.
    pub(super) staff_name: Option<String>,
    /// The day on which they move in.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The day on which they move out.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
    /// What the registrar noted of it.
    pub(super) note: String,
    /// How it stands.
    pub(super) assignment: AssignmentItem,
    /// What is suggested; none of somebody who has moved out.
    pub(super) suggestion: Option<SuggestionDocument>,
}

/// Why something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TaskName {
    /// No council was decided.
    Assign,
    /// Their council is no more.
    Reassign,
    /// It was decided that their council is undecided.
    Undecided,
    /// They have moved out.
    MovedOut,
}

impl From<TaskKind> for TaskName {
    fn from(kind: TaskKind) -> Self {
        match kind {
            TaskKind::Assign => Self::Assign,
            TaskKind::Reassign => Self::Reassign,
            TaskKind::Undecided => Self::Undecided,
            TaskKind::MovedOut => Self::MovedOut,
        }
    }
}

/// What is suggested of a home.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SuggestionDocument {
    /// The council; none where the registrar has to choose.
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// The councils that something hints at, the strongest hint first.
    pub(super) candidates: Vec<CandidateItem>,
    /// Why to look twice.
    pub(super) doubts: Vec<DoubtItem>,
}

/// A council that a home may belong to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CandidateItem {
    /// The council.
    #[schema(value_type = String)]
    pub(super) council_id: CouncilId,
    /// What it is called.
    pub(super) council_name: String,
    /// What hints at it, the strongest first.
    pub(super) reasons: Vec<ReasonItem>,
    /// How far its meeting place is on foot, in metres.
    pub(super) walk_m: Option<f64>,
    /// How long one walks, as property advertisements say it, in seconds.
    pub(super) walk_s: Option<u64>,
    /// Whether that follows the pedestrian network; otherwise it is as the crow flies.
    pub(super) on_network: bool,
}

/// What hints at a council.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ReasonItem {
    /// A rule names the address.
    AddressRule {
        /// How addresses begin.
        beginning: String,
    },
    /// So many homes of the building belong to it, and none to another.
    Building {
        /// How many.
        homes: usize,
    },
    /// The home lies in its area.
    InArea,
    /// The home lies in a school district that it looks after.
    SchoolDistrict {
        /// What the district is called.
        name: String,
    },
    /// Its meeting place is the nearest one on foot.
    Nearest,
}

/// Why to look twice.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum DoubtItem {
    /// A border is near.
    NearBorder {
        /// How near, in metres.
        metres: f64,
    },
    /// The home lies in no area.
    NoArea,
    /// The strongest hint names several councils.
    Several,
    /// Hints name different councils.
    Disagreement,
    /// The school district is undecided.
    Undecided,
    /// A rule or a district names a council that is on the map no more.
    Gone,
    /// Nothing but the distance hints at any.
    NoHint,
}

/// What a registrar decides, of one residency or of many.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecideAssignments {
    /// The decisions: all are taken, or none.
    #[schema(min_items = 1, max_items = 500)]
    pub(super) decisions: Vec<DecideOne>,
}

/// What a registrar decides of a residency.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecideOne {
    /// The residency.
    #[schema(value_type = String, format = "uuid")]
    pub(super) residency_id: ResidencyId,
    /// The council; none where it is undecided.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// From which day on; the day on which they move in, or today, when it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) from: Option<Date>,
    /// Why: needed where it is not what is suggested.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) reason: String,
    /// How many decisions there were when it was looked at.
    #[schema(minimum = 0)]
    pub(super) decisions: i64,
}

/// How many decisions were taken.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct DecidedCount {
    /// So many.
    pub(super) decided: usize,
}

/// Homes and the councils to which they belong, as lines from one to the other (GeoJSON).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AssignmentLines {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// A line for each home that is lived in today: from the building to the meeting place of its council, or its point where there
    /// is no line to draw.
    pub(super) features: Vec<AssignmentLine>,
}

/// A home and its council.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AssignmentLine {
    /// `Feature`.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// The residency.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: ResidencyId,
    /// A line or a point.
    #[schema(value_type = Object)]
    pub(super) geometry: serde_json::Value,
    /// What it stands for.
    pub(super) properties: AssignmentLineProperties,
}

/// What a line stands for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AssignmentLineProperties {
    /// The building.
    pub(super) housing_name: String,
    /// The unit.
    pub(super) unit_name: String,
    /// Who lives there.
    pub(super) staff_name: Option<String>,
    /// How it stands.
    pub(super) assignment: AssignmentItem,
}
