//! The activation that concerns oneself, and answering it.

use axum::extract::{Request, State};
use http::HeaderMap;

use crate::{
    activations::service,
    auth::Caller,
    http::{Language, Message, Private, Problem, ProblemDocument, body_bytes, is_json},
    text::ReaderLanguage,
    visits::envelope::{Envelope, item_id},
};

use super::{
    mine_documents::{
        AnswerResult, AnswerResults, MyActivation, MyActivationDocument, MyAnswer, SendAnswers,
    },
    shared::ActivationsService,
};

/// Answers in one request.
const MOST_ANSWERS: usize = 100;

/// The activation that goes on, with where one gathers and what one has answered. Whoever is not on its roll learns nothing of it.
#[utoipa::path(get, tag = "me", path = "/api/me/activation", operation_id = "my_activation",
    responses(
        (status = 200, body = MyActivationDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn activation(
    State(service): State<ActivationsService>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Private<MyActivationDocument>, Problem> {
    // Every page asks. Where there is no register, or whoever asks is on no roster, nobody lives in it.
    let (Some(staff), Some(vault)) = (caller.principal.staff, &service.vault) else {
        return Ok(Private(MyActivationDocument { activation: None }));
    };
    let found = service::own(&mut service.gate.db().read().await?, vault, staff).await?;
    let english = ReaderLanguage::of(&headers) == ReaderLanguage::En;
    let activation = found.map(|found| {
        let facts = &found.activation.facts;
        let (title, message) = facts.announcement.said(english);
        MyActivation {
            id: found.activation.id,
            kind: facts.announcement.kind,
            title: title.to_owned(),
            message: message.to_owned(),
            declared_at: facts.declared_at,
            ended_at: found.activation.ended_at,
            muster: found.facts.muster.map(Into::into),
            council_name: found.facts.council_name,
            answer: found.latest.map(|latest| MyAnswer {
                answer: latest.facts.answer,
                answered_at: latest.facts.answered_at,
            }),
        }
    });
    Ok(Private(MyActivationDocument { activation }))
}

/// Answers. Each answer is taken or refused by itself; what is answered as stored is durable. The latest tap counts, in whichever order they arrive.
#[utoipa::path(post, tag = "me", path = "/api/me/activation/answers", operation_id = "answer_activation",
    request_body = SendAnswers,
    responses(
        (status = 200, body = AnswerResults),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn answer(
    State(service): State<ActivationsService>,
    caller: Caller,
    request: Request,
) -> Result<Private<AnswerResults>, Problem> {
    let (vault, now) = (service.vault()?, service.now());
    let language = Language::of(request.headers());
    is_json(request.headers())?;
    let bytes = body_bytes(request.into_body()).await?;
    let envelope = Envelope::read(&bytes, "answers").map_err(|_| {
        let message =
            Message::new("{\"answers\": [ … ]} の形で送ってください。", "Please send {\"answers\": [ … ]}.");
        Problem::parameter("answers", message)
    })?;
    if envelope.items.len() > MOST_ANSWERS {
        let message = Message::new(
            format!("一度に送れるのは{MOST_ANSWERS}件までです。分けて送ってください。"),
            format!("At most {MOST_ANSWERS} at a time. Please send them in parts."),
        );
        return Err(Problem::impossible("answers", message));
    }
    let (db, staff) = (service.gate.db(), caller.principal.staff);
    let received = service::receive(db, &vault, staff, &envelope.items, (envelope.sent_at, now)).await?;
    let results = envelope
        .items
        .iter()
        .zip(received)
        .map(|(item, received)| AnswerResult::new(item_id(item), received, language))
        .collect();
    Ok(Private(AnswerResults { results }))
}
