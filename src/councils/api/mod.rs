//! `/api/housing` and `/api/me/council`.

mod assignment_documents;
mod assignments;
mod documents;
mod housing;
mod import_documents;
mod import_view;
mod imports;
mod link_documents;
mod links;
mod mine;
mod mine_documents;
mod planning;
mod planning_documents;
mod residencies;
mod shared;

use http::Method;
use utoipa::OpenApi;

use crate::auth::{Access, Permission, Routes, Surface};

pub use shared::CouncilsService;

/// The routes, for a service.
#[must_use]
pub fn routes(service: &CouncilsService) -> Routes {
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let needs = Access::Needs;
    let (read, write) = (needs(Permission::ReadRegister), needs(Permission::WriteRegister));
    let (assigned, decide) = (needs(Permission::ReadAssignments), needs(Permission::DecideAssignments));
    let (building, unit) = ("/api/housing/{housing}", "/api/housing/units/{unit}");
    let (residency, rule) = ("/api/housing/residencies/{residency}", "/api/housing/address-rules/{rule}");
    let import = "/api/housing/imports/{import}";
    let files = Routes::new(&[Surface::Register])
        .route(post.clone(), "/api/housing/imports", write, imports::preview, service)
        .body_limit(imports::FILE_LIMIT);
    let register = Routes::new(&[Surface::Register])
        .route(get.clone(), "/api/housing", read, housing::list, service)
        .route(post.clone(), "/api/housing", write, housing::add, service)
        .route(get.clone(), building, read, housing::one, service)
        .route(put.clone(), building, write, housing::change, service)
        .route(delete.clone(), building, write, housing::remove, service)
        .route(post.clone(), "/api/housing/{housing}/units", write, housing::add_unit, service)
        .route(put.clone(), unit, write, housing::change_unit, service)
        .route(delete.clone(), unit, write, housing::remove_unit, service)
        .route(post.clone(), "/api/housing/residencies", write, residencies::add, service)
        .route(put.clone(), residency, write, residencies::change, service)
        .route(delete.clone(), residency, write, residencies::remove, service)
        .route(delete.clone(), import, write, imports::forget, service)
        .route(post.clone(), "/api/housing/imports/{import}/confirmation", write, imports::confirm, service)
        .route(get.clone(), "/api/housing/imports/template/{format}", read, imports::template, service)
        .route(get.clone(), "/api/housing/export/{format}", read, imports::export, service)
        .route(get.clone(), "/api/housing/planning", assigned, planning::figures, service)
        .route(get.clone(), "/api/housing/planning/export/{format}", assigned, planning::export, service)
        .route(get.clone(), "/api/housing/tasks", assigned, assignments::tasks, service)
        .route(get.clone(), "/api/housing/assignments", assigned, assignments::lines, service)
        .route(post.clone(), "/api/housing/assignments", decide, assignments::decide, service)
        .route(
            get.clone(),
            "/api/housing/residencies/{residency}/suggestion",
            assigned,
            assignments::suggestion,
            service,
        )
        .route(get.clone(), "/api/housing/links", read, links::list, service)
        .route(put.clone(), "/api/housing/districts", write, links::put_district, service)
        .route(post.clone(), "/api/housing/districts/removal", write, links::remove_district, service)
        .route(post, "/api/housing/address-rules", write, links::add_rule, service)
        .route(put, rule, write, links::change_rule, service)
        .route(delete, rule, write, links::remove_rule, service);
    // Residents look at it from anywhere.
    let own = Routes::new(&[Surface::Staff, Surface::Register]).route(
        get,
        "/api/me/council",
        needs(Permission::ReadMyCouncil),
        mine::council,
        service,
    );
    register.merge(files).merge(own)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(
    housing::list,
    housing::add,
    housing::one,
    housing::change,
    housing::remove,
    housing::add_unit,
    housing::change_unit,
    housing::remove_unit,
    residencies::add,
    residencies::change,
    residencies::remove,
    imports::preview,
    imports::forget,
    imports::confirm,
    imports::template,
    imports::export,
    planning::figures,
    planning::export,
    assignments::tasks,
    assignments::lines,
    assignments::decide,
    assignments::suggestion,
    links::list,
    links::put_district,
    links::remove_district,
    links::add_rule,
    links::change_rule,
    links::remove_rule,
    mine::council
))]
pub struct CouncilsApi;
