//! What trainers decide of visits, one by one or several together.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::HeaderMap;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{AccountId, Caller, absent},
    clock::Timestamp,
    db::{DbError, Tx},
    http::{JsonBody, Language, Message, Private, Problem, ProblemDocument, ProblemKind, said},
    visits::{
        model::{Outcome, VisitId},
        store::{self, Decision, DecisionKind},
    },
};

use super::{
    documents::{
        DecideVisit, DecideVisits, DecidedItem, DecidedStatus, DecidedVisit, DecidedVisits, Verdicted,
        VoidVisit,
    },
    shared::{VisitsService, owner, visit_id},
};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;
/// Visits that are decided on together.
const MOST: usize = 200;

/// Accepts or rejects a visit of somebody else. The last decision counts; all are kept.
#[utoipa::path(post, tag = "visits", path = "/api/visits/{visit}/decision", operation_id = "decide_visit",
    params(("visit" = String, Path, description = "The visit")),
    request_body = DecideVisit,
    responses(
        (status = 200, body = DecidedVisit),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn decide(
    State(service): State<VisitsService>,
    caller: Caller,
    Path(visit): Path<String>,
    JsonBody(body): JsonBody<DecideVisit>,
) -> Result<Response, Problem> {
    let id = visit_id(&visit)?;
    let (kind, reason) = meant(body.decision, body.reason.as_deref())?;
    one(&service, &caller, Wanted { id, kind, reason, seen: body.seen_decisions }).await
}

/// Voids a visit of somebody else: it was a mistake. The visit itself stays.
#[utoipa::path(post, tag = "visits", path = "/api/visits/{visit}/void", operation_id = "void_visit",
    params(("visit" = String, Path, description = "The visit")),
    request_body = VoidVisit,
    responses(
        (status = 200, body = DecidedVisit),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn void(
    State(service): State<VisitsService>,
    caller: Caller,
    Path(visit): Path<String>,
    JsonBody(body): JsonBody<VoidVisit>,
) -> Result<Response, Problem> {
    let id = visit_id(&visit)?;
    let reason = said(&body.reason, "reason", LONGEST_REASON, true)?;
    one(&service, &caller, Wanted { id, kind: DecisionKind::Void, reason, seen: body.seen_decisions }).await
}

/// Accepts or rejects several visits of others at once. Each is decided on, or not, by itself.
#[utoipa::path(post, tag = "visits", path = "/api/visits/decisions", operation_id = "decide_visits",
    request_body = DecideVisits,
    responses(
        (status = 200, body = DecidedVisits),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn several(
    State(service): State<VisitsService>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(body): JsonBody<DecideVisits>,
) -> Result<Response, Problem> {
    if !(1..=MOST).contains(&body.visits.len()) {
        let message = Message::new(
            format!("一度に判定できるのは1〜{MOST}件です。"),
            format!("1 to {MOST} visits can be decided on at once."),
        );
        return Err(Problem::impossible("visits", message));
    }
    let (kind, reason) = meant(body.decision, body.reason.as_deref())?;
    let wanted: Vec<(String, Option<Wanted>)> = body
        .visits
        .into_iter()
        .map(|visit| {
            let parsed = visit.id.parse().ok();
            let wanted =
                parsed.map(|id| Wanted { id, kind, reason: reason.clone(), seen: visit.seen_decisions });
            (visit.id, wanted)
        })
        .collect();
    let (by, now, today) = (caller.principal.account, service.gate.clock().now(), service.today());
    let entry = Entry::by(&caller, audit::Action::DecideVisit);
    let (recorder, language) = (service.recorder.clone(), Language::of(&headers));
    let decided = service.gate.db().write(move |tx| {
        Box::pin(async move {
            let (mut results, mut owners) = (Vec::with_capacity(wanted.len()), Vec::new());
            for (id, wanted) in wanted {
                let done = match wanted {
                    Some(wanted) => decided_on(tx, by, now, wanted).await?,
                    None => Err(Undecided::Absent),
                };
                results.push(match done {
                    Ok((account, outcome)) => {
                        owners.push(account);
                        let (status, outcome) = (DecidedStatus::Decided, Some(outcome));
                        DecidedItem { id, status, outcome, message: None }
                    }
                    Err(why) => {
                        let message = why.message();
                        let message = Some(language.pick(message.ja, message.en));
                        DecidedItem { id, status: why.status(), outcome: None, message }
                    }
                });
            }
            if !owners.is_empty() {
                let count = owners.len();
                owners.sort_unstable();
                owners.dedup();
                let mut people = Vec::with_capacity(owners.len());
                for account in owners {
                    people.push(owner(tx, account, today).await?.0);
                }
                let detail = json!({ "decision": kind.as_str(), "visits": count });
                recorder.record(tx, entry.about(people).with(detail)).await?;
            }
            Ok::<_, DbError>(DecidedVisits { results })
        })
    });
    Ok(Private(decided.await.map_err(|error| failed(&error))?).into_response())
}

/// What a body means: a rejection needs a reason.
fn meant(decision: Verdicted, reason: Option<&str>) -> Result<(DecisionKind, String), Problem> {
    let rejects = decision == Verdicted::Reject;
    let reason = said(reason.unwrap_or_default(), "reason", LONGEST_REASON, rejects)?;
    Ok((if rejects { DecisionKind::Reject } else { DecisionKind::Accept }, reason))
}

/// A decision that is wanted.
struct Wanted {
    id: VisitId,
    kind: DecisionKind,
    reason: String,
    /// How many decisions its maker saw.
    seen: Option<u32>,
}

/// Why nothing was decided.
#[derive(Clone, Copy)]
enum Undecided {
    Absent,
    Own,
    Imported,
    Changed,
}

impl Undecided {
    const fn status(self) -> DecidedStatus {
        match self {
            Self::Absent => DecidedStatus::Absent,
            Self::Own => DecidedStatus::Own,
            Self::Imported => DecidedStatus::Imported,
            Self::Changed => DecidedStatus::Changed,
        }
    }

    fn message(self) -> Message {
        let (ja, en) = match self {
            Self::Absent => (
                "この訪問は見つかりません。一覧を読み込み直してください。",
                "There is no such visit. Please load the list again.",
            ),
            Self::Own => (
                "ご自身の訪問は、ご自身では判定できません。ほかの研修担当に依頼してください。",
                "This visit is your own, so another trainer has to decide on it. Please ask one.",
            ),
            Self::Imported => (
                "ご自身が取り込んだ訪問は、ご自身では認められません。ほかの研修担当に依頼してください。",
                "You imported this visit, so another trainer has to accept it. Please ask one.",
            ),
            Self::Changed => (
                "ほかの研修担当が先に判定しました。一覧を読み込み直して確かめてください。",
                "Another trainer decided first. Please load the list again and look.",
            ),
        };
        Message::new(ja, en)
    }

    fn problem(self) -> Problem {
        match self {
            Self::Absent => absent(),
            Self::Own | Self::Imported => Problem::new(ProblemKind::Conflict, self.message()),
            Self::Changed => Problem::new(ProblemKind::PreconditionFailed, self.message()),
        }
    }
}

/// Decides on a visit: whose it is, and what counts of it now.
async fn decided_on(
    tx: &mut Tx,
    by: AccountId,
    now: Timestamp,
    Wanted { id, kind, reason, seen }: Wanted,
) -> Result<Result<(AccountId, Outcome), Undecided>, DbError> {
    let Some(target) = store::target(tx, id).await? else { return Ok(Err(Undecided::Absent)) };
    if target.account == by {
        return Ok(Err(Undecided::Own));
    }
    let known = store::decisions(tx, &[id]).await?.len();
    if seen.is_some_and(|seen| seen as usize != known) {
        return Ok(Err(Undecided::Changed));
    }
    // A second pair of eyes: whoever brought the file does not say that it is true.
    if kind == DecisionKind::Accept && store::imported(tx, &[id]).await?.iter().any(|one| one.by == by) {
        return Ok(Err(Undecided::Imported));
    }
    store::decide(tx, &Decision { visit: id, kind, at: now, account: by, reason }).await?;
    let Some(after) = store::target(tx, id).await? else { return Ok(Err(Undecided::Absent)) };
    Ok(Ok((target.account, after.outcome)))
}

async fn one(service: &VisitsService, caller: &Caller, wanted: Wanted) -> Result<Response, Problem> {
    let (by, now, today) = (caller.principal.account, service.gate.clock().now(), service.today());
    let (id, kind) = (wanted.id, wanted.kind);
    let entry = Entry::by(caller, audit::Action::DecideVisit).on("visit", id);
    let recorder = service.recorder.clone();
    let decided = service.gate.db().write(move |tx| {
        Box::pin(async move {
            let (account, outcome) = match decided_on(tx, by, now, wanted).await? {
                Ok(decided) => decided,
                Err(why) => return Ok(Err(why)),
            };
            let (person, _) = owner(tx, account, today).await?;
            let entry = entry.about([person]).with(json!({ "decision": kind.as_str() }));
            recorder.record(tx, entry).await?;
            Ok::<_, DbError>(Ok(DecidedVisit { id, outcome }))
        })
    });
    match decided.await.map_err(|error| failed(&error))? {
        Ok(decided) => Ok(Private(decided).into_response()),
        Err(why) => Err(why.problem()),
    }
}

/// Two decisions at the very same time take turns by the primary key: the second one fails.
fn failed(error: &DbError) -> Problem {
    if error.is_unique_violation() { Undecided::Changed.problem() } else { Problem::internal(error) }
}
