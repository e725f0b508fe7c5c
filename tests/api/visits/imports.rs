//! `POST /api/visits/imports`: the file of a phone that will not send any more, taken in by a trainer.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::{Method, StatusCode};
use machiaruki::on;
use serde_json::{Value, json};

use super::{AT, gps, id, jpeg, route, send, visit};
use crate::support::{Caller, Reply, Ward};

const PATH: &str = "/api/visits/imports";

async fn account(caller: &Caller) -> String {
    caller.json("/api/session").await["me"]["account"].as_str().unwrap().to_owned()
}

/// An item as a phone keeps it (`static/src/outbox/item.ts`).
fn item(kind: &str, owner: &str, body: &Value) -> Value {
    json!({
        "id": body["id"], "kind": kind, "owner": owner, "made": 1_790_000_000_000_u64, "body": body,
        "state": { "is": "queued", "tries": 3 },
    })
}

fn of_visit(kind: &str, owner: &str, visit: u32, body: &Value) -> Value {
    let mut item = item(kind, owner, body);
    item["visit"] = json!(id(visit));
    item
}

fn photo(owner: &str, visit: u32, number: u32, file: &[u8]) -> Value {
    let mut item = of_visit("photo", owner, visit, &json!({ "id": id(number), "visit": id(visit) }));
    item["file"] = json!(BASE64_STANDARD.encode(file));
    item
}

fn observation(number: u32) -> Value {
    json!({ "id": id(number), "at": AT, "category": "danger", "text": "段差があります", "wants_answer": true })
}

fn file(items: &[Value]) -> Value {
    json!({ "format": "machiaruki-outbox", "version": 1, "exported_at": AT, "items": items })
}

async fn import(trainer: &Caller, items: &[Value]) -> Vec<Value> {
    let reply = trainer.post(PATH, &file(items)).await.ok();
    assert_eq!(reply.header("cache-control"), "no-store");
    reply.json()["results"].as_array().unwrap().clone()
}

async fn raw(trainer: &Caller, text: &str) -> Reply {
    trainer.send(Method::POST, PATH, Some("application/json"), &[], text.as_bytes().to_vec()).await
}

fn statuses(results: &[Value]) -> Vec<&str> {
    results.iter().map(|one| one["status"].as_str().unwrap()).collect()
}

async fn count(ward: &Ward, table: &'static str) -> i64 {
    let mut tx = ward.app.db.read().await.unwrap();
    let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
    on!(&mut tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await).unwrap()
}

async fn one(caller: &Caller, number: u32) -> Value {
    let visits = caller.json("/api/me/visits?fiscal_year=2026").await;
    let visits = visits["visits"].as_array().unwrap();
    visits.iter().find(|one| one["id"] == id(number)).unwrap().clone()
}

#[tokio::test]
async fn a_phones_file_is_taken_in_for_its_owner_and_counts_once_the_phone_sends_the_same() {
    let ward = Ward::demo().await;
    let (walker, trainer, route) =
        (ward.persona("staff").await, ward.persona("trainer").await, route(&ward).await);
    let owner = account(&walker).await;
    let body = visit(&route, 0, 1, &json!([{ "kind": "self" }, gps(&route, 0, 5.0)]));
    let mut with_photo = visit(&route, 1, 2, &json!([{ "kind": "photo", "photo_id": id(77) }]));
    // Time enough to get there.
    with_photo["at"] = json!("2026-11-20T11:00:00+09:00");
    let added = json!({ "id": id(3), "at": AT, "evidence": [], "note": "あとから" });
    // In an order in which nothing that is referred to comes first.
    let items = [
        photo(&owner, 2, 77, &jpeg()),
        of_visit("addition", &owner, 1, &added),
        item("observation", &owner, &observation(4)),
        item("visit", &owner, &body),
        item("visit", &owner, &with_photo),
    ];
    let results = import(&trainer, &items).await;
    assert_eq!(statuses(&results), ["stored"; 5]);
    assert_eq!((&results[3]["id"], &results[3]["kind"]), (&json!(id(1)), &json!("visit")));
    // The rule would accept it; a file alone does not make it count.
    assert_eq!((&results[3]["outcome"], &results[3]["verdict"]), (&json!("pending"), &json!("inside")));
    assert_eq!(results[3]["owner"]["account_id"], json!(owner));
    let mine = one(&walker, 1).await;
    assert_eq!((&mine["outcome"], &mine["flags"][0]["code"]), (&json!("pending"), &json!("imported")));
    assert_eq!(mine["imported"]["kinds"], json!(["visit", "addition"]));
    assert_eq!(one(&walker, 2).await["photos"][0]["state"], "complete");
    assert!(walker.get("/api/me/views").await.ok().text().contains("import_visits"), "its owner sees it");

    // The same file again changes nothing.
    let before = (count(&ward, "visit").await, count(&ward, "visit_import").await);
    assert_eq!(statuses(&import(&trainer, &items).await), ["duplicate"; 5]);
    assert_eq!((count(&ward, "visit").await, count(&ward, "visit_import").await), before);

    // The phone sends after all: the same item, so a duplicate; and now it counts.
    let sent = send(&walker, std::slice::from_ref(&body)).await;
    assert_eq!((&sent[0]["status"], &sent[0]["outcome"]), (&json!("duplicate"), &json!("accepted")));
    let path = format!("/api/visits/{}/photos/{}", id(2), id(77));
    assert_eq!(walker.json(&format!("{path}/state")).await["complete"], false, "the phone sends its own");
    send(&walker, &[with_photo]).await;
    assert_eq!(one(&walker, 2).await["imported"]["kinds"], json!(["photo"]));
    walker.send(Method::PUT, &path, Some("image/jpeg"), &[], jpeg()).await.ok();
    assert!(one(&walker, 2).await["imported"].is_null());
    let additions = format!("/api/visits/{}/additions", id(1));
    walker.post(&additions, &json!({ "additions": [added] })).await.ok();
    walker.post("/api/observations", &json!({ "observations": [observation(4)] })).await.ok();
    let mine = one(&walker, 1).await;
    assert!(mine["imported"].is_null() && mine["flags"].as_array().unwrap().is_empty(), "{mine}");
    let noticed = walker.json("/api/me/observations").await["observations"][0].clone();
    assert_eq!(noticed["imported_at"], Value::Null);
    // What was sent first is a duplicate in a file, and stays what it was.
    assert_eq!(statuses(&import(&trainer, &items).await), ["duplicate"; 5]);
    assert_eq!(one(&walker, 1).await["outcome"], "accepted");
}

#[tokio::test]
async fn whoever_brings_a_file_does_not_say_that_it_is_true() {
    let ward = Ward::demo().await;
    let (walker, trainer, reviewer) =
        (ward.persona("staff").await, ward.persona("trainer").await, ward.persona("reviewer").await);
    let (owner, own, route) = (account(&walker).await, account(&trainer).await, route(&ward).await);
    let forged = visit(&route, 0, 1, &json!([gps(&route, 0, 1.0)]));
    let items = [item("visit", &owner, &forged), item("visit", &own, &visit(&route, 0, 2, &json!([])))];
    let results = import(&trainer, &items).await;
    assert_eq!(statuses(&results), ["stored", "refused"]);
    assert_eq!(results[1]["reason"]["code"], "own_item");
    assert_eq!(results[1].get("owner"), None);
    // The suspicious ones name it, and a trainer sees whether they brought it.
    let flagged = trainer.json("/api/visits?state=flagged").await;
    assert_eq!(flagged["visits"][0]["visit"]["imported"]["by_caller"], true);
    assert_eq!(reviewer.json("/api/visits").await["visits"][0]["visit"]["imported"]["by_caller"], false);
    let path = format!("/api/visits/{}/decision", id(1));
    let accept = json!({ "decision": "accept" });
    let refused = trainer.post(&path, &accept).await.problem(StatusCode::CONFLICT);
    assert!(refused["detail"].as_str().unwrap().contains("取り込んだ"), "{refused}");
    assert_eq!(one(&walker, 1).await["outcome"], "pending");
    assert_eq!(reviewer.post(&path, &accept).await.ok().json()["outcome"], "accepted");

    // A photo for a visit that its owner sent is marked too, until the phone sends its own, which takes its place.
    send(&walker, &[visit(&route, 1, 5, &json!([{ "kind": "photo", "photo_id": id(77) }]))]).await;
    let other = image::RgbImage::from_pixel(320, 200, image::Rgb([9, 200, 9]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    other.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    assert_eq!(statuses(&import(&trainer, &[photo(&owner, 5, 77, bytes.get_ref())]).await), ["stored"]);
    assert_eq!(one(&walker, 5).await["imported"]["kinds"], json!(["photo"]));
    let shown = async || {
        let path = format!("/api/visits/{}/photos/{}", id(5), id(77));
        image::load_from_memory(&walker.get(&path).await.ok().body).unwrap().width()
    };
    assert_eq!(shown().await, 320);
    let path = format!("/api/visits/{}/photos/{}", id(5), id(77));
    walker.send(Method::PUT, &path, Some("image/jpeg"), &[], jpeg()).await.ok();
    assert_eq!((shown().await, one(&walker, 5).await["imported"].clone()), (640, Value::Null));
}

#[tokio::test]
async fn each_item_is_taken_or_refused_by_itself() {
    let ward = Ward::demo().await;
    let (walker, other, trainer) =
        (ward.persona("staff").await, ward.persona("hr").await, ward.persona("trainer").await);
    let (owner, stranger, route) = (account(&walker).await, account(&other).await, route(&ward).await);
    send(&walker, &[visit(&route, 0, 1, &json!([gps(&route, 0, 400.0)]))]).await;
    let good = |number: u32| item("visit", &owner, &visit(&route, 0, number, &json!([gps(&route, 0, 5.0)])));
    let with = |number: u32, path: &str, value: Value| {
        let mut item = good(number);
        *item.pointer_mut(path).unwrap() = value;
        item.to_string()
    };
    let bomb = {
        let mut bytes = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
        let mut header = b"IHDR".to_vec();
        header.extend([60_000_u32.to_be_bytes(), 60_000_u32.to_be_bytes()].concat());
        header.extend([8, 2, 0, 0, 0]);
        let mut crc = crc32fast::Hasher::new();
        crc.update(&header);
        bytes.extend(13_u32.to_be_bytes());
        bytes.extend(&header);
        bytes.extend(crc.finalize().to_be_bytes());
        bytes
    };
    let not_base64 = {
        let mut item = photo(&owner, 1, 77, &[]);
        item["file"] = json!("これは写真ではありません");
        item.to_string()
    };
    let added = json!({ "id": id(60), "at": AT, "evidence": [] });
    let cases: Vec<(String, &str)> = vec![
        (with(10, "/kind", json!("telepathy")), "unknown_kind"),
        (with(11, "/kind", json!(7)), "unknown_kind"),
        (with(12, "/owner", json!(id(1))), "unknown_owner"),
        (with(13, "/owner", json!("somebody")), "malformed"),
        (with(14, "/id", json!(id(15))), "bad_id"),
        (with(16, "/body/at", json!("2026-11-20T13:00:00+09:00")), "future"),
        (with(17, "/body/stop_id", json!(id(1))), "unknown_stop"),
        (with(18, "/body/route_version_id", json!(id(1))), "unknown_route_version"),
        (with(19, "/body/evidence/0/accuracy_m", json!(-1)), "bad_accuracy"),
        (good(20).to_string().replace("\"accuracy_m\":12", "\"accuracy_m\":NaN"), "malformed"),
        (good(21).to_string().replacen('{', &format!("{{\"owner\":\"{owner}\","), 1), "duplicate_key"),
        (with(22, "/body", json!("no object")), "malformed"),
        ("12".to_owned(), "malformed"),
        ("{}".to_owned(), "unknown_kind"),
        // A visit of somebody else, and one that is not there.
        (of_visit("addition", &stranger, 1, &added).to_string(), "unknown_visit"),
        (of_visit("addition", &owner, 99, &added).to_string(), "unknown_visit"),
        (photo(&owner, 99, 77, &jpeg()).to_string(), "unknown_visit"),
        (photo(&owner, 1, 78, &jpeg()).to_string(), "unnamed_photo"),
        (photo(&owner, 1, 77, &bomb).to_string(), "bad_photo"),
        (photo(&owner, 1, 77, b"<svg onload='alert(1)'></svg>").to_string(), "bad_photo"),
        (not_base64, "bad_photo"),
    ];
    let mut items = vec![good(2).to_string()];
    items.extend(cases.iter().map(|(item, _)| item.clone()));
    items.push(good(3).to_string());
    // Somebody else's id.
    items.push(item("visit", &stranger, &visit(&route, 0, 1, &json!([]))).to_string());
    let text = format!("{{\"format\":\"machiaruki-outbox\",\"version\":1,\"items\":[{}]}}", items.join(","));
    let reply = raw(&trainer, &text).await.ok().json();
    let results = reply["results"].as_array().unwrap();
    assert_eq!(results.len(), items.len());
    for ((item, code), result) in cases.iter().zip(&results[1..]) {
        let said = (&result["status"], &result["reason"]["code"]);
        assert_eq!(said, (&json!("refused"), &json!(code)), "{item}: {result}");
        assert!(!result["reason"]["message"].as_str().unwrap().is_empty());
    }
    let last = results.len() - 1;
    assert_eq!(
        [&results[0]["status"], &results[last - 1]["status"], &results[last]["status"]],
        ["stored", "stored", "conflict"].map(Value::from).each_ref()
    );
    assert_eq!(count(&ward, "visit").await, 3);
}

#[tokio::test]
async fn what_is_no_such_file_says_what_to_do() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    for text in ["", "no JSON", "[]", "{\"format\"", "{\"format\":\"a\",\"format\":\"b\"}"] {
        raw(&trainer, text).await.problem(StatusCode::BAD_REQUEST);
    }
    let no_list = json!({ "format": "machiaruki-outbox", "version": 1, "items": 7 });
    trainer.post(PATH, &no_list).await.problem(StatusCode::BAD_REQUEST);
    let other = json!({ "type": "FeatureCollection", "features": [] });
    assert_eq!(trainer.post(PATH, &other).await.impossible_fields(), ["format"]);
    let newer = json!({ "format": "machiaruki-outbox", "version": 2, "items": [] });
    let problem = trainer.post(PATH, &newer).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem["detail"].as_str().is_some_and(|text| text.ends_with('。')), "{problem}");
    let many = file(&vec![json!({}); 10_000]);
    assert_eq!(trainer.post(PATH, &many).await.impossible_fields(), ["items"]);
    let photos = file(&vec![json!({ "kind": "photo" }); 21]);
    assert_eq!(trainer.post(PATH, &photos).await.impossible_fields(), ["items"]);
    let huge = format!("{{\"format\":\"{}\"}}", "x".repeat(17 * 1024 * 1024));
    raw(&trainer, &huge).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    let as_text = trainer.send(Method::POST, PATH, Some("text/plain"), &[], b"{}".to_vec()).await;
    as_text.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(import(&trainer, &[]).await, Vec::<Value>::new());
    assert_eq!(count(&ward, "visit").await, 0);
    // For trainers alone.
    for persona in ["staff", "manager", "hr", "admin", "editor"] {
        ward.persona(persona).await.post(PATH, &file(&[])).await.problem(StatusCode::NOT_FOUND);
    }
    ward.caller().post(PATH, &file(&[])).await.problem(StatusCode::UNAUTHORIZED);
}
