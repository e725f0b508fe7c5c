//! `/api/activations` and `/api/me/activation`: declared, told, answered in any order, followed live, ended, looked at afterwards.

use std::time::{Duration, Instant};

use axum::body::Body;
use http::{Method, StatusCode, header};
use http_body_util::BodyExt as _;
use jiff::SignedDuration;
use machiaruki::clock::{Clock as _, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Caller, Ward};

/// What a page that waits for news may wait.
const UP_TO_DATE: Duration = Duration::from_secs(2);

fn uuid() -> String {
    machiaruki::app::system_random().id().to_string()
}

/// The id of a tap.
fn tap_id(at: Timestamp) -> String {
    machiaruki::app::system_random().id_at(at).to_string()
}

fn declaration(id: &str, kind: &str) -> Value {
    json!({ "id": id, "kind": kind, "title": "【見本】震度6弱の地震", "message": "参集先に向かってください。",
        "title_en": "[Sample] Earthquake" })
}

async fn declare(registrar: &Caller, kind: &str) -> String {
    let id = uuid();
    let declared = registrar.post("/api/activations", &declaration(&id, kind)).await;
    declared.has_status(StatusCode::CREATED);
    id
}

/// What a phone sends.
fn answers(sent_at: Timestamp, items: &[Value]) -> Value {
    json!({ "sent_at": sent_at.to_string(), "answers": items })
}

fn item(activation: &str, answer: &str, at: Timestamp) -> Value {
    json!({ "id": tap_id(at), "activation_id": activation, "answer": answer, "answered_at": at.to_string() })
}

async fn send(resident: &Caller, body: &Value) -> Vec<Value> {
    let sent = resident.post("/api/me/activation/answers", body).await.ok();
    assert_eq!(sent.header(header::CACHE_CONTROL), "no-store");
    sent.json()["results"].as_array().unwrap().clone()
}

async fn detail(registrar: &Caller, id: &str) -> Value {
    registrar.json(&format!("/api/activations/{id}")).await
}

fn row<'a>(of: &'a Value, number: &str) -> &'a Value {
    let rows = of["roll"].as_array().or_else(|| of["rows"].as_array()).unwrap();
    rows.iter().find(|row| row["staff_number"] == number).unwrap_or_else(|| panic!("{number}: {of}"))
}

/// A stream as it is read.
struct Events {
    body: Body,
    text: String,
}

impl Events {
    async fn open(registrar: &Caller, id: &str, query: &str, headers: &[(&str, &str)]) -> Self {
        let path = format!("/api/activations/{id}/events{query}");
        let (status, body) = registrar.open(&path, headers).await;
        assert_eq!(status, StatusCode::OK);
        Self { body, text: String::new() }
    }

    /// The next event: its name and data. None where the stream ends; comments are left out.
    async fn next(&mut self, within: Duration) -> Option<(String, Value)> {
        let by = tokio::time::Instant::now() + within;
        loop {
            while let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                let field = |name: &str| {
                    event.lines().find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()))
                };
                if let (Some(name), Some(data)) = (field("event:"), field("data:")) {
                    return Some((name, serde_json::from_str(&data).unwrap()));
                }
            }
            let frame = tokio::time::timeout_at(by, self.body.frame()).await;
            let frame = frame.unwrap_or_else(|_| panic!("nothing came in time"))?;
            self.text.push_str(std::str::from_utf8(&frame.unwrap().into_data().unwrap()).unwrap());
        }
    }

    /// Reads on until a resident has answered so.
    async fn until(&mut self, number: &str, answer: &str) -> Value {
        let began = Instant::now();
        loop {
            let (name, data) = self.next(UP_TO_DATE.saturating_sub(began.elapsed())).await.unwrap();
            assert_eq!(name, "roll");
            let found = data["rows"].as_array().unwrap().iter().find(|row| row["staff_number"] == number);
            if found.is_some_and(|row| row["answer"] == answer) {
                return data;
            }
        }
    }
}

#[tokio::test]
async fn a_drill_is_declared_told_answered_followed_ended_and_looked_at() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let now = ward.clock.now();
    assert_eq!(resident.json("/api/me/activation").await, json!({ "activation": null }));
    let id = declare(&registrar, "drill").await;
    // Told, marked as a drill, at the top of every page with where they gather.
    let notices = resident.json("/api/me/notices").await;
    let told = &notices["notices"][0];
    assert_eq!((&told["kind"], &told["urgent"]), (&json!("activation_drill"), &json!(true)));
    assert_eq!(told["title"], "【訓練】【見本】震度6弱の地震");
    assert_eq!(resident.json("/api/me/notices/unread").await["unread"], 1);
    let path = format!("/api/me/notices/{}/read", told["id"].as_str().unwrap());
    resident.ask(Method::POST, &path, None).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(resident.json("/api/me/notices/unread").await["unread"], 0);
    let mine = resident.json("/api/me/activation").await["activation"].clone();
    assert_eq!((&mine["id"], &mine["kind"], &mine["ended_at"]), (&json!(id), &json!("drill"), &Value::Null));
    assert_eq!(mine["answer"], Value::Null);
    let english = resident.clone().with_header("accept-language", "en").json("/api/me/activation").await;
    assert_eq!(english["activation"]["title"], "[Sample] Earthquake");
    assert_eq!(english["activation"]["message"], "参集先に向かってください。");
    // The roll: everybody who lives there today, and how telling them went.
    let opened = detail(&registrar, &id).await;
    assert_eq!((&opened["residents"], &opened["answered"]), (&json!(17), &json!(0)));
    assert_eq!(opened["roll"].as_array().unwrap().len(), 17);
    let own = row(&opened, "900002");
    assert_eq!((&own["housing_name"], &own["told"]["app"]), (&json!("【見本】なみの寮"), &json!("sent")));
    assert!(own["told"]["mail"].is_string() && own["department"].is_string(), "{own}");
    // Followed live.
    let after = format!("?after={}", opened["sequence"]);
    let mut page = Events::open(&registrar, &id, &after, &[]).await;
    let tapped = item(&id, "on_the_way", now);
    let sent = send(&resident, &answers(now, std::slice::from_ref(&tapped))).await;
    assert_eq!(sent[0], json!({ "id": tapped["id"], "status": "stored" }));
    let news = page.until("900002", "on_the_way").await;
    assert_eq!((&news["answered"], &news["counts"]["on_the_way"]), (&json!(1), &json!(1)));
    assert_eq!(news["rows"].as_array().unwrap().len(), 1, "only what has changed is sent");
    assert_eq!(row(&news, "900002")["by"], "resident");
    assert_eq!(resident.json("/api/me/activation").await["activation"]["answer"]["answer"], "on_the_way");
    // By phone, of somebody else.
    let other = row(&opened, "900021")["residency_id"].clone();
    let phoned =
        json!({ "id": uuid(), "residency_id": other, "answer": "unable", "note": "【見本】電話で確認" });
    let path = format!("/api/activations/{id}/answers");
    registrar.post(&path, &phoned).await.has_status(StatusCode::NO_CONTENT);
    registrar.post(&path, &phoned).await.has_status(StatusCode::NO_CONTENT);
    let mut others = phoned.clone();
    others["answer"] = json!("safe");
    registrar.post(&path, &others).await.has_status(StatusCode::CONFLICT);
    let news = page.until("900021", "unable").await;
    assert_eq!(row(&news, "900021")["by"], "registrar");
    assert_eq!(row(&news, "900021")["note"], "【見本】電話で確認");
    assert_eq!(news["answered"], 2);
    // Ended: the stream says so and ends.
    ward.clock.set(now + SignedDuration::from_mins(10));
    let end = format!("/api/activations/{id}/end");
    registrar.post(&end, &json!({})).await.has_status(StatusCode::NO_CONTENT);
    registrar.post(&end, &json!({})).await.has_status(StatusCode::NO_CONTENT);
    while let Some((name, _)) = page.next(UP_TO_DATE).await {
        assert!(name == "roll" || name == "ended", "{name}");
    }
    assert_eq!(resident.json("/api/me/activation").await, json!({ "activation": null }));
    // What was tapped before is taken late, what was tapped after is refused and said so.
    let (early, late) = (now + SignedDuration::from_mins(9), now + SignedDuration::from_mins(11));
    ward.clock.set(now + SignedDuration::from_hours(3));
    let sent = answers(ward.clock.now(), &[item(&id, "arrived", early), item(&id, "safe", late), tapped]);
    let results = send(&resident, &sent).await;
    let said: Vec<&Value> = results.iter().map(|one| &one["status"]).collect();
    assert_eq!(said, ["stored", "refused", "known"]);
    assert_eq!(results[1]["reason"]["code"], "ended");
    assert!(results[1]["reason"]["message"].as_str().unwrap().contains("終わって"));
    let phoned = json!({ "id": uuid(), "residency_id": other, "answer": "safe" });
    registrar.post(&path, &phoned).await.has_status(StatusCode::CONFLICT);
    // Looked at afterwards.
    let review = registrar.json(&format!("/api/activations/{id}/review")).await;
    assert_eq!(review["activation"]["counts"]["arrived"], 1);
    assert_eq!(review["silent"].as_array().unwrap().len(), 15);
    assert_eq!(review["minutes_to"]["last"], 0);
    let what: Vec<&str> =
        review["timeline"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["declared", "told", "answer", "answer", "answer", "ended"]);
    let answered = detail(&registrar, &id).await;
    let history: Vec<&Value> =
        row(&answered, "900002")["history"].as_array().unwrap().iter().map(|one| &one["answer"]).collect();
    assert_eq!(history, ["on_the_way", "arrived"]);
    let list = registrar.json("/api/activations").await;
    assert_eq!(list["activations"][0]["id"], id);
    assert_eq!(list["activations"][0]["answered"], 2);
    // A file, marked throughout.
    let file = registrar.get(&format!("/api/activations/{id}/export?format=csv")).await.ok();
    assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
    assert!(file.header(header::CONTENT_DISPOSITION).contains("drill-roll-call-2026-11-20.csv"));
    let text = file.text();
    assert!(text.starts_with('\u{feff}'), "{text}");
    assert_eq!(text.matches("【訓練】").count(), 17);
    let line = text.lines().find(|line| line.contains("900002")).unwrap();
    assert!(line.contains("訓練,") && line.contains("参集済"), "{line}");
    registrar.get(&format!("/api/activations/{id}/export")).await.ok();
    let bad = registrar.get(&format!("/api/activations/{id}/export?format=doc")).await;
    assert_eq!(bad.impossible_fields(), ["format"]);
}

#[tokio::test]
async fn the_latest_tap_counts_in_whichever_order_they_arrive() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let id = declare(&registrar, "real").await;
    let start = ward.clock.now();
    let at = |minutes: i64| start + SignedDuration::from_mins(minutes);
    let taps = [item(&id, "safe", at(1)), item(&id, "on_the_way", at(5)), item(&id, "arrived", at(30))];
    ward.clock.set(at(60));
    for order in [[2, 0, 1], [1, 2, 0]] {
        for index in order {
            send(&resident, &answers(at(60), std::slice::from_ref(&taps[index]))).await;
        }
    }
    let opened = detail(&registrar, &id).await;
    let own = row(&opened, "900002");
    assert_eq!((&own["answer"], own["history"].as_array().unwrap().len()), (&json!("arrived"), 3));
    // The registrar's word counts if it is later, and does not if it is earlier.
    let path = format!("/api/activations/{id}/answers");
    for (minutes, counts) in [(10, "arrived"), (40, "unable")] {
        let phoned = json!({ "id": uuid(), "residency_id": own["residency_id"], "answer": "unable",
            "answered_at": at(minutes).to_string() });
        registrar.post(&path, &phoned).await.has_status(StatusCode::NO_CONTENT);
        assert_eq!(row(&detail(&registrar, &id).await, "900002")["answer"], counts);
    }
    // An id names one answer.
    let mut other = taps[0].clone();
    other["answer"] = json!("unable");
    let results = send(&resident, &answers(at(60), &[other])).await;
    assert_eq!(
        (&results[0]["status"], &results[0]["reason"]["code"]),
        (&json!("refused"), &json!("conflict"))
    );
    // The future is nobody's to enter.
    let phoned = json!({ "id": uuid(), "residency_id": own["residency_id"], "answer": "safe",
        "answered_at": at(90).to_string() });
    assert_eq!(registrar.post(&path, &phoned).await.impossible_fields(), ["answered_at"]);
}

#[tokio::test]
async fn a_phone_whose_clock_is_wrong_loses_nobody() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let id = declare(&registrar, "real").await;
    let now = ward.clock.now();
    // Two hours ahead, and says so as it sends.
    let ahead = now + SignedDuration::from_hours(2);
    let results = send(&resident, &answers(ahead, &[item(&id, "safe", ahead)])).await;
    assert_eq!(results[0]["status"], "stored");
    assert_eq!(row(&detail(&registrar, &id).await, "900002")["answered_at"], now.to_string());
    // So a later answer by phone counts.
    ward.clock.set(now + SignedDuration::from_mins(5));
    let residency = row(&detail(&registrar, &id).await, "900002")["residency_id"].clone();
    let phoned = json!({ "id": uuid(), "residency_id": residency, "answer": "arrived" });
    let path = format!("/api/activations/{id}/answers");
    registrar.post(&path, &phoned).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(row(&detail(&registrar, &id).await, "900002")["answer"], "arrived");
    // Ahead, and does not say by how much: it was tapped when it came.
    let body = json!({ "answers": [item(&id, "unable", ahead)] });
    ward.clock.set(now + SignedDuration::from_mins(6));
    assert_eq!(send(&resident, &body).await[0]["status"], "stored");
    let opened = detail(&registrar, &id).await;
    assert_eq!(row(&opened, "900002")["answer"], "unable");
    assert_eq!(row(&opened, "900002")["answered_at"], ward.clock.now().to_string());
}

#[tokio::test]
async fn sent_again_it_is_declared_once_and_of_two_at_once_one_is() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let (one, other) = (declaration(&uuid(), "drill"), declaration(&uuid(), "real"));
    let (first, second) =
        tokio::join!(registrar.post("/api/activations", &one), registrar.post("/api/activations", &other));
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::CREATED, StatusCode::CONFLICT]);
    let declared = if first.status == StatusCode::CREATED { one } else { other };
    let again = registrar.post("/api/activations", &declared).await.ok().json();
    assert_eq!((&again["id"], &again["residents"]), (&declared["id"], &json!(17)));
    let mut changed = declared.clone();
    changed["title"] = json!("【見本】別の件名");
    registrar.post("/api/activations", &changed).await.has_status(StatusCode::CONFLICT);
    // Nobody was told twice.
    let notices = ward.persona("resident").await.json("/api/me/notices").await;
    assert_eq!(notices["notices"].as_array().unwrap().len(), 1);
    let path = format!("/api/activations/{}/end", declared["id"].as_str().unwrap());
    registrar.post(&path, &json!({})).await.has_status(StatusCode::NO_CONTENT);
    declare(&registrar, "real").await;
    let mut blank = declaration(&uuid(), "drill");
    blank["message"] = json!(" ");
    assert_eq!(registrar.post("/api/activations", &blank).await.impossible_fields(), ["message"]);
}

#[tokio::test]
async fn whoever_does_not_live_there_learns_nothing_and_can_answer_nothing() {
    let ward = Ward::demo().await;
    let (registrar, staff) = (ward.persona("registrar").await, ward.persona("staff").await);
    let id = declare(&registrar, "drill").await;
    assert_eq!(staff.json("/api/me/activation").await, json!({ "activation": null }));
    assert_eq!(staff.json("/api/me/notices/unread").await["unread"], 0);
    let now = ward.clock.now();
    for activation in [&id, "019a9f6e-0000-7000-8000-000000000000"] {
        let results = send(&staff, &answers(now, &[item(activation, "safe", now)])).await;
        assert_eq!(results[0]["reason"]["code"], "unknown_activation");
    }
    assert_eq!(detail(&registrar, &id).await["answered"], 0);
    for persona in ["staff", "resident", "hr", "admin", "manager", "trainer", "editor"] {
        let caller = ward.persona(persona).await;
        for path in ["", "/events", "/review", "/export"] {
            let path = format!("/api/activations/{id}{path}");
            caller.get(&path).await.has_status(StatusCode::NOT_FOUND);
        }
        caller
            .post("/api/activations", &declaration(&uuid(), "drill"))
            .await
            .has_status(StatusCode::NOT_FOUND);
        let end = format!("/api/activations/{id}/end");
        caller.post(&end, &json!({})).await.has_status(StatusCode::NOT_FOUND);
    }
    // Batches are of an answer each, and not too many.
    let resident = ward.persona("resident").await;
    let path = "/api/me/activation/answers";
    resident.post(path, &json!({})).await.has_status(StatusCode::BAD_REQUEST);
    let many: Vec<Value> = (0..101).map(|_| item(&id, "safe", now)).collect();
    assert_eq!(resident.post(path, &answers(now, &many)).await.impossible_fields(), ["answers"]);
    let results = send(&resident, &json!({ "answers": [{ "id": "x" }, item(&id, "safe", now)] })).await;
    assert_eq!(
        (&results[0]["reason"]["code"], &results[1]["status"]),
        (&json!("malformed"), &json!("stored"))
    );
}

#[tokio::test]
async fn where_somebody_gathers_is_said_and_seen_at_once() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let tasks = registrar.json("/api/housing/tasks").await;
    let waits =
        tasks["tasks"].as_array().unwrap().iter().find(|one| one["staff_number"] == "900002").unwrap();
    let (residency, council) = (&waits["residency_id"], &waits["suggestion"]["council_id"]);
    let decision = json!({ "residency_id": residency, "council_id": council, "decisions": 0 });
    registrar.post("/api/housing/assignments", &json!({ "decisions": [decision] })).await.ok();
    let id = declare(&registrar, "drill").await;
    let mine = resident.json("/api/me/activation").await["activation"].clone();
    assert_eq!(mine["muster"]["is_council"], true);
    assert!(mine["muster"]["location"].is_array() && mine["council_name"].is_string(), "{mine}");
    let mut page = Events::open(&registrar, &id, "?after=0", &[]).await;
    let path = format!("/api/housing/residencies/{}/muster", residency.as_str().unwrap());
    let place = json!({ "muster": { "name": "【見本】本庁舎 3階", "location": [139.75, 35.66] } });
    registrar.ask(Method::PUT, &path, Some(&place)).await.has_status(StatusCode::NO_CONTENT);
    let mine = resident.json("/api/me/activation").await["activation"]["muster"].clone();
    assert_eq!(
        mine,
        json!({ "name": "【見本】本庁舎 3階", "location": [139.75, 35.66], "is_council": false })
    );
    let (_, news) = page.next(UP_TO_DATE).await.unwrap();
    assert_eq!(row(&news, "900002")["muster"]["name"], "【見本】本庁舎 3階");
    assert_eq!(resident.json("/api/me/council").await["muster"]["name"], "【見本】本庁舎 3階");
    // A change of the residency leaves it.
    let list = registrar.json("/api/housing").await;
    let housing =
        list["housing"].as_array().unwrap().iter().find(|one| one["name"] == "【見本】なみの寮").unwrap();
    let building = registrar.json(&format!("/api/housing/{}", housing["id"].as_str().unwrap())).await;
    let lives = building["units"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|unit| unit["residencies"].as_array().unwrap())
        .find(|one| one["id"] == *residency)
        .unwrap();
    assert_eq!(lives["muster"], place["muster"]);
    let change = registrar.clone().with_header("if-match", &format!("\"{}\"", lives["version"]));
    let of = format!("/api/housing/residencies/{}", residency.as_str().unwrap());
    let body = json!({ "from": lives["from"], "note": "見本" });
    change.ask(Method::PUT, &of, Some(&body)).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(resident.json("/api/me/council").await["muster"]["name"], "【見本】本庁舎 3階");
    // Back to the council.
    registrar
        .ask(Method::PUT, &path, Some(&json!({ "muster": null })))
        .await
        .has_status(StatusCode::NO_CONTENT);
    assert_eq!(resident.json("/api/me/activation").await["activation"]["muster"]["is_council"], true);
    let nowhere = json!({ "muster": { "name": "見本", "location": [0, 91] } });
    let nowhere = registrar.ask(Method::PUT, &path, Some(&nowhere)).await;
    assert_eq!(nowhere.impossible_fields(), ["muster.location"]);
    let other = format!("/api/housing/residencies/{}/muster", Uuid::nil());
    registrar.ask(Method::PUT, &other, Some(&place)).await.has_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_open_page_is_told_and_whoever_comes_back_gets_what_they_missed() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let id = declare(&registrar, "real").await;
    let now = ward.clock.now();
    let mut pages = Vec::new();
    for _ in 0..3 {
        pages.push(Events::open(&registrar, &id, "?after=0", &[]).await);
    }
    send(&resident, &answers(now, &[item(&id, "safe", now)])).await;
    let mut last = Value::Null;
    for page in &mut pages {
        last = page.until("900002", "safe").await["sequence"].clone();
    }
    drop(pages);
    // Meanwhile somebody answers.
    let other = row(&detail(&registrar, &id).await, "900021")["residency_id"].clone();
    let phoned = json!({ "id": uuid(), "residency_id": other, "answer": "arrived" });
    registrar
        .post(&format!("/api/activations/{id}/answers"), &phoned)
        .await
        .has_status(StatusCode::NO_CONTENT);
    let mut back = Events::open(&registrar, &id, "?after=0", &[("last-event-id", &last.to_string())]).await;
    let (_, missed) = back.next(UP_TO_DATE).await.unwrap();
    assert_eq!(missed["rows"].as_array().unwrap().len(), 1);
    assert_eq!(row(&missed, "900021")["answer"], "arrived");
    // Whoever knows of nothing is told all.
    let mut fresh = Events::open(&registrar, &id, "", &[]).await;
    let (_, all) = fresh.next(UP_TO_DATE).await.unwrap();
    assert_eq!(all["rows"].as_array().unwrap().len(), 17);
}

#[tokio::test]
async fn a_stream_ends_soon_after_its_reader_signs_out() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let id = declare(&registrar, "drill").await;
    let sequence = detail(&registrar, &id).await["sequence"].clone();
    let mut page = Events::open(&registrar, &id, &format!("?after={sequence}"), &[]).await;
    registrar.post("/api/sign-out", &json!({})).await;
    let began = Instant::now();
    while page.next(Duration::from_secs(20)).await.is_some() {}
    assert!(began.elapsed() < Duration::from_secs(17), "{:?}", began.elapsed());
}

#[tokio::test]
async fn who_looked_and_what_was_entered_is_in_the_log_and_residents_see_it() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let id = declare(&registrar, "drill").await;
    let opened = detail(&registrar, &id).await;
    let residency = &row(&opened, "900002")["residency_id"];
    let phoned = json!({ "id": uuid(), "residency_id": residency, "answer": "safe" });
    registrar
        .post(&format!("/api/activations/{id}/answers"), &phoned)
        .await
        .has_status(StatusCode::NO_CONTENT);
    let views = resident.json("/api/me/views").await;
    let actions: Vec<&str> =
        views["views"].as_array().unwrap().iter().map(|view| view["action"].as_str().unwrap()).collect();
    assert!(actions.contains(&"read_roll_call") || actions.contains(&"enter_answer"), "{views}");
    // The log does not say of whom.
    let log = ward.persona("hr").await.json("/api/audit?subject=900002").await.to_string();
    assert!(!log.contains("roll_call") && !log.contains("activation"), "{log}");
    // Nor does the database: neither notices nor answers name anybody.
    let files = ward.files();
    let stored = |text: &str| files.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(stored("activation_drill") && !stored("on_the_way\",\"answered_at"));
}

#[tokio::test]
async fn without_keys_nobody_is_called_and_every_page_goes_on() {
    let mut ward = Ward::demo().await;
    ward.app.register_keys = None;
    let registrar = ward.persona("registrar").await;
    registrar.get("/api/activations").await.has_status(StatusCode::SERVICE_UNAVAILABLE);
    let body = declaration(&uuid(), "drill");
    registrar.post("/api/activations", &body).await.has_status(StatusCode::SERVICE_UNAVAILABLE);
    let resident = ward.persona("resident").await;
    assert_eq!(resident.json("/api/me/activation").await, json!({ "activation": null }));
    resident.get("/api/me/notices").await.ok();
}

#[tokio::test]
async fn the_demo_has_held_a_drill() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let list = registrar.json("/api/activations").await;
    let drill = &list["activations"][0];
    assert_eq!((&drill["kind"], &drill["residents"]), (&json!("drill"), &json!(17)));
    assert!(drill["title"].as_str().unwrap().contains("見本") && drill["ended_at"].is_string(), "{drill}");
    assert!(drill["counts"]["arrived"].as_u64() > Some(5), "{drill}");
    let mut stream = Events::open(&registrar, drill["id"].as_str().unwrap(), "", &[]).await;
    assert_eq!(stream.next(UP_TO_DATE).await.unwrap().0, "roll");
    assert_eq!(stream.next(UP_TO_DATE).await.unwrap().0, "ended");
    assert!(stream.next(UP_TO_DATE).await.is_none());
}
