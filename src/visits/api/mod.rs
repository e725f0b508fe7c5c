//! `/api/visits`, `/api/observations`, and what of them is one's own below `/api/me`.

mod decide;
mod documents;
mod imports;
mod mine;
mod observations;
mod photos;
mod send;
mod shared;
mod trainer;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

pub use shared::VisitsService;

/// The largest batch of visits, in bytes: five hundred with all that a phone writes.
const BATCH_LIMIT: usize = 2 * 1024 * 1024;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &VisitsService) -> Routes {
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    let (read, write) = (Access::Needs(Permission::ReadVisits), Access::Needs(Permission::WriteVisits));
    let (trainer, import) =
        (Access::Needs(Permission::DecideVisits), Access::Needs(Permission::ImportVisits));
    let staff = || Routes::new(&[Surface::Staff]);
    staff()
        .route(post.clone(), "/api/visits", write, send::visits, service)
        .route(post.clone(), "/api/visits/{visit}/additions", write, send::additions, service)
        .route(post.clone(), "/api/observations", write, observations::send, service)
        .body_limit(BATCH_LIMIT)
        .merge(
            staff()
                .route(put, "/api/visits/{visit}/photos/{photo}", write, photos::send, service)
                .body_limit(photos::FILE_LIMIT),
        )
        .merge(
            staff()
                .route(post.clone(), "/api/visits/imports", import, imports::import, service)
                .body_limit(imports::FILE_LIMIT),
        )
        .merge(
            staff()
                .route(get.clone(), "/api/me/visits", read, mine::visits, service)
                .route(get.clone(), "/api/me/walks", read, mine::walks, service)
                .route(get.clone(), "/api/me/observations", read, observations::mine, service)
                .route(get.clone(), "/api/visits/{visit}/photos/{photo}", read, photos::read, service)
                .route(get.clone(), "/api/visits/{visit}/photos/{photo}/state", read, photos::state, service)
                .route(get.clone(), "/api/visits", trainer, trainer::list, service)
                .route(post.clone(), "/api/visits/decisions", trainer, decide::several, service)
                .route(post.clone(), "/api/visits/{visit}/decision", trainer, decide::decide, service)
                .route(post.clone(), "/api/visits/{visit}/void", trainer, decide::void, service)
                .route(get, "/api/observations", trainer, observations::list, service)
                .route(
                    post,
                    "/api/observations/{observation}/answer",
                    trainer,
                    observations::answer,
                    service,
                ),
        )
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(
    components(schemas(trainer::ListState, observations::ListState)),
    paths(
        send::visits,
        send::additions,
        photos::send,
        photos::read,
        photos::state,
        mine::visits,
        mine::walks,
        trainer::list,
        decide::decide,
        decide::void,
        decide::several,
        imports::import,
        observations::send,
        observations::mine,
        observations::list,
        observations::answer
    )
)]
pub struct VisitsApi;
