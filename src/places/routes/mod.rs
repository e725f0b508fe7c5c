//! `/api/datasets` and `/api/places`: keeping the map true.

mod datasets;
mod documents;
mod import;
mod places;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

use super::PlacesService;

/// The largest file that is imported over HTTP, in bytes. Larger ones are for the command.
const FILE_LIMIT: usize = 64 * 1024 * 1024;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &PlacesService) -> Routes {
    let (get, post, patch) = (Method::GET, Method::POST, Method::PATCH);
    let read_datasets = Access::Needs(Permission::ReadDatasets);
    let write_datasets = Access::Needs(Permission::WriteDatasets);
    let import_datasets = Access::Needs(Permission::ImportDatasets);
    let (read, write) = (Access::Needs(Permission::ReadPlaces), Access::Needs(Permission::WritePlaces));
    let files = Routes::new(&[Surface::Staff])
        .route(post.clone(), "/api/datasets/{dataset}/preview", import_datasets, import::preview, service)
        .route(post.clone(), "/api/datasets/{dataset}/import", import_datasets, import::import, service)
        .body_limit(FILE_LIMIT);
    Routes::new(&[Surface::Staff])
        .route(get.clone(), "/api/datasets", read_datasets, datasets::list, service)
        .route(post.clone(), "/api/datasets/{dataset}/confirm", write_datasets, datasets::confirm, service)
        .route(
            post.clone(),
            "/api/datasets/{dataset}/unconfirm",
            write_datasets,
            datasets::unconfirm,
            service,
        )
        .route(get.clone(), "/api/places", read, places::list, service)
        .route(post.clone(), "/api/places", write, places::create, service)
        .route(get.clone(), "/api/places/{place}", read, places::read, service)
        .route(patch, "/api/places/{place}", write, places::change, service)
        .route(post.clone(), "/api/places/{place}/retire", write, places::retire, service)
        .route(post.clone(), "/api/places/{place}/restore", write, places::restore, service)
        .route(post, "/api/places/{place}/undo", write, places::undo, service)
        .route(get, "/api/places/{place}/history", read, places::history, service)
        .merge(files)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(
    datasets::list,
    datasets::confirm,
    datasets::unconfirm,
    import::preview,
    import::import,
    places::list,
    places::create,
    places::read,
    places::change,
    places::retire,
    places::restore,
    places::undo,
    places::history
))]
pub struct PlacesApi;
