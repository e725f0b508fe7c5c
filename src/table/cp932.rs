//! CP932, the Shift JIS of Windows.
//!
//! It has 髙 and 﨑, but not 𠮷, nor what a ward made itself (外字). A name with another character in it is another name, and whatever
//! reads the file would never know: so nothing is replaced, and the characters that are lacking are named.
//!
//! Nine signs of JIS X 0208 stand twice in Unicode, and only one of the two is what Windows calls it: those are written as the same
//! sign ([`SAME_SIGN`]).

use std::fmt;

/// Signs of JIS X 0208 by the name that Windows does not know, and by the one that it does.
const SAME_SIGN: [(char, char); 9] = [
    ('\u{301c}', '\u{ff5e}'), // 〜 ～
    ('\u{2016}', '\u{2225}'), // ‖ ∥
    ('\u{2212}', '\u{ff0d}'), // − －
    ('\u{2014}', '\u{2015}'), // — ―
    ('\u{a2}', '\u{ffe0}'),   // ¢ ￠
    ('\u{a3}', '\u{ffe1}'),   // £ ￡
    ('\u{ac}', '\u{ffe2}'),   // ¬ ￢
    // Else the encoder would make a backslash and a tilde of these.
    ('\u{a5}', '\u{ffe5}'),   // ¥ ￥
    ('\u{203e}', '\u{ffe3}'), // ‾ ￣
];

/// Characters that CP932 lacks, each once, in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Lacking(pub Vec<char>);

impl fmt::Display for Lacking {
    /// The first few of them, each with its number: `𠮷 (U+20BB7)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 8;
        for (index, c) in self.0.iter().take(SHOWN).enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{c} (U+{:04X})", u32::from(*c))?;
        }
        if self.0.len() > SHOWN { f.write_str(", …") } else { Ok(()) }
    }
}

/// A text as Windows calls its signs.
pub(super) fn as_windows(text: &str) -> String {
    let known = |c: char| SAME_SIGN.iter().find(|(other, _)| *other == c).map_or(c, |(_, known)| *known);
    text.chars().map(known).collect()
}

/// A text in CP932.
///
/// # Errors
/// The characters that it lacks.
pub(super) fn encoded(text: &str) -> Result<Vec<u8>, Lacking> {
    let text = as_windows(text);
    let (bytes, _, is_lacking) = encoding_rs::SHIFT_JIS.encode(&text);
    if !is_lacking {
        return Ok(bytes.into_owned());
    }
    let mut lacking = Vec::new();
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if encoding_rs::SHIFT_JIS.encode(c.encode_utf8(&mut [0; 4])).2 && !lacking.contains(&c) {
            lacking.push(c);
        }
    }
    Err(Lacking(lacking))
}
