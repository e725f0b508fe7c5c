//! Places, as their editors see them.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    catalogue::LayerId,
    clock::tokyo_date,
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, query_string},
    layers::PlaceId,
    places::{
        PlacesService, Purpose,
        editing::{
            self, Change, EditError, Edited, NewPlace, Patch, PlaceQuery, PlaceView, Stewards, from_geojson,
            is_far,
        },
    },
};

use super::documents::{
    ChangePlace, CreatePlace, EditItem, PlaceDocument, PlaceHistory, PlaceItem, PlaceList, RestorePlace,
    RetirePlace, UndoEdit,
};

/// Places on one page.
const PAGE: usize = 50;
/// The longest reason.
const LONGEST_REASON: usize = 500;

#[derive(Deserialize)]
pub(super) struct PlacesParams {
    layer: LayerId,
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// Places within reach, retired ones too.
#[utoipa::path(get, tag = "places", path = "/api/places", operation_id = "list_places",
    params(
        ("layer" = LayerId, Query, description = "Of which layer"),
        ("q" = Option<String>, Query, description = "What the name, a former name, the address or the code contains"),
        ("after" = Option<String>, Query, description = "Where the last answer ended")),
    responses(
        (status = 200, body = PlaceList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<PlacesService>,
    caller: Caller,
    Query(params): Query<PlacesParams>,
) -> Result<Response, Problem> {
    let after = params.after.as_deref().and_then(|after| {
        let (id, name) = after.split_once('.')?;
        Some((name.to_owned(), id.to_owned()))
    });
    let query = PlaceQuery { layer: params.layer, text: params.q.clone(), after, limit: PAGE };
    let mut tx = service.gate.db().read().await?;
    let (found, more) = editing::list(&mut tx, &Stewards::of(&caller), &query).await?;
    let next = found.last().filter(|_| more).map(|last| {
        let after = format!("{}.{}", last.id, last.said.name());
        let query = query_string(&[("layer", params.layer.as_str()), ("q", &params.q), ("after", &after)]);
        format!("/api/places?{query}")
    });
    let today = tokyo_date(service.gate.clock().now());
    let places = found.iter().map(|item| PlaceItem::new(item, today)).collect();
    Ok(Private(PlaceList { places, next }).into_response())
}

/// Whether anything is said that only editors may know: contact persons.
fn has_private(view: &PlaceView) -> bool {
    let mut private = view.layer.layer().fields.iter().filter(|field| !field.public);
    private
        .any(|field| view.files.fields.contains_key(field.name) || view.said.fields.contains_key(field.name))
}

/// A place.
#[utoipa::path(get, tag = "places", path = "/api/places/{place}", operation_id = "get_place",
    params(("place" = String, Path, description = "The place")),
    responses(
        (status = 200, body = PlaceDocument, headers(("ETag" = String, description = "Names this state"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(place): Path<String>,
) -> Result<Response, Problem> {
    let id: PlaceId = place.parse().map_err(|_| absent())?;
    let (reach, recorder) = (Stewards::of(&caller), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadPlace).on("place", id);
    let view = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let view = editing::view(tx, &reach, id).await?;
                if view.as_ref().is_some_and(has_private) {
                    recorder.record(tx, entry).await?;
                }
                Ok::<_, DbError>(view)
            })
        })
        .await?
        .ok_or_else(absent)?;
    Ok(document(&service, view, StatusCode::OK))
}

fn document(service: &PlacesService, view: PlaceView, status: StatusCode) -> Response {
    let today = tokyo_date(service.gate.clock().now());
    let far = is_far(&view.said.geometry, service.municipality());
    let tag = HeaderValue::try_from(format!("\"{}\"", view.tag));
    let mut response = Private(PlaceDocument::new(view, today, far)).into_response();
    *response.status_mut() = status;
    if let Ok(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The state that an editor saw.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(given) = headers.get(header::IF_MATCH) else {
        return Err(Problem::new(
            ProblemKind::PreconditionRequired,
            Message::new(
                "どの版への変更かが分かりません。開き直してからお試しください(If-Match が必要です)。",
                "Please open the place again and change it from there (If-Match is needed).",
            ),
        ));
    };
    match given.to_str().unwrap_or_default().trim() {
        "*" => Ok(None),
        // A tag that is none of ours matches nothing.
        tag => Ok(Some(tag.trim_matches('"').parse().unwrap_or(i64::MIN))),
    }
}

fn checked_reason(reason: &str, needed: bool) -> Result<(), Problem> {
    if needed && reason.trim().is_empty() {
        let message = Message::new("理由を入力してください。", "Please say why.");
        return Err(Problem::impossible("reason", message));
    }
    if reason.chars().count() > LONGEST_REASON {
        let message = Message::new(
            format!("理由は{LONGEST_REASON}文字以内にしてください。"),
            format!("Please use at most {LONGEST_REASON} characters for the reason."),
        );
        return Err(Problem::impossible("reason", message));
    }
    Ok(())
}

fn problem(error: EditError) -> Problem {
    match error {
        EditError::Absent => absent(),
        EditError::Stale => Problem::new(
            ProblemKind::PreconditionFailed,
            Message::new(
                "ほかの人(またはファイルの取り込み)が先に変更しました。いまの内容を読み込み、もう一度変更してください。",
                "Somebody else, or an import, changed it first. Please load what is there now and change it again.",
            ),
        ),
        EditError::NoDepartment => Problem::new(
            ProblemKind::Conflict,
            Message::new(
                "所属がないため、どの課のデータか決められません。名簿の担当に所属を登録してもらってください。",
                "You belong to no department, so nobody would look after the place. Please ask those who keep the roster.",
            ),
        ),
        EditError::Invalid(wrong) => {
            let detail = Message::new(
                "入力を確かめてください。変更は保存されていません。",
                "Please check what is marked. Nothing was stored.",
            );
            wrong
                .into_iter()
                .fold(Problem::new(ProblemKind::Unprocessable, detail), |problem, (field, why)| {
                    problem.with(&field, why)
                })
        }
        EditError::Db(error) => Problem::internal(&error),
    }
}

fn geometry(given: Value) -> Result<crate::geo::Geometry, Problem> {
    from_geojson(given).map_err(|_| {
        let message = Message::new(
            "位置を読み取れません。緯度と経度を数字で入力してください。",
            "The position cannot be read. Please write latitude and longitude as numbers.",
        );
        Problem::impossible("geometry", message)
    })
}

/// What an entry of the audit log says of an edit: names of fields, no values.
fn detail(kind: &str, edited: &Edited) -> Value {
    let fields: Vec<&str> = edited.changes.iter().map(|change| change.field.as_str()).collect();
    json!({ "kind": kind, "version": edited.view.edits, "fields": fields, "layer": edited.view.layer })
}

async fn apply(
    service: &PlacesService,
    caller: &Caller,
    (place, headers): (&str, &HeaderMap),
    (kind, reason): (&'static str, &str),
    change: Change,
) -> Result<Response, Problem> {
    let id: PlaceId = place.parse().map_err(|_| absent())?;
    let expected = if_match(headers)?;
    let (reach, author, recorder) =
        (Stewards::of(caller), service.author(caller, reason), service.recorder.clone());
    let entry = Entry::by(caller, audit::Action::ChangePlace).on("place", id);
    let edited = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let edited = editing::edit(tx, &reach, (id, expected), &author, change).await?;
                // The answer shows what only editors may know, so that it is recorded either way.
                recorder.record(tx, entry.with(detail(kind, &edited))).await?;
                Ok(edited)
            })
        })
        .await
        .map_err(problem)?;
    service.publish(edited.view.layer).await;
    Ok(document(service, edited.view, StatusCode::OK))
}

/// Changes a place.
#[utoipa::path(patch, tag = "places", path = "/api/places/{place}", operation_id = "change_place",
    request_body = ChangePlace,
    params(
        ("place" = String, Path, description = "The place"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = PlaceDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(place): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ChangePlace>,
) -> Result<Response, Problem> {
    checked_reason(&body.reason, false)?;
    let patch = Patch {
        fields: body.fields,
        reset: body.reset,
        hidden: body.hidden,
        geometry: body.geometry.map(geometry).transpose()?,
        reset_geometry: body.reset_geometry,
        renamed_on: body.renamed_on,
        former: body.former,
    };
    let change = Change::Patch(Box::new(patch));
    apply(&service, &caller, (&place, &headers), ("change", &body.reason), change).await
}

/// Retires a place: from that day on it no longer counts.
#[utoipa::path(post, tag = "places", path = "/api/places/{place}/retire", operation_id = "retire_place",
    request_body = RetirePlace,
    params(
        ("place" = String, Path, description = "The place"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = PlaceDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn retire(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(place): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<RetirePlace>,
) -> Result<Response, Problem> {
    checked_reason(&body.reason, true)?;
    let on = body.on.unwrap_or_else(|| tokyo_date(service.gate.clock().now()));
    if !(1800..=2200).contains(&on.year()) {
        let message =
            Message::new("廃止の日を確かめてください。", "Please check the day on which it is retired.");
        return Err(Problem::impossible("on", message));
    }
    apply(&service, &caller, (&place, &headers), ("retire", &body.reason), Change::Retire(on)).await
}

/// Brings a retired place back.
#[utoipa::path(post, tag = "places", path = "/api/places/{place}/restore", operation_id = "restore_place",
    request_body = RestorePlace,
    params(
        ("place" = String, Path, description = "The place"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = PlaceDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn restore(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(place): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<RestorePlace>,
) -> Result<Response, Problem> {
    checked_reason(&body.reason, true)?;
    apply(&service, &caller, (&place, &headers), ("restore", &body.reason), Change::Restore).await
}

/// Goes back to what editors said after an earlier edit. It is a new edit itself.
#[utoipa::path(post, tag = "places", path = "/api/places/{place}/undo", operation_id = "undo_edit",
    request_body = UndoEdit,
    params(
        ("place" = String, Path, description = "The place"),
        ("If-Match" = String, Header, description = "The ETag that was seen")),
    responses(
        (status = 200, body = PlaceDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn undo(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(place): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<UndoEdit>,
) -> Result<Response, Problem> {
    checked_reason(&body.reason, false)?;
    apply(&service, &caller, (&place, &headers), ("undo", &body.reason), Change::UndoTo(body.to)).await
}

/// Adds a place, to the dataset that the caller's department fills by hand.
#[utoipa::path(post, tag = "places", path = "/api/places", operation_id = "create_place",
    request_body = CreatePlace,
    responses(
        (status = 201, body = PlaceDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(service): State<PlacesService>,
    caller: Caller,
    JsonBody(body): JsonBody<CreatePlace>,
) -> Result<Response, Problem> {
    checked_reason(&body.reason, false)?;
    let new = NewPlace {
        layer: body.layer,
        fields: body.fields,
        hidden: body.hidden,
        geometry: geometry(body.geometry)?,
        sample: service.purpose == Purpose::Demo,
        key: service.gate.random().id().to_string(),
    };
    let (author, recorder) = (service.author(&caller, &body.reason), service.recorder.clone());
    // The nearest department looks after it.
    let steward = caller.principal.stewards.first().cloned();
    let entry = Entry::by(&caller, audit::Action::ChangePlace);
    let created = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let created = editing::create(tx, steward.as_ref(), new, &author).await?;
                let entry = entry.on("place", created.view.id).with(detail("create", &created));
                recorder.record(tx, entry).await?;
                Ok(created)
            })
        })
        .await
        .map_err(problem)?;
    service.publish(created.view.layer).await;
    let location = HeaderValue::try_from(format!("/api/places/{}", created.view.id));
    let mut response = document(&service, created.view, StatusCode::CREATED);
    if let Ok(location) = location {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The edits of a place.
#[utoipa::path(get, tag = "places", path = "/api/places/{place}/history", operation_id = "place_history",
    params(("place" = String, Path, description = "The place")),
    responses(
        (status = 200, body = PlaceHistory),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn history(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(place): Path<String>,
) -> Result<Response, Problem> {
    let id: PlaceId = place.parse().map_err(|_| absent())?;
    let (reach, recorder) = (Stewards::of(&caller), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadPlace).on("place", id);
    let items = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let items = editing::history(tx, &reach, id).await?;
                // A history may name contact persons whom the place has no longer.
                if items.as_ref().is_some_and(|items| !items.is_empty()) {
                    recorder.record(tx, entry.with(json!({ "what": "history" }))).await?;
                }
                Ok::<_, DbError>(items)
            })
        })
        .await?
        .ok_or_else(absent)?;
    let account = caller.principal.account.to_string();
    let edits = items.into_iter().map(|item| EditItem::new(item, &account)).collect();
    Ok(Private(PlaceHistory { edits }).into_response())
}
