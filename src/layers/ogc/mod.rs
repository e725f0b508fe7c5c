//! OGC API – Features 1.0 Part 1 over the public layers: <https://docs.ogc.org/is/17-069r4/17-069r4.html>.
//!
//! Every resource is JSON for programs and a page for people. Items are slices of a snapshot.

mod documents;
mod html;
mod items;
mod links;
mod openapi;
mod params;

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use http::{HeaderValue, Method};

use crate::{
    auth::{Access, Routes, Surface},
    catalogue::LayerId,
    http::{Content, Head, Message, Modified, Piece, Problem, Representation, Tag},
};

use super::{PlaceId, Snapshot, service::LayersService};

pub use documents::conformance_classes;
pub use openapi::openapi;
pub(in crate::layers) use params::bbox;

use links::Links;
use params::{Params, only};

/// Caches may keep an answer but ask each time whether it still holds.
const CACHE: &str = "public, no-cache";

/// The routes of `/ogc`, for a service.
pub fn routes(service: &LayersService) -> Routes {
    let (get, public) = (Method::GET, Access::Public);
    Routes::new(&Surface::ALL)
        .route(get.clone(), "/ogc", public, landing, service)
        .route(get.clone(), "/ogc/", public, landing, service)
        .route(get.clone(), "/ogc/api", public, api, service)
        .route(get.clone(), "/ogc/conformance", public, conformance, service)
        .route(get.clone(), "/ogc/collections", public, collections, service)
        .route(get.clone(), "/ogc/collections/{collection}", public, collection, service)
        .route(get.clone(), "/ogc/collections/{collection}/queryables", public, queryables, service)
        .route(get.clone(), "/ogc/collections/{collection}/items", public, items::items, service)
        .route(get, "/ogc/collections/{collection}/items/{feature}", public, items::item, service)
}

/// The layer that a path names.
fn layer(name: &str) -> Result<LayerId, Problem> {
    name.parse().map_err(|_| {
        Problem::not_found(Message::new(
            format!("「{}」というコレクションはありません。/ogc/collections に一覧があります。", shown(name)),
            format!("There is no collection {:?}. /ogc/collections lists them.", shown(name)),
        ))
    })
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The representation that `f` or `Accept` asks for.
fn representation(params: &Params, head: &Head) -> Result<Representation, Problem> {
    match params.get("f") {
        None => Ok(Representation::of(&head.headers)),
        Some("json") => Ok(Representation::Json),
        Some("html") => Ok(Representation::Html),
        Some(other) => Err(Problem::parameter(
            "f",
            Message::new(
                format!("f は json か html です(「{}」は使えません)。", shown(other)),
                format!("f is json or html, not {:?}.", shown(other)),
            ),
        )),
    }
}

/// A small document in the representation asked for.
async fn document(
    head: &Head,
    tag: Tag,
    media_type: &'static str,
    modified: Option<&Modified>,
    make: impl FnOnce() -> Vec<u8>,
) -> Response {
    if let Some(response) = head.not_modified(&tag, modified, CACHE) {
        return response;
    }
    let pieces = vec![Piece::Fresh(make().into())];
    head.respond(Content { media_type, tag, modified: modified.cloned(), cache: CACHE, pieces }).await
}

const JSON: &str = "application/json";
const GEOJSON: &str = "application/geo+json";
const HTML: &str = "text/html; charset=utf-8";
const SCHEMA: &str = "application/schema+json";
const OPENAPI_3_0: &str = "application/vnd.oai.openapi+json;version=3.0";

const fn media_type(representation: Representation, json: &'static str) -> &'static str {
    match representation {
        Representation::Json => json,
        Representation::Html => HTML,
    }
}

fn json(value: &serde_json::Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

async fn landing(
    State(service): State<LayersService>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let params = only(query.as_deref(), &["f"])?;
    let representation = representation(&params, &head)?;
    let links = Links::new(&service.site, &head);
    let tag = Tag::new("landing", &(representation, links.base(), env!("CARGO_PKG_VERSION")));
    Ok(document(&head, tag, media_type(representation, JSON), None, || match representation {
        Representation::Json => json(&documents::landing(&service.site, &links)),
        Representation::Html => html::landing(&service.site, &links),
    })
    .await)
}

async fn conformance(
    State(service): State<LayersService>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let params = only(query.as_deref(), &["f"])?;
    let representation = representation(&params, &head)?;
    let links = Links::new(&service.site, &head);
    let tag = Tag::new("conformance", &(representation, links.base(), env!("CARGO_PKG_VERSION")));
    Ok(document(&head, tag, media_type(representation, JSON), None, || match representation {
        Representation::Json => json(&documents::conformance()),
        Representation::Html => html::conformance(&service.site, &links),
    })
    .await)
}

async fn api(
    State(service): State<LayersService>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let params = only(query.as_deref(), &["f"])?;
    let representation = representation(&params, &head)?;
    let links = Links::new(&service.site, &head);
    let tag = Tag::new("api", &(representation, links.base(), env!("CARGO_PKG_VERSION")));
    Ok(document(&head, tag, media_type(representation, OPENAPI_3_0), None, || {
        let document = openapi(links.base());
        match representation {
            Representation::Json => json(&document),
            Representation::Html => html::api(&service.site, &links, &document),
        }
    })
    .await)
}

async fn collections(
    State(service): State<LayersService>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let params = only(query.as_deref(), &["f"])?;
    let representation = representation(&params, &head)?;
    let links = Links::new(&service.site, &head);
    let snapshots = service.layers.all();
    let tags: String = snapshots.iter().map(|snapshot| snapshot.tag()).collect();
    let modified =
        snapshots.iter().map(|snapshot| snapshot.modified()).max_by_key(|modified| modified.moment());
    let tag = Tag::new("collections", &(tags, representation, links.base()));
    Ok(document(&head, tag, media_type(representation, JSON), modified, || match representation {
        Representation::Json => json(&documents::collections(&snapshots, &links)),
        Representation::Html => html::collections(&service.site, &snapshots, &links),
    })
    .await)
}

async fn collection(
    State(service): State<LayersService>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let snapshot = service.layers.get(layer(&name)?);
    let params = only(query.as_deref(), &["f"])?;
    let representation = representation(&params, &head)?;
    let links = Links::new(&service.site, &head);
    let tag = Tag::new(snapshot.tag(), &("collection", representation, links.base()));
    let modified = snapshot.modified();
    Ok(document(&head, tag, media_type(representation, JSON), Some(modified), || match representation {
        Representation::Json => json(&documents::collection(&snapshot, &links)),
        Representation::Html => html::collection(&service.site, &snapshot, &links),
    })
    .await)
}

async fn queryables(
    State(service): State<LayersService>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    head: Head,
) -> Result<Response, Problem> {
    let layer = layer(&name)?;
    let params = only(query.as_deref(), &["f"])?;
    let representation = representation(&params, &head)?;
    let links = Links::new(&service.site, &head);
    let tag = Tag::new("queryables", &(layer, representation, links.base(), env!("CARGO_PKG_VERSION")));
    Ok(document(&head, tag, media_type(representation, SCHEMA), None, || match representation {
        Representation::Json => json(&documents::queryables(layer, &links)),
        Representation::Html => html::queryables(&service.site, layer, &links),
    })
    .await)
}

/// A `Link` header's value, when it can be one.
fn link_header(target: &str, rel: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("<{target}>; rel=\"{rel}\"")).ok()
}

/// The feature that a path names.
fn entry(snapshot: &Snapshot, id: &str) -> Result<super::snapshot::Entry, Problem> {
    id.parse::<PlaceId>().ok().and_then(|id| snapshot.find(id)).ok_or_else(|| {
        Problem::not_found(Message::new(
            "この番号の地物はありません。番号を確かめるか、一覧からお探しください。",
            "There is no feature with this id. Please check it, or look in the list.",
        ))
    })
}
