//! `/api/session`, `/api/me`, `/api/accounts`, `/api/grants`: signing in, and who may do what.

mod accounts;
mod documents;
mod grants;
mod me;
pub(super) mod session;

use http::Method;
use utoipa::OpenApi;

use crate::http::{Message, Problem, ProblemKind};

use super::{Access, AuthService, Blocked, Permission, Routes, Surface, Weak, password};

/// The routes, for a service.
#[must_use]
pub fn routes(service: &AuthService) -> Routes {
    let (get, post, patch, delete) = (Method::GET, Method::POST, Method::PATCH, Method::DELETE);
    let public = Access::Public;
    let needs = Access::Needs;
    // Signing in is needed wherever anything is behind it.
    Routes::new(&[Surface::Staff, Surface::Register])
        .route(post.clone(), "/api/sign-in", public, session::sign_in, service)
        .route(post.clone(), "/api/sign-out", needs(Permission::WriteMe), session::sign_out, service)
        .route(post.clone(), "/api/activation/check", public, session::check_activation, service)
        .route(post.clone(), "/api/activation", public, session::activate, service)
        .route(post.clone(), "/api/demo/sign-in", public, session::demo_sign_in, service)
        .route(get.clone(), "/api/me", needs(Permission::ReadMe), me::read, service)
        .route(patch, "/api/me", needs(Permission::WriteMe), me::change, service)
        .route(post.clone(), "/api/me/password", needs(Permission::WriteMe), me::change_password, service)
        .route(get.clone(), "/api/me/sessions", needs(Permission::ReadMe), me::sessions, service)
        .route(delete.clone(), "/api/me/sessions", needs(Permission::WriteMe), me::end_others, service)
        .route(delete, "/api/me/sessions/{session}", needs(Permission::WriteMe), me::end_session, service)
        .route(get.clone(), "/api/me/views", needs(Permission::ReadMe), me::views, service)
        .route(get.clone(), "/api/accounts", needs(Permission::ReadAccounts), accounts::list, service)
        .route(post.clone(), "/api/accounts", needs(Permission::WriteAccounts), accounts::create, service)
        .route(
            get.clone(),
            "/api/accounts/{account}",
            needs(Permission::ReadAccounts),
            accounts::read,
            service,
        )
        .route(
            post.clone(),
            "/api/accounts/{account}/activation",
            needs(Permission::WriteAccounts),
            accounts::activation,
            service,
        )
        .route(
            post.clone(),
            "/api/accounts/{account}/disable",
            needs(Permission::WriteAccounts),
            accounts::disable,
            service,
        )
        .route(
            post.clone(),
            "/api/accounts/{account}/enable",
            needs(Permission::WriteAccounts),
            accounts::enable,
            service,
        )
        .route(get, "/api/grants", needs(Permission::ReadGrants), grants::list, service)
        .route(post.clone(), "/api/grants", needs(Permission::WriteGrants), grants::request, service)
        .route(
            post.clone(),
            "/api/grants/{grant}/approve",
            needs(Permission::DecideGrants),
            grants::approve,
            service,
        )
        .route(
            post.clone(),
            "/api/grants/{grant}/refuse",
            needs(Permission::DecideGrants),
            grants::refuse,
            service,
        )
        .route(post, "/api/grants/{grant}/end", needs(Permission::WriteGrants), grants::end, service)
        .merge(super::oidc::routes::routes(service))
        // What every page asks first, the public map's header too.
        .merge(Routes::new(&Surface::ALL).route(Method::GET, "/api/session", public, session::read, service))
}

/// What of `/api/openapi.json` these routes fill.
#[derive(OpenApi)]
#[openapi(
    paths(
        session::read,
        session::sign_in,
        session::sign_out,
        session::check_activation,
        session::activate,
        session::demo_sign_in,
        me::read,
        me::change,
        me::change_password,
        me::sessions,
        me::end_others,
        me::end_session,
        me::views,
        accounts::list,
        accounts::create,
        accounts::read,
        accounts::activation,
        accounts::disable,
        accounts::enable,
        grants::list,
        grants::request,
        grants::approve,
        grants::refuse,
        grants::end
    ),
    components(schemas(super::Role, super::store::GrantState))
)]
pub struct AuthApi;

fn blocked(blocked: Blocked, now: crate::clock::Timestamp) -> Problem {
    let wait = blocked.until.duration_since(now).as_secs().max(1).unsigned_abs();
    let minutes = wait.div_ceil(60);
    Problem::new(
        ProblemKind::TooManyRequests,
        Message::new(
            format!("まちがいが続いたため、約{minutes}分後まで受け付けません。忘れたときは管理担当に連絡してください。"),
            format!(
                "After several failures, no try is accepted for about {minutes} minutes. If you have forgotten it, ask the people in charge."
            ),
        ),
    )
    .retry_after(std::time::Duration::from_secs(wait))
}

fn weak(weak: Weak) -> Problem {
    let (shortest, longest) = (password::SHORTEST, password::LONGEST);
    let message = match weak {
        Weak::TooShort => Message::new(
            format!("パスワードは{shortest}文字以上にしてください。短い文を使うと覚えやすくなります。"),
            format!("Please use at least {shortest} characters. A short sentence is easy to remember."),
        ),
        Weak::TooLong => Message::new(
            format!("パスワードは{longest}文字以内にしてください。"),
            format!("Please use at most {longest} characters."),
        ),
        Weak::ContainsLogin => Message::new(
            "パスワードに職員番号を入れないでください。",
            "Please do not use the staff number in the password.",
        ),
        Weak::TooPlain => Message::new(
            "同じ文字のくり返しは避けてください。",
            "Please do not repeat the same few characters.",
        ),
    };
    Problem::impossible("password", message)
}
