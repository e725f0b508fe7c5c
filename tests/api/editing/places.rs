use http::{Method, StatusCode, header};
use serde_json::{Value, json};

use super::{field, open, place_of, send, ward};
use crate::support::{Caller, Ward};

const LAYER: &str = "organisations";

fn path(place: &Value) -> String {
    format!("/api/places/{}", place["id"].as_str().unwrap())
}

async fn published(ward: &Ward, id: &Value) -> Option<Value> {
    let path = format!("/api/layers/{LAYER}/features/{}", id.as_str().unwrap());
    let reply = ward.anonymous().get(&path).await;
    (reply.status == StatusCode::OK).then(|| reply.json())
}

async fn first(editor: &Caller) -> (Value, String) {
    let place = place_of(editor, LAYER, 0).await;
    open(editor, &place["id"]).await
}

#[tokio::test]
async fn a_change_is_published_at_once_and_says_what_files_say() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let (place, tag) = first(&editor).await;
    let body = json!({ "fields": { "phone": "03-1234-5678", "note": "二階" }, "reason": "電話で確認" });
    let reply = send(&editor, Method::PATCH, &path(&place), &tag, &body).await.ok();
    assert_ne!(reply.header(header::ETAG), tag);
    let changed = reply.json();
    let phone = field(&changed, "phone");
    assert_eq!((&phone["value"], &phone["edited"]), (&json!("03-1234-5678"), &json!(true)));
    assert_eq!(phone["file"], field(&place, "phone")["file"]);
    let public = published(&ward, &place["id"]).await.unwrap();
    assert_eq!(public["properties"]["phone"], "03-1234-5678");
    // The answer to a reader who asks again is what was answered to the writer.
    assert_eq!(open(&editor, &place["id"]).await.0, changed);

    let body = json!({ "reset": ["phone"] });
    let tag = reply.header(header::ETAG);
    let back = send(&editor, Method::PATCH, &path(&place), &tag, &body).await.ok().json();
    assert_eq!(field(&back, "phone")["edited"], false);
    assert_eq!(field(&back, "note")["edited"], true);
}

#[tokio::test]
async fn two_editors_at_once_lose_nothing() {
    let ward = ward().await;
    let (one, other) = (ward.persona("editor").await, ward.persona("editor").await);
    let (place, tag) = first(&one).await;
    let (mine, theirs) = (
        json!({ "fields": { "phone": "03-1" .to_owned() + "234-0001" } }),
        json!({ "fields": { "note": "乙" } }),
    );
    send(&one, Method::PATCH, &path(&place), &tag, &mine).await.ok();
    send(&other, Method::PATCH, &path(&place), &tag, &theirs).await.problem(StatusCode::PRECONDITION_FAILED);
    let (now, tag) = open(&one, &place["id"]).await;
    assert_eq!(field(&now, "note")["edited"], false);
    let both = send(&other, Method::PATCH, &path(&place), &tag, &theirs).await.ok().json();
    assert_eq!(field(&both, "phone")["value"], "03-1234-0001");
    assert_eq!(field(&both, "note")["value"], "乙");
    // Without a tag nobody knows what was meant.
    other.ask(Method::PATCH, &path(&place), Some(&mine)).await.problem(StatusCode::PRECONDITION_REQUIRED);
}

#[tokio::test]
async fn a_hidden_field_reaches_no_public_address() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let (place, tag) = first(&editor).await;
    let canary = "かなりあの とり";
    let body = json!({
        "fields": { "note": canary, "former_names": [canary], "contact_name": canary },
        "hidden": { "note": true, "former_names": true }
    });
    let shown = send(&editor, Method::PATCH, &path(&place), &tag, &body).await.ok().json();
    assert_eq!(
        (&field(&shown, "note")["value"], &field(&shown, "note")["public"]),
        (&json!(canary), &json!(false))
    );
    let id = place["id"].as_str().unwrap();
    let anonymous = ward.anonymous();
    for address in [
        format!("/api/layers/{LAYER}/features"),
        format!("/api/layers/{LAYER}/features/{id}"),
        format!("/api/layers/{LAYER}/export/geojson"),
        format!("/api/layers/{LAYER}/export/csv"),
        format!("/api/layers/{LAYER}/export/kml"),
        format!("/api/layers/{LAYER}/export/gpkg"),
        "/api/search?q=かなりあ".to_owned(),
        format!("/ogc/collections/{LAYER}/items?limit=1000"),
        format!("/ogc/collections/{LAYER}/items/{id}"),
        format!("/ogc/collections/{LAYER}/items/{id}?f=html"),
    ] {
        let reply = anonymous.get(&address).await.ok();
        let needle = canary.as_bytes();
        let leaks = reply.body.windows(needle.len()).any(|window| window == needle);
        assert!(!leaks, "{address}");
    }
    // Shown again one at a time.
    let (_, tag) = open(&editor, &place["id"]).await;
    send(&editor, Method::PATCH, &path(&place), &tag, &json!({ "hidden": { "note": false } })).await.ok();
    let public = published(&ward, &place["id"]).await.unwrap();
    assert_eq!(public["properties"]["note"], canary);
    assert!(public["properties"].get("former_names").is_none());
    assert!(public["properties"].get("contact_name").is_none());
}

#[tokio::test]
async fn what_cannot_be_true_is_refused_field_by_field() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let (place, tag) = first(&editor).await;
    for (body, wrong) in [
        (json!({ "fields": { "phone": "でんわ", "url": "javascript:alert(1)" } }), vec!["phone", "url"]),
        (json!({ "fields": { "kind": "城" } }), vec!["kind"]),
        (json!({ "fields": { "name": null } }), vec!["name"]),
        (json!({ "fields": { "colour": "red", "sample": false } }), vec!["colour", "sample"]),
        (json!({ "hidden": { "name": true } }), vec!["name"]),
        (json!({ "fields": { "valid_from": "2026-04-01", "retired_on": "2026-03-01" } }), vec!["retired_on"]),
        (json!({ "geometry": { "type": "Point", "coordinates": [35.6, 139.7] } }), vec!["geometry"]),
        (
            json!({ "geometry": { "type": "LineString", "coordinates": [[139.7, 35.6], [139.8, 35.6]] } }),
            vec!["geometry"],
        ),
        (json!({ "fields": { "name": "新" }, "renamed_on": "2027-01-01" }), vec!["renamed_on"]),
        (json!({ "surprise": 1 }), vec!["surprise"]),
    ] {
        let reply = send(&editor, Method::PATCH, &path(&place), &tag, &body).await;
        assert_eq!(reply.impossible_fields(), wrong, "{body}");
    }
    assert_eq!(open(&editor, &place["id"]).await.1, tag, "nothing was stored");
}

#[tokio::test]
async fn a_place_far_away_is_rather_a_slip() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let (place, tag) = first(&editor).await;
    assert_eq!(place["warnings"], json!([]));
    let body = json!({ "geometry": { "type": "Point", "coordinates": [135.5, 34.7] } });
    let moved = send(&editor, Method::PATCH, &path(&place), &tag, &body).await.ok().json();
    assert_eq!(moved["warnings"], json!(["far_away"]));
    assert_eq!(moved["geometry"]["edited"], true);
    let public = published(&ward, &place["id"]).await.unwrap();
    assert_eq!(public["geometry"], body["geometry"]);
}

#[tokio::test]
async fn a_new_name_keeps_the_old_one_with_its_last_day() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let (place, tag) = first(&editor).await;
    let old = place["name"].as_str().unwrap();
    let body = json!({ "fields": { "name": "あたらしい会" }, "renamed_on": "2026-11-01" });
    let renamed = send(&editor, Method::PATCH, &path(&place), &tag, &body).await.ok().json();
    assert_eq!(renamed["former"], json!([{ "name": old, "until": "2026-11-01" }]));
    let found = ward.anonymous().json(&format!("/api/search?q={old}")).await;
    let matched = &found["results"][0];
    assert_eq!((&matched["id"], &matched["matched"]), (&place["id"], &json!("former_names")));
}

#[tokio::test]
async fn retired_and_restored_with_a_reason_and_undone() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let (place, tag) = first(&editor).await;
    let (retire, restore) = (format!("{}/retire", path(&place)), format!("{}/restore", path(&place)));
    let nobody_says_why = send(&editor, Method::POST, &retire, &tag, &json!({ "reason": " " })).await;
    assert_eq!(nobody_says_why.impossible_fields(), ["reason"]);
    let reply = send(&editor, Method::POST, &retire, &tag, &json!({ "reason": "解散" })).await.ok();
    assert_eq!(reply.json()["current"], false);
    assert!(
        published(&ward, &place["id"])
            .await
            .is_none_or(|public| public["properties"]["retired_on"] == "2026-11-20")
    );
    let shown = ward.anonymous().json(&format!("/api/layers/{LAYER}/features?limit=1000")).await;
    let ids: Vec<&Value> = shown["features"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert!(!ids.contains(&&place["id"]));
    // Editors still find it.
    assert_eq!(place_of(&editor, LAYER, 0).await["current"], false);
    let tag = reply.header(header::ETAG);
    let reply = send(&editor, Method::POST, &restore, &tag, &json!({ "reason": "誤り" })).await.ok();
    assert_eq!(reply.json()["current"], true);

    let undo = format!("{}/undo", path(&place));
    let tag = reply.header(header::ETAG);
    let reply = send(&editor, Method::POST, &undo, &tag, &json!({ "to": 1 })).await.ok();
    assert_eq!((&reply.json()["current"], &reply.json()["version"]), (&json!(false), &json!(3)));
    let tag = reply.header(header::ETAG);
    let reply = send(&editor, Method::POST, &undo, &tag, &json!({ "to": 0 })).await.ok();
    assert_eq!(reply.json()["current"], true);
    let tag = reply.header(header::ETAG);
    let unknown = send(&editor, Method::POST, &undo, &tag, &json!({ "to": 9 })).await;
    assert_eq!(unknown.impossible_fields(), ["to"]);

    let history = editor.json(&format!("{}/history", path(&place))).await;
    let kinds: Vec<&str> =
        history["edits"].as_array().unwrap().iter().map(|edit| edit["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["undo", "undo", "restore", "retire"]);
    let retired = &history["edits"][3];
    assert_eq!(
        (&retired["reason"], &retired["own"], &retired["by"]),
        (&json!("解散"), &json!(true), &json!("900007"))
    );
    assert_eq!(retired["changes"], json!([{ "field": "retired_on", "before": null, "after": "2026-11-20" }]));
}

#[tokio::test]
async fn a_new_place_is_the_departments_own_and_marked_as_invented_in_the_demo() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let body = json!({
        "layer": LAYER,
        "fields": { "name": "あらたな会", "kind": "町会", "phone": "03-1234-5678" },
        "hidden": ["phone"],
        "geometry": { "type": "Point", "coordinates": [139.75, 35.65] },
        "reason": "設立届"
    });
    let reply = editor.post("/api/places", &body).await.has_status(StatusCode::CREATED);
    let place = reply.json();
    assert_eq!(reply.header(header::LOCATION), path(&place));
    assert_eq!(place["datasets"][0]["own"], true);
    let public = published(&ward, &place["id"]).await.unwrap();
    assert_eq!(public["properties"]["sample"], true);
    assert_eq!(public["properties"]["kind"], "neighbourhood_association");
    assert!(public["properties"].get("phone").is_none());
    // Another one of the same department joins it.
    let second = editor.post("/api/places", &body).await.has_status(StatusCode::CREATED).json();
    assert_eq!(second["datasets"][0]["id"], place["datasets"][0]["id"]);
    assert_ne!(second["id"], place["id"]);
    // There is nothing before its making.
    let undo = send(
        &editor,
        Method::POST,
        &format!("{}/undo", path(&place)),
        &reply.header(header::ETAG),
        &json!({ "to": 0 }),
    )
    .await;
    assert_eq!(undo.impossible_fields(), ["to"]);
    for (wrong, named) in [
        (json!({ "layer": LAYER, "fields": {}, "geometry": body["geometry"] }), "name"),
        (json!({ "layer": LAYER, "fields": { "name": "x" }, "geometry": { "type": "Point" } }), "geometry"),
    ] {
        assert_eq!(editor.post("/api/places", &wrong).await.impossible_fields(), [named]);
    }
    let routes = json!({ "layer": "routes", "fields": { "name": "x" }, "geometry": body["geometry"] });
    editor.post("/api/places", &routes).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_other_departments_keep_is_not_there() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    assert_eq!(editor.json("/api/places?layer=facilities").await["places"], json!([]));
    let theirs = ward.anonymous().json("/api/layers/facilities/features?limit=1").await;
    let id = theirs["features"][0]["id"].as_str().unwrap();
    // Stops are public, within reach, and not edited by hand.
    let stops = ward.anonymous().json("/api/layers/stops/features?limit=1").await;
    for id in [id, stops["features"][0]["id"].as_str().unwrap(), "sz8vks8fwnbaw6b1"] {
        let path = format!("/api/places/{id}");
        let absent = editor.get(&path).await.problem(StatusCode::NOT_FOUND);
        assert!(absent["detail"].as_str().unwrap().starts_with("見つかりません"));
        editor.get(&format!("{path}/history")).await.problem(StatusCode::NOT_FOUND);
        for (method, path, body) in [
            (Method::PATCH, path.clone(), json!({ "fields": { "phone": "03-1234-5678" } })),
            (Method::POST, format!("{path}/retire"), json!({ "reason": "x" })),
            (Method::POST, format!("{path}/restore"), json!({ "reason": "x" })),
            (Method::POST, format!("{path}/undo"), json!({ "to": 0 })),
        ] {
            send(&editor, method, &path, "*", &body).await.problem(StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn places_are_found_by_former_names_and_listed_in_pages() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let (place, tag) = first(&editor).await;
    let body = json!({ "fields": { "former_names": ["むかしの会"] } });
    send(&editor, Method::PATCH, &path(&place), &tag, &body).await.ok();
    let found = editor.json("/api/places?layer=organisations&q=%E3%83%A0%E3%82%AB%E3%82%B7").await;
    assert_eq!(found["places"].as_array().unwrap().len(), 1);
    assert_eq!((&found["places"][0]["id"], &found["places"][0]["edited"]), (&place["id"], &json!(true)));
    for number in 0..60 {
        let body = json!({ "layer": LAYER, "fields": { "name": format!("頁の会{number}") },
            "geometry": { "type": "Point", "coordinates": [139.75, 35.65] } });
        editor.post("/api/places", &body).await.has_status(StatusCode::CREATED);
    }
    let (mut next, mut names) = (Some("/api/places?layer=organisations&q=%E9%A0%81".to_owned()), Vec::new());
    while let Some(address) = next {
        let page = editor.json(&address).await;
        names.extend(page["places"].as_array().unwrap().iter().map(|place| place["name"].to_string()));
        next = page["next"].as_str().map(str::to_owned);
    }
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((names.len(), names), (60, sorted));
}
