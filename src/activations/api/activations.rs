//! Declaring, looking at and ending activations.

use axum::extract::{Path, State};
use http::StatusCode;

use crate::{
    activations::{
        model::{Activation, ActivationId, Announcement, Roll},
        service::{self, Declared, People},
    },
    audit::{self, Entry, Person},
    auth::Caller,
    http::{JsonBody, Private, Problem, ProblemDocument, said},
};

use super::{
    documents::{
        ActivationDetail, ActivationList, DeclareActivation, DeclaredActivation, EndActivation, RollRow,
    },
    shared::{ActivationsService, LONGEST_TEXT, LONGEST_TITLE, activation_id},
};

/// All activations, in figures: nobody is named.
#[utoipa::path(get, tag = "activations", path = "/api/activations", operation_id = "list_activations",
    responses(
        (status = 200, body = ActivationList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<ActivationsService>,
) -> Result<Private<ActivationList>, Problem> {
    let vault = service.vault()?;
    let all = service::listed(&mut service.gate.db().read().await?, &vault).await?;
    let activations = all.iter().map(|(one, counts)| DeclaredActivation::new(one, *counts)).collect();
    Ok(Private(ActivationList { activations }))
}

fn announcement(body: &DeclareActivation) -> Result<Announcement, Problem> {
    let text = |text: &Option<String>, field: &str, longest: usize| {
        said(text.as_deref().unwrap_or_default(), field, longest, false)
    };
    Ok(Announcement {
        kind: body.kind,
        title: said(&body.title, "title", LONGEST_TITLE, true)?,
        message: said(&body.message, "message", LONGEST_TEXT, true)?,
        title_en: text(&body.title_en, "title_en", LONGEST_TITLE)?,
        message_en: text(&body.message_en, "message_en", LONGEST_TEXT)?,
    })
}

/// Declares an activation: everybody who lives in disaster housing today is on its roll, and is told. One goes on at a time.
#[utoipa::path(post, tag = "activations", path = "/api/activations", operation_id = "declare_activation",
    request_body = DeclareActivation,
    responses(
        (status = 200, body = DeclaredActivation, description = "The same was declared before under this id"),
        (status = 201, body = DeclaredActivation),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn declare(
    State(service): State<ActivationsService>,
    caller: Caller,
    JsonBody(body): JsonBody<DeclareActivation>,
) -> Result<(StatusCode, Private<DeclaredActivation>), Problem> {
    let (id, vault, announcement) = (body.id, service.vault()?, announcement(&body)?);
    let (meetings, random, now) = (service.meetings(), service.gate.random().clone(), service.now());
    let (recorder, by) = (service.recorder.clone(), caller.principal.account);
    let (status, activation, roll) = service
        .write(move |tx| {
            Box::pin(async move {
                let declared =
                    service::declare(tx, (&vault, &random), &meetings, (id, announcement), (by, now)).await?;
                let status = match declared {
                    Declared::Now(residents) => {
                        let entry = Entry::by(&caller, audit::Action::DeclareActivation).on("activation", id);
                        let told = residents.into_iter().map(|residency| Person::Pseudonym(residency.0));
                        recorder.record(tx, entry.about(told)).await?;
                        StatusCode::CREATED
                    }
                    Declared::Before => StatusCode::OK,
                };
                let activation = service::find(tx, &vault, id).await?;
                Ok((status, activation, service::roll(tx, &vault, id).await?))
            })
        })
        .await?;
    Ok((status, Private(DeclaredActivation::new(&activation, roll.counts()))))
}

/// Opens an activation and its roll; the reading is in the audit log.
pub(super) async fn opened(
    service: &ActivationsService,
    caller: &Caller,
    id: ActivationId,
    what: &'static str,
) -> Result<(Activation, Roll, People), Problem> {
    let (vault, today) = (service.vault()?, service.today());
    let entry = Entry::by(caller, audit::Action::ReadRollCall).on("activation", id);
    let entry = entry.with(serde_json::json!({ "what": what }));
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                let activation = service::find(tx, &vault, id).await?;
                let roll = service::roll(tx, &vault, id).await?;
                let people = service::called(tx, &roll.people(), today).await?;
                let concerned: Vec<Person> =
                    roll.rows().map(|row| Person::Pseudonym(row.residency.0)).collect();
                recorder.record(tx, entry.about(concerned)).await?;
                Ok((activation, roll, people))
            })
        })
        .await
}

/// An activation with its roll-call. Each reading is in the audit log.
#[utoipa::path(get, tag = "activations", path = "/api/activations/{activation}", operation_id = "get_activation",
    params(("activation" = String, Path, format = "uuid", description = "The activation")),
    responses(
        (status = 200, body = ActivationDetail),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn one(
    State(service): State<ActivationsService>,
    caller: Caller,
    Path(activation): Path<String>,
) -> Result<Private<ActivationDetail>, Problem> {
    let id = activation_id(&activation)?;
    let (activation, roll, people) = opened(&service, &caller, id, "roll").await?;
    Ok(Private(ActivationDetail {
        activation: DeclaredActivation::new(&activation, roll.counts()),
        roll: roll.rows().map(|row| RollRow::new(row, &people)).collect(),
        sequence: activation.sequence,
    }))
}

/// Ends an activation. What was tapped before is still taken when it comes later. Ending it again changes nothing.
#[utoipa::path(post, tag = "activations", path = "/api/activations/{activation}/end", operation_id = "end_activation",
    params(("activation" = String, Path, format = "uuid", description = "The activation")),
    request_body = EndActivation,
    responses(
        (status = 204, description = "It has ended"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn end(
    State(service): State<ActivationsService>,
    caller: Caller,
    Path(activation): Path<String>,
    JsonBody(EndActivation {}): JsonBody<EndActivation>,
) -> Result<StatusCode, Problem> {
    let (id, vault, now) = (activation_id(&activation)?, service.vault()?, service.now());
    let entry = Entry::by(&caller, audit::Action::EndActivation).on("activation", id);
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                service::end(tx, &vault, id, now).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
