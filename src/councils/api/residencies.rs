//! Moving in, moving out, and what was entered by mistake.

use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::{
    audit::{self, Entry, Person},
    auth::Caller,
    councils::{
        model::{ResidencyFacts, ResidencyId},
        service::{self, RegisterError},
        store,
    },
    http::{JsonBody, Private, Problem, ProblemDocument, meant_version, said},
    introductions, staff,
};

use super::{
    documents::{MoveIn, MovedIn, ResidencyBody},
    shared::{CouncilsService, LONGEST_NAME, LONGEST_TEXT, residency_id, span},
};

fn entry(caller: &Caller, id: ResidencyId, step: &str) -> Entry {
    Entry::by(caller, audit::Action::ChangeRegister)
        .on("residency", id)
        .about([Person::Pseudonym(id.0)])
        .with(json!({ "step": step }))
}

/// Somebody moves into a unit. Nothing is assigned by it: that becomes a task.
#[utoipa::path(post, tag = "housing", path = "/api/housing/residencies", operation_id = "add_residency",
    request_body = MoveIn,
    responses(
        (status = 201, body = MovedIn),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn add(
    State(service): State<CouncilsService>,
    caller: Caller,
    JsonBody(body): JsonBody<MoveIn>,
) -> Result<(StatusCode, Private<MovedIn>), Problem> {
    let (vault, today) = (service.vault()?, service.today());
    let number = said(&body.staff_number, "staff_number", LONGEST_NAME, true)?;
    let (span, note) = (span(body.from, body.until)?, said(&body.note, "note", LONGEST_TEXT, false)?);
    let moved_in = service
        .written(
            move |done: &MovedIn| entry(&caller, done.id, "move_in"),
            move |tx| {
                Box::pin(async move {
                    let staff =
                        staff::store::id_of_number(tx, &number).await?.ok_or(RegisterError::NoStaff)?;
                    let facts = ResidencyFacts { staff, span, settled: false, note, muster: None };
                    let id = service::add_residency(tx, &vault, body.unit_id, &facts).await?;
                    let called = staff::store::called(tx, &[staff], today).await?;
                    Ok(MovedIn { id, staff_name: called.get(&staff).and_then(|called| called.name.clone()) })
                })
            },
        )
        .await?;
    Ok((StatusCode::CREATED, Private(moved_in)))
}

/// Changes a residency: mostly, on which day somebody moves out.
#[utoipa::path(put, tag = "housing", path = "/api/housing/residencies/{residency}", operation_id = "change_residency",
    request_body = ResidencyBody,
    params(("residency" = String, Path, format = "uuid", description = "The residency"),
        ("If-Match" = String, Header, description = "The version that is meant")),
    responses(
        (status = 204, description = "Changed"),
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
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(residency): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ResidencyBody>,
) -> Result<StatusCode, Problem> {
    let (id, vault, version) = (residency_id(&residency)?, service.vault()?, meant_version(&headers)?);
    let today = service.today();
    let (span, note) = (span(body.from, body.until)?, said(&body.note, "note", LONGEST_TEXT, false)?);
    let entry = entry(&caller, id, "change_residency");
    service
        .written(
            move |()| entry,
            move |tx| {
                Box::pin(async move {
                    let row = store::residency_row(tx, id).await?.ok_or(RegisterError::Absent)?;
                    let known = vault.residency(&row)?.facts;
                    let facts = ResidencyFacts { span, settled: body.settled, note, ..known };
                    service::change_residency(tx, &vault, (id, version), &facts).await?;
                    introductions::service::settle(tx, &vault, id, today).await
                })
            },
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a residency away that was entered by mistake, with what was decided of it. Whoever moves out gets a last day instead.
#[utoipa::path(delete, tag = "housing", path = "/api/housing/residencies/{residency}", operation_id = "remove_residency",
    params(("residency" = String, Path, format = "uuid", description = "The residency")),
    responses(
        (status = 204, description = "Gone"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn remove(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(residency): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = residency_id(&residency)?;
    let entry = entry(&caller, id, "remove_residency");
    service
        .written(move |()| entry, move |tx| Box::pin(async move { service::remove_residency(tx, id).await }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
