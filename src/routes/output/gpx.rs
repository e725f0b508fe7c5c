//! GPX 1.1: <https://www.topografix.com/GPX/1/1/>. The schema fixes the order of elements.
//!
//! Stops are waypoints (`wpt`) and, in the order of walking, a route (`rte`); the line is a track (`trk`). Devices differ in
//! which of them they show.

use std::io;

use crate::{
    clock::tokyo_date,
    geo::Position,
    routes::model::{Stop, Version},
};

use super::{
    Words, licence_url,
    xml::{Xml, clean, document, text},
};

const NAMESPACE: &str = "http://www.topografix.com/GPX/1/1";
const SCHEMA: &str = "http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd";

/// A version as GPX 1.1.
#[must_use]
pub fn gpx(version: &Version, words: &Words) -> String {
    document(|xml| {
        xml.create_element("gpx")
            .with_attributes([
                ("version", "1.1"),
                ("creator", "Machiaruki"),
                ("xmlns", NAMESPACE),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                ("xsi:schemaLocation", SCHEMA),
            ])
            .write_inner_content(|xml| {
                metadata(xml, version, words)?;
                for stop in version.design.stops() {
                    point(xml, "wpt", stop, words)?;
                }
                xml.create_element("rte").write_inner_content(|xml| {
                    text(xml, "name", &words.title(version))?;
                    text(xml, "number", &version.number.to_string())?;
                    version.design.stops().try_for_each(|stop| point(xml, "rtept", stop, words))
                })?;
                xml.create_element("trk").write_inner_content(|xml| {
                    text(xml, "name", &words.title(version))?;
                    text(xml, "number", &version.number.to_string())?;
                    xml.create_element("trkseg").write_inner_content(|xml| {
                        version.line.coordinates.iter().try_for_each(|at| {
                            let [lon, lat] = degrees(*at);
                            let attributes = [("lat", lat.as_str()), ("lon", lon.as_str())];
                            xml.create_element("trkpt").with_attributes(attributes).write_empty().map(|_| ())
                        })
                    })?;
                    Ok(())
                })?;
                Ok(())
            })?;
        Ok(())
    })
}

fn metadata(xml: &mut Xml, version: &Version, words: &Words) -> io::Result<()> {
    xml.create_element("metadata").write_inner_content(|xml| {
        text(xml, "name", &words.title(version))?;
        let attributions = words.attributions(version);
        let summary = words.best(&version.design.summary);
        let mut said: Vec<&str> = Vec::new();
        said.extend((!summary.is_empty()).then_some(summary));
        said.extend(attributions.iter().map(String::as_str));
        text(xml, "desc", &said.join("\n"))?;
        xml.create_element("author")
            .write_inner_content(|xml| text(xml, "name", words.say(words.publisher)))?;
        let holders = clean(&attributions.join("; "));
        xml.create_element("copyright").with_attribute(("author", holders.as_str())).write_inner_content(
            |xml| {
                text(xml, "year", &tokyo_date(version.published_at).year().to_string())?;
                text(xml, "license", licence_url(&words.licence).unwrap_or_default())
            },
        )?;
        let page = words.route_url(version);
        xml.create_element("link")
            .with_attribute(("href", page.as_str()))
            .write_inner_content(|xml| text(xml, "text", &words.title(version)))?;
        text(xml, "time", &version.published_at.to_string())?;
        text(xml, "keywords", &version.design.themes.join(", "))
    })?;
    Ok(())
}

fn point(xml: &mut Xml, element: &str, stop: &Stop, words: &Words) -> io::Result<()> {
    let [lon, lat] = degrees(stop.location);
    let attributes = [("lat", lat.as_str()), ("lon", lon.as_str())];
    xml.create_element(element).with_attributes(attributes).write_inner_content(|xml| {
        text(xml, "name", words.best(&stop.name))?;
        text(xml, "cmt", &stop.address)?;
        text(xml, "desc", words.best(&stop.story))
    })?;
    Ok(())
}

/// Longitude and latitude as the schema has them: without exponents, and 180° of longitude is −180°.
fn degrees(Position([lon, lat]): Position) -> [String; 2] {
    [if lon >= 180.0 { -180.0 } else { lon }.to_string(), lat.to_string()]
}
