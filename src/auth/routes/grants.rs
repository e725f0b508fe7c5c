//! Grants of roles: asked for by one person, and the sensitive ones approved by another.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry, Person},
    auth::{
        APPROVERS, AccountId, AuthService, Caller, GrantId, Role, Scope,
        gate::absent,
        store::{self, Grant, GrantState, NewGrant},
    },
    clock::tokyo_date,
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind},
};

use super::{
    accounts::sees_names,
    documents::{GrantItem, GrantsDocument, RequestGrant},
};

#[derive(Deserialize)]
pub(super) struct GrantsParams {
    state: Option<GrantState>,
}

const MOST: i64 = 200;
/// The longest reason, in characters.
const REASON: usize = 500;

/// Grants.
#[utoipa::path(get, tag = "grants", path = "/api/grants", operation_id = "list_grants",
    params(("state" = Option<GrantState>, Query, description = "Only those in this state")),
    responses(
        (status = 200, body = GrantsDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<AuthService>,
    caller: Caller,
    Query(params): Query<GrantsParams>,
) -> Result<Response, Problem> {
    let (today, reach, recorder) =
        (tokyo_date(service.gate.clock().now()), caller.reach(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadAccounts);
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let found = store::grants(tx, params.state, &reach, today, MOST).await?;
                recorder.record(tx, entry.about(found.iter().map(person))).await?;
                Ok::<_, DbError>(found)
            })
        })
        .await?;
    let names = sees_names(&caller);
    let grants = found.iter().map(|grant| GrantItem::new(grant, &caller.principal, names)).collect();
    Ok(Private(GrantsDocument { grants }).into_response())
}

fn person(grant: &Grant) -> Person {
    grant.staff.map_or(Person::Account(grant.account), Person::Staff)
}

enum GrantError {
    Absent,
    Open,
    Db(DbError),
}

impl From<DbError> for GrantError {
    fn from(error: DbError) -> Self {
        if error.is_unique_violation() { Self::Open } else { Self::Db(error) }
    }
}

impl From<GrantError> for Problem {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Absent => absent(),
            GrantError::Open => Self::new(
                ProblemKind::Conflict,
                Message::new(
                    "この役割はすでに付与済みか、承認待ちです。",
                    "This role is granted already, or waits for approval.",
                ),
            ),
            GrantError::Db(error) => Self::internal(&error),
        }
    }
}

/// Asks for a role for somebody. Sensitive roles wait for a second person; the others count at once.
#[utoipa::path(post, tag = "grants", path = "/api/grants", operation_id = "request_grant",
    request_body = RequestGrant,
    responses(
        (status = 201, body = GrantItem),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn request(
    State(service): State<AuthService>,
    caller: Caller,
    JsonBody(body): JsonBody<RequestGrant>,
) -> Result<Response, Problem> {
    let account: AccountId = body.account.parse().map_err(|_| absent())?;
    let (role, reason) = (body.role, body.reason.trim().to_owned());
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(Problem::parameter(
            "reason",
            Message::new(
                "理由を500文字以内で書いてください。",
                "Please give a reason of at most 500 characters.",
            ),
        ));
    }
    if role == Role::Staff {
        return Err(Problem::impossible(
            "role",
            Message::new("職員の役割は全員が持っています。", "Everybody is staff already."),
        ));
    }
    // Managers name coordinators of their own department, and no one else.
    if caller.scope == Scope::Department && role != Role::Coordinator {
        return Err(absent());
    }
    let (now, id, reach, recorder) = (
        service.gate.clock().now(),
        GrantId(service.gate.random().id()),
        caller.reach(),
        service.recorder.clone(),
    );
    let action = if role.needs_approval() { audit::Action::RequestRole } else { audit::Action::GrantRole };
    let entry = Entry::by(&caller, action).on("grant", id).with(json!({ "role": role }));
    let requested_by = caller.principal.account;
    let made = service
        .write(move |tx| {
            Box::pin(async move {
                let today = tokyo_date(now);
                let found = store::account(tx, account, &reach, today).await?;
                let found = found.filter(|found| found.is_current).ok_or(GrantError::Absent)?;
                let state = if role.needs_approval() { GrantState::Pending } else { GrantState::Active };
                let new = NewGrant {
                    id,
                    account,
                    role,
                    state,
                    source: "person",
                    reason,
                    requested_by: Some(requested_by),
                };
                store::insert_grant(tx, &new, now).await?;
                if state == GrantState::Active {
                    store::end_sessions(tx, account, None, "roles", now).await?;
                }
                let subject = found.staff.map_or(Person::Account(account), Person::Staff);
                recorder.record(tx, entry.about([subject])).await?;
                store::grant(tx, id, &super::super::Reach::Any, today).await?.ok_or(GrantError::Absent)
            })
        })
        .await
        .map_err(Problem::from)?;
    let item = GrantItem::new(&made, &caller.principal, sees_names(&caller));
    Ok((StatusCode::CREATED, Private(item)).into_response())
}

/// Approves a sensitive role. Nobody approves what they asked for, or what is for themselves.
#[utoipa::path(post, tag = "grants", path = "/api/grants/{grant}/approve", operation_id = "approve_grant",
    params(("grant" = String, Path, description = "The grant")),
    responses(
        (status = 204, description = "Approved"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn approve(
    State(service): State<AuthService>,
    caller: Caller,
    Path(grant): Path<String>,
) -> Result<StatusCode, Problem> {
    decide(&service, &caller, &grant, true).await
}

/// Refuses a sensitive role.
#[utoipa::path(post, tag = "grants", path = "/api/grants/{grant}/refuse", operation_id = "refuse_grant",
    params(("grant" = String, Path, description = "The grant")),
    responses(
        (status = 204, description = "Refused"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn refuse(
    State(service): State<AuthService>,
    caller: Caller,
    Path(grant): Path<String>,
) -> Result<StatusCode, Problem> {
    decide(&service, &caller, &grant, false).await
}

async fn decide(
    service: &AuthService,
    caller: &Caller,
    grant: &str,
    approve: bool,
) -> Result<StatusCode, Problem> {
    let found = within_reach(service, caller, grant).await?;
    let own = caller.principal.account;
    if found.account == own || found.requester == Some(own) {
        return Err(Problem::new(
            ProblemKind::Conflict,
            Message::new(
                "自分が申請した役割や自分への役割は、別の承認者が決めます。",
                "What you asked for, or what is for yourself, is decided by another approver.",
            ),
        ));
    }
    let (now, recorder) = (service.gate.clock().now(), service.recorder.clone());
    let action = if approve { audit::Action::GrantRole } else { audit::Action::RefuseRole };
    let entry = Entry::by(caller, action)
        .about([person(&found)])
        .on("grant", found.id)
        .with(json!({ "role": found.role }));
    let done = service
        .write(move |tx| {
            Box::pin(async move {
                if !store::decide_grant(tx, found.id, approve, own, now).await? {
                    return Ok(false);
                }
                if approve {
                    store::end_sessions(tx, found.account, None, "roles", now).await?;
                }
                recorder.record(tx, entry).await?;
                Ok::<_, DbError>(true)
            })
        })
        .await?;
    if done { Ok(StatusCode::NO_CONTENT) } else { Err(decided_already()) }
}

fn decided_already() -> Problem {
    Problem::new(
        ProblemKind::Conflict,
        Message::new(
            "この申請はすでに処理されています。一覧を更新してください。",
            "This request was dealt with already. Please refresh the list.",
        ),
    )
}

async fn within_reach(service: &AuthService, caller: &Caller, grant: &str) -> Result<Grant, Problem> {
    let grant: GrantId = grant.parse().map_err(|_| absent())?;
    let today = tokyo_date(service.gate.clock().now());
    let mut tx = service.gate.db().read().await?;
    store::grant(&mut tx, grant, &caller.reach(), today).await?.ok_or_else(absent)
}

/// Ends a role, or takes a request back; the sessions of whoever had it end at once.
#[utoipa::path(post, tag = "grants", path = "/api/grants/{grant}/end", operation_id = "end_grant",
    params(("grant" = String, Path, description = "The grant")),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn end(
    State(service): State<AuthService>,
    caller: Caller,
    Path(grant): Path<String>,
) -> Result<StatusCode, Problem> {
    let found = within_reach(&service, &caller, &grant).await?;
    if caller.scope == Scope::Department && found.role != Role::Coordinator {
        return Err(absent());
    }
    let (now, own, recorder) =
        (service.gate.clock().now(), caller.principal.account, service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::EndRole)
        .about([person(&found)])
        .on("grant", found.id)
        .with(json!({ "role": found.role }));
    let outcome = service
        .write(move |tx| {
            Box::pin(async move {
                let counts = found.state == GrantState::Active;
                if counts
                    && found.role == Role::Approver
                    && store::approvers_besides(tx, found.account, tokyo_date(now)).await? < APPROVERS
                {
                    return Ok(Err(()));
                }
                if !store::end_grant(tx, found.id, Some(own), now).await? {
                    return Ok(Ok(false));
                }
                if counts {
                    store::end_sessions(tx, found.account, None, "roles", now).await?;
                }
                recorder.record(tx, entry).await?;
                Ok::<_, DbError>(Ok(true))
            })
        })
        .await?;
    match outcome {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(decided_already()),
        Err(()) => Err(Problem::new(
            ProblemKind::Conflict,
            Message::new(
                "承認者は2人必要です。先に別の承認者を立ててください。",
                "Two approvers are needed. Please appoint another one first.",
            ),
        )),
    }
}
