//! A gathering: what its registrar writes, and what it is.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    attendance::CodeKey,
    clock::{Date, Timestamp, to_the_microsecond, tokyo_date},
    councils::model::CouncilId,
    geo::Position,
    http::{Message, check_text},
    ids, names,
    staff::StaffId,
};

use super::Audience;

ids! {
    /// The id of a gathering.
    GatheringId,
}

names! {
    /// What kind of gathering.
    GatheringKind {
        /// 会議.
        Meeting = "meeting",
        /// 総会.
        Assembly = "assembly",
        /// 訓練.
        Drill = "drill",
        /// 備蓄倉庫点検.
        StorehouseCheck = "storehouse_check",
    }
}

names! {
    /// How it counts as duty.
    Duty {
        /// 公務.
        Official = "official",
        /// 公務(時間外).
        Overtime = "overtime",
        /// 職免: freed from duty for it.
        Exempted = "exempted",
        /// 公務外.
        Private = "private",
    }
}

names! {
    /// How far a gathering is.
    GatheringState {
        /// It will be.
        Planned = "planned",
        /// It will not be.
        Cancelled = "cancelled",
        /// It was.
        Held = "held",
    }
}

/// A field of a document that cannot be so, and why.
pub type Wrong = (String, Message);

/// A gathering as its registrar writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GatheringDocument {
    /// What kind.
    pub kind: GatheringKind,
    /// How it counts as duty.
    pub duty: Duty,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: String,
    /// Where that is on the map.
    #[serde(default)]
    #[schema(value_type = Option<[f64; 2]>)]
    pub location: Option<Position>,
    /// When it starts.
    #[schema(value_type = String, format = "date-time")]
    pub starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub duration_min: u16,
    /// The councils whose it is; without any it is every council's.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub council_ids: BTreeSet<CouncilId>,
    /// What there is to know besides. Nobody's name.
    #[serde(default)]
    pub note: String,
    /// Staff numbers of who calls the roll besides the registrar. Without the field they stay who they were.
    #[serde(default)]
    pub roll_caller_numbers: Option<BTreeSet<String>>,
}

/// Minutes, from a short talk to a day.
const DURATION: std::ops::RangeInclusive<u16> = 10..=1_440;
const LINE: usize = 200;
const NOTE: usize = 1_000;
const COUNCILS: usize = 200;
const ROLL_CALLERS: usize = 10;

/// A gathering that can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan(GatheringDocument);

impl Plan {
    /// A plan. Its time is kept to the microsecond, as the database keeps it.
    ///
    /// # Errors
    /// Every field that cannot be so.
    pub fn new(document: GatheringDocument) -> Result<Self, Vec<Wrong>> {
        let document = GatheringDocument { starts_at: to_the_microsecond(document.starts_at), ..document };
        let mut wrong: Vec<Wrong> = Vec::new();
        let mut check = |field: &str, result: Result<(), Message>| {
            if let Err(why) = result {
                wrong.push((field.to_owned(), why));
            }
        };
        check("title", check_text(&document.title, LINE, false));
        check("place", check_text(&document.place, LINE, false));
        if !document.note.is_empty() {
            check("note", check_text(&document.note, NOTE, true));
        }
        let must = |fine: bool, ja: String, en: String| if fine { Ok(()) } else { Err(Message::new(ja, en)) };
        let (least, most) = (DURATION.start(), DURATION.end());
        check(
            "duration_min",
            must(
                DURATION.contains(&document.duration_min),
                format!("{least}から{most}までの数にしてください。"),
                format!("Please choose a number from {least} to {most}."),
            ),
        );
        check(
            "location",
            must(
                document.location.is_none_or(Position::is_in_world),
                "経度と緯度を確かめてください。".to_owned(),
                "Please check longitude and latitude.".to_owned(),
            ),
        );
        for (field, count, most) in [
            ("council_ids", document.council_ids.len(), COUNCILS),
            (
                "roll_caller_numbers",
                document.roll_caller_numbers.as_ref().map_or(0, BTreeSet::len),
                ROLL_CALLERS,
            ),
        ] {
            check(
                field,
                must(
                    count <= most,
                    format!("{most}件までにしてください。"),
                    format!("Please name at most {most}."),
                ),
            );
        }
        if wrong.is_empty() { Ok(Self(document)) } else { Err(wrong) }
    }

    /// What it says.
    #[must_use]
    pub const fn document(&self) -> &GatheringDocument {
        &self.0
    }

    /// Whose it is.
    #[must_use]
    pub fn audience(&self) -> Audience {
        Audience::of(self.0.council_ids.clone())
    }
}

/// A gathering. Nothing in it is about a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Gathering {
    /// Its id.
    pub id: GatheringId,
    /// Counts its changes from 1.
    pub version: i64,
    /// What kind.
    pub kind: GatheringKind,
    /// How it counts as duty.
    pub duty: Duty,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub place: String,
    /// Where that is on the map.
    pub location: Option<Position>,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How long it takes, in minutes.
    pub duration_min: i64,
    /// Whose it is.
    pub audience: Audience,
    /// What there is to know besides.
    pub note: String,
    /// How far it is.
    pub state: GatheringState,
    /// Why it is cancelled.
    pub reason: String,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Gathering {
    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        let length = SignedDuration::from_mins(self.duration_min);
        self.starts_at.saturating_add(length).unwrap_or(self.starts_at)
    }

    /// The day on which it starts: that day's residents take part.
    #[must_use]
    pub fn day(&self) -> Date {
        tokyo_date(self.starts_at)
    }

    /// When, as codes and marks ask it.
    #[must_use]
    pub const fn when(&self) -> (Timestamp, i64) {
        (self.starts_at, self.duration_min)
    }

    /// Whether it can still be changed, and be signed up for.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.state == GatheringState::Planned && now < self.ends_at()
    }
}

/// What of a gathering is sealed: the key of its codes, and who calls the roll. They may live in disaster housing themselves.
#[derive(Clone, Serialize, Deserialize)]
pub struct Leading {
    key: [u8; 32],
    /// Who calls the roll besides the registrar.
    #[serde(default)]
    pub roll_callers: BTreeSet<StaffId>,
}

impl std::fmt::Debug for Leading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Leading(…)")
    }
}

impl Leading {
    /// With a new key.
    #[must_use]
    pub const fn new(key: [u8; 32], roll_callers: BTreeSet<StaffId>) -> Self {
        Self { key, roll_callers }
    }

    /// The key of its codes.
    #[must_use]
    pub const fn key(&self) -> CodeKey {
        CodeKey::new(self.key)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn document() -> GatheringDocument {
        GatheringDocument {
            kind: GatheringKind::Meeting,
            duty: Duty::Overtime,
            title: "【見本】定例会".into(),
            place: "【見本】集会室".into(),
            location: None,
            starts_at: "2026-12-01T09:00:00Z".parse().unwrap(),
            duration_min: 90,
            council_ids: BTreeSet::new(),
            note: String::new(),
            roll_caller_numbers: None,
        }
    }

    #[test]
    fn each_field_that_cannot_be_so_is_named() {
        assert!(Plan::new(document()).is_ok());
        let mut bad = document();
        (bad.title, bad.place, bad.note) = (" ".into(), "あ".repeat(201), "\u{7}".into());
        (bad.duration_min, bad.location) = (5, Some(Position([0.0, 91.0])));
        bad.roll_caller_numbers = Some((0..11).map(|number| number.to_string()).collect());
        let fields: Vec<String> = Plan::new(bad).unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["title", "place", "note", "duration_min", "location", "roll_caller_numbers"]);
    }

    #[test]
    fn the_key_is_in_no_text() {
        let leading = Leading::new([7; 32], BTreeSet::new());
        assert_eq!(format!("{leading:?} {:?}", leading.key()), "Leading(…) CodeKey(…)");
    }
}
