//! `/api/gatherings`, `/api/me/gatherings`, `/api/me/participation` and handover notes, as each role meets them.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

/// A caller who names a version.
fn at(caller: &Caller, version: &Value) -> Caller {
    caller.clone().with_header("if-match", &format!("\"{version}\""))
}

/// The id of a residency by the number of its task, and of the council that is suggested.
async fn decided(ward: &Ward) -> (Caller, Caller, String, String) {
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let list = registrar.json("/api/housing/tasks").await;
    let tasks = list["tasks"].as_array().unwrap();
    let waits = tasks.iter().find(|one| one["staff_number"] == "900002").unwrap();
    let council = waits["suggestion"]["council_id"].as_str().unwrap().to_owned();
    let decision = json!({ "residency_id": waits["residency_id"], "council_id": council, "decisions": 0 });
    registrar.post("/api/housing/assignments", &json!({ "decisions": [decision] })).await.ok();
    (registrar, resident, waits["residency_id"].as_str().unwrap().to_owned(), council)
}

fn meeting(councils: &[&str]) -> Value {
    json!({
        "kind": "meeting", "duty": "overtime", "title": "【見本】定例会", "place": "【見本】集会室",
        "location": [139.75, 35.66], "starts_at": "2026-11-20T18:00:00+09:00", "duration_min": 90,
        "council_ids": councils, "note": "議題: 備蓄",
    })
}

async fn made(registrar: &Caller, body: &Value) -> String {
    let made = registrar.post("/api/gatherings", body).await.has_status(StatusCode::CREATED);
    let (path, id) = (made.header(http::header::LOCATION), made.json()["id"].as_str().unwrap().to_owned());
    assert_eq!(path, format!("/api/gatherings/{id}"));
    id
}

async fn put(caller: &Caller, path: &str, body: &Value) -> crate::support::Reply {
    caller.ask(Method::PUT, path, Some(body)).await
}

#[tokio::test]
async fn a_meeting_is_made_joined_attended_by_code_and_recorded() {
    let ward = Ward::demo().await;
    let (registrar, resident, _, council) = decided(&ward).await;
    let id = made(&registrar, &meeting(&[&council])).await;
    let notices = resident.json("/api/me/notices").await;
    let told = notices["notices"].as_array().unwrap().iter().find(|one| one["kind"] == "gathering_planned");
    assert_eq!(told.unwrap()["link"], "/council", "{notices}");
    let read = format!("/api/me/notices/{}/read", told.unwrap()["id"].as_str().unwrap());
    resident.post(&read, &json!({})).await.has_status(StatusCode::NO_CONTENT);
    ward.persona("staff").await.post(&read, &json!({})).await.has_status(StatusCode::NOT_FOUND);
    // The resident sees it and says that they come.
    let mine = resident.get("/api/me/gatherings").await.ok();
    assert_eq!(mine.header(http::header::CACHE_CONTROL), "no-store");
    let first = mine.json()["gatherings"][0].clone();
    assert_eq!(
        (&first["id"], &first["takes_part"], &first["signed_up"]),
        (&json!(id), &json!(true), &json!(false))
    );
    assert_eq!((&first["duty"], &first["present"]), (&json!("overtime"), &Value::Null));
    assert!(first["councils"][0]["name"].as_str().is_some(), "{first}");
    let sign_up = format!("/api/me/gatherings/{id}/sign-up");
    for _ in 0..2 {
        resident.ask(Method::PUT, &sign_up, None).await.has_status(StatusCode::NO_CONTENT);
    }
    assert_eq!(resident.json("/api/me/gatherings").await["gatherings"][0]["signed_up"], true);
    assert_eq!(registrar.json(&format!("/api/gatherings/{id}")).await["signed_up"], 1);
    // At the meeting its code is on the screen; the phone sends it two hours later.
    ward.clock.set("2026-11-20T09:05:00Z".parse().unwrap());
    let sheet = registrar.json(&format!("/api/gatherings/{id}/code")).await;
    let code = sheet["code"].as_str().unwrap().to_owned();
    assert!(sheet["codes"].as_array().unwrap().contains(&json!(code)));
    ward.clock.set("2026-11-20T11:05:00Z".parse().unwrap());
    let check_in = format!("/api/me/gatherings/{id}/check-in");
    let body = json!({ "id": "019a9f6e-0000-7000-8000-000000000001", "code": code, "at": "2026-11-20T18:05:10+09:00" });
    assert_eq!(put(&resident, &check_in, &body).await.ok().json()["status"], "stored");
    assert_eq!(put(&resident, &check_in, &body).await.ok().json()["status"], "duplicate");
    let mut wrong = body.clone();
    (wrong["id"], wrong["at"]) =
        (json!("019a9f6e-0000-7000-8000-000000000002"), json!("2026-11-20T18:30:00+09:00"));
    put(&resident, &check_in, &wrong).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let record = resident.json("/api/me/participation").await;
    let year = &record["years"][0];
    assert_eq!(year["fiscal_year"], 2026);
    assert_eq!(
        year["figures"][0],
        json!({ "kind": "meeting", "duty": "overtime", "times": 1, "minutes": 90 })
    );
    assert_eq!(year["gatherings"][0]["title"], "【見本】定例会");
    // The registrar's figures, by council; and it was held.
    let figures = registrar.json("/api/housing/participation?fiscal_year=2026").await;
    assert_eq!(figures["councils"][0]["council_id"], council);
    assert_eq!(figures["councils"][0]["lines"][0]["minutes"], 90);
    let listed = registrar.json("/api/gatherings?fiscal_year=2026").await["gatherings"][0].clone();
    assert_eq!((&listed["state"], &listed["present"]), (&json!("held"), &json!(1)));
    registrar.get("/api/gatherings?fiscal_year=1").await.has_status(StatusCode::BAD_REQUEST);
    assert!(
        registrar.json("/api/gatherings?fiscal_year=2025").await["gatherings"].as_array().unwrap().is_empty()
    );
    // Whoever lives elsewhere learns nothing of it, and has nothing of the kind.
    let staff = ward.persona("staff").await;
    assert_eq!(staff.json("/api/me/gatherings").await["gatherings"], json!([]));
    assert_eq!(staff.json("/api/me/participation").await["years"], json!([]));
    assert_eq!(staff.json("/api/gatherings").await["gatherings"], json!([]));
    for path in [
        format!("/api/gatherings/{id}"),
        format!("/api/gatherings/{id}/roll"),
        format!("/api/gatherings/{id}/code"),
    ] {
        staff.get(&path).await.has_status(StatusCode::NOT_FOUND);
    }
    staff.ask(Method::PUT, &sign_up, None).await.has_status(StatusCode::NOT_FOUND);
    put(&staff, &check_in, &body).await.has_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_roll_is_called_offline_and_the_later_tap_counts() {
    let ward = Ward::demo().await;
    let (registrar, resident, residency, _) = decided(&ward).await;
    let mut body = meeting(&[]);
    (body["kind"], body["duty"]) = (json!("drill"), json!("official"));
    let id = made(&registrar, &body).await;
    let path = format!("/api/gatherings/{id}");
    let roll = registrar.json(&format!("{path}/roll")).await;
    let people = roll["people"].as_array().unwrap();
    let person = people.iter().find(|one| one["residency_id"] == residency).unwrap();
    assert_eq!((&person["staff_number"], &person["present"]), (&json!("900002"), &Value::Null));
    assert_eq!(person["housing_name"], "【見本】なみの寮");
    // Every council's: also those of whom none was decided.
    assert!(people.len() > 10, "{roll}");
    ward.clock.set("2026-11-20T12:00:00Z".parse().unwrap());
    let mark = |number: u8, present: bool, time: &str| {
        json!({ "id": format!("019a9f6e-0000-7000-8000-0000000000{number:02}"), "residency_id": residency,
            "present": present, "at": format!("2026-11-20T{time}+09:00") })
    };
    let marks = json!({ "marks": [mark(1, false, "18:30:00"), mark(2, true, "18:10:00"), mark(3, true, "12:00:00")] });
    let results = put(&registrar, &format!("{path}/attendance"), &marks).await.ok().json();
    let states: Vec<&Value> =
        results["results"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(states, ["stored", "stored", "refused"], "{results}");
    assert!(results["results"][2]["reason"].as_str().unwrap().contains("時間"));
    // The later tap counts, although it came first.
    assert_eq!(resident.json("/api/me/gatherings").await["gatherings"][0]["present"], false);
    assert_eq!(resident.json("/api/me/participation").await["years"], json!([]));
    let later = json!({ "marks": [mark(4, true, "18:40:00")] });
    put(&registrar, &format!("{path}/attendance"), &later).await.ok();
    assert_eq!(resident.json("/api/me/participation").await["years"][0]["figures"][0]["kind"], "drill");
    let roll = registrar.json(&format!("{path}/roll")).await;
    let person = roll["people"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["residency_id"] == residency)
        .unwrap()
        .clone();
    assert_eq!((&person["present"], &person["by_code"]), (&json!(true), &json!(false)));
    // Who is named calls the roll, and sees names alone. Nobody marks themselves.
    body["roll_caller_numbers"] = json!(["900001", "900002"]);
    let version = registrar.json(&path).await["version"].clone();
    put(&registrar, &path, &body).await.has_status(StatusCode::PRECONDITION_REQUIRED);
    put(&at(&registrar, &version), &path, &body).await.ok();
    put(&at(&registrar, &version), &path, &body).await.has_status(StatusCode::PRECONDITION_FAILED);
    let staff = ward.persona("staff").await;
    assert_eq!(staff.json("/api/gatherings").await["gatherings"][0]["id"], id);
    let mine = staff.json("/api/me/gatherings").await["gatherings"][0].clone();
    assert_eq!((&mine["calls_roll"], &mine["takes_part"]), (&json!(true), &json!(false)));
    let seen = staff.json(&format!("{path}/roll")).await;
    assert_eq!(seen["roll_callers"], json!([]));
    assert!(
        seen["people"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["staff_number"].is_null() && one["unit_name"].is_null())
    );
    let again = json!({ "marks": [mark(5, false, "18:50:00")] });
    put(&staff, &format!("{path}/attendance"), &again).await.ok();
    let own =
        put(&resident, &format!("{path}/attendance"), &json!({ "marks": [mark(6, true, "18:55:00")] })).await;
    assert_eq!(own.ok().json()["results"][0]["status"], "refused");
    let code = json!({ "id": "019a9f6e-0000-7000-8000-000000000099", "code": "000000", "at": "2026-11-20T18:00:00+09:00" });
    put(&resident, &format!("/api/me/gatherings/{id}/check-in"), &code).await.problem(StatusCode::CONFLICT);
    assert_eq!(registrar.json(&format!("{path}/roll")).await["roll_callers"].as_array().unwrap().len(), 2);
    put(&staff, &path, &body).await.has_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_a_gathering_is_refused_with_the_field_and_what_is_cancelled_is_closed() {
    let ward = Ward::demo().await;
    let (registrar, resident, _, council) = decided(&ward).await;
    for (field, value) in [
        ("title", json!(" ")),
        ("place", json!("")),
        ("duration_min", json!(5)),
        ("location", json!([0, 91])),
        ("council_ids", json!(["0000000000000000"])),
        ("roll_caller_numbers", json!(["123"])),
    ] {
        let mut body = meeting(&[&council]);
        body[field] = value;
        let reply = registrar.post("/api/gatherings", &body).await;
        let problem = reply.has_status(StatusCode::UNPROCESSABLE_ENTITY).json();
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let id = made(&registrar, &meeting(&[&council])).await;
    let cancel = format!("/api/gatherings/{id}/cancel");
    registrar.post(&cancel, &json!({ "reason": " " })).await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    let cancelled = registrar.post(&cancel, &json!({ "reason": "大雨のため" })).await.ok().json();
    assert_eq!((&cancelled["state"], &cancelled["reason"]), (&json!("cancelled"), &json!("大雨のため")));
    registrar.post(&cancel, &json!({ "reason": "もう一度" })).await.problem(StatusCode::CONFLICT);
    let sign_up = format!("/api/me/gatherings/{id}/sign-up");
    resident.ask(Method::PUT, &sign_up, None).await.problem(StatusCode::CONFLICT);
    assert_eq!(resident.json("/api/me/gatherings").await["gatherings"][0]["state"], "cancelled");
}

#[tokio::test]
async fn gatherings_are_in_the_calendar_of_those_whose_they_are() {
    let ward = Ward::demo().await;
    let (registrar, resident, _, council) = decided(&ward).await;
    let id = made(&registrar, &meeting(&[&council])).await;
    let link =
        resident.post("/api/me/calendar", &json!({})).await.ok().json()["path"].as_str().unwrap().to_owned();
    let feed = async || ward.caller().get(&link).await.ok().text().replace("\r\n ", "");
    assert!(feed().await.contains(&format!("UID:{id}@machiaruki")));
    assert!(feed().await.contains("SUMMARY:【見本】定例会") && feed().await.contains("STATUS:TENTATIVE"));
    resident
        .ask(Method::PUT, &format!("/api/me/gatherings/{id}/sign-up"), None)
        .await
        .has_status(StatusCode::NO_CONTENT);
    assert!(feed().await.contains("DTSTART;TZID=Asia/Tokyo:20261120T180000"));
    assert!(!feed().await.contains("STATUS:TENTATIVE"), "{}", feed().await);
    registrar.post(&format!("/api/gatherings/{id}/cancel"), &json!({ "reason": "見本" })).await.ok();
    assert!(feed().await.contains("STATUS:CANCELLED"));
    let staff = ward.persona("staff").await;
    let other =
        staff.post("/api/me/calendar", &json!({})).await.ok().json()["path"].as_str().unwrap().to_owned();
    assert!(!ward.caller().get(&other).await.ok().text().contains(&id));
}

#[tokio::test]
async fn handover_notes_reach_who_comes_next_through_the_registrar_alone() {
    let ward = Ward::demo().await;
    let (registrar, resident, residency, _) = decided(&ward).await;
    let before = resident.get("/api/me/handover").await.ok();
    assert_eq!(before.header(http::header::ETAG), "\"0\"");
    assert_eq!((&before.json()["may_write"], &before.json()["note"]), (&json!(true), &Value::Null));
    let note = json!({ "next": "unit", "text": "分電盤は玄関の右です。" });
    put(&resident, "/api/me/handover", &note).await.has_status(StatusCode::PRECONDITION_REQUIRED);
    let blank = json!({ "next": "unit", "text": " " });
    put(&at(&resident, &json!(0)), "/api/me/handover", &blank)
        .await
        .has_status(StatusCode::UNPROCESSABLE_ENTITY);
    let written = put(&at(&resident, &json!(0)), "/api/me/handover", &note).await.ok();
    assert_eq!(
        (written.json()["note"]["state"].clone(), written.header(http::header::ETAG)),
        (json!("written"), "\"1\"".into())
    );
    let listed = registrar.json("/api/housing/handovers").await["handovers"][0].clone();
    assert_eq!((&listed["text"], &listed["staff_number"]), (&note["text"], &json!("900002")));
    let path = format!("/api/housing/handovers/{}", listed["id"].as_str().unwrap());
    let back = json!({ "remark": "写真の場所も書いてください" });
    registrar.post(&format!("{path}/return"), &back).await.has_status(StatusCode::PRECONDITION_REQUIRED);
    at(&registrar, &json!(1)).post(&format!("{path}/return"), &back).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(resident.json("/api/me/handover").await["note"]["remark"], back["remark"]);
    put(&at(&resident, &json!(2)), "/api/me/handover", &note).await.ok();
    at(&registrar, &json!(2))
        .post(&format!("{path}/release"), &json!({}))
        .await
        .has_status(StatusCode::PRECONDITION_FAILED);
    at(&registrar, &json!(3))
        .post(&format!("{path}/release"), &json!({}))
        .await
        .has_status(StatusCode::NO_CONTENT);
    put(&at(&resident, &json!(4)), "/api/me/handover", &note).await.problem(StatusCode::CONFLICT);
    // The resident moves out, and somebody else moves in.
    let homes = registrar.json("/api/housing").await;
    let mut home = Value::Null;
    for housing in homes["housing"].as_array().unwrap() {
        let one = registrar.json(&format!("/api/housing/{}", housing["id"].as_str().unwrap())).await;
        for unit in one["units"].as_array().unwrap() {
            let found = unit["residencies"].as_array().unwrap().iter().find(|one| one["id"] == residency);
            if let Some(found) = found {
                home = json!({ "unit": unit["id"], "residency": found });
            }
        }
    }
    let out = json!({ "from": home["residency"]["from"], "until": "2026-11-19" });
    let path = format!("/api/housing/residencies/{residency}");
    put(&at(&registrar, &home["residency"]["version"]), &path, &out).await.has_status(StatusCode::NO_CONTENT);
    let staff = ward.persona("staff").await;
    assert_eq!(
        staff.json("/api/me/handover").await,
        json!({ "may_write": false, "note": null, "received": [] })
    );
    put(&at(&staff, &json!(0)), "/api/me/handover", &note).await.problem(StatusCode::CONFLICT);
    let into = json!({ "unit_id": home["unit"], "staff_number": "900001", "from": "2026-11-20" });
    registrar.post("/api/housing/residencies", &into).await.has_status(StatusCode::CREATED);
    let received = staff.json("/api/me/handover").await["received"].clone();
    assert_eq!(received[0]["text"], note["text"]);
    assert!(!received.to_string().contains("見本 "), "whoever wrote it is named: {received}");
}

#[tokio::test]
async fn the_log_knows_residents_by_pseudonyms_and_nothing_of_what_they_do_themselves() {
    let ward = Ward::demo().await;
    let (registrar, resident, _, council) = decided(&ward).await;
    let id = made(&registrar, &meeting(&[&council])).await;
    let before = ward.persona("hr").await.json("/api/audit").await["entries"].as_array().unwrap().len();
    resident
        .ask(Method::PUT, &format!("/api/me/gatherings/{id}/sign-up"), None)
        .await
        .has_status(StatusCode::NO_CONTENT);
    let note = json!({ "next": "council", "text": "見本" });
    put(&at(&resident, &json!(0)), "/api/me/handover", &note).await.ok();
    let entries = ward.persona("hr").await.json("/api/audit").await["entries"].clone();
    let named = |one: &&Value| one["action"].as_str().unwrap().contains("gathering");
    assert_eq!(entries.as_array().unwrap().iter().filter(named).count(), 1, "{before}: {entries}");
    registrar.json(&format!("/api/gatherings/{id}/roll")).await;
    registrar.json("/api/housing/handovers").await;
    let views = resident.json("/api/me/views").await;
    let actions: Vec<&Value> =
        views["views"].as_array().unwrap().iter().map(|view| &view["action"]).collect();
    for action in ["read_gathering_attendance", "read_handovers"] {
        assert!(actions.contains(&&json!(action)), "{views}");
    }
    let log = ward.persona("hr").await.json("/api/audit?subject=900002").await;
    let actions: Vec<&Value> =
        log["entries"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert!(!actions.iter().any(|action| action.as_str().unwrap().contains("gathering")), "{log}");
}

#[tokio::test]
async fn without_keys_there_are_no_gatherings_and_nothing_else_is_missing() {
    let mut ward = Ward::demo().await;
    ward.app.register_keys = None;
    let registrar = ward.persona("registrar").await;
    for path in ["/api/gatherings", "/api/housing/participation", "/api/housing/handovers"] {
        registrar.get(path).await.has_status(StatusCode::SERVICE_UNAVAILABLE);
    }
    let resident = ward.persona("resident").await;
    assert_eq!(resident.json("/api/me/gatherings").await["gatherings"], json!([]));
    assert_eq!(resident.json("/api/me/participation").await["years"], json!([]));
    assert_eq!(resident.json("/api/me/handover").await["may_write"], false);
    resident.post("/api/me/calendar", &json!({})).await.ok();
}
