//! Versions of what several people change: `ETag` names one, `If-Match` says which one somebody saw.

use http::{HeaderMap, HeaderValue, header};

use super::{Message, Problem, ProblemKind};

/// The tag of a version.
#[must_use]
pub fn version_tag(version: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// The version that a change means.
///
/// # Errors
/// When the request does not say (428), or says what no version is called (412).
pub fn meant_version(headers: &HeaderMap) -> Result<i64, Problem> {
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

/// Somebody else changed it first.
#[must_use]
pub fn changed_meanwhile() -> Problem {
    Problem::new(
        ProblemKind::PreconditionFailed,
        Message::new(
            "ほかの人が先に変更しました。最新の内容を確かめてから、もう一度お試しください。",
            "Somebody else changed it meanwhile. Please look at it again, and then try again.",
        ),
    )
}
