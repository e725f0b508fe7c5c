//! Handover notes: written by who leaves, released by the registrar, read by who comes next.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use serde_json::json;

use crate::{
    audit::{self, Entry, Person},
    auth::{Caller, absent},
    clock::tokyo_date,
    gatherings::{
        model::{HandoverId, HandoverState},
        service::{self, Decision, Handed, MyHandover},
    },
    http::{JsonBody, Private, Problem, ProblemDocument, check_text, meant_version, said, version_tag},
    staff::{StaffId, store::called},
};

use super::{
    handover_documents::{
        HandoverItem, HandoverList, MyHandoverDocument, MyHandoverNote, ReceivedHandover, ReturnHandover,
        WriteHandover,
    },
    shared::GatheringsService,
};

/// The longest note, in characters.
const LONGEST: usize = 4_000;
/// The longest remark, in characters.
const REMARK: usize = 500;

fn handover_id(text: &str) -> Result<HandoverId, Problem> {
    text.parse().map_err(|_| absent())
}

fn document(mine: MyHandover) -> Response {
    let version = mine.own.as_ref().map_or(0, |own| own.row.version);
    let document = MyHandoverDocument {
        may_write: mine.may_write,
        note: mine.own.map(|own| MyHandoverNote {
            next: own.facts.next,
            text: own.facts.text,
            state: own.row.state,
            remark: own.facts.remark,
            written_at: own.facts.written_at,
        }),
        received: mine
            .received
            .into_iter()
            .map(|one| ReceivedHandover { next: one.next, text: one.text, written_at: one.written_at })
            .collect(),
    };
    ([(header::ETAG, version_tag(version))], Private(document)).into_response()
}

/// What one hands over, and what was handed over to one.
#[utoipa::path(get, tag = "me", path = "/api/me/handover", operation_id = "get_my_handover",
    responses(
        (status = 200, body = MyHandoverDocument, headers(("ETag" = String, description = "Names the state of one's note"))),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn mine(
    State(service): State<GatheringsService>,
    caller: Caller,
) -> Result<Response, Problem> {
    // Where there is no register, nobody lives in it.
    if service.vault.is_none() {
        return Ok(document(MyHandover::default()));
    }
    let (actor, mut tx) = (service.actor(&caller)?, service.read().await?);
    let mine = service::my_handover(&mut tx, &actor).await.map_err(|error| service.problem(error))?;
    Ok(document(mine))
}

/// Writes one's note; the registrar reads it before anybody else does.
#[utoipa::path(put, tag = "me", path = "/api/me/handover", operation_id = "write_my_handover",
    request_body = WriteHandover,
    params(("If-Match" = String, Header, description = "The ETag that was seen; `\"0\"` where there was no note")),
    responses(
        (status = 200, body = MyHandoverDocument, headers(("ETag" = String, description = "Names the state of one's note"))),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn write(
    State(service): State<GatheringsService>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(body): JsonBody<WriteHandover>,
) -> Result<Response, Problem> {
    let (actor, seen) = (service.actor(&caller)?, meant_version(&headers)?);
    check_text(&body.text, LONGEST, true).map_err(|why| Problem::impossible("text", why))?;
    let writer = actor.clone();
    service
        .write(move |tx| {
            Box::pin(async move { service::write_handover(tx, &writer, seen, (body.next, body.text)).await })
        })
        .await?;
    let mut tx = service.read().await?;
    let mine = service::my_handover(&mut tx, &actor).await.map_err(|error| service.problem(error))?;
    Ok(document(mine))
}

/// Every note. Each reading is in the audit log, by pseudonyms.
#[utoipa::path(get, tag = "housing", path = "/api/housing/handovers", operation_id = "list_handovers",
    responses(
        (status = 200, body = HandoverList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<GatheringsService>,
    caller: Caller,
) -> Result<Private<HandoverList>, Problem> {
    let (vault, today) = (service.vault()?, tokyo_date(service.now()));
    let entry = Entry::by(&caller, audit::Action::ReadHandovers);
    let recorder = service.recorder.clone();
    let (notes, register, called) = service
        .write(move |tx| {
            Box::pin(async move {
                let (notes, register) = service::handovers(tx, &vault).await?;
                let concerned = notes.iter().map(|note| Person::Pseudonym(note.row.residency.0));
                recorder.record(tx, entry.about(concerned)).await?;
                let writers = notes.iter().filter_map(|note| register.residencies.get(&note.row.residency));
                let people: Vec<StaffId> = writers.map(|home| home.facts.staff).collect();
                let called = called(tx, &people, today).await?;
                Ok((notes, register, called))
            })
        })
        .await?;
    let item = |note: Handed| {
        let home = register.residencies.get(&note.row.residency);
        let called = home.and_then(|home| called.get(&home.facts.staff));
        let unit = home.and_then(|home| register.units.get(&home.unit));
        let housing = home.and_then(|home| register.housing_of(home.unit));
        HandoverItem {
            id: note.row.id,
            version: note.row.version,
            state: note.row.state,
            next: note.facts.next,
            text: note.facts.text,
            remark: note.facts.remark,
            written_at: note.facts.written_at,
            staff_name: called.and_then(|called| called.name.clone()),
            staff_number: called.and_then(|called| called.number.clone()),
            housing_name: housing.map(|one| one.facts.name.clone()),
            unit_name: unit.map(|one| one.facts.name.clone()),
            until: home.and_then(|home| home.facts.span.until()),
        }
    };
    let mut handovers: Vec<HandoverItem> = notes.into_iter().map(item).collect();
    let waits = |one: &HandoverItem| one.state == HandoverState::Written;
    handovers.sort_by_key(|one| (!waits(one), std::cmp::Reverse(one.written_at), one.id));
    Ok(Private(HandoverList { handovers }))
}

async fn decided(
    service: &GatheringsService,
    caller: &Caller,
    (handover, headers): (&str, &HeaderMap),
    (decision, step): (Decision, &'static str),
) -> Result<StatusCode, Problem> {
    let (id, seen, actor) = (handover_id(handover)?, meant_version(headers)?, service.actor(caller)?);
    let entry = Entry::by(caller, audit::Action::DecideHandover).on("handover", id);
    let recorder = service.recorder.clone();
    service
        .write(move |tx| {
            Box::pin(async move {
                let residency = service::decide(tx, &actor, (id, seen), decision).await?;
                let entry = entry.about([Person::Pseudonym(residency.0)]).with(json!({ "step": step }));
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Releases a note: whoever comes next reads it.
#[utoipa::path(post, tag = "housing", path = "/api/housing/handovers/{handover}/release", operation_id = "release_handover",
    params(("handover" = String, Path, format = "uuid", description = "The note"),
        ("If-Match" = String, Header, description = "The version that was read")),
    responses(
        (status = 204, description = "Released"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn release(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(handover): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    decided(&service, &caller, (&handover, &headers), (Decision::Release, "release")).await
}

/// Sends a note back to whoever wrote it, with a remark. One that was released is read by nobody else any more.
#[utoipa::path(post, tag = "housing", path = "/api/housing/handovers/{handover}/return", operation_id = "return_handover",
    request_body = ReturnHandover,
    params(("handover" = String, Path, format = "uuid", description = "The note"),
        ("If-Match" = String, Header, description = "The version that was read")),
    responses(
        (status = 204, description = "Sent back"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn give_back(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(handover): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<ReturnHandover>,
) -> Result<StatusCode, Problem> {
    let remark = said(&body.remark, "remark", REMARK, true)?;
    decided(&service, &caller, (&handover, &headers), (Decision::Return(remark), "return")).await
}
