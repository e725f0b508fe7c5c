//! What stands before each route.
//!
//! A layer of our own, not axum's `from_fn`: whoever was known a moment ago is let through without a box, a clone or a
//! task of their own. `make bench` says what it costs.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use futures_util::{
    FutureExt as _, TryFutureExt as _,
    future::{BoxFuture, Either, MapOk},
};
use http::{HeaderName, HeaderValue, header};
use tower::{Layer, Service, ServiceExt as _};

use crate::http::{Message, Peer, Problem, ProblemKind, RequestId, is_cross_site};

use super::{
    access::Access,
    gate::{Asking, Caller, Gate, absent, unauthenticated},
    model::Principal,
    permission::Permission,
};

/// For whose account a request is meant. A phone sends what its owner left there without a network, perhaps after
/// somebody else has signed in: then nobody is signed in for whom it could be taken.
const MEANT_FOR: HeaderName = HeaderName::from_static("machiaruki-account");

/// What stands before one route.
#[derive(Clone)]
pub(super) struct Guard {
    gate: Gate,
    access: Access,
}

impl Guard {
    /// Before a route with that access.
    pub(super) const fn new(gate: Gate, access: Access) -> Self {
        Self { gate, access }
    }
}

impl<S> Layer<S> for Guard {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        Guarded { guard: self.clone(), inner }
    }
}

/// A route behind its guard. Anonymous callers learn nothing but that they are; signed-in callers without the right
/// learn nothing at all.
#[derive(Clone)]
pub(super) struct Guarded<S> {
    guard: Guard,
    inner: S,
}

type Answer<F, R> = MapOk<F, fn(R) -> Response>;

impl<S, R> Service<Request> for Guarded<S>
where
    S: Service<Request, Response = R, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
    R: IntoResponse + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Either<
        Ready<Result<Response, Infallible>>,
        Either<Answer<S::Future, R>, BoxFuture<'static, Result<Response, Infallible>>>,
    >;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let refuse = |problem: Problem| Either::Left(ready(Ok(problem.into_response())));
        let gate = &self.guard.gate;
        if is_cross_site(request.method(), request.headers(), gate.own_origin()) {
            return refuse(from_another_site());
        }
        let Access::Needs(permission) = self.guard.access else {
            return Either::Right(Either::Left(
                self.inner.call(request).map_ok(R::into_response as fn(R) -> Response),
            ));
        };
        let peer = Peer::of(&request);
        match gate.ask(request.headers(), peer) {
            Asking::Nobody => refuse(unauthenticated()),
            Asking::Known(principal) => match admit(&mut request, principal, permission, peer) {
                Ok(()) => {
                    Either::Right(Either::Left(self.inner.call(request).map_ok(private as fn(R) -> Response)))
                }
                Err(problem) => refuse(problem),
            },
            Asking::Unknown(look_up) => {
                let (gate, inner) = (gate.clone(), self.inner.clone());
                let answer = async move {
                    let admitted = match gate.look_up(look_up).await {
                        Ok(Some(principal)) => admit(&mut request, principal, permission, peer),
                        Ok(None) => Err(unauthenticated()),
                        Err(error) => Err(Problem::internal(&error)),
                    };
                    match admitted {
                        Ok(()) => inner.oneshot(request).await.map(private),
                        Err(problem) => Ok(problem.into_response()),
                    }
                };
                Either::Right(Either::Right(answer.boxed()))
            }
        }
    }
}

/// Lets the handler know who is asking.
fn admit(
    request: &mut Request,
    principal: Arc<Principal>,
    permission: Permission,
    peer: Peer,
) -> Result<(), Problem> {
    if let Some(meant) = request.headers().get(MEANT_FOR)
        && meant.as_bytes() != principal.account.to_string().as_bytes()
    {
        return Err(meant_for_another());
    }
    let scope = permission.scope(principal.roles).ok_or_else(absent)?;
    let id = request.extensions().get::<RequestId>().copied().unwrap_or_default();
    request.extensions_mut().insert(Caller { principal, permission, scope, peer, request: id });
    Ok(())
}

/// What a signed-in caller is answered is for them alone, unless the handler says otherwise.
fn private<R: IntoResponse>(response: R) -> Response {
    let mut response = response.into_response();
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn meant_for_another() -> Problem {
    Problem::new(
        ProblemKind::Unauthenticated,
        Message::new(
            "別のアカウントのための操作です。そのアカウントでサインインしてください。",
            "This is meant for another account. Please sign in with that one.",
        ),
    )
}

fn from_another_site() -> Problem {
    Problem::new(
        ProblemKind::Forbidden,
        Message::new(
            "別のサイトからの操作は受け付けません。このサービスのページから操作してください。",
            "Requests from other sites are not accepted. Please use this service's own pages.",
        ),
    )
}
