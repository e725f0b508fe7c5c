//! KML 2.2: <https://docs.ogc.org/is/12-007r2/12-007r2.html>.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use crate::{
    geo::{Coord, Geometry, LineString, Polygon},
    layers::Snapshot,
};

use super::{Exported, cell, features};

type Xml = Writer<Vec<u8>>;

pub(super) fn write(snapshot: &Snapshot) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    // Writing into memory cannot fail.
    let _ = document(&mut xml, snapshot);
    xml.into_inner()
}

fn document(xml: &mut Xml, snapshot: &Snapshot) -> io::Result<()> {
    let layer = snapshot.layer().layer();
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("kml")
        .with_attribute(("xmlns", "http://www.opengis.net/kml/2.2"))
        .write_inner_content(|xml| {
            xml.create_element("Document").write_inner_content(|xml| {
                text(xml, "name", layer.title.ja)?;
                let said: Vec<&str> =
                    snapshot.datasets().iter().map(|dataset| dataset.attribution.as_str()).collect();
                text(xml, "description", &format!("{}\n{}", layer.description.ja, said.join("; ")))?;
                for feature in features(snapshot) {
                    placemark(xml, &feature)?;
                }
                Ok(())
            })?;
            Ok(())
        })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, content: &str) -> io::Result<()> {
    // XML has no place for control characters.
    let clean: String = content.chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).collect();
    xml.create_element(name).write_text_content(BytesText::new(&clean))?;
    Ok(())
}

fn placemark(xml: &mut Xml, feature: &Exported) -> io::Result<()> {
    xml.create_element("Placemark")
        .with_attribute(("id", format!("f{}", feature.id).as_str()))
        .write_inner_content(|xml| {
            if let Some(name) = feature.properties.get("name") {
                text(xml, "name", &cell(name))?;
            }
            if let Some(description) = feature.properties.get("description") {
                text(xml, "description", &cell(description))?;
            }
            xml.create_element("ExtendedData").write_inner_content(|xml| {
                for (name, value) in &feature.properties {
                    xml.create_element("Data")
                        .with_attribute(("name", name.as_str()))
                        .write_inner_content(|xml| text(xml, "value", &cell(value)))?;
                }
                Ok(())
            })?;
            geometry(xml, &feature.geometry)
        })?;
    Ok(())
}

fn geometry(xml: &mut Xml, shape: &Geometry) -> io::Result<()> {
    let many = |xml: &mut Xml, parts: Vec<Geometry>| -> io::Result<()> {
        xml.create_element("MultiGeometry")
            .write_inner_content(|xml| parts.iter().try_for_each(|part| geometry(xml, part)))?;
        Ok(())
    };
    match shape {
        Geometry::Point(point) => {
            xml.create_element("Point")
                .write_inner_content(|xml| text(xml, "coordinates", &coordinates(&[point.0])))?;
        }
        Geometry::LineString(line) => {
            xml.create_element("LineString").write_inner_content(|xml| {
                text(xml, "tessellate", "1")?;
                text(xml, "coordinates", &coordinates(&line.0))
            })?;
        }
        Geometry::Polygon(area) => polygon(xml, area)?,
        Geometry::MultiPoint(points) => {
            many(xml, points.iter().map(|point| Geometry::Point(*point)).collect())?;
        }
        Geometry::MultiLineString(lines) => {
            many(xml, lines.iter().cloned().map(Geometry::LineString).collect())?;
        }
        Geometry::MultiPolygon(areas) => {
            many(xml, areas.iter().cloned().map(Geometry::Polygon).collect())?;
        }
        // Layers hold none of these.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) | Geometry::GeometryCollection(_) => {}
    }
    Ok(())
}

fn polygon(xml: &mut Xml, area: &Polygon) -> io::Result<()> {
    let ring = |xml: &mut Xml, name: &str, ring: &LineString| -> io::Result<()> {
        xml.create_element(name).write_inner_content(|xml| {
            xml.create_element("LinearRing")
                .write_inner_content(|xml| text(xml, "coordinates", &coordinates(&ring.0)))?;
            Ok(())
        })?;
        Ok(())
    };
    xml.create_element("Polygon").write_inner_content(|xml| {
        ring(xml, "outerBoundaryIs", area.exterior())?;
        area.interiors().iter().try_for_each(|hole| ring(xml, "innerBoundaryIs", hole))
    })?;
    Ok(())
}

fn coordinates(coords: &[Coord]) -> String {
    coords.iter().map(|coord| format!("{},{}", coord.x, coord.y)).collect::<Vec<_>>().join(" ")
}
