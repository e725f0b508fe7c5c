//! One's own account.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::Deserialize;

use crate::{
    audit::{self, Person},
    auth::{AuthService, Caller, Reach, gate::absent, service::SetPasswordError, store},
    clock::{Timestamp, tokyo_date},
    http::{JsonBody, Message, Private, Problem, ProblemDocument},
};

use super::{
    blocked,
    documents::{
        AccountLanguage, ChangeMe, ChangePassword, MeDocument, SessionItem, SessionsDocument, ViewItem,
        ViewsDocument,
    },
    weak,
};

/// Who is signed in.
#[utoipa::path(get, tag = "me", path = "/api/me", operation_id = "get_me",
    responses(
        (status = 200, body = MeDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(State(service): State<AuthService>, caller: Caller) -> Result<Response, Problem> {
    let mut me = MeDocument::new(&caller.principal);
    if let Some(department) = caller.principal.department {
        let today = tokyo_date(service.gate.clock().now());
        let mut tx = service.gate.db().read().await?;
        let above = store::departments_above(&mut tx, department, today).await?;
        me.department_name = above.into_iter().next();
    }
    Ok(Private(me).into_response())
}

/// Changes one's own account.
#[utoipa::path(patch, tag = "me", path = "/api/me", operation_id = "change_me", request_body = ChangeMe,
    responses(
        (status = 204, description = "Changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<AuthService>,
    caller: Caller,
    JsonBody(body): JsonBody<ChangeMe>,
) -> Result<StatusCode, Problem> {
    let language = body.language.map(AccountLanguage::as_str);
    let account = caller.principal.account;
    service
        .write(move |tx| Box::pin(async move { store::set_language(tx, account, language).await }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes one's own password. Every other session ends.
#[utoipa::path(post, tag = "me", path = "/api/me/password", operation_id = "change_password",
    request_body = ChangePassword,
    responses(
        (status = 204, description = "Changed"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change_password(
    State(service): State<AuthService>,
    caller: Caller,
    JsonBody(body): JsonBody<ChangePassword>,
) -> Result<StatusCode, Problem> {
    let now = service.gate.clock().now();
    match service.change_password(&caller, body.present, body.password).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(SetPasswordError::Wrong) => Err(Problem::impossible(
            "present",
            Message::new("いまのパスワードが違います。", "The present password is wrong."),
        )),
        Err(SetPasswordError::Weak(why)) => Err(weak(why)),
        Err(SetPasswordError::Blocked(until)) => Err(blocked(until, now)),
        Err(SetPasswordError::Db(error)) => Err(Problem::internal(&error)),
        Err(SetPasswordError::Hash(error)) => Err(Problem::internal(&error)),
    }
}

/// One's own sessions.
#[utoipa::path(get, tag = "me", path = "/api/me/sessions", operation_id = "list_sessions",
    responses(
        (status = 200, body = SessionsDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn sessions(
    State(service): State<AuthService>,
    caller: Caller,
) -> Result<Response, Problem> {
    let (now, settings) = (service.gate.clock().now(), service.gate.settings());
    let mut tx = service.gate.db().read().await?;
    let account = caller.principal.account;
    let found = {
        let (begun, seen) = (now - settings.session_absolute(), now - settings.session_idle());
        store::sessions_of(&mut tx, account, begun, seen).await
    };
    let sessions = found?;
    let sessions = sessions.iter().map(|info| SessionItem::new(info, &caller.principal)).collect();
    Ok(Private(SessionsDocument { sessions }).into_response())
}

/// Ends one of one's own sessions.
#[utoipa::path(delete, tag = "me", path = "/api/me/sessions/{session}", operation_id = "end_session",
    params(("session" = String, Path, description = "The session")),
    responses(
        (status = 204, description = "Ended"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn end_session(
    State(service): State<AuthService>,
    caller: Caller,
    Path(session): Path<String>,
) -> Result<StatusCode, Problem> {
    let session = session.parse().map_err(|_| absent())?;
    match service.sign_out(&caller, session).await {
        Ok(Some(_)) => Ok(StatusCode::NO_CONTENT),
        Ok(None) => Err(absent()),
        Err(error) => Err(error.into()),
    }
}

/// Ends every other session of one's own.
#[utoipa::path(delete, tag = "me", path = "/api/me/sessions", operation_id = "end_other_sessions",
    responses(
        (status = 204, description = "Ended"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn end_others(
    State(service): State<AuthService>,
    caller: Caller,
) -> Result<StatusCode, Problem> {
    service.sign_out_others(&caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
pub(super) struct ViewsParams {
    before: Option<String>,
}

const VIEWS: i64 = 50;

/// Who looked at one's own record, or changed it.
#[utoipa::path(get, tag = "me", path = "/api/me/views", operation_id = "list_views",
    params(("before" = Option<String>, Query, description = "Where the last answer ended")),
    responses(
        (status = 200, body = ViewsDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn views(
    State(service): State<AuthService>,
    caller: Caller,
    Query(params): Query<ViewsParams>,
) -> Result<Response, Problem> {
    let own = Person::Account(caller.principal.account);
    let before = params.before.as_deref().and_then(|text| {
        let (at, id) = text.split_once('~')?;
        Some((at.parse().ok()?, id.to_owned()))
    });
    let today = tokyo_date(service.gate.clock().now());
    let mut tx = service.gate.db().read().await?;
    let mut subjects = vec![caller.principal.staff.map_or(own, Person::Staff)];
    if let (Some(pseudonyms), Some(staff)) = (&service.pseudonyms, caller.principal.staff) {
        subjects.extend(pseudonyms.of(&mut tx, staff).await?.into_iter().map(Person::Pseudonym));
    }
    let found = audit::views_of(&mut tx, &subjects, own, before, VIEWS).await?;
    let next = match found.last() {
        Some(last) if found.len() as i64 == VIEWS => {
            Some(format!("/api/me/views?before={}~{}", last.at, last.entry))
        }
        _ => None,
    };
    let mut views = Vec::with_capacity(found.len());
    for view in found {
        let account = view.actor.as_deref().and_then(|actor| actor.strip_prefix("account:")?.parse().ok());
        let by = match account {
            Some(account) => store::account(&mut tx, account, &Reach::Any, today).await?,
            None => None,
        };
        let department = match by.as_ref().and_then(|by| by.department) {
            Some(department) => {
                store::departments_above(&mut tx, department, today).await?.into_iter().next()
            }
            None => None,
        };
        views.push(ViewItem {
            at: Timestamp::from_microsecond(view.at).map(|at| at.to_string()).unwrap_or_default(),
            action: view.action,
            by: by.and_then(|by| by.name),
            department,
            roles: view.roles.split_whitespace().map(str::to_owned).collect(),
        });
    }
    Ok(Private(ViewsDocument { views, next }).into_response())
}
