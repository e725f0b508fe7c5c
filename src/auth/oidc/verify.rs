//! Whether an ID token is believed.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use openidconnect::{
    ClaimsVerificationError, Nonce, SignatureVerificationError,
    core::{CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm},
};
use serde_json::{Map, Value};

use crate::clock::Timestamp;

use super::{claims::Claims, provider::Metadata, refusal::TokenFault, settings::Settings};

/// Signatures by keys that only the provider has. Neither `none` nor any that our own secret, or the provider's public
/// key taken for one, could make.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 4] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How far a provider's clock may be ahead of ours.
const AHEAD: i64 = 60;

/// Verifies an ID token that answers the question with this nonce.
pub(super) fn verify(
    token: &CoreIdToken,
    metadata: &Metadata,
    settings: &Settings,
    nonce: &Nonce,
    now: Timestamp,
) -> Result<Claims, TokenFault> {
    let moment = DateTime::<Utc>::from_timestamp(now.as_second(), 0).unwrap_or_default();
    // As a public client: then no shared secret counts as a key, whatever the token says.
    let verifier = CoreIdTokenVerifier::new_public_client(
        settings.client_id.clone(),
        settings.issuer.clone(),
        metadata.jwks().clone(),
    )
    .set_allowed_algs(ALGORITHMS)
    .set_time_fn(move || moment)
    .set_issue_time_verifier_fn(move |issued| {
        if issued.timestamp() > moment.timestamp() + AHEAD { Err(FUTURE.to_owned()) } else { Ok(()) }
    });
    let verified = token.claims(&verifier, nonce).map_err(|error| fault(&error))?;
    // The library leaves `azp` to us: with one audience alone (it accepts no other) it is ours or absent.
    if verified.authorized_party().is_some_and(|party| *party != settings.client_id) {
        return Err(TokenFault::Party);
    }
    let subject = verified.subject().as_str().to_owned();
    // Longer ones do not exist (OpenID Connect Core, 2).
    if subject.is_empty() || subject.len() > 255 {
        return Err(TokenFault::Malformed);
    }
    let all = payload(&token.to_string()).ok_or(TokenFault::Malformed)?;
    // Not one of the claims that an ID token should have, but whoever writes it means it.
    if all.get("nbf").and_then(Value::as_i64).is_some_and(|from| from > moment.timestamp() + AHEAD) {
        return Err(TokenFault::Future);
    }
    Ok(Claims { subject, all })
}

const FUTURE: &str = "issued in the future";

/// All claims of a token whose signature was verified.
fn payload(token: &str) -> Option<Map<String, Value>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn fault(error: &ClaimsVerificationError) -> TokenFault {
    use SignatureVerificationError as Signature;
    match error {
        ClaimsVerificationError::Expired(why) if why == FUTURE => TokenFault::Future,
        ClaimsVerificationError::Expired(_) => TokenFault::Expired,
        ClaimsVerificationError::InvalidAudience(_) => TokenFault::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => TokenFault::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => TokenFault::Nonce,
        ClaimsVerificationError::InvalidSubject(_) => TokenFault::Subject,
        ClaimsVerificationError::SignatureVerification(error) => match error {
            Signature::DisallowedAlg(_) | Signature::UnsupportedAlg(_) | Signature::NoSignature => {
                TokenFault::Algorithm
            }
            Signature::NoMatchingKey | Signature::AmbiguousKeyId(_) | Signature::InvalidKey(_) => {
                TokenFault::Key
            }
            _ => TokenFault::Signature,
        },
        _ => TokenFault::Malformed,
    }
}
