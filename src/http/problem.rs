//! Problems: errors as RFC 9457 has them, in the language of whoever asked.
//!
//! A handler returns a [`Problem`]; [`render_problems`], one layer for the whole application, writes it
//! as `application/problem+json` once the request's language is known. What a client cannot mend is
//! logged with an id and masked.

use std::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};

use crate::db::DbError;

use super::Language;

/// A text in Japanese and English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Message {
    /// A text in Japanese and English.
    #[must_use]
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }
}

/// The kinds of problem. The name of each is the stable end of its `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A parameter or field is wrong.
    BadRequest,
    /// Nobody is signed in.
    Unauthenticated,
    /// Another site is behind the request.
    Forbidden,
    /// There is no such thing, or not for whoever asks.
    NotFound,
    /// That method does not work here.
    MethodNotAllowed,
    /// It contradicts what is there.
    Conflict,
    /// Somebody else changed it meanwhile.
    PreconditionFailed,
    /// It could undo what somebody else changes, and does not say which version it means.
    PreconditionRequired,
    /// The body is of the wrong kind.
    UnsupportedMediaType,
    /// It can be read and cannot be done.
    Unprocessable,
    /// Too many tries.
    TooManyRequests,
    /// The body is too large.
    TooLarge,
    /// The address is too long.
    UriTooLong,
    /// The request took too long.
    Timeout,
    /// Not now.
    Unavailable,
    /// Our fault.
    Internal,
}

impl ProblemKind {
    const fn slug(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Conflict => "conflict",
            Self::PreconditionFailed => "precondition-failed",
            Self::PreconditionRequired => "precondition-required",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::Unprocessable => "unprocessable",
            Self::TooManyRequests => "too-many-requests",
            Self::TooLarge => "too-large",
            Self::UriTooLong => "uri-too-long",
            Self::Timeout => "timeout",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UriTooLong => StatusCode::URI_TOO_LONG,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(self, language: Language) -> &'static str {
        match self {
            Self::BadRequest => language.pick("リクエストに誤りがあります", "The request has a mistake"),
            Self::Unauthenticated => language.pick("サインインが必要です", "Signing in is needed"),
            Self::Forbidden => language.pick("この操作は受け付けられません", "Not accepted"),
            Self::NotFound => language.pick("見つかりません", "Not found"),
            Self::MethodNotAllowed => {
                language.pick("この方法では操作できません", "That method does not work here")
            }
            Self::Conflict => language.pick("いまの状態と合いません", "It does not fit what is there"),
            Self::PreconditionFailed => {
                language.pick("ほかの人が先に変更しました", "Somebody else changed it first")
            }
            Self::PreconditionRequired => {
                language.pick("どの版への変更かが分かりません", "It is not clear which version is meant")
            }
            Self::UnsupportedMediaType => {
                language.pick("この種類のデータは受け取れません", "That kind of data is not accepted")
            }
            Self::Unprocessable => language.pick("この内容では処理できません", "It cannot be done like that"),
            Self::TooManyRequests => language.pick("回数が多すぎます", "Too many tries"),
            Self::TooLarge => language.pick("送られたデータが大きすぎます", "The data is too large"),
            Self::UriTooLong => language.pick("アドレスが長すぎます", "The address is too long"),
            Self::Timeout => language.pick("時間内に終わりませんでした", "The request took too long"),
            Self::Unavailable => language.pick("いまは利用できません", "Not available right now"),
            Self::Internal => language.pick("サーバーで問題が起きました", "Something went wrong here"),
        }
    }

    fn of_status(status: StatusCode) -> Option<Self> {
        Some(match status {
            StatusCode::UNAUTHORIZED => Self::Unauthenticated,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::CONFLICT => Self::Conflict,
            StatusCode::PRECONDITION_FAILED => Self::PreconditionFailed,
            StatusCode::PRECONDITION_REQUIRED => Self::PreconditionRequired,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Unprocessable,
            StatusCode::TOO_MANY_REQUESTS => Self::TooManyRequests,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::URI_TOO_LONG => Self::UriTooLong,
            StatusCode::REQUEST_TIMEOUT => Self::Timeout,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_client_error() => Self::BadRequest,
            status if status.is_server_error() => Self::Internal,
            _ => return None,
        })
    }
}

/// One field or parameter that is wrong.
#[derive(Clone, Debug)]
struct Wrong {
    pointer: String,
    message: Message,
}

/// An error on its way to a client.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: ProblemKind,
    detail: Message,
    wrong: Vec<Wrong>,
    /// What is logged and never shown.
    cause: Option<String>,
    /// How long the client should wait before it tries again.
    retry_after: Option<Duration>,
}

impl Problem {
    /// A problem of that kind.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: Message) -> Self {
        Self { kind, detail, wrong: Vec::new(), cause: None, retry_after: None }
    }

    /// The same as another kind.
    #[must_use]
    pub const fn of_kind(mut self, kind: ProblemKind) -> Self {
        self.kind = kind;
        self
    }

    /// With one more field or parameter that is wrong.
    #[must_use]
    pub fn with(mut self, field: &str, message: Message) -> Self {
        self.wrong.push(Wrong { pointer: field.to_owned(), message });
        self
    }

    /// With a time after which it is worth to try again.
    #[must_use]
    pub const fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// A parameter of the query or a field of the body is wrong.
    #[must_use]
    pub fn parameter(name: &str, message: Message) -> Self {
        Self {
            kind: ProblemKind::BadRequest,
            detail: message.clone(),
            wrong: vec![Wrong { pointer: name.to_owned(), message }],
            cause: None,
            retry_after: None,
        }
    }

    /// A value can be read and is impossible: the request is well-formed, but cannot be done.
    #[must_use]
    pub fn impossible(name: &str, message: Message) -> Self {
        Self::new(ProblemKind::Unprocessable, message.clone()).with(name, message)
    }

    /// There is no such thing.
    #[must_use]
    pub fn not_found(message: Message) -> Self {
        Self {
            kind: ProblemKind::NotFound,
            detail: message,
            wrong: Vec::new(),
            cause: None,
            retry_after: None,
        }
    }

    /// Our fault; `cause` goes to the log only.
    #[must_use]
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        Self {
            kind: ProblemKind::Internal,
            detail: Message::new(
                "時間をおいてもう一度お試しください。続くときは、下の番号を添えて担当へお知らせください。",
                "Please try again later. If it goes on, tell the people in charge the id below.",
            ),
            wrong: Vec::new(),
            cause: Some(cause.to_string()),
            retry_after: None,
        }
    }

    fn document(&self, language: Language, id: Option<String>) -> ProblemDocument {
        let text = |message: &Message| language.pick(message.ja.clone(), message.en.clone());
        ProblemDocument {
            kind: format!("urn:problem-type:machiaruki:{}", self.kind.slug()),
            title: self.kind.title(language).to_owned(),
            status: self.kind.status().as_u16(),
            detail: text(&self.detail),
            errors: self
                .wrong
                .iter()
                .map(|wrong| FieldProblem { field: wrong.pointer.clone(), message: text(&wrong.message) })
                .collect(),
            id,
        }
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        Self::internal(&error)
    }
}

/// A problem as it is sent: `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProblemDocument {
    /// The kind of problem; stable.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time and what can be done.
    pub detail: String,
    /// Which parameters or fields are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// Finds this problem in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// One wrong parameter or field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Its name, or the path to it.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.kind.status();
        response.extensions_mut().insert(self);
        response
    }
}

/// How long a client should wait before it asks an unavailable service again.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Writes every problem that comes out of the application, and makes one of every error that a
/// library answered in its own words. A request that the accept loop found wrong carries its problem and goes
/// no further.
pub async fn render_problems(mut request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let head = request.method() == http::Method::HEAD;
    let mut response = match request.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    let Some(kind) = ProblemKind::of_status(response.status()) else {
        return response;
    };
    let problem = response.extensions_mut().remove::<Problem>().unwrap_or_else(|| Problem {
        kind,
        detail: generic_detail(kind),
        wrong: Vec::new(),
        cause: None,
        retry_after: None,
    });
    let id = problem.kind.status().is_server_error().then(incident_id);
    if let Some(id) = &id {
        let cause = problem.cause.as_deref().unwrap_or("unknown");
        tracing::error!(id, cause, "a request failed");
    }
    let document = problem.document(language, id);
    // Structs of strings always serialise.
    let body = serde_json::to_vec(&document).unwrap_or_default();
    let length = body.len();
    let (mut parts, _) = response.into_parts();
    parts.status = problem.kind.status();
    // What was said besides the body stays, such as Allow and the headers that let another page read it.
    let headers = &mut parts.headers;
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
    let retry_after = problem.retry_after.or((kind == ProblemKind::Unavailable).then_some(RETRY_AFTER));
    if let Some(wait) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
    }
    if kind == ProblemKind::Unauthenticated {
        // A challenge has to be named (RFC 9110 section 11.6.1); browsers show no dialog for this one.
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Cookie realm=\"machiaruki\""));
    }
    Response::from_parts(parts, if head { Body::empty() } else { Body::from(body) })
}

fn generic_detail(kind: ProblemKind) -> Message {
    match kind {
        ProblemKind::NotFound => Message::new(
            "このアドレスには何もありません。地図(/)からお探しください。",
            "There is nothing at this address. Please look on the map (/).",
        ),
        ProblemKind::Internal => Problem::internal(&"").detail,
        _ => Message::new(
            "リクエストの形を確かめて、もう一度お試しください。",
            "Please check the form of the request and try again.",
        ),
    }
}

/// Twelve random characters: enough to find one line in a log.
fn incident_id() -> String {
    use std::hash::{BuildHasher as _, Hasher as _};
    let word = std::collections::hash_map::RandomState::new().build_hasher().finish();
    format!("{:012x}", word & 0xffff_ffff_ffff)
}
