//! Who was there: the roll, its marks and the rotating code.

use axum::extract::{Path, State};
use http::HeaderMap;
use serde_json::json;

use crate::{
    attendance::{
        MarkId,
        documents::{CodeSheet, MarkResult, MarkResults, MarkStatus},
    },
    audit::{self, Entry, Person},
    auth::Caller,
    gatherings::service::{self, Marked, NewMark},
    http::{JsonBody, Language, Message, Private, Problem, ProblemDocument},
    staff,
};

use super::{
    roll_documents::{GatheringRoll, MarkRoll, RollCaller, RollPerson},
    shared::{GatheringsService, gathering_id},
};

/// Marks in one request.
const MOST: usize = 500;

/// Everybody whose gathering it is, and who of them was there. Each reading is in the audit log, by pseudonyms.
#[utoipa::path(get, tag = "gatherings", path = "/api/gatherings/{gathering}/roll", operation_id = "get_gathering_roll",
    params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
    responses(
        (status = 200, body = GatheringRoll),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn roll(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
) -> Result<Private<GatheringRoll>, Problem> {
    let (id, actor) = (gathering_id(&gathering)?, service.actor(&caller)?);
    let entry = Entry::by(&caller, audit::Action::ReadGatheringAttendance).on("gathering", id);
    let (recorder, is_registrar) = (service.recorder.clone(), actor.is_registrar);
    let (roll, called) = service
        .write(move |tx| {
            Box::pin(async move {
                let roll = service::roll(tx, &actor, id).await?;
                let concerned = roll.lines.iter().map(|line| Person::Pseudonym(line.residency.0));
                recorder.record(tx, entry.about(concerned)).await?;
                let people: Vec<_> =
                    roll.lines.iter().map(|line| line.staff).chain(roll.callers.iter().copied()).collect();
                let called = staff::store::called(tx, &people, roll.gathering.day()).await?;
                Ok((roll, called))
            })
        })
        .await?;
    let mut people: Vec<RollPerson> = roll
        .lines
        .into_iter()
        .map(|line| {
            let called = called.get(&line.staff);
            RollPerson {
                residency_id: line.residency,
                staff_name: called.and_then(|called| called.name.clone()),
                staff_number: called.filter(|_| is_registrar).and_then(|called| called.number.clone()),
                housing_name: is_registrar.then_some(line.housing),
                unit_name: is_registrar.then_some(line.unit),
                signed_up: line.signed_up,
                present: line.mark.as_ref().map(|mark| mark.present),
                by_code: line.mark.as_ref().is_some_and(|mark| mark.by.is_none()),
                marked_at: line.mark.map(|mark| mark.at),
            }
        })
        .collect();
    people.sort_by(|a, b| (&a.staff_name, a.residency_id).cmp(&(&b.staff_name, b.residency_id)));
    let caller = |staff| RollCaller {
        staff_number: called.get(staff).and_then(|called| called.number.clone()),
        staff_name: called.get(staff).and_then(|called| called.name.clone()),
    };
    let roll_callers = if is_registrar { roll.callers.iter().map(caller).collect() } else { Vec::new() };
    Ok(Private(GatheringRoll { roll_callers, people }))
}

/// The code on the screen. From a day before the start, also all codes of the gathering's hours, so that the phone can show them
/// without a network. The key that makes them never leaves the server.
#[utoipa::path(get, tag = "gatherings", path = "/api/gatherings/{gathering}/code", operation_id = "get_gathering_code",
    params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
    responses(
        (status = 200, body = CodeSheet),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn code(
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
) -> Result<Private<CodeSheet>, Problem> {
    let (id, actor) = (gathering_id(&gathering)?, service.actor(&caller)?);
    let mut tx = service.read().await?;
    let codes = service::codes(&mut tx, &actor, id).await;
    codes.map(Private).map_err(|error| service.problem(error))
}

pub(super) fn result(id: MarkId, outcome: Marked, language: Language) -> MarkResult {
    let refused = |ja: &str, en: &str| (MarkStatus::Refused, Some(language.pick(ja, en).to_owned()));
    let (status, reason) = match outcome {
        Marked::Stored => (MarkStatus::Stored, None),
        Marked::Duplicate => (MarkStatus::Duplicate, None),
        Marked::Conflict => (MarkStatus::Conflict, None),
        Marked::NotOnRoll => {
            refused("この集まりの対象ではありません。", "This gathering is not one of theirs.")
        }
        Marked::BadTime => refused("集まりの時間と合いません。", "That is not the gathering's time."),
        Marked::Own => refused(
            "ご自身の出欠は、住宅担当やほかの点呼係につけてもらってください。",
            "Please ask somebody else who calls the roll to mark yourself.",
        ),
    };
    MarkResult { id, status, reason }
}

/// A roll-call. Sent again, it changes nothing; of each person the latest mark counts, whenever it arrives.
#[utoipa::path(put, tag = "gatherings", path = "/api/gatherings/{gathering}/attendance",
    operation_id = "mark_gathering_attendance", request_body = MarkRoll,
    params(("gathering" = String, Path, format = "uuid", description = "The gathering")),
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
    State(service): State<GatheringsService>,
    caller: Caller,
    Path(gathering): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<MarkRoll>,
) -> Result<Private<MarkResults>, Problem> {
    let (id, actor) = (gathering_id(&gathering)?, service.actor(&caller)?);
    if body.marks.len() > MOST {
        let message =
            Message::new(format!("一度に{MOST}件までです。"), format!("At most {MOST} marks at a time."));
        return Err(Problem::impossible("marks", message));
    }
    let marks: Vec<NewMark> = body
        .marks
        .iter()
        .map(|mark| NewMark { id: mark.id, residency: mark.residency_id, present: mark.present, at: mark.at })
        .collect();
    let (language, recorder) = (Language::of(&headers), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ChangeGatheringAttendance).on("gathering", id);
    let results = service
        .write(move |tx| {
            Box::pin(async move {
                let outcomes = service::mark(tx, &actor, id, &marks).await?;
                let all = marks.iter().zip(&outcomes);
                let stored = all.filter(|(_, outcome)| **outcome == Marked::Stored);
                let people: Vec<_> = stored.map(|(mark, _)| Person::Pseudonym(mark.residency.0)).collect();
                if !people.is_empty() {
                    let entry = entry.about(people).with(json!({ "step": "attendance" }));
                    recorder.record(tx, entry).await?;
                }
                let all = marks.iter().zip(outcomes);
                Ok(all.map(|(mark, outcome)| result(mark.id, outcome, language)).collect())
            })
        })
        .await?;
    Ok(Private(MarkResults { results }))
}
