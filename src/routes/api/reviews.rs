//! From a draft to a version: review by somebody else.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    http::{JsonBody, Message, Private, Problem, ProblemDocument, changed_meanwhile, meant_version},
    routes::{
        api::RoutesService,
        checklist::is_green,
        service::{self, DesignError, Said},
    },
};

use super::{
    documents::{DraftDocument, PublishDraft, PublishedDocument, SendBack},
    drafts::{done, route_id},
    problems::problem,
};

/// The longest comment, in characters.
const LONGEST_COMMENT: usize = 1_000;

/// Sends the draft to review. Its line is frozen.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/draft/submit", operation_id = "submit_draft",
    params(
        ("route" = String, Path, description = "The route"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = DraftDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn submit(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (id, seen, actor) = (route_id(&route)?, meant_version(&headers)?, service.actor(&caller));
    // What is laid and checked outside the transaction is what the transaction finds: the version says so.
    let mut tx = service.gate.db().read().await?;
    let opened = service::open(&mut tx, &actor.reach, id).await?.ok_or_else(absent)?;
    drop(tx);
    if opened.draft.version != seen {
        return Err(changed_meanwhile());
    }
    let base = opened.base.map(|base| base.design);
    let laid = service.laid(opened.draft.design, None, base).await?;
    let Some(line) = laid.line.ok().filter(|_| is_green(&laid.checks)) else {
        return Err(problem(DesignError::NotGreen(laid.checks)));
    };
    done(&service, &caller, StatusCode::OK, move |tx| {
        Box::pin(async move {
            service::submit(tx, &actor, (id, Some(seen)), line).await?;
            Ok(id)
        })
    })
    .await
}

/// Takes the draft back from review.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/draft/withdraw", operation_id = "withdraw_draft",
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 200, body = DraftDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn withdraw(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
) -> Result<Response, Problem> {
    let (id, actor) = (route_id(&route)?, service.actor(&caller));
    done(&service, &caller, StatusCode::OK, move |tx| {
        Box::pin(async move {
            service::withdraw(tx, &actor, id).await?;
            Ok(id)
        })
    })
    .await
}

fn said(body: SendBack) -> Result<Said, Problem> {
    let too_long = |field: &str| {
        let message = Message::new(
            format!("{LONGEST_COMMENT}文字以内で入力してください。"),
            format!("Please use at most {LONGEST_COMMENT} characters."),
        );
        Problem::impossible(field, message)
    };
    if body.comment.chars().count() > LONGEST_COMMENT {
        return Err(too_long("comment"));
    }
    if body.comments.len() > crate::routes::model::MOST_STOPS {
        return Err(too_long("comments"));
    }
    for (index, one) in body.comments.iter().enumerate() {
        if one.comment.chars().count() > LONGEST_COMMENT {
            return Err(too_long(&format!("comments[{index}].comment")));
        }
    }
    let comment = body.comment.trim().to_owned();
    let mut comments = body.comments;
    comments.retain(|one| !one.comment.trim().is_empty());
    if comment.is_empty() && comments.is_empty() {
        let message = Message::new(
            "どこを直してほしいかを書いてください(全体か、立ち寄り点ごとに)。",
            "Please say what should be changed, of the whole or of single stops.",
        );
        return Err(Problem::impossible("comment", message));
    }
    Ok(Said { comment, comments, number: None })
}

/// Sends a draft back to its authors.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/draft/send_back", operation_id = "send_back_draft",
    request_body = SendBack,
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 204, description = "It is back with its authors"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn send_back(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    JsonBody(body): JsonBody<SendBack>,
) -> Result<StatusCode, Problem> {
    let (id, actor, said) = (route_id(&route)?, service.actor(&caller), said(body)?);
    // Whoever decides may belong to another department: the draft is out of their sight afterwards.
    let job = service
        .gate
        .db()
        .write(move |tx| Box::pin(async move { service::send_back(tx, &actor, id, said).await }));
    job.await.map_err(problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Publishes a draft as the next version of its route.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/draft/publish", operation_id = "publish_draft",
    request_body = PublishDraft,
    params(("route" = String, Path, description = "The route")),
    responses(
        (status = 200, body = PublishedDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn publish(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    JsonBody(body): JsonBody<PublishDraft>,
) -> Result<Response, Problem> {
    let (id, actor, publisher) = (route_id(&route)?, service.actor(&caller), service.publisher());
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::PublishRoute).on("route", id);
    let version = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let version = service::publish(tx, &actor, id, body.effective_from, &publisher).await?;
                recorder.record(tx, entry.with(json!({ "number": version.number }))).await?;
                Ok(version)
            })
        })
        .await
        .map_err(problem)?;
    service.publish().await;
    Ok(Private(PublishedDocument::new(&version)).into_response())
}
