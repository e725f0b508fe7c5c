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
        Self { base: site.base_url(&head.headers) }
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
