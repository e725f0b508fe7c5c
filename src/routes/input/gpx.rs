//! GPX 1.0 and 1.1: `wpt` are points; `trk` are lines, and `rte` where there is no track.

use super::{
    BadTrack, Point, Recorded, TrackFormat, shape,
    xml::{Piece, walk},
};
use crate::geo::Position;

/// A route with at most this many points is a list of stops; one with more is a line.
const STOPS_OF_ROUTE: usize = 30;

pub(super) fn read(text: &str) -> Result<Recorded, BadTrack> {
    let mut recorded = Recorded::default();
    let mut open: Vec<String> = Vec::new();
    let mut point: Option<Point> = None;
    let (mut line, mut route): (Vec<Position>, Vec<Point>) = (Vec::new(), Vec::new());
    let mut routes: Vec<Vec<Point>> = Vec::new();
    walk(text, TrackFormat::Gpx, |piece| {
        match piece {
            Piece::Open(name, tag) => {
                if matches!(name, "wpt" | "rtept" | "trkpt") {
                    let at = [tag.number("lon"), tag.number("lat")];
                    let location = recorded.position(at)?;
                    point = Some(Point { name: String::new(), story: String::new(), location });
                }
                open.push(name.to_owned());
            }
            Piece::Close(name, text) => {
                open.pop();
                let within = open.last().map(String::as_str).unwrap_or_default();
                match (within, name) {
                    ("wpt" | "rtept", "name") => set(point.as_mut().map(|point| &mut point.name), text),
                    ("wpt" | "rtept", "desc") => set(point.as_mut().map(|point| &mut point.story), text),
                    ("metadata" | "trk" | "rte" | "gpx", "name") if recorded.title.is_none() => {
                        recorded.title = Some(text.to_owned());
                    }
                    (_, "wpt") => recorded.points.extend(point.take()),
                    (_, "rtept") => route.extend(point.take()),
                    (_, "trkpt") => line.extend(point.take().map(|point| point.location)),
                    (_, "trkseg") => recorded.lines.push(std::mem::take(&mut line)),
                    (_, "rte") => routes.push(std::mem::take(&mut route)),
                    _ => {}
                }
            }
        }
        Ok(())
    })?;
    let tracked = recorded.lines.iter().any(|line| line.len() > 1);
    for route in routes {
        if !tracked {
            recorded.lines.push(route.iter().map(|point| point.location).collect());
        }
        let stops = route.len() <= STOPS_OF_ROUTE && route.iter().all(|point| !point.name.is_empty());
        if recorded.points.is_empty() && stops {
            recorded.points = route;
        }
    }
    Ok(recorded)
}

fn set(field: Option<&mut String>, text: &str) {
    if let Some(field) = field {
        *field = shape::story(text);
    }
}
