//! What trainers decide of visits.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind},
    visits::{
        model::VisitId,
        store::{self, Decision, DecisionKind},
    },
};

use super::{
    documents::{DecideVisit, DecidedVisit, Verdicted, VoidVisit},
    shared::{VisitsService, owner, said, visit_id},
};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

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
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn decide(
    State(service): State<VisitsService>,
    caller: Caller,
    Path(visit): Path<String>,
    JsonBody(body): JsonBody<DecideVisit>,
) -> Result<Response, Problem> {
    let id = visit_id(&visit)?;
    let rejects = body.decision == Verdicted::Reject;
    let reason = said(body.reason.as_deref(), "reason", LONGEST_REASON, rejects)?;
    let kind = if rejects { DecisionKind::Reject } else { DecisionKind::Accept };
    done(&service, &caller, id, kind, reason).await
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
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn void(
    State(service): State<VisitsService>,
    caller: Caller,
    Path(visit): Path<String>,
    JsonBody(body): JsonBody<VoidVisit>,
) -> Result<Response, Problem> {
    let id = visit_id(&visit)?;
    let reason = said(Some(&body.reason), "reason", LONGEST_REASON, true)?;
    done(&service, &caller, id, DecisionKind::Void, reason).await
}

/// Why nothing was decided.
enum Undecided {
    Absent,
    Own,
    Db(DbError),
}

impl From<DbError> for Undecided {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

async fn done(
    service: &VisitsService,
    caller: &Caller,
    id: VisitId,
    kind: DecisionKind,
    reason: String,
) -> Result<Response, Problem> {
    let (account, now, today) = (caller.principal.account, service.gate.clock().now(), service.today());
    let entry = Entry::by(caller, audit::Action::DecideVisit).on("visit", id);
    let recorder = service.recorder.clone();
    let decided = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let target = store::target(tx, id).await?.ok_or(Undecided::Absent)?;
                if target.account == account {
                    return Err(Undecided::Own);
                }
                store::decide(tx, &Decision { visit: id, kind, at: now, account, reason }).await?;
                let (person, _) = owner(tx, target.account, today).await?;
                let entry = entry.about([person]).with(json!({ "decision": kind.as_str() }));
                recorder.record(tx, entry).await?;
                let outcome = store::target(tx, id).await?.ok_or(Undecided::Absent)?.outcome;
                Ok(DecidedVisit { id, outcome })
            })
        })
        .await;
    let conflict = |ja, en| Problem::new(ProblemKind::Conflict, Message::new(ja, en));
    match decided {
        Ok(decided) => Ok(Private(decided).into_response()),
        Err(Undecided::Absent) => Err(absent()),
        Err(Undecided::Own) => Err(conflict(
            "ご自身の訪問は、ご自身では判定できません。ほかの研修担当に依頼してください。",
            "This visit is your own, so another trainer has to decide on it. Please ask one.",
        )),
        Err(Undecided::Db(error)) if error.is_unique_violation() => Err(conflict(
            "ほかの研修担当が同時に判定しました。画面を開き直して確かめてください。",
            "Another trainer decided at the same time. Please open the page again.",
        )),
        Err(Undecided::Db(error)) => Err(Problem::internal(&error)),
    }
}
