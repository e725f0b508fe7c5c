//! Headers by which browsers keep foreign code, frames and curious pages away.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{BaseMap, Peer, Site};

/// Whose pages may show the public map in a frame (`/?embed=1`). No other page can ever be framed by others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// Anybody's: the map is open data.
    Anybody,
    /// Only this service's own.
    Nobody,
    /// Those of these origins, such as `https://www.city.example.lg.jp`.
    Origins(Vec<String>),
}

impl Embedding {
    /// What `frame-ancestors` lists.
    fn ancestors(&self) -> String {
        match self {
            Self::Anybody => "*".into(),
            Self::Nobody => "'self'".into(),
            Self::Origins(origins) => format!("'self' {}", origins.join(" ")),
        }
    }
}

/// The policy of everything that is no page of the browser app.
const STRICT: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// What a page may ask of the device. The map asks where one is; slips with codes are read by camera.
const PERMISSIONS: &str =
    "geolocation=(self), camera=(self), microphone=(), display-capture=(), payment=(), usb=()";

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Adds what every response has. What a handler has set stays.
pub fn secure(headers: &mut HeaderMap, peer: Peer) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    // What any page may read (open data), any page may load.
    let is_open = headers.get(header::ACCESS_CONTROL_ALLOW_ORIGIN).is_some_and(|origin| origin == "*");
    let reach = if is_open { "cross-origin" } else { "same-origin" };
    headers.entry(CROSS_ORIGIN_RESOURCE_POLICY).or_insert(HeaderValue::from_static(reach));
    headers
        .entry(header::REFERRER_POLICY)
        .or_insert(HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(STRICT));
    if peer.secure {
        // Over an unencrypted connection anybody could have said it, and browsers do not heed it.
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

/// Adds the policy of a page of the browser app. `framed` says who may frame it; nobody else, without.
pub fn secure_page(headers: &mut HeaderMap, site: &Site, framed: Option<&Embedding>) {
    let tiles = site.base_map.as_ref().and_then(BaseMap::origin).map(|origin| format!(" {origin}"));
    let tiles = tiles.as_deref().unwrap_or_default();
    // To be shown, tiles are images; to be kept, they are fetched.
    let kept = if site.base_map.as_ref().is_some_and(|map| map.offline) { tiles } else { "" };
    let ancestors = framed.unwrap_or(&Embedding::Nobody).ancestors();
    let policy = format!(
        "default-src 'self'; img-src 'self' data:{tiles}; connect-src 'self'{kept}; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors {ancestors}"
    );
    // Both parts were checked when they were configured; were they not, the strict policy stays.
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    match framed {
        None | Some(Embedding::Nobody) => {}
        // Pages that are isolated themselves may frame only what says that it may be loaded.
        Some(_) => {
            headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        }
    }
}
