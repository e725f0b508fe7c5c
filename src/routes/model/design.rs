//! What a draft and a version hold.

use std::{collections::BTreeSet, ops::Deref};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{geo::Position, layers::PlaceId, network::Profile};

use super::{
    PhotoId, RouteId, StopId,
    check::{Wrong, check},
    text::{Language, Text},
};

/// When a route is best walked. None named means all the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// 春.
    Spring,
    /// 夏.
    Summer,
    /// 秋.
    Autumn,
    /// 冬.
    Winter,
}

/// How a visit to a stop can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// By saying so.
    #[serde(rename = "self")]
    SelfReport,
    /// By the phone's position.
    Gps,
    /// By the code on the stop's poster.
    Qr,
    /// By a trainer.
    Trainer,
    /// By a photo.
    Photo,
    /// By answering the stop's question.
    Answer,
}

impl Evidence {
    /// Its name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SelfReport => "self",
            Self::Gps => "gps",
            Self::Qr => "qr",
            Self::Trainer => "trainer",
            Self::Photo => "photo",
            Self::Answer => "answer",
        }
    }
}

/// What kind of host welcomes walkers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HostKind {
    /// 町会, 商店街 or another organisation.
    Organisation,
    /// 観光ボランティア.
    Guide,
}

/// Who welcomes walkers on the route. Never a person's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// What kind.
    pub kind: HostKind,
    /// Its name.
    pub name: String,
    /// The organisation on the map.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub place: Option<PlaceId>,
}

/// A question that is asked at a stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub text: Text,
    /// Answers that count as right; whoever answers never sees them. May be empty: then any answer counts.
    #[serde(default)]
    pub answers: Vec<String>,
}

/// A photo of a stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    /// The photo.
    #[schema(value_type = String, format = "uuid")]
    pub photo_id: PhotoId,
    /// Who took it, as it has to be said.
    #[serde(default)]
    pub credit: String,
    /// What it shows, for those who do not see it.
    #[serde(default)]
    pub alt: Text,
}

/// A stop: where one stays, looks and learns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Stable across versions as long as it is the same place.
    #[schema(value_type = String, format = "uuid")]
    pub stop_id: StopId,
    /// Its name.
    #[serde(default)]
    pub name: Text,
    /// Where it is.
    pub location: Position,
    /// The place on the map that it was picked from.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub place: Option<PlaceId>,
    /// Its address; may be empty.
    #[serde(default)]
    pub address: String,
    /// How near one has to come, in metres.
    #[schema(minimum = 10, maximum = 300)]
    pub radius_m: u16,
    /// How long one stays, in minutes.
    #[serde(default)]
    #[schema(maximum = 180)]
    pub stay_min: u16,
    /// Whether a walk is complete only with it.
    pub required: bool,
    /// What shows a visit: any one of these.
    #[schema(value_type = Vec<Evidence>)]
    pub evidence: BTreeSet<Evidence>,
    /// Its story.
    #[serde(default)]
    pub story: Text,
    /// A question to be answered there.
    #[serde(default)]
    pub question: Option<Question>,
    /// A photo.
    #[serde(default)]
    pub photo: Option<Photo>,
    /// Whether it is meant to be outside the municipality.
    #[serde(default)]
    pub outside_meant: bool,
    /// Whether the leg that leads here is a straight line by wish, and not on the network.
    #[serde(default)]
    pub straight: bool,
}

/// A point through which the way leads without a stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Where it is.
    pub location: Position,
    /// Whether the leg that leads here is a straight line by wish, and not on the network.
    #[serde(default)]
    pub straight: bool,
}

/// A point of the way, in the order of walking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Waypoint {
    /// A stop.
    Stop(Box<Stop>),
    /// A point through which the way leads.
    Control(Control),
}

impl Waypoint {
    /// Where it is.
    #[must_use]
    pub fn location(&self) -> Position {
        match self {
            Self::Stop(stop) => stop.location,
            Self::Control(control) => control.location,
        }
    }

    /// Whether the leg that leads here is straight by wish.
    #[must_use]
    pub fn straight(&self) -> bool {
        match self {
            Self::Stop(stop) => stop.straight,
            Self::Control(control) => control.straight,
        }
    }

    /// The stop, if it is one.
    #[must_use]
    pub fn stop(&self) -> Option<&Stop> {
        match self {
            Self::Stop(stop) => Some(stop),
            Self::Control(_) => None,
        }
    }
}

/// What those do who cannot walk the route.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Alternative {
    /// A published route that leads past the same places without steps.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub step_free_route: Option<RouteId>,
    /// What can be done at a desk instead.
    pub desk_based: Text,
}

/// The content of a draft or a version, as it is sent and stored. Checked, it is a [`Design`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DesignDocument {
    /// Title.
    #[serde(default)]
    pub title: Text,
    /// What the route is about, in a few sentences.
    #[serde(default)]
    pub summary: Text,
    /// The languages in which all texts are promised; Japanese is always among them.
    #[schema(value_type = Vec<Language>)]
    pub languages: BTreeSet<Language>,
    /// The district of the municipality, such as 芝地区; may be empty.
    #[serde(default)]
    pub district: String,
    /// Themes, such as 防災.
    #[serde(default)]
    pub themes: Vec<String>,
    /// When it is best walked; none named means all the year.
    #[serde(default)]
    #[schema(value_type = Vec<Season>)]
    pub seasons: BTreeSet<Season>,
    /// What people with a wheelchair, a pram or a stick should know.
    #[serde(default)]
    pub accessibility: Text,
    /// Who welcomes walkers.
    #[serde(default)]
    pub hosts: Vec<Host>,
    /// Who is walking: it decides which ways the line takes.
    #[serde(default)]
    pub profile: Profile,
    /// How many minutes the training has for it, stays included.
    #[schema(minimum = 15, maximum = 480)]
    pub slot_min: u16,
    /// Stops and the points between them, in the order of walking.
    #[serde(default)]
    pub waypoints: Vec<Waypoint>,
    /// Whether one walks back to the start.
    #[serde(default)]
    pub round_trip: bool,
    /// Whether the leg back to the start is a straight line by wish.
    #[serde(default)]
    pub straight_home: bool,
    /// What those do who cannot walk it.
    #[serde(default)]
    pub alternative: Alternative,
}

impl DesignDocument {
    /// An empty design: Japanese alone, two hours.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            title: Text::default(),
            summary: Text::default(),
            languages: [Language::Ja].into(),
            district: String::new(),
            themes: Vec::new(),
            seasons: BTreeSet::new(),
            accessibility: Text::default(),
            hosts: Vec::new(),
            profile: Profile::default(),
            slot_min: 120,
            waypoints: Vec::new(),
            round_trip: false,
            straight_home: false,
            alternative: Alternative::default(),
        }
    }
}

/// A valid design: every position in the world, every text within its length, every stop once. It may be incomplete.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Design(DesignDocument);

impl Design {
    /// Checks a document. Texts are trimmed, and lines within one-line texts joined.
    ///
    /// # Errors
    /// All that is wrong with it, each with the path to the field.
    pub fn new(mut document: DesignDocument) -> Result<Self, Vec<Wrong>> {
        let wrong = check(&mut document);
        if wrong.is_empty() { Ok(Self(document)) } else { Err(wrong) }
    }

    /// An empty design.
    #[must_use]
    pub fn empty() -> Self {
        Self(DesignDocument::empty())
    }

    /// The document, to make another design of it.
    #[must_use]
    pub fn into_document(self) -> DesignDocument {
        self.0
    }

    /// The stops in the order of walking.
    pub fn stops(&self) -> impl Iterator<Item = &Stop> {
        self.waypoints.iter().filter_map(Waypoint::stop)
    }

    /// The points of the way, the start once more at the end of a round trip.
    #[must_use]
    pub fn points(&self) -> Vec<Position> {
        let mut points: Vec<Position> = self.waypoints.iter().map(Waypoint::location).collect();
        if self.round_trip
            && points.len() > 1
            && let Some(start) = points.first().copied()
        {
            points.push(start);
        }
        points
    }

    /// For each leg between [`points`](Self::points), whether it is straight by wish.
    #[must_use]
    pub fn straight_legs(&self) -> Vec<bool> {
        let mut legs: Vec<bool> = self.waypoints.iter().skip(1).map(Waypoint::straight).collect();
        if self.round_trip && self.waypoints.len() > 1 {
            legs.push(self.straight_home);
        }
        legs
    }

    /// How long one stays at the stops in all, in minutes.
    #[must_use]
    pub fn stay_min(&self) -> u32 {
        self.stops().map(|stop| u32::from(stop.stay_min)).sum()
    }
}

impl Deref for Design {
    type Target = DesignDocument;

    fn deref(&self) -> &DesignDocument {
        &self.0
    }
}
