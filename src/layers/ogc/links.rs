//! Links between resources.

use serde_json::{Value, json};

use crate::{
    catalogue::LayerId,
    http::{Head, Representation, Site},
};

/// Makes the links of one response.
pub(super) struct Links {
    base: String,
}

impl Links {
    pub(super) fn new(site: &Site, head: &Head) -> Self {
        Self { base: site.base_url(&head.headers, head.secure) }
    }

    /// The deployment's address, without a slash at its end.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn ogc(&self, path: &str) -> String {
        format!("{}/ogc{path}", self.base)
    }

    pub(super) fn collection(&self, layer: LayerId, path: &str) -> String {
        format!("{}/ogc/collections/{layer}{path}", self.base)
    }

    pub(super) fn download(&self, layer: LayerId, format: &str) -> String {
        format!("{}/api/layers/{layer}/export/{format}", self.base)
    }
}

pub(super) fn link(rel: &str, media_type: &str, title: &str, href: &str) -> Value {
    json!({ "rel": rel, "type": media_type, "title": title, "href": href })
}

/// `self` in the representation that is sent and `alternate` in the other.
pub(super) fn self_and_alternate(url: &str, sent: Representation, json_type: &str) -> [Value; 2] {
    let join = if url.contains('?') { '&' } else { '?' };
    let (own, other) = match sent {
        Representation::Json => ("json", "html"),
        Representation::Html => ("html", "json"),
    };
    let kind = |f: &str| if f == "json" { json_type } else { "text/html" };
    [
        link("self", kind(own), "This document", &format!("{url}{join}f={own}")),
        link("alternate", kind(other), "This document in another form", &format!("{url}{join}f={other}")),
    ]
}

/// Appends a link as JSON; `href` in pieces. For responses that are made thousands of times a second.
/// Addresses of ours are percent-encoded and titles plain, so that nothing needs escaping.
pub(super) fn write_link(rel: &str, media_type: &str, title: &str, href: &[&str], out: &mut String) {
    for text in ["{\"rel\":\"", rel, "\",\"type\":\"", media_type, "\",\"title\":\"", title, "\",\"href\":\""]
    {
        out.push_str(text);
    }
    for piece in href {
        out.push_str(piece);
    }
    out.push_str("\"}");
}

/// [`self_and_alternate`] of a resource sent as GeoJSON, appended as JSON.
pub(super) fn write_self_and_alternate(url: &str, out: &mut String) {
    let join = if url.contains('?') { "&f=" } else { "?f=" };
    write_link("self", "application/geo+json", "This document", &[url, join, "json"], out);
    out.push(',');
    write_link("alternate", "text/html", "This document in another form", &[url, join, "html"], out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_written_are_links_made() {
        for url in ["http://a/ogc/x", "http://a/ogc/x?limit=1"] {
            let mut text = String::from("[");
            write_self_and_alternate(url, &mut text);
            text.push(']');
            let written: Value = serde_json::from_str(&text).unwrap();
            let made = self_and_alternate(url, Representation::Json, "application/geo+json");
            assert_eq!(written, Value::from(made.to_vec()));
        }
    }
}
