//! `/api/training/reminders` and the days on which programmes remind: by role, with numbers and without names.

use http::{Method, StatusCode};
use machiaruki::audit::{Search, search};
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

async fn ward() -> (Ward, Value) {
    let ward = Ward::demo().await;
    ward.looked().await;
    let programmes = ward.persona("hr").await.json("/api/programmes").await;
    let all = programmes["programmes"].as_array().unwrap().iter().find(|one| one["code"] == "all-staff");
    let all = all.unwrap().clone();
    (ward, all)
}

fn path(programme: &Value) -> String {
    format!("/api/training/reminders?programme={}", programme["id"].as_str().unwrap())
}

fn body(programme: &Value) -> Value {
    json!({ "programme_id": programme["id"], "fiscal_year": 2026 })
}

async fn reminders(caller: &Caller) -> Vec<Value> {
    let told = caller.json("/api/me/notices").await;
    let all = told["notices"].as_array().unwrap();
    all.iter().filter(|one| one["kind"] == "training_reminder").cloned().collect()
}

#[tokio::test]
async fn managers_remind_their_own_and_hr_everybody_and_nobody_twice() {
    let (ward, programme) = ward().await;
    let (manager, hr) = (ward.persona("manager").await, ward.persona("hr").await);
    for persona in ["staff", "trainer", "editor", "admin"] {
        let other = ward.persona(persona).await;
        other.get(&path(&programme)).await.has_status(StatusCode::NOT_FOUND);
        other.post("/api/training/reminders", &body(&programme)).await.has_status(StatusCode::NOT_FOUND);
    }
    let missing = async |caller: &Caller| {
        let path =
            format!("/api/training/people?stands=missing&programme={}", programme["id"].as_str().unwrap());
        caller.json(&path).await["total"].as_u64().unwrap()
    };
    let told = |answer: &Value| answer["told"].as_u64().unwrap();
    let skipped = |answer: &Value| answer["recently"].as_u64().unwrap() + answer["absent"].as_u64().unwrap();
    // As many as the list of people, and none of them told yet.
    let preview = manager.json(&path(&programme)).await;
    assert_eq!(told(&preview) + skipped(&preview), missing(&manager).await);
    let whole = hr.json(&path(&programme)).await;
    assert!(told(&whole) > told(&preview), "{whole}");
    assert!(reminders(&manager).await.is_empty(), "looking tells nobody");

    let sent = manager.post("/api/training/reminders", &body(&programme)).await.ok().json();
    assert_eq!(sent, preview);
    assert_eq!(reminders(&manager).await.len(), 1, "managers have to walk as well");
    let notice = &reminders(&manager).await[0];
    assert_eq!((&notice["link"], &notice["urgent"]), (&json!("/training"), &json!(false)));
    assert!(notice["text"].as_str().unwrap().contains("期限: 2027年2月28日(日)"), "{notice}");
    let english = manager.clone().with_header("accept-language", "en");
    assert!(reminders(&english).await[0]["text"].as_str().unwrap().contains("Due: Sun 28 Feb 2027"));

    // Again at once, nobody; HR then reaches those that are left.
    let again = manager.post("/api/training/reminders", &body(&programme)).await.ok().json();
    assert_eq!((told(&again), &again["recently"]), (0, &sent["told"]));
    let rest = hr.post("/api/training/reminders", &body(&programme)).await.ok().json();
    assert_eq!(told(&rest), told(&whole) - told(&sent));
    assert_eq!(reminders(&manager).await.len(), 1);

    // It is in the audit log, with numbers and no persons.
    let mut tx = ward.app.db.read().await.unwrap();
    let wanted = Search { action: Some("send_reminders".into()), limit: 9, ..Search::default() };
    let found = search(&mut tx, &wanted).await.unwrap();
    let mut details: Vec<Value> =
        found.iter().map(|(entry, _)| serde_json::from_str(&entry.detail).unwrap()).collect();
    details.sort_by_key(|detail| detail["told"].as_u64());
    let numbers: Vec<&Value> = details.iter().map(|detail| &detail["told"]).collect();
    let mut expected = [&again["told"], &sent["told"], &rest["told"]];
    expected.sort_by_key(|told| told.as_u64());
    assert_eq!(numbers, expected);
    assert_eq!(details[0]["fiscal_year"], 2026);
}

#[tokio::test]
async fn a_department_is_reminded_alone_and_only_this_years_programmes() {
    let (ward, programme) = ward().await;
    let (manager, hr) = (ward.persona("manager").await, ward.persona("hr").await);
    let report = hr.json("/api/training/report?by=department").await;
    let mut of_all = 0;
    for group in report["groups"].as_array().unwrap() {
        let department = group["key"].as_str().unwrap();
        let only = hr.json(&format!("{}&department={department}", path(&programme))).await;
        // Departments hold those below them, so that sums may be more than the whole.
        of_all += only["told"].as_u64().unwrap();
        let within = manager.json(&format!("{}&department={department}", path(&programme))).await;
        assert!(within["told"].as_u64() <= only["told"].as_u64(), "{within} {only}");
    }
    assert!(of_all >= hr.json(&path(&programme)).await["told"].as_u64().unwrap());

    let nowhere = format!("{}&department=019a9f6e-0000-7000-8000-000000000000", path(&programme));
    assert_eq!(hr.json(&nowhere).await, json!({ "told": 0, "recently": 0, "absent": 0 }));
    assert_eq!(
        hr.get(&format!("{}&department=x", path(&programme))).await.impossible_fields(),
        ["department"]
    );
    assert_eq!(hr.get("/api/training/reminders?programme=x").await.impossible_fields(), ["programme"]);
    hr.get("/api/training/reminders").await.has_status(StatusCode::BAD_REQUEST);
    let gone = "/api/training/reminders?programme=019a9f6e-0000-7000-8000-000000000000";
    hr.get(gone).await.has_status(StatusCode::NOT_FOUND);
    let last = format!("{}&fiscal_year=2025", path(&programme));
    assert_eq!(hr.get(&last).await.impossible_fields(), ["fiscal_year"]);
    let mut old = body(&programme);
    old["fiscal_year"] = json!(2025);
    assert_eq!(hr.post("/api/training/reminders", &old).await.impossible_fields(), ["fiscal_year"]);
}

#[tokio::test]
async fn days_are_changed_while_the_year_is_open_by_who_saw_them() {
    let (ward, programme) = ward().await;
    let (hr, staff) = (ward.persona("hr").await, ward.persona("staff").await);
    let path = format!("/api/programmes/{}/years/2026/reminders", programme["id"].as_str().unwrap());
    let put = async |caller: &Caller, tag: Option<&str>, days: Value| {
        let headers: Vec<(&str, &str)> = tag.map(|tag| ("if-match", tag)).into_iter().collect();
        let body = json!({ "reminders": days }).to_string().into_bytes();
        caller.send(Method::PUT, &path, Some("application/json"), &headers, body).await
    };
    assert_eq!(programme["rule"]["reminders"], json!([14, 60]));
    put(&staff, Some("\"1\""), json!([30])).await.has_status(StatusCode::NOT_FOUND);
    put(&hr, None, json!([30])).await.has_status(StatusCode::PRECONDITION_REQUIRED);
    put(&hr, Some("\"9\""), json!([30])).await.has_status(StatusCode::PRECONDITION_FAILED);
    for wrong in [json!([366]), json!((0..11).collect::<Vec<u16>>())] {
        assert_eq!(put(&hr, Some("\"1\""), wrong).await.impossible_fields(), ["reminders"]);
    }
    let changed = put(&hr, Some("\"1\""), json!([30, 90, 30])).await.has_status(StatusCode::OK);
    assert_eq!(changed.header("etag"), "\"2\"");
    assert_eq!(changed.json()["rule"]["reminders"], json!([30, 90]));
    // What else the rule says stays as it was.
    let mut rest = changed.json()["rule"].clone();
    rest["reminders"] = programme["rule"]["reminders"].clone();
    assert_eq!(rest, programme["rule"]);
}
