//! Members of staff, departments and tiers. A value that exists is valid.

mod career;
mod fields;
mod kinds;

use serde::{Deserialize, Serialize};

use crate::{clock::Date, ids};

pub use career::{Branch, Career, Post};
pub use fields::{Unfit, check_email, check_label, check_name, check_number, search_text};
pub use kinds::{AbsenceKind, Employment};

ids! {
    /// The id of a member of staff. It stays when the number is erased.
    StaffId,
    /// The id of a department.
    DepartmentId,
    /// The id of a preview of an import.
    PreviewId,
    /// The id of a confirmed import or an edit.
    ChangeId,
}

/// Where a spell ends whose end is not known.
pub const LEFT_OPEN: Date = Date::MAX;

/// The id of a tier, such as `chief`.
pub type TierId = String;

/// Somebody, as they are for a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Facts {
    /// Their name.
    pub name: String,
    /// How it is read.
    pub name_kana: Option<String>,
    /// The code of their department.
    pub department: String,
    /// Their tier.
    pub tier: TierId,
    /// Their 職級, in the ward's own words.
    pub grade: String,
    /// How they are employed.
    pub employment: Employment,
    /// Their e-mail address.
    pub email: Option<String>,
}

/// Facts from a day until the day before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// The first day.
    pub from: Date,
    /// The first day on which it is over; [`LEFT_OPEN`] when that is not known.
    pub to: Date,
    /// What counts meanwhile.
    pub facts: Facts,
}

impl Spell {
    /// Whether it counts on a day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && day < self.to
    }
}

/// A time during which somebody does not work here though they are on the roster.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Absence {
    /// Why.
    pub kind: AbsenceKind,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub since: Date,
    /// The first day back, if it is known.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

impl Absence {
    /// Whether it is still going on, or to come, on a day.
    #[must_use]
    pub fn is_open_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| until > day)
    }

    /// Whether it is going on on a day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.since <= day && self.is_open_on(day)
    }
}

/// A tier, and the ward's 職級 that are mapped to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its id: Latin letters, digits and `_`.
    pub id: TierId,
    /// Its name.
    pub name: TierName,
    /// The 職級 that are mapped to it.
    pub grades: Vec<String>,
}

/// A tier's name in the three languages of the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TierName {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
    /// やさしい日本語.
    pub easy: String,
}
