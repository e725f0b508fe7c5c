//! Signing out at the provider too.

use openidconnect::{LogoutRequest, PostLogoutRedirectUrl, core::CoreIdToken};

use crate::clock::Timestamp;

use super::SingleSignOn;

impl SingleSignOn {
    /// Where a browser goes to sign out at the provider, when it offers that. Whoever signs out here is signed out here,
    /// whether the provider can be reached or not.
    pub async fn sign_out_url(&self, id_token: &str, now: Timestamp) -> Option<String> {
        let (settings, provider) = (&self.0.settings, &self.0.provider);
        let metadata = provider.metadata(now).await.ok()?;
        let endpoint = metadata.additional_metadata().end_session_endpoint.clone()?;
        let id_token: CoreIdToken = id_token.parse().ok()?;
        let request = LogoutRequest::from(endpoint)
            .set_id_token_hint(&id_token)
            .set_client_id(settings.client_id.clone())
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(settings.signed_out_uri()).ok()?);
        Some(request.http_get_url().to_string())
    }
}
