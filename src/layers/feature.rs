//! One feature of a layer, ready to be published.

use std::{fmt, str::FromStr};

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{clock::Date, geo::Geometry};

/// The id of a place: 16 characters of Crockford's base 32 in lower case (80 bits). It is made once,
/// from the dataset and the key of the place's first record, and never changes, so that links to a
/// feature outlive a rebuilt database.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceId([u8; 16]);

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What is no digit of the alphabet.
const NO_DIGIT: u8 = 32;

/// The value of each byte as a digit.
static DIGITS: [u8; 256] = {
    let mut digits = [NO_DIGIT; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        digits[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    digits
};

/// The text is no place id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id has 16 characters of 0-9 and a-z (without i, l, o and u)")]
pub struct BadPlaceId;

impl PlaceId {
    /// The id of the place that the record `key` of `dataset` was the first to describe.
    #[must_use]
    pub fn of_record(dataset: &str, key: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(dataset.as_bytes());
        hash.update([0]);
        hash.update(key.as_bytes());
        let digest = hash.finalize();
        let mut bits = 0_u128;
        for byte in &digest[..10] {
            bits = (bits << 8) | u128::from(*byte);
        }
        let mut id = [0; 16];
        for character in id.iter_mut().rev() {
            *character = ALPHABET[(bits & 31) as usize];
            bits >>= 5;
        }
        Self(id)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // All bytes come from the alphabet, which is ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its bits, evenly spread: they come from a cryptographic hash.
    #[must_use]
    pub fn spread(&self) -> u64 {
        self.0[3..].iter().fold(0, |bits: u64, byte| (bits << 5) | u64::from(DIGITS[usize::from(*byte)]))
    }
}

impl FromStr for PlaceId {
    type Err = BadPlaceId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let id: [u8; 16] = text.as_bytes().try_into().map_err(|_| BadPlaceId)?;
        if id.iter().all(|byte| DIGITS[usize::from(*byte)] < NO_DIGIT) {
            Ok(Self(id))
        } else {
            Err(BadPlaceId)
        }
    }
}

impl serde::Serialize for PlaceId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for PlaceId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A feature as its source gives it: only public properties, in the order of publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Its id.
    pub id: PlaceId,
    /// Its place in the order of pages; never changes.
    pub position: i64,
    /// Where it is.
    pub geometry: Geometry,
    /// What the public may know of it.
    pub properties: Map<String, Value>,
    /// The first day on which it counts; always, when not said.
    pub valid_from: Option<Date>,
    /// The first day on which it no longer counts; never, when not said.
    pub retired_on: Option<Date>,
}

impl Feature {
    /// Whether it counts on `day`.
    #[must_use]
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.retired_on.is_none_or(|until| day < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_stable_readable_and_its_own_parse() {
        let id = PlaceId::of_record("minato-shelters", "E1310300001201");
        // A change of this value breaks every permalink that exists.
        assert_eq!(id.as_str(), "sz8vks8fwnbaw6b1");
        assert_eq!(id.as_str().parse(), Ok(id));
        assert_ne!(id, PlaceId::of_record("minato-shelters", "E1310300001202"));
        assert_ne!(PlaceId::of_record("a", "bc"), PlaceId::of_record("ab", "c"));
        for bad in ["", "short", "SZ8VKS8FWNBAW6B1", "../../etc/passwd", "sz8vks8fwnbaw6bu"] {
            assert_eq!(bad.parse::<PlaceId>(), Err(BadPlaceId));
        }
    }
}
