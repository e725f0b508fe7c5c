//! Answers without an end learn that the server stops.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::request;
use tokio::sync::watch;

/// Tells an answer that has no end of its own when the server has been told to stop: it is to end then, and not to keep it waiting.
#[derive(Clone, Debug, Default)]
pub struct Stopping(pub(super) Option<watch::Receiver<bool>>);

impl Stopping {
    /// Returns once the server has been told to stop.
    pub async fn told(&mut self) {
        match &mut self.0 {
            // Whoever says so being gone says it as well.
            Some(stopping) => {
                let _ = stopping.wait_for(|stops| *stops).await;
            }
            None => std::future::pending().await,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Stopping {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}
