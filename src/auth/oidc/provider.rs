//! The provider: its metadata and keys, asked for when they are needed first, and again when they are old.

use std::sync::Arc;

use jiff::SignedDuration;
use openidconnect::{
    AdditionalProviderMetadata, DiscoveryError, IssuerUrl, JsonWebKeySet, LogoutProviderMetadata,
    ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
        CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::clock::Timestamp;

use super::{
    settings::{Settings, SettingsError},
    transport::{Transport, TransportError},
};

/// What we want to know besides the usual.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct More {
    /// Whether every answer names its issuer (RFC 9207).
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    code_challenge_methods_supported: Option<Vec<String>>,
}

impl AdditionalProviderMetadata for More {}

/// What a provider says of itself.
pub(super) type Metadata = ProviderMetadata<
    LogoutProviderMetadata<More>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// Why a provider cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreachable(String);

/// How long metadata are believed.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// How long they are used when the provider cannot be asked again.
const USABLE: SignedDuration = SignedDuration::from_hours(24);
/// After a failure nobody waits for another one within this time.
const PAUSE: SignedDuration = SignedDuration::from_secs(5);
/// Whoever sends tokens with keys that do not exist cannot make us ask more often than this.
const KEYS_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// A provider.
pub(super) struct Provider {
    issuer: IssuerUrl,
    pub(super) transport: Transport,
    /// Held while the provider is asked: everybody else waits for that answer.
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, Timestamp)>,
    keys_asked_at: Option<Timestamp>,
    failure: Option<(Unreachable, Timestamp)>,
}

impl Provider {
    pub(super) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let transport = Transport::new(settings.issuer.url())?;
        Ok(Self { issuer: settings.issuer.clone(), transport, known: Mutex::default() })
    }

    async fn discover(&self) -> Result<Metadata, Unreachable> {
        Metadata::discover_async(self.issuer.clone(), &self.transport)
            .await
            .map_err(|error| unreachable(&error))
    }

    /// The provider's metadata and keys.
    pub(super) async fn metadata(&self, now: Timestamp) -> Result<Arc<Metadata>, Unreachable> {
        let mut known = self.known.lock().await;
        let within = |since: Timestamp, span| now.duration_since(since) < span && now >= since;
        if let Some((metadata, at)) = &known.metadata
            && within(*at, FRESH)
        {
            return Ok(metadata.clone());
        }
        let stale =
            known.metadata.as_ref().filter(|(_, at)| within(*at, USABLE)).map(|(found, _)| found.clone());
        if let Some((failure, at)) = &known.failure
            && within(*at, PAUSE)
        {
            return stale.ok_or_else(|| failure.clone());
        }
        match self.discover().await {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *known = Known {
                    metadata: Some((metadata.clone(), now)),
                    keys_asked_at: Some(now),
                    failure: None,
                };
                Ok(metadata)
            }
            Err(error) => {
                tracing::warn!(%error, "the single sign-on's provider cannot be asked");
                known.failure = Some((error.clone(), now));
                stale.ok_or(error)
            }
        }
    }

    /// The metadata with keys newer than those of `seen`, which had not the one that was looked for. `None`
    /// when there are none, or when they were asked for a moment ago.
    pub(super) async fn newer_keys(&self, seen: &Arc<Metadata>, now: Timestamp) -> Option<Arc<Metadata>> {
        let mut known = self.known.lock().await;
        let (current, at) = known.metadata.clone()?;
        if !Arc::ptr_eq(&current, seen) {
            return Some(current);
        }
        if known.keys_asked_at.is_some_and(|asked| now.duration_since(asked) < KEYS_AT_MOST_EVERY) {
            return None;
        }
        known.keys_asked_at = Some(now);
        let keys: CoreJsonWebKeySet = JsonWebKeySet::fetch_async(current.jwks_uri(), &self.transport)
            .await
            .map_err(|error| {
                let error = unreachable(&error);
                tracing::warn!(%error, "the single sign-on's keys cannot be asked for");
            })
            .ok()?;
        let metadata = Arc::new((*current).clone().set_jwks(keys));
        known.metadata = Some((metadata.clone(), at));
        Some(metadata)
    }

    pub(super) async fn check(&self) -> Result<Checked, Unreachable> {
        let metadata = self.discover().await?;
        let more = &metadata.additional_metadata().additional_metadata;
        let mut advice = Vec::new();
        if metadata.token_endpoint().is_none() {
            return Err(Unreachable(
                "it has no token endpoint: the authorisation code flow is needed".into(),
            ));
        }
        if metadata.jwks().keys().is_empty() {
            return Err(Unreachable("it shows no key by which its tokens could be verified".into()));
        }
        let pkce = more.code_challenge_methods_supported.as_ref();
        if pkce.is_some_and(|methods| !methods.iter().any(|method| method == "S256")) {
            advice.push(Advice::NoPkce);
        }
        if metadata.additional_metadata().end_session_endpoint.is_none() {
            advice.push(Advice::NoSignOut);
        }
        Ok(Checked { keys: metadata.jwks().keys().len(), advice })
    }
}

/// What a check of a provider found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How many keys it shows.
    pub keys: usize,
    /// What could be better.
    pub advice: Vec<Advice>,
}

/// What could be better at a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// It does not say that it knows PKCE with S256.
    NoPkce,
    /// One cannot sign out there.
    NoSignOut,
}

/// What went wrong, without what was answered.
fn unreachable(error: &DiscoveryError<TransportError>) -> Unreachable {
    Unreachable(match error {
        DiscoveryError::Request(error) => error.to_string(),
        DiscoveryError::Response(status, _, _) => format!("it answers {status}"),
        DiscoveryError::Parse(error) => format!("its answer is not understood: {error}"),
        DiscoveryError::Validation(why) => why.clone(),
        DiscoveryError::UrlParse(error) => error.to_string(),
        _ => "it cannot be asked".into(),
    })
}
