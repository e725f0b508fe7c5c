//! Somebody who is signed in, asking the service.

use axum::{Router, body::Body};
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use machiaruki::http::Peer;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::Reply;

/// Every persona of the demo.
pub const PERSONAS: [&str; 9] =
    ["staff", "resident", "trainer", "reviewer", "manager", "hr", "registrar", "editor", "admin"];

/// A caller on this machine, signed in or not, who keeps the cookie like a browser.
#[derive(Clone)]
pub struct Caller {
    router: Router,
    cookie: Option<String>,
    peer: Peer,
    headers: Vec<(String, String)>,
}

impl Caller {
    /// Nobody yet, on this machine.
    pub fn here(router: Router) -> Self {
        let peer = Peer { address: "127.0.0.1".parse().unwrap(), secure: false, forwarded: false };
        Self { router, cookie: None, peer, headers: Vec::new() }
    }

    /// The same with their cookie, asking another router over the same database.
    pub fn through(self, router: Router) -> Self {
        Self { router, ..self }
    }

    /// The same, somewhere else.
    pub fn at(mut self, peer: Peer) -> Self {
        self.peer = peer;
        self
    }

    /// The same place, signed in as nobody.
    pub fn signed_out(self) -> Self {
        Self { cookie: None, ..self }
    }

    /// The same, sending one more header each time.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Signed in as one of the demo's personas.
    pub async fn signed_in_as(mut self, persona: &str) -> Self {
        let reply = self.post("/api/demo/sign-in", &json!({ "persona": persona })).await;
        self.keep(&reply.has_status(StatusCode::NO_CONTENT));
        self
    }

    /// Keeps the session's cookie of an answer, or forgets it.
    pub fn keep(&mut self, reply: &Reply) {
        let cookie = reply.header(header::SET_COOKIE);
        let pair = cookie.split(';').next().unwrap_or_default();
        self.cookie = (!pair.ends_with('=') && !pair.is_empty()).then(|| pair.to_owned());
    }

    /// Whether there is a session's cookie.
    pub fn has_cookie(&self) -> bool {
        self.cookie.is_some()
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, None).await
    }

    pub async fn json(&self, path: &str) -> Value {
        self.get(path).await.ok().json()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let bytes = body.map(Value::to_string).unwrap_or_default();
        let media_type = body.map(|_| "application/json");
        self.send(method, path, media_type, &[], bytes.into_bytes()).await
    }

    /// An answer that may go on: its status, and the body to be read as it comes.
    pub async fn open(&self, path: &str, headers: &[(&str, &str)]) -> (StatusCode, Body) {
        let mut request =
            Request::builder().uri(path).extension(self.peer).header(header::HOST, "localhost:8080");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        (response.status(), response.into_body())
    }

    /// Any request.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        media_type: Option<&str>,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path).extension(self.peer);
        if !self.headers.iter().any(|(name, _)| name == "host") {
            request = request.header(header::HOST, "localhost:8080");
        }
        if let Some(media_type) = media_type {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Reply { address: path.to_owned(), status: parts.status, headers: parts.headers, body }
    }
}
