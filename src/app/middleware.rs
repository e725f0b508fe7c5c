//! What stands around every route: the log's lines, panics, the longest time, files without a hash in their names.

use std::{
    any::Any,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

use crate::http::{Head, Peer, Problem, RequestId, assets, limits, render_problems, secure};

use super::logged::logged_path;

/// Routes within all that stands around them where people reach them.
pub fn served(routes: Router) -> Router {
    routes.fallback(public_file).layer(
        // From the outside in.
        ServiceBuilder::new()
            .layer(from_fn(observe))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits::REQUEST_TIMEOUT)),
    )
}

/// Requests slower than this are worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

/// Renders problems, logs what went wrong or slowly, and adds the headers that every response has. Addresses are logged
/// without their queries, which may say where somebody is.
async fn observe(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = RequestId::new();
    let method = request.method().clone();
    let is_read = method == Method::GET || method == Method::HEAD;
    let uri = request.uri().clone();
    let peer = Peer::of(&request);
    request.extensions_mut().insert(id);
    let mut response = render_problems(request, next).await;
    let took = started.elapsed();
    let (status, millis) = (response.status().as_u16(), took.as_millis() as u64);
    let path = logged_path(uri.path());
    let path = &*path;
    if response.status().is_server_error() || took > SLOW {
        tracing::warn!(%id, %method, path, status, millis, "request");
    } else if is_read {
        tracing::debug!(%id, %method, path, status, millis, "request");
    } else {
        tracing::info!(%id, %method, path, status, millis, "request");
    }
    let headers = response.headers_mut();
    headers.insert("x-request-id", id.header());
    secure(headers, peer);
    response
}

#[expect(clippy::needless_pass_by_value, reason = "CatchPanicLayer hands it over")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let cause = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    Problem::internal(&cause).into_response()
}

/// Files that have no hash in their names, such as the icon.
async fn public_file(uri: Uri, head: Head) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_read = head.method == Method::GET || head.method == Method::HEAD;
    if is_read || !assets::is_public_file(path) {
        let mut response = assets::public_file(path, &head).await;
        if path == "sw.js" {
            // A worker's policy is that of its file, and the strict one lets it ask for nothing.
            let policy = HeaderValue::from_static("default-src 'none'; connect-src 'self'");
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        return response;
    }
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response()
}
