//! XML without surprises: no DOCTYPE, no entities but XML's own, no endless depth.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use super::{BadTrack, TrackFormat};

/// Elements within elements: files of walks have six or so.
const MOST_DEPTH: usize = 64;
/// How much of a file may come before its root.
const PROLOGUE: usize = 2_048;

/// A piece of a document.
pub(super) enum Piece<'a> {
    /// An element begins. Names are without their namespaces' prefixes.
    Open(&'a str, &'a Tag<'a>),
    /// An element ends, with all the text that was directly in it.
    Close(&'a str, &'a str),
}

/// The attributes of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// An attribute as a number; not a number when it is missing or none.
    pub(super) fn number(&self, name: &str) -> f64 {
        let value = self.0.try_get_attribute(name).ok().flatten();
        let value = value.and_then(|value| value.unescape_value().ok().map(Cow::into_owned));
        value.map_or(f64::NAN, |value| number(&value))
    }
}

/// A number as the formats have it; what is none is not a number.
pub(super) fn number(text: &str) -> f64 {
    text.trim().parse().unwrap_or(f64::NAN)
}

/// Text in UTF-8, from whichever encoding the file says it is in.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, BadTrack> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => declared(bytes),
    };
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong { Err(BadTrack::Encoding(encoding.name().to_owned())) } else { Ok(text) }
}

/// The encoding of an XML declaration.
fn declared(bytes: &[u8]) -> &'static Encoding {
    let label = || {
        let head =
            std::str::from_utf8(bytes.get(..bytes.len().min(120))?.split(|b| *b == b'>').next()?).ok()?;
        let rest = head.trim_start().strip_prefix("<?xml")?.split_once("encoding")?.1;
        let quoted = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Encoding::for_label(quoted[1..].split(quote).next()?.as_bytes())
    };
    // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    label().filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(UTF_8)
}

/// The name of the root element, without its prefix.
pub(super) fn root(text: &str) -> Result<&str, BadTrack> {
    let mut rest = text;
    loop {
        let at = rest.find('<').filter(|at| text.len() - rest.len() + at < PROLOGUE);
        let Some(at) = at else { return Err(BadTrack::UnknownFormat) };
        rest = &rest[at + 1..];
        if let Some(inner) = rest.strip_prefix("!--") {
            rest = inner.split_once("-->").ok_or(BadTrack::UnknownFormat)?.1;
        } else if rest.starts_with("!DOCTYPE") || rest.starts_with("!doctype") {
            return Err(BadTrack::Doctype);
        } else if !rest.starts_with(['?', '!']) {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
            return Ok(rest[..end].rsplit(':').next().unwrap_or_default());
        }
    }
}

/// Walks through a document.
pub(super) fn walk(
    text: &str,
    format: TrackFormat,
    mut on: impl FnMut(Piece<'_>) -> Result<(), BadTrack>,
) -> Result<(), BadTrack> {
    let broken = |error: &dyn std::fmt::Display| BadTrack::Broken(format, error.to_string());
    let mut reader = Reader::from_str(text);
    // Names and texts of the elements that are open.
    let mut open: Vec<(String, String)> = Vec::new();
    let mut rooted = false;
    loop {
        let event = reader.read_event().map_err(|error| syntax(format, &error))?;
        match event {
            Event::DocType(_) => return Err(BadTrack::Doctype),
            Event::Start(tag) | Event::Empty(tag) if rooted && open.is_empty() => {
                return Err(broken(&format!(
                    "<{}> after its end",
                    String::from_utf8_lossy(tag.name().as_ref())
                )));
            }
            Event::Start(tag) => {
                rooted = true;
                let name = local(&tag);
                if open.len() == MOST_DEPTH {
                    return Err(broken(&"too many elements within elements"));
                }
                on(Piece::Open(&name, &Tag(tag)))?;
                open.push((name, String::new()));
            }
            Event::Empty(tag) => {
                rooted = true;
                let name = local(&tag);
                on(Piece::Open(&name, &Tag(tag)))?;
                on(Piece::Close(&name, ""))?;
            }
            Event::End(_) => {
                // The reader has checked that it closes what is open.
                if let Some((name, text)) = open.pop() {
                    on(Piece::Close(&name, &text))?;
                }
            }
            Event::Text(text) => push(&mut open, &text.decode().map_err(|error| broken(&error))?),
            Event::CData(text) => push(&mut open, &text.decode().map_err(|error| broken(&error))?),
            Event::GeneralRef(name) => {
                let mut buffer = [0; 4];
                push(&mut open, resolve(&name)?.encode_utf8(&mut buffer));
            }
            Event::Eof if open.is_empty() && rooted => return Ok(()),
            Event::Eof => return Err(BadTrack::CutOff(format)),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
}

fn push(open: &mut [(String, String)], text: &str) {
    if let Some((_, so_far)) = open.last_mut() {
        so_far.push_str(text);
    }
}

fn local(tag: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(tag.local_name().as_ref()).into_owned()
}

fn resolve(name: &BytesRef<'_>) -> Result<char, BadTrack> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return Ok(c);
    }
    match &**name {
        b"amp" => Ok('&'),
        b"lt" => Ok('<'),
        b"gt" => Ok('>'),
        b"quot" => Ok('"'),
        b"apos" => Ok('\''),
        _ => Err(BadTrack::Doctype),
    }
}

fn syntax(format: TrackFormat, error: &quick_xml::Error) -> BadTrack {
    match error {
        // A tag, a comment or the like that does not end.
        quick_xml::Error::Syntax(_) => BadTrack::CutOff(format),
        other => BadTrack::Broken(format, other.to_string()),
    }
}
