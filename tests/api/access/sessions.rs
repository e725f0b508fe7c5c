//! Signing in and out.

use std::net::IpAddr;

use http::{Method, StatusCode};
use jiff::SignedDuration;
use machiaruki::{clock::Clock as _, http::Peer};
use serde_json::json;

use crate::support::{Caller, PERSONAS, Ward};

const PASSWORD: &str = "芝の坂道をのぼる朝の散歩";

/// A persona with a password of its own.
async fn with_password(ward: &Ward, number: &str) -> Caller {
    let admin = ward.persona("admin").await;
    let found = admin.json(&format!("/api/accounts?q={number}")).await;
    let account = found["accounts"][0]["id"].as_str().unwrap().to_owned();
    let link = admin.post(&format!("/api/accounts/{account}/activation"), &json!({})).await.ok().json();
    let token = link["url"].as_str().unwrap().split('#').nth(1).unwrap().to_owned();
    let mut caller = ward.caller();
    let reply = caller.post("/api/activation", &json!({ "token": token, "password": PASSWORD })).await;
    caller.keep(&reply.has_status(StatusCode::NO_CONTENT));
    caller
}

#[tokio::test]
async fn each_persona_signs_in_and_knows_who_it_is() {
    let ward = Ward::demo().await;
    for persona in PERSONAS {
        let caller = ward.persona(persona).await;
        let me = caller.json("/api/me").await;
        assert!(me["name"].as_str().unwrap().starts_with("見本"), "{me}");
        let roles: Vec<&str> = me["roles"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
        assert_eq!(roles[0], "staff");
        let role = if persona == "reviewer" { "trainer" } else { persona };
        assert!(roles.contains(&role) || persona == "resident", "{persona}: {roles:?}");
        assert!(me["department_name"].as_str().unwrap().contains("見本"), "{me}");
        assert_eq!(caller.json("/api/session").await["me"]["login"], me["login"]);
    }
}

#[tokio::test]
async fn personas_exist_only_in_a_demo_on_this_machine() {
    let persona = json!({ "persona": "hr" });
    let ward = Ward::empty().await;
    ward.caller().post("/api/demo/sign-in", &persona).await.has_status(StatusCode::NOT_FOUND);
    assert_eq!(ward.caller().json("/api/session").await["personas"], json!([]));
    let demo = Ward::demo().await;
    let from = |address: &str, forwarded| Peer {
        address: address.parse::<IpAddr>().unwrap(),
        secure: false,
        forwarded,
    };
    let elsewhere = [
        demo.caller().at(from("192.0.2.1", false)),
        demo.caller().at(from("127.0.0.1", true)),
        demo.caller().with_header("host", "evil.example"),
    ];
    for caller in elsewhere {
        caller.post("/api/demo/sign-in", &persona).await.has_status(StatusCode::NOT_FOUND);
        assert_eq!(caller.json("/api/session").await["personas"], json!([]));
    }
    demo.anonymous()
        .ask(Method::POST, "/api/demo/sign-in", &[])
        .await
        .has_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_password_signs_in_and_a_wrong_one_does_not() {
    let ward = Ward::demo().await;
    with_password(&ward, "900001").await;
    let mut caller = ward.caller();
    for (login, password) in
        [("900001", "wrong wrong wrong"), ("nobody", PASSWORD), ("900003", PASSWORD), ("", "")]
    {
        let reply = caller.post("/api/sign-in", &json!({ "login": login, "password": password })).await;
        let problem = reply.problem(StatusCode::UNAUTHORIZED);
        assert_eq!(problem["detail"], "職員番号かパスワードが違います。", "the same whatever was wrong");
    }
    // Full-width digits and spaces are what phones type.
    let reply = caller.post("/api/sign-in", &json!({ "login": " 900001 ", "password": PASSWORD })).await;
    caller.keep(&reply.has_status(StatusCode::NO_CONTENT));
    assert_eq!(caller.json("/api/me").await["method"], "password");
}

#[tokio::test]
async fn guessing_is_slowed_down_and_forgiven_after_a_while() {
    let ward = Ward::demo().await;
    with_password(&ward, "900001").await;
    let caller = ward.caller();
    let wrong = json!({ "login": "900001", "password": "wrong wrong wrong" });
    for _ in 0..5 {
        caller.post("/api/sign-in", &wrong).await.has_status(StatusCode::UNAUTHORIZED);
    }
    let right = json!({ "login": "900001", "password": PASSWORD });
    let reply = caller.post("/api/sign-in", &right).await.has_status(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(reply.header("retry-after"), "30");
    // Others are not held up.
    let other = json!({ "login": "900002", "password": "wrong wrong wrong" });
    caller.post("/api/sign-in", &other).await.has_status(StatusCode::UNAUTHORIZED);
    ward.clock.set(ward.clock.now() + SignedDuration::from_secs(31));
    caller.post("/api/sign-in", &right).await.has_status(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn one_address_cannot_try_every_account() {
    let ward = Ward::demo().await;
    let caller = ward.caller();
    for number in 0..50 {
        let wrong = json!({ "login": format!("guess-{number}"), "password": "wrong wrong wrong" });
        caller.post("/api/sign-in", &wrong).await.has_status(StatusCode::UNAUTHORIZED);
    }
    let next = json!({ "login": "guess-51", "password": "wrong wrong wrong" });
    caller.post("/api/sign-in", &next).await.has_status(StatusCode::TOO_MANY_REQUESTS);
}

/// Waits until the use of a session at the present moment is noted, which happens in the background.
async fn noted(ward: &Ward) {
    let now = ward.clock.now().as_microsecond();
    for _ in 0..500 {
        let mut tx = ward.app.db.read().await.unwrap();
        let seen: i64 = machiaruki::on!(&mut tx, conn =>
            sqlx::query_scalar("SELECT max(seen_at) FROM session").fetch_one(conn).await)
        .unwrap();
        if seen == now {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the use of the session was not noted");
}

#[tokio::test]
async fn sessions_end_when_idle_and_when_old() {
    let ward = Ward::demo().await;
    let router = ward.app.router(crate::support::site(true));
    let caller = Caller::here(router).signed_in_as("staff").await;
    let start = ward.clock.now();
    // In use every eleven hours, it lasts a week and no longer.
    for hours in (11..168).step_by(11) {
        ward.clock.set(start + SignedDuration::from_hours(hours));
        caller.get("/api/me").await.has_status(StatusCode::OK);
        noted(&ward).await;
    }
    ward.clock.set(start + SignedDuration::from_hours(168));
    caller.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    let idle = ward.persona("staff").await;
    ward.clock.set(ward.clock.now() + SignedDuration::from_hours(12));
    idle.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn owners_see_and_end_their_sessions_and_nobody_elses() {
    let ward = Ward::demo().await;
    let (phone, desk) = (ward.persona("staff").await, ward.persona("staff").await);
    let other = ward.persona("trainer").await;
    let sessions = phone.json("/api/me/sessions").await;
    let ids: Vec<(String, bool)> = sessions["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| (session["id"].as_str().unwrap().to_owned(), session["this"] == true))
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids.iter().filter(|id| id.1).count(), 1);
    let of_desk = &ids.iter().find(|id| !id.1).unwrap().0;
    let path = format!("/api/me/sessions/{of_desk}");
    other.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NOT_FOUND);
    desk.get("/api/me").await.ok();
    phone.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
    desk.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    phone.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NOT_FOUND);
    let third = ward.persona("staff").await;
    phone.ask(Method::DELETE, "/api/me/sessions", None).await.has_status(StatusCode::NO_CONTENT);
    third.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    phone.get("/api/me").await.ok();
}

#[tokio::test]
async fn signing_out_ends_the_session_and_the_cookie() {
    let ward = Ward::demo().await;
    let mut caller = ward.persona("staff").await;
    let still = caller.clone();
    let reply = caller.post("/api/sign-out", &json!({})).await.ok();
    caller.keep(&reply);
    assert!(!caller.has_cookie());
    still.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_is_not_begun_over_an_open_network() {
    let ward = Ward::demo().await;
    let open = Peer { address: "192.0.2.1".parse().unwrap(), secure: false, forwarded: false };
    let body = json!({ "login": "900001", "password": PASSWORD });
    ward.caller().at(open).post("/api/sign-in", &body).await.has_status(StatusCode::FORBIDDEN);
    let protected = Peer { secure: true, ..open };
    ward.caller().at(protected).post("/api/sign-in", &body).await.has_status(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let ward = Ward::demo().await;
    with_password(&ward, "900001").await;
    let tls = Peer { address: "192.0.2.1".parse().unwrap(), secure: true, forwarded: false };
    let mut caller = ward.caller().at(tls);
    let body = json!({ "login": "900001", "password": PASSWORD });
    let reply = caller.post("/api/sign-in", &body).await.has_status(StatusCode::NO_CONTENT);
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-machiaruki="), "{cookie}");
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    caller.keep(&reply);
    caller.get("/api/me").await.ok();
}

#[tokio::test]
async fn another_site_can_make_nobody_do_anything() {
    let ward = Ward::demo().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ] {
        let caller = ward.persona("staff").await.with_header(name, value);
        let reply = caller.post("/api/sign-out", &json!({})).await.has_status(StatusCode::FORBIDDEN);
        assert_eq!(reply.header("set-cookie"), "");
        let reply = caller.post("/api/demo/sign-in", &json!({ "persona": "hr" })).await;
        reply.has_status(StatusCode::FORBIDDEN);
    }
    let own = ward.persona("staff").await.with_header("origin", "http://localhost:8080");
    own.post("/api/sign-out", &json!({})).await.ok();
}

#[tokio::test]
async fn a_changed_password_ends_every_other_session() {
    let ward = Ward::demo().await;
    let caller = with_password(&ward, "900001").await;
    let other = ward.persona("staff").await;
    let new = "白金の並木をあるく昼休み";
    let reply = caller.post("/api/me/password", &json!({ "present": "wrong wrong", "password": new })).await;
    assert_eq!(reply.impossible_fields(), ["present"]);
    let reply =
        caller.post("/api/me/password", &json!({ "present": PASSWORD, "password": "900001900001" })).await;
    assert_eq!(reply.impossible_fields(), ["password"]);
    let body = json!({ "present": PASSWORD, "password": new });
    caller.post("/api/me/password", &body).await.has_status(StatusCode::NO_CONTENT);
    caller.get("/api/me").await.ok();
    other.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    let sign_in = |password: &str| json!({ "login": "900001", "password": password });
    ward.caller().post("/api/sign-in", &sign_in(PASSWORD)).await.has_status(StatusCode::UNAUTHORIZED);
    ward.caller().post("/api/sign-in", &sign_in(new)).await.has_status(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_language_is_kept_with_the_account() {
    let ward = Ward::demo().await;
    let caller = ward.persona("staff").await;
    let change = |language: &str| json!({ "language": language });
    caller.ask(Method::PATCH, "/api/me", Some(&change("easy"))).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(ward.persona("staff").await.json("/api/me").await["language"], "easy");
    let reply = caller.ask(Method::PATCH, "/api/me", Some(&change("tlh"))).await;
    assert_eq!(reply.impossible_fields(), ["language"]);
}

#[tokio::test]
async fn what_is_personal_is_kept_by_no_cache() {
    let ward = Ward::demo().await;
    let caller = ward.persona("hr").await;
    for path in
        ["/api/me", "/api/session", "/api/me/sessions", "/api/accounts", "/api/grants", "/api/me/views"]
    {
        assert_eq!(caller.get(path).await.ok().header("cache-control"), "no-store", "{path}");
    }
}
