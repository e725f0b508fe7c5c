//! Roles: asked for, approved by a second person, ended.

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

async fn account(hr: &Caller, number: &str) -> String {
    let found = hr.json(&format!("/api/accounts?q={number}")).await;
    found["accounts"][0]["id"].as_str().unwrap().to_owned()
}

fn request(account: &str, role: &str) -> Value {
    json!({ "account": account, "role": role, "reason": "試験のため" })
}

#[tokio::test]
async fn a_role_that_is_not_sensitive_counts_at_once_and_ends_sessions() {
    let ward = Ward::demo().await;
    let (admin, staff) = (ward.persona("admin").await, ward.persona("staff").await);
    let account = account(&admin, "900001").await;
    let made = admin.post("/api/grants", &request(&account, "trainer")).await.has_status(StatusCode::CREATED);
    assert_eq!(made.json()["state"], "active");
    staff.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    let again = ward.persona("staff").await;
    assert!(again.json("/api/me").await["roles"].as_array().unwrap().contains(&json!("trainer")));
    admin.post("/api/grants", &request(&account, "trainer")).await.problem(StatusCode::CONFLICT);
    let end = format!("/api/grants/{}/end", made.json()["id"].as_str().unwrap());
    admin.post(&end, &json!({})).await.has_status(StatusCode::NO_CONTENT);
    again.get("/api/me").await.has_status(StatusCode::UNAUTHORIZED);
    admin.post(&end, &json!({})).await.problem(StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_sensitive_role_needs_a_second_person() {
    let ward = Ward::demo().await;
    let (admin, hr) = (ward.persona("admin").await, ward.persona("hr").await);
    let account_id = account(&admin, "900001").await;
    for role in ["hr", "registrar", "admin", "approver"] {
        let made =
            admin.post("/api/grants", &request(&account_id, role)).await.has_status(StatusCode::CREATED);
        let made = made.json();
        assert_eq!(made["state"], "pending", "{role}");
        assert_eq!(made["can_decide"], false, "whoever asks does not decide");
        let id = made["id"].as_str().unwrap();
        let approve = format!("/api/grants/{id}/approve");
        admin.post(&approve, &json!({})).await.problem(StatusCode::CONFLICT);
        assert!(
            !ward.persona("staff").await.json("/api/me").await["roles"]
                .as_array()
                .unwrap()
                .contains(&json!(role))
        );
        hr.post(&approve, &json!({})).await.has_status(StatusCode::NO_CONTENT);
        assert!(
            ward.persona("staff").await.json("/api/me").await["roles"]
                .as_array()
                .unwrap()
                .contains(&json!(role))
        );
        hr.post(&approve, &json!({})).await.problem(StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn nobody_approves_what_is_for_themselves() {
    let ward = Ward::demo().await;
    let (admin, hr) = (ward.persona("admin").await, ward.persona("hr").await);
    let own = account(&admin, "900005").await;
    let made = admin.post("/api/grants", &request(&own, "registrar")).await.has_status(StatusCode::CREATED);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    hr.post(&format!("/api/grants/{id}/approve"), &json!({})).await.problem(StatusCode::CONFLICT);
    // Refusing it is nobody's own decision either.
    hr.post(&format!("/api/grants/{id}/refuse"), &json!({})).await.problem(StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_refused_role_does_not_count_and_can_be_asked_for_again() {
    let ward = Ward::demo().await;
    let (admin, hr) = (ward.persona("admin").await, ward.persona("hr").await);
    let account = account(&admin, "900001").await;
    let made = admin.post("/api/grants", &request(&account, "hr")).await.has_status(StatusCode::CREATED);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let waiting = hr.json("/api/grants?state=pending").await;
    assert_eq!(waiting["grants"][0]["can_decide"], true);
    hr.post(&format!("/api/grants/{id}/refuse"), &json!({})).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(hr.json("/api/grants?state=pending").await["grants"], json!([]));
    admin.post("/api/grants", &request(&account, "hr")).await.has_status(StatusCode::CREATED);
}

#[tokio::test]
async fn managers_name_coordinators_of_their_own_department() {
    let ward = Ward::demo().await;
    let (admin, manager) = (ward.persona("admin").await, ward.persona("manager").await);
    let (own, other) = (account(&admin, "900001").await, account(&admin, "900003").await);
    manager.post("/api/grants", &request(&own, "coordinator")).await.has_status(StatusCode::CREATED);
    manager.post("/api/grants", &request(&own, "trainer")).await.has_status(StatusCode::NOT_FOUND);
    manager.post("/api/grants", &request(&other, "coordinator")).await.has_status(StatusCode::NOT_FOUND);
    let seen = manager.json("/api/grants").await;
    let logins: Vec<&str> =
        seen["grants"].as_array().unwrap().iter().map(|grant| grant["login"].as_str().unwrap()).collect();
    assert!(logins.contains(&"900001") && !logins.contains(&"900005"), "{logins:?}");
}

#[tokio::test]
async fn two_approvers_remain() {
    let ward = Ward::demo().await;
    let admin = ward.persona("admin").await;
    let grants = admin.json("/api/grants?state=active").await;
    let approver =
        grants["grants"].as_array().unwrap().iter().find(|grant| grant["role"] == "approver").unwrap();
    let end = format!("/api/grants/{}/end", approver["id"].as_str().unwrap());
    admin.post(&end, &json!({})).await.problem(StatusCode::CONFLICT);
}
