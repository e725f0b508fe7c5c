//! The encoding of a file's text.

use std::borrow::Cow;

/// An encoding that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// CP932, the Shift JIS of Windows.
    Cp932,
}

/// The bytes are text in no encoding that is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Neither encoding fits.
    #[error(
        "the text is neither UTF-8 (it breaks at byte {utf8_breaks_at}) nor CP932 (it breaks near \
         line {cp932_breaks_at_line}): save it again as UTF-8"
    )]
    Undecodable {
        /// The first byte that is not UTF-8.
        utf8_breaks_at: usize,
        /// The line with the first byte that is not CP932.
        cp932_breaks_at_line: usize,
    },
    /// Zero bytes: UTF-16 or no text at all.
    #[error("the file holds zero bytes: it is UTF-16 or no text; save it again as UTF-8")]
    ZeroBytes,
}

/// The text of a file. UTF-8 is tried over the whole file first, then CP932: Japanese text in one is
/// practically never valid in the other. No byte is ever replaced.
///
/// # Errors
/// When it is valid in neither.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), BadText> {
    const BOM: &[u8] = b"\xef\xbb\xbf";
    if memchr::memchr(0, bytes).is_some() {
        return Err(BadText::ZeroBytes);
    }
    let utf8 = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let broken = match std::str::from_utf8(utf8) {
        Ok(text) => return Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(error) => error.valid_up_to(),
    };
    match encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((text, Encoding::Cp932)),
        None => Err(BadText::Undecodable {
            utf8_breaks_at: broken,
            cp932_breaks_at_line: first_broken_line(bytes),
        }),
    }
}

/// Line breaks are never part of a two-byte character, so lines can be tried one by one.
fn first_broken_line(bytes: &[u8]) -> usize {
    let decodes = |line: &[u8]| {
        encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(line).is_some()
    };
    bytes.split(|byte| *byte == b'\n').take_while(|line| decodes(line)).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_told_by_the_bytes() {
        assert_eq!(decode("名称".as_bytes()).unwrap(), ("名称".into(), Encoding::Utf8));
        assert_eq!(decode("\u{feff}名称".as_bytes()).unwrap(), ("名称".into(), Encoding::Utf8));
        let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode("名称,髙橋①");
        assert_eq!(decode(&cp932).unwrap(), ("名称,髙橋①".into(), Encoding::Cp932));
    }

    #[test]
    fn bytes_of_no_encoding_are_refused_with_their_place() {
        let mut bytes = "名称\n一\n".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xff\xff\n");
        assert_eq!(decode(&bytes), Err(BadText::Undecodable { utf8_breaks_at: 11, cp932_breaks_at_line: 3 }));
        assert_eq!(decode(b"a\0b"), Err(BadText::ZeroBytes));
    }
}
