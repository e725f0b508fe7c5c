//! Changing members of staff by hand.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::find;
use crate::support::{Caller, Reply, Ward};

async fn person(hr: &Caller, number: &str) -> (String, String) {
    let id = find(hr, number).await["id"].as_str().unwrap().to_owned();
    let tag = hr.get(&format!("/api/staff/{id}")).await.ok().header("etag");
    (id, tag)
}

async fn send(hr: &Caller, method: Method, path: &str, tag: &str, body: &Value) -> Reply {
    let headers = [("if-match", tag)];
    let body = body.to_string().into_bytes();
    hr.send(method, path, Some("application/json"), &headers, body).await
}

#[tokio::test]
async fn an_edit_counts_from_its_day_on_and_says_why() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let (id, tag) = person(&hr, "900001").await;
    let path = format!("/api/staff/{id}");
    let to = find(&hr, "900005").await["department"]["id"].clone();
    let body =
        json!({ "effective_on": "2026-11-10", "reason": "人事異動", "department": to, "grade": "主任" });
    let reply = send(&hr, Method::PATCH, &path, &tag, &body).await.ok();
    let after = reply.json();
    assert_ne!(reply.header("etag"), tag);
    assert_eq!(after["tier"], "senior");
    let spells = after["spells"].as_array().unwrap();
    assert_eq!(spells.last().unwrap()["from"], "2026-11-10");
    let before = hr.json("/api/staff?as_of=2026-11-09&q=900001").await;
    assert_eq!(before["staff"][0]["tier"], "general");
    let changes = hr.json(&format!("/api/roster/changes?staff={id}")).await;
    assert_eq!(changes["changes"][0]["reason"], "人事異動");
    assert_eq!(changes["changes"][0]["fields"], json!(["department", "grade"]));
    assert_eq!(changes["changes"][0]["staff"]["name"], "見本 あゆみ");
    // Somebody who looked before that must look again.
    send(&hr, Method::PATCH, &path, &tag, &body).await.problem(StatusCode::PRECONDITION_FAILED);
    hr.ask(Method::PATCH, &path, Some(&body)).await.problem(StatusCode::PRECONDITION_REQUIRED);
}

#[tokio::test]
async fn what_cannot_be_is_said_at_its_field() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let (id, tag) = person(&hr, "900001").await;
    let path = format!("/api/staff/{id}");
    for (change, field) in [
        (json!({ "reason": " " }), "reason"),
        (json!({ "name": "" }), "name"),
        (json!({ "email": "nowhere" }), "email"),
        (json!({ "grade": "主人" }), "grade"),
        (json!({ "department": "019a9f6e-0000-7000-8000-000000000000" }), "department"),
        (json!({ "effective_on": "2001-01-01", "name": "見本" }), "effective_on"),
        (
            json!({ "absences": [{ "kind": "leave", "since": "2026-02-01", "until": "2026-01-01" }] }),
            "absences",
        ),
    ] {
        let mut body = json!({ "effective_on": "2026-11-10", "reason": "訂正" });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let reply = send(&hr, Method::PATCH, &path, &tag, &body).await;
        assert_eq!(reply.impossible_fields(), [field]);
    }
    // Nothing of it was kept.
    assert_eq!(hr.get(&path).await.ok().header("etag"), tag);
}

#[tokio::test]
async fn absences_and_empty_fields_are_written_as_given() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let (id, tag) = person(&hr, "900001").await;
    let path = format!("/api/staff/{id}");
    let absence = json!({ "kind": "leave", "since": "2026-11-01", "until": null });
    let body =
        json!({ "effective_on": "2026-11-10", "reason": "育休", "absences": [absence], "email": null });
    let after = send(&hr, Method::PATCH, &path, &tag, &body).await.ok().json();
    assert_eq!(after["absences"], json!([absence]));
    assert_eq!(after["spells"].as_array().unwrap().last().unwrap()["email"], Value::Null);
    assert_eq!(find(&hr, "900001").await["absence"], "leave");
}

#[tokio::test]
async fn somebody_comes_leaves_and_comes_back() {
    let ward = Ward::demo().await;
    let (hr, staff) = (ward.persona("hr").await, ward.persona("staff").await);
    let department = find(&hr, "900005").await["department"]["id"].clone();
    let new = |number: &str, day: &str| {
        json!({ "effective_on": day, "reason": "中途採用", "number": number, "name": "見本 ちゅうと",
                "department": department, "grade": "係員", "employment": "fixed_term" })
    };
    let made = hr.post("/api/staff", &new("900200", "2026-11-16")).await.has_status(StatusCode::CREATED);
    assert_eq!(made.header("location"), format!("/api/staff/{}", made.json()["id"].as_str().unwrap()));
    assert_eq!(find(&hr, "900200").await["employment"], "fixed_term");
    hr.post("/api/staff", &new("900200", "2026-11-17")).await.problem(StatusCode::CONFLICT);
    hr.post("/api/staff", &new("9002/00", "2026-11-17")).await.problem(StatusCode::UNPROCESSABLE_ENTITY);

    let (id, tag) = person(&hr, "900001").await;
    let path = format!("/api/staff/{id}/end");
    let body = json!({ "last_day": "2026-11-19", "reason": "退職" });
    let after = send(&hr, Method::POST, &path, &tag, &body).await.ok();
    assert_eq!(after.json()["left_on"], "2026-11-19");
    staff.get("/api/me").await.problem(StatusCode::UNAUTHORIZED);
    assert_eq!(find(&hr, "900001").await, Value::Null);
    let undo = json!({ "last_day": null, "reason": "取り消し" });
    let after = send(&hr, Method::POST, &path, &after.header("etag"), &undo).await.ok();
    assert_eq!(after.json()["left_on"], Value::Null);
    assert_eq!(find(&hr, "900001").await["number"], "900001");
    let body = json!({ "last_day": "2026-11-19", "reason": "退職" });
    send(&hr, Method::POST, &path, &after.header("etag"), &body).await.ok();
    let back = hr.post("/api/staff", &new("900001", "2026-11-20")).await.has_status(StatusCode::CREATED);
    assert_eq!(back.json()["id"], id);
}
