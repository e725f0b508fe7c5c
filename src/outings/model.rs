//! Outings: types that are valid once they exist, without I/O.

use std::{collections::BTreeSet, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    http::Message,
    ids,
    routes::{RouteVersionId, Wrong, model::HostKind},
};

pub use crate::visits::model::OutingId;

ids! {
    /// The id of a host of one outing.
    HostId,
    /// The id of one mark of a roll-call; made on the trainer's phone.
    MarkId,
}

/// There is no such thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {0:?}")]
pub struct NoSuchName(String);

macro_rules! names {
    ($(#[$about:meta])* $type:ident { $($(#[$each:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $type {
            $($(#[$each])* $variant),+
        }

        impl $type {
            /// The name in JSON and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl FromStr for $type {
            type Err = NoSuchName;

            fn from_str(text: &str) -> Result<Self, NoSuchName> {
                match text {
                    $($name => Ok(Self::$variant),)+
                    other => Err(NoSuchName(other.to_owned())),
                }
            }
        }
    };
}

names! {
    /// How far an outing is.
    OutingState {
        /// It will be.
        Planned = "planned",
        /// It will not be.
        Cancelled = "cancelled",
        /// It was.
        Held = "held",
    }
}

names! {
    /// How somebody stands to an outing.
    SignUpState {
        /// Their department put them forward; the trainer decides.
        Nominated = "nominated",
        /// They have a place.
        Confirmed = "confirmed",
        /// They wait for a place.
        Waiting = "waiting",
        /// The trainer decided against it.
        Refused = "refused",
        /// They took it back.
        Withdrawn = "withdrawn",
    }
}

names! {
    /// What a host says.
    Answer {
        /// They will be there.
        Yes = "yes",
        /// They will not.
        No = "no",
    }
}

/// A host as a trainer writes it. Never a person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OutingHostDocument)]
#[serde(deny_unknown_fields)]
pub struct HostDocument {
    /// What kind.
    pub kind: HostKind,
    /// The organisation's name.
    pub name: String,
}

/// An outing as a trainer writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutingDocument {
    /// The published version that is walked.
    #[schema(value_type = String, format = "uuid")]
    pub route_version_id: RouteVersionId,
    /// When it starts.
    #[schema(value_type = String, format = "date-time")]
    pub starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub duration_min: u16,
    /// Where people meet.
    pub meeting_point: String,
    /// How many can take part.
    pub capacity: u16,
    /// Staff numbers of its trainers. Without any it is whoever makes it; when it is changed, they stay who they were.
    #[serde(default)]
    pub trainer_numbers: BTreeSet<String>,
    /// Who welcomes the group.
    #[serde(default)]
    pub hosts: Vec<HostDocument>,
}

/// An outing that can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(OutingDocument);

/// The most people that can walk together.
const CAPACITY: u16 = 300;
/// Minutes, from a look around the corner to a day.
const DURATION: std::ops::RangeInclusive<u16> = 15..=600;
const HOSTS: usize = 10;
const TRAINERS: usize = 10;
const LINE: usize = 200;

/// A moment as the database keeps it, so that what is sent again is the same.
pub(super) fn to_the_microsecond(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Checks a text that people read: something is there, it is not too long, and it has no control characters.
pub(super) fn check_text(text: &str, longest: usize, lines: bool) -> Result<(), Message> {
    let controls = |c: char| c.is_control() && !(lines && c == '\n');
    if text.trim().is_empty() {
        Err(Message::new("入力してください。", "Please write something."))
    } else if text.chars().count() > longest {
        Err(Message::new(
            format!("{longest}文字以内にしてください。"),
            format!("Please write at most {longest} characters."),
        ))
    } else if text.contains(controls) {
        Err(Message::new("使えない文字があります。", "It holds characters that cannot be used."))
    } else {
        Ok(())
    }
}

impl Plan {
    /// A plan. Its time is kept to the microsecond, as the database keeps it.
    ///
    /// # Errors
    /// Every field that cannot be so.
    pub fn new(document: OutingDocument) -> Result<Self, Vec<Wrong>> {
        let document = OutingDocument { starts_at: to_the_microsecond(document.starts_at), ..document };
        let mut wrong: Vec<Wrong> = Vec::new();
        let mut check = |field: &str, result: Result<(), Message>| {
            if let Err(why) = result {
                wrong.push((field.to_owned(), why));
            }
        };
        check("meeting_point", check_text(&document.meeting_point, LINE, false));
        let range = |ok: bool, least: u16, most: u16| {
            let message = Message::new(
                format!("{least}から{most}までの数にしてください。"),
                format!("Please choose a number from {least} to {most}."),
            );
            if ok { Ok(()) } else { Err(message) }
        };
        check("capacity", range((1..=CAPACITY).contains(&document.capacity), 1, CAPACITY));
        check(
            "duration_min",
            range(DURATION.contains(&document.duration_min), *DURATION.start(), *DURATION.end()),
        );
        let many = |ok: bool, most: usize| {
            let message =
                Message::new(format!("{most}件までにしてください。"), format!("Please name at most {most}."));
            if ok { Ok(()) } else { Err(message) }
        };
        check("hosts", many(document.hosts.len() <= HOSTS, HOSTS));
        check("trainer_numbers", many(document.trainer_numbers.len() <= TRAINERS, TRAINERS));
        for (index, host) in document.hosts.iter().enumerate().take(HOSTS) {
            check(&format!("hosts[{index}].name"), check_text(&host.name, LINE, false));
        }
        if wrong.is_empty() { Ok(Self(document)) } else { Err(wrong) }
    }

    /// What it says.
    #[must_use]
    pub const fn document(&self) -> &OutingDocument {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> OutingDocument {
        OutingDocument {
            route_version_id: RouteVersionId(uuid::Uuid::nil()),
            starts_at: "2026-12-01T01:00:00Z".parse().unwrap(),
            duration_min: 120,
            meeting_point: "区役所1階ロビー".into(),
            capacity: 20,
            trainer_numbers: BTreeSet::new(),
            hosts: vec![HostDocument { kind: HostKind::Organisation, name: "見本町会".into() }],
        }
    }

    #[test]
    fn each_field_that_cannot_be_so_is_named() {
        assert!(Plan::new(document()).is_ok());
        let mut bad = document();
        (bad.capacity, bad.duration_min, bad.meeting_point) = (0, 5, "\u{7}".into());
        bad.hosts[0].name = " ".into();
        let fields: Vec<String> = Plan::new(bad).unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["meeting_point", "capacity", "duration_min", "hosts[0].name"]);
    }
}
