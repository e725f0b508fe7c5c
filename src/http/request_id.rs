//! Request ids: one line in the log, one row in the audit, one answer.

use std::fmt;

use axum::extract::FromRequestParts;
use http::{HeaderValue, request};

/// Names one request. Made here; what a client sends is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(u64);

impl RequestId {
    /// A new one: sixteen random hexadecimal digits.
    #[must_use]
    pub fn new() -> Self {
        use std::hash::{BuildHasher as _, Hasher as _};
        // Seeded by the operating system; it need only be unique, not secret.
        Self(std::collections::hash_map::RandomState::new().build_hasher().finish())
    }

    /// The id as a header's value.
    #[must_use]
    pub fn header(self) -> HeaderValue {
        HeaderValue::try_from(self.to_string()).unwrap_or(HeaderValue::from_static("unknown"))
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().copied().unwrap_or_default())
    }
}
