//! Accounts, as those see them who keep them.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};
use qrcode::{QrCode, render::svg};
use serde::Deserialize;

use crate::{
    audit::{self, Entry, Person},
    auth::{
        AccountId, AuthService, Caller, Role, Token, fold_login,
        gate::absent,
        store::{self, Account, AccountSearch, NewAccount},
    },
    clock::{Timestamp, tokyo_date},
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, query_string},
    staff,
};

use super::documents::{
    AccountDocument, AccountItem, AccountsDocument, ActivationLink, CreateAccount, GrantItem,
};

/// Administrators see staff numbers only; names are for those who keep the roster.
pub(super) fn sees_names(caller: &Caller) -> bool {
    caller.principal.roles.has(Role::Hr) || caller.principal.roles.has(Role::Manager)
}

#[derive(Deserialize)]
pub(super) struct AccountsParams {
    #[serde(default)]
    q: String,
    role: Option<Role>,
    #[serde(default)]
    after: String,
}

const PAGE: i64 = 50;

/// Accounts.
#[utoipa::path(get, tag = "accounts", path = "/api/accounts", operation_id = "list_accounts",
    params(
        ("q" = Option<String>, Query, description = "What the login begins with, or the name contains"),
        ("role" = Option<Role>, Query, description = "Only those who hold this role"),
        ("after" = Option<String>, Query, description = "Where the last answer ended")),
    responses(
        (status = 200, body = AccountsDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<AuthService>,
    caller: Caller,
    Query(params): Query<AccountsParams>,
) -> Result<Response, Problem> {
    let names = sees_names(&caller);
    let search = AccountSearch {
        text: fold_login(&params.q),
        names,
        role: params.role,
        after: params.after,
        limit: PAGE,
    };
    let (today, reach, recorder) =
        (tokyo_date(service.gate.clock().now()), caller.reach(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadAccounts);
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let found = store::accounts(tx, search, &reach, today).await?;
                recorder.record(tx, entry.about(found.iter().map(person))).await?;
                Ok::<_, DbError>(found)
            })
        })
        .await?;
    let next = match found.last() {
        Some(last) if found.len() as i64 == PAGE => {
            let query = query_string(&[("q", &params.q), ("after", &last.login)]);
            let role = params.role.map(|role| format!("&role={role}")).unwrap_or_default();
            Some(format!("/api/accounts?{query}{role}"))
        }
        _ => None,
    };
    let accounts = found.iter().map(|account| AccountItem::new(account, names)).collect();
    Ok(Private(AccountsDocument { accounts, next }).into_response())
}

fn person(account: &Account) -> Person {
    account.staff.map_or(Person::Account(account.id), Person::Staff)
}

/// One account.
#[utoipa::path(get, tag = "accounts", path = "/api/accounts/{account}", operation_id = "get_account",
    params(("account" = String, Path, description = "The account")),
    responses(
        (status = 200, body = AccountDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<AuthService>,
    caller: Caller,
    Path(account): Path<String>,
) -> Result<Response, Problem> {
    let account: AccountId = account.parse().map_err(|_| absent())?;
    let (today, reach, recorder) =
        (tokyo_date(service.gate.clock().now()), caller.reach(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadAccounts);
    let found = service
        .write(move |tx| {
            Box::pin(async move {
                let Some(found) = store::account(tx, account, &reach, today).await? else { return Ok(None) };
                let grants = store::open_grants_of(tx, account, today).await?;
                recorder.record(tx, entry.about([person(&found)])).await?;
                Ok::<_, DbError>(Some((found, grants)))
            })
        })
        .await?;
    let (found, grants) = found.ok_or_else(absent)?;
    let names = sees_names(&caller);
    Ok(Private(AccountDocument {
        account: AccountItem::new(&found, names),
        grants: grants.iter().map(|grant| GrantItem::new(grant, &caller.principal, names)).collect(),
    })
    .into_response())
}

enum CreateError {
    NotOnRoster,
    Exists,
    Db(DbError),
}

impl From<DbError> for CreateError {
    fn from(error: DbError) -> Self {
        if error.is_unique_violation() { Self::Exists } else { Self::Db(error) }
    }
}

/// Makes an account for somebody on the roster.
#[utoipa::path(post, tag = "accounts", path = "/api/accounts", operation_id = "create_account",
    request_body = CreateAccount,
    responses(
        (status = 201, body = AccountItem),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(service): State<AuthService>,
    caller: Caller,
    JsonBody(body): JsonBody<CreateAccount>,
) -> Result<Response, Problem> {
    let (now, id) = (service.gate.clock().now(), AccountId(service.gate.random().id()));
    let (number, recorder) = (body.staff_number.trim().to_owned(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::CreateAccount);
    let made = service
        .write(move |tx| {
            Box::pin(async move {
                let found = staff::store::id_of_number(tx, &number).await?;
                let staff = found.ok_or(CreateError::NotOnRoster)?;
                let login = fold_login(&number);
                let new = NewAccount { id, login, staff: Some(staff), display_name: None, persona: None };
                store::create_account(tx, &new, now).await?;
                recorder.record(tx, entry.about_staff([staff]).on("account", id)).await?;
                let made = store::account(tx, id, &super::super::Reach::Any, tokyo_date(now)).await?;
                made.ok_or_else(|| CreateError::Db(DbError::Corrupt("an account that was just made".into())))
            })
        })
        .await;
    match made {
        Ok(account) => {
            let item = AccountItem::new(&account, sees_names(&caller));
            Ok((StatusCode::CREATED, Private(item)).into_response())
        }
        Err(CreateError::NotOnRoster) => Err(Problem::impossible(
            "staff_number",
            Message::new(
                "この職員番号は名簿にありません。",
                "There is nobody with this staff number on the roster.",
            ),
        )),
        Err(CreateError::Exists) => Err(Problem::new(
            ProblemKind::Conflict,
            Message::new(
                "この職員のアカウントはすでにあります。",
                "There is an account for this person already.",
            ),
        )),
        Err(CreateError::Db(error)) => Err(error.into()),
    }
}

/// Makes a one-time activation link. Those made before open nothing any more.
#[utoipa::path(post, tag = "accounts", path = "/api/accounts/{account}/activation",
    operation_id = "create_activation",
    params(("account" = String, Path, description = "The account")),
    responses(
        (status = 200, body = ActivationLink),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn activation(
    State(service): State<AuthService>,
    caller: Caller,
    headers: HeaderMap,
    Path(account): Path<String>,
) -> Result<Response, Problem> {
    let found = within_reach(&service, &caller, &account).await?;
    if !found.is_current {
        return Err(absent());
    }
    let entry = Entry::by(&caller, audit::Action::CreateActivation).about([person(&found)]);
    let (token, expires_at) = service.create_activation(found.id, entry).await?;
    let base = base_url(&service, &caller, &headers);
    Ok(Private(link(&base, &found.login, &token, expires_at)?).into_response())
}

/// Where people reach the service, for links that are printed.
fn base_url(service: &AuthService, caller: &Caller, headers: &HeaderMap) -> String {
    if let Some(origin) = service.gate.own_origin() {
        return origin.to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("{}://{host}", if caller.peer.secure { "https" } else { "http" })
}

/// The link stands behind `#`: it is sent to no server and stands in no log.
fn link(base: &str, login: &str, token: &Token, expires_at: Timestamp) -> Result<ActivationLink, Problem> {
    let url = format!("{base}/activate#{}", token.reveal());
    let code = QrCode::new(url.as_bytes()).map_err(|error| Problem::internal(&error))?;
    Ok(ActivationLink {
        login: login.to_owned(),
        qr_svg: code.render::<svg::Color<'_>>().min_dimensions(160, 160).build(),
        url,
        expires_at: expires_at.to_string(),
    })
}

async fn within_reach(service: &AuthService, caller: &Caller, account: &str) -> Result<Account, Problem> {
    let account: AccountId = account.parse().map_err(|_| absent())?;
    let today = tokyo_date(service.gate.clock().now());
    let mut tx = service.gate.db().read().await?;
    let found = store::account(&mut tx, account, &caller.reach(), today).await?;
    found.ok_or_else(absent)
}

/// Disables an account; its sessions end at once.
#[utoipa::path(post, tag = "accounts", path = "/api/accounts/{account}/disable", operation_id = "disable_account",
    params(("account" = String, Path, description = "The account")),
    responses(
        (status = 204, description = "Disabled"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn disable(
    State(service): State<AuthService>,
    caller: Caller,
    Path(account): Path<String>,
) -> Result<StatusCode, Problem> {
    let found = within_reach(&service, &caller, &account).await?;
    if found.id == caller.principal.account {
        return Err(Problem::new(
            ProblemKind::Conflict,
            Message::new("自分のアカウントは停止できません。", "You cannot disable your own account."),
        ));
    }
    set_disabled(&service, &caller, &found, true).await
}

/// Enables an account that was disabled.
#[utoipa::path(post, tag = "accounts", path = "/api/accounts/{account}/enable", operation_id = "enable_account",
    params(("account" = String, Path, description = "The account")),
    responses(
        (status = 204, description = "Enabled"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn enable(
    State(service): State<AuthService>,
    caller: Caller,
    Path(account): Path<String>,
) -> Result<StatusCode, Problem> {
    let found = within_reach(&service, &caller, &account).await?;
    set_disabled(&service, &caller, &found, false).await
}

async fn set_disabled(
    service: &AuthService,
    caller: &Caller,
    account: &Account,
    disabled: bool,
) -> Result<StatusCode, Problem> {
    let (now, id, recorder) = (service.gate.clock().now(), account.id, service.recorder.clone());
    let entry = Entry::by(caller, audit::Action::ChangeAccount)
        .about([person(account)])
        .with(serde_json::json!({ "disabled": disabled }));
    service
        .write(move |tx| {
            Box::pin(async move {
                store::set_disabled(tx, id, disabled.then_some(now)).await?;
                if disabled {
                    store::end_sessions(tx, id, None, "disabled", now).await?;
                }
                recorder.record(tx, entry).await.map(|_| ())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
