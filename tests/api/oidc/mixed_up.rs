//! Answers that come twice, too late, to another browser or from another provider.

use http::header;
use jiff::SignedDuration;
use machiaruki::clock::Clock as _;
use serde_json::json;

use super::{Asked, Browser, Signer, Ward, jwt};

async fn started(ward: &Ward) -> (Browser, Asked, String) {
    let mut browser = ward.browser();
    let asked = browser.start().await;
    let code = ward.provider.code(&asked, jwt(&Signer::Rsa, &ward.claims(&asked, "subject-1", "900001")));
    (browser, asked, code)
}

#[tokio::test]
async fn the_state_of_another_browser() {
    let ward = Ward::start().await;
    let (mut owner, asked, code) = started(&ward).await;
    let mut other = ward.browser();
    // One without any cookie, and one that began something else.
    let reply = other.back(&asked, &code).await;
    ward.refused(&other, &reply, "state", None).await;
    other.start().await;
    let reply = other.back(&asked, &code).await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=state");
    assert_eq!(ward.provider.asked("token"), 0, "the code went nowhere");
    // And whoever began it can still end it.
    assert_eq!(owner.back(&asked, &code).await.header(header::LOCATION), "/");
}

#[tokio::test]
async fn the_same_answer_twice() {
    let ward = Ward::start().await;
    let (mut browser, asked, code) = started(&ward).await;
    let mut copy = browser.clone();
    assert_eq!(browser.back(&asked, &code).await.header(header::LOCATION), "/");
    let reply = copy.back(&asked, &code).await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=state");
    assert!(!reply.header(header::SET_COOKIE).contains("machiaruki="));
    assert_eq!(ward.count("SELECT count(*) FROM session WHERE method = 'oidc'").await, 1);
    assert_eq!(ward.provider.asked("token"), 1);
}

#[tokio::test]
async fn a_code_that_was_used() {
    let ward = Ward::start().await;
    let (mut browser, asked, code) = started(&ward).await;
    browser.back(&asked, &code).await;
    let (mut second, asked, _) = started(&ward).await;
    let reply = second.back(&asked, &code).await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=provider");
    assert_eq!(ward.provider.set(|says| says.wrong.clone()), ["code"]);
    assert_eq!(ward.count("SELECT count(*) FROM session WHERE method = 'oidc'").await, 1);
}

#[tokio::test]
async fn a_code_that_was_made_for_another_sign_in() {
    let ward = Ward::start().await;
    // Somebody puts the code of a victim into an answer to themselves.
    let (_, _, stolen) = started(&ward).await;
    let (mut thief, asked, _) = started(&ward).await;
    let reply = thief.back(&asked, &stolen).await;
    ward.refused(&thief, &reply, "provider", None).await;
    assert_eq!(ward.provider.set(|says| says.wrong.clone()), ["code_verifier"]);
}

#[tokio::test]
async fn too_late() {
    let ward = Ward::start().await;
    let (mut browser, asked, code) = started(&ward).await;
    let clock = &ward.ward.clock;
    clock.set(clock.now() + SignedDuration::from_mins(10));
    let reply = browser.back(&asked, &code).await;
    ward.refused(&browser, &reply, "state", None).await;
    // What nobody can end any more is forgotten when the next one begins.
    browser.start().await;
    assert_eq!(ward.count("SELECT count(*) FROM oidc_flow").await, 1);
}

#[tokio::test]
async fn a_state_that_nobody_made() {
    for path in [
        "/auth/oidc/callback",
        "/auth/oidc/callback?code=x",
        "/auth/oidc/callback?code=x&state=x",
        "/auth/oidc/callback?state=x&state=y",
        "/auth/oidc/callback?error=access_denied",
    ] {
        let ward = Ward::start().await;
        let mut browser = ward.browser();
        browser.start().await;
        let reply = browser.go(path).await;
        ward.refused(&browser, &reply, "state", None).await;
    }
}

#[tokio::test]
async fn the_answer_of_another_provider() {
    let ward = Ward::start().await;
    let (mut browser, asked, code) = started(&ward).await;
    let state = asked.get("state");
    let reply = browser
        .go(&format!("/auth/oidc/callback?code={code}&state={state}&iss=https%3A%2F%2Fevil.example"))
        .await;
    ward.refused(&browser, &reply, "mixed_up", None).await;
    assert_eq!(ward.provider.asked("token"), 0, "the code went nowhere");
}

#[tokio::test]
async fn a_provider_that_names_itself_does_so_each_time() {
    let ward = Ward::start().await;
    ward.provider
        .set(|says| says.metadata = json!({ "authorization_response_iss_parameter_supported": true }));
    let (mut browser, asked, code) = started(&ward).await;
    let reply = browser.back(&asked, &code).await;
    ward.refused(&browser, &reply, "mixed_up", None).await;
    let (mut browser, asked, code) = started(&ward).await;
    let path = format!(
        "/auth/oidc/callback?code={code}&state={}&iss={}",
        asked.get("state"),
        ward.provider.url.replace(':', "%3A").replace('/', "%2F")
    );
    assert_eq!(browser.go(&path).await.header(header::LOCATION), "/");
}

#[tokio::test]
async fn declined_there() {
    for (error, problem) in [("access_denied", "denied"), ("server_error", "provider")] {
        let ward = Ward::start().await;
        let mut browser = ward.browser();
        let asked = browser.start().await;
        let state = asked.get("state");
        let canary = "error_description=canary-description";
        let reply = browser.go(&format!("/auth/oidc/callback?error={error}&state={state}&{canary}")).await;
        ward.refused(&browser, &reply, problem, None).await;
        assert!(!format!("{:?}", ward.audit("sign_in").await).contains("canary"));
    }
}
