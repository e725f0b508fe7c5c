//! Honest people of an honest provider.

use http::{StatusCode, header};
use machiaruki::http::Peer;
use serde_json::{Value, json};

use super::{Browser, CLIENT, Signer, Ward, jwt};

#[tokio::test]
async fn somebody_of_the_roster_signs_in_and_is_known_ever_after() {
    let ward = Ward::start().await;
    // 900009 has no account yet.
    let browser = ward.signed_in("subject-9", "900009").await;
    let me = browser.get("/api/me").await.ok().json();
    assert_eq!(
        (&me["login"], &me["name"]),
        (&json!("900009"), &json!("見本 あおい")),
        "of the roster, not of the token"
    );
    assert_eq!(me["roles"], json!(["staff"]));
    let accounts = "SELECT count(*) FROM account WHERE login = '900009'";
    assert_eq!(ward.count(accounts).await, 1);
    // The second time, the number need not even be there.
    let (browser, _) = ward
        .try_with(|asked| {
            let mut claims = ward.claims(asked, "subject-9", "");
            claims.as_object_mut().unwrap().remove("employee_number");
            jwt(&Signer::Rsa, &claims)
        })
        .await;
    assert_eq!(browser.get("/api/me").await.ok().json()["login"], "900009");
    assert_eq!(ward.count(accounts).await, 1);
    assert_eq!(ward.count("SELECT count(*) FROM identity").await, 1);
    assert_eq!(ward.audit("create_account").await.len(), 1);
    assert_eq!(ward.audit("link_identity").await.len(), 1);
    let sign_ins = ward.audit("sign_in").await;
    assert_eq!(sign_ins.len(), 2);
    assert!(
        sign_ins.iter().all(|entry| entry["outcome"] == "done" && entry["actor"] == "900009"),
        "{sign_ins:?}"
    );
    assert_eq!(ward.provider.set(|says| says.wrong.clone()), Vec::<String>::new());
}

#[tokio::test]
async fn an_account_that_is_there_is_linked_not_made_again() {
    let ward = Ward::start().await;
    let browser = ward.signed_in("subject-5", "９０００05 ").await;
    let me = browser.get("/api/me").await.ok().json();
    assert_eq!(me["login"], "900005");
    assert_eq!(me["roles"], json!(["staff", "hr", "approver"]), "roles of its own stay");
    assert!(ward.audit("create_account").await.is_empty());
}

#[tokio::test]
async fn every_accepted_signature_is_accepted() {
    let ward = Ward::start().await;
    for signer in [Signer::Rsa, Signer::Pss, Signer::Ec, Signer::Ed] {
        let (browser, reply) =
            ward.try_with(|asked| jwt(&signer, &ward.claims(asked, "subject-1", "900001"))).await;
        assert_eq!(reply.header(header::LOCATION), "/", "{signer:?}");
        browser.get("/api/me").await.ok();
    }
}

#[tokio::test]
async fn the_question_to_the_provider_is_complete() {
    let ward = Ward::start().await;
    let mut browser = ward.browser();
    let first = browser.start().await;
    assert_eq!(first.address, format!("{}/authorize", ward.provider.url));
    assert_eq!(first.get("response_type"), "code");
    assert_eq!(first.get("client_id"), CLIENT);
    assert_eq!(first.get("scope"), "openid profile");
    assert_eq!(first.get("redirect_uri"), "http://localhost:8080/auth/oidc/callback");
    assert_eq!(first.get("code_challenge_method"), "S256");
    let second = browser.start().await;
    for secret in ["state", "nonce", "code_challenge"] {
        assert_eq!(first.get(secret).len(), 43);
        assert_ne!(first.get(secret), second.get(secret), "{secret} is new each time");
    }
    // Both tabs can be ended.
    for asked in [second, first] {
        let mut tab = browser.clone();
        let code = ward.provider.code(&asked, jwt(&Signer::Rsa, &ward.claims(&asked, "subject-1", "900001")));
        assert_eq!(tab.back(&asked, &code).await.header(header::LOCATION), "/");
    }
}

#[tokio::test]
async fn the_cookies_are_what_they_should_be() {
    let ward = Ward::start().await;
    let plain = ward.browser().get("/auth/oidc/start").await;
    let cookie = plain.header(header::SET_COOKIE);
    for part in ["machiaruki-sign-on=", "Path=/", "Max-Age=600", "HttpOnly", "SameSite=Lax"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    assert_eq!(plain.header(header::CACHE_CONTROL), "no-store");
    let peer = Peer { address: "192.0.2.1".parse().unwrap(), secure: true, forwarded: false };
    let secure = ward.ward.caller().at(peer).get("/auth/oidc/start").await.header(header::SET_COOKIE);
    assert!(secure.starts_with("__Host-machiaruki-sign-on=") && secure.ends_with("; Secure"), "{secure}");
    // In the clear from elsewhere: not at all.
    let peer = Peer { secure: false, ..peer };
    for path in ["/auth/oidc/start", "/auth/oidc/callback?code=x&state=y"] {
        let reply = ward.ward.caller().at(peer).get(path).await;
        assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=insecure");
        assert_eq!(reply.header(header::SET_COOKIE), "");
    }
}

#[tokio::test]
async fn people_go_on_where_they_wanted_to_and_nowhere_else() {
    let ward = Ward::start().await;
    for (wanted, place) in [
        ("/roster%3Fpage=2", "/roster?page=2"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/%5Cevil.example", "/"),
    ] {
        let mut browser = ward.browser();
        let reply = browser.go(&format!("/auth/oidc/start?return_to={wanted}")).await;
        let asked = super::Asked::new(&reply.header(header::LOCATION));
        let code = ward.provider.code(&asked, jwt(&Signer::Rsa, &ward.claims(&asked, "subject-1", "900001")));
        assert_eq!(browser.back(&asked, &code).await.header(header::LOCATION), place);
    }
}

#[tokio::test]
async fn whoever_signs_out_is_sent_to_sign_out_there_too() {
    let ward = Ward::start().await;
    assert_eq!(ward.browser().get("/api/session").await.json()["single_sign_on"], "見本シングルサインオン");
    let browser = ward.signed_in("subject-1", "900001").await;
    let answer = browser.post("/api/sign-out").await.ok().json();
    let asked = super::Asked::new(answer["continue_at"].as_str().unwrap());
    assert_eq!(asked.address, format!("{}/end", ward.provider.url));
    assert_eq!(asked.get("client_id"), CLIENT);
    assert_eq!(asked.get("post_logout_redirect_uri"), "http://localhost:8080/sign-in");
    assert_eq!(asked.get("id_token_hint").split('.').count(), 3);
    browser.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    // Others have nothing to sign out of there.
    let other = ward.ward.persona("staff").await;
    assert_eq!(other.post("/api/sign-out", &json!({})).await.ok().json()["continue_at"], Value::Null);
}

#[tokio::test]
async fn without_a_single_sign_on_there_is_none() {
    let ward = crate::support::Ward::demo().await;
    let caller = ward.caller();
    assert!(caller.json("/api/session").await.get("single_sign_on").is_none());
    caller.get("/auth/oidc/start").await.has_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_only_looks_at_the_link_does_not_use_it_up() {
    let ward = Ward::start().await;
    let mut browser: Browser = ward.browser();
    let asked = browser.start().await;
    let code = ward.provider.code(&asked, jwt(&Signer::Rsa, &ward.claims(&asked, "subject-1", "900001")));
    let path = format!("/auth/oidc/callback?code={code}&state={}", asked.get("state"));
    browser.head(&path).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(browser.back(&asked, &code).await.header(header::LOCATION), "/");
}
