//! The open draft of a route.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::{
    auth::{Caller, absent},
    db::Tx,
    http::{JsonBody, Private, Problem, ProblemDocument, meant_version, version_tag},
    routes::{
        api::RoutesService,
        model::{Design, RouteId},
        service::{self, DesignError, Opened},
    },
};

use super::{
    documents::{DraftDocument, FromVersion, SaveDraft},
    problems::{invalid, problem},
};

/// The route of an address.
pub(super) fn route_id(text: &str) -> Result<RouteId, Problem> {
    text.parse().map_err(|_| absent())
}

/// Does something in a transaction and answers with the draft afterwards.
pub(super) async fn done<F>(
    service: &RoutesService,
    caller: &Caller,
    status: StatusCode,
    job: F,
) -> Result<Response, Problem>
where
    F: for<'t> FnOnce(&'t mut Tx) -> crate::db::JobFuture<'t, RouteId, DesignError> + Send + 'static,
{
    let reach = caller.reach();
    let opened = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let id = job(tx).await?;
                service::open(tx, &reach, id).await?.ok_or(DesignError::Absent)
            })
        })
        .await
        .map_err(problem)?;
    document(service, caller, opened, status).await
}

/// The draft as it is sent, laid on the network and checked.
pub(super) async fn document(
    service: &RoutesService,
    caller: &Caller,
    opened: Opened,
    status: StatusCode,
) -> Result<Response, Problem> {
    let base = opened.base.as_ref().map(|base| base.design.clone());
    let (design, frozen) = (opened.draft.design.clone(), opened.draft.line.clone());
    let laid = service.laid(design, frozen, base).await?;
    let location = format!("/api/routes/{}/draft", opened.route.id);
    let tag = version_tag(opened.draft.version);
    let document = DraftDocument::new(opened, laid, caller.principal.account, &caller.reach());
    let mut response = Private(document).into_response();
    *response.status_mut() = status;
    response.headers_mut().insert(header::ETAG, tag);
    if status == StatusCode::CREATED
        && let Ok(location) = HeaderValue::try_from(location)
    {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The open draft of a route: of one's own department, or in review.
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}/draft", operation_id = "get_draft",
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 200, body = DraftDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
) -> Result<Response, Problem> {
    let id = route_id(&route)?;
    let mut tx = service.gate.db().read().await?;
    let opened = service::open(&mut tx, &caller.reach(), id).await?.ok_or_else(absent)?;
    drop(tx);
    document(&service, &caller, opened, StatusCode::OK).await
}

/// Keeps a design in the draft.
#[utoipa::path(put, tag = "routes", path = "/api/routes/{route}/draft", operation_id = "save_draft",
    request_body = SaveDraft,
    params(
        ("route" = String, Path, description = "The route"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = DraftDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn save(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SaveDraft>,
) -> Result<Response, Problem> {
    let (id, seen, actor) = (route_id(&route)?, meant_version(&headers)?, service.actor(&caller));
    let design = Design::new(body.design).map_err(|wrong| invalid("design", wrong))?;
    done(&service, &caller, StatusCode::OK, move |tx| {
        Box::pin(async move {
            service::save(tx, &actor, (id, Some(seen)), design).await?;
            Ok(id)
        })
    })
    .await
}

/// Begins a draft from a published version.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/draft", operation_id = "begin_draft",
    request_body = FromVersion,
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 201, body = DraftDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn begin(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    JsonBody(body): JsonBody<FromVersion>,
) -> Result<Response, Problem> {
    let (id, actor) = (route_id(&route)?, service.actor(&caller));
    done(&service, &caller, StatusCode::CREATED, move |tx| {
        Box::pin(async move {
            service::begin_draft(tx, &actor, id, body.number).await?;
            Ok(id)
        })
    })
    .await
}

/// Throws the draft away; a route that was never published goes with it.
#[utoipa::path(delete, tag = "routes", path = "/api/routes/{route}/draft", operation_id = "discard_draft",
    params(
        ("route" = String, Path, description = "The route"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn discard(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let (id, seen, actor) = (route_id(&route)?, meant_version(&headers)?, service.actor(&caller));
    let job = service
        .gate
        .db()
        .write(move |tx| Box::pin(async move { service::discard(tx, &actor, (id, Some(seen))).await }));
    job.await.map_err(problem)?;
    Ok(StatusCode::NO_CONTENT)
}
