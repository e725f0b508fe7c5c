//! Hosts' links, and what they say.

use axum::extract::{Path, State};
use http::StatusCode;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, Token, absent},
    http::{JsonBody, Private, Problem, ProblemDocument, check_text},
    outings::{model::HostId, service},
};

use super::{
    OutingsService,
    host_documents::{HostAnswer, HostBriefing, LinkDocument, OutingReport},
    outing_id,
};

/// The longest message of a host, in characters.
const MESSAGE: usize = 500;
/// The longest report.
const REPORT: usize = 4_000;

fn host_id(text: &str) -> Result<HostId, Problem> {
    text.parse().map_err(|_| absent())
}

fn check_message(message: &str) -> Result<(), Problem> {
    if message.is_empty() {
        return Ok(());
    }
    check_text(message, MESSAGE, true).map_err(|why| Problem::impossible("message", why))
}

/// Makes a host's link, in place of the one before. It is shown this once.
#[utoipa::path(post, tag = "outings", path = "/api/outings/{outing}/hosts/{host}/link", operation_id = "ask_host",
    params(("outing" = String, Path, description = "The outing"), ("host" = String, Path, description = "The host")),
    responses(
        (status = 200, body = LinkDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn ask(
    State(service): State<OutingsService>,
    caller: Caller,
    Path((outing, host)): Path<(String, String)>,
) -> Result<Private<LinkDocument>, Problem> {
    let (id, host, actor) = (outing_id(&outing)?, host_id(&host)?, service.actor(&caller));
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeOuting).on("outing", id);
    let (token, until) = service
        .write(move |tx| {
            Box::pin(async move {
                let made = service::ask(tx, &actor, (id, host)).await?;
                recorder.record(tx, entry.with(json!({ "step": "ask_host" }))).await?;
                Ok(made)
            })
        })
        .await?;
    Ok(Private(LinkDocument { path: format!("/hosts#{}", token.reveal()), expires_at: Some(until) }))
}

/// Writes down what a host said on the telephone.
#[utoipa::path(put, tag = "outings", path = "/api/outings/{outing}/hosts/{host}/answer",
    operation_id = "answer_for_host", request_body = HostAnswer,
    params(("outing" = String, Path, description = "The outing"), ("host" = String, Path, description = "The host")),
    responses(
        (status = 204, description = "Kept"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn by_phone(
    State(service): State<OutingsService>,
    caller: Caller,
    Path((outing, host)): Path<(String, String)>,
    JsonBody(body): JsonBody<HostAnswer>,
) -> Result<StatusCode, Problem> {
    let (id, host, actor) = (outing_id(&outing)?, host_id(&host)?, service.actor(&caller));
    check_message(&body.message)?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeOuting).on("outing", id);
    service
        .write(move |tx| {
            Box::pin(async move {
                service::answer_by_phone(tx, &actor, (id, host), (body.answer, &body.message)).await?;
                recorder.record(tx, entry.with(json!({ "step": "answer_for_host" }))).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps the report that hosts are thanked with.
#[utoipa::path(put, tag = "outings", path = "/api/outings/{outing}/report", operation_id = "report_outing",
    request_body = OutingReport, params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 204, description = "Kept"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn report(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    JsonBody(body): JsonBody<OutingReport>,
) -> Result<StatusCode, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    check_text(&body.text, REPORT, true).map_err(|why| Problem::impossible("text", why))?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeOuting).on("outing", id);
    service
        .write(move |tx| {
            Box::pin(async move {
                service::report(tx, &actor, id, body.text).await?;
                recorder.record(tx, entry.with(json!({ "step": "report" }))).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn token(text: &str) -> Result<Token, Problem> {
    Token::parse(text).ok_or_else(absent)
}

/// What a host is told, by its link: nothing of any person.
#[utoipa::path(get, tag = "hosts", path = "/api/hosts/{token}", operation_id = "get_briefing",
    params(("token" = String, Path, description = "What the link holds")),
    responses(
        (status = 200, body = HostBriefing),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn briefing(
    State(service): State<OutingsService>,
    Path(text): Path<String>,
) -> Result<Private<HostBriefing>, Problem> {
    let (token, now) = (token(&text)?, service.gate.clock().now());
    let mut tx = service.read().await?;
    let found = service::briefing(&mut tx, &token, now).await?.ok_or_else(absent)?;
    let (stops, may_answer) = (HostBriefing::stops(&found.version), found.is_open(now));
    let (host, outing, line) = (found.host, found.outing, found.version.line);
    Ok(Private(HostBriefing {
        host: host.name,
        title: outing.title,
        starts_at: outing.starts_at,
        duration_min: outing.duration_min,
        meeting_point: outing.meeting_point,
        department_name: outing.department_name,
        headcount: found.headcount,
        state: outing.state,
        reason: Some(outing.reason).filter(|reason| !reason.is_empty()),
        distance_m: line.distance_m,
        line: line.coordinates,
        stops,
        attributions: line.attributions,
        may_answer,
        answer: host.answer,
        // A trainer's note of a call may name whoever answered.
        message: host.message.filter(|message| !host.by_phone && !message.is_empty()),
        answered_at: host.answered_at,
        report: Some(outing.report).filter(|report| !report.is_empty()),
    }))
}

/// What a host says, by its link; until the outing starts, as often as it changes its mind.
#[utoipa::path(post, tag = "hosts", path = "/api/hosts/{token}", operation_id = "answer_as_host",
    request_body = HostAnswer, params(("token" = String, Path, description = "What the link holds")),
    responses(
        (status = 204, description = "Kept"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn answer(
    State(service): State<OutingsService>,
    Path(text): Path<String>,
    JsonBody(body): JsonBody<HostAnswer>,
) -> Result<StatusCode, Problem> {
    let (token, now) = (token(&text)?, service.gate.clock().now());
    check_message(&body.message)?;
    service
        .write(move |tx| {
            Box::pin(async move { service::answer(tx, &token, (body.answer, &body.message), now).await })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
