//! The JSON of what is said of councils besides their places.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Date,
    councils::model::{CouncilId, RuleId},
};

use super::assignment_documents::CouncilChoice;

/// Which councils look after which school districts, and rules on addresses.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct LinkList {
    /// School districts, over time.
    pub(super) districts: Vec<DistrictLinkItem>,
    /// Rules on addresses, over time.
    pub(super) rules: Vec<AddressRuleItem>,
    /// The councils of today, to choose from.
    pub(super) councils: Vec<CouncilChoice>,
    /// The school districts of today, to choose from.
    pub(super) school_districts: Vec<DistrictChoice>,
}

/// A school district to choose.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct DistrictChoice {
    /// Its id.
    pub(super) id: String,
    /// What it is called.
    pub(super) name: String,
}

/// A council looks after a school district, or it is undecided which.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct DistrictLinkItem {
    /// The district.
    pub(super) district_id: String,
    /// What it is called; none where it is on the map no more.
    pub(super) district_name: Option<String>,
    /// The council; none while it is undecided.
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// What it is called; none where it is on the map no more.
    pub(super) council_name: Option<String>,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
    /// What is to be remembered.
    pub(super) note: String,
}

/// What is said of a school district from a day on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DistrictLinkBody {
    /// The district: a place of the map.
    #[schema(pattern = "^[0-9a-z]{16}$")]
    pub(super) district_id: String,
    /// The council; none while it is undecided.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The last day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
    /// What is to be remembered.
    #[serde(default)]
    #[schema(max_length = 1000)]
    pub(super) note: String,
}

/// What is to be taken back: by its district, its council and its first day.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DistrictLinkName {
    /// The district.
    #[schema(pattern = "^[0-9a-z]{16}$")]
    pub(super) district_id: String,
    /// The council; none where it was undecided.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub(super) council_id: Option<CouncilId>,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
}

/// Homes whose address begins so belong to a council.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AddressRuleItem {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: RuleId,
    /// How addresses begin.
    pub(super) beginning: String,
    /// The council.
    #[schema(value_type = String)]
    pub(super) council_id: CouncilId,
    /// What it is called; none where it is on the map no more.
    pub(super) council_name: Option<String>,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
}

/// A rule on addresses.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressRuleBody {
    /// How addresses begin.
    #[schema(min_length = 1, max_length = 100)]
    pub(super) beginning: String,
    /// The council.
    #[schema(value_type = String)]
    pub(super) council_id: CouncilId,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// The last day.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
}
