//! Which column of a file is which field of a layer.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::catalogue::{Field, LayerId};

/// Known names of columns with a latitude or longitude in degrees.
const LATITUDE: [&str; 4] = ["緯度", "latitude", "lat", "y"];
const LONGITUDE: [&str; 5] = ["経度", "longitude", "lng", "lon", "x"];

/// Columns by which a kind of file is known, and what all of its rows therefore have. 国土地理院 tells
/// its two lists of shelters apart only by the column that points at the other.
const IMPLIED: [(LayerId, &str, &str, &str); 8] = [
    (LayerId::Shelters, "指定避難所との住所同一", "emergency", "true"),
    (LayerId::Shelters, "指定避難所との重複", "emergency", "true"),
    (LayerId::Shelters, "指定緊急避難場所との住所同一", "evacuation", "true"),
    (LayerId::Schools, "A27_003", "kind", "elementary"),
    (LayerId::Schools, "A27_007", "kind", "elementary"),
    (LayerId::Facilities, "小児対応設備の有無", "kind", "aed"),
    (LayerId::Facilities, "文化財分類", "kind", "cultural_property"),
    (LayerId::Facilities, "料金(基本)", "kind", "tourism"),
];

/// How the columns of one file become fields of one layer.
#[derive(Debug)]
pub struct Mapping {
    /// For each field its columns, the preferred first.
    fields: Vec<(&'static Field, Vec<usize>)>,
    latitude: Option<usize>,
    longitude: Option<usize>,
    /// Fields that every record gets, unless a column says otherwise.
    constants: Vec<(&'static Field, String)>,
    /// Columns that mean nothing to the layer; their cells are not stored.
    ignored: Vec<String>,
}

/// A wish about the mapping that cannot be granted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMapping {
    /// The layer has no such field.
    #[error("layer {layer} has no field {name:?}; it has: {known}")]
    UnknownField {
        /// The layer.
        layer: LayerId,
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// The file has no such column.
    #[error("the file has no column {name:?}; it has: {known}")]
    UnknownColumn {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
}

/// What stands for a latitude or longitude where a column is mapped by hand.
const DEGREES: [&str; 2] = ["latitude", "longitude"];

/// A heading as it is compared: NFKC, lower case, without spaces.
fn heading(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

impl Mapping {
    /// Finds the fields of `layer` among `columns`. `constants` are given by the caller, such as
    /// `kind=aed` for a file of nothing but AEDs.
    ///
    /// # Errors
    /// When a constant names a field that the layer does not have, or `by_hand` a column or field that
    /// is not there.
    ///
    /// `by_hand` says of columns which field they are, whatever their headings: a field of the layer,
    /// `latitude`, `longitude`, or nothing at all, which leaves the column out.
    pub fn find(
        layer: LayerId,
        columns: &[String],
        constants: &[(String, String)],
        by_hand: &[(String, String)],
    ) -> Result<Self, BadMapping> {
        let mut by_heading = BTreeMap::new();
        for (index, name) in columns.iter().enumerate() {
            by_heading.entry(heading(name)).or_insert(index);
        }
        let column = |name: &str| by_heading.get(&heading(name)).copied();
        let mut chosen: BTreeMap<usize, &str> = BTreeMap::new();
        for (name, wanted) in by_hand {
            let index = column(name)
                .ok_or_else(|| BadMapping::UnknownColumn { name: name.clone(), known: columns.join(", ") })?;
            let wanted = match wanted.as_str() {
                "" => "",
                degrees if DEGREES.contains(&degrees) => degrees,
                field => known_field(layer, field)?.name,
            };
            chosen.insert(index, wanted);
        }
        // A column that was given to a field by hand is the first to be asked, and is nothing else.
        let by_hand = |wanted: &str| {
            let found = chosen.iter().filter(|(_, name)| **name == wanted).map(|(index, _)| *index);
            found.collect::<Vec<_>>()
        };
        let known = |name: &str| column(name).filter(|index| !chosen.contains_key(index));
        let fields: Vec<(&'static Field, Vec<usize>)> = layer
            .layer()
            .fields
            .iter()
            .filter_map(|field| {
                let names = std::iter::once(field.name).chain(field.columns.iter().copied());
                let mut found: Vec<usize> = by_hand(field.name);
                for index in names.filter_map(known) {
                    // Several names of a field may fold to one heading.
                    if !found.contains(&index) {
                        found.push(index);
                    }
                }
                (!found.is_empty()).then_some((*field, found))
            })
            .collect();
        let latitude = by_hand("latitude").pop().or_else(|| LATITUDE.into_iter().find_map(known));
        let longitude = by_hand("longitude").pop().or_else(|| LONGITUDE.into_iter().find_map(known));
        let mut said = Vec::new();
        for (name, value) in constants {
            said.push((known_field(layer, name)?, value.clone()));
        }
        for (_, signature, name, value) in IMPLIED.iter().filter(|rule| rule.0 == layer) {
            let is_said = said.iter().any(|(field, _)| field.name == *name);
            if column(signature).is_some() && !is_said {
                said.push((known_field(layer, name)?, (*value).to_owned()));
            }
        }
        let used: Vec<usize> =
            fields.iter().flat_map(|(_, used)| used).copied().chain(latitude).chain(longitude).collect();
        let ignored = columns
            .iter()
            .enumerate()
            .filter(|(index, name)| !used.contains(index) && !name.is_empty())
            .map(|(_, name)| name.clone())
            .collect();
        Ok(Self { fields, latitude, longitude, constants: said, ignored })
    }

    /// The columns that hold a place's latitude and longitude.
    #[must_use]
    pub fn coordinates(&self) -> Option<(usize, usize)> {
        Some((self.latitude?, self.longitude?))
    }

    /// The fields that columns were found for.
    pub fn fields(&self) -> impl Iterator<Item = (&'static Field, &[usize])> {
        self.fields.iter().map(|(field, columns)| (*field, columns.as_slice()))
    }

    /// What every record gets where no column says otherwise.
    #[must_use]
    pub fn constants(&self) -> &[(&'static Field, String)] {
        &self.constants
    }

    /// What a column is: the name of a field, `latitude`, `longitude`, or nothing.
    #[must_use]
    pub fn meaning(&self, column: usize) -> Option<&'static str> {
        if self.latitude == Some(column) {
            return Some(DEGREES[0]);
        }
        if self.longitude == Some(column) {
            return Some(DEGREES[1]);
        }
        self.fields.iter().find(|(_, columns)| columns.contains(&column)).map(|(field, _)| field.name)
    }

    /// Columns whose cells are not stored.
    #[must_use]
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }
}

/// The field of a layer with that name, or with a column of that name.
pub(super) fn known_field(layer: LayerId, name: &str) -> Result<&'static Field, BadMapping> {
    let wanted = heading(name);
    layer
        .layer()
        .fields
        .iter()
        .copied()
        .find(|field| field.name == name || field.columns.iter().any(|column| heading(column) == wanted))
        .ok_or_else(|| BadMapping::UnknownField {
            layer,
            name: name.to_owned(),
            known: layer.layer().fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", "),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(layer: LayerId, columns: &[&str]) -> Mapping {
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        Mapping::find(layer, &columns, &[], &[]).unwrap()
    }

    #[test]
    fn standard_headings_are_known_however_wide_they_are_written() {
        let found = mapping(LayerId::Facilities, &["名称", "名称＿カナ", "緯度", "経度 ", "ＵＲＬ", "謎"]);
        let names: Vec<_> = found.fields().map(|(field, _)| field.name).collect();
        assert_eq!(names, ["name", "name_kana", "url"]);
        assert_eq!(found.coordinates(), Some((2, 3)));
        assert_eq!(found.ignored(), ["謎"]);
    }

    #[test]
    fn the_two_lists_of_shelters_are_told_apart() {
        let emergency = mapping(LayerId::Shelters, &["施設・場所名", "指定避難所との住所同一"]);
        assert_eq!(emergency.constants()[0].0.name, "emergency");
        let evacuation = mapping(LayerId::Shelters, &["施設・場所名", "指定緊急避難場所との住所同一"]);
        assert_eq!(evacuation.constants()[0].0.name, "evacuation");
    }

    #[test]
    fn a_column_is_what_somebody_says_it_is() {
        let columns = ["よびな", "名称", "北", "東", "住所"].map(str::to_owned);
        let by_hand = [("よびな", "name"), ("名称", ""), ("北", "latitude"), ("東", "longitude")]
            .map(|(column, field)| (column.to_owned(), field.to_owned()));
        let found = Mapping::find(LayerId::Facilities, &columns, &[], &by_hand).unwrap();
        let meanings: Vec<_> = (0..columns.len()).map(|column| found.meaning(column)).collect();
        let expected = [Some("name"), None, Some("latitude"), Some("longitude"), Some("address")];
        assert_eq!(meanings, expected);
        assert_eq!(found.ignored(), ["名称"]);
        for (column, field) in [("無い", "name"), ("住所", "colour")] {
            let wrong = [(column.to_owned(), field.to_owned())];
            assert!(Mapping::find(LayerId::Facilities, &columns, &[], &wrong).is_err());
        }
    }

    #[test]
    fn a_constant_for_an_unknown_field_is_refused_with_the_known_ones() {
        let error =
            Mapping::find(LayerId::Schools, &[], &[("colour".into(), "red".into())], &[]).unwrap_err();
        assert!(error.to_string().contains("name_kana"), "{error}");
    }
}
