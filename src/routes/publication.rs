//! Published versions as records of the public layers.
//!
//! Each version is a record of its own, with the days on which it counts: what was walked last year can still be asked
//! for by its day. Answers, codes and comments are in no record.

use serde_json::{Map, Value, json};

use crate::{
    clock::Date,
    geo::{Coord, Geometry, LineString, Point},
    places::WrittenRecord,
};

use super::model::{Evidence, Stop, Text, Version};

/// The records of a route: its versions for the layer `routes`, and their stops for the layer `stops`.
///
/// `versions` are all of one route, the first one first; `archived_on` is the day from which none of them counts.
#[must_use]
pub fn records(versions: &[Version], archived_on: Option<Date>) -> (Vec<WrittenRecord>, Vec<WrittenRecord>) {
    let (mut routes, mut stops) = (Vec::new(), Vec::new());
    for (index, version) in versions.iter().enumerate() {
        let next = versions.get(index + 1).map(|next| next.effective_from);
        let until = [next, archived_on].into_iter().flatten().min();
        // A route that was archived before a version began: it never counts.
        let until = until.map(|until| until.max(version.effective_from));
        routes.push(route(version, until));
        stops.extend(
            version.design.stops().enumerate().map(|(index, one)| stop(version, index + 1, one, until)),
        );
    }
    (routes, stops)
}

fn text(fields: &mut Map<String, Value>, (ja, en, easy): (&str, &str, &str), text: &Text) {
    for (name, part) in [(ja, &text.ja), (en, &text.en), (easy, &text.easy)] {
        if !name.is_empty() && !part.is_empty() {
            fields.insert(name.to_owned(), part.as_str().into());
        }
    }
}

fn common(version: &Version, until: Option<Date>) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("route_code".into(), version.code.as_str().into());
    fields.insert("route_id".into(), version.route.to_string().into());
    fields.insert("route_version_id".into(), version.id.to_string().into());
    fields.insert("valid_from".into(), version.effective_from.to_string().into());
    if let Some(until) = until {
        fields.insert("retired_on".into(), until.to_string().into());
    }
    if version.sample {
        fields.insert("sample".into(), true.into());
    }
    fields
}

fn route(version: &Version, until: Option<Date>) -> WrittenRecord {
    let (design, line) = (&version.design, &version.line);
    let mut fields = common(version, until);
    // A title is never missing in Japanese: the checklist saw to that.
    fields.insert("name".into(), design.title.best(super::model::Language::Ja).into());
    text(&mut fields, ("", "name_en", ""), &design.title);
    text(&mut fields, ("description", "description_en", "description_easy"), &design.summary);
    if !design.district.is_empty() {
        fields.insert("district".into(), design.district.as_str().into());
    }
    if !design.themes.is_empty() {
        fields.insert("themes".into(), json!(design.themes));
    }
    if !design.hosts.is_empty() {
        let hosts: Vec<&str> = design.hosts.iter().map(|host| host.name.as_str()).collect();
        fields.insert("hosts".into(), json!(hosts));
    }
    fields.insert("version".into(), version.number.into());
    fields.insert("distance_m".into(), (line.distance_m.round() as i64).into());
    fields.insert("walking_min".into(), (line.duration_s / 60).into());
    fields.insert("duration_min".into(), line.estimated_duration_s.div_ceil(60).into());
    fields.insert("stop_count".into(), design.stops().count().into());
    fields.insert("step_free".into(), (design.profile == crate::network::Profile::StepFree).into());
    let coordinates: Vec<Coord> =
        line.coordinates.iter().map(|at| Coord { x: at.0[0], y: at.0[1] }).collect();
    WrittenRecord {
        key: version.id.to_string(),
        fields,
        geometry: Geometry::LineString(LineString(coordinates)),
    }
}

fn stop(version: &Version, sequence: usize, stop: &Stop, until: Option<Date>) -> WrittenRecord {
    let mut fields = common(version, until);
    fields.insert("sequence".into(), sequence.into());
    fields.insert("stop_id".into(), stop.stop_id.to_string().into());
    fields.insert("name".into(), stop.name.best(super::model::Language::Ja).into());
    text(&mut fields, ("", "name_en", ""), &stop.name);
    text(&mut fields, ("description", "description_en", "description_easy"), &stop.story);
    if !stop.address.is_empty() {
        fields.insert("address".into(), stop.address.as_str().into());
    }
    fields.insert("radius_m".into(), stop.radius_m.into());
    fields.insert("stay_min".into(), stop.stay_min.into());
    fields.insert("required".into(), stop.required.into());
    let evidence: Vec<&str> = stop.evidence.iter().map(|one| Evidence::as_str(*one)).collect();
    fields.insert("evidence".into(), json!(evidence));
    let key = format!("{}/{}", version.id, stop.stop_id);
    WrittenRecord { key, fields, geometry: Geometry::Point(Point::from(stop.location)) }
}
