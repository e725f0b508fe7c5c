//! Whom an honest provider vouches for, and who they are here.

use http::header;
use serde_json::json;

use super::{Provider, Ward};

#[tokio::test]
async fn somebody_who_is_not_on_the_roster() {
    let ward = Ward::start().await;
    let (browser, reply) = ward.try_as("subject-x", "123456").await;
    ward.refused(&browser, &reply, "unknown_person", None).await;
    let told = format!("{:?}", ward.audit("sign_in").await);
    assert!(!told.contains("123456") && !told.contains("subject-x"), "strangers' data is not kept: {told}");
}

#[tokio::test]
async fn somebody_without_a_number() {
    let ward = Ward::start().await;
    let (browser, reply) = ward.try_claiming(&json!({ "employee_number": " " })).await;
    ward.refused(&browser, &reply, "no_number", None).await;
}

#[tokio::test]
async fn somebody_who_has_left() {
    let ward = Ward::start().await;
    ward.execute(
        "UPDATE staff_spell SET valid_to = '2026-11-20' WHERE staff IN
         (SELECT id FROM staff WHERE number IN ('900001', '900009'))",
    )
    .await;
    // With an account, and without.
    let (browser, reply) = ward.try_as("subject-1", "900001").await;
    ward.refused(&browser, &reply, "not_current", None).await;
    let (_, reply) = ward.try_as("subject-9", "900009").await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=not_current");
    assert_eq!(ward.count("SELECT count(*) FROM account WHERE login = '900009'").await, 0);
}

#[tokio::test]
async fn somebody_who_leaves_later() {
    let ward = Ward::start().await;
    ward.signed_in("subject-1", "900001").await;
    ward.execute(
        "UPDATE staff_spell SET valid_to = '2026-11-20' WHERE staff IN
         (SELECT id FROM staff WHERE number = '900001')",
    )
    .await;
    let (browser, reply) = ward.try_as("subject-1", "900001").await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=not_current");
    assert!(browser.get("/api/session").await.json()["me"].is_null());
}

#[tokio::test]
async fn somebody_whose_account_is_disabled() {
    let ward = Ward::start().await;
    ward.execute("UPDATE account SET disabled_at = 1 WHERE login = '900001'").await;
    let (browser, reply) = ward.try_as("subject-1", "900001").await;
    ward.refused(&browser, &reply, "disabled", None).await;
}

#[tokio::test]
async fn somebody_whose_number_has_changed_is_not_somebody_else_now() {
    let ward = Ward::start().await;
    ward.signed_in("subject-1", "900001").await;
    for number in ["900008", "123456"] {
        let (browser, reply) = ward.try_as("subject-1", number).await;
        assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=changed_number");
        assert!(browser.get("/api/session").await.json()["me"].is_null());
    }
    let refused: Vec<_> =
        ward.audit("sign_in").await.into_iter().filter(|entry| entry["outcome"] == "refused").collect();
    assert_eq!(refused.len(), 2);
    assert!(refused.iter().all(|entry| entry["people"] == 1), "whose link it is is told: {refused:?}");
    let admin = "SELECT count(*) FROM identity i JOIN account a ON a.id = i.account WHERE a.login = '900008'";
    assert_eq!(ward.count(admin).await, 0);
    // A new number that the roster knows of is the same person.
    ward.execute("UPDATE staff SET number = '700001' WHERE number = '900001'").await;
    ward.signed_in("subject-1", "700001").await;
}

#[tokio::test]
async fn a_second_person_of_the_provider_with_the_same_number() {
    let ward = Ward::start().await;
    ward.signed_in("subject-1", "900001").await;
    let (browser, reply) = ward.try_as("subject-2", "900001").await;
    assert_eq!(reply.header(header::LOCATION), "/sign-in?problem=linked_elsewhere");
    assert!(browser.get("/api/session").await.json()["me"].is_null());
    assert_eq!(ward.count("SELECT count(*) FROM identity").await, 1);
}

#[tokio::test]
async fn an_operator_who_is_called_like_a_number() {
    let ward = Ward::start().await;
    ward.execute(
        "INSERT INTO account (id, login, display_name, created_at) VALUES
        ('019a9f6e-0000-7000-8000-000000000001', '900009', 'operator', 1)",
    )
    .await;
    let (browser, reply) = ward.try_as("subject-9", "900009").await;
    ward.refused(&browser, &reply, "linked_elsewhere", None).await;
}

#[tokio::test]
async fn the_same_subject_of_another_issuer_is_another_person() {
    let mut ward = Ward::start().await;
    ward.signed_in("subject-1", "900001").await;
    let other = Provider::start().await;
    ward.ward.app.single_sign_on = Some(other.single_sign_on());
    ward.provider = other;
    let browser = ward.signed_in("subject-1", "900002").await;
    assert_eq!(browser.get("/api/me").await.ok().json()["login"], "900002");
}

#[tokio::test]
async fn the_number_may_be_told_apart_from_the_token() {
    let ward = Ward::start().await;
    ward.provider
        .set(|says| says.user_info = Some(json!({ "sub": "subject-1", "employee_number": "900001" })));
    let (browser, _) = ward.try_claiming(&json!({ "employee_number": null })).await;
    assert_eq!(browser.get("/api/me").await.ok().json()["login"], "900001");
}
