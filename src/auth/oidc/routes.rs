//! `/auth/oidc`: to the provider and back.
//!
//! These are addresses that browsers go to, not an API: whatever happens, they answer with a redirect. What went wrong
//! is a short code for the sign-in page, which has the words for it.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde::Deserialize;

use crate::{
    auth::{Access, AuthService, Routes, Surface, Token, routes::session},
    http::{Peer, RequestId},
};

use super::{
    SingleSignOn, browser,
    flow::{Callback, Failed, LASTS},
    refusal::Refusal,
};

#[derive(Clone)]
struct Shared {
    auth: AuthService,
    sign_on: SingleSignOn,
}

/// The routes, when a single sign-on is configured.
#[must_use]
pub fn routes(auth: &AuthService) -> Routes {
    let routes = Routes::new(&[Surface::Staff, Surface::Register]);
    let Some(sign_on) = auth.single_sign_on.clone() else { return routes };
    let shared = Shared { auth: auth.clone(), sign_on };
    routes.route(Method::GET, "/auth/oidc/start", Access::Public, start, &shared).route(
        Method::GET,
        "/auth/oidc/callback",
        Access::Public,
        callback,
        &shared,
    )
}

#[derive(Deserialize)]
struct Start {
    return_to: Option<String>,
}

/// See other, and keep no copy.
fn go(to: &str) -> Response {
    let place = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    let headers = [
        (header::LOCATION, place),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn refused(why: &Refusal, return_to: &str) -> Response {
    use openidconnect::url::form_urlencoded::Serializer;
    let mut query = Serializer::new(String::new());
    query.append_pair("problem", why.code());
    if return_to != "/" {
        query.append_pair("return_to", return_to);
    }
    go(&format!("/sign-in?{}", query.finish()))
}

/// Programs that only look at what a link leads to must not use it up.
fn only_looks(method: &Method) -> bool {
    method == Method::HEAD
}

async fn start(
    State(shared): State<Shared>,
    method: Method,
    peer: Peer,
    headers: HeaderMap,
    wanted: Result<Query<Start>, QueryRejection>,
) -> Response {
    if only_looks(&method) {
        return StatusCode::NO_CONTENT.into_response();
    }
    let wanted = wanted.ok().and_then(|Query(start)| start.return_to);
    let return_to = browser::safe_path(wanted.as_deref());
    if session::protected(peer).is_err() {
        return refused(&Refusal::Insecure, return_to);
    }
    // One secret for all of a browser's tabs.
    let secret = browser::secret(&headers, peer.secure)
        .unwrap_or_else(|| Token::new(shared.auth.gate.random().bytes()));
    match shared.auth.begin_sign_on(&shared.sign_on, return_to, &secret).await {
        Ok(url) => {
            let cookie = browser::set(&secret, peer.secure, LASTS.as_secs());
            ([(header::SET_COOKIE, cookie)], go(url.as_str())).into_response()
        }
        Err(why) => {
            if let Refusal::Db(error) = &why {
                tracing::error!(%error, "a single sign-on could not be begun");
            }
            refused(&why, return_to)
        }
    }
}

async fn callback(
    State(shared): State<Shared>,
    method: Method,
    peer: Peer,
    headers: HeaderMap,
    request: RequestId,
    answer: Result<Query<Callback>, QueryRejection>,
) -> Response {
    if only_looks(&method) {
        return StatusCode::NO_CONTENT.into_response();
    }
    if session::protected(peer).is_err() {
        return refused(&Refusal::Insecure, "/");
    }
    // What cannot be read, such as a parameter that is there twice, is no answer to anything.
    let answer = answer.map(|Query(answer)| answer).unwrap_or_default();
    let browser = browser::secret(&headers, peer.secure);
    let context = session::context(peer, &headers, request);
    match shared.auth.end_sign_on(&shared.sign_on, answer, browser, context).await {
        Ok(done) => {
            let forget = browser::clear(peer.secure);
            let (mut parts, body) = session::signed_in(&shared.auth, &done.token, peer).into_parts();
            parts.status = StatusCode::SEE_OTHER;
            parts.headers.append(header::SET_COOKIE, forget);
            parts.headers.extend(go(&done.return_to).headers().clone());
            Response::from_parts(parts, body)
        }
        Err(Failed { why, return_to }) => refused(&why, &return_to),
    }
}
