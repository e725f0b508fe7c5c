//! Datasets: one source file's lineage within a layer.

use std::{fmt, str::FromStr};

use crate::clock::Date;

/// What a dataset says of its licence when nobody said.
pub const UNKNOWN_LICENCE: &str = "利用条件未確認";

/// The id of a dataset: a slug, `minato-shelters-emergency`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DatasetId(String);

/// The text is no dataset id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no dataset id: 1 to 64 of a-z, 0-9, - and _ are, beginning with a letter or digit")]
pub struct BadDatasetId(String);

impl DatasetId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DatasetId {
    type Err = BadDatasetId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
            && text.as_bytes()[0].is_ascii_alphanumeric();
        if fits { Ok(Self(text.to_owned())) } else { Err(BadDatasetId(text.to_owned())) }
    }
}

impl fmt::Display for DatasetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A dataset id made from a file's name: `指定避難所 2026.csv` of the layer `shelters` → `shelters-2026`.
#[must_use]
pub fn slug(layer: &str, file_stem: &str) -> DatasetId {
    let mut slug = String::from(layer);
    let mut gap = true;
    let file_stem = file_stem.strip_prefix(layer).unwrap_or(file_stem);
    for character in file_stem.chars().map(|c| c.to_ascii_lowercase()) {
        if character.is_ascii_alphanumeric() {
            if gap {
                slug.push('-');
            }
            slug.push(character);
            gap = false;
        } else {
            gap = true;
        }
    }
    slug.truncate(64);
    DatasetId(slug)
}

/// What is known of a dataset besides its records.
#[derive(Clone, Debug, PartialEq)]
pub struct DatasetInfo {
    /// Title.
    pub title: String,
    /// Who made it.
    pub source: String,
    /// Where it was found.
    pub source_url: Option<String>,
    /// Its licence.
    pub licence: String,
    /// The licence's text.
    pub licence_url: Option<String>,
    /// What must be said wherever it is shown.
    pub attribution: String,
    /// The day that its contents describe.
    pub as_of: Option<Date>,
    /// The department that looks after it.
    pub steward: String,
    /// How many days after a confirmation it is to be confirmed again.
    pub refresh_days: Option<i64>,
    /// When somebody last confirmed that it is still true.
    pub last_confirmed: Option<Date>,
    /// The fields that tell its records apart.
    pub key_fields: Vec<String>,
    /// Whether it is 見本: invented.
    pub sample: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_slugs() {
        assert!("minato-shelters_2".parse::<DatasetId>().is_ok());
        for bad in ["", "-a", "A", "a b", "a/b", &"x".repeat(65)] {
            assert!(bad.parse::<DatasetId>().is_err(), "{bad}");
        }
        assert_eq!(slug("shelters", "指定避難所 2026").as_str(), "shelters-2026");
        assert_eq!(slug("boundary", "N03-13103").as_str(), "boundary-n03-13103");
        assert_eq!(slug("shelters", "shelters-emergency").as_str(), "shelters-emergency");
        assert_eq!(slug("boundary", "港区").as_str(), "boundary");
        assert!(slug("shelters", &"長a".repeat(90)).as_str().parse::<DatasetId>().is_ok());
    }
}
