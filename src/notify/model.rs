//! What can be told, and the states of telling it. Pure.

use std::{fmt, str::FromStr};

use jiff::SignedDuration;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{clock::Timestamp, ids, staff::StaffId, text::ReaderLanguage};

ids! {
    /// The id of a notice; sorts by time.
    NoticeId,
}

/// Something that people can be told.
pub struct Kind {
    /// Its name in JSON and the database, such as `outing_cancelled`.
    pub id: &'static str,
    /// Whether people who are absent are told as well.
    pub urgent: bool,
    /// Whether it is sent by mail besides being in the app.
    pub mail: bool,
    /// Puts a payload into words.
    pub words: fn(&Value, ReaderLanguage) -> Words,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kind({})", self.id)
    }
}

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub title: String,
    /// What there is to say; may have several lines.
    pub text: String,
    /// A path of this service where more is said or something can be done.
    pub link: Option<String>,
}

/// Every kind that the service knows.
#[derive(Clone, Copy, Debug)]
pub struct Kinds(pub &'static [&'static Kind]);

impl Kinds {
    /// A kind by its name; none when another release made it.
    #[must_use]
    pub fn get(self, id: &str) -> Option<&'static Kind> {
        self.0.iter().copied().find(|kind| kind.id == id)
    }
}

/// Something that somebody is to be told.
#[derive(Clone, Debug)]
pub struct NewNotice {
    /// Whom.
    pub staff: StaffId,
    /// What the queue calls them instead, where the notice alone would tell something of them, such as that they live in disaster
    /// housing. Such a notice does not wait for a day.
    pub pseudonym: Option<Uuid>,
    /// What kind of thing.
    pub kind: &'static Kind,
    /// What the kind needs to say it. Nobody's name.
    pub payload: Value,
    /// What it is about, to that person: the same thing is told once.
    pub dedup: String,
    /// When, unless now.
    pub due_at: Option<Timestamp>,
}

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NoticeChannel)]
pub enum Channel {
    /// In the app.
    App,
    /// By mail.
    Mail,
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeliveryState)]
pub enum State {
    /// It waits.
    Queued,
    /// A server is at it.
    Claimed,
    /// It failed and is tried again.
    Failed,
    /// It is there, or the mail server has it.
    Sent,
    /// It failed for good.
    GivenUp,
    /// The reader is absent, has left or has no address.
    Withheld,
}

/// The database holds what this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {0:?}")]
pub struct Unknown(String);

macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        impl $type {
            /// The name in JSON and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl FromStr for $type {
            type Err = Unknown;

            fn from_str(text: &str) -> Result<Self, Unknown> {
                match text {
                    $($name => Ok(Self::$variant),)+
                    other => Err(Unknown(other.to_owned())),
                }
            }
        }
    };
}

named!(Channel { App = "app", Mail = "mail" });
named!(State {
    Queued = "queued",
    Claimed = "claimed",
    Failed = "failed",
    Sent = "sent",
    GivenUp = "given_up",
    Withheld = "withheld",
});

/// So often a mail is tried.
const ATTEMPTS: i64 = 10;

/// How long to wait after that many attempts; none when it is given up. Each wait is twice the last one, from one minute
/// to six hours: about a day and a half in all.
#[must_use]
pub fn backoff(attempts: i64) -> Option<SignedDuration> {
    if attempts >= ATTEMPTS {
        return None;
    }
    let doubled =
        SignedDuration::from_mins(1).saturating_mul(1 << attempts.saturating_sub(1).clamp(0, 16) as i32);
    Some(doubled.min(SignedDuration::from_hours(6)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let waits: Vec<i64> = (1..ATTEMPTS).filter_map(backoff).map(|wait| wait.as_mins()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
        assert_eq!(backoff(ATTEMPTS), None);
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for state in
            [State::Queued, State::Claimed, State::Failed, State::Sent, State::GivenUp, State::Withheld]
        {
            assert_eq!(state.as_str().parse(), Ok(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        assert!("lost".parse::<State>().is_err());
        assert_eq!("mail".parse(), Ok(Channel::Mail));
    }
}
