//! Taking a list apart without reading its items, so that one that is broken never touches the others.
//!
//! `serde_json` reads a document whole: a single `NaN` in one visit would lose five hundred. Here only brackets and quotation
//! marks are followed; each item is then read by itself.

/// It is no object with such a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no object with the expected list")]
pub struct BadEnvelope;

/// A member of an object: its name, and its value as it stands.
type Member<'a> = (String, &'a [u8]);

/// The members of an object, each value as it stands.
///
/// # Errors
/// When it is no object, or its brackets do not fit.
pub fn members(bytes: &[u8]) -> Result<Vec<Member<'_>>, BadEnvelope> {
    let parts = split(bytes, b'{', b'}')?;
    parts
        .into_iter()
        .map(|part| {
            let end = string_end(part).ok_or(BadEnvelope)?;
            let name = serde_json::from_slice(&part[..end]).map_err(|_| BadEnvelope)?;
            let rest = trim(&part[end..]);
            let value = rest.strip_prefix(b":").map(trim).filter(|value| !value.is_empty());
            Ok((name, value.ok_or(BadEnvelope)?))
        })
        .collect()
}

/// The items of a list, each as it stands.
///
/// # Errors
/// When it is no list, or its brackets do not fit.
pub fn items(bytes: &[u8]) -> Result<Vec<&[u8]>, BadEnvelope> {
    split(bytes, b'[', b']')
}

fn trim(bytes: &[u8]) -> &[u8] {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let start = bytes.iter().position(|byte| !is_space(byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_space(byte)).map_or(start, |last| last + 1);
    &bytes[start..end]
}

/// Where a string that begins here ends.
fn string_end(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// What stands between the commas of the outermost brackets.
fn split(bytes: &[u8], open: u8, close: u8) -> Result<Vec<&[u8]>, BadEnvelope> {
    let bytes = trim(bytes);
    let inner =
        bytes.strip_prefix(&[open]).and_then(|rest| rest.strip_suffix(&[close])).ok_or(BadEnvelope)?;
    if trim(inner).is_empty() {
        return Ok(Vec::new());
    }
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    let mut closing = Vec::new();
    while let Some(byte) = inner.get(at) {
        match byte {
            b'"' => {
                at += string_end(&inner[at..]).ok_or(BadEnvelope)?;
                continue;
            }
            b'{' => closing.push(b'}'),
            b'[' => closing.push(b']'),
            b'}' | b']' if closing.pop() != Some(*byte) => return Err(BadEnvelope),
            b',' if closing.is_empty() => {
                parts.push(trim(&inner[start..at]));
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    parts.push(trim(&inner[start..]));
    if !closing.is_empty() || parts.iter().any(|part| part.is_empty()) {
        return Err(BadEnvelope);
    }
    Ok(parts)
}

/// The envelope of a list that is sent: its items as they stand, and the phone's own time when it sent them.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// The items.
    pub items: Vec<&'a [u8]>,
    /// The phone's time.
    pub sent_at: Option<crate::clock::Timestamp>,
}

impl<'a> Envelope<'a> {
    /// Reads `{"<list>": [...], "sent_at": "..."}`. Other members are left alone.
    ///
    /// # Errors
    /// When it is no such object, or names a member twice.
    pub fn read(bytes: &'a [u8], list: &str) -> Result<Self, BadEnvelope> {
        let (mut found, mut sent_at) = (None, None);
        for (name, value) in members(bytes)? {
            if name == list {
                if found.replace(items(value)?).is_some() {
                    return Err(BadEnvelope);
                }
            } else if name == "sent_at" {
                let text: Option<String> = serde_json::from_slice(value).map_err(|_| BadEnvelope)?;
                let at = text.map(|text| text.parse().map_err(|_| BadEnvelope)).transpose()?;
                if sent_at.replace(at).is_some() {
                    return Err(BadEnvelope);
                }
            }
        }
        Ok(Self { items: found.ok_or(BadEnvelope)?, sent_at: sent_at.flatten() })
    }
}

/// The id that an item names, even when it cannot be read as a whole: for the answer.
#[must_use]
pub fn item_id(item: &[u8]) -> Option<String> {
    let members = members(item).ok()?;
    let (_, value) = members.into_iter().find(|(name, _)| name == "id")?;
    serde_json::from_slice::<String>(value).ok().filter(|id| id.len() <= 64)
}
