//! What comes in: tracks of walks as GPX, KML or GeoJSON, made into the waypoints of a design.
//!
//! A file is read into [`Recorded`]: lines and named points, every position in the world. [`import`] makes stops of the
//! points, or of the two ends, and sets as many control points as it takes for the way on the network to [follow] the track.
//! Pure functions: bytes and a path finder in, waypoints out. Memory and time are bounded whatever the bytes are.

mod bad;
mod follow;
mod geojson;
mod gpx;
mod kml;
mod shape;
mod simplify;
mod stops;
mod xml;

use serde::Serialize;
use utoipa::ToSchema;

use crate::geo::Position;

use super::model::{Control, StopId, Waypoint};

pub use bad::BadTrack;
pub use follow::{Found, PathFinder};

/// The most positions that are read.
pub const MOST_POSITIONS: usize = 1_000_000;
/// The most positions of a simplified track.
pub const MOST_TRACK: usize = 2_000;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TrackFormat {
    /// GPX 1.0 or 1.1.
    Gpx,
    /// KML 2.2.
    Kml,
    /// GeoJSON.
    GeoJson,
}

impl TrackFormat {
    /// Its name, as people write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gpx => "GPX",
            Self::Kml => "KML",
            Self::GeoJson => "GeoJSON",
        }
    }
}

/// What was done with a track that its author should know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrackNote {
    /// The track has fewer points than the file.
    Simplified,
    /// Several lines were joined to one, in the order of the file.
    LinesJoined,
    /// The file names no stops: they are where the track begins and ends.
    StopsAtEnds,
    /// Points that are far from the track were left out.
    FarPointsLeftOut,
    /// There were more points than a route has stops; the first ones were taken.
    TooManyPoints,
    /// Areas were left out.
    AreasLeftOut,
    /// In places the way on the network is not where the track is.
    LeavesTrack,
}

/// A track made into waypoints of a design.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ImportedTrack {
    /// The format of the file.
    pub format: TrackFormat,
    /// What the file calls itself.
    pub title: Option<String>,
    /// The track, simplified: at most 2,000 positions.
    pub track: Vec<Position>,
    /// Stops, and control points between them.
    pub waypoints: Vec<Waypoint>,
    /// What was done with it.
    pub notes: Vec<TrackNote>,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
struct Recorded {
    title: Option<String>,
    lines: Vec<Vec<Position>>,
    points: Vec<Point>,
    areas: bool,
    positions: usize,
}

/// A named point of a file.
#[derive(Clone, Debug, PartialEq)]
struct Point {
    name: String,
    story: String,
    location: Position,
}

impl Recorded {
    /// Counts one more position, and checks it.
    fn position(&mut self, [lon, lat]: [f64; 2]) -> Result<Position, BadTrack> {
        self.positions += 1;
        if self.positions > MOST_POSITIONS {
            return Err(BadTrack::TooManyPositions);
        }
        let position = Position([lon, lat]);
        if position.is_in_world() {
            return Ok(position);
        }
        let number = self.positions;
        if !lon.is_finite() || !lat.is_finite() {
            Err(BadTrack::NoNumber { number })
        } else if Position([lat, lon]).is_in_world() {
            Err(BadTrack::Swapped { number })
        } else {
            Err(BadTrack::OutOfWorld { number })
        }
    }
}

/// Reads a file and makes waypoints of it.
///
/// `path` finds the way on the network between two positions; `new_id` makes ids of stops.
///
/// # Errors
/// When the bytes are no such file, or hold nothing to walk along.
pub fn import(
    bytes: &[u8],
    path: &mut PathFinder<'_>,
    new_id: &mut dyn FnMut() -> StopId,
) -> Result<ImportedTrack, BadTrack> {
    let (format, recorded) = read(bytes)?;
    let mut notes = Vec::new();
    if recorded.areas {
        notes.push(TrackNote::AreasLeftOut);
    }
    let lines: Vec<Vec<Position>> = recorded.lines.into_iter().filter(|line| line.len() > 1).collect();
    if lines.len() > 1 {
        notes.push(TrackNote::LinesJoined);
    }
    let whole = lines.concat();
    let track = simplify::simplify(&whole, MOST_TRACK);
    if track.len() < whole.len() {
        notes.push(TrackNote::Simplified);
    }
    let stops = stops::along(&track, recorded.points, &mut notes);
    if stops.is_empty() {
        return Err(BadTrack::Nothing);
    }
    let (controls, leaves) = follow::controls(&track, &stops, path);
    if leaves {
        notes.push(TrackNote::LeavesTrack);
    }
    let mut waypoints = Vec::new();
    for (index, stop) in stops.into_iter().enumerate() {
        if index > 0 {
            let between = controls.get(index - 1).into_iter().flatten();
            waypoints.extend(
                between.map(|location| Waypoint::Control(Control { location: *location, straight: false })),
            );
        }
        waypoints.push(Waypoint::Stop(Box::new(stops::stop(stop.point, new_id()))));
    }
    notes.sort_unstable();
    Ok(ImportedTrack { format, title: recorded.title, track, waypoints, notes })
}

/// Recognises the format and reads what the file holds.
fn read(bytes: &[u8]) -> Result<(TrackFormat, Recorded), BadTrack> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(BadTrack::Zipped);
    }
    let text = xml::decode(bytes)?;
    let text = text.trim_start();
    let (format, mut recorded) = match text.bytes().next() {
        None => return Err(BadTrack::Empty),
        Some(b'{' | b'[') => (TrackFormat::GeoJson, geojson::read(text)?),
        Some(b'<') => match xml::root(text)? {
            "gpx" => (TrackFormat::Gpx, gpx::read(text)?),
            "kml" => (TrackFormat::Kml, kml::read(text)?),
            _ => return Err(BadTrack::UnknownFormat),
        },
        Some(_) => return Err(BadTrack::UnknownFormat),
    };
    recorded.title = recorded.title.map(|title| shape::one_line(&title)).filter(|title| !title.is_empty());
    Ok((format, recorded))
}

#[cfg(test)]
mod tests;
