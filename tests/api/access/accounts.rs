//! Accounts and activation links.

use http::StatusCode;
use jiff::SignedDuration;
use machiaruki::clock::Clock as _;
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

async fn account(caller: &Caller, number: &str) -> Value {
    let found = caller.json(&format!("/api/accounts?q={number}")).await;
    found["accounts"].as_array().unwrap().first().cloned().unwrap_or_default()
}

async fn link(admin: &Caller, number: &str) -> Value {
    let account = account(admin, number).await;
    let path = format!("/api/accounts/{}/activation", account["id"].as_str().unwrap());
    admin.post(&path, &json!({})).await.ok().json()
}

fn token(link: &Value) -> String {
    link["url"].as_str().unwrap().split('#').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn administrators_see_numbers_and_no_names() {
    let ward = Ward::demo().await;
    let (admin, hr) = (ward.persona("admin").await, ward.persona("hr").await);
    let seen = account(&admin, "900001").await;
    assert_eq!(seen["login"], "900001");
    assert!(seen.get("name").is_none(), "{seen}");
    let name = account(&hr, "900001").await["name"].as_str().unwrap().to_owned();
    assert!(name.starts_with("見本"));
    let text = admin.get("/api/accounts").await.ok().text();
    assert!(!text.contains("見本"), "{text}");
    // Nor can names be guessed by searching for them.
    assert_eq!(admin.json("/api/accounts?q=見本").await["accounts"], json!([]));
}

#[tokio::test]
async fn an_account_is_made_once_for_somebody_on_the_roster() {
    let ward = Ward::demo().await;
    let admin = ward.persona("admin").await;
    let make = |number: &str| json!({ "staff_number": number });
    let reply = admin.post("/api/accounts", &make("900009")).await.has_status(StatusCode::CREATED);
    assert_eq!(reply.json()["state"], "new");
    let reply = admin.post("/api/accounts", &make("900009")).await;
    reply.problem(StatusCode::CONFLICT);
    let reply = admin.post("/api/accounts", &make("123456")).await;
    assert_eq!(reply.impossible_fields(), ["staff_number"]);
}

#[tokio::test]
async fn an_activation_link_works_once_and_for_a_week() {
    let ward = Ward::demo().await;
    let admin = ward.persona("admin").await;
    let (first, second) = (link(&admin, "900001").await, link(&admin, "900001").await);
    assert!(second["qr_svg"].as_str().unwrap().contains("<svg"));
    let check = |link: &Value| json!({ "token": token(link) });
    ward.caller().post("/api/activation/check", &check(&first)).await.has_status(StatusCode::NOT_FOUND);
    let seen = ward.caller().post("/api/activation/check", &check(&second)).await.ok().json();
    assert_eq!(seen["login"], "900001");
    let activate = |link: &Value| json!({ "token": token(link), "password": "芝の坂道をのぼる朝の散歩" });
    let weak = json!({ "token": token(&second), "password": "short" });
    assert_eq!(ward.caller().post("/api/activation", &weak).await.impossible_fields(), ["password"]);
    ward.caller().post("/api/activation", &activate(&second)).await.has_status(StatusCode::NO_CONTENT);
    ward.caller().post("/api/activation", &activate(&second)).await.has_status(StatusCode::NOT_FOUND);
    let third = link(&admin, "900001").await;
    ward.clock.set(ward.clock.now() + SignedDuration::from_hours(24 * 7));
    ward.caller().post("/api/activation", &activate(&third)).await.has_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    let ward = Ward::demo().await;
    let (admin, staff) = (ward.persona("admin").await, ward.persona("staff").await);
    let id = account(&admin, "900001").await["id"].as_str().unwrap().to_owned();
    staff.get("/api/me").await.ok();
    admin.post(&format!("/api/accounts/{id}/disable"), &json!({})).await.has_status(StatusCode::NO_CONTENT);
    staff.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    let body = json!({ "persona": "staff" });
    ward.caller().post("/api/demo/sign-in", &body).await.has_status(StatusCode::NOT_FOUND);
    admin.post(&format!("/api/accounts/{id}/enable"), &json!({})).await.has_status(StatusCode::NO_CONTENT);
    ward.persona("staff").await.get("/api/me").await.ok();
    staff.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    let own = account(&admin, "900008").await["id"].as_str().unwrap().to_owned();
    admin.post(&format!("/api/accounts/{own}/disable"), &json!({})).await.problem(StatusCode::CONFLICT);
}

#[tokio::test]
async fn people_see_who_looked_at_them() {
    let ward = Ward::demo().await;
    let (staff, hr) = (ward.persona("staff").await, ward.persona("hr").await);
    assert_eq!(staff.json("/api/me/views").await["views"], json!([]));
    account(&hr, "900001").await;
    let views = staff.json("/api/me/views").await;
    let view = &views["views"][0];
    assert_eq!(view["action"], "read_accounts");
    assert!(view["by"].as_str().unwrap().starts_with("見本"));
    assert!(view["roles"].as_array().unwrap().contains(&json!("hr")));
    // What people do to their own is no news to them.
    let before = hr.json("/api/me/views").await["views"].as_array().unwrap().len();
    account(&hr, "900005").await;
    assert_eq!(hr.json("/api/me/views").await["views"].as_array().unwrap().len(), before);
}
