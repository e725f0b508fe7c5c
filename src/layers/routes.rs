//! `/api/layers`, `/api/search` and `/ogc`: the public layers over HTTP.

mod documents;
mod handlers;

use utoipa::OpenApi;

use axum::{Router, routing::get};
use tower_http::cors::{Any, CorsLayer};

use super::{LayersService, ogc};

/// The routes, for a service.
pub fn router(service: LayersService) -> Router {
    // Open data: any page may read it.
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([http::Method::GET, http::Method::HEAD])
        .allow_headers([http::header::IF_NONE_MATCH, http::header::IF_MODIFIED_SINCE])
        .expose_headers([http::header::ETAG, http::header::LINK, http::header::LAST_MODIFIED]);
    Router::new()
        .route("/api/settings", get(handlers::settings))
        .route("/api/layers", get(handlers::layers))
        .route("/api/layers/{layer}/features", get(handlers::features))
        .route("/api/layers/{layer}/features/{feature}", get(handlers::feature))
        .route("/api/layers/{layer}/export/{format}", get(handlers::export))
        .route("/api/search", get(handlers::search))
        .merge(ogc::router())
        .layer(cors)
        .with_state(service)
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
