//! A provider that is down, slow to say its keys, or not what it says.

use http::header;
use jiff::SignedDuration;
use machiaruki::clock::Clock as _;
use serde_json::json;

use super::{
    Provider, Signer, Ward, jwt,
    keys::{self, jwt_with},
};

fn pass(ward: &Ward, seconds: i64) {
    let clock = &ward.ward.clock;
    clock.set(clock.now() + SignedDuration::from_secs(seconds));
}

#[tokio::test]
async fn a_provider_that_is_not_there_yet_is_found_when_it_is() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut ward = Ward::start().await;
    let mut settings = ward.provider.settings();
    settings.issuer = openidconnect::IssuerUrl::new(format!("http://{address}")).unwrap();
    ward.ward.app.single_sign_on =
        Some(machiaruki::auth::oidc::SingleSignOn::new(settings.checked().unwrap()).unwrap());
    let reply = ward.browser().get("/auth/oidc/start?return_to=/roster").await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=unreachable&return_to=%2Froster");
    assert_eq!(reply.header(header::SET_COOKIE), "");
    assert_eq!(ward.count("SELECT count(*) FROM oidc_flow").await, 0);
    ward.provider = Provider::listen(tokio::net::TcpListener::bind(address).await.unwrap());
    pass(&ward, 5);
    ward.signed_in("subject-1", "900001").await;
}

#[tokio::test]
async fn a_provider_that_fails_is_not_asked_by_everybody_at_once() {
    let ward = Ward::start().await;
    ward.provider.set(|says| says.broken = true);
    for _ in 0..5 {
        let reply = ward.browser().get("/auth/oidc/start").await;
        assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=unreachable");
    }
    assert_eq!(ward.provider.asked("metadata"), 1);
    ward.provider.set(|says| says.broken = false);
    pass(&ward, 5);
    ward.signed_in("subject-1", "900001").await;
    ward.signed_in("subject-1", "900001").await;
    assert_eq!(ward.provider.asked("metadata"), 2, "what is known is not asked again");
    // What was known goes on to count while the provider fails, for a day.
    pass(&ward, 3600);
    ward.provider.set(|says| says.broken = true);
    ward.browser().start().await;
    assert_eq!(ward.provider.asked("metadata"), 3);
    pass(&ward, 24 * 3600);
    let reply = ward.browser().get("/auth/oidc/start").await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=unreachable");
}

#[tokio::test]
async fn a_provider_that_fails_in_between_is_told_apart_from_a_wrong_token() {
    let ward = Ward::start().await;
    let mut browser = ward.browser();
    let asked = browser.start().await;
    let code = ward.provider.code(&asked, "");
    ward.provider.set(|says| says.broken = true);
    let reply = browser.back(&asked, &code).await;
    ward.refused(&browser, &reply, "provider", None).await;
}

#[tokio::test]
async fn a_provider_that_has_changed_its_keys_is_believed_at_once() {
    let ward = Ward::start().await;
    ward.signed_in("subject-1", "900001").await;
    ward.provider.set(|says| says.keys = keys::published_anew());
    pass(&ward, 60);
    let sign = |kid: &'static str| {
        let ward = &ward;
        move |asked: &super::Asked| {
            let claims = ward.claims(asked, "subject-1", "900001");
            jwt_with(&Signer::OtherRsa, &json!({ "alg": "RS256", "kid": kid }), &claims)
        }
    };
    let (_, reply) = ward.try_with(sign("rsa-2")).await;
    assert_eq!(reply.header(header::LOCATION), "/");
    assert_eq!(ward.provider.asked("keys"), 2);
    // Keys that nobody has heard of do not make us ask each time.
    for _ in 0..3 {
        let (_, reply) = ward.try_with(sign("unknown")).await;
        assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=token");
    }
    assert_eq!(ward.provider.asked("keys"), 2);
    // The key that was withdrawn counts no more.
    let (_, reply) =
        ward.try_with(|asked| jwt(&Signer::Rsa, &ward.claims(asked, "subject-1", "900001"))).await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=token");
}

#[tokio::test]
async fn a_provider_that_calls_itself_something_else_is_not_believed() {
    let ward = Ward::start().await;
    ward.provider.set(|says| says.metadata = json!({ "issuer": "https://evil.example" }));
    let reply = ward.browser().get("/auth/oidc/start").await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=unreachable");
    let error = ward.provider.single_sign_on().check().await.unwrap_err().to_string();
    assert!(error.contains("evil.example"), "{error}");
}

#[tokio::test]
async fn a_provider_is_never_spoken_to_in_the_clear() {
    let ward = Ward::start().await;
    ward.provider.set(|says| says.metadata = json!({ "token_endpoint": "http://192.0.2.1/token" }));
    let mut browser = ward.browser();
    let asked = browser.start().await;
    let code = ward.provider.code(&asked, "");
    let reply = browser.back(&asked, &code).await;
    ward.refused(&browser, &reply, "unreachable", None).await;
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let ward = Ward::start().await;
    ward.provider.set(|says| says.metadata = json!({ "padding": "x".repeat(1024 * 1024) }));
    let reply = ward.browser().get("/auth/oidc/start").await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=unreachable");
    let error = ward.provider.single_sign_on().check().await.unwrap_err().to_string();
    assert!(error.contains("too large"), "{error}");
}

#[tokio::test]
async fn what_could_be_better_is_said_to_the_operator() {
    use machiaruki::auth::oidc::Advice;
    let ward = Ward::start().await;
    let check = async || ward.provider.single_sign_on().check().await;
    assert_eq!(check().await.unwrap().advice, []);
    ward.provider.set(|says| {
        says.metadata =
            json!({ "code_challenge_methods_supported": ["plain"], "end_session_endpoint": null });
    });
    assert_eq!(check().await.unwrap().advice, [Advice::NoPkce, Advice::NoSignOut]);
    ward.provider.set(|says| says.keys = json!({ "keys": [] }));
    assert!(check().await.unwrap_err().to_string().contains("no key"));
}
