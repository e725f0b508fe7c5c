//! Requests that another site made somebody's browser send.

use http::{HeaderMap, Method, header};

/// Whether a browser says that a page of another site is behind an unsafe request: by `Sec-Fetch-Site`, or by
/// `Origin` where the browser is too old for it. Programs send neither; they have no cookies to be abused.
#[must_use]
pub fn is_cross_site(method: &Method, headers: &HeaderMap, own_origin: Option<&str>) -> bool {
    if method.is_safe() {
        return false;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else {
        return false;
    };
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let is_own = own_origin.is_some_and(|own| own.eq_ignore_ascii_case(origin))
        || origin.split_once("://").is_some_and(|(_, of)| !of.is_empty() && of.eq_ignore_ascii_case(host));
    !is_own
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_ones_own_pages_may_change_anything() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            pairs
                .iter()
                .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect::<HeaderMap>()
        };
        let host = ("host", "map.example");
        for (pairs, refused) in [
            (&[host][..], false),
            (&[host, ("sec-fetch-site", "same-origin")], false),
            (&[host, ("sec-fetch-site", "none")], false),
            (&[host, ("sec-fetch-site", "same-site")], true),
            (&[host, ("sec-fetch-site", "cross-site"), ("origin", "https://map.example")], true),
            (&[host, ("origin", "https://map.example")], false),
            (&[host, ("origin", "https://public.example")], false),
            (&[host, ("origin", "https://evil.example")], true),
            (&[host, ("origin", "null")], true),
            (&[("origin", "https://")], true),
        ] {
            let refuses = is_cross_site(&Method::POST, &headers(pairs), Some("https://public.example"));
            assert_eq!(refuses, refused, "{pairs:?}");
        }
        assert!(!is_cross_site(&Method::GET, &headers(&[("sec-fetch-site", "cross-site")]), None));
    }
}
