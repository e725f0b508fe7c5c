//! One's own gatherings. What residents do here is in no log: it would tell who lives in disaster housing.

use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use jiff::SignedDuration;

use crate::{
    attendance::documents::{CheckIn, MarkResult},
    auth::Caller,
    gatherings::{service, store::Within},
    http::{JsonBody, Language, Private, Problem, ProblemDocument},
};

use super::{
    attendance::result,
    documents::{MyGathering, MyGatherings, Participation, ParticipationYear},
    shared::{GatheringsService, gathering_id},
};

/// How long after it began a gathering is still among one's own: the longest takes a day.
const BACK: SignedDuration = SignedDuration::from_hours(26);

/// One's own gatherings: those of one's councils, and those whose roll one calls; of today and to come.
#[utoipa::path(get, tag = "me", path = "/api/me/gatherings", operation_id = "my_gatherings",
    responses(
        (status = 200, body = MyGatherings),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<GatheringsService>,
    caller: Caller,
) -> Result<Private<MyGatherings>, Problem> {
    let as_of = service.now();
    let mut gatherings = Vec::new();
    // Where there is no register, or whoever asks is on no roster, nothing concerns them.
    if let (Some(staff), Some(vault)) = (caller.principal.staff, &service.vault) {
        let (names, mut tx) = (service.names(), service.read().await?);
        let within = Within::since(as_of.saturating_sub(BACK).unwrap_or(as_of));
        let mine = service::my_gatherings(&mut tx, vault, staff, within).await;
        let mine = mine.map_err(|error| service.problem(error))?;
        gatherings = mine.into_iter().map(|one| MyGathering::new(one, &names)).collect();
    }
    Ok(Private(MyGatherings { as_of, gatherings }))
}

/// In what one took part, by fiscal year.
#[utoipa::path(get, tag = "me", path = "/api/me/participation", operation_id = "my_participation",
    responses(
        (status = 200, body = Participation),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn participation(
    State(service): State<GatheringsService>,
    caller: Caller,
) -> Result<Private<Participation>, Problem> {
    let as_of = service.now();
    let mut years = Vec::new();
    if let (Some(staff), Some(vault)) = (caller.principal.staff, &service.vault) {
        let mut tx = service.read().await?;
        let records = service::participation(&mut tx, vault, staff).await;
        let records = records.map_err(|error| service.problem(error))?;
        years = records.into_iter().map(ParticipationYear::new).collect();
    }
    Ok(Private(Participation { as_of, years }))
}

/// Says that one means to come.
#[utoipa::path(put, tag = "me", path = "/api/me/gatherings/{gathering}/sign-up", operation_id = "join_gathering",
    params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
    responses(
        (status = 204, description = "One means to come"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn sign_up(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
) -> Result<StatusCode, Problem> {
    let (id, actor) = (gathering_id(&gathering)?, service.actor(&caller)?);
    service.write(move |tx| Box::pin(async move { service::sign_up(tx, &actor, id).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes it back.
#[utoipa::path(delete, tag = "me", path = "/api/me/gatherings/{gathering}/sign-up", operation_id = "leave_gathering",
    params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
    responses(
        (status = 204, description = "One does not mean to come"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn withdraw(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
) -> Result<StatusCode, Problem> {
    let (id, actor) = (gathering_id(&gathering)?, service.actor(&caller)?);
    service.write(move |tx| Box::pin(async move { service::withdraw(tx, &actor, id).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows by the code on the screen that one is there: now, or hours later with the time at which it was typed.
#[utoipa::path(put, tag = "me", path = "/api/me/gatherings/{gathering}/check-in", operation_id = "check_in_at_gathering",
    request_body = CheckIn, params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
    responses(
        (status = 200, body = MarkResult),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn check_in(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<CheckIn>,
) -> Result<Private<MarkResult>, Problem> {
    let (id, actor, mark) = (gathering_id(&gathering)?, service.actor(&caller)?, body.id);
    let outcome = service
        .write(move |tx| {
            Box::pin(
                async move { Ok(service::check_in(tx, &actor, (id, body.id), (&body.code, body.at)).await?) },
            )
        })
        .await?
        .map_err(|error| service.problem(error))?;
    Ok(Private(result(mark, outcome, Language::of(&headers))))
}
