//! Somebody whom the service does not know, asking it.

use std::fmt::Write as _;

use axum::{Router, body::Body};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

/// The address under which the tests reach the service; its links begin with it.
pub const BASE: &str = "http://ward.example";

/// An anonymous caller.
#[derive(Clone)]
pub struct Anonymous {
    router: Router,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The address that was asked, for messages.
    pub address: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Anonymous {
    pub fn new(router: Router) -> Self {
        Self { router }
    }

    /// GET without any headers but Host. `address` is a path or a link of the service's own; what is
    /// not ASCII in it is percent-encoded.
    pub async fn get(&self, address: &str) -> Reply {
        self.get_with(address, &[]).await
    }

    /// GET with headers.
    pub async fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask(Method::GET, address, headers).await
    }

    /// Any method, without a body.
    pub async fn ask(&self, method: Method, address: &str, headers: &[(&str, &str)]) -> Reply {
        let path = encoded(address.strip_prefix(BASE).unwrap_or(address));
        let mut request = Request::builder().method(method).uri(&path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, "ward.example");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Reply { address: address.to_owned(), status: parts.status, headers: parts.headers, body }
    }

    /// The JSON of an address that answers 200.
    pub async fn json(&self, address: &str) -> Value {
        self.get(address).await.ok().json()
    }
}

impl Reply {
    /// The reply itself, if it is a 200.
    #[track_caller]
    pub fn ok(self) -> Self {
        self.has_status(StatusCode::OK)
    }

    /// The reply itself, if it has this status.
    #[track_caller]
    pub fn has_status(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.address, String::from_utf8_lossy(&self.body));
        self
    }

    /// The values of a header, joined; empty when there is none.
    pub fn header(&self, name: impl header::AsHeaderName) -> String {
        let values = self.headers.get_all(name);
        values.iter().map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(", ")
    }

    /// The media type without its parameters.
    pub fn media_type(&self) -> String {
        self.header(header::CONTENT_TYPE).split(';').next().unwrap_or_default().to_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{}: {error}: {}", self.address, String::from_utf8_lossy(&self.body))
        })
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    /// The problem that the reply is, if it is one with this status.
    #[track_caller]
    pub fn problem(self, status: StatusCode) -> Value {
        let reply = self.has_status(status);
        assert_eq!(reply.header(header::CONTENT_TYPE), "application/problem+json", "{}", reply.address);
        let problem = reply.json();
        assert_eq!(problem["status"], status.as_u16(), "{}", reply.address);
        for member in ["type", "title", "detail"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {problem}");
        }
        problem
    }

    /// The names of the parameters that a problem 400 complains of.
    #[track_caller]
    pub fn wrong_parameters(self) -> Vec<String> {
        self.fields_of(StatusCode::BAD_REQUEST)
    }

    /// The names of the fields that a problem 422 complains of.
    #[track_caller]
    pub fn impossible_fields(self) -> Vec<String> {
        self.fields_of(StatusCode::UNPROCESSABLE_ENTITY)
    }

    #[track_caller]
    fn fields_of(self, status: StatusCode) -> Vec<String> {
        let problem = self.problem(status);
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
    }
}

/// Percent-encodes what an address cannot hold.
fn encoded(address: &str) -> String {
    let mut out = String::new();
    for byte in address.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>".contains(&byte) {
            out.push(byte as char);
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}
