//! What the handlers share: days in addresses, links.

use std::fmt::Write as _;

use crate::{
    clock::Date,
    http::{Message, Problem},
};

/// A day of the query.
pub(super) fn day(name: &str, text: &str) -> Result<Date, Problem> {
    text.parse().map_err(|_| {
        Problem::impossible(
            name,
            Message::new(
                "日付を 2026-04-01 の形で指定してください。",
                "Please give the day like 2026-04-01.",
            ),
        )
    })
}

/// A query of an address; what is empty is left out.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                // Writing into memory cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
