//! Sheets for the chair of a council, and the links that open them.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{auth::AccountId, clock::Timestamp, councils::model::CouncilId, ids};

use super::Shared;

ids! {
    /// The id of a sheet. Whoever makes it draws it, so that what is sent twice is made once.
    SheetId,
}

/// For how long a link can be opened.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(24 * 14);

/// How a sheet is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IntroductionHow)]
pub enum How {
    /// On paper.
    Printed,
    /// By a link that opens once.
    Link,
}

/// What is known of a sheet. All of it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFacts {
    /// For which council.
    pub council: CouncilId,
    /// What it was called then.
    pub council_name: String,
    /// To whom it is given.
    pub recipient: String,
    /// Who made it.
    pub by: AccountId,
}

/// What was given of a resident, as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenFacts {
    /// What was shared.
    pub shared: Shared,
    /// When they had consented to it.
    pub consented_at: Timestamp,
}

/// A link, as far as it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Until when it can be opened.
    pub expires_at: Timestamp,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its id.
    pub id: SheetId,
    /// When it was made.
    pub made_at: Timestamp,
    /// Its link; none of a sheet on paper.
    pub link: Option<Link>,
    /// What is known of it.
    pub facts: SheetFacts,
}

/// How a sheet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IntroductionStanding)]
pub enum Standing {
    /// It was given on paper.
    Printed,
    /// Its link waits to be opened.
    Waiting,
    /// Its link was opened.
    Opened,
    /// Nobody opened its link in time.
    Expired,
    /// Its link was revoked before anybody opened it.
    Revoked,
}

impl Sheet {
    /// How it is given.
    #[must_use]
    pub const fn how(&self) -> How {
        if self.link.is_some() { How::Link } else { How::Printed }
    }

    /// How it stands.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.link {
            None => Standing::Printed,
            Some(Link { opened_at: Some(_), .. }) => Standing::Opened,
            Some(Link { revoked_at: Some(_), .. }) => Standing::Revoked,
            Some(link) if link.expires_at <= now => Standing::Expired,
            Some(_) => Standing::Waiting,
        }
    }

    /// When it was given; none while nobody has opened its link.
    #[must_use]
    pub fn given_at(&self) -> Option<Timestamp> {
        match self.link {
            None => Some(self.made_at),
            Some(link) => link.opened_at,
        }
    }
}
