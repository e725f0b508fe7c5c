//! KML 2.2: placemarks with points and lines, `gx:Track` too. Areas are left out.

use super::{
    BadTrack, Point, Recorded, TrackFormat, shape,
    xml::{Piece, number, walk},
};
use crate::geo::Position;

pub(super) fn read(text: &str) -> Result<Recorded, BadTrack> {
    let mut recorded = Recorded::default();
    let mut open: Vec<String> = Vec::new();
    let (mut name_of, mut story_of) = (String::new(), String::new());
    let mut first_point = 0;
    let mut line: Vec<Position> = Vec::new();
    walk(text, TrackFormat::Kml, |piece| {
        match piece {
            Piece::Open(name, _) => {
                if name == "Placemark" {
                    (name_of, story_of) = (String::new(), String::new());
                    first_point = recorded.points.len();
                }
                open.push(name.to_owned());
            }
            Piece::Close(name, text) => {
                open.pop();
                let within = open.last().map(String::as_str).unwrap_or_default();
                match (within, name) {
                    ("Placemark", "name") => text.clone_into(&mut name_of),
                    ("Placemark", "description") => story_of = shape::story(text),
                    ("Document" | "Folder" | "kml", "name") if recorded.title.is_none() => {
                        recorded.title = Some(text.to_owned());
                    }
                    ("Point", "coordinates") => {
                        for location in coordinates(&mut recorded, text)?.into_iter().take(1) {
                            recorded.points.push(Point {
                                name: String::new(),
                                story: String::new(),
                                location,
                            });
                        }
                    }
                    ("LineString", "coordinates") => {
                        let line = coordinates(&mut recorded, text)?;
                        recorded.lines.push(line);
                    }
                    ("LinearRing", "coordinates") => recorded.areas = true,
                    ("Track", "coord") => {
                        let mut parts = text.split_whitespace().map(number);
                        let at = [parts.next().unwrap_or(f64::NAN), parts.next().unwrap_or(f64::NAN)];
                        line.push(recorded.position(at)?);
                    }
                    (_, "Track") => recorded.lines.push(std::mem::take(&mut line)),
                    // The geometry may stand before the name.
                    (_, "Placemark") => {
                        for point in &mut recorded.points[first_point..] {
                            point.name.clone_from(&name_of);
                            point.story.clone_from(&story_of);
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    })?;
    Ok(recorded)
}

/// `longitude,latitude[,height]`, parted by blanks.
fn coordinates(recorded: &mut Recorded, text: &str) -> Result<Vec<Position>, BadTrack> {
    let mut positions = Vec::new();
    for tuple in text.split_whitespace() {
        let mut parts = tuple.split(',').map(number);
        let at = [parts.next().unwrap_or(f64::NAN), parts.next().unwrap_or(f64::NAN)];
        positions.push(recorded.position(at)?);
    }
    Ok(positions)
}
