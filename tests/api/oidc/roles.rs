//! Roles that the provider's claims stand for.

use http::header;
use machiaruki::auth::oidc::SingleSignOn;
use serde_json::{Value, json};

use super::{Browser, Ward};

async fn ward() -> Ward {
    let mut ward = Ward::start().await;
    let mut settings = ward.provider.settings();
    settings.role_claim = Some("realm_access.roles".parse().unwrap());
    settings.role_map =
        vec!["map=editor".parse().unwrap(), "walks=trainer".parse().unwrap(), "people=hr".parse().unwrap()];
    ward.ward.app.single_sign_on = Some(SingleSignOn::new(settings.checked().unwrap()).unwrap());
    ward
}

async fn signed_in(ward: &Ward, roles: Value) -> Browser {
    let (browser, reply) = ward.try_claiming(&json!({ "realm_access": { "roles": roles } })).await;
    assert_eq!(reply.header(header::LOCATION), "/", "{reply:?}");
    browser
}

pub async fn roles(browser: &Browser) -> Value {
    browser.get("/api/me").await.ok().json()["roles"].clone()
}

#[tokio::test]
async fn roles_come_and_go_with_the_claims() {
    let ward = ward().await;
    let first = signed_in(&ward, json!(["map", "other"])).await;
    assert_eq!(roles(&first).await, json!(["staff", "editor"]));
    assert_eq!(ward.audit("grant_role").await.len(), 1);
    // Nothing has changed: nothing ends.
    let second = signed_in(&ward, json!(["map"])).await;
    roles(&first).await;
    let third = signed_in(&ward, json!(["walks"])).await;
    assert_eq!(roles(&third).await, json!(["staff", "trainer"]));
    assert_eq!(ward.audit("end_role").await.len(), 1);
    for old in [first, second] {
        assert!(old.get("/api/session").await.json()["me"].is_null(), "sessions with other roles have ended");
    }
    assert_eq!(roles(&signed_in(&ward, json!([])).await).await, json!(["staff"]));
}

#[tokio::test]
async fn a_sensitive_role_waits_for_a_second_person() {
    let ward = ward().await;
    let browser = signed_in(&ward, json!(["people"])).await;
    assert_eq!(roles(&browser).await, json!(["staff"]));
    assert_eq!(ward.audit("request_role").await.len(), 1);
    let admin = ward.ward.persona("admin").await;
    let waiting = admin.json("/api/grants?state=pending").await["grants"].clone();
    assert_eq!(waiting.as_array().unwrap().len(), 1, "{waiting}");
    // Signing in again asks nothing again.
    signed_in(&ward, json!(["people"])).await;
    assert_eq!(ward.audit("request_role").await.len(), 1);
    let grant = waiting[0]["id"].as_str().unwrap();
    admin
        .post(&format!("/api/grants/{grant}/approve"), &json!({}))
        .await
        .has_status(http::StatusCode::NO_CONTENT);
    assert_eq!(roles(&signed_in(&ward, json!(["people"])).await).await, json!(["staff", "hr"]));
    assert_eq!(roles(&signed_in(&ward, json!([])).await).await, json!(["staff"]));
}

/// Approves what waits, as one of the demo's approvers.
async fn approve(ward: &Ward, persona: &str) {
    let approver = ward.ward.persona(persona).await;
    let waiting = approver.json("/api/grants?state=pending").await["grants"].clone();
    let grant = waiting[0]["id"].as_str().unwrap();
    let reply = approver.post(&format!("/api/grants/{grant}/approve"), &json!({})).await;
    reply.has_status(http::StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn sign_on_does_not_take_the_role_of_the_last_two_approvers() {
    let mut ward = Ward::start().await;
    let mut settings = ward.provider.settings();
    settings.role_claim = Some("groups".parse().unwrap());
    settings.role_map = vec!["approve=approver".parse().unwrap()];
    ward.ward.app.single_sign_on = Some(SingleSignOn::new(settings.checked().unwrap()).unwrap());
    let sign_in = async |groups: Value| {
        let (browser, reply) = ward.try_claiming(&json!({ "groups": groups })).await;
        assert_eq!(reply.header(header::LOCATION), "/", "{reply:?}");
        browser
    };
    // A third approver is to spare.
    sign_in(json!(["approve"])).await;
    approve(&ward, "admin").await;
    assert_eq!(roles(&sign_in(json!(["approve"])).await).await, json!(["staff", "approver"]));
    assert_eq!(roles(&sign_in(json!([])).await).await, json!(["staff"]));
    assert_eq!(ward.audit("end_role").await.len(), 1);
    // One of two is not, whatever the directory says; the log says that they were kept.
    sign_in(json!(["approve"])).await;
    approve(&ward, "admin").await;
    ward.execute("UPDATE account SET disabled_at = 1 WHERE login = '900005'").await;
    let kept = sign_in(json!([])).await;
    assert_eq!(roles(&kept).await, json!(["staff", "approver"]));
    let told = ward.audit("end_role").await;
    let told: Vec<&Value> = told.iter().filter(|entry| entry["outcome"] == "refused").collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["detail"]["kept"], "last_approvers");
    // With another approver the next sign-in ends it.
    ward.execute("UPDATE account SET disabled_at = NULL WHERE login = '900005'").await;
    assert_eq!(roles(&sign_in(json!([])).await).await, json!(["staff"]));
    assert!(kept.get("/api/session").await.json()["me"].is_null());
}

#[tokio::test]
async fn what_was_refused_is_not_asked_for_each_morning() {
    let ward = ward().await;
    signed_in(&ward, json!(["people"])).await;
    let admin = ward.ward.persona("admin").await;
    let grant = admin.json("/api/grants?state=pending").await["grants"][0]["id"].as_str().unwrap().to_owned();
    admin
        .post(&format!("/api/grants/{grant}/refuse"), &json!({}))
        .await
        .has_status(http::StatusCode::NO_CONTENT);
    signed_in(&ward, json!(["people"])).await;
    assert_eq!(ward.audit("request_role").await.len(), 1);
    assert_eq!(admin.json("/api/grants?state=pending").await["grants"], json!([]));
}

#[tokio::test]
async fn roles_that_people_gave_stay() {
    let ward = ward().await;
    // The demo's trainer was given the role by hand.
    let (browser, _) = ward
        .try_claiming(
            &json!({ "sub": "subject-3", "employee_number": "900003", "realm_access": { "roles": [] } }),
        )
        .await;
    assert_eq!(roles(&browser).await, json!(["staff", "trainer"]));
}

#[tokio::test]
async fn claims_that_were_left_out_for_their_number_take_nothing_away() {
    let mut ward = ward().await;
    let mut settings = ward.provider.settings();
    settings.role_claim = Some("groups".parse().unwrap());
    settings.role_map = vec!["map=editor".parse().unwrap()];
    ward.ward.app.single_sign_on = Some(SingleSignOn::new(settings.checked().unwrap()).unwrap());
    ward.try_claiming(&json!({ "groups": ["map"] })).await;
    let (browser, _) = ward.try_claiming(&json!({ "_claim_names": { "groups": "src1" } })).await;
    assert_eq!(roles(&browser).await, json!(["staff", "editor"]));
}
