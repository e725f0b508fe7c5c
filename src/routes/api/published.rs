//! Published routes, for everybody.

pub(super) mod documents;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::{Deserialize, Serialize};

use crate::{
    auth::absent,
    http::{Content, Head, Message, Piece, Problem, ProblemDocument, Tag, query_string},
    routes::{api::RoutesService, store},
};

use super::drafts::route_id;

use documents::{RouteDocument, RouteList};

const CACHE: &str = "public, no-cache";
/// Routes on a page, unless somebody asks for another number.
const PAGE: usize = 50;
const MOST: usize = 200;

pub(super) async fn json(head: &Head, tag: Tag, document: &impl Serialize) -> Response {
    if let Some(response) = head.not_modified(&tag, None, CACHE) {
        return response;
    }
    // Plain structs always serialise.
    let pieces = vec![Piece::Fresh(serde_json::to_vec(document).unwrap_or_default().into())];
    head.respond(Content { media_type: "application/json", tag, modified: None, cache: CACHE, pieces }).await
}

#[derive(Deserialize)]
pub(super) struct ListParams {
    limit: Option<usize>,
    #[serde(default)]
    after: String,
}

/// The published routes that count today, by code.
#[utoipa::path(get, tag = "routes", path = "/api/routes", operation_id = "list_routes",
    params(
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 200, description = "Routes on a page; 50 when it is left out"),
        ("after" = Option<String>, Query, description = "Where the last answer ended")),
    responses(
        (status = 200, body = RouteList),
        (status = 304, description = "Nothing changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<RoutesService>,
    Query(params): Query<ListParams>,
    head: Head,
) -> Result<Response, Problem> {
    let limit = params.limit.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        let message =
            Message::new(format!("1〜{MOST}で指定してください。"), format!("Please give 1 to {MOST}."));
        return Err(Problem::impossible("limit", message));
    }
    let in_force = service.published.in_force().await?;
    let mut rest = in_force.versions.iter().filter(|version| version.code > params.after);
    let page: Vec<_> = rest.by_ref().take(limit).collect();
    let next = page.last().filter(|_| rest.next().is_some()).map(|last| {
        let query = query_string(&[("limit", &limit.to_string()), ("after", &last.code)]);
        format!("/api/routes?{query}")
    });
    let tag = Tag::new(&in_force.tag, &("routes", limit, &params.after));
    let routes = page.into_iter().map(RouteDocument::new).collect();
    Ok(json(&head, tag, &RouteList { routes, next }).await)
}

/// The version of a route that counts today.
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}", operation_id = "get_route",
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 200, body = RouteDocument),
        (status = 304, description = "Nothing changed"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<RoutesService>,
    Path(route): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    let id = route_id(&route)?;
    let in_force = service.published.in_force().await?;
    let version = in_force.of(id).ok_or_else(absent)?;
    let tag = Tag::new(&in_force.tag, &("route", version.id.0));
    Ok(json(&head, tag, &RouteDocument::new(version)).await)
}

/// Any published version of a route, whenever it counts.
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}/versions/{number}", operation_id = "get_route_version",
    params(
        ("route" = String, Path, description = "The route"),
        ("number" = String, Path, description = "The version's number")),
    responses(
        (status = 200, body = RouteDocument),
        (status = 304, description = "Nothing changed"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn version(
    State(service): State<RoutesService>,
    Path((route, number)): Path<(String, String)>,
    head: Head,
) -> Result<Response, Problem> {
    let (id, number) = (route_id(&route)?, number.parse().map_err(|_| absent())?);
    let mut tx = service.gate.db().read().await?;
    let version = store::version(&mut tx, id, number).await?.ok_or_else(absent)?;
    drop(tx);
    // A version never changes; the department that keeps the route may get another name.
    let tag = Tag::new(&version.id.to_string(), &version.department_name);
    Ok(json(&head, tag, &RouteDocument::new(&version)).await)
}
