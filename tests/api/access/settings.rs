//! What administrators set.

use http::{Method, StatusCode};
use jiff::SignedDuration;
use machiaruki::clock::Clock as _;
use serde_json::{Value, json};

use crate::support::{Caller, Reply, Ward};

async fn change(caller: &Caller, seen: &str, body: &Value) -> Reply {
    let headers = [("if-match", seen)];
    let bytes = body.to_string().into_bytes();
    caller.send(Method::PATCH, "/api/admin/settings", Some("application/json"), &headers, bytes).await
}

#[tokio::test]
async fn a_setting_counts_at_once_and_is_recorded() {
    let ward = Ward::demo().await;
    let router = ward.app.router(crate::support::site(true));
    let admin = Caller::here(router.clone()).signed_in_as("admin").await;
    let seen = admin.get("/api/admin/settings").await.ok().header("etag");
    let body = json!({ "session_idle_hours": "1", "support_contact": "人事課 内線1234" });
    let after = change(&admin, &seen, &body).await.ok();
    assert_eq!(Caller::here(router.clone()).json("/api/session").await["support_contact"], "人事課 内線1234");
    ward.clock.set(ward.clock.now() + SignedDuration::from_mins(61));
    admin.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    let admin = Caller::here(router).signed_in_as("admin").await;
    let log = admin.get("/api/audit?action=change_settings").await.ok();
    assert_eq!(
        log.json()["entries"][0]["detail"]["settings"],
        json!(["support_contact", "session_idle_hours"])
    );
    assert!(!log.text().contains("1234"));
    // Two administrators at once: the second one looks first.
    change(&admin, &seen, &body).await.problem(StatusCode::PRECONDITION_FAILED);
    change(&admin, &after.header("etag"), &json!({ "activation_days": "3" })).await.ok();
}

#[tokio::test]
async fn a_wrong_setting_changes_nothing() {
    let ward = Ward::demo().await;
    let admin = ward.persona("admin").await;
    let seen = admin.get("/api/admin/settings").await.ok().header("etag");
    for (body, field) in [
        (json!({ "activation_days": "3", "session_idle_hours": "0" }), "session_idle_hours"),
        (json!({ "session_absolute_hours": "2" }), "session_idle_hours"),
        (json!({ "support_contact": "x".repeat(301) }), "support_contact"),
    ] {
        assert_eq!(change(&admin, &seen, &body).await.impossible_fields(), [field]);
    }
    change(&admin, &seen, &json!({ "nonsense": "1" })).await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(admin.get("/api/admin/settings").await.ok().header("etag"), seen);
    let path = "/api/admin/settings";
    admin.ask(Method::PATCH, path, Some(&json!({}))).await.problem(StatusCode::PRECONDITION_REQUIRED);
    ward.persona("hr").await.get(path).await.has_status(StatusCode::NOT_FOUND);
}
