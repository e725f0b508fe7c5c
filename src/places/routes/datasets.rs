//! Datasets, as their stewards see them.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    catalogue::LayerId,
    clock::tokyo_date,
    db::DbError,
    http::{Message, Private, Problem, ProblemDocument, ProblemKind},
    places::{
        DatasetId, PlacesService,
        editing::{self, Stewards},
        store,
    },
};

use super::documents::{ConfirmationDocument, DatasetItem, DatasetList, editable};

/// Datasets within reach.
#[utoipa::path(get, tag = "datasets", path = "/api/datasets", operation_id = "list_datasets",
    responses(
        (status = 200, body = DatasetList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(State(service): State<PlacesService>, caller: Caller) -> Result<Response, Problem> {
    let (reach, today) = (Stewards::of(&caller), tokyo_date(service.gate.clock().now()));
    let datasets = within(&service, &reach, today).await.map_err(|error| Problem::internal(&error))?;
    Ok(Private(DatasetList { datasets, editable_layers: editable() }).into_response())
}

async fn within(
    service: &PlacesService,
    reach: &Stewards,
    today: crate::clock::Date,
) -> Result<Vec<DatasetItem>, DbError> {
    let mut tx = service.gate.db().read().await?;
    let kinds = store::dataset_kinds(&mut tx).await?;
    let is_own = |id: &str| kinds.iter().any(|(known, own)| known == id && *own);
    let mut items = Vec::new();
    for layer in LayerId::ALL {
        let found = store::datasets(&mut tx, layer).await?;
        for dataset in found.into_iter().filter(|dataset| reach.cover(&dataset.steward)) {
            let own = is_own(&dataset.id);
            items.push(DatasetItem::new(layer, dataset, own, today));
        }
    }
    Ok(items)
}

/// Confirms that a dataset is still true: its layer is fresh again.
#[utoipa::path(post, tag = "datasets", path = "/api/datasets/{dataset}/confirm",
    operation_id = "confirm_dataset",
    params(("dataset" = String, Path, description = "The dataset")),
    responses(
        (status = 200, body = ConfirmationDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn confirm(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(dataset): Path<String>,
) -> Result<Response, Problem> {
    let dataset: DatasetId = dataset.parse().map_err(|_| absent())?;
    let (reach, author) = (Stewards::of(&caller), service.author(&caller, ""));
    let (recorder, id) = (service.recorder.clone(), service.gate.random().id());
    let entry = Entry::by(&caller, audit::Action::ChangeDataset).on("dataset", &dataset);
    let confirmed = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let confirmed = editing::confirm(tx, &reach, (&dataset, id), &author).await?;
                if confirmed.is_some() {
                    recorder.record(tx, entry.with(json!({ "what": "confirmed" }))).await?;
                }
                Ok::<_, DbError>(confirmed)
            })
        })
        .await?
        .ok_or_else(absent)?;
    service.publish(confirmed.layer).await;
    Ok(document(confirmed))
}

/// Takes back one's own confirmation of today.
#[utoipa::path(post, tag = "datasets", path = "/api/datasets/{dataset}/unconfirm",
    operation_id = "unconfirm_dataset",
    params(("dataset" = String, Path, description = "The dataset")),
    responses(
        (status = 200, body = ConfirmationDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn unconfirm(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(dataset): Path<String>,
) -> Result<Response, Problem> {
    let dataset: DatasetId = dataset.parse().map_err(|_| absent())?;
    let (reach, author, recorder) =
        (Stewards::of(&caller), service.author(&caller, ""), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ChangeDataset).on("dataset", &dataset);
    let taken_back = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let taken_back = editing::unconfirm(tx, &reach, &dataset, &author).await?;
                if matches!(taken_back, Some(Some(_))) {
                    recorder.record(tx, entry.with(json!({ "what": "unconfirmed" }))).await?;
                }
                Ok::<_, DbError>(taken_back)
            })
        })
        .await?
        .ok_or_else(absent)?;
    let Some(taken_back) = taken_back else {
        return Err(Problem::new(
            ProblemKind::Conflict,
            Message::new(
                "取り消せるのは、自分が今日行った最後の確認だけです。",
                "Only your own confirmation of today, and the last one, can be taken back.",
            ),
        ));
    };
    service.publish(taken_back.layer).await;
    Ok(document(taken_back))
}

fn document(confirmed: editing::Confirmed) -> Response {
    Private(ConfirmationDocument { before: confirmed.before, last_confirmed: confirmed.after })
        .into_response()
}
