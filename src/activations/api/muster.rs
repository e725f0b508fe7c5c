//! Where a resident gathers when something happens.

use axum::extract::{Path, State};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    activations::service,
    audit::{self, Entry, Person},
    auth::{Caller, absent},
    councils::{
        model::{Muster, ResidencyId},
        service::set_muster,
    },
    http::{JsonBody, Message, Problem, ProblemDocument, said},
};

use super::shared::{ActivationsService, LONGEST_TITLE};

/// Where a resident is to gather.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MusterBody {
    /// The place; none is the meeting place of their council.
    muster: Option<Muster>,
}

fn checked(item: &Muster) -> Result<Muster, Problem> {
    if item.location.is_some_and(|location| !location.is_in_world()) {
        let message = Message::new(
            "地図の上の位置を選んでください(経度、緯度の順)。",
            "Please choose a position on the map (longitude first).",
        );
        return Err(Problem::impossible("muster.location", message));
    }
    Ok(Muster { name: said(&item.name, "muster.name", LONGEST_TITLE, true)?, location: item.location })
}

/// Says where a resident gathers when something happens. Whoever is called just now sees it at once.
#[utoipa::path(put, tag = "housing", path = "/api/housing/residencies/{residency}/muster", operation_id = "set_muster",
    params(("residency" = String, Path, format = "uuid", description = "The residency")),
    request_body = MusterBody,
    responses(
        (status = 204, description = "Noted"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn put(
    State(service): State<ActivationsService>,
    caller: Caller,
    Path(residency): Path<String>,
    JsonBody(body): JsonBody<MusterBody>,
) -> Result<StatusCode, Problem> {
    let id: ResidencyId = residency.parse().map_err(|_| absent())?;
    let (vault, muster) = (service.vault()?, body.muster.as_ref().map(checked).transpose()?);
    let meetings = service.meetings();
    let entry = Entry::by(&caller, audit::Action::ChangeRegister)
        .on("residency", id)
        .about([Person::Pseudonym(id.0)])
        .with(json!({ "step": "set_muster" }));
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                set_muster(tx, &vault, id, muster.clone()).await?;
                service::move_muster(tx, &vault, &meetings, id, muster).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
