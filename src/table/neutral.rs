//! No text becomes a formula.
//!
//! A spreadsheet takes a text for a formula that begins with `=`, `+`, `-` or `@`; Japanese ones do so with the full-width forms as
//! well, and some look past a tab or a line break. In front of such a text stands an apostrophe, by which spreadsheets know that
//! what follows is text. It stands there in every format, in workbooks too: a workbook may be saved as CSV later.

use std::borrow::Cow;

/// Whether a spreadsheet may take a text for a formula. The minus sign U+2212 becomes a full-width one in CP932.
fn is_risky(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\u{2212}'])
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands before it where one could.
///
/// ```
/// use machiaruki::table::neutralised;
/// assert_eq!(neutralised("=1+1"), "'=1+1");
/// assert_eq!(neutralised("＋81"), "'＋81");
/// assert_eq!(neutralised("1+1"), "1+1");
/// ```
#[must_use]
pub fn neutralised(text: &str) -> Cow<'_, str> {
    // Apostrophes that stood there already get one more, so that it can be taken away again.
    if is_risky(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was neutralised.
///
/// ```
/// use machiaruki::table::{neutralised, restored};
/// for text in ["=1+1", "'=1+1", "'90年代", "町会"] {
///     assert_eq!(restored(&neutralised(text)), text);
/// }
/// ```
#[must_use]
pub fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(bare) if is_risky(bare.trim_start_matches('\'')) => bare,
        _ => text,
    }
}
