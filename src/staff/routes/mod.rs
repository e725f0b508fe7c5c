//! `/api/staff`, `/api/departments`, `/api/tiers`, `/api/roster`.

mod changes;
mod documents;
mod edits;
mod organisation;
mod params;
mod people;
mod previews;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

use super::StaffService;

/// The largest roster file that is read: 60,000 people in Excel are a sixth of it.
pub const FILE_LIMIT: usize = 32 * 1024 * 1024;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &StaffService) -> Routes {
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    let needs = Access::Needs;
    let (read, write, import) =
        (needs(Permission::ReadStaff), needs(Permission::WriteStaff), needs(Permission::ImportStaff));
    let (organisation, roster) = (needs(Permission::ReadOrganisation), needs(Permission::ReadRoster));
    let one_preview = "/api/roster/previews/{preview}";
    let files = Routes::new(&[Surface::Staff])
        .route(post.clone(), "/api/roster/previews", import, previews::create, service)
        .body_limit(FILE_LIMIT);
    Routes::new(&[Surface::Staff])
        .route(get.clone(), "/api/staff", read, people::list, service)
        .route(post.clone(), "/api/staff", write, edits::add, service)
        .route(
            get.clone(),
            "/api/staff/counts",
            needs(Permission::ReadStaffCounts),
            organisation::counts,
            service,
        )
        .route(get.clone(), "/api/staff/{staff}", read, people::read, service)
        .route(Method::PATCH, "/api/staff/{staff}", write, edits::change, service)
        .route(post.clone(), "/api/staff/{staff}/end", write, edits::end, service)
        .route(get.clone(), "/api/departments", organisation, organisation::departments, service)
        .route(get.clone(), "/api/tiers", organisation, organisation::tiers, service)
        .route(put, "/api/tiers", needs(Permission::WriteOrganisation), organisation::replace_tiers, service)
        .route(get.clone(), "/api/roster/previews", roster, previews::list, service)
        .route(get.clone(), one_preview, roster, previews::read, service)
        .route(Method::DELETE, one_preview, import, previews::remove, service)
        .route(post, "/api/roster/previews/{preview}/confirm", import, previews::confirm, service)
        .route(get, "/api/roster/changes", roster, changes::list, service)
        .merge(files)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(
    components(schemas(super::search::State)),
    paths(
        people::list,
        people::read,
        edits::add,
        edits::change,
        edits::end,
        organisation::departments,
        organisation::tiers,
        organisation::replace_tiers,
        organisation::counts,
        previews::create,
        previews::list,
        previews::read,
        previews::remove,
        previews::confirm,
        changes::list
    )
)]
pub struct StaffApi;
