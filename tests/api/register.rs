//! `/api/housing`: the register of disaster housing and the assignment of councils; `/api/me/council`.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

/// A caller who names a version.
fn at(caller: &Caller, version: &Value) -> Caller {
    caller.clone().with_header("if-match", &format!("\"{version}\""))
}

async fn building(registrar: &Caller, name: &str) -> Value {
    let list = registrar.json("/api/housing").await;
    let found = list["housing"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    registrar.json(&format!("/api/housing/{}", found["id"].as_str().unwrap())).await
}

fn unit<'a>(building: &'a Value, name: &str) -> &'a Value {
    building["units"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()
}

/// The task about somebody.
async fn task(registrar: &Caller, number: &str) -> Option<Value> {
    let list = registrar.json("/api/housing/tasks").await;
    list["tasks"].as_array().unwrap().iter().find(|one| one["staff_number"] == number).cloned()
}

#[tokio::test]
async fn a_building_is_added_changed_and_taken_away() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let body =
        json!({ "name": " 【見本】あらた寮 ", "address": "【見本】架空の住所", "location": [139.75, 35.66] });
    let added = registrar.post("/api/housing", &body).await.has_status(StatusCode::CREATED).json();
    let path = format!("/api/housing/{}", added["id"].as_str().unwrap());
    let reply = registrar.get(&path).await.ok();
    assert_eq!(reply.header(http::header::ETAG), "\"1\"");
    assert_eq!(reply.header(http::header::CACHE_CONTROL), "no-store");
    assert_eq!(reply.json()["name"], "【見本】あらた寮");
    let unit = registrar.post(&format!("{path}/units"), &json!({ "name": "101" })).await;
    let unit = unit.has_status(StatusCode::CREATED).json()["id"].as_str().unwrap().to_owned();
    // What has units stays.
    registrar.ask(Method::DELETE, &path, None).await.has_status(StatusCode::CONFLICT);
    let changed = json!({ "name": "【見本】あらた荘", "address": "【見本】架空の住所", "location": [139.75, 35.66], "note": "鍵は2本" });
    registrar.ask(Method::PUT, &path, Some(&changed)).await.has_status(StatusCode::PRECONDITION_REQUIRED);
    at(&registrar, &json!(1))
        .ask(Method::PUT, &path, Some(&changed))
        .await
        .has_status(StatusCode::NO_CONTENT);
    at(&registrar, &json!(1))
        .ask(Method::PUT, &path, Some(&changed))
        .await
        .has_status(StatusCode::PRECONDITION_FAILED);
    assert_eq!(registrar.json(&path).await["note"], "鍵は2本");
    let unit = format!("/api/housing/units/{unit}");
    registrar.ask(Method::DELETE, &unit, None).await.has_status(StatusCode::NO_CONTENT);
    registrar.ask(Method::DELETE, &unit, None).await.has_status(StatusCode::NOT_FOUND);
    registrar.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
    registrar.get(&path).await.has_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_a_building_is_refused_with_the_field() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let fit = json!({ "name": "見本", "address": "見本", "location": [139.75, 35.66] });
    for (field, value) in [
        ("name", json!(" ")),
        ("name", json!("あ".repeat(101))),
        ("address", json!("")),
        ("location", json!([0, 91])),
    ] {
        let mut body = fit.clone();
        body[field] = value;
        let problem =
            registrar.post("/api/housing", &body).await.has_status(StatusCode::UNPROCESSABLE_ENTITY).json();
        assert_eq!(problem["errors"][0]["field"], field);
    }
}

#[tokio::test]
async fn somebody_moves_in_and_out_and_that_raises_tasks() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let home = building(&registrar, "【見本】なみの寮").await;
    let free = unit(&home, "104")["id"].clone();
    assert!(task(&registrar, "900001").await.is_none());
    let moves_in =
        |number: &str, from: &str| json!({ "unit_id": free, "staff_number": number, "from": from });
    let nobody = registrar.post("/api/housing/residencies", &moves_in("123", "2026-11-01")).await;
    assert_eq!(nobody.has_status(StatusCode::UNPROCESSABLE_ENTITY).json()["errors"][0]["field"], "staff");
    let added = registrar.post("/api/housing/residencies", &moves_in("900001", "2026-11-01")).await;
    let added = added.has_status(StatusCode::CREATED).json();
    assert_eq!(added["staff_name"], "見本 あゆみ");
    let waits = task(&registrar, "900001").await.unwrap();
    assert_eq!((&waits["kind"], &waits["since"]), (&json!("assign"), &json!("2026-11-01")));
    assert_eq!(waits["assignment"]["state"], "open");
    // The unit is taken, and so is the person.
    registrar
        .post("/api/housing/residencies", &moves_in("900003", "2026-12-01"))
        .await
        .has_status(StatusCode::CONFLICT);
    let other =
        json!({ "unit_id": unit(&home, "203")["id"], "staff_number": "900001", "from": "2026-12-01" });
    registrar.post("/api/housing/residencies", &other).await.has_status(StatusCode::CONFLICT);
    // Out again: first the day, then what follows.
    let path = format!("/api/housing/residencies/{}", added["id"].as_str().unwrap());
    let wrong = json!({ "from": "2026-11-01", "until": "2026-10-31" });
    let wrong = at(&registrar, &json!(1)).ask(Method::PUT, &path, Some(&wrong)).await;
    assert_eq!(wrong.has_status(StatusCode::UNPROCESSABLE_ENTITY).json()["errors"][0]["field"], "until");
    let out = json!({ "from": "2026-11-01", "until": "2026-11-19" });
    at(&registrar, &json!(1)).ask(Method::PUT, &path, Some(&out)).await.has_status(StatusCode::NO_CONTENT);
    let waits = task(&registrar, "900001").await.unwrap();
    assert_eq!((&waits["kind"], &waits["suggestion"]), (&json!("moved_out"), &Value::Null));
    let settled = json!({ "from": "2026-11-01", "until": "2026-11-19", "settled": true });
    at(&registrar, &waits["version"])
        .ask(Method::PUT, &path, Some(&settled))
        .await
        .has_status(StatusCode::NO_CONTENT);
    assert!(task(&registrar, "900001").await.is_none());
    registrar.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_council_is_suggested_with_its_reasons_and_decided_one_by_one() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let waits = task(&registrar, "900002").await.unwrap();
    assert_eq!(waits["kind"], "assign");
    let suggestion = &waits["suggestion"];
    let council = suggestion["council_id"].as_str().unwrap_or_else(|| panic!("{suggestion}"));
    let first = &suggestion["candidates"][0];
    assert_eq!(first["council_id"], council);
    assert_eq!(first["reasons"][0]["kind"], "in_area");
    assert!(first["walk_m"].as_f64().unwrap() > 0.0 && first["walk_s"].as_u64().unwrap() >= 60, "{first}");
    let decide = |body: Value| {
        let registrar = registrar.clone();
        async move { registrar.post("/api/housing/assignments", &json!({ "decisions": [body] })).await }
    };
    let id = &waits["residency_id"];
    // Undecided is a decision, and needs a reason.
    let problem = decide(json!({ "residency_id": id, "decisions": 0 })).await;
    let problem = problem.has_status(StatusCode::UNPROCESSABLE_ENTITY).json();
    assert_eq!(problem["errors"][0]["field"], "decisions[0].reason");
    decide(json!({ "residency_id": id, "decisions": 0, "reason": "区域の境を確認中" })).await.ok();
    assert_eq!(task(&registrar, "900002").await.unwrap()["kind"], "undecided");
    // Somebody else decided meanwhile.
    let stale = json!({ "residency_id": id, "council_id": council, "decisions": 0 });
    decide(stale).await.has_status(StatusCode::PRECONDITION_FAILED);
    decide(json!({ "residency_id": id, "council_id": council, "decisions": 1 })).await.ok();
    assert!(task(&registrar, "900002").await.is_none());
    // No council of the map, and a day on which nobody lives there.
    let none =
        json!({ "residency_id": id, "council_id": "0000000000000000", "decisions": 2, "reason": "見本" });
    decide(none).await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    let early = json!({ "residency_id": id, "council_id": council, "decisions": 2, "from": "2020-01-01" });
    assert_eq!(
        decide(early).await.has_status(StatusCode::UNPROCESSABLE_ENTITY).json()["errors"][0]["field"],
        "from"
    );
    // Once decided, it can still be asked what would be suggested.
    let path = format!("/api/housing/residencies/{}/suggestion", id.as_str().unwrap());
    assert_eq!(registrar.json(&path).await["council_id"], council);
}

#[tokio::test]
async fn many_are_decided_at_once_or_none() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let list = registrar.json("/api/housing/tasks").await;
    let suggested: Vec<Value> = list["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|task| task["suggestion"]["council_id"].is_string())
        .map(|task| json!({ "residency_id": task["residency_id"], "council_id": task["suggestion"]["council_id"], "decisions": 0 }))
        .collect();
    assert!(suggested.len() >= 5, "{list}");
    let mut broken = suggested.clone();
    broken.push(
        json!({ "residency_id": "019a9f6e-0000-7000-8000-000000000000", "decisions": 0, "reason": "見本" }),
    );
    registrar
        .post("/api/housing/assignments", &json!({ "decisions": broken }))
        .await
        .has_status(StatusCode::NOT_FOUND);
    assert_eq!(registrar.json("/api/housing/tasks").await["tasks"], list["tasks"], "half of them were taken");
    let reply =
        registrar.post("/api/housing/assignments", &json!({ "decisions": suggested })).await.ok().json();
    assert_eq!(reply["decided"], suggested.len());
    let left = registrar.json("/api/housing/tasks").await["tasks"].as_array().unwrap().len();
    assert_eq!(left, list["tasks"].as_array().unwrap().len() - suggested.len());
    let lines = registrar.json("/api/housing/assignments").await;
    assert_eq!(lines["type"], "FeatureCollection");
    let drawn = lines["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["geometry"]["type"] == "LineString")
        .count();
    assert_eq!(drawn, suggested.len());
    registrar
        .post("/api/housing/assignments", &json!({ "decisions": [] }))
        .await
        .has_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_rule_on_addresses_that_contradicts_the_area_leaves_the_choice_open() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let waits = task(&registrar, "900002").await.unwrap();
    let suggested = waits["suggestion"]["council_id"].clone();
    let links = registrar.json("/api/housing/links").await;
    let other = links["councils"].as_array().unwrap().iter().find(|one| one["id"] != suggested).unwrap();
    let address = building(&registrar, "【見本】なみの寮").await["address"].clone();
    let body = json!({ "beginning": address, "council_id": other["id"], "from": "2026-04-01" });
    let added =
        registrar.post("/api/housing/address-rules", &body).await.has_status(StatusCode::CREATED).json();
    let suggestion = task(&registrar, "900002").await.unwrap()["suggestion"].clone();
    assert_eq!(suggestion["council_id"], Value::Null);
    assert_eq!(suggestion["candidates"][0]["council_id"], other["id"]);
    assert_eq!(
        suggestion["candidates"][0]["reasons"][0],
        json!({ "kind": "address_rule", "beginning": address })
    );
    let doubts: Vec<&Value> =
        suggestion["doubts"].as_array().unwrap().iter().map(|doubt| &doubt["kind"]).collect();
    assert!(doubts.contains(&&json!("disagreement")), "{doubts:?}");
    let path = format!("/api/housing/address-rules/{}", added["id"].as_str().unwrap());
    let ended = json!({ "beginning": address, "council_id": other["id"], "from": "2026-04-01", "until": "2026-11-19" });
    registrar.ask(Method::PUT, &path, Some(&ended)).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(task(&registrar, "900002").await.unwrap()["suggestion"]["council_id"], suggested);
    registrar.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
    registrar.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn districts_and_councils_are_many_to_many_dated_and_may_be_undecided() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let links = registrar.json("/api/housing/links").await;
    let district = links["school_districts"][0]["id"].clone();
    let [one, two] = [0, 1].map(|index| links["councils"][index]["id"].clone());
    let put = |council: Value, from: &str, until: Value| {
        let (registrar, body) = (
            registrar.clone(),
            json!({ "district_id": district, "council_id": council, "from": from, "until": until }),
        );
        async move {
            registrar
                .ask(Method::PUT, "/api/housing/districts", Some(&body))
                .await
                .has_status(StatusCode::NO_CONTENT)
        }
    };
    put(one.clone(), "2026-04-01", Value::Null).await;
    put(two.clone(), "2026-04-01", Value::Null).await;
    put(Value::Null, "2027-04-01", Value::Null).await;
    put(one.clone(), "2026-04-01", json!("2027-03-31")).await;
    let said = registrar.json("/api/housing/links").await["districts"].clone();
    let said: Vec<(Value, Value)> = said
        .as_array()
        .unwrap()
        .iter()
        .map(|link| (link["council_id"].clone(), link["until"].clone()))
        .collect();
    assert_eq!(said.len(), 3);
    assert!(
        said.contains(&(one.clone(), json!("2027-03-31"))) && said.contains(&(Value::Null, Value::Null)),
        "{said:?}"
    );
    let name = json!({ "district_id": district, "council_id": two, "from": "2026-04-01" });
    registrar.post("/api/housing/districts/removal", &name).await.has_status(StatusCode::NO_CONTENT);
    registrar.post("/api/housing/districts/removal", &name).await.has_status(StatusCode::NOT_FOUND);
    let nowhere = json!({ "district_id": "0000000000000000", "council_id": two, "from": "2026-04-01" });
    registrar
        .ask(Method::PUT, "/api/housing/districts", Some(&nowhere))
        .await
        .has_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn residents_find_their_council_and_nobody_else_does() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let mine = resident.json("/api/me/council").await;
    assert_eq!(mine["state"], "waiting");
    assert_eq!(mine["home"]["housing_name"], "【見本】なみの寮");
    assert_eq!(mine["features"], json!([]));
    let waits = task(&registrar, "900002").await.unwrap();
    let council = &waits["suggestion"]["council_id"];
    let decision = json!({ "residency_id": waits["residency_id"], "council_id": council, "decisions": 0 });
    registrar.post("/api/housing/assignments", &json!({ "decisions": [decision] })).await.ok();
    let reply = resident.get("/api/me/council").await.ok();
    assert_eq!(reply.header(http::header::CACHE_CONTROL), "no-store");
    let mine = reply.json();
    assert_eq!((&mine["type"], &mine["state"]), (&json!("FeatureCollection"), &json!("decided")));
    assert_eq!(mine["council"]["id"], *council);
    let roles: Vec<&str> = mine["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["properties"]["role"].as_str().unwrap())
        .collect();
    for role in ["area", "meeting_place", "shelter", "way"] {
        assert!(roles.contains(&role), "{role}: {roles:?}");
    }
    let way =
        mine["features"].as_array().unwrap().iter().find(|one| one["properties"]["role"] == "way").unwrap();
    assert!(way["properties"]["distance_m"].as_f64().unwrap() > 0.0, "{way}");
    assert_eq!(way["properties"]["profile"], "walk");
    // Whoever lives elsewhere learns only that.
    let staff = ward.persona("staff").await.json("/api/me/council").await;
    assert_eq!(
        (&staff["state"], &staff["home"], &staff["council"]),
        (&json!("no_home"), &Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_council_that_is_gone_raises_a_task_and_is_shown_to_nobody() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    let waits = task(&registrar, "900002").await.unwrap();
    let council = waits["suggestion"]["council_id"].as_str().unwrap().to_owned();
    let decision = json!({ "residency_id": waits["residency_id"], "council_id": council, "decisions": 0 });
    registrar.post("/api/housing/assignments", &json!({ "decisions": [decision] })).await.ok();
    // It was merged into another: its editor retires it.
    let editor = ward.persona("editor").await;
    let path = format!("/api/places/{council}");
    let tag = editor.get(&path).await.ok().header(http::header::ETAG);
    let retire = json!({ "fields": { "retired_on": "2026-11-20" } });
    editor.with_header("if-match", &tag).ask(Method::PATCH, &path, Some(&retire)).await.ok();
    let waits = task(&registrar, "900002").await.unwrap();
    assert_eq!((&waits["kind"], &waits["assignment"]["state"]), (&json!("reassign"), &json!("gone")));
    assert_eq!(resident.json("/api/me/council").await["state"], "waiting");
}

#[tokio::test]
async fn residents_see_who_looked_and_the_log_does_not_say_who_they_are() {
    let ward = Ward::demo().await;
    let (registrar, resident) = (ward.persona("registrar").await, ward.persona("resident").await);
    building(&registrar, "【見本】なみの寮").await;
    let views = resident.json("/api/me/views").await;
    let actions: Vec<&Value> =
        views["views"].as_array().unwrap().iter().map(|view| &view["action"]).collect();
    assert!(actions.contains(&&json!("read_register")), "{views}");
    assert!(ward.persona("staff").await.json("/api/me/views").await["views"].as_array().unwrap().is_empty());
    // HR searches the log for what concerns the resident, and finds nothing of the register.
    let log = ward.persona("hr").await.json("/api/audit?subject=900002").await;
    let actions: Vec<&Value> =
        log["entries"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert!(!actions.contains(&&json!("read_register")), "{log}");
}

#[tokio::test]
async fn without_keys_there_is_no_register_and_nothing_else_is_missing() {
    let mut ward = Ward::demo().await;
    ward.app.register_keys = None;
    let registrar = ward.persona("registrar").await;
    registrar.get("/api/housing").await.has_status(StatusCode::SERVICE_UNAVAILABLE);
    let resident = ward.persona("resident").await;
    assert_eq!(resident.json("/api/me/council").await["state"], "no_home");
    resident.get("/api/me/views").await.ok();
}
