//! The JSON of a registrar's introductions.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    councils::model::{CouncilId, ResidencyId},
    introductions::model::{Field, How, SheetId, Standing},
};

use super::documents::IntroducedPerson;

/// Who consents to be introduced, and which sheets were made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionList {
    /// The councils to which homes that are lived in belong.
    pub(super) councils: Vec<IntroductionCouncil>,
    /// The sheets, the newest first.
    pub(super) sheets: Vec<IntroductionSheetItem>,
}

/// A council, and who may be introduced to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionCouncil {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: CouncilId,
    /// What it is called.
    pub(super) name: String,
    /// How many homes that are lived in belong to it.
    pub(super) homes: usize,
    /// Those who consent.
    pub(super) residents: Vec<IntroductionResident>,
}

/// Somebody who consents.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionResident {
    /// Their residency.
    #[schema(value_type = String)]
    pub(super) residency_id: ResidencyId,
    /// Their name, by the roster.
    pub(super) staff_name: Option<String>,
    /// The building.
    pub(super) housing_name: String,
    /// The unit.
    pub(super) unit_name: String,
    /// When they consented.
    #[schema(value_type = String, format = DateTime)]
    pub(super) consented_at: Timestamp,
    /// To what.
    pub(super) fields: Vec<Field>,
    /// When they were last introduced.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) last_given_at: Option<Timestamp>,
}

/// A sheet that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionSheetItem {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: SheetId,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub(super) made_at: Timestamp,
    /// For which council, by the name that it had then.
    pub(super) council_name: String,
    /// To whom.
    pub(super) recipient: String,
    /// How.
    pub(super) how: How,
    /// How it stands.
    pub(super) state: Standing,
    /// Until when its link can be opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) expires_at: Option<Timestamp>,
    /// When its link was opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) opened_at: Option<Timestamp>,
    /// Who is on it.
    pub(super) residents: Vec<IntroductionOnSheet>,
}

/// Somebody on a sheet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionOnSheet {
    /// Their name, by the roster.
    pub(super) staff_name: Option<String>,
    /// What was given; empty where nothing was.
    pub(super) fields: Vec<Field>,
    /// Whether they do not consent any more. What was given cannot be taken back: the council has to be told.
    pub(super) withdrawn: bool,
}

/// A sheet that is wanted.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IntroductionSheetBody {
    /// Its id: drawn by whoever asks, so that what is sent twice is made once.
    #[schema(value_type = String)]
    pub(super) id: SheetId,
    /// For which council.
    #[schema(value_type = String)]
    pub(super) council_id: CouncilId,
    /// To whom it is given.
    pub(super) recipient: String,
    /// The residencies of those who are on it.
    #[schema(value_type = Vec<String>)]
    pub(super) residents: Vec<ResidencyId>,
    /// How it is given.
    pub(super) how: How,
}

/// A sheet that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionSheetDocument {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: SheetId,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub(super) made_at: Timestamp,
    /// For which council.
    pub(super) council_name: String,
    /// To whom.
    pub(super) recipient: String,
    /// How.
    pub(super) how: How,
    /// What is to be printed; empty where a link gives it.
    pub(super) people: Vec<IntroducedPerson>,
    /// Its link, shown this once. Whoever has it is let in, once.
    pub(super) url: Option<String>,
    /// The link as a QR code (SVG).
    pub(super) qr_svg: Option<String>,
    /// Until when it can be opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) expires_at: Option<Timestamp>,
}
