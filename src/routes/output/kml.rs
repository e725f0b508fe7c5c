//! KML 2.2: <https://docs.ogc.org/is/12-007r2/12-007r2.html>. The schema fixes the order of elements.

use std::io;

use crate::{
    geo::Position,
    routes::model::{Stop, Version},
};

use super::{
    Words,
    xml::{Xml, document, text},
};

/// The line's colour: `aabbggrr`.
const LINE_COLOUR: &str = "ffc84f00";

/// A version as KML 2.2: a folder with the line and its stops.
#[must_use]
pub fn kml(version: &Version, words: &Words) -> String {
    document(|xml| {
        xml.create_element("kml")
            .with_attributes([
                ("xmlns", "http://www.opengis.net/kml/2.2"),
                ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ])
            .write_inner_content(|xml| {
                xml.create_element("Document").write_inner_content(|xml| contents(xml, version, words))?;
                Ok(())
            })?;
        Ok(())
    })
}

fn contents(xml: &mut Xml, version: &Version, words: &Words) -> io::Result<()> {
    let title = words.title(version);
    let summary = words.best(&version.design.summary);
    text(xml, "name", &title)?;
    xml.create_element("atom:author")
        .write_inner_content(|xml| text(xml, "atom:name", words.say(words.publisher)))?;
    let page = words.route_url(version);
    xml.create_element("atom:link").with_attribute(("href", page.as_str())).write_empty()?;
    let attributions = words.attributions(version).join("\n");
    text(xml, "description", format!("{summary}\n{attributions}").trim_start())?;
    xml.create_element("Style").with_attribute(("id", "line")).write_inner_content(|xml| {
        xml.create_element("LineStyle").write_inner_content(|xml| {
            text(xml, "color", LINE_COLOUR)?;
            text(xml, "width", "4")
        })?;
        Ok(())
    })?;
    xml.create_element("Placemark").write_inner_content(|xml| {
        text(xml, "name", &title)?;
        text(xml, "description", summary)?;
        text(xml, "styleUrl", "#line")?;
        data(
            xml,
            &[
                ("route_id", version.route.to_string()),
                ("route_version_id", version.id.to_string()),
                ("code", version.code.clone()),
                ("number", version.number.to_string()),
                ("effective_from", version.effective_from.to_string()),
                ("distance_m", version.line.distance_m.round().to_string()),
                ("duration_s", version.line.duration_s.to_string()),
                ("estimated_duration_s", version.line.estimated_duration_s.to_string()),
            ],
        )?;
        xml.create_element("LineString").write_inner_content(|xml| {
            text(xml, "tessellate", "1")?;
            let all: Vec<String> = version.line.coordinates.iter().copied().map(coordinates).collect();
            text(xml, "coordinates", &all.join(" "))
        })?;
        Ok(())
    })?;
    version.design.stops().enumerate().try_for_each(|(index, one)| stop(xml, index + 1, one, words))
}

fn stop(xml: &mut Xml, sequence: usize, stop: &Stop, words: &Words) -> io::Result<()> {
    xml.create_element("Placemark").write_inner_content(|xml| {
        text(xml, "name", words.best(&stop.name))?;
        text(xml, "address", &stop.address)?;
        text(xml, "description", words.best(&stop.story))?;
        data(
            xml,
            &[
                ("sequence", sequence.to_string()),
                ("stop_id", stop.stop_id.to_string()),
                ("radius_m", stop.radius_m.to_string()),
                ("stay_min", stop.stay_min.to_string()),
                ("required", stop.required.to_string()),
            ],
        )?;
        xml.create_element("Point")
            .write_inner_content(|xml| text(xml, "coordinates", &coordinates(stop.location)))?;
        Ok(())
    })?;
    Ok(())
}

fn data(xml: &mut Xml, values: &[(&str, String)]) -> io::Result<()> {
    xml.create_element("ExtendedData").write_inner_content(|xml| {
        values.iter().try_for_each(|(name, value)| {
            xml.create_element("Data")
                .with_attribute(("name", *name))
                .write_inner_content(|xml| text(xml, "value", value))
                .map(|_| ())
        })
    })?;
    Ok(())
}

fn coordinates(Position([lon, lat]): Position) -> String {
    format!("{lon},{lat}")
}
