//! What comes in: tracks and photos.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    auth::{Caller, Permission, absent},
    db::DbError,
    http::{Message, Peer, Private, Problem, ProblemDocument, ProblemKind, body_bytes},
    network::{
        Loaded, Profile,
        model::{degrees, spot},
        path,
    },
    photo::{self, BadPhoto, Photo},
    routes::{
        api::RoutesService,
        input::{self, Found, ImportedTrack},
        model::{DraftState, PhotoId, RouteId, StopId},
        store::{self, StoredPhoto, reaches},
    },
};

use super::drafts::route_id;

/// The largest file of a track or photo, in bytes.
pub(super) const FILE_LIMIT: usize = 10 * 1024 * 1024;
/// Photos of a route, with those that its stops no longer show.
const MOST_PHOTOS: i64 = 200;

/// Reads a recorded walk or a list of places (GPX, KML, GeoJSON) and makes waypoints of it. Nothing is stored.
#[utoipa::path(post, tag = "routes", path = "/api/designs/import", operation_id = "import_track",
    request_body(content = String, content_type = "application/octet-stream", description = "The file, at most 10 MB"),
    responses(
        (status = 200, body = ImportedTrack),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn import(
    State(service): State<RoutesService>,
    _caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let turn = Arc::clone(&service.files).acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let bytes = body_bytes(request.into_body()).await?;
    let (network, random) = (service.network.get(), service.gate.random().clone());
    let read = tokio::task::spawn_blocking(move || {
        let read = input::import(&bytes, &mut |a, b| way(&network, a.0, b.0), &mut || StopId(random.id()));
        drop(turn);
        read
    });
    let read = read.await.map_err(|error| Problem::internal(&error))?;
    let track = read.map_err(|bad| Problem::new(ProblemKind::Unprocessable, bad.message()))?;
    Ok(Private(track).into_response())
}

fn way(network: &Loaded, from: [f64; 2], to: [f64; 2]) -> Option<Found> {
    let ends = [spot(from)?, spot(to)?];
    let found = path::path(&network.graph, Profile::Walk, &ends, &[]).ok()?;
    let line = found.legs.into_iter().next()?.line;
    Some(Found { line: line.into_iter().map(|at| crate::geo::Position(degrees(at))).collect() })
}

/// A photo that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhotoTaken {
    /// Its id, for a stop's `photo`.
    #[schema(value_type = String, format = "uuid")]
    photo_id: PhotoId,
    /// Its width in pixels.
    width: u32,
    /// Its height in pixels.
    height: u32,
}

/// Takes in a photo (JPEG, PNG or WebP) for a route: shrunk to 1,600 pixels, upright, and without metadata.
#[utoipa::path(post, tag = "routes", path = "/api/routes/{route}/photos", operation_id = "add_photo",
    params(("route" = String, Path, description = "The route")),
    request_body(content = String, content_type = "application/octet-stream", description = "The photo, at most 10 MB"),
    responses(
        (status = 201, body = PhotoTaken, headers(("Location" = String, description = "The photo"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn add_photo(
    State(service): State<RoutesService>,
    caller: Caller,
    Path(route): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let route = route_id(&route)?;
    let mut tx = service.gate.db().read().await?;
    let found = store::route(&mut tx, route).await?;
    drop(tx);
    found.filter(|route| reaches(&caller.reach(), route.department)).ok_or_else(absent)?;
    let turn = Arc::clone(&service.files).acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let bytes = body_bytes(request.into_body()).await?;
    let prepared = tokio::task::spawn_blocking(move || {
        let prepared = photo::prepare(&bytes);
        drop(turn);
        prepared
    });
    let prepared = prepared.await.map_err(|error| Problem::internal(&error))?.map_err(bad_photo)?;
    let (id, now) = (PhotoId(service.gate.random().id()), service.gate.clock().now());
    let taken = PhotoTaken { photo_id: id, width: prepared.width, height: prepared.height };
    let by = caller.principal.account;
    let kept = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                store::lock_route(tx, route).await?;
                if store::photo_count(tx, route).await? >= MOST_PHOTOS {
                    return Ok::<_, DbError>(false);
                }
                store::insert_photo(tx, (id, route), &prepared, (by, now)).await?;
                Ok(true)
            })
        })
        .await?;
    if !kept {
        return Err(Problem::new(
            ProblemKind::Conflict,
            Message::new(
                format!("1つのコースに入れられる写真は{MOST_PHOTOS}枚までです。"),
                format!("A route takes at most {MOST_PHOTOS} photos."),
            ),
        ));
    }
    let mut response = Private(taken).into_response();
    *response.status_mut() = StatusCode::CREATED;
    if let Ok(location) = HeaderValue::try_from(format!("/api/photos/{id}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn bad_photo(bad: BadPhoto) -> Problem {
    Problem::new(ProblemKind::Unprocessable, bad.message())
}

/// A photo: for everybody when a published version shows it; otherwise for those who see the route's draft.
#[utoipa::path(get, tag = "routes", path = "/api/photos/{photo}", operation_id = "get_photo",
    params(("photo" = String, Path, description = "The photo")),
    responses(
        (status = 200, body = String, content_type = "image/jpeg"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn photo(
    State(service): State<RoutesService>,
    Path(photo): Path<String>,
    headers: HeaderMap,
    peer: Peer,
) -> Result<Response, Problem> {
    let id: PhotoId = photo.parse().map_err(|_| absent())?;
    let mut tx = service.gate.db().read().await?;
    let found = store::photo(&mut tx, id).await?.ok_or_else(absent)?;
    let public = store::is_published(&mut tx, found.route, id).await?;
    drop(tx);
    if !public && !sees_draft(&service, found.route, &headers, peer).await? {
        return Err(absent());
    }
    Ok(shown(found, public))
}

/// Whether somebody designs the route, or reviews its draft.
async fn sees_draft(
    service: &RoutesService,
    route: RouteId,
    headers: &HeaderMap,
    peer: Peer,
) -> Result<bool, Problem> {
    let Some(principal) = service.gate.caller(headers, peer).await? else {
        return Ok(false);
    };
    let Some(scope) = Permission::ReadDesigns.scope(principal.roles) else { return Ok(false) };
    let mut tx = service.gate.db().read().await?;
    let Some(found) = store::route(&mut tx, route).await? else { return Ok(false) };
    let draft = store::draft(&mut tx, route).await?;
    let in_review = draft.is_some_and(|draft| draft.state == DraftState::InReview);
    Ok(in_review || reaches(&principal.reach(scope), found.department))
}

fn shown(photo: StoredPhoto, public: bool) -> Response {
    let media_type = HeaderValue::try_from(photo.content_type);
    let media_type = media_type.unwrap_or(HeaderValue::from_static(Photo::MEDIA_TYPE));
    // A photo never changes under its id.
    let cache = if public { "public, max-age=31536000, immutable" } else { "no-store" };
    let headers =
        [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, HeaderValue::from_static(cache))];
    (headers, photo.bytes).into_response()
}
