//! The audit log over HTTP.

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

async fn entries(caller: &Caller, query: &str) -> Vec<Value> {
    caller.json(&format!("/api/audit?{query}")).await["entries"].as_array().unwrap().clone()
}

#[tokio::test]
async fn sign_ins_and_failures_are_recorded() {
    let ward = Ward::demo().await;
    let wrong = json!({ "login": "900001", "password": "wrong wrong wrong" });
    ward.caller().post("/api/sign-in", &wrong).await.has_status(StatusCode::UNAUTHORIZED);
    let unknown = json!({ "login": "123456", "password": "wrong wrong wrong" });
    ward.caller().post("/api/sign-in", &unknown).await.has_status(StatusCode::UNAUTHORIZED);
    ward.persona("staff").await;
    let admin = ward.persona("admin").await;
    let found = entries(&admin, "action=sign_in").await;
    let mut told: Vec<(&str, &Value)> =
        found.iter().map(|entry| (entry["outcome"].as_str().unwrap(), &entry["actor"])).collect();
    // The clock stands still, so that they are all of one moment.
    told.sort_by_key(|(outcome, actor)| (*outcome, actor.to_string()));
    assert_eq!(
        told,
        [
            ("done", &json!("900001")),
            ("done", &json!("900008")),
            ("refused", &json!("900001")),
            ("refused", &Value::Null),
        ]
    );
    let text = admin.get("/api/audit").await.ok().text();
    assert!(!text.contains("123456") && !text.contains("wrong"), "what strangers type is not kept: {text}");
}

#[tokio::test]
async fn what_was_done_is_found_by_who_and_to_whom() {
    let ward = Ward::demo().await;
    let (admin, hr) = (ward.persona("admin").await, ward.persona("hr").await);
    hr.json("/api/accounts?q=900001").await;
    let found = entries(&admin, "subject=900001&action=read_accounts").await;
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["actor"], &found[0]["people"]), (&json!("900005"), &json!(1)));
    assert_eq!(entries(&admin, "actor=900005&action=read_accounts").await.len(), 1);
    assert!(entries(&admin, "actor=900001&action=read_accounts").await.is_empty());
    assert!(entries(&admin, "actor=nobody").await.is_empty());
    assert!(!entries(&admin, "since=2026-11-20&until=2026-11-20").await.is_empty());
    assert!(entries(&admin, "since=2026-11-21").await.is_empty());
    assert!(entries(&admin, "until=2026-11-19").await.is_empty());
    // Looking into the log is in the log.
    assert!(!entries(&admin, "action=read_audit").await.is_empty());
    assert_eq!(admin.get("/api/audit?since=yesterday").await.impossible_fields(), ["since"]);
    assert_eq!(admin.get("/api/audit?before=x").await.impossible_fields(), ["before"]);
}

#[tokio::test]
async fn the_log_is_paged_without_gaps() {
    let ward = Ward::demo().await;
    for _ in 0..60 {
        ward.persona("staff").await;
    }
    let admin = ward.persona("admin").await;
    let first = admin.json("/api/audit?action=sign_in").await;
    let next = first["next"].as_str().unwrap();
    let second = admin.json(&format!("/api/audit?action=sign_in&before={next}")).await;
    let mut ids: Vec<&str> = [&first, &second]
        .iter()
        .flat_map(|page| page["entries"].as_array().unwrap())
        .map(|entry| entry["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 61);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 61);
    assert_eq!(second["next"], Value::Null);
}

#[tokio::test]
async fn a_reading_that_cannot_be_recorded_does_not_happen() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    hr.get("/api/accounts").await.ok();
    ward.app
        .db
        .write::<(), machiaruki::db::DbError, _>(|tx| {
            Box::pin(async move {
                machiaruki::on!(tx, conn => sqlx::query(
                    "CREATE TRIGGER full_disk BEFORE INSERT ON audit_entry BEGIN SELECT raise(ABORT, 'full'); END")
                    .execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
        .unwrap();
    let reply = hr.get("/api/accounts").await;
    let problem = reply.problem(StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!problem.to_string().contains("900001"));
}

#[tokio::test]
async fn the_state_of_the_chain_is_told() {
    let ward = Ward::demo().await;
    let admin = ward.persona("admin").await;
    let sealer = machiaruki::audit::Sealer::new(ward.app.db.clone(), ward.app.clock.clone());
    sealer.seal_all().await.unwrap();
    let status = admin.json("/api/audit/status").await;
    assert!(status["sealed"].as_i64().unwrap() >= 1);
    assert_eq!(status["unsealed"], 0);
    assert_eq!(status["head"].as_str().unwrap().len(), 64);
}
