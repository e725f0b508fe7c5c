//! JSON for programs, HTML for people.

use http::{HeaderMap, header};

/// How a resource is represented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Representation {
    /// JSON, GeoJSON where there are features.
    Json,
    /// A page.
    Html,
}

impl Representation {
    /// What `Accept` likes best; JSON unless HTML is liked better or named first. An `Accept` that
    /// allows neither gets JSON: an answer in the wrong form is more use than none.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let Some(accept) = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else {
            return Self::Json;
        };
        let mut best = (Self::Json, 0.0_f32);
        for range in accept.split(',') {
            let mut pieces = range.split(';').map(str::trim);
            let representation = match pieces.next() {
                Some("text/html" | "application/xhtml+xml") => Self::Html,
                Some("application/json" | "application/geo+json" | "application/*" | "*/*") => Self::Json,
                _ => continue,
            };
            let quality = pieces.find_map(|piece| piece.strip_prefix("q=")?.parse().ok()).unwrap_or(1.0_f32);
            if quality > best.1 {
                best = (representation, quality);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn browsers_get_pages_and_programs_json() {
        let of = |accept: &'static str| {
            Representation::of(&HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]))
        };
        assert_eq!(Representation::of(&HeaderMap::new()), Representation::Json);
        assert_eq!(of("text/html,application/xhtml+xml,*/*;q=0.8"), Representation::Html);
        assert_eq!(of("*/*"), Representation::Json);
        assert_eq!(of("application/geo+json, text/html"), Representation::Json);
        assert_eq!(of("application/json;q=0.5, text/html"), Representation::Html);
        assert_eq!(of("image/png"), Representation::Json);
    }
}
