//! `/api/retention`: who may see and change how long data is kept, and what a run does.

use http::{Method, StatusCode};
use machiaruki::audit::{Search, search, verify};
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

async fn ask(who: &Caller, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
    let reply = who.ask(method, path, body.as_ref()).await;
    (reply.status, serde_json::from_slice(&reply.body).unwrap_or_default())
}

fn class<'d>(document: &'d Value, id: &str) -> &'d Value {
    document["classes"].as_array().unwrap().iter().find(|class| class["class"] == id).unwrap()
}

#[tokio::test]
async fn hr_changes_periods_admin_sees_them_and_nobody_else_learns_of_them() {
    let ward = Ward::demo().await;
    let period =
        json!({ "amount": 7, "unit": "years", "counted_from": "fiscal_year_end", "reason": "文書保存年限" });
    for (persona, reads, writes) in [
        ("staff", 404, 404),
        ("manager", 404, 404),
        ("registrar", 404, 404),
        ("editor", 404, 404),
        ("admin", 200, 404),
        ("hr", 200, 200),
    ] {
        let person = ward.persona(persona).await;
        let (status, _) = ask(&person, Method::GET, "/api/retention", None).await;
        assert_eq!(status, reads, "{persona}");
        let (status, _) = ask(&person, Method::PUT, "/api/retention/leavers", Some(period.clone())).await;
        assert_eq!(status, writes, "{persona}");
        let run = json!({ "dry_run": true });
        let (status, _) = ask(&person, Method::POST, "/api/retention/run", Some(run)).await;
        assert_eq!(status, writes, "{persona}");
    }
    assert_eq!(ask(&ward.caller(), Method::GET, "/api/retention", None).await.0, 401);
}

#[tokio::test]
async fn a_period_is_changed_with_a_reason_and_a_shorter_one_only_when_confirmed() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let put = |class: &'static str, body: Value| {
        let hr = &hr;
        async move { ask(hr, Method::PUT, &format!("/api/retention/{class}"), Some(body)).await }
    };
    let leavers = |amount: i64, unit: &str, from: &str| json!({ "amount": amount, "unit": unit, "counted_from": from, "reason": "規程の改正" });
    for (wrong, field) in [
        (json!({ "amount": 7, "unit": "years", "counted_from": "event", "reason": "  " }), "reason"),
        (leavers(0, "years", "event"), "amount"),
        (leavers(101, "years", "event"), "amount"),
        (leavers(90, "days", "fiscal_year_end"), "unit"),
        (leavers(900, "hours", "event"), "unit"),
        (leavers(1, "days", "event"), "amount"),
        (json!({ "amount": 7, "unit": "weeks", "counted_from": "event", "reason": "a" }), "unit"),
    ] {
        let (status, problem) = put("leavers", wrong.clone()).await;
        assert_eq!(status, 422, "{wrong}");
        assert_eq!(problem["errors"][0]["field"], field, "{wrong}");
    }
    assert_eq!(put("nothing", leavers(7, "years", "event")).await.0, 404);

    assert_eq!(put("leavers", leavers(10, "years", "fiscal_year_end")).await.0, 200);
    let (_, document) = ask(&hr, Method::GET, "/api/retention", None).await;
    let now = class(&document, "leavers");
    assert_eq!(now["period"], json!({ "amount": 10, "unit": "years", "counted_from": "fiscal_year_end" }));
    assert_eq!(now["reason"], "規程の改正");
    assert_eq!(now["default"]["amount"], 5);
    assert!(now["changed_at"].is_string());

    let mut shorter = leavers(3, "years", "fiscal_year_end");
    let (status, problem) = put("leavers", shorter.clone()).await;
    assert_eq!((status, &problem["errors"][0]["field"]), (StatusCode::CONFLICT, &json!("confirm")));
    let (_, document) = ask(&hr, Method::GET, "/api/retention", None).await;
    assert_eq!(class(&document, "leavers")["period"]["amount"], 10, "nothing was changed");
    shorter["confirm"] = json!(true);
    // A moment later, so that the log knows which came first.
    ward.clock.set("2026-11-20T03:00:05Z".parse().unwrap());
    assert_eq!(put("leavers", shorter).await.0, 200);

    let mut tx = ward.app.db.read().await.unwrap();
    let wanted = Search { action: Some("change_retention".into()), limit: 9, ..Search::default() };
    let found = search(&mut tx, &wanted).await.unwrap();
    assert_eq!(found.len(), 2);
    let (entry, actor) = &found[0];
    assert!(actor.is_some() && entry.object_id == "leavers");
    let detail: Value = serde_json::from_str(&entry.detail).unwrap();
    assert_eq!((&detail["from"]["amount"], &detail["to"]["amount"]), (&json!(10), &json!(3)));
    assert!(!entry.detail.contains("規程"), "a reason may name somebody");
}

#[tokio::test]
async fn a_run_says_first_what_it_would_erase_and_then_erases_that() {
    let ward = Ward::demo().await;
    // A session that nobody has used for a year; hr signs in anew.
    ward.persona("hr").await;
    ward.clock.set("2027-11-20T03:00:00Z".parse().unwrap());
    let hr = ward.persona("hr").await;
    let (status, dry) = ask(&hr, Method::POST, "/api/retention/run", Some(json!({ "dry_run": true }))).await;
    assert_eq!(status, 200);
    assert_eq!(dry["erased"], json!([{ "class": "sessions", "subjects": 1 }]));
    let (_, document) = ask(&hr, Method::GET, "/api/retention", None).await;
    assert_eq!(class(&document, "sessions")["due"], 1);
    assert_eq!(document["runs"], json!([]), "looking is no run");

    let (status, done) =
        ask(&hr, Method::POST, "/api/retention/run", Some(json!({ "dry_run": false }))).await;
    assert_eq!(status, 200);
    assert_eq!((&done["erased"], &done["complete"]), (&dry["erased"], &json!(true)));
    let (_, document) = ask(&hr, Method::GET, "/api/retention", None).await;
    assert_eq!(class(&document, "sessions")["due"], 0);
    assert_eq!(document["runs"][0]["cause"], "person");
    assert_eq!(document["runs"][0]["erased"], dry["erased"]);
    assert!(document["runs"][0]["ended_at"].is_string());

    let mut tx = ward.app.db.read().await.unwrap();
    let wanted = Search { action: Some("erase".into()), limit: 9, ..Search::default() };
    let found = search(&mut tx, &wanted).await.unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].1.is_some(), "who asked for it");
    assert_eq!(verify(&mut tx, None).await.unwrap().defects, []);
}
