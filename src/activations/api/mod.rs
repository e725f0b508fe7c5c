//! `/api/activations` and `/api/me/activation`.

mod activations;
mod answers;
mod documents;
mod events;
mod export;
mod mine;
mod mine_documents;
mod muster;
mod review;
mod review_documents;
mod shared;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

pub use shared::ActivationsService;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &ActivationsService) -> Routes {
    let (get, post) = (Method::GET, Method::POST);
    let needs = Access::Needs;
    let (read, run) = (needs(Permission::ReadRollCall), needs(Permission::RunActivations));
    let own = needs(Permission::AnswerActivations);
    let register = Routes::new(&[Surface::Register])
        .route(get.clone(), "/api/activations", read, activations::list, service)
        .route(post.clone(), "/api/activations", run, activations::declare, service)
        .route(get.clone(), "/api/activations/{activation}", read, activations::one, service)
        .route(post.clone(), "/api/activations/{activation}/end", run, activations::end, service)
        .route(post.clone(), "/api/activations/{activation}/answers", run, answers::enter, service)
        .route(get.clone(), "/api/activations/{activation}/events", read, events::events, service)
        .route(get.clone(), "/api/activations/{activation}/review", read, review::review, service)
        .route(get.clone(), "/api/activations/{activation}/export", read, export::export, service)
        .route(
            Method::PUT,
            "/api/housing/residencies/{residency}/muster",
            needs(Permission::WriteRegister),
            muster::put,
            service,
        );
    // Residents answer from anywhere.
    let mine = Routes::new(&[Surface::Staff, Surface::Register])
        .route(get, "/api/me/activation", own, mine::activation, service)
        .route(post, "/api/me/activation/answers", own, mine::answer, service);
    register.merge(mine)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(
    activations::list,
    activations::declare,
    activations::one,
    activations::end,
    answers::enter,
    events::events,
    review::review,
    export::export,
    muster::put,
    mine::activation,
    mine::answer
))]
pub struct ActivationsApi;
