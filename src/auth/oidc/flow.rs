//! Sending somebody to the provider, and taking them back.

use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use openidconnect::{
    AuthType, AuthorizationCode, CsrfToken, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreTokenResponse},
    url::Url,
};
use serde_json::{Map, Value, json};

use crate::{
    audit::{Action, Entry, Person},
    auth::{
        AuthService, SignInContext, SignInMethod, Token,
        store::{self, Flow},
    },
    clock::Timestamp,
    db::DbError,
};

use super::{
    SingleSignOn,
    claims::Claims,
    link::{self, Declined, Desk, Vouched},
    provider::Metadata,
    refusal::{Refusal, TokenFault},
    roles, verify,
};

/// How long somebody may take at the provider.
pub(super) const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// What the provider sends back by way of the browser.
#[derive(Default, serde::Deserialize)]
pub(super) struct Callback {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// Somebody who is signed in, and where they wanted to go.
pub(super) struct SignedIn {
    pub(super) token: Token,
    pub(super) return_to: String,
}

/// Why not, and where they wanted to go as far as that is known.
pub(super) struct Failed {
    pub(super) why: Refusal,
    pub(super) return_to: String,
}

impl AuthService {
    fn secret_text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.gate.random().bytes::<32>())
    }

    /// Begins a sign-in for a browser. Returns where to send it.
    pub(super) async fn begin_sign_on(
        &self,
        sign_on: &SingleSignOn,
        return_to: &str,
        browser: &Token,
    ) -> Result<Url, Refusal> {
        let now = self.gate.clock().now();
        let (settings, provider) = (&sign_on.0.settings, &sign_on.0.provider);
        let metadata = provider.metadata(now).await.map_err(|_| Refusal::Unreachable)?;
        let state = Token::new(self.gate.random().bytes());
        let flow = Flow {
            state: state.hash(),
            browser: browser.hash(),
            nonce: self.secret_text(),
            verifier: self.secret_text(),
            return_to: return_to.to_owned(),
        };
        let verifier = PkceCodeVerifier::new(flow.verifier.clone());
        let client =
            CoreClient::new(settings.client_id.clone(), settings.issuer.clone(), metadata.jwks().clone())
                .set_auth_uri(metadata.authorization_endpoint().clone())
                .set_redirect_uri(RedirectUrl::new(settings.redirect_uri()).map_err(|_| Refusal::Provider)?);
        let (state, nonce) = (state.reveal(), flow.nonce.clone());
        let (url, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        self.write(move |tx| Box::pin(async move { store::insert_flow(tx, &flow, now, now + LASTS).await }))
            .await
            .map_err(|error: DbError| Refusal::Db(error))?;
        Ok(url)
    }

    /// Ends a sign-in. Whatever the outcome, it is in the audit log.
    pub(super) async fn end_sign_on(
        &self,
        sign_on: &SingleSignOn,
        callback: Callback,
        browser: Option<Token>,
        context: SignInContext,
    ) -> Result<SignedIn, Failed> {
        let now = self.gate.clock().now();
        let request = context.request;
        let (declined, return_to) = match self.take(&callback, browser, now).await {
            Ok(flow) => match self.finish(sign_on, &callback, &flow, context, now).await {
                Ok(token) => return Ok(SignedIn { token, return_to: flow.return_to }),
                Err(declined) => (declined, flow.return_to),
            },
            Err(why) => (Declined::from(why), "/".to_owned()),
        };
        let Declined { why, concerns } = declined;
        let detail = json!({ "method": "oidc", "problem": why.code(), "reason": why.reason() });
        let entry = Entry::by_stranger(Action::SignIn, request).about(concerns).with(detail).refused();
        let recorder = self.recorder.clone();
        let recorded: Result<_, DbError> =
            self.write(move |tx| Box::pin(async move { recorder.record(tx, entry).await })).await;
        // What cannot be recorded is not told in detail either.
        let why = recorded.map_or_else(Refusal::Db, |_| why);
        if let Refusal::Db(error) = &why {
            tracing::error!(id = %request, %error, "a single sign-on could not be ended");
        } else {
            tracing::info!(id = %request, problem = why.code(), reason = why.reason(), "single sign-on refused");
        }
        Err(Failed { why, return_to })
    }

    /// The sign-in that this answer belongs to, once.
    async fn take(
        &self,
        callback: &Callback,
        browser: Option<Token>,
        now: Timestamp,
    ) -> Result<Flow, Refusal> {
        let state = callback.state.as_deref().and_then(Token::parse).ok_or(Refusal::State)?.hash();
        let browser = browser.ok_or(Refusal::State)?.hash();
        self.write(move |tx| Box::pin(async move { store::take_flow(tx, &state, &browser, now).await }))
            .await
            .map_err(|error: DbError| Refusal::Db(error))?
            .ok_or(Refusal::State)
    }

    async fn finish(
        &self,
        sign_on: &SingleSignOn,
        callback: &Callback,
        flow: &Flow,
        context: SignInContext,
        now: Timestamp,
    ) -> Result<Token, Declined> {
        let (id_token, claims) = vouch(sign_on, callback, flow, now).await?;
        self.sign_in_by_oidc(sign_on, claims, id_token, context, now).await
    }

    /// Begins a session for somebody whom the provider vouches for: their account is made and linked, their roles
    /// follow the provider's, all in one transaction.
    async fn sign_in_by_oidc(
        &self,
        sign_on: &SingleSignOn,
        claims: Claims,
        id_token: String,
        context: SignInContext,
        now: Timestamp,
    ) -> Result<Token, Declined> {
        let settings = &sign_on.0.settings;
        let who = Vouched {
            issuer: settings.issuer.as_str().to_owned(),
            subject: claims.subject.clone(),
            number: claims.number(&settings.number_claim),
        };
        let should = settings.role_claim.as_ref().and_then(|path| claims.roles(path, &settings.role_map));
        let desk = Desk {
            recorder: self.recorder.clone(),
            random: self.gate.random().clone(),
            now,
            request: context.request,
        };
        let auth = self.clone();
        self.write(move |tx| {
            Box::pin(async move {
                let account = link::account(tx, &who, &desk).await?;
                if let Some(should) = should
                    && roles::sync(tx, account.id, link::person(&account), &should, &desk).await?
                {
                    store::end_sessions(tx, account.id, None, "roles", now).await?;
                }
                let (token, session) = auth.new_session(account.id, SignInMethod::Oidc, &context.device);
                let session = store::NewSession { id_token: Some(id_token), ..session };
                store::insert_session(tx, &session, now).await?;
                let actor = Some(Person::Account(account.id));
                desk.recorder.record(tx, Entry { actor, ..desk.entry(Action::SignIn) }).await?;
                Ok(token)
            })
        })
        .await
    }
}

/// What the provider says of whoever came back: the ID token and its claims.
async fn vouch(
    sign_on: &SingleSignOn,
    callback: &Callback,
    flow: &Flow,
    now: Timestamp,
) -> Result<(String, Claims), Refusal> {
    let (settings, provider) = (&sign_on.0.settings, &sign_on.0.provider);
    // Before anything is believed or sent: a code of another provider must not reach this one, nor the other way
    // round (RFC 9207).
    if callback.iss.as_deref().is_some_and(|issuer| issuer != settings.issuer.as_str()) {
        return Err(Refusal::MixedUp);
    }
    let metadata = provider.metadata(now).await.map_err(|_| Refusal::Unreachable)?;
    let names_itself =
        metadata.additional_metadata().additional_metadata.authorization_response_iss_parameter_supported;
    if names_itself && callback.iss.is_none() {
        return Err(Refusal::MixedUp);
    }
    match callback.error.as_deref() {
        None => {}
        Some("access_denied") => return Err(Refusal::Denied),
        Some(_) => return Err(Refusal::Provider),
    }
    let code = callback.code.clone().ok_or(Refusal::Provider)?;
    let answer = exchange(sign_on, &metadata, code, flow).await?;
    let id_token = answer.id_token().ok_or(Refusal::Token(TokenFault::Malformed))?;
    let nonce = Nonce::new(flow.nonce.clone());
    let mut verified = verify::verify(id_token, &metadata, settings, &nonce, now);
    // A provider that has changed its keys signs with one that we have not seen yet.
    if matches!(verified, Err(TokenFault::Key))
        && let Some(newer) = provider.newer_keys(&metadata, now).await
    {
        verified = verify::verify(id_token, &newer, settings, &nonce, now);
    }
    let mut claims = verified.map_err(Refusal::Token)?;
    let wants_more = !claims.has(&settings.number_claim)
        || settings.role_claim.as_ref().is_some_and(|path| !claims.has(path));
    if wants_more {
        let more = user_info(sign_on, &metadata, answer.access_token().secret()).await?;
        if let Some(more) = more {
            if more.get("sub").and_then(Value::as_str) != Some(&claims.subject) {
                return Err(Refusal::Token(TokenFault::Subject));
            }
            for (name, value) in more {
                let known = claims.all.entry(name).or_insert(Value::Null);
                if known.is_null() {
                    *known = value;
                }
            }
        }
    }
    Ok((id_token.to_string(), claims))
}

/// Exchanges the code for tokens.
async fn exchange(
    sign_on: &SingleSignOn,
    metadata: &Arc<Metadata>,
    code: String,
    flow: &Flow,
) -> Result<CoreTokenResponse, Refusal> {
    let (settings, provider) = (&sign_on.0.settings, &sign_on.0.provider);
    let token_uri = metadata.token_endpoint().ok_or(Refusal::Provider)?.clone();
    let mut client =
        CoreClient::new(settings.client_id.clone(), settings.issuer.clone(), metadata.jwks().clone())
            .set_token_uri(token_uri)
            .set_redirect_uri(RedirectUrl::new(settings.redirect_uri()).map_err(|_| Refusal::Provider)?);
    if let Some(secret) = &settings.client_secret {
        client = client.set_client_secret(openidconnect::ClientSecret::new(secret.reveal().to_owned()));
    }
    let ways = metadata.token_endpoint_auth_methods_supported();
    let in_body = ways.is_some_and(|ways| {
        ways.contains(&CoreClientAuthMethod::ClientSecretPost)
            && !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
    });
    if in_body {
        client = client.set_auth_type(AuthType::RequestBody);
    }
    client
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier.clone()))
        .request_async(&provider.transport)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => {
                tracing::warn!(%error, "the single sign-on's provider cannot be asked for a token");
                Refusal::Unreachable
            }
            // Its description may be about the person.
            RequestTokenError::ServerResponse(answer) => {
                tracing::warn!(error = %answer.error(), "the single sign-on's provider gives no token");
                Refusal::Provider
            }
            RequestTokenError::Parse(..) => Refusal::Token(TokenFault::Malformed),
            RequestTokenError::Other(_) => Refusal::Provider,
        })
}

/// What the provider says besides: many put less into the ID token than here.
async fn user_info(
    sign_on: &SingleSignOn,
    metadata: &Metadata,
    access_token: &str,
) -> Result<Option<Map<String, Value>>, Refusal> {
    let Some(endpoint) = metadata.userinfo_endpoint() else { return Ok(None) };
    let request = http::Request::get(endpoint.url().as_str())
        .header(http::header::AUTHORIZATION, format!("Bearer {access_token}"))
        .header(http::header::ACCEPT, "application/json")
        .body(Vec::new())
        .map_err(|_| Refusal::Provider)?;
    let answer = sign_on.0.provider.transport.send(request).await.map_err(|error| {
        tracing::warn!(%error, "the single sign-on's provider cannot be asked about a person");
        Refusal::Unreachable
    })?;
    if !answer.status().is_success() {
        tracing::warn!(
            status = answer.status().as_u16(),
            "the single sign-on's provider says nothing of a person"
        );
        return Ok(None);
    }
    serde_json::from_slice(answer.body()).map(Some).map_err(|_| Refusal::Provider)
}
