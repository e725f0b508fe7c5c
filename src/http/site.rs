//! What this deployment says of itself to people.

use std::path::PathBuf;

use http::{HeaderMap, header};

use crate::{geo::Bbox, text::Text3};

use super::Embedding;

/// One deployment's face: what is configured, not what is stored.
#[derive(Clone, Debug)]
pub struct Site {
    /// The address under which it is known, without a slash at its end. Without one, links follow the
    /// `Host` of the request.
    pub public_url: Option<String>,
    /// The municipality it serves.
    pub municipality: Municipality,
    /// The tiles under the map; none in a closed network.
    pub base_map: Option<BaseMap>,
    /// Whose pages may show the public map in a frame.
    pub embedding: Embedding,
    /// Whether it shows the demo ward.
    pub demo: bool,
    /// Whether people sign in here: not where only what is public is served.
    pub signs_in: bool,
    /// Where fonts for print are looked for.
    pub font_folders: Vec<PathBuf>,
}

/// The municipality that a deployment serves.
#[derive(Clone, Debug)]
pub struct Municipality {
    /// 全国地方公共団体コード, six digits.
    pub code: String,
    /// Its name.
    pub name: Text3,
    /// The box that the map opens on, while no boundary is known.
    pub bbox: Bbox,
}

/// Tiles in the usual XYZ scheme.
#[derive(Clone, Debug)]
pub struct BaseMap {
    /// `https://…/{z}/{x}/{y}.png`.
    pub url_template: String,
    /// What must be shown on the map.
    pub attribution: String,
    /// Where the attribution leads.
    pub attribution_url: String,
    /// The deepest zoom that the server has.
    pub max_zoom: u8,
    /// Whether phones may keep tiles for when they have no network: their owner has to allow it.
    pub offline: bool,
}

impl Site {
    /// The address that links of a response begin with, without a slash at its end. A `Host` that is
    /// no host is not repeated. What a proxy says of the host is not believed: `public_url` is for that.
    #[must_use]
    pub fn base_url(&self, headers: &HeaderMap, secure: bool) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let host = headers
            .get(header::HOST)
            .and_then(|value| value.to_str().ok())
            .filter(|host| {
                !host.is_empty()
                    && host.len() <= 255
                    && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b))
            })
            .unwrap_or("localhost");
        format!("{}://{host}", if secure { "https" } else { "http" })
    }
}

impl BaseMap {
    /// `https://host` of the tiles: what a page's content security policy has to allow.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        let host = self.url_template.find("://")? + 3;
        let end = self.url_template[host..].find('/').map_or(self.url_template.len(), |at| host + at);
        let origin = &self.url_template[..end];
        origin
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-:/{}".contains(&b))
            .then_some(origin)
            .filter(|origin| !origin.contains('{'))
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_forged_host_is_not_repeated() {
        let site = Site {
            public_url: None,
            municipality: Municipality {
                code: "131032".into(),
                name: Text3::new("港区", "Minato", "みなとく"),
                bbox: Bbox::EMPTY,
            },
            base_map: None,
            embedding: Embedding::Anybody,
            demo: false,
            signs_in: true,
            font_folders: Vec::new(),
        };
        let url = |host: &'static str| {
            site.base_url(&HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]), false)
        };
        assert_eq!(url("map.example:8080"), "http://map.example:8080");
        assert_eq!(url("evil\"><script>"), "http://localhost");
        let known = Site { public_url: Some("https://map.example".into()), ..site };
        assert_eq!(known.base_url(&HeaderMap::new(), true), "https://map.example");
    }

    #[test]
    fn the_tiles_origin_is_what_a_policy_can_name() {
        let origin = |template: &str| {
            let map = BaseMap {
                url_template: template.into(),
                attribution: String::new(),
                attribution_url: String::new(),
                max_zoom: 18,
                offline: false,
            };
            map.origin().map(str::to_owned)
        };
        assert_eq!(origin("https://t.example/{z}/{x}/{y}.png").as_deref(), Some("https://t.example"));
        assert_eq!(origin("https://t.example; script-src *"), None);
        assert_eq!(origin("nonsense"), None);
    }
}
