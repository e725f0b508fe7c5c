//! The JSON of one's own council.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clock::{Date, Timestamp},
    councils::model::{CouncilId, Muster},
    geo::Position,
    network::Profile,
};

/// One's own council, as a GeoJSON feature collection: its area, where it meets, its shelters and member organisations, the way there.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyCouncilDocument {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub(super) as_of: Timestamp,
    /// How it stands.
    pub(super) state: MyCouncilState,
    /// Where one lives; none of whoever lives in no disaster housing.
    pub(super) home: Option<HomeItem>,
    /// The council, where it was decided.
    pub(super) council: Option<CouncilItem>,
    /// Where one gathers when something happens; none where that is where the council meets.
    pub(super) muster: Option<Muster>,
    /// What there is to draw.
    pub(super) features: Vec<MyFeature>,
    /// What must be said where the ways are shown.
    pub(super) attributions: Vec<String>,
    /// Whom to ask about one's home and council, in Japanese; absent where nobody is named.
    pub(super) registrar: Option<String>,
    /// The same in English.
    pub(super) registrar_en: Option<String>,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MyCouncilState {
    /// One lives in no disaster housing.
    NoHome,
    /// The registrar has not decided yet.
    Waiting,
    /// It was decided.
    Decided,
}

/// Where one lives.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct HomeItem {
    /// The building.
    pub(super) housing_name: String,
    /// The unit.
    pub(super) unit_name: String,
    /// The address of the building.
    pub(super) address: String,
    /// Where its entrance is.
    pub(super) location: Position,
    /// Since when.
    #[schema(value_type = String, format = Date)]
    pub(super) from: Date,
    /// Until when, where that is known.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) until: Option<Date>,
}

/// What members may know of their council.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CouncilItem {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: CouncilId,
    /// What it is called.
    pub(super) name: String,
    /// What it is called in English.
    pub(super) name_en: Option<String>,
    /// Since when one belongs to it.
    #[schema(value_type = String, format = Date)]
    pub(super) since: Date,
    /// Where its people meet: what that place is called.
    pub(super) meeting_place: Option<String>,
    /// The address of that place.
    pub(super) address: Option<String>,
    /// What it says of itself.
    pub(super) description: Option<String>,
    /// The same in English.
    pub(super) description_en: Option<String>,
    /// Its telephone, for everybody.
    pub(super) phone: Option<String>,
    /// Its page.
    pub(super) url: Option<String>,
    /// Whom its members turn to.
    pub(super) contact_name: Option<String>,
    /// Their telephone.
    pub(super) contact_phone: Option<String>,
    /// Their mail.
    pub(super) contact_email: Option<String>,
}

/// Something to draw, or, without a geometry, to name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyFeature {
    /// `Feature`.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// Its shape (GeoJSON); none of what the map does not have.
    #[schema(value_type = Option<Object>)]
    pub(super) geometry: serde_json::Value,
    /// What it is.
    pub(super) properties: MyFeatureProperties,
}

/// What is drawn.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(super) struct MyFeatureProperties {
    /// As what it is drawn.
    pub(super) role: MyFeatureRole,
    /// What it is called.
    pub(super) name: Option<String>,
    /// What it is called in English.
    pub(super) name_en: Option<String>,
    /// Its address.
    pub(super) address: Option<String>,
    /// Of a way: for whom.
    pub(super) profile: Option<Profile>,
    /// Of a way: how long it is, in metres.
    pub(super) distance_m: Option<f64>,
    /// Of a way: how long one walks, as property advertisements say it, in seconds.
    pub(super) duration_s: Option<u64>,
    /// Of a way: how often one takes stairs.
    pub(super) stairs: Option<u32>,
    /// Of a way: how often one crosses a street.
    pub(super) crossings: Option<u32>,
    /// Of a way: whether all of it follows the pedestrian network.
    pub(super) on_network: Option<bool>,
}

/// As what something is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MyFeatureRole {
    /// The council's area.
    #[default]
    Area,
    /// Where its people meet.
    MeetingPlace,
    /// A shelter that it runs.
    Shelter,
    /// A member organisation.
    Member,
    /// The way from home to the meeting place.
    Way,
}
