//! Signing in by the ward's single sign-on: OpenID Connect, authorisation code with PKCE.
//!
//! - [`Settings`] is what an operator configured; [`SingleSignOn`] adds the provider, which is asked for its
//!   metadata and keys when they are needed first, and again when they are old.
//! - `flow` sends somebody to the provider and takes them back; `verify` believes an ID token or does not;
//!   `link` finds whose account it is; `roles` keeps the roles that the provider's claims stand for.
//!
//! People are known by `iss` and `sub`. The employee number links them to the roster once, and is compared ever
//! after; nothing else of the token is believed.

mod browser;
mod claims;
mod flow;
mod link;
mod logout;
mod provider;
mod refusal;
mod roles;
pub mod routes;
mod settings;
mod transport;
mod verify;

use std::sync::Arc;

pub use claims::ClaimPath;
pub use provider::{Advice, Checked, Unreachable};
pub use refusal::{Refusal, TokenFault};
pub use settings::{RoleMap, Secret, Settings, SettingsError};

/// A single sign-on: what is configured, and the provider. Cheap to clone.
#[derive(Clone)]
pub struct SingleSignOn(Arc<Inner>);

struct Inner {
    settings: Settings,
    provider: provider::Provider,
}

impl SingleSignOn {
    /// A single sign-on with a provider that need not be there yet.
    ///
    /// # Errors
    /// When the machine offers no means to speak TLS.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        let provider = provider::Provider::new(&settings)?;
        Ok(Self(Arc::new(Inner { settings, provider })))
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.settings.name
    }

    /// What is configured.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Asks the provider who it is and what it can do, for an operator.
    ///
    /// # Errors
    /// When it cannot be reached, or is not what is configured.
    pub async fn check(&self) -> Result<Checked, Unreachable> {
        self.0.provider.check().await
    }
}
