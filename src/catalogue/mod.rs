//! The catalogue: which layers exist and what may be published of each.
//!
//! A layer is *public by allow-list*. Its [`Field`]s say which properties a record may carry, under
//! which column names they arrive in the files that wards keep, and which of them the public sees
//! ([`Field::public`]). A property that no field names is not stored, and a field that is not public
//! never reaches a snapshot.
//!
//! The catalogue is code, not data: adding a property to the public map is a reviewed change.

mod fields;
mod layers;

pub use fields::{CONTACT_FIELDS, Choice, Field, FieldKind};

use std::{fmt, str::FromStr};

use crate::text::Text3;
use serde::{Deserialize, Serialize};

/// The layers of the community map, in the order in which people see them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LayerId {
    /// コース: published walking routes.
    Routes,
    /// 立ち寄り点: the stops of published routes.
    Stops,
    /// 地域団体: neighbourhood associations, shopping streets, volunteer guides and others.
    Organisations,
    /// 地域防災協議会: councils, their areas and meeting places.
    Councils,
    /// 避難所: emergency and evacuation shelters.
    Shelters,
    /// 施設: public facilities, sights and AEDs.
    Facilities,
    /// 学校.
    Schools,
    /// 通学区域.
    SchoolDistricts,
    /// 総合支所: the ward's administrative districts.
    Districts,
    /// 町丁目.
    Localities,
    /// 区域: the municipality's outline.
    Boundary,
}

/// A named group of layers, as the map's panel shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Routes and their stops.
    Walking,
    /// Organisations and schools.
    Community,
    /// Councils and shelters.
    Disaster,
    /// Public facilities and sights.
    Town,
    /// Outlines: boundary, districts, localities, school districts.
    Areas,
}

/// What kind of geometry a layer draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Points only.
    Point,
    /// Lines.
    Line,
    /// Areas only.
    Area,
    /// Areas where they are known, else a point.
    AreaOrPoint,
}

/// All that the code knows of one layer.
#[derive(Debug)]
pub struct Layer {
    /// The layer.
    pub id: LayerId,
    /// Its group on the panel.
    pub group: Group,
    /// Title on screen.
    pub title: Text3,
    /// One sentence for people.
    pub description: Text3,
    /// What it draws.
    pub shape: Shape,
    /// Every property a record may have, in the order of publication.
    pub fields: &'static [&'static Field],
}

impl LayerId {
    /// Every layer.
    pub const ALL: [Self; 11] = [
        Self::Routes,
        Self::Stops,
        Self::Organisations,
        Self::Councils,
        Self::Shelters,
        Self::Facilities,
        Self::Schools,
        Self::SchoolDistricts,
        Self::Districts,
        Self::Localities,
        Self::Boundary,
    ];

    /// The layer's name in URLs, the database and commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routes => "routes",
            Self::Stops => "stops",
            Self::Organisations => "organisations",
            Self::Councils => "councils",
            Self::Shelters => "shelters",
            Self::Facilities => "facilities",
            Self::Schools => "schools",
            Self::SchoolDistricts => "school_districts",
            Self::Districts => "districts",
            Self::Localities => "localities",
            Self::Boundary => "boundary",
        }
    }

    /// What the catalogue says of this layer.
    #[must_use]
    pub const fn layer(self) -> &'static Layer {
        match self {
            Self::Routes => &layers::ROUTES,
            Self::Stops => &layers::STOPS,
            Self::Organisations => &layers::ORGANISATIONS,
            Self::Councils => &layers::COUNCILS,
            Self::Shelters => &layers::SHELTERS,
            Self::Facilities => &layers::FACILITIES,
            Self::Schools => &layers::SCHOOLS,
            Self::SchoolDistricts => &layers::SCHOOL_DISTRICTS,
            Self::Districts => &layers::DISTRICTS,
            Self::Localities => &layers::LOCALITIES,
            Self::Boundary => &layers::BOUNDARY,
        }
    }
}

impl Layer {
    /// The properties that the public may see, in the order in which they are published.
    pub fn public_fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().copied().filter(|field| field.public)
    }

    /// The field of that name, public or not.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().copied().find(|field| field.name == name)
    }
}

impl fmt::Display for LayerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// There is no layer of that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no layer {0:?}; the layers are: {list}", list = LayerId::ALL.map(LayerId::as_str).join(", "))]
pub struct UnknownLayer(pub String);

impl FromStr for LayerId {
    type Err = UnknownLayer;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|id| id.as_str() == name).ok_or_else(|| UnknownLayer(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_layer_is_found_by_its_name_and_has_unique_fields() {
        for id in LayerId::ALL {
            assert_eq!(id.as_str().parse(), Ok(id));
            assert_eq!(id.layer().id, id);
            let mut names = HashSet::new();
            for field in id.layer().fields {
                assert!(names.insert(field.name), "{id}: {} twice", field.name);
            }
            assert!(id.layer().field("name").is_some_and(|field| field.public));
        }
    }

    #[test]
    fn what_is_not_public_is_a_contact_and_has_a_retention_class() {
        let private: std::collections::BTreeSet<&str> = LayerId::ALL
            .into_iter()
            .flat_map(|id| id.layer().fields.iter().filter(|field| !field.public).map(|field| field.name))
            .collect();
        assert_eq!(private, CONTACT_FIELDS.into());
    }

    #[test]
    fn no_column_name_means_two_fields_of_one_layer() {
        for id in LayerId::ALL {
            let mut columns = HashSet::new();
            for field in id.layer().fields {
                for column in field.columns {
                    assert!(columns.insert(*column), "{id}: column {column} twice");
                }
            }
        }
    }

    #[test]
    fn an_unknown_layer_is_refused_with_the_known_ones() {
        let error = "housing".parse::<LayerId>().unwrap_err();
        assert!(error.to_string().contains("routes, stops"), "{error}");
    }
}
