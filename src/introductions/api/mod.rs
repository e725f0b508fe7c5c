//! `/api/me/introduction`, `/api/housing/introductions`, and the links of chairs.

mod documents;
mod giving;
mod giving_documents;
mod links;
mod mine;
mod shared;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

pub use shared::IntroductionsService;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &IntroductionsService) -> Routes {
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let needs = Access::Needs;
    let (own, consent) = (needs(Permission::ReadMyIntroduction), needs(Permission::WriteMyIntroduction));
    let (read, give) = (needs(Permission::ReadIntroductions), needs(Permission::GiveIntroductions));
    // Residents look at it from anywhere, and chairs have no network of the ward's.
    let everywhere = Routes::new(&[Surface::Staff, Surface::Register])
        .route(get.clone(), "/api/me/introduction", own, mine::read, service)
        .route(put, "/api/me/introduction", consent, mine::consent, service)
        .route(delete, "/api/me/introduction", consent, mine::withdraw, service)
        .route(post.clone(), "/api/introductions/check", Access::Public, links::check, service)
        .route(post.clone(), "/api/introductions/open", Access::Public, links::open, service);
    Routes::new(&[Surface::Register])
        .route(get, "/api/housing/introductions", read, giving::list, service)
        .route(post.clone(), "/api/housing/introductions/sheets", give, giving::make, service)
        .route(post, "/api/housing/introductions/sheets/{sheet}/revocation", give, giving::revoke, service)
        .merge(everywhere)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(
    mine::read,
    mine::consent,
    mine::withdraw,
    giving::list,
    giving::make,
    giving::revoke,
    links::check,
    links::open
))]
pub struct IntroductionsApi;
