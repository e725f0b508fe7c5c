//! The JSON of lists of homes that are taken in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    councils::{
        model::ImportId,
        plan::{Change, Counts},
    },
    sheet::Reason,
};

/// What a list of homes would change.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct RegisterImport {
    /// Under which id it waits.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: ImportId,
    /// The version of the register that it was compared with; the confirmation has to name it.
    pub(super) version: i64,
    /// How many of each.
    pub(super) counts: Counts,
    /// The rows that count, by line.
    pub(super) rows: Vec<ImportRow>,
    /// The rows that do not.
    pub(super) refused: Vec<ImportRefused>,
    /// What the register has and the file does not. It stays.
    pub(super) missing: ImportMissing,
    /// Headings that mean nothing here.
    pub(super) ignored_columns: Vec<String>,
}

/// A row of the file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ImportRow {
    /// Its line in the file, or its row in the sheet.
    pub(super) line: u64,
    /// How much it changes.
    pub(super) change: Change,
    /// What the building is called.
    pub(super) housing_name: String,
    /// What the unit is called.
    pub(super) unit_name: String,
    /// Whether the building, the unit or the residency is added.
    pub(super) adds: Vec<ImportPart>,
    /// Who lives or lived there.
    pub(super) resident: Option<ImportResident>,
    /// What changes of what is there.
    pub(super) differences: Vec<ImportDifference>,
}

/// A part of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ImportPart {
    /// A building.
    Housing,
    /// A unit.
    Unit,
    /// A residency.
    Residency,
}

/// Somebody in a file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ImportResident {
    /// Their number.
    pub(super) staff_number: Option<String>,
    /// Their name on the roster, to be compared.
    pub(super) staff_name: Option<String>,
    /// The day on which they move in, as it will be.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The day on which they move out, as it will be.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
}

/// What a row can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ImportField {
    /// The building's address.
    Address,
    /// Where its entrance is.
    Location,
    /// What is to be remembered of the unit.
    UnitNote,
    /// The day of moving in.
    From,
    /// The day of moving out.
    Until,
    /// What is to be remembered of the residency.
    Note,
}

/// Something that changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ImportDifference {
    /// What.
    pub(super) field: ImportField,
    /// What is there; empty where nothing is.
    pub(super) before: String,
    /// What will be.
    pub(super) after: String,
}

/// A row that does not count.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ImportRefused {
    /// Its line.
    pub(super) line: u64,
    /// What it says of the building.
    pub(super) housing_name: String,
    /// What it says of the unit.
    pub(super) unit_name: String,
    /// What it says of who lives there.
    pub(super) staff_number: String,
    /// Why.
    pub(super) reason: Reason,
}

/// What the register has and a file does not.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ImportMissing {
    /// Buildings.
    pub(super) housing: Vec<String>,
    /// Units of the other buildings.
    pub(super) units: Vec<ImportHome>,
    /// Residencies that are not over.
    pub(super) residencies: Vec<ImportMissingResidency>,
}

/// A unit with its building.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub(super) struct ImportHome {
    /// What the building is called.
    pub(super) housing_name: String,
    /// What the unit is called.
    pub(super) unit_name: String,
}

/// A residency that a file does not have.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ImportMissingResidency {
    /// Where.
    pub(super) home: ImportHome,
    /// Who.
    pub(super) resident: ImportResident,
}

/// Confirms what was shown.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfirmImport {
    /// The version of the register that it was shown against.
    pub(super) version: i64,
    /// To take in the other rows though some are refused.
    #[serde(default)]
    pub(super) accept_refused: bool,
}

/// What was done.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct ImportDone {
    /// How many of each.
    pub(super) counts: Counts,
}
