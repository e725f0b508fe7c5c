//! Signing in and out.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};

use crate::{
    auth::{
        AuthService, Caller, Persona, Token, cookie,
        gate::absent,
        service::{SetPasswordError, SignInContext, SignInError},
    },
    http::{JsonBody, Message, Peer, Private, Problem, ProblemDocument, ProblemKind, RequestId},
    places::Purpose,
};

use super::{
    blocked,
    documents::{
        Activate, ActivationDocument, ActivationToken, DemoSignIn, MeDocument, SessionDocument, SignIn,
        SignedOut,
    },
    weak,
};

/// Who is signed in, and how one can sign in.
#[utoipa::path(get, tag = "session", path = "/api/session", operation_id = "get_session",
    responses((status = 200, body = SessionDocument)))]
pub(super) async fn read(
    State(service): State<AuthService>,
    peer: Peer,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let principal = service.gate.caller(&headers, peer).await.map_err(|error| Problem::internal(&error))?;
    let is_demo = service.purpose == Purpose::Demo && peer.is_this_machine(&headers);
    let settings = service.gate.settings();
    Ok(Private(SessionDocument {
        me: principal.map(|principal| MeDocument::new(&principal)),
        password: service.signs_in,
        single_sign_on: service.single_sign_on.as_ref().map(|sign_on| sign_on.name().to_owned()),
        support_contact: Some(settings.support_contact.clone()).filter(|text| !text.is_empty()),
        support_contact_en: Some(settings.support_contact_en.clone()).filter(|text| !text.is_empty()),
        personas: if is_demo { Persona::ALL.to_vec() } else { Vec::new() },
    })
    .into_response())
}

pub(in crate::auth) fn context(peer: Peer, headers: &HeaderMap, request: RequestId) -> SignInContext {
    let device = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    SignInContext { address: peer.address, device: device.unwrap_or_default().to_owned(), request }
}

/// Answers somebody who has just signed in.
pub(in crate::auth) fn signed_in(service: &AuthService, token: &Token, peer: Peer) -> Response {
    let seconds = service.gate.settings().session_absolute().as_secs();
    let cookie = cookie::set(token, peer.secure, seconds);
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response()
}

/// A session's cookie must not cross a network in the clear.
pub(in crate::auth) fn protected(peer: Peer) -> Result<(), Problem> {
    if peer.secure || (peer.address.is_loopback() && !peer.forwarded) {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::Forbidden,
        Message::new(
            "この接続は暗号化されていないため、サインインできません。https:// で始まるアドレスを使ってください。",
            "This connection is not encrypted, so signing in is not possible. Please use the address that begins with https://.",
        ),
    ))
}

/// Signs in with a password.
#[utoipa::path(post, tag = "session", path = "/api/sign-in", operation_id = "sign_in", request_body = SignIn,
    responses(
        (status = 204, description = "Signed in; the cookie is set"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn sign_in(
    State(service): State<AuthService>,
    peer: Peer,
    headers: HeaderMap,
    request: RequestId,
    JsonBody(body): JsonBody<SignIn>,
) -> Result<Response, Problem> {
    protected(peer)?;
    let context = context(peer, &headers, request);
    let now = service.gate.clock().now();
    match service.sign_in(&body.login, body.password, context).await {
        Ok(token) => Ok(signed_in(&service, &token, peer)),
        Err(SignInError::Wrong) => Err(Problem::new(
            ProblemKind::Unauthenticated,
            Message::new("職員番号かパスワードが違います。", "The staff number or the password is wrong."),
        )),
        Err(SignInError::Blocked(until)) => Err(blocked(until, now)),
        Err(SignInError::Db(error)) => Err(Problem::internal(&error)),
        Err(SignInError::Hash(error)) => Err(Problem::internal(&error)),
    }
}

/// Signs in as one of the demo's personas: on the machine itself, and on a demo's database alone.
#[utoipa::path(post, tag = "session", path = "/api/demo/sign-in", operation_id = "demo_sign_in",
    request_body = DemoSignIn,
    responses(
        (status = 204, description = "Signed in; the cookie is set"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn demo_sign_in(
    State(service): State<AuthService>,
    peer: Peer,
    headers: HeaderMap,
    request: RequestId,
    JsonBody(body): JsonBody<DemoSignIn>,
) -> Result<Response, Problem> {
    if service.purpose != Purpose::Demo || !peer.is_this_machine(&headers) {
        return Err(absent());
    }
    let context = context(peer, &headers, request);
    match service.sign_in_as(body.persona, context).await {
        Ok(Some(token)) => Ok(signed_in(&service, &token, peer)),
        Ok(None) => Err(absent()),
        Err(error) => Err(Problem::internal(&error)),
    }
}

/// Signs out.
#[utoipa::path(post, tag = "session", path = "/api/sign-out", operation_id = "sign_out",
    responses(
        (status = 200, body = SignedOut),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn sign_out(
    State(service): State<AuthService>,
    caller: Caller,
) -> Result<Response, Problem> {
    let session = caller.principal.session;
    let ended = service.sign_out(&caller, session).await.map_err(|error| Problem::internal(&error))?;
    let cookie = cookie::clear(caller.peer.secure);
    let continue_at = match (&service.single_sign_on, ended.flatten()) {
        (Some(sign_on), Some(id_token)) => sign_on.sign_out_url(&id_token, service.gate.clock().now()).await,
        _ => None,
    };
    Ok(([(header::SET_COOKIE, cookie)], Private(SignedOut { continue_at })).into_response())
}

fn unusable_link() -> Problem {
    Problem::new(
        ProblemKind::NotFound,
        Message::new(
            "このリンクは使用済みか、期限が切れています。管理担当に新しいリンクを頼んでください。",
            "This link was used already, or is too old. Please ask the people in charge for a new one.",
        ),
    )
}

/// Says whose activation link it is.
#[utoipa::path(post, tag = "session", path = "/api/activation/check", operation_id = "check_activation",
    request_body = ActivationToken,
    responses(
        (status = 200, body = ActivationDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn check_activation(
    State(service): State<AuthService>,
    JsonBody(body): JsonBody<ActivationToken>,
) -> Result<Response, Problem> {
    let token = Token::parse(body.token.trim()).ok_or_else(unusable_link)?;
    let found = service.activation(&token).await.map_err(|error| Problem::internal(&error))?;
    let (account, expires_at) = found.ok_or_else(unusable_link)?;
    Ok(Private(ActivationDocument { login: account.login, expires_at: expires_at.to_string() })
        .into_response())
}

/// Sets a password by an activation link, and signs in.
#[utoipa::path(post, tag = "session", path = "/api/activation", operation_id = "activate",
    request_body = Activate,
    responses(
        (status = 204, description = "The password is set; the cookie is set"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn activate(
    State(service): State<AuthService>,
    peer: Peer,
    headers: HeaderMap,
    request: RequestId,
    JsonBody(body): JsonBody<Activate>,
) -> Result<Response, Problem> {
    protected(peer)?;
    let token = Token::parse(body.token.trim()).ok_or_else(unusable_link)?;
    let context = context(peer, &headers, request);
    let now = service.gate.clock().now();
    match service.activate(&token, body.password, context).await {
        Ok(token) => Ok(signed_in(&service, &token, peer)),
        Err(SetPasswordError::Wrong) => Err(unusable_link()),
        Err(SetPasswordError::Weak(why)) => Err(weak(why)),
        Err(SetPasswordError::Blocked(until)) => Err(blocked(until, now)),
        Err(SetPasswordError::Db(error)) => Err(Problem::internal(&error)),
        Err(SetPasswordError::Hash(error)) => Err(Problem::internal(&error)),
    }
}
