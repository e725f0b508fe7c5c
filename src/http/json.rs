//! JSON in and out of handlers that speak of persons: never cached, checked field by field.

use axum::{
    body::Body,
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use http_body_util::BodyExt as _;
use serde::{Serialize, de::DeserializeOwned};

use super::{Message, Problem, ProblemKind, server::TooSlow};

/// The bytes of a body that says that it is JSON.
async fn json_bytes(request: Request) -> Result<Bytes, Problem> {
    is_json(request.headers())?;
    body_bytes(request.into_body()).await
}

/// Says where a body is wrong.
fn unreadable(error: serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let path = error.path().to_string();
    let inner = error.into_inner();
    // What is no JSON cannot be read at all; a value of the wrong kind can, and is impossible.
    let wrong = if inner.classify() == serde_json::error::Category::Data {
        Problem::impossible
    } else {
        Problem::parameter
    };
    let message = Message::new(
        format!("この項目を読み取れません({inner})。"),
        format!("This field cannot be read ({inner})."),
    );
    wrong(&path, message)
}

/// A body of JSON, read as `T`. What is wrong with it is said with the path to it.
#[derive(Clone, Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = json_bytes(request).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        serde_path_to_error::deserialize(&mut reader).map(Self).map_err(unreadable)
    }
}

/// Whether a body says that it is JSON.
///
/// # Errors
/// When it does not.
pub fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if media_type
        .is_some_and(|value| value.split(';').next().unwrap_or_default().trim() == "application/json")
    {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::UnsupportedMediaType,
        Message::new("application/json で送ってください。", "Please send application/json."),
    ))
}

/// The whole body; the limit on its size is kept by whoever wraps the route.
///
/// # Errors
/// When it is too large or breaks off.
pub async fn body_bytes(body: Body) -> Result<Bytes, Problem> {
    match body.collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) => {
            let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
            while let Some(error) = cause {
                if error.is::<http_body_util::LengthLimitError>() {
                    return Err(Problem::new(
                        ProblemKind::TooLarge,
                        Message::new(
                            "送られたデータが大きすぎます。分けて送ってください。",
                            "The data is too large. Please send it in parts.",
                        ),
                    ));
                }
                if error.is::<TooSlow>() {
                    return Err(Problem::new(
                        ProblemKind::Timeout,
                        Message::new(
                            "データがなかなか届きません。電波のよい所でもう一度お試しください。",
                            "The data arrives too slowly. Please try again where the connection is better.",
                        ),
                    ));
                }
                cause = error.source();
            }
            Err(Problem::new(
                ProblemKind::BadRequest,
                Message::new(
                    "データが途中で切れました。もう一度お試しください。",
                    "The data broke off. Please try again.",
                ),
            ))
        }
    }
}

/// A JSON document for whoever is signed in: kept by no cache.
#[derive(Clone, Debug)]
pub struct Private<T>(pub T);

impl<T: Serialize> IntoResponse for Private<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(bytes) => {
                let mut response = Response::new(Body::from(bytes));
                let headers = response.headers_mut();
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                response
            }
            Err(error) => Problem::internal(&error).into_response(),
        }
    }
}
