//! `/api/outings`, hosts' links, calendars and notices.

use http::{Method, StatusCode};
use machiaruki::audit::{Search, search};
use serde_json::{Value, json};

use crate::support::{Caller, Reply, Ward};

async fn document(caller: &Caller) -> Value {
    let route = caller.json("/api/routes").await["routes"][0].clone();
    json!({
        "route_version_id": route["route_version_id"], "starts_at": "2026-12-01T10:00:00+09:00", "duration_min": 120,
        "meeting_point": "区役所1階ロビー", "capacity": 1, "hosts": [{ "kind": "organisation", "name": "見本町会" }],
    })
}

async fn made(trainer: &Caller) -> (String, Reply) {
    let body = document(trainer).await;
    let made = trainer.post("/api/outings", &body).await.has_status(StatusCode::CREATED);
    (made.header("location"), made)
}

async fn put(caller: &Caller, path: &str, body: &Value) -> Reply {
    caller.ask(Method::PUT, path, Some(body)).await
}

#[tokio::test]
async fn an_outing_is_made_found_joined_and_cancelled() {
    let ward = Ward::demo().await;
    let (trainer, staff) = (ward.persona("trainer").await, ward.persona("staff").await);
    let resident = ward.persona("resident").await;
    let (path, reply) = made(&trainer).await;
    assert_eq!(reply.json()["is_trainer"], true);
    let listed = staff.json("/api/outings").await;
    assert_eq!(listed["outings"].as_array().unwrap().len(), 1);
    assert_eq!(listed["outings"][0]["hosts"][0]["name"], "見本町会");
    assert!(staff.json("/api/outings?from=2026-12-02").await["outings"].as_array().unwrap().is_empty());
    assert_eq!(staff.get("/api/outings?from=never").await.impossible_fields(), ["from"]);
    // One place: the second one waits.
    let sign_up = format!("{path}/sign-up");
    assert_eq!(staff.ask(Method::PUT, &sign_up, None).await.ok().json()["state"], "confirmed");
    let waits = resident.ask(Method::PUT, &sign_up, None).await.ok().json();
    assert_eq!(waits, json!({ "state": "waiting", "waiting_place": 1 }));
    let seen = resident.json(&path).await;
    assert_eq!((&seen["confirmed"], &seen["waiting"], &seen["mine"]), (&json!(1), &json!(1), &waits));
    staff.ask(Method::DELETE, &sign_up, None).await.has_status(StatusCode::NO_CONTENT);
    let told = resident.json("/api/me/notices").await;
    assert_eq!((&told["unread"], &told["notices"][0]["kind"]), (&json!(1), &json!("outing_promoted")));
    assert!(told["notices"][0]["text"].as_str().unwrap().contains("2026年12月1日(火) 10:00"), "{told}");
    let english = resident.clone().with_header("accept-language", "en").json("/api/me/notices").await;
    assert!(english["notices"][0]["text"].as_str().unwrap().contains("Tue 1 Dec 2026, 10:00"), "{english}");
    // Only its reader reads a notice, and it stays read.
    let read = format!("/api/me/notices/{}/read", told["notices"][0]["id"].as_str().unwrap());
    staff.ask(Method::POST, &read, None).await.problem(StatusCode::NOT_FOUND);
    resident.ask(Method::POST, &read, None).await.has_status(StatusCode::NO_CONTENT);
    let unread = async || resident.json("/api/me/notices/unread").await["unread"].as_i64().unwrap();
    assert_eq!((&resident.json("/api/me/notices").await["unread"], unread().await), (&json!(0), 0));
    assert_eq!(resident.json("/api/me/notices?unread=true").await["notices"], json!([]));
    // It can be taken back, by its reader alone.
    staff.ask(Method::DELETE, &read, None).await.problem(StatusCode::NOT_FOUND);
    resident.ask(Method::DELETE, &read, None).await.has_status(StatusCode::NO_CONTENT);
    let again = resident.json("/api/me/notices?unread=true").await;
    assert_eq!((&again["unread"], &again["notices"][0]["read_at"]), (&json!(1), &Value::Null));
    // All that was seen is read at once; what came later is not.
    let seen = |as_of: &Value| json!({ "as_of": as_of });
    let early = resident.post("/api/me/notices/read", &seen(&json!("2026-01-01T00:00:00Z"))).await;
    assert_eq!(early.ok().json()["unread"], 1);
    let never = resident.post("/api/me/notices/read", &seen(&json!("soon"))).await;
    assert_eq!(never.impossible_fields(), ["as_of"]);
    let read_all = resident.post("/api/me/notices/read", &seen(&again["as_of"])).await.ok().json();
    assert_eq!((&read_all["unread"], unread().await), (&json!(0), 0));
    // Changes name what was seen.
    let mut body = document(&trainer).await;
    body["meeting_point"] = json!("駅前");
    put(&trainer, &path, &body).await.problem(StatusCode::PRECONDITION_REQUIRED);
    let send = async |tag: &str| {
        let bytes = body.to_string().into_bytes();
        trainer.send(Method::PUT, &path, Some("application/json"), &[("if-match", tag)], bytes).await
    };
    send("\"9\"").await.problem(StatusCode::PRECONDITION_FAILED);
    assert_eq!(send(&reply.header("etag")).await.ok().header("etag"), "\"2\"");
    // A trainer of another department, and everybody else, finds nothing to change.
    let reviewer = ward.persona("reviewer").await;
    let why = json!({ "reason": "大雨のため" });
    reviewer.post(&format!("{path}/cancel"), &why).await.problem(StatusCode::NOT_FOUND);
    staff.post(&format!("{path}/cancel"), &why).await.problem(StatusCode::NOT_FOUND);
    assert_eq!(
        trainer.post(&format!("{path}/cancel"), &json!({ "reason": "" })).await.impossible_fields(),
        ["reason"]
    );
    assert_eq!(trainer.post(&format!("{path}/cancel"), &why).await.ok().json()["state"], "cancelled");
    let told = resident.json("/api/me/notices").await;
    let mut kinds: Vec<&str> =
        told["notices"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    // All at one moment.
    kinds.sort_unstable();
    assert_eq!(kinds, ["outing_cancelled", "outing_changed", "outing_promoted"]);
    assert!(resident.json("/api/me/notices?limit=1").await["next"].is_string());
    // Administrators see counts alone. The training may have told managers something meanwhile.
    let counts = ward.persona("admin").await.json("/api/notices/deliveries").await;
    let of_the_app = |one: &&Value| (&one["channel"], &one["state"]) == (&json!("app"), &json!("sent"));
    let app = counts["counts"].as_array().unwrap().iter().find(of_the_app);
    assert!(app.is_some_and(|one| one["count"].as_u64() >= Some(3)), "{counts}");
    assert!(counts["counts"].as_array().unwrap().iter().all(|one| one.as_object().unwrap().len() == 3));
    staff.ask(Method::PUT, &sign_up, None).await.problem(StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_cannot_be_is_named_field_by_field() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    for (field, value) in [
        ("capacity", json!(0)),
        ("duration_min", json!(3)),
        ("meeting_point", json!("")),
        ("starts_at", json!("2026-11-01T10:00:00+09:00")),
        ("route_version_id", json!("019a9f6e-0000-7000-8000-000000000000")),
        ("trainer_numbers", json!(["000000"])),
    ] {
        let mut body = document(&trainer).await;
        body[field] = value;
        assert_eq!(trainer.post("/api/outings", &body).await.impossible_fields(), [field]);
    }
    assert!(trainer.json("/api/outings").await["outings"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn names_are_seen_by_the_outings_trainers_and_each_reading_is_recorded() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let (path, _) = made(&trainer).await;
    ward.persona("staff").await.ask(Method::PUT, &format!("{path}/sign-up"), None).await.ok();
    let who = format!("{path}/participants");
    for persona in ["staff", "resident", "reviewer", "registrar", "hr", "admin"] {
        ward.persona(persona).await.get(&who).await.problem(StatusCode::NOT_FOUND);
    }
    let list = trainer.json(&who).await;
    assert_eq!(list["participants"][0]["number"], "900001");
    assert!(list["participants"][0]["name"].as_str().is_some_and(|name| !name.is_empty()));
    let views = ward.persona("staff").await.json("/api/me/views").await;
    assert!(views.to_string().contains("read_participants"), "{views}");
}

#[tokio::test]
async fn the_code_is_its_trainers_and_its_key_nobodys() {
    let ward = Ward::demo().await;
    let (trainer, staff) = (ward.persona("trainer").await, ward.persona("staff").await);
    let (path, _) = made(&trainer).await;
    staff.ask(Method::PUT, &format!("{path}/sign-up"), None).await.ok();
    let code = format!("{path}/code");
    for persona in ["staff", "reviewer", "hr"] {
        ward.persona(persona).await.get(&code).await.problem(StatusCode::NOT_FOUND);
    }
    // Long before there is nothing to find on a lost phone.
    let early = trainer.json(&code).await;
    assert!(early["code"].is_null() && early["codes"].as_array().unwrap().is_empty(), "{early}");
    ward.clock.set("2026-12-01T01:10:05Z".parse().unwrap());
    let trainer = ward.persona("trainer").await;
    let shown = trainer.json(&code).await;
    let codes = shown["codes"].as_array().unwrap();
    // Half an hour before, two hours, one hour after.
    assert_eq!(codes.len(), 421);
    let from: jiff::Timestamp = shown["from"].as_str().unwrap().parse().unwrap();
    let now: jiff::Timestamp = "2026-12-01T01:10:05Z".parse().unwrap();
    let index = now.duration_since(from).as_secs() / 30;
    assert_eq!(codes[index as usize], shown["code"]);
    // Hours later.
    ward.clock.set("2026-12-01T07:00:00Z".parse().unwrap());
    let staff = {
        drop(staff);
        ward.persona("staff").await
    };
    let id = "019a9f6e-0000-7000-8000-000000000301";
    let check_in = format!("{path}/check-in");
    let wrong = json!({ "id": id, "code": "12", "at": "2026-12-01T10:10:20+09:00" });
    assert_eq!(put(&staff, &check_in, &wrong).await.impossible_fields(), ["code"]);
    let right = json!({ "id": id, "code": shown["code"], "at": "2026-12-01T10:10:20+09:00" });
    assert_eq!(put(&staff, &check_in, &right).await.ok().json()["status"], "stored");
    assert_eq!(put(&staff, &check_in, &right).await.ok().json()["status"], "duplicate");
    // A visit for every stop, at the outing's time: the walk is complete.
    let route = staff.json("/api/routes").await["routes"][0].clone();
    let stops = route["stops"].as_array().unwrap().len();
    let visits = staff.json("/api/me/visits").await["visits"].as_array().unwrap().clone();
    assert_eq!(visits.len(), stops);
    for visit in &visits {
        assert_eq!(
            (&visit["outcome"], &visit["at"]),
            (&json!("accepted"), &json!("2026-12-01T10:00:00+09:00"))
        );
        assert_eq!(visit["flags"], json!([]));
    }
    assert_eq!(staff.json("/api/me/walks").await["walks"][0]["complete"], true);
    let wrong = json!({ "id": "019a9f6e-0000-7000-8000-000000000304", "code": "12", "at": right["at"] });
    for _ in 0..4 {
        assert_eq!(put(&staff, &check_in, &wrong).await.impossible_fields(), ["code"]);
    }
    let next =
        json!({ "id": "019a9f6e-0000-7000-8000-000000000303", "code": shown["code"], "at": right["at"] });
    put(&staff, &check_in, &next).await.problem(StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(put(&staff, &check_in, &right).await.ok().json()["status"], "duplicate");
    let trainer = ward.persona("trainer").await;
    let list = trainer.json(&format!("{path}/participants")).await;
    assert_eq!(list["participants"][0]["present"], true);
    // The roll-call corrects it.
    let who = &list["participants"][0]["staff_id"];
    let mark = json!({ "marks": [{ "id": "019a9f6e-0000-7000-8000-000000000302", "staff_id": who, "present": false,
        "at": "2026-12-01T12:00:00+09:00" }] });
    let attendance = format!("{path}/attendance");
    assert_eq!(put(&trainer, &attendance, &mark).await.ok().json()["results"][0]["status"], "stored");
    put(&ward.persona("reviewer").await, &attendance, &mark).await.problem(StatusCode::NOT_FOUND);
    let list = trainer.json(&format!("{path}/participants")).await;
    assert_eq!(list["participants"][0]["present"], false);
    let staff = ward.persona("staff").await;
    let visits = staff.json("/api/me/visits").await["visits"].as_array().unwrap().clone();
    assert!(visits.iter().all(|visit| visit["outcome"] == "rejected"), "{visits:?}");
    assert_eq!(staff.json("/api/me/walks").await["walks"][0]["complete"], false);
}

#[tokio::test]
async fn nobody_says_of_themselves_that_they_were_there() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let (path, _) = made(&trainer).await;
    trainer.ask(Method::PUT, &format!("{path}/sign-up"), None).await.ok();
    ward.clock.set("2026-12-01T01:10:05Z".parse().unwrap());
    let trainer = ward.persona("trainer").await;
    let list = trainer.json(&format!("{path}/participants")).await;
    let (id, at) = ("019a9f6e-0000-7000-8000-000000000302", "2026-12-01T10:10:00+09:00");
    let own = &list["participants"][0]["staff_id"];
    assert_eq!(own, &list["trainers"][0]["staff_id"]);
    let marks = json!({ "marks": [{ "id": id, "staff_id": own, "present": true, "at": at }] });
    let marked = put(&trainer, &format!("{path}/attendance"), &marks).await.ok().json();
    assert_eq!(marked["results"][0]["status"], "refused", "{marked}");
    let code = trainer.json(&format!("{path}/code")).await["code"].clone();
    let check_in = json!({ "id": id, "code": code, "at": at });
    put(&trainer, &format!("{path}/check-in"), &check_in).await.problem(StatusCode::CONFLICT);
    assert_eq!(trainer.json("/api/me/visits").await["visits"], json!([]));
}

#[tokio::test]
async fn trainers_stay_who_they_are_unless_others_are_named() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let number = |list: &Value| -> Vec<String> {
        let trainers = list["trainers"].as_array().unwrap().iter();
        trainers.map(|one| one["number"].as_str().unwrap().to_owned()).collect()
    };
    let (path, reply) = made(&trainer).await;
    let own = number(&trainer.json(&format!("{path}/participants")).await);
    let change = async |tag: &str, body: &Value| {
        let bytes = body.to_string().into_bytes();
        trainer.send(Method::PUT, &path, Some("application/json"), &[("if-match", tag)], bytes).await.ok()
    };
    let mut body = document(&trainer).await;
    let same = change(&reply.header("etag"), &body).await;
    assert_eq!(number(&trainer.json(&format!("{path}/participants")).await), own);
    // The staff persona's number.
    body["trainer_numbers"] = json!([own[0], "900001"]);
    change(&same.header("etag"), &body).await;
    let both = number(&trainer.json(&format!("{path}/participants")).await);
    assert_eq!(both.len(), 2);
    assert!(both.contains(&own[0]) && both.contains(&"900001".to_owned()), "{both:?}");
    // Being named is not enough: who is no trainer sees nobody.
    ward.persona("staff").await.get(&format!("{path}/participants")).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn coordinators_put_their_own_people_forward_and_see_no_others() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let (path, _) = made(&trainer).await;
    ward.persona("resident").await.ask(Method::PUT, &format!("{path}/sign-up"), None).await.ok();
    let nominations = format!("{path}/nominations");
    ward.persona("registrar")
        .await
        .post(&nominations, &json!({ "staff_ids": [] }))
        .await
        .problem(StatusCode::NOT_FOUND);
    // The demo's manager is the coordinator of their department.
    let coordinator = ward.persona("manager").await;
    let own = coordinator.json("/api/staff").await["staff"].as_array().unwrap().clone();
    let outside = trainer.json(&format!("{path}/participants")).await["participants"][0]["staff_id"].clone();
    let stranger = "019a9f6e-0000-7000-8000-000000000000";
    let one = own.iter().map(|person| &person["id"]).find(|id| **id != outside).unwrap();
    let ids = json!({ "staff_ids": [one, stranger, outside] });
    let results = coordinator.post(&nominations, &ids).await.ok().json()["results"].clone();
    assert_eq!((&results[0]["state"], &results[1]["state"]), (&json!("nominated"), &Value::Null));
    let seen = coordinator.json(&format!("{path}/participants")).await;
    assert_eq!(seen["participants"].as_array().unwrap().len(), 1, "{seen}");
    assert_eq!((&seen["participants"][0]["staff_id"], &seen["host_answers"]), (one, &Value::Null));
    let decided = trainer.post(&format!("{path}/decisions"), &json!({ "accept": [one] })).await.ok().json();
    assert_eq!(decided["results"][1], json!({ "staff_id": one, "state": "waiting" }));
    coordinator
        .post(&format!("{path}/decisions"), &json!({ "accept": [one] }))
        .await
        .problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_host_without_an_account_answers_by_its_link_and_learns_no_names() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let (path, reply) = made(&trainer).await;
    ward.persona("staff").await.ask(Method::PUT, &format!("{path}/sign-up"), None).await.ok();
    let host = format!("{path}/hosts/{}", reply.json()["hosts"][0]["id"].as_str().unwrap());
    let link = trainer.ask(Method::POST, &format!("{host}/link"), None).await.ok().json();
    let token = link["path"].as_str().unwrap().strip_prefix("/hosts#").unwrap().to_owned();
    let address = format!("/api/hosts/{token}");
    let anybody = ward.caller();
    let briefing = anybody.json(&address).await;
    assert_eq!((&briefing["headcount"], &briefing["host"]), (&json!(1), &json!("見本町会")));
    assert!(briefing["answer"].is_null() && !briefing.to_string().contains("900001"));
    let route = trainer.json("/api/routes").await["routes"][0].clone();
    assert_eq!(briefing["line"], route["line"]["coordinates"]);
    let names = |stops: &Value| -> Vec<Value> {
        stops.as_array().unwrap().iter().map(|stop| stop["name"]["ja"].clone()).collect()
    };
    assert_eq!(names(&briefing["stops"]), names(&route["stops"]));
    assert_eq!((&briefing["may_answer"], &briefing["message"]), (&json!(true), &Value::Null));
    let answer = json!({ "answer": "yes", "message": "集会所を開けておきます。" });
    anybody.post(&address, &answer).await.has_status(StatusCode::NO_CONTENT);
    let briefing = anybody.json(&address).await;
    assert_eq!((&briefing["answer"], &briefing["message"]), (&json!("yes"), &answer["message"]));
    let long = json!({ "answer": "no", "message": "あ".repeat(501) });
    assert_eq!(anybody.post(&address, &long).await.impossible_fields(), ["message"]);
    let answers = trainer.json(&format!("{path}/participants")).await["host_answers"].clone();
    assert_eq!((&answers[0]["message"], &answers[0]["by_phone"]), (&answer["message"], &json!(false)));
    // What a trainer writes down of a call stays with the trainers.
    put(&trainer, &format!("{host}/answer"), &json!({ "answer": "no", "message": "会長から電話" }))
        .await
        .has_status(StatusCode::NO_CONTENT);
    let briefing = anybody.json(&address).await;
    assert_eq!((&briefing["answer"], &briefing["message"]), (&json!("no"), &Value::Null));
    anybody.get("/api/hosts/nothing").await.problem(StatusCode::NOT_FOUND);
    // A report, after the outing; then the link is for reading.
    let report = json!({ "text": "ありがとうございました。1人で歩きました。" });
    put(&trainer, &format!("{path}/report"), &report).await.problem(StatusCode::CONFLICT);
    ward.clock.set("2026-12-01T06:00:00Z".parse().unwrap());
    let trainer = ward.persona("trainer").await;
    put(&trainer, &format!("{path}/report"), &report).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(anybody.json(&address).await["report"], report["text"]);
    assert_eq!(anybody.json(&address).await["may_answer"], false);
    assert_eq!(trainer.json(&path).await["report"], report["text"]);
    assert!(ward.persona("staff").await.json(&path).await["report"].is_null());
    anybody.post(&address, &answer).await.problem(StatusCode::CONFLICT);
    ward.clock.set("2026-12-20T06:00:00Z".parse().unwrap());
    anybody.get(&address).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_calendar_is_read_by_its_address_until_that_is_revoked() {
    let ward = Ward::demo().await;
    let (trainer, staff) = (ward.persona("trainer").await, ward.persona("staff").await);
    let (path, _) = made(&trainer).await;
    staff.ask(Method::PUT, &format!("{path}/sign-up"), None).await.ok();
    let link = async || -> String {
        let made = staff.ask(Method::POST, "/api/me/calendar", None).await.ok().json();
        made["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(staff.json("/api/me/calendar").await, json!({}));
    let old = link().await;
    assert_eq!(staff.json("/api/me/calendar").await["made_at"], "2026-11-20T03:00:00Z");
    let address = link().await;
    let anybody = ward.caller();
    anybody.get(&old).await.problem(StatusCode::NOT_FOUND);
    let reply = anybody.get(&address).await.ok();
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8");
    let text = reply.text();
    assert!(
        text.contains("DTSTART;TZID=Asia/Tokyo:20261201T100000\r\n") && text.contains("STATUS:CONFIRMED"),
        "{text}"
    );
    trainer.post(&format!("{path}/cancel"), &json!({ "reason": "大雨" })).await.ok();
    let text = anybody.get(&address).await.ok().text();
    assert!(text.contains("STATUS:CANCELLED\r\n") && text.contains("SEQUENCE:2\r\n"), "{text}");
    // The deadlines of the training are in it, once it is known who has to do what.
    ward.looked().await;
    let text = anybody.get(&address).await.ok().text();
    assert!(text.contains("DTSTART;VALUE=DATE:20270228\r\nSUMMARY:【研修の期限】"), "{text}");
    staff.ask(Method::DELETE, "/api/me/calendar", None).await.has_status(StatusCode::NO_CONTENT);
    anybody.get(&address).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_step_is_in_the_audit_log() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let (path, reply) = made(&trainer).await;
    let host = format!("{path}/hosts/{}", reply.json()["hosts"][0]["id"].as_str().unwrap());
    trainer.ask(Method::POST, &format!("{host}/link"), None).await.ok();
    let answer = json!({ "answer": "no", "message": "電話で伺いました。" });
    put(&trainer, &format!("{host}/answer"), &answer).await.has_status(StatusCode::NO_CONTENT);
    trainer.post(&format!("{path}/cancel"), &json!({ "reason": "大雨のため" })).await.ok();
    let mut tx = ward.app.db.read().await.unwrap();
    let wanted = Search { action: Some("change_outing".into()), limit: 9, ..Search::default() };
    let found = search(&mut tx, &wanted).await.unwrap();
    let mut steps: Vec<String> = found
        .iter()
        .map(|(entry, _)| {
            let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
            detail["step"].as_str().unwrap_or("make").to_owned()
        })
        .collect();
    steps.sort();
    assert_eq!(steps, ["answer_for_host", "ask_host", "cancel", "make"]);
    assert!(
        !found.iter().any(|(entry, _)| entry.detail.contains("電話")),
        "what hosts say may name somebody"
    );
}

#[tokio::test]
async fn whoever_signed_on_paper_is_put_on_the_list_by_number() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let (path, _) = made(&trainer).await;
    let who = format!("{path}/participants");
    let list = json!({ "numbers": ["900001", "900002", "000000", "900001"] });
    for persona in ["staff", "reviewer", "manager", "hr"] {
        ward.persona(persona).await.post(&who, &list).await.problem(StatusCode::NOT_FOUND);
    }
    // One place: before the start the second one waits, and both are told.
    let results = trainer.post(&who, &list).await.ok().json()["results"].clone();
    let states: Vec<&Value> = results.as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert_eq!(states, [&json!("confirmed"), &json!("waiting"), &Value::Null, &json!("confirmed")]);
    let told = ward.persona("staff").await.json("/api/me/notices").await;
    assert_eq!((&told["unread"], &told["notices"][0]["kind"]), (&json!(1), &json!("outing_confirmed")));
    // Days later, whoever came has a place, however many there were.
    ward.clock.set("2026-12-05T01:00:00Z".parse().unwrap());
    let trainer = ward.persona("trainer").await;
    let late = trainer.post(&who, &json!({ "numbers": ["900009"] })).await.ok().json();
    assert_eq!(late["results"], json!([{ "number": "900009", "state": "confirmed" }]));
    let participants = trainer.json(&who).await["participants"].clone();
    assert_eq!(participants.as_array().unwrap().len(), 3);
    let mark = json!({ "marks": [{ "id": "019a9f6e-0000-7000-8000-000000000501",
        "staff_id": participants[2]["staff_id"], "present": true, "at": "2026-12-05T10:00:00+09:00" }] });
    let marked = put(&trainer, &format!("{path}/attendance"), &mark).await.ok().json();
    assert_eq!(marked["results"][0]["status"], "stored");
    let many = json!({ "numbers": vec!["900001"; 301] });
    assert_eq!(trainer.post(&who, &many).await.impossible_fields(), ["numbers"]);
}
