//! How the provider is spoken to: with limits on time and size, never following a redirect.

use std::{pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, url::Url};

use super::settings::{SettingsError, is_protected};

const CONNECT: Duration = Duration::from_secs(3);
const WHOLE: Duration = Duration::from_secs(8);
/// Metadata, keys and tokens are a few kilobytes.
const LARGEST: usize = 512 * 1024;

/// Speaks to the provider.
#[derive(Clone)]
pub(super) struct Transport(reqwest::Client);

/// Why the provider did not answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum TransportError {
    /// It would be in the clear.
    #[error("the address does not begin with https://")]
    Insecure,
    /// The network.
    #[error("{}", plain(.0))]
    Network(#[from] reqwest::Error),
    /// Too much.
    #[error("the answer is too large")]
    TooLarge,
    /// No answer at all.
    #[error("the answer is not one of HTTP")]
    Malformed,
}

/// The cause alone, without the address: its query may hold something that is nobody's business.
fn plain(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(cause) = deepest.source() {
        deepest = cause;
    }
    if error.is_timeout() { "no answer in time".into() } else { deepest.to_string() }
}

impl Transport {
    pub(super) fn new(issuer: &Url) -> Result<Self, SettingsError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .user_agent(concat!("machiaruki/", env!("CARGO_PKG_VERSION")));
        if issuer.scheme() == "http" {
            // On this machine: no proxy stands before it.
            builder = builder.no_proxy();
        }
        builder.build().map(Self).map_err(|error| SettingsError::Tls(plain(&error)))
    }

    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let request = reqwest::Request::try_from(request)?;
        if !is_protected(request.url()) {
            return Err(TransportError::Insecure);
        }
        let mut response = self.0.execute(request).await?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > LARGEST {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        answer.body(body).map_err(|_| TransportError::Malformed)
    }
}

impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
