//! Councils, and what hints at them: areas, school districts, rules on addresses.

use std::collections::BTreeMap;

use geo::MultiPolygon;
use serde::{Deserialize, Serialize};

use crate::{clock::Date, geo::Position, ids, layers::PlaceId};

use super::Span;

/// The id of a council: that of its place on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CouncilId(pub PlaceId);

impl std::fmt::Display for CouncilId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl std::str::FromStr for CouncilId {
    type Err = crate::layers::BadPlaceId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for CouncilId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CouncilId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What of a council hints at whose it is. Its public facts are a place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Council {
    /// Its id.
    pub id: CouncilId,
    /// Its name.
    pub name: String,
    /// Its area, where it has one.
    pub area: Option<MultiPolygon>,
    /// Where its people meet.
    pub meeting_place: Option<Position>,
}

/// A council looks after a school district, or part of one (many to many).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistrictLink {
    /// The school district: a place on the map.
    pub district: PlaceId,
    /// The council; none while it is undecided.
    pub council: Option<CouncilId>,
    /// On which days.
    pub span: Span,
    /// What is to be remembered of it.
    pub note: String,
}

ids! {
    /// The id of a rule on addresses.
    RuleId,
}

/// Homes whose address begins so belong to a council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRule {
    /// Its id.
    pub id: RuleId,
    /// How addresses begin.
    pub beginning: String,
    /// The council.
    pub council: CouncilId,
    /// On which days.
    pub span: Span,
}

/// What is said of councils besides their places.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Which school districts they look after.
    pub districts: Vec<DistrictLink>,
    /// Rules on addresses.
    pub rules: Vec<AddressRule>,
}

impl Links {
    /// The councils of a school district on a day; `None` stands for "undecided".
    pub fn of_district(&self, district: PlaceId, day: Date) -> impl Iterator<Item = Option<CouncilId>> + '_ {
        let found =
            self.districts.iter().filter(move |link| link.district == district && link.span.holds(day));
        found.map(|link| link.council)
    }

    /// The rule that names the longest beginning of an address on a day. Spaces, and the form in which digits are written, do not count.
    #[must_use]
    pub fn of_address(&self, address: &str, day: Date) -> Option<&AddressRule> {
        let address = plain(address);
        let fits = |rule: &&AddressRule| rule.span.holds(day) && begins(&address, &plain(&rule.beginning));
        self.rules.iter().filter(fits).max_by_key(|rule| plain(&rule.beginning).chars().count())
    }

    /// The councils that are named, with how often: what a merger has to look after.
    #[must_use]
    pub fn councils(&self) -> BTreeMap<CouncilId, usize> {
        let mut counted = BTreeMap::new();
        let linked = self.districts.iter().filter_map(|link| link.council);
        for council in linked.chain(self.rules.iter().map(|rule| rule.council)) {
            *counted.entry(council).or_default() += 1;
        }
        counted
    }
}

/// An address as it is compared: in one form (NFKC), without spaces, and with 丁目, 番 and 号 as hyphens have them.
fn plain(address: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut text: String = address.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    for (kanji, digits) in CHOME {
        text = text.replace(&format!("{kanji}丁目"), &format!("{digits}-"));
    }
    let text = text.replace("丁目", "-").replace("番地", "-").replace('番', "-").replace('号', "");
    text.chars()
        .map(|letter| if matches!(letter, '‐' | '‑' | '–' | '—' | '−' | 'ー') { '-' } else { letter })
        .collect()
}

/// 一丁目 is written in kanji by name, and in digits by hand. The longer ones first.
const CHOME: [(&str, u8); 12] = [
    ("十二", 12),
    ("十一", 11),
    ("十", 10),
    ("九", 9),
    ("八", 8),
    ("七", 7),
    ("六", 6),
    ("五", 5),
    ("四", 4),
    ("三", 3),
    ("二", 2),
    ("一", 1),
];

/// Whether an address begins so, and not in the middle of a number: 1-1 does not begin 1-12.
fn begins(address: &str, beginning: &str) -> bool {
    let beginning = beginning.trim_end_matches('-');
    let Some(rest) = address.strip_prefix(beginning) else { return false };
    let is_digit = |letter: char| letter.is_ascii_digit();
    let splits_a_number = beginning.ends_with(is_digit) && rest.starts_with(is_digit);
    !beginning.is_empty() && !splits_a_number
}
