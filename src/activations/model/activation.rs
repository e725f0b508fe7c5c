//! What a registrar declares (発令): a drill (訓練) or the real thing (実動).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{auth::AccountId, clock::Timestamp, ids};

ids! {
    /// The id of an activation. The page makes it, so that what is sent twice is declared once.
    ActivationId,
}

/// Whether it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ActivationKind)]
pub enum Kind {
    /// 訓練: nothing has happened.
    Drill,
    /// 実動: something has.
    Real,
}

/// What residents are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// Whether it is meant.
    pub kind: Kind,
    /// One line.
    pub title: String,
    /// What there is to say.
    pub message: String,
    /// The line in English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title_en: String,
    /// The message in English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message_en: String,
}

impl Announcement {
    /// The title as it stands where nothing beside it says what kind it is: a drill is marked 訓練 whatever its title.
    #[must_use]
    pub fn marked(&self) -> String {
        match self.kind {
            Kind::Drill => format!("【訓練】{}", self.title),
            Kind::Real => self.title.clone(),
        }
    }

    /// Title and message for a reader of English, or else of Japanese.
    #[must_use]
    pub fn said(&self, english: bool) -> (&str, &str) {
        fn pick<'t>(english: bool, ja: &'t str, en: &'t str) -> &'t str {
            if english && !en.is_empty() { en } else { ja }
        }
        (pick(english, &self.title, &self.title_en), pick(english, &self.message, &self.message_en))
    }
}

/// What is known of an activation. All of it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationFacts {
    /// What residents are told.
    pub announcement: Announcement,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// By whom.
    pub by: AccountId,
}

/// An activation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// Its id.
    pub id: ActivationId,
    /// When it ended; none while it goes on.
    pub ended_at: Option<Timestamp>,
    /// Counts what has changed of it and its roll.
    pub sequence: i64,
    /// What is known of it.
    pub facts: ActivationFacts,
}
