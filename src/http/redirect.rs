//! From http:// to https://: what the second port of a service with TLS of its own answers.

use axum::{
    Router,
    extract::{Request, State},
    middleware::from_fn,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header, uri::Authority};

use super::{Message, Peer, Problem, ProblemKind, render_problems, secure};

/// Where https:// is.
#[derive(Clone, Debug)]
pub struct Target {
    /// The address under which people reach the service, if it is configured.
    pub public_url: Option<String>,
    /// The port of the service otherwise.
    pub port: u16,
}

/// A service that sends readers on, and takes nothing from whoever writes.
pub fn redirect(target: Target) -> Router {
    Router::new().fallback(send_on).with_state(target).layer(from_fn(render))
}

async fn render(request: Request, next: axum::middleware::Next) -> Response {
    let peer = Peer::of(&request);
    let mut response = render_problems(request, next).await;
    secure(response.headers_mut(), peer);
    response
}

async fn send_on(State(target): State<Target>, request: Request) -> Response {
    if !request.method().is_safe() {
        // What was to be kept from others has crossed the network already; a redirect would hide that.
        return Problem::new(
            ProblemKind::Forbidden,
            Message::new(
                "暗号化されていない接続では受け付けません。https:// で始まるアドレスを使ってください。",
                "Nothing is taken over an unencrypted connection. Please use the address that begins with https://.",
            ),
        )
        .into_response();
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    // `//host` after a base would still be a path, but only after a base.
    let address = target.base(request.headers()).map(|base| format!("{base}{path}"));
    match address.and_then(|address| HeaderValue::try_from(address).ok()) {
        Some(address) => (
            StatusCode::PERMANENT_REDIRECT,
            [(header::LOCATION, address), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))],
        )
            .into_response(),
        None => Problem::new(
            ProblemKind::BadRequest,
            Message::new(
                "https:// で始まるアドレスを使ってください。",
                "Please use the address that begins with https://.",
            ),
        )
        .into_response(),
    }
}

impl Target {
    fn base(&self, headers: &HeaderMap) -> Option<String> {
        if let Some(url) = self.public_url.as_ref().filter(|url| url.starts_with("https://")) {
            return Some(url.clone());
        }
        let host = Authority::try_from(headers.get(header::HOST)?.as_bytes()).ok()?;
        let host = host.host();
        Some(if self.port == 443 {
            format!("https://{host}")
        } else {
            format!("https://{host}:{}", self.port)
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tower::ServiceExt as _;

    use super::*;

    async fn answer(target: &Target, method: &str, uri: &str, host: &str) -> (u16, String) {
        let request = Request::builder().method(method).uri(uri).header("host", host);
        let response = redirect(target.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert!(!response.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let location = response.headers().get(header::LOCATION);
        (response.status().as_u16(), location.map_or(String::new(), |to| to.to_str().unwrap().to_owned()))
    }

    #[tokio::test]
    async fn readers_are_sent_on_and_writers_are_not() {
        let known = Target { public_url: Some("https://map.example".into()), port: 443 };
        let other = Target { public_url: None, port: 8443 };
        for (target, uri, host, to) in [
            (&known, "/ogc?f=json&q=a", "anything.example", "https://map.example/ogc?f=json&q=a"),
            (&other, "/", "map.example:8080", "https://map.example:8443/"),
            (&other, "/a", "[2001:db8::1]:8080", "https://[2001:db8::1]:8443/a"),
            (&known, "//evil.example/", "map.example", "https://map.example//evil.example/"),
        ] {
            for method in ["GET", "HEAD"] {
                assert_eq!(answer(target, method, uri, host).await, (308, to.to_owned()), "{uri} {host}");
            }
        }
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            assert_eq!(answer(&known, method, "/api/sign-in", "map.example").await, (403, String::new()));
        }
        assert_eq!(answer(&other, "GET", "/", "not a host").await.0, 400);
    }
}
