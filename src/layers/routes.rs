//! `/api/layers`, `/api/search` and `/ogc`: the public layers over HTTP.

mod documents;
mod handlers;

pub(crate) use documents::FieldDocument;

use utoipa::OpenApi;

use http::Method;
use tower_http::cors::{Any, CorsLayer};

use crate::auth::{Access, Routes, Surface};

use super::{LayersService, ogc};

/// The routes, for a service.
pub fn routes(service: &LayersService) -> Routes {
    // Open data: any page may read it.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([http::header::IF_NONE_MATCH, http::header::IF_MODIFIED_SINCE])
        .expose_headers([http::header::ETAG, http::header::LINK, http::header::LAST_MODIFIED]);
    let (get, public) = (Method::GET, Access::Public);
    // Whoever walks or keeps the register sees the public layers on the same map.
    Routes::new(&Surface::ALL)
        .route(get.clone(), "/api/settings", public, handlers::settings, service)
        .route(get.clone(), "/api/layers", public, handlers::layers, service)
        .route(get.clone(), "/api/layers/{layer}/features", public, handlers::features, service)
        .route(get.clone(), "/api/layers/{layer}/features/{feature}", public, handlers::feature, service)
        .route(get.clone(), "/api/layers/{layer}/export/{format}", public, handlers::export, service)
        .route(get, "/api/search", public, handlers::search, service)
        .merge(ogc::routes(service))
        .map(|route| route.layer(cors.clone()))
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(
    paths(
        handlers::settings,
        handlers::layers,
        handlers::features,
        handlers::feature,
        handlers::export,
        handlers::search
    ),
    components(schemas(
        documents::SettingsDocument,
        documents::LayersDocument,
        documents::FeatureCollection,
        documents::Feature,
        documents::SearchDocument,
        crate::http::ProblemDocument
    ))
)]
pub struct LayersApi;
