//! The handlers of `/api/layers` and its like.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use http::{HeaderValue, header};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::{
    catalogue::LayerId,
    geo::{BadBbox, QueryBox},
    http::{Content, Head, Message, Piece, Problem, ProblemDocument, ProblemKind, Tag},
    layers::{
        self as model, LayersService, PlaceId, Query as Asked, When,
        export::{self, ExportFormat},
        fold, ogc,
        service::collection,
    },
};

use super::documents::{
    Feature, FeatureCollection, LayersDocument, SearchDocument, SearchResult, SettingsDocument,
};

const CACHE: &str = "public, no-cache";
const JSON: &str = "application/json";
const GEOJSON: &str = "application/geo+json";

fn layer(name: &str) -> Result<LayerId, Problem> {
    name.parse().map_err(|_| {
        Problem::not_found(Message::new(
            "そのレイヤーはありません。/api/layers に一覧があります。",
            "There is no such layer. /api/layers lists them.",
        ))
    })
}

/// A small JSON document.
async fn json(head: &Head, tag: Tag, document: impl FnOnce() -> Vec<u8>) -> Response {
    if let Some(response) = head.not_modified(&tag, None, CACHE) {
        return response;
    }
    let pieces = vec![Piece::Fresh(document().into())];
    head.respond(Content { media_type: JSON, tag, modified: None, cache: CACHE, pieces }).await
}

/// What the browser app needs to know of the deployment.
#[utoipa::path(get, tag = "layers", path = "/api/settings", operation_id = "get_settings",
    responses((status = 200, body = SettingsDocument)))]
pub(super) async fn settings(State(service): State<LayersService>, head: Head) -> Response {
    let boundary = service.layers.get(LayerId::Boundary);
    let tag = Tag::new(boundary.tag(), &("settings", format!("{:?}", service.site)));
    json(&head, tag, || {
        // Plain structs always serialise.
        serde_json::to_vec(&SettingsDocument::new(&service.site, &boundary)).unwrap_or_default()
    })
    .await
}

/// Every layer: title, count, freshness, fields and datasets.
#[utoipa::path(get, tag = "layers", path = "/api/layers", operation_id = "list_layers",
    responses((status = 200, body = LayersDocument), (status = 304, description = "Nothing changed")))]
pub(super) async fn layers(State(service): State<LayersService>, head: Head) -> Response {
    let snapshots = service.layers.all();
    let tags: String = snapshots.iter().map(|snapshot| snapshot.tag()).collect();
    json(&head, Tag::new("layers", &tags), || {
        let document = LayersDocument::new(snapshots.iter().map(|snapshot| &**snapshot));
        serde_json::to_vec(&document).unwrap_or_default()
    })
    .await
}

/// More features than this are asked for without a limit.
const MOST: usize = 10_000;

fn limit(text: &str) -> Result<usize, Problem> {
    text.parse().ok().filter(|limit| (1..=MOST).contains(limit)).ok_or_else(|| {
        Problem::parameter(
            "limit",
            Message::new(
                format!("limit は 1 から {MOST} までの整数です。"),
                format!("limit is a whole number from 1 to {MOST}."),
            ),
        )
    })
}

/// Four numbers that are no box on this world can be read, and are impossible.
fn bbox(text: &str) -> Result<QueryBox, Problem> {
    ogc::bbox(text).map_err(|problem| match text.parse::<QueryBox>() {
        Err(BadBbox::OutOfWorld | BadBbox::UpsideDown) => problem.of_kind(ProblemKind::Unprocessable),
        _ => problem,
    })
}

#[derive(Deserialize)]
pub(super) struct FeaturesParams {
    bbox: Option<String>,
    limit: Option<String>,
}

/// A layer's features: all of them, or those within a box.
#[utoipa::path(get, tag = "layers", path = "/api/layers/{layer}/features", operation_id = "list_features",
    params(
        ("layer" = LayerId, Path, description = "The layer"),
        ("bbox" = Option<String>, Query, pattern = r"^-?\d{1,3}(\.\d+)?(,-?\d{1,3}(\.\d+)?){3}$",
            description = "west,south,east,north in degrees"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 10_000, description = "How many at most; all when not given")),
    responses(
        (status = 200, body = FeatureCollection, content_type = "application/geo+json"),
        (status = 304, description = "Nothing changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn features(
    State(service): State<LayersService>,
    Path(name): Path<String>,
    Query(params): Query<FeaturesParams>,
    head: Head,
) -> Result<Response, Problem> {
    let snapshot = service.layers.get(layer(&name)?);
    let tag = Tag::new(snapshot.tag(), &("features", &params.bbox, &params.limit));
    let modified = snapshot.modified();
    let asked = Asked {
        bbox: params.bbox.as_deref().map(bbox).transpose()?,
        when: When::Now,
        filters: Vec::new(),
        after: None,
        limit: params.limit.as_deref().map(limit).transpose()?.unwrap_or(usize::MAX),
    };
    if let Some(response) = head.not_modified(&tag, Some(modified), CACHE) {
        return Ok(response);
    }
    let page = snapshot.query(&asked);
    let closing = format!("],\"number_matched\":{},\"number_returned\":{}}}", page.matched, page.returned);
    let opening = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    let pieces = collection(opening, &page, closing.as_bytes());
    Ok(head
        .respond(Content { media_type: GEOJSON, tag, modified: Some(modified.clone()), cache: CACHE, pieces })
        .await)
}

/// One feature.
#[utoipa::path(get, tag = "layers", path = "/api/layers/{layer}/features/{feature}", operation_id = "get_feature",
    params(
        ("layer" = LayerId, Path, description = "The layer"),
        ("feature" = String, Path, description = "The feature's id")),
    responses(
        (status = 200, body = Feature, content_type = "application/geo+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn feature(
    State(service): State<LayersService>,
    Path((name, id)): Path<(String, String)>,
    head: Head,
) -> Result<Response, Problem> {
    let snapshot = service.layers.get(layer(&name)?);
    let found = id.parse::<PlaceId>().ok().and_then(|id| snapshot.find(id)).ok_or_else(|| {
        Problem::not_found(Message::new(
            "この場所はもうないか、番号が違います。一覧か検索からお探しください。",
            "This place no longer exists, or its id is wrong. Please look in the list or search.",
        ))
    })?;
    let tag = Tag::new(snapshot.tag(), &("feature", &id));
    let modified = snapshot.modified();
    if let Some(response) = head.not_modified(&tag, Some(modified), CACHE) {
        return Ok(response);
    }
    let pieces = vec![Piece::Fresh(found.json())];
    Ok(head
        .respond(Content { media_type: GEOJSON, tag, modified: Some(modified.clone()), cache: CACHE, pieces })
        .await)
}

/// Large exports are made one at a time: each takes as much memory as its layer.
static EXPORTS: Semaphore = Semaphore::const_new(1);

/// A whole layer as a file.
#[utoipa::path(get, tag = "layers", path = "/api/layers/{layer}/export/{format}", operation_id = "export_layer",
    params(
        ("layer" = LayerId, Path, description = "The layer"),
        ("format" = String, Path, description = "geojson, gpkg, csv or kml")),
    responses(
        (status = 200, description = "The file"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn export(
    State(service): State<LayersService>,
    Path((name, format)): Path<(String, String)>,
    head: Head,
) -> Result<Response, Problem> {
    let snapshot = service.layers.get(layer(&name)?);
    let format: ExportFormat = format.parse().map_err(|_| {
        Problem::not_found(Message::new(
            "書き出せる形式は geojson、gpkg、csv、kml です。",
            "Layers are exported as geojson, gpkg, csv or kml.",
        ))
    })?;
    let tag = Tag::new(snapshot.tag(), &("export", format));
    let modified = snapshot.modified();
    if let Some(response) = head.not_modified(&tag, Some(modified), CACHE) {
        return Ok(response);
    }
    let _turn = EXPORTS.acquire().await.map_err(|error| Problem::internal(&error))?;
    let file = {
        let snapshot = snapshot.clone();
        // The work is the processor's, but for the disk under a GeoPackage.
        let handle = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || handle.block_on(export::export(&snapshot, format)))
            .await
            .map_err(|error| Problem::internal(&error))?
            .map_err(|error| Problem::internal(&error))?
    };
    let name = format!(
        "attachment; filename=\"{}_{}.{}\"",
        service.site.municipality.code,
        snapshot.layer(),
        format.extension()
    );
    let pieces = vec![Piece::Fresh(file.into())];
    let content = Content {
        media_type: format.media_type(),
        tag,
        modified: Some(modified.clone()),
        cache: CACHE,
        pieces,
    };
    let mut response = head.respond(content).await;
    if let Ok(name) = HeaderValue::try_from(name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

#[derive(Deserialize)]
pub(super) struct SearchParams {
    q: String,
    limit: Option<String>,
}

const SEARCH_LIMIT: usize = 20;
const SEARCH_MOST: usize = 100;
/// Longer than any name or address.
const LONGEST_QUESTION: usize = 200;

/// Places by name, reading, English name, former name or address.
#[utoipa::path(get, tag = "layers", path = "/api/search", operation_id = "search",
    params(
        ("q" = String, Query, max_length = 200, description = "Words that must all match"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 10_000, description = "How many results at most, 20 when not given; never more than 100")),
    responses(
        (status = 200, body = SearchDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn search(
    State(service): State<LayersService>,
    Query(params): Query<SearchParams>,
    head: Head,
) -> Result<Response, Problem> {
    let wanted = params.limit.as_deref().map(limit).transpose()?.unwrap_or(SEARCH_LIMIT).min(SEARCH_MOST);
    if params.q.chars().count() > LONGEST_QUESTION {
        return Err(Problem::parameter(
            "q",
            Message::new(
                "検索する言葉が長すぎます。短くしてください。",
                "The words are too long. Please use fewer.",
            ),
        ));
    }
    let snapshots = service.layers.all();
    let tags: String = snapshots.iter().map(|snapshot| snapshot.tag()).collect();
    let tag = Tag::new("search", &(tags, &params.q, wanted));
    let document = tokio::task::spawn_blocking(move || {
        let mut found: Vec<(u32, SearchResult)> = snapshots
            .iter()
            .flat_map(|snapshot| {
                let layer = snapshot.layer();
                snapshot
                    .search(&params.q, wanted)
                    .into_iter()
                    .filter_map(move |found| Some((found.rank, result(layer, &found)?)))
            })
            .map(|(rank, mut result)| {
                narrow_former_names(&mut result, &params.q);
                (rank, result)
            })
            .collect();
        found.sort_by_key(|found| found.0);
        found.truncate(wanted);
        SearchDocument { results: found.into_iter().map(|found| found.1).collect() }
    })
    .await
    .map_err(|error| Problem::internal(&error))?;
    Ok(json(&head, tag, || serde_json::to_vec(&document).unwrap_or_default()).await)
}

fn result(layer: LayerId, found: &model::Found) -> Option<SearchResult> {
    let feature: Value = serde_json::from_slice(&found.json).ok()?;
    let properties = &feature["properties"];
    let text = |field: &str| properties[field].as_str().map(str::to_owned);
    let matched_text = match &properties[found.field] {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(ITEM_JOIN),
        _ => String::new(),
    };
    Some(SearchResult {
        layer,
        id: found.id.to_string(),
        name: text("name")?,
        name_en: text("name_en"),
        address: text("address"),
        sample: properties["sample"] == true,
        matched: found.field.to_owned(),
        matched_text,
        location: found.location,
    })
}

const ITEM_JOIN: &str = "、";

/// Of several former names, only the one that matched.
fn narrow_former_names(result: &mut SearchResult, question: &str) {
    if result.matched == "former_names"
        && let Some(word) = question.split_whitespace().map(fold).find(|word| !word.is_empty())
        && let Some(name) = result.matched_text.split(ITEM_JOIN).find(|name| fold(name).contains(&word))
    {
        result.matched_text = name.to_owned();
    }
}
