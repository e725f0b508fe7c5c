//! Buildings in which staff live to be near in a disaster (災害対策住宅), and their units.

use serde::{Deserialize, Serialize};

use crate::{geo::Position, ids};

ids! {
    /// The id of a building.
    HousingId,
    /// The id of a unit of a building.
    UnitId,
}

/// What is known of a building. All of it is sealed: where staff live is nobody's business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HousingFacts {
    /// What it is called.
    pub name: String,
    /// Its address, as a letter has it.
    pub address: String,
    /// Where its entrance is.
    pub location: Position,
    /// What the registrar wants to remember.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A building.
#[derive(Clone, Debug, PartialEq)]
pub struct Housing {
    /// Its id.
    pub id: HousingId,
    /// Counts the changes.
    pub version: i64,
    /// What is known of it.
    pub facts: HousingFacts,
}

/// What is known of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFacts {
    /// Its number or name within the building.
    pub name: String,
    /// Whether it is let no more. Who lives there stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// What the registrar wants to remember.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A unit (戸) of a building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its building.
    pub housing: HousingId,
    /// Counts the changes.
    pub version: i64,
    /// What is known of it.
    pub facts: UnitFacts,
}
