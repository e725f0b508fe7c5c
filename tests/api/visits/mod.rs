//! `/api/visits`, `/api/me/walks`: what phones send, what comes of it, what trainers decide.

mod decisions;
mod imports;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

const AT: &str = "2026-11-20T10:15:30+09:00";

fn id(number: u32) -> String {
    format!("019a9f6e-0000-7000-8000-{number:012x}")
}

/// The first route of the demo, as phones see it.
async fn route(ward: &Ward) -> Value {
    ward.anonymous().json("/api/routes").await["routes"][0].clone()
}

fn visit(route: &Value, stop: usize, number: u32, evidence: &Value) -> Value {
    json!({
        "id": id(number), "route_version_id": route["route_version_id"],
        "stop_id": route["stops"][stop]["stop_id"], "at": AT, "evidence": evidence,
    })
}

/// A fix that is so many metres north of a stop.
fn gps(route: &Value, stop: usize, metres: f64) -> Value {
    let location = &route["stops"][stop]["location"];
    let lat = location[1].as_f64().unwrap() + metres / 110_950.0;
    json!({ "kind": "gps", "location": [location[0], lat], "accuracy_m": 12, "age_s": 1 })
}

async fn send(caller: &Caller, visits: &[Value]) -> Vec<Value> {
    let sent = caller.post("/api/visits", &json!({ "visits": visits })).await.ok().json();
    sent["results"].as_array().unwrap().clone()
}

async fn raw(caller: &Caller, body: &str) -> crate::support::Reply {
    caller.send(Method::POST, "/api/visits", Some("application/json"), &[], body.as_bytes().to_vec()).await
}

#[tokio::test]
async fn a_visit_is_stored_once_and_judged_by_its_evidence() {
    let ward = Ward::demo().await;
    let (walker, other, route) = (ward.persona("staff").await, ward.persona("hr").await, route(&ward).await);
    let visits = [
        visit(&route, 0, 1, &json!([{ "kind": "self" }, gps(&route, 0, 5.0)])),
        visit(&route, 1, 2, &json!([gps(&route, 1, 45.0)])),
        visit(&route, 2, 3, &json!([gps(&route, 2, 400.0)])),
        visit(&route, 3, 4, &json!([{ "kind": "self" }])),
    ];
    let first = send(&walker, &visits).await;
    let said: Vec<_> = first
        .iter()
        .map(|one| (one["status"].clone(), one["outcome"].clone(), one["verdict"].clone()))
        .collect();
    let expect = |outcome: &str, verdict: Value| (json!("stored"), json!(outcome), verdict);
    assert_eq!(
        said,
        [
            expect("accepted", json!("inside")),
            expect("pending", json!("undecidable")),
            expect("pending", json!("outside")),
            // The stop does not ask for one's own word.
            expect("pending", Value::Null),
        ]
    );
    let again = send(&walker, &visits).await;
    assert!(again.iter().all(|one| one["status"] == "duplicate"), "{again:?}");
    assert_eq!(again[0]["outcome"], "accepted");
    // The same id with other content, and somebody else's id: a conflict that says nothing of whose.
    let mut changed = visits[0].clone();
    changed["note"] = json!("別のメモ");
    assert_eq!(send(&walker, &[changed]).await, [json!({ "id": id(1), "status": "conflict" })]);
    assert_eq!(send(&other, &visits[..1]).await, [json!({ "id": id(1), "status": "conflict" })]);

    let mine = walker.get("/api/me/visits?fiscal_year=2026").await.ok();
    assert_eq!(mine.header("cache-control"), "no-store");
    let mine = mine.json();
    assert_eq!(mine["visits"].as_array().unwrap().len(), 4);
    let one = mine["visits"].as_array().unwrap().iter().find(|one| one["id"] == id(1)).unwrap();
    assert_eq!((&one["at"], &one["day"]), (&json!(AT), &json!("2026-11-20")));
    assert_eq!(one["rule"], "2026-1");
    assert!(walker.json("/api/me/visits?fiscal_year=2025").await["visits"].as_array().unwrap().is_empty());
    assert!(other.json("/api/me/visits").await["visits"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn one_bad_item_never_touches_the_others() {
    let ward = Ward::demo().await;
    let (walker, route) = (ward.persona("staff").await, route(&ward).await);
    let good = |number: u32| visit(&route, 0, number, &json!([gps(&route, 0, 5.0)]));
    let with = |number: u32, path: &str, value: Value| {
        let mut item = good(number);
        *item.pointer_mut(path).unwrap() = value;
        item.to_string()
    };
    let stop = route["stops"][0]["location"].clone();
    let cases: Vec<(String, &str)> = vec![
        (with(10, "/at", json!("2026-11-20T13:00:00+09:00")), "future"),
        (with(11, "/at", json!("1970-01-01T00:00:00Z")), "too_old"),
        (with(12, "/at", json!("2026-11-20T10:15:30+15:00")), "bad_offset"),
        (with(13, "/at", json!("2026-02-29T10:15:30+09:00")), "bad_time"),
        (with(14, "/at", json!("2026-11-20")), "bad_time"),
        (with(15, "/id", json!("019a9f6e-0000-4000-8000-000000000001")), "bad_id"),
        (with(16, "/stop_id", json!(id(1))), "unknown_stop"),
        (with(17, "/route_version_id", json!(id(1))), "unknown_route_version"),
        (with(18, "/evidence/0/accuracy_m", json!(0)), "bad_accuracy"),
        (with(19, "/evidence/0/accuracy_m", json!(-1)), "bad_accuracy"),
        (with(20, "/evidence/0/accuracy_m", json!(1e9)), "bad_accuracy"),
        (with(21, "/evidence/0/location", json!([stop[1], stop[0]])), "swapped_coordinates"),
        (with(22, "/evidence/0/location", json!([500, 500])), "bad_coordinates"),
        (with(23, "/evidence/0/kind", json!("telepathy")), "malformed"),
        (with(24, "/evidence/0/age_s", json!("soon")), "malformed"),
        (good(25).to_string().replace("\"accuracy_m\":12", "\"accuracy_m\":NaN"), "malformed"),
        (good(26).to_string().replacen('{', "{\"at\":\"2026-11-20T10:15:30+09:00\",", 1), "duplicate_key"),
        ("12".to_owned(), "malformed"),
    ];
    let mut items: Vec<String> = vec![good(1).to_string()];
    items.extend(cases.iter().map(|(item, _)| item.clone()));
    items.push(good(2).to_string());
    let reply = raw(&walker, &format!("{{\"visits\":[{}]}}", items.join(","))).await.ok().json();
    let results = reply["results"].as_array().unwrap();
    assert_eq!(results.len(), items.len());
    assert_eq!(
        (&results[0]["status"], &results[items.len() - 1]["status"]),
        (&json!("stored"), &json!("stored"))
    );
    for ((item, code), result) in cases.iter().zip(&results[1..]) {
        assert_eq!(
            (&result["status"], &result["reason"]["code"]),
            (&json!("refused"), &json!(code)),
            "{item}"
        );
        assert!(!result["reason"]["message"].as_str().unwrap().is_empty());
    }
    // Even what cannot be read is answered by its name.
    assert_eq!(results[16]["id"], id(25));
    assert_eq!(walker.json("/api/me/visits").await["visits"].as_array().unwrap().len(), 2);
    let english = walker.clone().with_header("accept-language", "en");
    let refused = send(&english, &[json!({})]).await;
    assert!(refused[0]["reason"]["message"].as_str().unwrap().starts_with("The record"), "{refused:?}");

    for body in [
        "",
        "[]",
        "{}",
        "{\"visits\":1}",
        "{\"visits\":[}",
        "{\"visits\":[1,]}",
        "{\"visits\":[],\"visits\":[]}",
    ] {
        raw(&walker, body).await.problem(StatusCode::BAD_REQUEST);
    }
    let many = json!({ "visits": vec![json!({}); 501] });
    walker.post("/api/visits", &many).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let most = json!({ "visits": vec![json!({}); 500] });
    assert_eq!(walker.post("/api/visits", &most).await.ok().json()["results"].as_array().unwrap().len(), 500);
}

#[tokio::test]
async fn suspicious_visits_are_flagged_and_never_dropped() {
    let ward = Ward::demo().await;
    let (walker, trainer, route) =
        (ward.persona("staff").await, ward.persona("trainer").await, route(&ward).await);
    let mut mocked = gps(&route, 0, 5.0);
    mocked["mocked"] = json!(true);
    // At the same moment at two stops far apart, and a poster of somewhere else.
    let visits = [
        visit(&route, 0, 1, &json!([mocked])),
        visit(&route, 3, 2, &json!([gps(&route, 3, 5.0), { "kind": "qr", "code": "nonsense" }])),
    ];
    let results = send(&walker, &visits).await;
    assert_eq!((&results[0]["outcome"], &results[1]["outcome"]), (&json!("pending"), &json!("accepted")));
    let flags = |visits: &Value, number: u32| {
        let one = visits["visits"].as_array().unwrap().iter().find(|one| one["id"] == id(number)).unwrap();
        one["flags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|flag| flag["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let mine = walker.json("/api/me/visits").await;
    assert_eq!(flags(&mine, 1), ["mock_fix", "impossible_speed"]);
    assert_eq!(flags(&mine, 2), ["impossible_speed", "wrong_code"]);
    // A clock that is a day behind.
    let mut late = visit(&route, 1, 3, &json!([gps(&route, 1, 5.0)]));
    late["at"] = json!("2026-11-19T10:15:30+09:00");
    let body = json!({ "visits": [late], "sent_at": "2026-11-19T12:00:00+09:00" });
    let sent = walker.post("/api/visits", &body).await.ok().json();
    assert_eq!(sent["results"][0]["outcome"], "pending");
    let mut early = visit(&route, 1, 4, &json!([gps(&route, 1, 5.0)]));
    early["at"] = json!("2026-05-01T10:15:30+09:00");
    assert_eq!(send(&walker, &[early]).await[0]["outcome"], "pending");
    let mine = walker.json("/api/me/visits").await;
    assert_eq!(
        (flags(&mine, 3), flags(&mine, 4)),
        (vec!["clock_off".to_owned()], vec!["before_publication".to_owned()])
    );
    let flagged = trainer.json("/api/visits?state=flagged").await;
    assert_eq!(flagged["visits"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn trainers_decide_on_others_and_a_walk_becomes_complete() {
    let ward = Ward::demo().await;
    let (walker, trainer, route) =
        (ward.persona("staff").await, ward.persona("trainer").await, route(&ward).await);
    let stops = route["stops"].as_array().unwrap().len();
    let mut visits: Vec<Value> = (0..stops)
        .map(|stop| {
            let mut one = visit(
                &route,
                stop,
                stop as u32,
                &json!([gps(&route, stop, if stop == 0 { 400.0 } else { 2.0 })]),
            );
            // From several days.
            one["at"] = json!(format!("2026-11-{:02}T10:15:30+09:00", 10 + stop));
            one
        })
        .collect();
    visits.reverse();
    send(&walker, &visits).await;
    let walk = walker.json("/api/me/walks?fiscal_year=2026").await["walks"][0].clone();
    assert_eq!((&walk["complete"], &walk["missing_count"]), (&json!(false), &json!(1)), "{walk}");
    assert_eq!(walk["stops"][0]["state"], "pending");
    assert_eq!(walk["first_day"], "2026-11-10");

    let list = trainer.json("/api/visits?state=pending").await;
    assert_eq!(list["visits"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&list["visits"][0]["visit"]["id"], &list["visits"][0]["own"]),
        (&json!(id(0)), &json!(false))
    );
    assert!(!list["visits"][0]["owner"]["name"].as_str().unwrap().is_empty());
    // The walker sees that somebody looked.
    assert!(walker.get("/api/me/views").await.ok().text().contains("read_visits"));
    let path = format!("/api/visits/{}", id(0));
    walker
        .post(&format!("{path}/decision"), &json!({ "decision": "accept" }))
        .await
        .problem(StatusCode::NOT_FOUND);
    let reject = json!({ "decision": "reject", "reason": " " });
    trainer.post(&format!("{path}/decision"), &reject).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let decided =
        trainer.post(&format!("{path}/decision"), &json!({ "decision": "accept" })).await.ok().json();
    assert_eq!(decided["outcome"], "accepted");
    assert_eq!(walker.json("/api/me/walks").await["walks"][0]["complete"], true);
    // The same item sent again is told what counts now.
    assert_eq!(send(&walker, &visits[stops - 1..]).await[0]["outcome"], "accepted");
    trainer.post(&format!("{path}/void"), &json!({ "reason": "人違い" })).await.ok();
    let mine = walker.json("/api/me/walks").await;
    assert_eq!(
        (&mine["walks"][0]["complete"], &mine["walks"][0]["stops"][0]["state"]),
        (&json!(false), &json!("rejected"))
    );
    let decisions = walker.json("/api/me/visits").await["visits"][0]["decisions"].clone();
    assert_eq!((&decisions[0]["kind"], &decisions[1]["reason"]), (&json!("accept"), &json!("人違い")));
    // Nobody decides on their own.
    send(&trainer, &[visit(&route, 0, 900, &json!([]))]).await;
    let own =
        trainer.post(&format!("/api/visits/{}/decision", id(900)), &json!({ "decision": "accept" })).await;
    own.problem(StatusCode::CONFLICT);
}

#[tokio::test]
async fn owners_add_a_code_later_and_nobody_else_does() {
    let ward = Ward::demo().await;
    let (walker, other, route) = (ward.persona("staff").await, ward.persona("hr").await, route(&ward).await);
    send(&walker, &[visit(&route, 0, 1, &json!([gps(&route, 0, 400.0)]))]).await;
    let stop = route["stops"][0]["stop_id"].as_str().unwrap().to_owned();
    let mut tx = ward.app.db.read().await.unwrap();
    let route_id = route["id"].as_str().unwrap().parse().unwrap();
    let codes = machiaruki::routes::store::stop_codes(&mut tx, route_id).await.unwrap();
    drop(tx);
    let code = codes.into_iter().find(|one| one.stop.to_string() == stop).unwrap().code;
    let path = format!("/api/visits/{}/additions", id(1));
    let body = json!({ "additions": [{
        "id": id(2), "at": "2026-11-20T10:20:00+09:00", "evidence": [{ "kind": "qr", "code": code.to_uppercase() }],
    }] });
    other.post(&path, &body).await.problem(StatusCode::NOT_FOUND);
    let added = walker.post(&path, &body).await.ok().json();
    assert_eq!(
        (&added["results"][0]["status"], &added["results"][0]["outcome"]),
        (&json!("stored"), &json!("accepted"))
    );
    assert_eq!(walker.post(&path, &body).await.ok().json()["results"][0]["status"], "duplicate");
    let mine = walker.get("/api/me/visits").await.ok();
    assert_eq!(mine.json()["visits"][0]["outcome"], "accepted");
    assert!(!mine.text().to_lowercase().contains(&code), "the code is shown");
}

fn jpeg() -> Vec<u8> {
    let image = image::RgbImage::from_fn(640, 480, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_photo_arrives_in_parts_and_is_seen_by_its_owner_and_trainers() {
    let ward = Ward::demo().await;
    let (walker, other, trainer) =
        (ward.persona("staff").await, ward.persona("hr").await, ward.persona("trainer").await);
    let route = route(&ward).await;
    send(&walker, &[visit(&route, 0, 1, &json!([{ "kind": "photo", "photo_id": id(77) }]))]).await;
    let photo = |visits: Value| visits["visits"][0]["photos"][0]["state"].clone();
    assert_eq!(photo(walker.json("/api/me/visits").await), "missing");
    let (file, path) = (jpeg(), format!("/api/visits/{}/photos/{}", id(1), id(77)));
    let total = file.len();
    let put = async |caller: &Caller, from: usize, to: usize| {
        let range = format!("bytes {from}-{}/{total}", to - 1);
        let headers = [("content-range", &*range)];
        caller.send(Method::PUT, &path, Some("image/jpeg"), &headers, file[from..to].to_vec()).await
    };
    put(&other, 0, 100).await.problem(StatusCode::NOT_FOUND);
    let first = put(&walker, 0, 1_000).await.has_status(StatusCode::ACCEPTED).json();
    assert_eq!(first, json!({ "received": 1_000, "complete": false }));
    assert_eq!(photo(walker.json("/api/me/visits").await), "partial");
    // A gap is not taken; what overlaps is.
    let gap = put(&walker, 1_500, 2_000).await.has_status(StatusCode::ACCEPTED).json();
    assert_eq!(gap["received"], 1_000);
    assert_eq!(walker.json(&format!("{path}/state")).await["received"], 1_000);
    let whole = put(&walker, 500, total).await.ok().json();
    assert_eq!(whole, json!({ "received": total, "complete": true }));
    assert_eq!(photo(walker.json("/api/me/visits").await), "complete");
    let again = walker.send(Method::PUT, &path, Some("image/jpeg"), &[], file.clone()).await;
    again.ok();
    let changed = walker.send(Method::PUT, &path, Some("image/jpeg"), &[], file[1..].to_vec()).await;
    changed.problem(StatusCode::CONFLICT);
    for caller in [&walker, &trainer] {
        let shown = caller.get(&path).await.ok();
        assert_eq!(
            (shown.header("content-type").as_str(), shown.header("cache-control").as_str()),
            ("image/jpeg", "no-store")
        );
    }
    other.get(&path).await.problem(StatusCode::NOT_FOUND);
    // What the visit does not name is not taken, and what is no photo neither.
    let unnamed = path.replace(&id(77), &id(78));
    walker
        .send(Method::PUT, &unnamed, Some("image/jpeg"), &[], file.clone())
        .await
        .problem(StatusCode::NOT_FOUND);
    send(&walker, &[visit(&route, 0, 2, &json!([{ "kind": "photo", "photo_id": id(77) }]))]).await;
    let svg = walker
        .send(Method::PUT, &path.replace(&id(1), &id(2)), Some("image/jpeg"), &[], b"<svg></svg>".to_vec())
        .await;
    svg.problem(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn observations_are_kept_and_answered() {
    let ward = Ward::demo().await;
    let (walker, trainer) = (ward.persona("staff").await, ward.persona("trainer").await);
    let good = json!({
        "id": id(1), "at": AT, "category": "danger", "location": [139.75, 35.65], "text": "段差があります", "wants_answer": true,
    });
    let mut bad = good.clone();
    (bad["id"], bad["location"]) = (json!(id(2)), json!([35.65, 139.75]));
    let body = json!({ "observations": [good, bad] });
    let sent = walker.post("/api/observations", &body).await.ok().json();
    assert_eq!(sent["results"][0], json!({ "id": id(1), "status": "stored" }));
    assert_eq!(sent["results"][1]["reason"]["code"], "swapped_coordinates");
    assert_eq!(
        walker.post("/api/observations", &body).await.ok().json()["results"][0]["status"],
        "duplicate"
    );
    walker.get("/api/observations").await.problem(StatusCode::NOT_FOUND);
    let open = trainer.json("/api/observations").await;
    assert_eq!(open["observations"][0]["observation"]["text"], "段差があります");
    let answer = json!({ "text": "道路の担当へ伝えました" });
    let path = format!("/api/observations/{}/answer", id(1));
    trainer.post(&path, &answer).await.has_status(StatusCode::NO_CONTENT);
    assert!(trainer.json("/api/observations").await["observations"].as_array().unwrap().is_empty());
    let mine = walker.json("/api/me/observations").await;
    assert_eq!(mine["observations"][0]["answers"][0]["text"], "道路の担当へ伝えました");
}
