//! `/api/routes` and `/api/designs`.

mod designs;
mod documents;
mod drafts;
mod ground;
mod inputs;
mod outputs;
mod pack;
mod problems;
mod published;
mod reviews;
mod service;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

pub use service::RoutesService;

/// The datasets in which published versions and their stops are records.
const ROUTES: &str = "walking-routes";
const STOPS: &str = "walking-stops";

/// The largest design, in bytes: thirty stops with every text as long as it may be.
const DESIGN_LIMIT: usize = 1024 * 1024;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &RoutesService) -> Routes {
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let (read, write) = (Access::Needs(Permission::ReadDesigns), Access::Needs(Permission::WriteDesigns));
    let decide = Access::Needs(Permission::DecideDesigns);
    let public = Access::Public;
    Routes::new(&[Surface::Public, Surface::Staff])
        .route(get.clone(), "/api/routes", public, published::list, service)
        .route(get.clone(), "/api/routes/{route}", public, published::read, service)
        .route(get.clone(), "/api/routes/{route}/pack", public, pack::pack, service)
        .route(get.clone(), "/api/routes/{route}/versions/{number}", public, published::version, service)
        .route(get.clone(), "/api/routes/{route}/export/{format}", public, outputs::export, service)
        .route(get.clone(), "/api/routes/{route}/sheet.pdf", public, outputs::sheet, service)
        .route(get.clone(), "/api/photos/{photo}", public, inputs::photo, service)
        .route(get.clone(), "/r/{code}", public, outputs::route_link, service)
        .route(get.clone(), "/s/{code}", public, outputs::stop_link, service)
        .merge(Routes::new(&[Surface::Staff]).route(
            get.clone(),
            "/api/routes/{route}/posters.pdf",
            read,
            outputs::posters,
            service,
        ))
        .merge(
            Routes::new(&[Surface::Staff])
                .route(post.clone(), "/api/designs/import", write, inputs::import, service)
                .route(post.clone(), "/api/routes/{route}/photos", write, inputs::add_photo, service)
                .body_limit(inputs::FILE_LIMIT),
        )
        .merge(
            Routes::new(&[Surface::Staff])
                .route(get.clone(), "/api/designs", read, designs::list, service)
                .route(get.clone(), "/api/designs/coverage", read, designs::coverage, service)
                .route(get.clone(), "/api/routes/{route}/draft", read, drafts::read, service)
                .route(get, "/api/routes/{route}/changes", read, designs::changes, service)
                .route(post.clone(), "/api/designs", write, designs::create, service)
                .route(put, "/api/routes/{route}/draft", write, drafts::save, service)
                .route(post.clone(), "/api/routes/{route}/draft", write, drafts::begin, service)
                .route(delete, "/api/routes/{route}/draft", write, drafts::discard, service)
                .route(post.clone(), "/api/routes/{route}/clone", write, designs::clone, service)
                .route(post.clone(), "/api/routes/{route}/archive", write, designs::archive, service)
                .route(post.clone(), "/api/routes/{route}/restore", write, designs::restore, service)
                .route(post.clone(), "/api/routes/{route}/draft/submit", write, reviews::submit, service)
                .route(post.clone(), "/api/routes/{route}/draft/withdraw", write, reviews::withdraw, service)
                .route(
                    post.clone(),
                    "/api/routes/{route}/draft/send_back",
                    decide,
                    reviews::send_back,
                    service,
                )
                .route(post, "/api/routes/{route}/draft/publish", decide, reviews::publish, service)
                .body_limit(DESIGN_LIMIT),
        )
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(
    published::list,
    published::read,
    published::version,
    pack::pack,
    outputs::export,
    outputs::sheet,
    outputs::posters,
    inputs::import,
    inputs::add_photo,
    inputs::photo,
    designs::list,
    designs::create,
    designs::coverage,
    designs::changes,
    designs::clone,
    designs::archive,
    designs::restore,
    drafts::read,
    drafts::save,
    drafts::begin,
    drafts::discard,
    reviews::submit,
    reviews::withdraw,
    reviews::send_back,
    reviews::publish
))]
pub struct RoutesApi;
