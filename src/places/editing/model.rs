//! What editors say of a place, as values. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    catalogue::{Layer, LayerId},
    clock::Date,
    geo::{Geometry, write_geojson},
};

use crate::places::merge::Said;

/// The layers whose places editors change by hand. Routes and stops are designed, with versions of their
/// own; outlines and districts come from files alone.
pub const EDITABLE: [LayerId; 5] =
    [LayerId::Organisations, LayerId::Councils, LayerId::Shelters, LayerId::Facilities, LayerId::Schools];

/// Fields that cannot be hidden: without a name there is nothing to show, the days say whether a place
/// counts at all, and what is invented must say so.
const ALWAYS_SHOWN: [&str; 4] = ["name", "valid_from", "retired_on", "sample"];

/// A name that a place had before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Former {
    /// The name.
    pub name: String,
    /// The first day on which it was no longer the name.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

/// What editors say of a place, over what files say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Override {
    /// Values by field; null where the file's value is taken away.
    pub fields: Map<String, Value>,
    /// Fields that the public does not see.
    pub hidden: BTreeSet<String>,
    /// Names that it had before, the latest last.
    pub former: Vec<Former>,
    /// Where it is, when it was moved.
    pub geometry: Option<Geometry>,
}

/// A change to what editors say.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// Values by field; null takes the value away.
    pub fields: BTreeMap<String, Value>,
    /// Fields in which files are believed again.
    pub reset: BTreeSet<String>,
    /// Fields that the public no longer sees, or sees again.
    pub hidden: BTreeMap<String, bool>,
    /// Where it is.
    pub geometry: Option<Geometry>,
    /// Files are believed again where it is.
    pub reset_geometry: bool,
    /// The day from which a new name counts; the old one becomes a former name. Without it a new name
    /// corrects a mistake.
    pub renamed_on: Option<Date>,
    /// All former names, when they are to be corrected.
    pub former: Option<Vec<Former>>,
}

/// One difference that an edit made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Difference {
    /// The field; `geometry` when it was moved, `hidden:FIELD` when its visibility changed.
    pub field: String,
    /// Before; null when there was nothing.
    pub before: Value,
    /// After; null when there is nothing.
    pub after: Value,
}

/// Whether a field of the layer may be hidden.
#[must_use]
pub fn can_hide(layer: &Layer, field: &str) -> bool {
    layer.field(field).is_some_and(|field| field.public) && !ALWAYS_SHOWN.contains(&field)
}

/// Whether editors may change a field of the layer.
#[must_use]
pub fn can_edit(layer: &Layer, field: &str) -> bool {
    layer.field(field).is_some() && field != "sample"
}

/// How an override is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    fields: Map<String, Value>,
    hidden: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former: Vec<Former>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    geometry: Option<Value>,
}

/// A geometry as GeoJSON.
#[must_use]
pub fn geojson(geometry: &Geometry) -> Value {
    let mut bytes = Vec::new();
    write_geojson(geometry, &mut bytes);
    // What `write_geojson` writes is JSON.
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// A geometry from GeoJSON, not yet checked.
///
/// # Errors
/// When it is none.
pub fn from_geojson(value: Value) -> Result<Geometry, String> {
    let geometry: geojson::Geometry = serde_json::from_value(value).map_err(|error| error.to_string())?;
    Geometry::try_from(geometry).map_err(|error| error.to_string())
}

impl Override {
    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let stored: Stored = serde_json::from_str(text).map_err(|error| error.to_string())?;
        Ok(Self {
            fields: stored.fields,
            hidden: stored.hidden,
            former: stored.former,
            geometry: stored.geometry.map(from_geojson).transpose()?,
        })
    }

    /// As it is stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        let stored = Stored {
            fields: self.fields.clone(),
            hidden: self.hidden.clone(),
            former: self.former.clone(),
            geometry: self.geometry.as_ref().map(geojson),
        };
        json!(stored).to_string()
    }

    /// Whether editors say nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The value of `former_names` with the names that the place had before it was renamed.
    pub(in crate::places) fn with_former_names(&self, value: Option<Value>) -> Option<Value> {
        if self.former.is_empty() {
            return value;
        }
        let mut names: Vec<Value> = value.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
        for former in &self.former {
            if !names.iter().any(|name| name.as_str() == Some(&former.name)) {
                names.push(former.name.clone().into());
            }
        }
        Some(names.into())
    }

    /// After a change. `files` is what files say. A value that files say already is not said over them.
    #[must_use]
    pub fn patched(&self, layer: &Layer, files: &Said, patch: &Patch) -> Self {
        let mut next = self.clone();
        let old_name = files.clone().edited(layer, self).name().to_owned();
        for (name, value) in &patch.fields {
            next.say(name, value.clone(), files);
        }
        for name in &patch.reset {
            next.fields.shift_remove(name);
        }
        for (name, hide) in &patch.hidden {
            if *hide {
                next.hidden.insert(name.clone());
            } else {
                next.hidden.remove(name);
            }
        }
        if patch.reset_geometry {
            next.geometry = None;
        }
        if let Some(geometry) = &patch.geometry {
            next.geometry = (*geometry != files.geometry).then(|| geometry.clone());
        }
        if let Some(former) = &patch.former {
            next.former.clone_from(former);
        }
        let new_name = files.clone().edited(layer, &next).name().to_owned();
        if let Some(until) = patch.renamed_on
            && new_name != old_name
            && !old_name.is_empty()
        {
            next.former.push(Former { name: old_name, until });
        }
        next
    }

    /// With a value said over the file's; null takes it away.
    pub(super) fn say(&mut self, field: &str, value: Value, files: &Said) {
        let same = match files.fields.get(field) {
            Some(said) => *said == value,
            None => value.is_null(),
        };
        if same {
            self.fields.shift_remove(field);
        } else {
            self.fields.insert(field.to_owned(), value);
        }
    }
}

/// What is different between two states of a place.
#[must_use]
pub fn differences(layer: &Layer, files: &Said, before: &Override, after: &Override) -> Vec<Difference> {
    let (old, new) = (files.clone().edited(layer, before), files.clone().edited(layer, after));
    let mut found = Vec::new();
    let mut note = |field: String, before: Value, after: Value| {
        if before != after {
            found.push(Difference { field, before, after });
        }
    };
    for field in layer.fields {
        let value = |said: &Said| said.fields.get(field.name).cloned().unwrap_or_default();
        note(field.name.to_owned(), value(&old), value(&new));
    }
    note("geometry".to_owned(), geojson(&old.geometry), geojson(&new.geometry));
    for field in before.hidden.union(&after.hidden) {
        let is_hidden = |over: &Override| over.hidden.contains(field).into();
        note(format!("hidden:{field}"), is_hidden(before), is_hidden(after));
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::layers::PlaceId;

    fn files() -> Said {
        let fields = json!({ "name": "芝町会", "phone": "03-0000-0000" });
        Said {
            id: PlaceId::of_record("a", "b"),
            position: 1,
            geometry: geo::Point::new(139.75, 35.65).into(),
            fields: fields.as_object().unwrap().clone(),
            datasets: vec!["a".into()],
        }
    }

    fn layer() -> &'static Layer {
        LayerId::Organisations.layer()
    }

    #[test]
    fn what_files_say_already_is_not_said_over_them() {
        let mut patch = Patch::default();
        patch.fields.insert("phone".into(), "03-0000-0000".into());
        patch.fields.insert("url".into(), Value::Null);
        let over = Override::default().patched(layer(), &files(), &patch);
        assert!(over.is_empty(), "{over:?}");
        patch.fields.insert("phone".into(), Value::Null);
        let over = Override::default().patched(layer(), &files(), &patch);
        assert_eq!(over.fields["phone"], Value::Null);
        assert!(files().edited(layer(), &over).fields.get("phone").is_none());
    }

    #[test]
    fn a_new_name_keeps_the_old_one_unless_it_corrects_a_mistake() {
        let mut patch = Patch::default();
        patch.fields.insert("name".into(), "芝自治会".into());
        let corrected = Override::default().patched(layer(), &files(), &patch);
        assert!(corrected.former.is_empty());
        patch.renamed_on = Some(Date::constant(2026, 11, 1));
        let renamed = Override::default().patched(layer(), &files(), &patch);
        assert_eq!(renamed.former[0].name, "芝町会");
        let said = files().edited(layer(), &renamed);
        assert_eq!(said.fields["former_names"], json!(["芝町会"]));
    }

    proptest! {
        /// What is stored reads back as the same.
        #[test]
        fn an_override_is_its_own_reading(
            phone in proptest::option::of(".*"), hidden in any::<bool>(),
            lon in -180.0..180.0_f64, lat in -90.0..90.0_f64, moved in any::<bool>(),
        ) {
            let mut over = Override::default();
            if let Some(phone) = phone {
                over.fields.insert("phone".into(), phone.into());
            }
            if hidden {
                over.hidden.insert("phone".into());
                over.former.push(Former { name: "旧".into(), until: Date::constant(2026, 4, 1) });
            }
            over.geometry = moved.then(|| geo::Point::new(lon, lat).into());
            prop_assert_eq!(Override::from_json(&over.to_json()).unwrap(), over);
        }
    }
}
