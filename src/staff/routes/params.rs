//! What the handlers share: days in addresses, links, versions.

use std::fmt::Write as _;

use http::{HeaderMap, HeaderValue, header};

use crate::{
    clock::Date,
    db::DbError,
    http::{Message, Problem, ProblemKind},
};

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
pub(super) fn internal(error: DbError) -> Problem {
    Problem::internal(&error)
}

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

/// The tag of a version.
pub(super) fn tag(version: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// The version that a change means.
pub(super) fn meant_version(headers: &HeaderMap) -> Result<i64, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Err(Problem::new(
            ProblemKind::PreconditionRequired,
            Message::new(
                "どの時点の内容を変えるのかが分かりません。画面を開き直して、もう一度お試しください。",
                "It is not clear which version is to be changed (If-Match). Please open the page again.",
            ),
        ));
    };
    let text = value.to_str().unwrap_or_default().trim();
    text.trim_matches('"').parse().map_err(|_| changed_meanwhile())
}

pub(super) fn changed_meanwhile() -> Problem {
    Problem::new(
        ProblemKind::PreconditionFailed,
        Message::new(
            "ほかの人が先に変更しました。最新の内容を確かめてから、もう一度お試しください。",
            "Somebody else changed it meanwhile. Please look at it again, and then try again.",
        ),
    )
}
