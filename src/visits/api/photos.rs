//! Photos that show visits: sent in parts by phones that lose the network, seen by their owner and trainers alone.
//!
//! A file is sent whole by a `PUT`, or in parts by several with `Content-Range: bytes a-b/total`. A part that begins where the
//! last one ended, or before, is taken; every answer says how many bytes are here, from which the phone goes on.

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::{
    audit::{self, Entry},
    auth::{Caller, Reach, absent},
    db::{DbError, Tx},
    http::{Message, Private, Problem, ProblemDocument, ProblemKind, body_bytes},
    photo::{self, BadPhoto, Photo},
    visits::{
        model::{VisitId, VisitPhotoId},
        naming::is_named,
        store::{self, KeptPhoto},
    },
};

use super::shared::{VisitsService, owner, visit_id};

/// The largest file, in bytes: phones shrink before they send.
pub(super) const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// How far a photo is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct PhotoReceived {
    /// How many bytes are here, from the first on: the next part begins there.
    pub received: i64,
    /// Whether it is whole and kept.
    pub complete: bool,
}

/// A part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    start: usize,
    total: usize,
}

/// `bytes a-b/total` for a body of that length; none when there is no such header.
fn part(headers: &HeaderMap, length: usize) -> Result<Option<Part>, Problem> {
    let Some(value) = headers.get(header::CONTENT_RANGE) else { return Ok(None) };
    let read = || {
        let (range, total) = value.to_str().ok()?.strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (start, last, total) = (first.parse().ok()?, last.parse::<usize>().ok()?, total.parse().ok()?);
        let fits = last >= start && last - start + 1 == length && last < total && total <= FILE_LIMIT;
        fits.then_some(Part { start, total })
    };
    read().map(Some).ok_or_else(|| {
        let message = Message::new(
            "Content-Range は「bytes 先頭-末尾/全体」の形で、本文の長さと合わせてください(全体は10MBまで)。",
            "Content-Range must be `bytes first-last/total` and fit the body (at most 10 MB in all).",
        );
        Problem::parameter("Content-Range", message)
    })
}

/// The ids of an address; what are none name nothing.
fn ids(visit: &str, photo: &str) -> Result<(VisitId, VisitPhotoId), Problem> {
    Ok((visit_id(visit)?, photo.parse().map_err(|_| absent())?))
}

/// Within a transaction: whether the photo is to be taken from this caller, and what of it is here. One that came in a file is not:
/// the phone sends its own.
async fn expected(
    tx: &mut Tx,
    caller: &Caller,
    of: (VisitId, VisitPhotoId),
) -> Result<Option<Option<KeptPhoto>>, DbError> {
    let target = store::target(tx, of.0).await?;
    let own = target.is_some_and(|target| target.account == caller.principal.account);
    if !own || !is_named(tx, of).await? {
        return Ok(None);
    }
    Ok(Some(store::photo(tx, of.0, of.1).await?.filter(|kept| !kept.imported)))
}

fn whole(total: i64) -> Response {
    Private(PhotoReceived { received: total, complete: true }).into_response()
}

/// Sends a photo of one's own visit (JPEG, PNG or WebP, at most 10 MB), whole or in parts. The visit names it as evidence.
/// It is shrunk, and only the picture is kept. The same file again changes nothing.
#[utoipa::path(put, tag = "visits", path = "/api/visits/{visit}/photos/{photo}", operation_id = "send_visit_photo",
    params(
        ("visit" = String, Path, description = "The visit"),
        ("photo" = String, Path, description = "The photo, as the visit names it"),
        ("Content-Range" = Option<String>, Header, description = "`bytes first-last/total` for a part")),
    request_body(content = String, content_type = "application/octet-stream", description = "The file, or a part of it"),
    responses(
        (status = 200, body = PhotoReceived),
        (status = 202, body = PhotoReceived),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn send(
    State(service): State<VisitsService>,
    caller: Caller,
    Path((visit, photo)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let of = ids(&visit, &photo)?;
    let mut tx = service.gate.db().read().await?;
    let here = expected(&mut tx, &caller, of).await?.ok_or_else(absent)?;
    drop(tx);
    let headers = request.headers().clone();
    let bytes = body_bytes(request.into_body()).await?;
    let part = part(&headers, bytes.len())?;
    if let Some(kept) = here {
        // Of a part no digest is known; its length says which file it is of.
        let same = match part {
            Some(part) => part.total as i64 == kept.total,
            None => Sha256::digest(&bytes)[..] == kept.digest[..],
        };
        return if same { Ok(whole(kept.total)) } else { Err(another()) };
    }
    let file = match part {
        None => bytes.to_vec(),
        Some(part) => match take(&service, of, part, bytes).await? {
            Ok(file) => file,
            Err(received) => {
                let answer = Private(PhotoReceived { received, complete: false });
                return Ok((StatusCode::ACCEPTED, answer).into_response());
            }
        },
    };
    keep(&service, of, file).await
}

/// Takes a part. The whole file when nothing is missing any more; else how much of it is here.
async fn take(
    service: &VisitsService,
    (visit, photo): (VisitId, VisitPhotoId),
    part: Part,
    bytes: bytes::Bytes,
) -> Result<Result<Vec<u8>, i64>, DbError> {
    let now = service.gate.clock().now();
    service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (mut file, total) = store::parts(tx, visit, photo).await?;
                if total.is_some_and(|total| total != part.total as i64) {
                    // Another file: it begins anew.
                    file.clear();
                }
                if part.start > file.len() {
                    return Ok(Err(file.len() as i64));
                }
                if let Some(fresh) = bytes.get(file.len() - part.start..).filter(|fresh| !fresh.is_empty()) {
                    let at = (file.len() as i64, part.total as i64);
                    store::add_part(tx, (visit, photo), at, fresh, now).await?;
                    file.extend(fresh);
                }
                Ok(if file.len() < part.total { Err(file.len() as i64) } else { Ok(file) })
            })
        })
        .await
}

/// Makes a photo of a whole file and keeps it.
async fn keep(
    service: &VisitsService,
    (visit, photo): (VisitId, VisitPhotoId),
    file: Vec<u8>,
) -> Result<Response, Problem> {
    let (digest, total): ([u8; 32], i64) = (Sha256::digest(&file).into(), file.len() as i64);
    let turn = Arc::clone(&service.files).acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let prepared = tokio::task::spawn_blocking(move || {
        let prepared = photo::prepare(&file);
        drop(turn);
        prepared
    });
    let (prepared, now) =
        (prepared.await.map_err(|error| Problem::internal(&error))?, service.gate.clock().now());
    let kept = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                // Whatever is wrong with the file, its parts are of no use any more.
                let photograph = match prepared {
                    Ok(photograph) => photograph,
                    Err(bad) => {
                        store::drop_parts(tx, visit, photo).await?;
                        return Ok(Err(Some(bad)));
                    }
                };
                if store::target(tx, visit).await?.is_none() {
                    return Ok(Err(None));
                }
                store::keep(tx, (visit, photo), (digest, total), &photograph, now).await?;
                let kept = store::photo(tx, visit, photo).await?;
                Ok::<_, DbError>(Ok(kept.is_some_and(|kept| kept.digest == digest)))
            })
        })
        .await?;
    match kept {
        Ok(true) => Ok(whole(total)),
        // Somebody else's file with the same id was faster.
        Ok(false) => Err(another()),
        Err(Some(bad)) => Err(bad_photo(&bad)),
        Err(None) => Err(absent()),
    }
}

fn bad_photo(bad: &BadPhoto) -> Problem {
    Problem::new(ProblemKind::Unprocessable, bad.message())
}

fn another() -> Problem {
    let message = Message::new(
        "この番号の写真は、別の内容ですでに届いています。",
        "Another photo with this id is here already.",
    );
    Problem::new(ProblemKind::Conflict, message)
}

/// How far a photo of one's own visit is.
#[utoipa::path(get, tag = "visits", path = "/api/visits/{visit}/photos/{photo}/state",
    operation_id = "get_visit_photo_state",
    params(
        ("visit" = String, Path, description = "The visit"),
        ("photo" = String, Path, description = "The photo, as the visit names it")),
    responses(
        (status = 200, body = PhotoReceived),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn state(
    State(service): State<VisitsService>,
    caller: Caller,
    Path((visit, photo)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let of = ids(&visit, &photo)?;
    let mut tx = service.gate.db().read().await?;
    let here = expected(&mut tx, &caller, of).await?.ok_or_else(absent)?;
    if let Some(kept) = here {
        return Ok(whole(kept.total));
    }
    let (file, _) = store::parts(&mut tx, of.0, of.1).await?;
    Ok(Private(PhotoReceived { received: file.len() as i64, complete: false }).into_response())
}

/// A photo of a visit: for its owner, and for trainers. It is public for nobody.
#[utoipa::path(get, tag = "visits", path = "/api/visits/{visit}/photos/{photo}", operation_id = "get_visit_photo",
    params(
        ("visit" = String, Path, description = "The visit"),
        ("photo" = String, Path, description = "The photo")),
    responses(
        (status = 200, body = String, content_type = "image/jpeg"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<VisitsService>,
    caller: Caller,
    Path((visit, photo)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (visit, photo) = ids(&visit, &photo)?;
    let mut tx = service.gate.db().read().await?;
    let target = store::target(&mut tx, visit).await?.ok_or_else(absent)?;
    let own = target.account == caller.principal.account;
    if !own && caller.reach() != Reach::Any {
        return Err(absent());
    }
    let kept = store::photo(&mut tx, visit, photo).await?.ok_or_else(absent)?;
    drop(tx);
    if !own {
        let (recorder, today) = (service.recorder.clone(), service.today());
        let entry = Entry::by(&caller, audit::Action::ReadVisits).on("visit", visit);
        let recorded = service.gate.db().write(move |tx| {
            Box::pin(async move {
                let (person, _) = owner(tx, target.account, today).await?;
                recorder.record(tx, entry.about([person])).await
            })
        });
        recorded.await?;
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Photo::MEDIA_TYPE)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, kept.bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_to_fit_its_body() {
        let read = |text: &'static str, length| {
            let headers = HeaderMap::from_iter([(header::CONTENT_RANGE, HeaderValue::from_static(text))]);
            part(&headers, length).ok().flatten()
        };
        assert_eq!(read("bytes 0-9/20", 10), Some(Part { start: 0, total: 20 }));
        assert_eq!(read("bytes 10-19/20", 10), Some(Part { start: 10, total: 20 }));
        for bad in
            ["bytes 0-9/9", "bytes 9-0/20", "bytes 0-9/*", "0-9/20", "bytes 0-9/99999999", "bytes -9/20"]
        {
            assert_eq!(read(bad, 10), None, "{bad}");
        }
        assert_eq!(read("bytes 0-9/20", 9), None);
    }
}
