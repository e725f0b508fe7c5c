//! Outings: types that are valid once they exist, without I/O.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::{Timestamp, to_the_microsecond},
    http::{Message, check_text},
    ids, names,
    routes::{RouteVersionId, Wrong, model::HostKind},
};

pub use crate::visits::model::OutingId;

ids! {
    /// The id of a host of one outing.
    HostId,
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
