//! What GPX and KML share: elements with text that is always escaped.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

/// A document in the making.
pub(super) type Xml = Writer<Vec<u8>>;

/// A document from its declaration on. Writing into memory cannot fail.
pub(super) fn document(write: impl FnOnce(&mut Xml) -> io::Result<()>) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    let _ = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    let _ = write(&mut xml);
    String::from_utf8(xml.into_inner()).unwrap_or_default()
}

/// `<name>content</name>`; nothing when there is no content.
pub(super) fn text(xml: &mut Xml, name: &str, content: &str) -> io::Result<()> {
    if content.is_empty() {
        return Ok(());
    }
    xml.create_element(name).write_text_content(BytesText::new(&clean(content)))?;
    Ok(())
}

/// What XML has a place for (XML 1.0 section 2.2): no control characters, and two characters that are none.
pub(super) fn clean(content: &str) -> String {
    let fits = |c: &char| (!c.is_control() || "\n\t".contains(*c)) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    content.chars().filter(fits).collect()
}
