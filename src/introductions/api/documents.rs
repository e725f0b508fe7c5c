//! The JSON of one's own introduction, and of what a link opens.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    councils::model::CouncilId,
    introductions::model::{Field, How, Shared, Standing},
};

/// A field that is shared, with its text.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = IntroductionText)]
pub(super) struct SharedText {
    /// The field.
    pub(super) field: Field,
    /// What is shared.
    pub(super) text: String,
}

pub(super) fn texts(shared: &Shared) -> Vec<SharedText> {
    shared.iter().map(|(field, text)| SharedText { field, text: text.to_owned() }).collect()
}

/// One's own introduction.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyIntroduction {
    /// Whether one can be introduced.
    pub(super) state: MyIntroductionState,
    /// The council to which one can be introduced.
    pub(super) council: Option<IntroductionCouncilName>,
    /// What is known already, so that it need not be written. Nobody is given it before one consents.
    pub(super) known: Vec<SharedText>,
    /// What one has consented to; none where one has not, or has withdrawn.
    pub(super) consent: Option<MyConsent>,
    /// What was made for whom, the newest first. It stays after one has withdrawn.
    pub(super) given: Vec<MyIntroductionSheet>,
}

/// Whether one can be introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum MyIntroductionState {
    /// One lives in no disaster housing.
    NoHome,
    /// No council was decided yet.
    Waiting,
    /// One can.
    Possible,
}

/// A council, by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionCouncilName {
    /// Its id.
    #[schema(value_type = String)]
    pub(super) id: CouncilId,
    /// What it is called.
    pub(super) name: String,
}

/// What one has consented to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyConsent {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub(super) at: Timestamp,
    /// What is shared, in the order of the sheet.
    pub(super) fields: Vec<SharedText>,
}

/// A sheet on which one is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct MyIntroductionSheet {
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
    /// What was given; empty where nothing was.
    pub(super) fields: Vec<SharedText>,
}

/// A consent: to this council, to be given these words.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IntroductionConsent {
    /// The council.
    #[schema(value_type = String)]
    pub(super) council_id: CouncilId,
    /// What is shared; what is not named is not.
    pub(super) fields: Vec<SharedText>,
}

/// What a link holds.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IntroductionToken {
    /// What stands behind the `#`.
    pub(super) token: String,
}

/// A link, and, where it was opened just now, what it gives.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroductionLink {
    /// How it stands: once opened it does not open again.
    pub(super) state: Standing,
    /// For which council.
    pub(super) council_name: String,
    /// For whom.
    pub(super) recipient: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub(super) made_at: Timestamp,
    /// Until when it can be opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) expires_at: Option<Timestamp>,
    /// When it was opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(super) opened_at: Option<Timestamp>,
    /// Who is introduced: none unless this is the one answer that opens it.
    pub(super) people: Vec<IntroducedPerson>,
    /// Whom to ask for another, in Japanese.
    pub(super) contact: Option<String>,
    /// The same in English.
    pub(super) contact_en: Option<String>,
}

/// Somebody who is introduced.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct IntroducedPerson {
    /// What they share, in the order of the sheet.
    pub(super) fields: Vec<SharedText>,
}
