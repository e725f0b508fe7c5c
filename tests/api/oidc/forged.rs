//! Tokens that are not to be believed: each is refused, leaves no session, and is in the audit log.

use serde_json::{Value, json};

use super::{
    CLIENT, SECRET, Signer, Ward, jwt,
    keys::{self, jwt_with},
};

/// A token of honest claims, changed by `change` and signed by `signer`, is refused for `reason`.
async fn refused(signer: Signer, change: impl FnOnce(&mut Value, i64), reason: &str) {
    let ward = Ward::start().await;
    let (browser, reply) = ward
        .try_with(|asked| {
            let mut claims = ward.claims(asked, "subject-1", "900001");
            change(&mut claims, ward.now());
            jwt(&signer, &claims)
        })
        .await;
    ward.refused(&browser, &reply, "token", Some(reason)).await;
}

/// A token with another header.
async fn refused_header(signer: Signer, header: Value, reason: &str) {
    let ward = Ward::start().await;
    let (browser, reply) =
        ward.try_with(|asked| jwt_with(&signer, &header, &ward.claims(asked, "subject-1", "900001"))).await;
    ward.refused(&browser, &reply, "token", Some(reason)).await;
}

#[tokio::test]
async fn signed_with_another_key() {
    refused(Signer::OtherRsa, |_, _| {}, "signature").await;
}

#[tokio::test]
async fn changed_after_it_was_signed() {
    let ward = Ward::start().await;
    let (browser, reply) = ward
        .try_with(|asked| {
            let honest = jwt(&Signer::Rsa, &ward.claims(asked, "subject-1", "900001"));
            let other = jwt(&Signer::Rsa, &ward.claims(asked, "subject-1", "900008"));
            let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
            let (honest, other) = (parts(&honest), parts(&other));
            format!("{}.{}.{}", honest[0], other[1], honest[2])
        })
        .await;
    ward.refused(&browser, &reply, "token", Some("signature")).await;
}

#[tokio::test]
async fn signed_with_a_key_that_nobody_knows() {
    refused_header(Signer::OtherRsa, json!({ "alg": "RS256", "kid": "unknown" }), "key").await;
}

#[tokio::test]
async fn not_signed() {
    refused(Signer::None, |_, _| {}, "algorithm").await;
}

#[tokio::test]
async fn not_signed_but_said_to_be() {
    refused_header(Signer::None, json!({ "alg": "RS256", "kid": "rsa" }), "signature").await;
}

#[tokio::test]
async fn signed_with_the_public_key_as_a_shared_secret() {
    refused(Signer::Hmac(keys::public_pem()), |_, _| {}, "algorithm").await;
}

#[tokio::test]
async fn signed_with_our_own_secret() {
    refused(Signer::Hmac(SECRET.into()), |_, _| {}, "algorithm").await;
}

#[tokio::test]
async fn signed_in_another_way_than_the_key_is_for() {
    refused_header(Signer::Rsa, json!({ "alg": "ES256", "kid": "rsa" }), "key").await;
    refused_header(Signer::Rsa, json!({ "alg": "RS512", "kid": "rsa" }), "algorithm").await;
}

#[tokio::test]
async fn with_a_key_of_its_own() {
    let jwk = keys::published_anew()["keys"][0].clone();
    refused_header(Signer::OtherRsa, json!({ "alg": "RS256", "kid": "rsa-2", "jwk": jwk }), "key").await;
}

#[tokio::test]
async fn with_conditions_that_nobody_understands() {
    refused_header(Signer::Rsa, json!({ "alg": "RS256", "kid": "rsa", "crit": ["exp"] }), "malformed").await;
}

#[tokio::test]
async fn for_another_client() {
    refused(Signer::Rsa, |claims, _| claims["aud"] = "payroll".into(), "audience").await;
}

#[tokio::test]
async fn for_another_client_besides_without_saying_who_asked() {
    refused(Signer::Rsa, |claims, _| claims["aud"] = json!([CLIENT, "payroll"]), "audience").await;
}

#[tokio::test]
async fn asked_for_by_another_client() {
    let both = |claims: &mut Value, _| {
        claims["aud"] = json!([CLIENT, "payroll"]);
        claims["azp"] = "payroll".into();
    };
    refused(Signer::Rsa, both, "audience").await;
    refused(Signer::Rsa, |claims, _| claims["azp"] = "payroll".into(), "authorized_party").await;
}

#[tokio::test]
async fn expired() {
    refused(Signer::Rsa, |claims, now| claims["exp"] = now.into(), "expired").await;
}

#[tokio::test]
async fn from_the_future() {
    refused(Signer::Rsa, |claims, now| claims["iat"] = (now + 61).into(), "future").await;
}

#[tokio::test]
async fn not_valid_yet() {
    refused(Signer::Rsa, |claims, now| claims["nbf"] = (now + 61).into(), "future").await;
}

#[tokio::test]
async fn in_answer_to_another_question() {
    refused(Signer::Rsa, |claims, _| claims["nonce"] = "another".into(), "nonce").await;
    let without = |claims: &mut Value, _| drop(claims.as_object_mut().unwrap().remove("nonce"));
    refused(Signer::Rsa, without, "nonce").await;
}

#[tokio::test]
async fn of_another_issuer() {
    refused(Signer::Rsa, |claims, _| claims["iss"] = "https://evil.example".into(), "issuer").await;
    // Not even a slash may differ.
    let slash = |claims: &mut Value, _| {
        claims["iss"] = format!("{}/", claims["iss"].as_str().unwrap()).into();
    };
    refused(Signer::Rsa, slash, "issuer").await;
}

#[tokio::test]
async fn about_nobody() {
    refused(Signer::Rsa, |claims, _| claims["sub"] = "".into(), "malformed").await;
    refused(Signer::Rsa, |claims, _| claims["sub"] = "x".repeat(256).into(), "malformed").await;
}

#[tokio::test]
async fn no_token_at_all() {
    for nonsense in [json!(null), json!("nonsense"), json!("a.b.c"), json!(""), json!({})] {
        let ward = Ward::start().await;
        let mut browser = ward.browser();
        let asked = browser.start().await;
        let code = ward.provider.code(&asked, nonsense);
        let reply = browser.back(&asked, &code).await;
        ward.refused(&browser, &reply, "token", Some("malformed")).await;
    }
}

#[tokio::test]
async fn what_the_provider_says_elsewhere_is_about_somebody_else() {
    let ward = Ward::start().await;
    ward.provider
        .set(|says| says.user_info = Some(json!({ "sub": "subject-8", "employee_number": "900008" })));
    let (browser, reply) = ward.try_claiming(&json!({ "employee_number": null })).await;
    ward.refused(&browser, &reply, "token", Some("subject")).await;
}
