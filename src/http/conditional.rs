//! Conditional requests (RFC 9110 section 13): answering 304 when the client has it already.

use std::hash::{Hash, Hasher};

use http::{HeaderMap, HeaderValue, header};

use crate::clock::Timestamp;

use super::encoding::Coding;

/// What an entity tag is made from: everything that the response follows from, except its coding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag(String);

impl Tag {
    /// The tag of a response that follows from `content` (the tag of a snapshot) and `question`.
    #[must_use]
    pub fn new(content: &str, question: &impl Hash) -> Self {
        // SipHash with fixed keys: the same in every process of the same release.
        #[expect(deprecated, reason = "DefaultHasher promises no stable output, SipHasher does")]
        let mut hasher = std::hash::SipHasher::new();
        question.hash(&mut hasher);
        Self(format!("{content}{:016x}", hasher.finish()))
    }

    /// The strong entity tag of the response in that coding.
    #[must_use]
    pub fn header(&self, coding: Coding) -> HeaderValue {
        // Hexadecimal digits, and a suffix of ours.
        HeaderValue::try_from(format!("\"{}{}\"", self.0, coding.tag_suffix()))
            .unwrap_or_else(|_| HeaderValue::from_static("\"\""))
    }

    /// The tag among those of `If-None-Match` that names the same content in whichever coding.
    fn matching(&self, if_none_match: &HeaderMap) -> Option<HeaderValue> {
        if_none_match
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .find_map(|tag| {
                let tag = tag.trim();
                let opaque = tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?;
                let suffix = opaque.strip_prefix(self.0.as_str())?;
                [Coding::Identity, Coding::Gzip, Coding::Brotli, Coding::Zstd]
                    .into_iter()
                    .find(|coding| coding.tag_suffix() == suffix)
                    .map(|coding| self.header(coding))
            })
    }

    /// The tag to answer 304 with, or `None` when the response has to be sent.
    #[must_use]
    pub fn not_modified(&self, headers: &HeaderMap, modified: Option<Timestamp>) -> Option<HeaderValue> {
        if let Some(value) = headers.get(header::IF_NONE_MATCH) {
            // With If-None-Match, If-Modified-Since does not count (RFC 9110 section 13.1.3).
            return if value.as_bytes() == b"*" {
                Some(self.header(Coding::Identity))
            } else {
                self.matching(headers)
            };
        }
        let since = headers.get(header::IF_MODIFIED_SINCE)?.to_str().ok()?;
        let since = jiff::fmt::rfc2822::parse(since).ok()?.timestamp();
        (modified?.as_second() <= since.as_second()).then(|| self.header(Coding::Identity))
    }
}

/// When something last changed, ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Modified {
    moment: Timestamp,
    header: HeaderValue,
}

impl Modified {
    /// Changed at `moment`.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        // Every moment between the years 1 and 9999 has an HTTP date.
        let header = http_date(moment).unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"));
        Self { moment, header }
    }

    /// The moment.
    #[must_use]
    pub const fn moment(&self) -> Timestamp {
        self.moment
    }

    /// `Last-Modified`.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        self.header.clone()
    }
}

/// A moment as HTTP writes it, `Fri, 20 Nov 2026 00:00:00 GMT`.
fn http_date(moment: Timestamp) -> Option<HeaderValue> {
    let text = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&moment).ok()?;
    HeaderValue::try_from(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_same_question_has_the_same_tag() {
        assert_eq!(Tag::new("v", &"q"), Tag::new("v", &"q"));
        assert_ne!(Tag::new("v", &"q"), Tag::new("w", &"q"));
        assert_ne!(Tag::new("v", &"q"), Tag::new("v", &"r"));
        assert_ne!(Tag::new("v", &"q").header(Coding::Gzip), Tag::new("v", &"q").header(Coding::Zstd));
    }

    #[test]
    fn a_known_tag_in_any_coding_is_not_sent_again() {
        let tag = Tag("abc".into());
        for (value, known) in [
            ("\"abc\"", true),
            ("\"abc-g\"", true),
            ("W/\"abc-b\"", true),
            ("\"x\", \"abc-z\"", true),
            ("*", true),
            ("\"abcd\"", false),
            ("\"ab\"", false),
            ("abc", false),
            ("", false),
        ] {
            let asked = headers(header::IF_NONE_MATCH, value);
            assert_eq!(tag.not_modified(&asked, None).is_some(), known, "{value}");
        }
    }

    #[test]
    fn a_date_counts_in_whole_seconds() {
        let tag = Tag("abc".into());
        let modified: Timestamp = "2026-11-20T00:00:00.9Z".parse().unwrap();
        assert_eq!(http_date(modified).unwrap(), "Fri, 20 Nov 2026 00:00:00 GMT");
        for (value, known) in [
            ("Fri, 20 Nov 2026 00:00:00 GMT", true),
            ("Thu, 19 Nov 2026 23:59:59 GMT", false),
            ("yesterday", false),
        ] {
            let asked = headers(header::IF_MODIFIED_SINCE, value);
            assert_eq!(tag.not_modified(&asked, Some(modified)).is_some(), known, "{value}");
        }
    }
}
