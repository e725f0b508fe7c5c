//! Answers that residents give by phone.

use axum::extract::{Path, State};
use http::StatusCode;
use jiff::SignedDuration;
use serde_json::json;

use crate::{
    activations::{model::TOLERANCE_S, service},
    audit::{self, Entry, Person},
    auth::Caller,
    http::{JsonBody, Message, Problem, ProblemDocument, said},
    visits::model::digest,
};

use super::{
    documents::PhoneAnswer,
    shared::{ActivationsService, LONGEST_TEXT, activation_id},
};

/// Enters an answer that somebody gave by phone. The latest counts, theirs or this.
#[utoipa::path(post, tag = "activations", path = "/api/activations/{activation}/answers", operation_id = "enter_answer",
    params(("activation" = String, Path, format = "uuid", description = "The activation")),
    request_body = PhoneAnswer,
    responses(
        (status = 204, description = "Entered, now or before"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn enter(
    State(service): State<ActivationsService>,
    caller: Caller,
    Path(activation): Path<String>,
    JsonBody(body): JsonBody<PhoneAnswer>,
) -> Result<StatusCode, Problem> {
    let (activation, vault, now) = (activation_id(&activation)?, service.vault()?, service.now());
    let note = said(&body.note, "note", LONGEST_TEXT, false)?;
    if body.answered_at.is_some_and(|at| at.duration_since(now) > SignedDuration::from_secs(TOLERANCE_S)) {
        let message = Message::new(
            "回答の時刻が未来になっています。時刻を確かめてください。",
            "The time of the answer is in the future. Please check it.",
        );
        return Err(Problem::impossible("answered_at", message));
    }
    // What the page sent, so that the same sent twice is known.
    let digest = digest(&json!({ "residency_id": body.residency_id, "answer": body.answer,
        "answered_at": body.answered_at, "note": note }));
    let answered_at = body.answered_at.map(|at| at.min(now));
    let given = (body.residency_id, body.answer, note);
    let entry = Entry::by(&caller, audit::Action::EnterAnswer)
        .on("activation", activation)
        .about([Person::Pseudonym(body.residency_id.0)]);
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                let of = (body.id, activation);
                service::enter(tx, &vault, of, given, (answered_at, now), digest).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
