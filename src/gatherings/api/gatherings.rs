//! Gatherings as their registrar keeps them.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::Caller,
    clock::tokyo_midnight,
    db::Tx,
    gatherings::{
        model::{GatheringDocument, GatheringId, Plan},
        service::{self, Actor, GatheringError},
        store::{self, Within},
    },
    http::{JsonBody, Message, Private, Problem, ProblemDocument, check_text, meant_version, version_tag},
};

use super::{
    documents::{
        CancelGathering, CouncilParticipation, CountedGathering, GatheringItem, GatheringList,
        ParticipationFigures,
    },
    problems::invalid,
    shared::{GatheringsService, gathering_id},
};

/// The longest reason, in characters.
const REASON: usize = 500;

/// Which year is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct YearParams {
    fiscal_year: Option<String>,
}

/// A gathering within reach: any of them for whoever keeps them, else those whose roll the actor calls.
async fn counted(
    tx: &mut Tx,
    service: &GatheringsService,
    actor: &Actor,
    id: GatheringId,
) -> Result<CountedGathering, GatheringError> {
    let counted = service::counted(tx, actor, id).await?;
    Ok(CountedGathering {
        gathering: GatheringItem::new(counted.gathering, &service.names()),
        signed_up: counted.signed_up,
        present: counted.present,
    })
}

async fn document(
    service: &GatheringsService,
    actor: &Actor,
    id: GatheringId,
    status: StatusCode,
) -> Result<Response, Problem> {
    let mut tx = service.read().await?;
    let item = counted(&mut tx, service, actor, id).await.map_err(|error| service.problem(error))?;
    Ok((status, [(header::ETAG, version_tag(item.gathering.version))], Private(item)).into_response())
}

/// The gatherings of a fiscal year, without persons: all of them for their registrar, for others those whose roll they call.
#[utoipa::path(get, tag = "gatherings", path = "/api/gatherings", operation_id = "list_gatherings",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year; that of today when not given")),
    responses(
        (status = 200, body = GatheringList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<GatheringsService>,
    caller: Caller,
    Query(params): Query<YearParams>,
) -> Result<Private<GatheringList>, Problem> {
    let (actor, year) = (service.actor(&caller)?, service.year(params.fiscal_year.as_deref())?);
    let next = year.last().tomorrow().unwrap_or(year.last());
    let within = Within { from: tokyo_midnight(year.first()), before: tokyo_midnight(next) };
    let mut tx = service.read().await?;
    let mut gatherings = Vec::new();
    for stored in store::gatherings(&mut tx, within).await? {
        match counted(&mut tx, &service, &actor, stored.gathering.id).await {
            Ok(item) => gatherings.push(item),
            Err(GatheringError::Absent) => {}
            Err(error) => return Err(service.problem(error)),
        }
    }
    Ok(Private(GatheringList { fiscal_year: year.year(), gatherings }))
}

/// One gathering, without persons.
#[utoipa::path(get, tag = "gatherings", path = "/api/gatherings/{gathering}", operation_id = "get_gathering",
    params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
    responses(
        (status = 200, body = CountedGathering, headers(("ETag" = String, description = "Names this state"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
) -> Result<Response, Problem> {
    let (id, actor) = (gathering_id(&gathering)?, service.actor(&caller)?);
    document(&service, &actor, id, StatusCode::OK).await
}

/// A plan of which every council is on the map.
fn plan(service: &GatheringsService, body: GatheringDocument) -> Result<Plan, Problem> {
    let plan = Plan::new(body).map_err(invalid)?;
    let names = service.names();
    if plan.audience().councils().any(|council| !names.contains_key(&council)) {
        let message = Message::new("この協議会は地図にありません。", "There is no such council on the map.");
        return Err(Problem::impossible("council_ids", message));
    }
    Ok(plan)
}

/// Makes a gathering. One that took place already may be entered as well.
#[utoipa::path(post, tag = "gatherings", path = "/api/gatherings", operation_id = "create_gathering",
    request_body = GatheringDocument,
    responses(
        (status = 201, body = CountedGathering, headers(
            ("ETag" = String, description = "Names this state"), ("Location" = String, description = "Where it is"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(service): State<GatheringsService>,
    caller: Caller,
    JsonBody(body): JsonBody<GatheringDocument>,
) -> Result<Response, Problem> {
    let (actor, plan) = (service.actor(&caller)?, plan(&service, body)?);
    let (recorder, entry) = (service.recorder.clone(), Entry::by(&caller, audit::Action::ChangeGathering));
    let (maker, entry) = (actor.clone(), entry.with(json!({ "step": "create" })));
    let id = service
        .write(move |tx| {
            Box::pin(async move {
                let id = service::create(tx, &maker, &plan).await?;
                recorder.record(tx, entry.on("gathering", id)).await?;
                Ok(id)
            })
        })
        .await?;
    let mut response = document(&service, &actor, id, StatusCode::CREATED).await?;
    if let Ok(location) = HeaderValue::try_from(format!("/api/gatherings/{id}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Changes a gathering. One that was held can be put right.
#[utoipa::path(put, tag = "gatherings", path = "/api/gatherings/{gathering}", operation_id = "change_gathering",
    request_body = GatheringDocument,
    params(("gathering" = String, Path, format = "uuid", description = "The gathering"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = CountedGathering, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<GatheringDocument>,
) -> Result<Response, Problem> {
    let (id, seen, actor) = (gathering_id(&gathering)?, meant_version(&headers)?, service.actor(&caller)?);
    let plan = plan(&service, body)?;
    let entry = Entry::by(&caller, audit::Action::ChangeGathering).on("gathering", id);
    let (recorder, maker) = (service.recorder.clone(), actor.clone());
    service
        .write(move |tx| {
            Box::pin(async move {
                service::change(tx, &maker, (id, seen), &plan).await?;
                recorder.record(tx, entry.with(json!({ "step": "change" }))).await?;
                Ok(())
            })
        })
        .await?;
    document(&service, &actor, id, StatusCode::OK).await
}

/// Cancels a gathering that was not held.
#[utoipa::path(post, tag = "gatherings", path = "/api/gatherings/{gathering}/cancel", operation_id = "cancel_gathering",
    request_body = CancelGathering,
    params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
    responses(
        (status = 200, body = CountedGathering, headers(("ETag" = String, description = "Names this state"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn cancel(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
    JsonBody(body): JsonBody<CancelGathering>,
) -> Result<Response, Problem> {
    let (id, actor) = (gathering_id(&gathering)?, service.actor(&caller)?);
    check_text(&body.reason, REASON, true).map_err(|why| Problem::impossible("reason", why))?;
    let entry = Entry::by(&caller, audit::Action::ChangeGathering).on("gathering", id);
    let (recorder, maker) = (service.recorder.clone(), actor.clone());
    service
        .write(move |tx| {
            Box::pin(async move {
                service::cancel(tx, &maker, id, body.reason).await?;
                recorder.record(tx, entry.with(json!({ "step": "cancel" }))).await?;
                Ok(())
            })
        })
        .await?;
    document(&service, &actor, id, StatusCode::OK).await
}

/// How many took part in a fiscal year, by council. Each reading is in the audit log: of a council with one resident it tells of
/// a person.
#[utoipa::path(get, tag = "housing", path = "/api/housing/participation", operation_id = "get_participation_figures",
    params(("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
        description = "The year; that of today when not given")),
    responses(
        (status = 200, body = ParticipationFigures),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn figures(
    State(service): State<GatheringsService>,
    caller: Caller,
    Query(params): Query<YearParams>,
) -> Result<Private<ParticipationFigures>, Problem> {
    let (vault, year) = (service.vault()?, service.year(params.fiscal_year.as_deref())?);
    let entry = Entry::by(&caller, audit::Action::ReadGatheringAttendance)
        .with(json!({ "what": "figures", "fiscal_year": year.year() }));
    let recorder = service.recorder.clone();
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let found = service::figures(tx, &vault, year).await?;
                recorder.record(tx, entry).await?;
                Ok(found)
            })
        })
        .await?;
    let names = service.names();
    let councils = found.into_iter().map(|one| CouncilParticipation::new(one, &names)).collect();
    Ok(Private(ParticipationFigures { fiscal_year: year.year(), councils }))
}
