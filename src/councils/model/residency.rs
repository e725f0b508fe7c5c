//! Who lives in which unit, and from when until when (入居).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{clock::Date, geo::Position, ids, staff::StaffId};

use super::UnitId;

ids! {
    /// The id of a residency. Drawn at random: it says neither whose it is nor since when.
    ResidencyId,
    /// The id of a list of homes that waits to be confirmed.
    ImportId,
}

/// Days in a row. There is at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Days", into = "Days")]
pub struct Span {
    from: Date,
    until: Option<Date>,
}

#[derive(Serialize, Deserialize)]
struct Days {
    from: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

impl From<Span> for Days {
    fn from(Span { from, until }: Span) -> Self {
        Self { from, until }
    }
}

impl TryFrom<Days> for Span {
    type Error = &'static str;

    fn try_from(Days { from, until }: Days) -> Result<Self, Self::Error> {
        Self::new(from, until).ok_or("the last day is before the first")
    }
}

impl Span {
    /// From a day, until another or without an end. None when it ends before it begins.
    #[must_use]
    pub fn new(from: Date, until: Option<Date>) -> Option<Self> {
        until.is_none_or(|until| from <= until).then_some(Self { from, until })
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> Date {
        self.from
    }

    /// The last day, where it is known.
    #[must_use]
    pub const fn until(self) -> Option<Date> {
        self.until
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && !self.is_over(day)
    }

    /// Whether they are over before a day.
    #[must_use]
    pub fn is_over(self, day: Date) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    /// Whether two spans have a day in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        !self.is_over(other.from) && !other.is_over(self.from)
    }
}

/// Where a resident gathers when something happens (参集先), where that is not the meeting place of their council.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = MusterItem)]
pub struct Muster {
    /// What the place is called.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Where it is, where that was said: longitude and latitude in degrees.
    #[serde(default)]
    pub location: Option<Position>,
}

/// What is known of a residency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResidencyFacts {
    /// Who lives there.
    pub staff: StaffId,
    /// From the day on which they move in until that on which they move out.
    pub span: Span,
    /// Whether all that follows from moving out was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub settled: bool,
    /// What the registrar wants to remember.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Where they gather when something happens; none where that is the meeting place of their council.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub muster: Option<Muster>,
}

/// Somebody lives in a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Residency {
    /// Its id.
    pub id: ResidencyId,
    /// The unit.
    pub unit: UnitId,
    /// Counts the changes.
    pub version: i64,
    /// What is known of it.
    pub facts: ResidencyFacts,
}

/// Why a residency cannot be as it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// The unit is taken on one of its days.
    UnitTaken(ResidencyId),
    /// They live elsewhere on one of its days.
    LivesElsewhere(ResidencyId),
}

/// Whether a residency that is meant clashes with others: a unit has one resident at a time, and nobody lives in two of them. `own` is
/// the residency that is changed, if it is there already.
#[must_use]
pub fn clash<'a>(
    own: Option<ResidencyId>,
    unit: UnitId,
    meant: &ResidencyFacts,
    others: impl IntoIterator<Item = &'a Residency>,
) -> Option<Clash> {
    let mut others =
        others.into_iter().filter(|other| Some(other.id) != own && other.facts.span.meets(meant.span));
    others.find_map(|other| {
        if other.unit == unit {
            Some(Clash::UnitTaken(other.id))
        } else if other.facts.staff == meant.staff {
            Some(Clash::LivesElsewhere(other.id))
        } else {
            None
        }
    })
}
