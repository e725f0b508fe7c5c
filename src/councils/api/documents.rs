//! The JSON of buildings, units and residencies.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    councils::model::{CouncilId, HousingId, Muster, ResidencyId, UnitId},
    geo::Position,
    staff::StaffId,
};

/// The buildings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct HousingList {
    /// All of them, by name.
    pub(super) housing: Vec<HousingItem>,
}

/// A building in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct HousingItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: HousingId,
    /// What it is called.
    pub(super) name: String,
    /// Its address.
    pub(super) address: String,
    /// Where its entrance is.
    pub(super) location: Position,
    /// How many units it has.
    pub(super) units: usize,
    /// How many of them are lived in today.
    pub(super) residents: usize,
    /// How many of its residencies wait for the registrar.
    pub(super) tasks: usize,
}

/// A building, to be added or changed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HousingBody {
    /// What it is called.
    #[schema(min_length = 1, max_length = 100)]
    pub(super) name: String,
    /// Its address, as a letter has it.
    #[schema(min_length = 1, max_length = 1000)]
    pub(super) address: String,
    /// Where its entrance is: longitude and latitude in degrees.
    pub(super) location: Position,
    /// What is to be remembered.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) note: String,
}

/// A building with its units and who lives or lived in them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct HousingDocument {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: HousingId,
    /// What it is called.
    pub(super) name: String,
    /// Its address.
    pub(super) address: String,
    /// Where its entrance is.
    pub(super) location: Position,
    /// What is to be remembered.
    pub(super) note: String,
    /// Its units, by name.
    pub(super) units: Vec<UnitItem>,
}

/// A unit with who lives or lived in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct UnitItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: UnitId,
    /// Its version, which a change has to name.
    pub(super) version: i64,
    /// Its number or name within the building.
    pub(super) name: String,
    /// Whether it is let no more.
    pub(super) closed: bool,
    /// What is to be remembered.
    pub(super) note: String,
    /// Who lives there, or did, the latest first.
    pub(super) residencies: Vec<ResidencyItem>,
}

/// A unit, to be added or changed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitBody {
    /// Its number or name within the building.
    #[schema(min_length = 1, max_length = 100)]
    pub(super) name: String,
    /// Whether it is let no more.
    #[serde(default)]
    pub(super) closed: bool,
    /// What is to be remembered.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) note: String,
}

/// Somebody lives in a unit, or did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ResidencyItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: ResidencyId,
    /// Its version, which a change has to name.
    pub(super) version: i64,
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub(super) staff_id: StaffId,
    /// Their number; none once they are forgotten.
    pub(super) staff_number: Option<String>,
    /// Their name; none once they are forgotten.
    pub(super) staff_name: Option<String>,
    /// The day on which they move in.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The day on which they move out.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
    /// Whether all that follows from moving out was done.
    pub(super) settled: bool,
    /// What is to be remembered.
    pub(super) note: String,
    /// Their council.
    pub(super) assignment: AssignmentItem,
    /// Where they gather when something happens; none where that is the meeting place of their council.
    pub(super) muster: Option<Muster>,
}

/// Which council a home belongs to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AssignmentItem {
    /// What stands.
    pub(super) state: AssignmentState,
    /// The council's id, where it was decided.
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// What it is called; none where it is on the map no more.
    pub(super) council_name: Option<String>,
    /// From which day on.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) from: Option<Date>,
    /// Why, where that was said.
    pub(super) reason: String,
    /// How many decisions there were so far; the next one has to name this number.
    pub(super) decisions: i64,
}

/// How an assignment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AssignmentState {
    /// Nothing was decided yet.
    Open,
    /// It was decided that it is undecided.
    Undecided,
    /// It was decided.
    Decided,
    /// It was decided, and the council is on the map no more.
    Gone,
}

/// Somebody moves in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveIn {
    /// The unit.
    #[schema(value_type = String, format = "uuid")]
    pub(super) unit_id: UnitId,
    /// Who: their staff number.
    #[schema(min_length = 1, max_length = 100)]
    pub(super) staff_number: String,
    /// The day on which they move in.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The day on which they move out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
    /// What is to be remembered.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) note: String,
}

/// Who has moved in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MovedIn {
    /// The id of their residency.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: ResidencyId,
    /// Their name on the roster, to be compared.
    pub(super) staff_name: Option<String>,
}

/// A change of a residency.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResidencyBody {
    /// The day on which they move in.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The day on which they move out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
    /// Whether all that follows from moving out was done.
    #[serde(default)]
    pub(super) settled: bool,
    /// What is to be remembered.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) note: String,
}

/// The id of what was added.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Added {
    /// Its id.
    #[schema(format = "uuid")]
    pub(super) id: String,
}
