//! Outings as everybody sees them, and as trainers write them.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::{
    audit::{self, Entry},
    auth::{Caller, Permission, absent},
    clock::tokyo_date,
    db::{DbError, Tx},
    http::{JsonBody, Private, Problem, ProblemDocument, check_text, meant_version, version_tag},
    outings::{
        model::{OutingDocument, OutingId, Plan, SignUpState},
        service,
        store::{self, Outing, SignUp},
    },
    routes::store::reaches,
};

use super::{
    OutingsService,
    documents::{Around, CancelOuting, Mine, OutingItem, OutingList},
    listing::ListParams,
    outing_id,
    problems::invalid,
};

/// The longest reason, in characters.
const REASON: usize = 500;

/// How the caller stands to an outing.
pub(super) async fn mine(tx: &mut Tx, sign_up: Option<&SignUp>) -> Result<Option<Mine>, DbError> {
    let Some(sign_up) = sign_up.filter(|one| one.state != SignUpState::Withdrawn) else { return Ok(None) };
    let waiting_place = match sign_up.state {
        SignUpState::Waiting => Some(store::place_in_queue(tx, sign_up.outing, sign_up.position).await?),
        _ => None,
    };
    Ok(Some(Mine { state: sign_up.state, waiting_place }))
}

async fn item(tx: &mut Tx, caller: &Caller, outing: Outing) -> Result<OutingItem, DbError> {
    let counts = (
        store::count_in(tx, outing.id, SignUpState::Confirmed).await?,
        store::count_in(tx, outing.id, SignUpState::Waiting).await?,
    );
    let own = match caller.principal.staff {
        Some(staff) => store::sign_up(tx, outing.id, staff).await?,
        None => None,
    };
    let writes = Permission::WriteOutings.scope(caller.principal.roles);
    let reach = writes.map(|scope| caller.principal.reach(scope));
    let around = Around {
        counts,
        hosts: store::hosts(tx, outing.id).await?,
        mine: mine(tx, own.as_ref()).await?,
        is_trainer: service::is_trainer(tx, outing.id, caller.principal.staff).await?,
        may_change: reach.is_some_and(|reach| reaches(&reach, outing.department)),
    };
    Ok(OutingItem::new(outing, around))
}

async fn document(
    service: &OutingsService,
    caller: &Caller,
    id: OutingId,
    status: StatusCode,
) -> Result<Response, Problem> {
    let mut tx = service.read().await?;
    let outing = store::outing(&mut tx, id).await?.ok_or_else(absent)?;
    let tag = version_tag(outing.version);
    let item = item(&mut tx, caller, outing).await?;
    Ok((status, [(header::ETAG, tag)], Private(item)).into_response())
}

/// Outings from a day on, in order; or those before a day, the latest first.
#[utoipa::path(get, tag = "outings", path = "/api/outings", operation_id = "list_outings",
    params(
        ("from" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$", description = "The first day; today when not given"),
        ("before" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$", description = "Those before this day, the latest first; `from` is then not read"),
        ("mine" = Option<String>, Query, pattern = r"^(joined|led)$", description = "Only those in which one takes part, waits or was put forward (`joined`), or of which one is a trainer (`led`)"),
        ("after" = Option<String>, Query, pattern = r"^\d{1,16}_[0-9a-f-]{36}$", description = "Where the last page ended"),
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 200, description = "At most so many")),
    responses(
        (status = 200, body = OutingList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<OutingsService>,
    caller: Caller,
    Query(params): Query<ListParams>,
) -> Result<Private<OutingList>, Problem> {
    let limit = params.limit()?;
    let span = params.span(tokyo_date(service.gate.clock().now()))?;
    let mut tx = service.read().await?;
    let mut found = match params.whose(caller.principal.staff)? {
        Some(whose) => store::listed(&mut tx, span, whose, limit + 1).await?,
        None => Vec::new(),
    };
    let more = found.len() as i64 > limit;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| params.next(limit, last));
    let mut outings = Vec::with_capacity(found.len());
    for outing in found {
        outings.push(item(&mut tx, &caller, outing).await?);
    }
    Ok(Private(OutingList { outings, next }))
}

/// One outing.
#[utoipa::path(get, tag = "outings", path = "/api/outings/{outing}", operation_id = "get_outing",
    params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = OutingItem, headers(("ETag" = String, description = "Names this state"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
) -> Result<Response, Problem> {
    document(&service, &caller, outing_id(&outing)?, StatusCode::OK).await
}

/// Makes an outing of one's own department.
#[utoipa::path(post, tag = "outings", path = "/api/outings", operation_id = "create_outing",
    request_body = OutingDocument,
    responses(
        (status = 201, body = OutingItem, headers(
            ("ETag" = String, description = "Names this state"), ("Location" = String, description = "Where it is"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(service): State<OutingsService>,
    caller: Caller,
    JsonBody(body): JsonBody<OutingDocument>,
) -> Result<Response, Problem> {
    let (plan, actor) = (Plan::new(body).map_err(invalid)?, service.actor(&caller));
    let (recorder, entry) = (service.recorder.clone(), Entry::by(&caller, audit::Action::ChangeOuting));
    let id = service
        .write(move |tx| {
            Box::pin(async move {
                let id = service::create(tx, &actor, &plan).await?;
                recorder.record(tx, entry.on("outing", id)).await?;
                Ok(id)
            })
        })
        .await?;
    let mut response = document(&service, &caller, id, StatusCode::CREATED).await?;
    if let Ok(location) = HeaderValue::try_from(format!("/api/outings/{id}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Changes an outing. Whoever takes part is told of another time or place; with more places, those who wait move up.
#[utoipa::path(put, tag = "outings", path = "/api/outings/{outing}", operation_id = "change_outing",
    request_body = OutingDocument,
    params(
        ("outing" = String, Path, description = "The outing"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = OutingItem, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<OutingDocument>,
) -> Result<Response, Problem> {
    let (id, seen, actor) = (outing_id(&outing)?, meant_version(&headers)?, service.actor(&caller));
    let plan = Plan::new(body).map_err(invalid)?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeOuting).on("outing", id);
    service
        .write(move |tx| {
            Box::pin(async move {
                service::change(tx, &actor, (id, seen), &plan).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    document(&service, &caller, id, StatusCode::OK).await
}

/// Cancels an outing, and tells everybody whom it concerns.
#[utoipa::path(post, tag = "outings", path = "/api/outings/{outing}/cancel", operation_id = "cancel_outing",
    request_body = CancelOuting,
    params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = OutingItem, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn cancel(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    JsonBody(body): JsonBody<CancelOuting>,
) -> Result<Response, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    check_text(&body.reason, REASON, true).map_err(|why| Problem::impossible("reason", why))?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeOuting).on("outing", id);
    let entry = entry.with(serde_json::json!({ "step": "cancel" }));
    service
        .write(move |tx| {
            Box::pin(async move {
                service::cancel(tx, &actor, id, body.reason).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    document(&service, &caller, id, StatusCode::OK).await
}
