//! `/api/audit`: searching the log. Reading it is recorded like any other reading.

mod documents;

use std::collections::HashMap;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use http::Method;
use serde::Deserialize;
use serde_json::json;
use utoipa::OpenApi;

use crate::{
    auth::{
        Access, AccountId, Caller, Gate, Permission, Reach, Routes, Surface, fold_login,
        store::{account, account_by_login, account_of_staff},
    },
    clock::{Date, Timestamp, tokyo_date, tokyo_midnight},
    db::{DbError, Tx},
    http::{Message, Private, Problem, ProblemDocument},
    staff::{self, StaffId},
};

use super::{Action, Entry, Person, Recorder, Search, store};

use documents::{AuditDocument, AuditEntry, AuditStatus};

/// What the routes share.
#[derive(Clone)]
pub struct AuditService {
    /// Who is asking.
    pub gate: Gate,
    /// Records that somebody looked.
    pub recorder: Recorder,
}

/// The routes, for a service.
#[must_use]
pub fn routes(service: &AuditService) -> Routes {
    let needs = Access::Needs(Permission::ReadAudit);
    Routes::new(&[Surface::Staff, Surface::Register])
        .route(Method::GET, "/api/audit", needs, search, service)
        .route(Method::GET, "/api/audit/status", needs, status, service)
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(paths(search, status), components(schemas(Action)))]
pub struct AuditApi;

#[derive(Deserialize)]
struct SearchParams {
    since: Option<String>,
    until: Option<String>,
    action: Option<Action>,
    actor: Option<String>,
    subject: Option<String>,
    before: Option<String>,
}

const PAGE: i64 = 50;

fn day(name: &str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    text.map(|text| {
        text.parse().map_err(|_| {
            Problem::impossible(
                name,
                Message::new("2026-04-01 の形で書いてください。", "Please write it like 2026-04-01."),
            )
        })
    })
    .transpose()
}

/// Somebody by the name with which they sign in, or by their staff number.
async fn person(tx: &mut Tx, text: &str, as_actor: bool, today: Date) -> Result<Option<Person>, DbError> {
    let login = fold_login(text);
    let found = account_by_login(tx, &login, today).await?;
    if as_actor {
        return Ok(found.map(|account| Person::Account(account.id)));
    }
    if let Some(staff) = staff::store::id_of_number(tx, text.trim()).await? {
        return Ok(Some(Person::Staff(staff)));
    }
    Ok(found.map(|account| account.staff.map_or(Person::Account(account.id), Person::Staff)))
}

/// Entries of the log, the newest first.
#[utoipa::path(get, tag = "audit", path = "/api/audit", operation_id = "search_audit",
    params(
        ("since" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$", description = "Not before this day in Tokyo"),
        ("until" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$", description = "Not after this day in Tokyo"),
        ("action" = Option<Action>, Query, description = "Only this action"),
        ("actor" = Option<String>, Query, description = "Only what this one did: staff number or login"),
        ("subject" = Option<String>, Query, description = "Only what concerns this one: staff number or login"),
        ("before" = Option<String>, Query, pattern = r"^\d{1,18}~[0-9a-f-]{36}$", description = "Where the last answer ended")),
    responses(
        (status = 200, body = AuditDocument),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
async fn search(
    State(service): State<AuditService>,
    caller: Caller,
    Query(params): Query<SearchParams>,
) -> Result<Response, Problem> {
    let today = tokyo_date(service.gate.clock().now());
    let (since, until) = (day("since", params.since.as_deref())?, day("until", params.until.as_deref())?);
    let until = until.and_then(|day| day.tomorrow().ok());
    let before = match params.before.as_deref() {
        None => None,
        Some(text) => Some(position(text).ok_or_else(|| {
            Problem::impossible(
                "before",
                Message::new(
                    "一覧の「次へ」のリンクを使ってください。",
                    "Please use the link of the last answer.",
                ),
            )
        })?),
    };
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, Action::ReadAudit);
    let named = (named_person(params.actor.as_deref()), named_person(params.subject.as_deref()));
    let found = service
        .gate
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let (actor, subject) = (
                    find(tx, named.0.as_deref(), true, today).await?,
                    find(tx, named.1.as_deref(), false, today).await?,
                );
                // Nobody of that name: nothing is found, and that somebody looked is recorded all the same.
                let nobody =
                    (named.0.is_some() && actor.is_none()) || (named.1.is_some() && subject.is_none());
                let wanted = Search {
                    since: since.map(|day| tokyo_midnight(day).as_microsecond()),
                    until: until.map(|day| tokyo_midnight(day).as_microsecond()),
                    action: params.action.map(|action| action.as_str().to_owned()),
                    actor,
                    subject,
                    before,
                    limit: PAGE,
                };
                let found = if nobody { Vec::new() } else { store::search(tx, &wanted).await? };
                let names = names_of(tx, &found, today).await?;
                let people = actor.into_iter().chain(subject);
                let detail = json!({ "entries": found.len() });
                recorder.record(tx, entry.about(people).with(detail)).await?;
                Ok::<_, DbError>((found, names))
            })
        })
        .await?;
    let (found, names) = found;
    let next = match found.last() {
        Some((last, _)) if found.len() as i64 == PAGE => Some(format!("{}~{}", last.at, last.id)),
        _ => None,
    };
    let entries = found
        .into_iter()
        .map(|(entry, actor)| {
            let actor = actor.map(|actor| names.get(&actor).cloned().unwrap_or(actor));
            AuditEntry::new(entry, actor)
        })
        .collect();
    Ok(Private(AuditDocument { entries, next }).into_response())
}

fn named_person(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

async fn find(
    tx: &mut Tx,
    text: Option<&str>,
    as_actor: bool,
    today: Date,
) -> Result<Option<Person>, DbError> {
    match text {
        Some(text) => person(tx, text, as_actor, today).await,
        None => Ok(None),
    }
}

/// The logins of actors: numbers, which is what administrators may see.
async fn names_of(
    tx: &mut Tx,
    found: &[(store::Found, Option<String>)],
    today: Date,
) -> Result<HashMap<String, String>, DbError> {
    let mut names = HashMap::new();
    for actor in found.iter().filter_map(|(_, actor)| actor.as_deref()) {
        if names.contains_key(actor) {
            continue;
        }
        let of = match actor.split_once(':') {
            Some(("account", id)) => match id.parse::<AccountId>() {
                Ok(id) => account(tx, id, &Reach::Any, today).await?,
                Err(_) => None,
            },
            Some(("staff", id)) => match id.parse::<StaffId>() {
                Ok(id) => account_of_staff(tx, id, today).await?,
                Err(_) => None,
            },
            _ => None,
        };
        if let Some(account) = of {
            names.insert(actor.to_owned(), account.login);
        }
    }
    Ok(names)
}

/// Where an answer ended.
fn position(text: &str) -> Option<(i64, String)> {
    let (at, id) = text.split_once('~')?;
    Some((at.parse().ok()?, id.to_owned()))
}

/// How far the log is sealed.
#[utoipa::path(get, tag = "audit", path = "/api/audit/status", operation_id = "get_audit_status",
    responses(
        (status = 200, body = AuditStatus),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
async fn status(State(service): State<AuditService>) -> Result<Response, Problem> {
    let mut tx = service.gate.db().read().await?;
    let head = store::head(&mut tx).await?;
    let unsealed = store::unsealed_count(&mut tx).await?;
    let sealed_at = (head.seq > 0).then(|| Timestamp::from_microsecond(head.sealed_at).ok()).flatten();
    Ok(Private(AuditStatus {
        sealed: head.seq,
        unsealed,
        sealed_at: sealed_at.map(|at| at.to_string()),
        head: super::hex(&head.digest),
    })
    .into_response())
}
