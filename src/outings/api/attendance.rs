//! Who was there: the rotating code and the roll-call.

use axum::extract::{Path, State};
use http::HeaderMap;
use serde_json::json;

use crate::{
    attendance::{
        MarkId,
        documents::{CheckIn, CodeSheet, MarkResult, MarkResults, MarkStatus},
    },
    audit::{self, Entry},
    auth::{Caller, absent},
    http::{JsonBody, Language, Message, Private, Problem, ProblemDocument},
    outings::{
        service::{self, MarkOutcome, NewMark, RollCall},
        store,
    },
};

use super::{OutingsService, attendance_documents::MarkAttendance, outing_id, problems::problem};

/// Marks in one request.
const MOST: usize = 500;

/// The code on the trainer's screen. From a day before the start, also all codes of the outing's hours, so that the phone can
/// show them without a network. The key that makes them never leaves the server.
#[utoipa::path(get, tag = "outings", path = "/api/outings/{outing}/code", operation_id = "get_code",
    params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = CodeSheet),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn code(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
) -> Result<Private<CodeSheet>, Problem> {
    let id = outing_id(&outing)?;
    let now = service.gate.clock().now();
    let mut tx = service.read().await?;
    let found = store::outing(&mut tx, id).await?.ok_or_else(absent)?;
    if !service::is_trainer(&mut tx, id, caller.principal.staff).await? {
        return Err(absent());
    }
    Ok(Private(CodeSheet::of(&found.key, (found.starts_at, found.duration_min), now)))
}

fn result(id: MarkId, outcome: MarkOutcome, language: Language) -> MarkResult {
    let refused = |ja: &str, en: &str| (MarkStatus::Refused, Some(language.pick(ja, en).to_owned()));
    let (status, reason) = match outcome {
        MarkOutcome::Stored => (MarkStatus::Stored, None),
        MarkOutcome::Duplicate => (MarkStatus::Duplicate, None),
        MarkOutcome::Conflict => (MarkStatus::Conflict, None),
        MarkOutcome::NotSignedUp => refused("名簿にありません。", "They are not on the list."),
        MarkOutcome::BadTime => refused("実施回の時間と合いません。", "That is not the outing's time."),
        MarkOutcome::Own => refused(
            "ご自身の出欠は、ほかの担当者につけてもらってください。",
            "Please ask another of the outing's trainers to mark yourself.",
        ),
        MarkOutcome::NoAccount => refused(
            "この職員のアカウントを作れません。システム管理の担当に作成を依頼してから、もう一度送ってください。",
            "There is no account for this person. Please ask an administrator to make one, then send this again.",
        ),
    };
    MarkResult { id, status, reason }
}

/// Shows by the code on the trainer's screen that one is there: now, or hours later with the time at which it was typed. It
/// writes a visit for every stop.
#[utoipa::path(put, tag = "outings", path = "/api/outings/{outing}/check-in", operation_id = "check_in",
    request_body = CheckIn, params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = MarkResult),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn check_in(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<CheckIn>,
) -> Result<Private<MarkResult>, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    let (visits, now, mark) = (service.visits.clone(), actor.now, body.id);
    let outcome = service
        .write(move |tx| {
            Box::pin(async move {
                let at = (&*body.code, body.at);
                Ok(service::check_in(tx, &actor, (id, body.id), at, &visits).await?)
            })
        })
        .await?
        .map_err(|error| problem(error, now))?;
    Ok(Private(result(mark, outcome, Language::of(&headers))))
}

/// Keeps a roll-call. Each mark by itself; sending it again changes nothing; of each person the latest mark counts,
/// whenever it arrives. Who is there has a visit at every stop; who after all is not has none.
#[utoipa::path(put, tag = "outings", path = "/api/outings/{outing}/attendance", operation_id = "mark_attendance",
    request_body = MarkAttendance, params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = MarkResults),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn mark(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<MarkAttendance>,
) -> Result<Private<MarkResults>, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    if body.marks.len() > MOST {
        let message =
            Message::new(format!("一度に{MOST}件までです。"), format!("At most {MOST} marks at a time."));
        return Err(Problem::impossible("marks", message));
    }
    let marks: Vec<NewMark> = body
        .marks
        .iter()
        .map(|mark| NewMark { id: mark.id, staff: mark.staff_id, present: mark.present, at: mark.at })
        .collect();
    let language = Language::of(&headers);
    let (recorder, visits) = (service.recorder.clone(), service.visits.clone());
    let entry = Entry::by(&caller, audit::Action::ChangeParticipants).on("outing", id);
    let account = Entry::by(&caller, audit::Action::CreateAccount).on("outing", id);
    let results = service
        .write(move |tx| {
            Box::pin(async move {
                let RollCall { outcomes, new_accounts } =
                    service::mark(tx, &actor, id, &marks, &visits).await?;
                if !new_accounts.is_empty() {
                    recorder.record(tx, account.about_staff(new_accounts)).await?;
                }
                let all = marks.iter().zip(&outcomes);
                let stored = all.filter(|(_, outcome)| **outcome == MarkOutcome::Stored);
                let people: Vec<_> = stored.map(|(mark, _)| mark.staff).collect();
                if !people.is_empty() {
                    recorder
                        .record(tx, entry.about_staff(people).with(json!({ "step": "attendance" })))
                        .await?;
                }
                Ok(marks
                    .iter()
                    .zip(outcomes)
                    .map(|(mark, outcome)| result(mark.id, outcome, language))
                    .collect())
            })
        })
        .await?;
    Ok(Private(MarkResults { results }))
}
