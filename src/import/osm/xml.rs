//! OpenStreetMap XML. Entities other than XML's own are refused, and so is a DOCTYPE.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{BadOsm, OsmFile, OsmWay, Tags};

fn broken(error: impl std::fmt::Display) -> BadOsm {
    BadOsm::Broken(error.to_string())
}

/// What is being read.
enum Open {
    Node { id: i64, at: [f64; 2], tags: Vec<(String, String)> },
    Way(OsmWay),
}

/// Reads a whole file.
pub(super) fn read(bytes: &[u8]) -> Result<OsmFile, BadOsm> {
    let mut reader = Reader::from_reader(bytes);
    let mut file = OsmFile::default();
    let mut open: Option<Open> = None;
    let mut depth = 0_u32;
    let mut rooted = false;
    loop {
        match reader.read_event().map_err(broken)? {
            Event::DocType(_) => return Err(BadOsm::Doctype),
            Event::GeneralRef(name) if !is_plain(&name) => return Err(BadOsm::Doctype),
            Event::Start(tag) => {
                if !rooted && tag.name().as_ref() != b"osm" {
                    return Err(broken("its root is not <osm>"));
                }
                rooted = true;
                depth += 1;
                element(&tag, &mut open)?;
            }
            Event::Empty(tag) => {
                if !rooted {
                    return Err(broken("it holds nothing"));
                }
                element(&tag, &mut open)?;
                close(tag.name().as_ref(), &mut open, &mut file);
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                close(tag.name().as_ref(), &mut open, &mut file);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if depth > 0 || !rooted {
        return Err(broken("it is cut off"));
    }
    Ok(file)
}

/// Whether a reference is one of XML's own.
fn is_plain(name: &[u8]) -> bool {
    name.starts_with(b"#") || matches!(name, b"amp" | b"lt" | b"gt" | b"quot" | b"apos")
}

fn element(tag: &BytesStart<'_>, open: &mut Option<Open>) -> Result<(), BadOsm> {
    match (tag.name().as_ref(), open) {
        (b"node", open) => {
            let at = [number(tag, "lon")?, number(tag, "lat")?];
            *open = Some(Open::Node { id: number(tag, "id")?, at, tags: Vec::new() });
        }
        (b"way", open) => {
            let way = OsmWay { id: number(tag, "id")?, refs: Vec::new(), tags: Tags::default() };
            *open = Some(Open::Way(way));
        }
        (b"relation", open) => *open = None,
        (b"nd", Some(Open::Way(way))) => way.refs.push(number(tag, "ref")?),
        (b"tag", Some(Open::Way(way))) => way.tags.push(&text(tag, "k")?, &text(tag, "v")?),
        (b"tag", Some(Open::Node { tags, .. })) => tags.push((text(tag, "k")?, text(tag, "v")?)),
        _ => {}
    }
    Ok(())
}

fn close(name: &[u8], open: &mut Option<Open>, file: &mut OsmFile) {
    if !matches!(name, b"node" | b"way") {
        return;
    }
    match open.take() {
        Some(Open::Node { id, at, tags }) => {
            file.add_node(id, at, tags.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        }
        Some(Open::Way(way)) => file.add_way(way),
        None => {}
    }
}

fn text(tag: &BytesStart<'_>, name: &str) -> Result<String, BadOsm> {
    let attribute = tag.try_get_attribute(name).map_err(broken)?;
    let attribute = attribute.ok_or_else(|| broken(format!("{name} is missing from an element")))?;
    match attribute.unescape_value() {
        Ok(value) => Ok(value.into_owned()),
        Err(quick_xml::Error::Escape(_)) => Err(BadOsm::Doctype),
        Err(error) => Err(broken(error)),
    }
}

fn number<T: std::str::FromStr>(tag: &BytesStart<'_>, name: &str) -> Result<T, BadOsm> {
    let text = text(tag, name)?;
    text.trim().parse().map_err(|_| broken(format!("{name} is not a number")))
}
