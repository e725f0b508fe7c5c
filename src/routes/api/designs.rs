//! Routes as designers see them: the list, new ones, clones, the archive, what changed, what is not covered.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    catalogue::LayerId,
    clock::{Date, tokyo_date},
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument},
    places::Purpose,
    routes::{
        api::RoutesService,
        changes::changes as differences,
        coverage::coverage as covered,
        model::{Design, DesignDocument, RouteCode, RouteId},
        service::{self, NewRoute},
        store::{self, reaches},
    },
};

use super::{
    documents::{
        ArchiveRoute, ChangesDocument, CoverageDocument, CoverageItem, CreateDesign, DesignItem, DesignList,
        DraftDocument, FromVersion, RestoreRoute,
    },
    drafts::{done, route_id},
    problems::{invalid, problem},
};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The routes of one's own department, and those of all that are in review.
#[utoipa::path(get, tag = "routes", path = "/api/designs", operation_id = "list_designs",
    responses(
        (status = 200, body = DesignList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<RoutesService>,
    caller: Caller,
) -> Result<Private<DesignList>, Problem> {
    let (reach, me) = (caller.reach(), caller.principal.account);
    let today = tokyo_date(service.gate.clock().now());
    let mut tx = service.gate.db().read().await?;
    let listed = store::listed(&mut tx, &reach, (me, today), None).await?;
    let designs = listed.into_iter().map(|one| DesignItem::new(one, me, &reach)).collect();
    Ok(Private(DesignList { designs }))
}

/// Begins a route of one's own department.
#[utoipa::path(post, tag = "routes", path = "/api/designs", operation_id = "create_design",
    request_body = CreateDesign,
    responses(
        (status = 201, body = DraftDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(service): State<RoutesService>,
    caller: Caller,
    JsonBody(body): JsonBody<CreateDesign>,
) -> Result<Response, Problem> {
    let code = body.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let code = code.map(str::parse::<RouteCode>).transpose().map_err(|_| {
        let message = Message::new(
            "コース番号は、半角の英小文字・数字・ハイフンで32文字以内にしてください(例: shiba-01)。",
            "Please write the code with a-z, 0-9 and hyphens, at most 32 (such as shiba-01).",
        );
        Problem::impossible("code", message)
    })?;
    let mut document = body.design.unwrap_or_else(DesignDocument::empty);
    if !body.title.is_empty() {
        document.title = body.title;
    }
    let design = Design::new(document).map_err(|wrong| invalid("design", wrong))?;
    let new = NewRoute { code, design, origin: None, sample: service.purpose == Purpose::Demo };
    let actor = service.actor(&caller);
    done(&service, &caller, StatusCode::CREATED, move |tx| {
        Box::pin(async move { service::create(tx, &actor, new).await })
    })
    .await
}

/// Begins a route of one's own department with a published version of any.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/clone", operation_id = "clone_route",
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
pub(super) async fn clone(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    JsonBody(body): JsonBody<FromVersion>,
) -> Result<Response, Problem> {
    let (id, actor) = (route_id(&route)?, service.actor(&caller));
    let sample = service.purpose == Purpose::Demo;
    done(&service, &caller, StatusCode::CREATED, move |tx| {
        Box::pin(async move { service::clone(tx, &actor, (id, body.number), sample).await })
    })
    .await
}

fn checked(reason: &str) -> Result<(), Problem> {
    if reason.trim().is_empty() {
        let message = Message::new("理由を入力してください。", "Please say why.");
        return Err(Problem::impossible("reason", message));
    }
    if reason.chars().count() > LONGEST_REASON {
        let message = Message::new(
            format!("理由は{LONGEST_REASON}文字以内にしてください。"),
            format!("Please use at most {LONGEST_REASON} characters for the reason."),
        );
        return Err(Problem::impossible("reason", message));
    }
    Ok(())
}

async fn set_archived(
    service: &RoutesService,
    caller: &Caller,
    id: RouteId,
    (on, reason): (Option<Date>, String),
) -> Result<Response, Problem> {
    checked(&reason)?;
    let (actor, publisher) = (service.actor(caller), service.publisher());
    let (recorder, today, reach) = (service.recorder.clone(), actor.today, actor.reach.clone());
    let me = actor.account;
    let detail = json!({ "archived_on": on, "reason": reason.trim() });
    let entry = Entry::by(caller, audit::Action::ChangeRoute).on("route", id).with(detail);
    let listed = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                service::archive(tx, &actor, id, on, &publisher).await?;
                recorder.record(tx, entry).await?;
                Ok(store::listed(tx, &reach, (me, today), Some(id)).await?)
            })
        })
        .await
        .map_err(problem)?;
    service.publish().await;
    let item = listed.into_iter().next().ok_or_else(absent)?;
    Ok(Private(DesignItem::new(item, caller.principal.account, &caller.reach())).into_response())
}

/// A published route no longer counts from that day on.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/archive", operation_id = "archive_route",
    request_body = ArchiveRoute,
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 200, body = DesignItem),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn archive(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    JsonBody(body): JsonBody<ArchiveRoute>,
) -> Result<Response, Problem> {
    let today = tokyo_date(service.gate.clock().now());
    let on = body.on.unwrap_or(today);
    if on < today || on.year() > 2200 {
        let message = Message::new(
            format!("{today} 以降の日を指定してください。"),
            format!("Please choose {today} or a later day."),
        );
        return Err(Problem::impossible("on", message));
    }
    set_archived(&service, &caller, route_id(&route)?, (Some(on), body.reason)).await
}

/// An archived route counts again.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/restore", operation_id = "restore_route",
    request_body = RestoreRoute,
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 200, body = DesignItem),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn restore(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    JsonBody(body): JsonBody<RestoreRoute>,
) -> Result<Response, Problem> {
    set_archived(&service, &caller, route_id(&route)?, (None, body.reason)).await
}

#[derive(Deserialize)]
pub(super) struct ChangesParams {
    from: i64,
    to: Option<i64>,
}

/// What is different between two versions, or a version and the draft.
#[utoipa::path(get, tag = "routes", path = "/api/routes/{route}/changes", operation_id = "route_changes",
    params(
        ("route" = String, Path, description = "The route"),
        ("from" = i64, Query, description = "The earlier version's number"),
        ("to" = Option<i64>, Query, description = "The later version's number; the draft when it is left out")),
    responses(
        (status = 200, body = ChangesDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn changes(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    Query(params): Query<ChangesParams>,
) -> Result<Private<ChangesDocument>, Problem> {
    let (id, reach) = (route_id(&route)?, caller.reach());
    let mut tx = service.gate.db().read().await?;
    let opened = service::open(&mut tx, &reach, id).await?;
    let known = store::route(&mut tx, id).await?.ok_or_else(absent)?;
    if opened.is_none() && !reaches(&reach, known.department) {
        return Err(absent());
    }
    let from = store::version(&mut tx, id, params.from).await?.ok_or_else(absent)?;
    let changes = if let Some(to) = params.to {
        let to = store::version(&mut tx, id, to).await?.ok_or_else(absent)?;
        drop(tx);
        differences((&from.design, Some(&from.line)), (&to.design, Some(&to.line)))
    } else {
        drop(tx);
        let draft = opened.ok_or_else(absent)?.draft;
        let laid = service.laid(draft.design.clone(), draft.line, None).await?;
        differences((&from.design, Some(&from.line)), (&draft.design, laid.line.as_ref().ok()))
    };
    Ok(Private(ChangesDocument { from: params.from, to: params.to, changes }))
}

/// Which localities, councils and organisations published routes visit, and which they do not.
#[utoipa::path(get, tag = "routes", path = "/api/designs/coverage", operation_id = "design_coverage",
    responses(
        (status = 200, body = CoverageDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn coverage(
    State(service): State<RoutesService>,
    _: Caller,
) -> Result<Private<CoverageDocument>, Problem> {
    let in_force = service.published.in_force().await?;
    let surroundings = service.surroundings.clone();
    let work = move || {
        let of = |layer: LayerId| -> Vec<CoverageItem> {
            covered(surroundings.places(layer), &in_force.versions)
                .into_iter()
                .map(CoverageItem::new)
                .collect()
        };
        CoverageDocument {
            localities: of(LayerId::Localities),
            councils: of(LayerId::Councils),
            organisations: of(LayerId::Organisations),
        }
    };
    let document = tokio::task::spawn_blocking(work).await.map_err(|_| DbError::JobPanicked)?;
    Ok(Private(document))
}
