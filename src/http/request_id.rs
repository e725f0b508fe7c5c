//! Request ids: one line in the log, one row in the audit, one answer.

use std::fmt;

use axum::extract::FromRequestParts;
use http::{HeaderValue, request};

/// Names one request. Made here; what a client sends is not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Box<str>);

impl RequestId {
    /// A new one: sixteen random hexadecimal digits.
    #[must_use]
    pub fn new() -> Self {
        use std::hash::{BuildHasher as _, Hasher as _};
        // Seeded by the operating system; it need only be unique, not secret.
        let word = std::collections::hash_map::RandomState::new().build_hasher().finish();
        Self(format!("{word:016x}").into())
    }

    /// The id as a header's value.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).unwrap_or(HeaderValue::from_static("unknown"))
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}
