//! The JSON of published routes. Answers and the codes of posters are in none of it.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clock::Date,
    geo::Position,
    layers::PlaceId,
    network::Profile,
    routes::model::{Alternative, Evidence, Host, Language, Season, Stop, Text, Version},
};

/// Published routes.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteList {
    /// By code.
    pub routes: Vec<RouteDocument>,
    /// The next page.
    pub next: Option<String>,
}

/// `"LineString"`.
#[derive(Debug, Serialize, ToSchema)]
pub enum LineStringType {
    /// A GeoJSON line.
    LineString,
}

/// A GeoJSON line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineString {
    #[serde(rename = "type")]
    kind: LineStringType,
    /// Longitude and latitude in degrees.
    coordinates: Vec<Position>,
}

/// A published version of a route.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteDocument {
    /// The route's id.
    #[schema(format = "uuid")]
    pub id: String,
    /// The version's id. Visits pin it.
    #[schema(format = "uuid")]
    pub route_version_id: String,
    /// Counts the versions of the route from 1.
    pub number: i64,
    /// The route's code.
    pub code: String,
    /// The name of the department that keeps it.
    pub department: String,
    /// From which day on this version counts.
    #[schema(value_type = String, format = Date)]
    pub effective_from: Date,
    /// Title.
    pub title: Text,
    /// What it is about.
    pub summary: Text,
    /// The languages in which all texts are written.
    #[schema(value_type = Vec<Language>)]
    pub languages: BTreeSet<Language>,
    /// The district of the municipality; may be empty.
    pub district: String,
    /// Themes.
    pub themes: Vec<String>,
    /// When it is best walked; none named means all the year.
    #[schema(value_type = Vec<Season>)]
    pub seasons: BTreeSet<Season>,
    /// What people with a wheelchair, a pram or a stick should know.
    pub accessibility: Text,
    /// Who welcomes walkers.
    pub hosts: Vec<Host>,
    /// For whom the line was laid.
    pub profile: Profile,
    /// Whether one walks back to the start.
    pub round_trip: bool,
    /// What those do who cannot walk it.
    pub alternative: Alternative,
    /// How long it is, in metres.
    pub distance_m: f64,
    /// 表示規約式: 80 metres a minute, rounded up to whole minutes, without stays; in seconds.
    pub duration_s: u64,
    /// An estimate with crossings, stairs, lifts and the stay at each stop, in seconds.
    pub estimated_duration_s: u64,
    /// How often one takes stairs.
    pub stairs: u32,
    /// How long of it is on stairs, in metres.
    pub stairs_m: f64,
    /// How often one crosses a street.
    pub crossings: u32,
    /// How often one takes a lift.
    pub lifts: u32,
    /// How long of it is steeper than 5 %, in metres, as far as that is known.
    pub steep_m: f64,
    /// What must be said of the network wherever the line is shown.
    pub attributions: Vec<String>,
    /// Whether it is 見本.
    pub sample: bool,
    /// The line.
    pub line: LineString,
    /// The stops in the order of walking.
    pub stops: Vec<StopDocument>,
}

/// A stop of a published version.
#[derive(Debug, Serialize, ToSchema)]
pub struct StopDocument {
    /// Stable across versions as long as it is the same place.
    #[schema(format = "uuid")]
    pub stop_id: String,
    /// Its number, counted from 1.
    pub sequence: usize,
    /// Its name.
    pub name: Text,
    /// Where it is.
    pub location: Position,
    /// The place on the map that it is.
    #[schema(value_type = Option<String>)]
    pub place: Option<PlaceId>,
    /// Its address; may be empty.
    pub address: String,
    /// How near one has to come, in metres.
    pub radius_m: u16,
    /// How long one stays, in minutes.
    pub stay_min: u16,
    /// Whether a walk is complete only with it.
    pub required: bool,
    /// What shows a visit: any one of these.
    #[schema(value_type = Vec<Evidence>)]
    pub evidence: BTreeSet<Evidence>,
    /// Its story.
    pub story: Text,
    /// A question to be answered there.
    pub question: Option<Text>,
    /// A photo.
    pub photo: Option<PhotoDocument>,
}

/// A photo of a stop.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StopPhotoDocument)]
pub struct PhotoDocument {
    /// Where it is.
    pub url: String,
    /// Who took it.
    pub credit: String,
    /// What it shows.
    pub alt: Text,
}

impl StopDocument {
    fn new(sequence: usize, stop: &Stop) -> Self {
        Self {
            stop_id: stop.stop_id.to_string(),
            sequence,
            name: stop.name.clone(),
            location: stop.location,
            place: stop.place,
            address: stop.address.clone(),
            radius_m: stop.radius_m,
            stay_min: stop.stay_min,
            required: stop.required,
            evidence: stop.evidence.clone(),
            story: stop.story.clone(),
            question: stop.question.as_ref().map(|question| question.text.clone()),
            photo: stop.photo.as_ref().map(|photo| PhotoDocument {
                url: format!("/api/photos/{}", photo.photo_id),
                credit: photo.credit.clone(),
                alt: photo.alt.clone(),
            }),
        }
    }
}

impl RouteDocument {
    pub(in crate::routes::api) fn new(version: &Version) -> Self {
        let (design, line) = (&version.design, &version.line);
        let stops = design.stops().enumerate().map(|(index, stop)| StopDocument::new(index + 1, stop));
        Self {
            id: version.route.to_string(),
            route_version_id: version.id.to_string(),
            number: version.number,
            code: version.code.clone(),
            department: version.department_name.clone(),
            effective_from: version.effective_from,
            title: design.title.clone(),
            summary: design.summary.clone(),
            languages: design.languages.clone(),
            district: design.district.clone(),
            themes: design.themes.clone(),
            seasons: design.seasons.clone(),
            accessibility: design.accessibility.clone(),
            hosts: design.hosts.clone(),
            profile: design.profile,
            round_trip: design.round_trip,
            alternative: design.alternative.clone(),
            distance_m: line.distance_m,
            duration_s: line.duration_s,
            estimated_duration_s: line.estimated_duration_s,
            stairs: line.stairs,
            stairs_m: line.stairs_m,
            crossings: line.crossings,
            lifts: line.lifts,
            steep_m: line.steep_m,
            attributions: line.attributions.clone(),
            sample: version.sample,
            line: LineString { kind: LineStringType::LineString, coordinates: line.coordinates.clone() },
            stops: stops.collect(),
        }
    }
}
