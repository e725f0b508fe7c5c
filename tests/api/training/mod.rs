//! `/api/programmes`, `/api/me/training`, `/api/training`: what HR plans, what staff see, what managers may know.

mod archives;
mod coverage;
mod exports;
mod offices;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

fn rule() -> Value {
    json!({ "title": { "ja": "防災まち歩き(見本)" }, "requirement": { "routes": 2 }, "deadline": "12-31" })
}

/// A visit at every stop of the first route, as phones make them.
async fn visits(ward: &Ward) -> (Value, Vec<Value>) {
    let route = ward.anonymous().json("/api/routes").await["routes"][0].clone();
    let visits = route["stops"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(index, stop)| {
            json!({
                "id": format!("019a9f6e-0000-7000-8000-{index:012x}"), "route_version_id": route["route_version_id"],
                "stop_id": stop["stop_id"], "at": format!("2026-11-20T10:{:02}:00+09:00", index * 5),
                "evidence": [{ "kind": "gps", "location": stop["location"], "accuracy_m": 5, "age_s": 1 }],
            })
        })
        .collect();
    (route, visits)
}

/// Walks every stop of the first route.
async fn walk(ward: &Ward, caller: &Caller) -> Value {
    let (route, visits) = visits(ward).await;
    caller.post("/api/visits", &json!({ "visits": visits })).await.ok();
    // What a position does not show, a trainer decides.
    let trainer = ward.persona("trainer").await;
    for visit in visits {
        let path = format!("/api/visits/{}/decision", visit["id"].as_str().unwrap());
        trainer.post(&path, &json!({ "decision": "accept" })).await.ok();
    }
    route
}

fn obligation<'a>(training: &'a Value, code: &str) -> &'a Value {
    training["obligations"].as_array().unwrap().iter().find(|one| one["code"] == code).unwrap()
}

#[tokio::test]
async fn ones_own_record_knows_a_visit_at_once_and_the_figures_soon() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let (walker, hr) = (ward.persona("staff").await, ward.persona("hr").await);
    let before = walker.json("/api/me/training").await;
    let own = obligation(&before, "all-staff");
    assert_eq!((&own["state"], &own["routes_needed"]), (&json!("due"), &json!(1)));
    assert_eq!((&own["routes_done"], &own["completed_on"]), (&json!(0), &Value::Null));
    assert_eq!(own["due_on"], "2027-02-28");
    let report = hr.json("/api/training/report?by=tier").await;
    let completed = report["total"]["count"]["completed"].as_u64().unwrap();

    let route = walk(&ward, &walker).await;
    let after = walker.json("/api/me/training").await;
    let own = obligation(&after, "all-staff");
    assert_eq!(own["completed_on"], "2026-11-20");
    assert_eq!(after["walks"][0]["route_id"], route["id"]);
    let suggested = after["suggestions"].as_array().unwrap();
    assert!(suggested.iter().all(|one| one["route_id"] != route["id"]), "what is done is not suggested");

    ward.looked().await;
    let report = hr.json("/api/training/report?by=tier").await;
    assert_eq!(report["total"]["count"]["completed"], completed + 1);
    let early = hr.json("/api/training/report?by=tier&as_of=2026-11-19").await;
    assert_eq!(early["total"]["count"]["completed"], completed);
    // Voided, it counts no more.
    let trainer = ward.persona("trainer").await;
    let id = "019a9f6e-0000-7000-8000-000000000000";
    trainer.post(&format!("/api/visits/{id}/void"), &json!({ "reason": "誤り" })).await.ok();
    ward.looked().await;
    let report = hr.json("/api/training/report?by=tier").await;
    assert_eq!(report["total"]["count"]["completed"], completed);
}

#[tokio::test]
async fn what_a_trainer_took_in_completes_it_once_its_phone_sends_the_same() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let (walker, trainer, hr) =
        (ward.persona("staff").await, ward.persona("trainer").await, ward.persona("hr").await);
    let owner = walker.json("/api/session").await["me"]["account"].clone();
    let (_, visits) = visits(&ward).await;
    let completed = async || {
        ward.looked().await;
        hr.json("/api/training/report").await["total"]["count"]["completed"].as_u64().unwrap()
    };
    let before = completed().await;
    let items: Vec<Value> = visits
        .iter()
        .map(|body| {
            json!({
                "id": body["id"], "kind": "visit", "owner": owner, "made": 1_790_000_000_000_u64, "body": body,
                "state": { "is": "queued", "tries": 3 },
            })
        })
        .collect();
    let at = visits[0]["at"].clone();
    let file = json!({ "format": "machiaruki-outbox", "version": 1, "exported_at": at, "items": items });
    trainer.post("/api/visits/imports", &file).await.ok();
    assert_eq!(completed().await, before, "a file alone shows nothing");
    walker.post("/api/visits", &json!({ "visits": visits })).await.ok();
    // Positions show every stop: nobody decides, sending it was enough.
    let mine = walker.json("/api/me/visits").await;
    assert!(mine["visits"].as_array().unwrap().iter().all(|one| one["outcome"] == "accepted"), "{mine}");
    assert_eq!(completed().await, before + 1);
}

#[tokio::test]
async fn hr_plans_changes_and_opens_and_then_it_is_frozen() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let new = json!({ "code": "bousai", "frequency": "yearly", "fiscal_year": 2026, "rule": rule() });
    let created = hr.post("/api/programmes", &new).await.has_status(StatusCode::CREATED);
    assert_eq!(created.header("etag"), "\"1\"");
    let id = created.json()["id"].as_str().unwrap().to_owned();
    hr.post("/api/programmes", &new).await.has_status(StatusCode::CONFLICT);
    let path = format!("/api/programmes/{id}/years/2026");
    let put = async |tag: &str, rule: Value| {
        let body = json!({ "rule": rule }).to_string().into_bytes();
        hr.send(Method::PUT, &path, Some("application/json"), &[("if-match", tag)], body).await
    };
    let mut changed = rule();
    changed["requirement"]["routes"] = json!(3);
    put("\"1\"", changed.clone()).await.has_status(StatusCode::OK);
    put("\"1\"", rule()).await.has_status(StatusCode::PRECONDITION_FAILED);
    let mut wrong = rule();
    wrong["requirement"]["new_routes"] = json!(9);
    let refused = put("\"2\"", wrong).await.has_status(StatusCode::UNPROCESSABLE_ENTITY).json();
    assert_eq!(refused["errors"][0]["field"], "rule.requirement.new_routes");

    let open = async |tag: &str, year: i16| {
        let path = format!("/api/programmes/{id}/years/{year}/open");
        hr.send(Method::POST, &path, None, &[("if-match", tag)], Vec::new()).await
    };
    open("\"2\"", 2027).await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    open("\"1\"", 2026).await.has_status(StatusCode::PRECONDITION_FAILED);
    let opened = open("\"2\"", 2026).await.has_status(StatusCode::OK).json();
    assert!(opened["opened_at"].is_string());
    put("\"2\"", changed).await.has_status(StatusCode::CONFLICT);
    hr.ask(Method::DELETE, &path, None).await.has_status(StatusCode::CONFLICT);
    // Whom it is for is obliged at once.
    let staff = ward.persona("staff").await.json("/api/me/training").await;
    assert_eq!(obligation(&staff, "bousai")["reason"], "audience");

    // The next year is planned, changed and taken back.
    let next = format!("/api/programmes/{id}/years/2027");
    let body = json!({ "rule": rule() }).to_string().into_bytes();
    hr.send(Method::PUT, &next, Some("application/json"), &[("if-match", "\"0\"")], body)
        .await
        .has_status(StatusCode::OK);
    assert_eq!(hr.json("/api/programmes?fiscal_year=2027").await["programmes"][0]["code"], "bousai");
    hr.ask(Method::DELETE, &next, None).await.has_status(StatusCode::NO_CONTENT);
    hr.ask(Method::DELETE, &next, None).await.has_status(StatusCode::NOT_FOUND);
    let ended = format!("/api/programmes/{id}/ended");
    hr.ask(Method::PUT, &ended, Some(&json!({ "ended": true }))).await.has_status(StatusCode::NO_CONTENT);
    let listed = hr.json("/api/programmes").await;
    let found = listed["programmes"].as_array().unwrap().iter().find(|one| one["code"] == "bousai").unwrap();
    assert_eq!(found["ended_on"], "2026-11-20");
}

#[tokio::test]
async fn what_somebody_asks_for_is_decided_by_another() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let (staff, hr) = (ward.persona("staff").await, ward.persona("hr").await);
    let own = staff.json("/api/me/training").await;
    let programme = obligation(&own, "all-staff")["programme_id"].clone();
    let ask = |more: Value| {
        let mut body =
            json!({ "programme_id": programme, "fiscal_year": 2026, "kind": "exempt", "reason": "見本" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    for (more, field) in [
        (json!({ "reason": " " }), "reason"),
        (json!({ "kind": "deferred" }), "until"),
        (json!({ "kind": "deferred", "until": "2026-11-19" }), "until"),
        (json!({ "kind": "deferred", "until": "2027-04-01" }), "until"),
        (json!({ "kind": "desk", "day": "2026-11-21" }), "day"),
    ] {
        let refused = staff.post("/api/me/exemptions", &ask(more)).await;
        let refused = refused.has_status(StatusCode::UNPROCESSABLE_ENTITY).json();
        assert_eq!(refused["errors"][0]["field"], field);
    }
    let asked =
        staff.post("/api/me/exemptions", &ask(json!({}))).await.has_status(StatusCode::CREATED).json();
    let decision = format!("/api/training/exemptions/{}/decision", asked["id"].as_str().unwrap());
    let grant = json!({ "grant": true, "answer": "承認します" });
    staff.post(&decision, &grant).await.has_status(StatusCode::NOT_FOUND);
    let listed = hr.json("/api/training/exemptions").await;
    assert_eq!(listed["exemptions"][0]["reason"], "見本");
    hr.post(&decision, &grant).await.has_status(StatusCode::OK);
    hr.post(&decision, &grant).await.has_status(StatusCode::CONFLICT);
    let after = staff.json("/api/me/training").await;
    let after = obligation(&after, "all-staff");
    assert_eq!((&after["state"], &after["reason"]), (&json!("exempt"), &json!("granted")));
    assert_eq!(after["exemptions"][0]["answer"], "承認します");

    // Nobody decides on their own, not even HR.
    let mine = hr.json("/api/me/training").await;
    assert_eq!(obligation(&mine, "all-staff")["state"], "due");
    let own = hr.post("/api/me/exemptions", &ask(json!({}))).await.has_status(StatusCode::CREATED).json();
    let decision = format!("/api/training/exemptions/{}/decision", own["id"].as_str().unwrap());
    hr.post(&decision, &grant).await.has_status(StatusCode::CONFLICT);
    // Study at a desk completes it on its day.
    let desk = ward.persona("trainer").await;
    let asked = desk.post("/api/me/exemptions", &ask(json!({ "kind": "desk", "day": "2026-10-05" }))).await;
    let asked = asked.has_status(StatusCode::CREATED).json();
    let decision = format!("/api/training/exemptions/{}/decision", asked["id"].as_str().unwrap());
    hr.post(&decision, &grant).await.has_status(StatusCode::OK);
    let after = desk.json("/api/me/training").await;
    assert_eq!(obligation(&after, "all-staff")["completed_on"], "2026-10-05");
}

#[tokio::test]
async fn managers_see_their_own_and_hr_everybody() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let (manager, hr) = (ward.persona("manager").await, ward.persona("hr").await);
    let whole = hr.json("/api/training/report?by=department").await;
    let own = manager.json("/api/training/report?by=department").await;
    let due = |report: &Value| report["total"]["count"]["due"].as_u64().unwrap();
    assert!(due(&own) < due(&whole), "{own}");
    assert!(due(&own) > 0);
    // Small groups are hidden from a manager, not from HR.
    let hidden = |report: &Value| {
        report["groups"].as_array().unwrap().iter().filter(|one| one["count"].is_null()).count()
    };
    assert_eq!(hidden(&whole), 0);
    let small = |report: &Value| {
        let groups = report["groups"].as_array().unwrap().clone();
        let people = |one: &Value| {
            ["due", "deferred", "exempt"].iter().map(|what| one["count"][what].as_u64().unwrap()).sum::<u64>()
        };
        groups.iter().filter(|one| !one["count"].is_null()).filter(|one| people(one) < 5).count()
    };
    assert_eq!(small(&own), 0, "{own}");
    // From day to day figures would tell of single people.
    manager.get("/api/training/report?as_of=2026-11-12").await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    manager.get("/api/training/report?as_of=2026-10-31").await.ok();
    hr.get("/api/training/report?as_of=2026-11-12").await.ok();

    let people = manager.json("/api/training/people?stands=missing&limit=200").await;
    assert_eq!(people["total"].as_u64().unwrap(), due(&own));
    for person in people["people"].as_array().unwrap() {
        assert!(person["name"].as_str().unwrap().starts_with("見本"));
        for hidden in ["at", "location", "note", "evidence"] {
            assert!(person.get(hidden).is_none());
        }
    }
    // Page by page it is the same.
    let mut path = "/api/training/people?stands=missing&limit=3".to_owned();
    let mut found = 0;
    loop {
        let page = hr.json(&path).await;
        found += page["people"].as_array().unwrap().len();
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut path),
            None => break,
        }
    }
    assert_eq!(found as u64, due(&whole));
    let months = hr.json("/api/training/report?by=month").await;
    let keys: Vec<_> = months["groups"].as_array().unwrap().iter().map(|one| one["key"].clone()).collect();
    assert_eq!(keys.first(), Some(&json!("2026-04")));
    assert_eq!(keys.last(), Some(&json!("2026-11")));
    hr.get("/api/training/report?fiscal_year=2019").await.has_status(StatusCode::NOT_FOUND);
}
