//! What phones send.

use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};

use crate::{
    auth::{Caller, absent},
    http::{Language, Message, Private, Problem, ProblemDocument, ProblemKind, body_bytes},
    visits::{
        envelope::{Envelope, item_id},
        service::Received,
    },
};

use super::{
    documents::{ItemResult, ItemResults, SendAdditions, SendVisits},
    shared::{VisitsService, visit_id},
};

/// Items in one request.
pub(super) const MOST_ITEMS: usize = 500;

/// The body of a batch, before anything of it is read.
pub(super) async fn body(request: Request) -> Result<(bytes::Bytes, Language), Problem> {
    let language = Language::of(request.headers());
    if !is_json(request.headers()) {
        let message = Message::new("application/json で送ってください。", "Please send application/json.");
        return Err(Problem::new(ProblemKind::UnsupportedMediaType, message));
    }
    Ok((body_bytes(request.into_body()).await?, language))
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.split(';').next().unwrap_or_default().trim() == "application/json")
}

/// A batch taken apart.
pub(super) fn envelope<'a>(bytes: &'a [u8], list: &str) -> Result<Envelope<'a>, Problem> {
    let envelope = Envelope::read(bytes, list).map_err(|_| {
        let message = Message::new(
            format!("{{\"{list}\": [ … ]}} の形で送ってください。"),
            format!("Please send {{\"{list}\": [ … ]}}."),
        );
        Problem::parameter(list, message)
    })?;
    if envelope.items.len() > MOST_ITEMS {
        let message = Message::new(
            format!("一度に送れるのは{MOST_ITEMS}件までです。分けて送ってください。"),
            format!("At most {MOST_ITEMS} at a time. Please send them in parts."),
        );
        return Err(Problem::impossible(list, message));
    }
    Ok(envelope)
}

/// The answer to a batch.
pub(super) fn results(
    items: &[&[u8]],
    received: Vec<Received>,
    language: Language,
    judged: bool,
) -> Response {
    let results = items
        .iter()
        .zip(received)
        .map(|(item, received)| ItemResult::new(item_id(item), received, language, judged))
        .collect();
    Private(ItemResults { results }).into_response()
}

/// Logs visits. Each is taken or refused by itself; what is answered as stored is durable.
#[utoipa::path(post, tag = "visits", path = "/api/visits", operation_id = "send_visits",
    request_body = SendVisits,
    responses(
        (status = 200, body = ItemResults),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn visits(
    State(service): State<VisitsService>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let (bytes, language) = body(request).await?;
    let envelope = envelope(&bytes, "visits")?;
    let account = caller.principal.account;
    service.spend(account, envelope.items.len())?;
    let received = service.visits.receive(account, &envelope.items, envelope.sent_at).await?;
    Ok(results(&envelope.items, received, language, true))
}

/// Adds evidence or notes to one's own visit. Nothing of the visit itself changes.
#[utoipa::path(post, tag = "visits", path = "/api/visits/{visit}/additions", operation_id = "add_to_visit",
    params(("visit" = String, Path, description = "The visit")),
    request_body = SendAdditions,
    responses(
        (status = 200, body = ItemResults),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn additions(
    State(service): State<VisitsService>,
    caller: Caller,
    Path(visit): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let visit = visit_id(&visit)?;
    let (bytes, language) = body(request).await?;
    let envelope = envelope(&bytes, "additions")?;
    let account = caller.principal.account;
    service.spend(account, envelope.items.len())?;
    let received = service.visits.add(account, visit, &envelope.items, envelope.sent_at).await?;
    Ok(results(&envelope.items, received.ok_or_else(absent)?, language, true))
}
