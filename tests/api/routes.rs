//! `/api/routes` and `/api/designs`: from a draft to a published version.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Caller, Reply, Ward};

/// Places along the demo's network, not far from City Hall.
const PLACES: [[f64; 2]; 3] = [[139.7511, 35.65795], [139.7487, 35.6582], [139.7478, 35.6546]];

fn stop(index: usize) -> Value {
    json!({
        "kind": "stop", "stop_id": format!("019a9f6e-0000-7000-8000-00000000000{index}"),
        "location": PLACES[index], "radius_m": 40, "stay_min": 5, "required": true, "evidence": ["gps", "answer"],
        "name": { "ja": format!("見本の場所{index}") }, "story": { "ja": "見本の物語" },
        "question": { "text": { "ja": "何が見えますか" }, "answers": ["ひみつのこたえ"] },
    })
}

fn design() -> Value {
    json!({
        "title": { "ja": "【見本】試験のコース" }, "summary": { "ja": "試験のためのコースです。" }, "languages": ["ja"],
        "district": "芝地区", "themes": ["防災"], "slot_min": 120, "waypoints": [stop(0), stop(1), stop(2)],
        "alternative": { "desk_based": { "ja": "地図で同じ道をたどります。" } },
    })
}

async fn put(caller: &Caller, path: &str, tag: Option<&str>, body: &Value) -> Reply {
    let headers: Vec<(&str, &str)> = tag.map(|tag| ("if-match", tag)).into_iter().collect();
    caller.send(Method::PUT, path, Some("application/json"), &headers, body.to_string().into_bytes()).await
}

async fn step(caller: &Caller, method: Method, path: &str, tag: &str) -> Reply {
    caller.send(method, path, None, &[("if-match", tag)], Vec::new()).await
}

/// A new draft with that design: its address and tag.
async fn begun(trainer: &Caller, design: &Value) -> (String, String) {
    let made =
        trainer.post("/api/designs", &json!({ "design": design })).await.has_status(StatusCode::CREATED);
    (made.header("location"), made.header("etag"))
}

/// The id of a route that was designed, reviewed and published.
async fn published(ward: &Ward) -> String {
    let (trainer, reviewer) = (ward.persona("trainer").await, ward.persona("reviewer").await);
    let (draft, tag) = begun(&trainer, &design()).await;
    step(&trainer, Method::POST, &format!("{draft}/submit"), &tag).await.ok();
    let version = reviewer.post(&format!("{draft}/publish"), &json!({})).await.ok().json();
    version["route_id"].as_str().unwrap().to_owned()
}

fn check<'a>(draft: &'a Value, id: &str) -> &'a Value {
    draft["checklist"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
}

#[tokio::test]
async fn a_route_is_designed_reviewed_published_and_found_by_everybody() {
    let ward = Ward::demo().await;
    let (trainer, reviewer) = (ward.persona("trainer").await, ward.persona("reviewer").await);
    let before = ward.anonymous().json("/api/routes").await["routes"].as_array().unwrap().len();
    let made = trainer.post("/api/designs", &json!({ "title": { "ja": "下書き" }, "code": "test-01" })).await;
    let made = made.has_status(StatusCode::CREATED);
    let draft = made.header("location");
    assert_eq!(made.json()["may"], json!({ "edit": true, "review": false }));
    assert_eq!(check(&made.json(), "stops")["ok"], false);
    // Nobody else sees it yet.
    assert_eq!(reviewer.get(&draft).await.status, StatusCode::NOT_FOUND);
    let saved = put(&trainer, &draft, Some(&made.header("etag")), &json!({ "design": design() })).await.ok();
    let document = saved.json();
    let open: Vec<&Value> =
        document["checklist"].as_array().unwrap().iter().filter(|check| check["ok"] == false).collect();
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(document["line"]["legs"].as_array().unwrap().len(), 2);
    let submitted =
        step(&trainer, Method::POST, &format!("{draft}/submit"), &saved.header("etag")).await.ok();
    assert_eq!(submitted.json()["state"], "in_review");
    assert_eq!(submitted.json()["line"], document["line"]);
    // Now every trainer finds it; its author does not publish it.
    let seen = reviewer.json(&draft).await;
    assert_eq!(seen["may"], json!({ "edit": false, "review": true }));
    let listed = reviewer.json("/api/designs").await;
    let item =
        listed["designs"].as_array().unwrap().iter().find(|item| item["code"] == "test-01").unwrap().clone();
    assert_eq!((&item["draft"]["state"], &item["may"]["review"]), (&json!("in_review"), &json!(true)));
    let own = trainer.post(&format!("{draft}/publish"), &json!({})).await.problem(StatusCode::CONFLICT);
    assert!(own["detail"].as_str().unwrap().contains("ほかの研修担当"), "{own}");
    let comments =
        json!({ "comment": "", "comments": [{ "stop_id": stop(1)["stop_id"], "comment": "坂の名を" }] });
    reviewer.post(&format!("{draft}/send_back"), &comments).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(reviewer.get(&draft).await.status, StatusCode::NOT_FOUND);
    let back = trainer.get(&draft).await.ok();
    assert_eq!(back.json()["reviews"][0]["kind"], "sent_back");
    assert_eq!(back.json()["reviews"][0]["comments"][0]["comment"], "坂の名を");
    step(&trainer, Method::POST, &format!("{draft}/submit"), &back.header("etag")).await.ok();
    let version = reviewer.post(&format!("{draft}/publish"), &json!({})).await.ok().json();
    assert_eq!((&version["number"], &version["effective_from"]), (&json!(1), &json!("2026-11-20")));
    let id = version["route_id"].as_str().unwrap();

    let everybody = ward.anonymous();
    let route = everybody.json(&format!("/api/routes/{id}")).await;
    assert_eq!((&route["code"], &route["title"]["ja"]), (&json!("test-01"), &json!("【見本】試験のコース")));
    assert_eq!((&route["sample"], &route["line"]["type"]), (&json!(true), &json!("LineString")));
    assert_eq!(route["line"]["coordinates"], document["line"]["coordinates"]);
    let stops = route["stops"].as_array().unwrap();
    assert_eq!((stops.len(), &stops[1]["sequence"]), (3, &json!(2)));
    assert_eq!(stops[1]["location"], json!(PLACES[1]));
    assert_eq!((&stops[1]["evidence"], &stops[1]["radius_m"]), (&json!(["gps", "answer"]), &json!(40)));
    assert_eq!(stops[1]["question"]["ja"], "何が見えますか");
    let list = everybody.get("/api/routes").await.ok();
    assert!(!list.text().contains("ひみつのこたえ"));
    assert_eq!(list.json()["routes"].as_array().unwrap().len(), before + 1);
    let version = everybody.json(&format!("/api/routes/{id}/versions/1")).await;
    assert_eq!(version, route);
    // The public layers have it at once.
    let items = everybody.json("/ogc/collections/stops/items?limit=1000").await;
    let of_route = |item: &&Value| item["properties"]["route_id"] == id;
    assert_eq!(items["features"].as_array().unwrap().iter().filter(of_route).count(), 3);
    assert!(!items.to_string().contains("ひみつのこたえ"));
}

#[tokio::test]
async fn a_draft_is_not_overwritten_silently_and_wrong_fields_are_named() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let (draft, tag) = begun(&trainer, &design()).await;
    let body = json!({ "design": design() });
    put(&trainer, &draft, None, &body).await.problem(StatusCode::PRECONDITION_REQUIRED);
    put(&trainer, &draft, Some("\"99\""), &body).await.problem(StatusCode::PRECONDITION_FAILED);
    let mut other = design();
    other["title"]["ja"] = json!("別の題");
    let second = put(&trainer, &draft, Some(&tag), &json!({ "design": other })).await.ok();
    assert_ne!(second.header("etag"), tag);
    put(&trainer, &draft, Some(&tag), &body).await.problem(StatusCode::PRECONDITION_FAILED);
    assert_eq!(trainer.json(&draft).await["design"]["title"]["ja"], "別の題");
    let tag = second.header("etag");
    let wrong = |change: &dyn Fn(&mut Value)| {
        let mut bad = design();
        change(&mut bad);
        json!({ "design": bad })
    };
    let cases: [(Value, &str); 7] = [
        (
            wrong(&|bad| bad["waypoints"][1]["location"] = json!([35.6, 139.7])),
            "design.waypoints[1].location",
        ),
        (
            wrong(&|bad| bad["waypoints"][1]["stop_id"] = stop(0)["stop_id"].clone()),
            "design.waypoints[1].stop_id",
        ),
        (
            wrong(&|bad| bad["waypoints"][0]["name"]["en"] = json!("x".repeat(101))),
            "design.waypoints[0].name.en",
        ),
        (wrong(&|bad| bad["slot_min"] = json!(5)), "design.slot_min"),
        (wrong(&|bad| bad["secret"] = json!(1)), "design"),
        (
            wrong(&|bad| {
                bad["waypoints"] = json!(vec![json!({"kind":"control","location":[139.7,35.6]}); 50]);
            }),
            "design.waypoints",
        ),
        (wrong(&|bad| bad["waypoints"][0]["radius_m"] = json!(-1)), "design.waypoints[0]"),
    ];
    for (body, field) in cases {
        let problem =
            put(&trainer, &draft, Some(&tag), &body).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
        let fields = problem["errors"].to_string();
        assert!(fields.contains(field), "{field}: {problem}");
    }
    let ten_thousand = json!(vec![json!({"kind":"control","location":[139.7,35.6]}); 10_000]);
    let many = wrong(&|bad| bad["waypoints"] = ten_thousand.clone());
    put(&trainer, &draft, Some(&tag), &many).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(trainer.get(&draft).await.header("etag"), tag);
}

#[tokio::test]
async fn what_is_not_green_is_not_reviewed() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let mut bad = design();
    bad["languages"] = json!(["ja", "en"]);
    bad["slot_min"] = json!(15);
    bad["waypoints"][1]["evidence"] = json!([]);
    bad["waypoints"][2]["location"] = json!([139.60, 35.60]);
    let (draft, tag) = begun(&trainer, &bad).await;
    let seen = trainer.json(&draft).await;
    let code = |id: &str| check(&seen, id)["findings"][0]["code"].clone();
    assert_eq!(code("texts"), "missing_text");
    assert_eq!(check(&seen, "texts")["findings"][0]["language"], "en");
    assert_eq!(code("slot"), "too_long");
    assert_eq!(code("evidence"), "no_evidence");
    assert_eq!(code("inside"), "outside");
    assert_eq!(code("way"), "off_network");
    let refused = step(&trainer, Method::POST, &format!("{draft}/submit"), &tag).await;
    let problem = refused.problem(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem["errors"].to_string().contains("checklist.texts"), "{problem}");
    assert_eq!(trainer.json(&draft).await["state"], "editing");
}

#[tokio::test]
async fn versions_are_compared_cloned_archived_and_restored() {
    let ward = Ward::demo().await;
    let id = published(&ward).await;
    let (trainer, reviewer) = (ward.persona("trainer").await, ward.persona("reviewer").await);
    let path = format!("/api/routes/{id}");
    let begun = trainer.post(&format!("{path}/draft"), &json!({})).await.has_status(StatusCode::CREATED);
    trainer.post(&format!("{path}/draft"), &json!({})).await.problem(StatusCode::CONFLICT);
    let mut next = design();
    next["waypoints"][1]["location"] = json!([139.74875, 35.6582]);
    next["waypoints"][2]["story"]["ja"] = json!("新しい物語");
    let saved =
        put(&trainer, &format!("{path}/draft"), Some(&begun.header("etag")), &json!({ "design": next }))
            .await
            .ok();
    let changes = trainer.json(&format!("{path}/changes?from=1")).await;
    let said: Vec<(String, u64)> = changes["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["kind"] != "distance")
        .map(|change| (change["kind"].as_str().unwrap().to_owned(), change["sequence"].as_u64().unwrap_or(0)))
        .collect();
    assert_eq!(said, [("stop_moved".to_owned(), 2), ("stop".to_owned(), 3)]);
    let moved =
        changes["changes"].as_array().unwrap().iter().find(|change| change["kind"] == "stop_moved").unwrap();
    assert_eq!(moved["metres"], 5.0);
    step(&trainer, Method::POST, &format!("{path}/draft/submit"), &saved.header("etag")).await.ok();
    let later = json!({ "effective_from": "2027-04-01" });
    reviewer
        .post(&format!("{path}/draft/publish"), &json!({ "effective_from": "2026-01-01" }))
        .await
        .problem(StatusCode::UNPROCESSABLE_ENTITY);
    reviewer.post(&format!("{path}/draft/publish"), &later).await.ok();
    // Until its day the first one counts.
    let everybody = ward.anonymous();
    assert_eq!(everybody.json(&path).await["number"], 1);
    assert_eq!(everybody.json(&format!("{path}/versions/2")).await["stops"][2]["story"]["ja"], "新しい物語");
    let item = trainer.json("/api/designs").await["designs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["route_id"] == id)
        .unwrap()
        .clone();
    assert_eq!(item["next"], json!({ "number": 2, "effective_from": "2027-04-01" }));
    let cloned = reviewer
        .post(&format!("{path}/clone"), &json!({ "number": 1 }))
        .await
        .has_status(StatusCode::CREATED)
        .json();
    assert_eq!((&cloned["origin"]["route_id"], &cloned["origin"]["number"]), (&json!(id), &json!(1)));
    assert_ne!(cloned["design"]["waypoints"][0]["stop_id"], stop(0)["stop_id"]);
    trainer
        .post(&format!("{path}/archive"), &json!({ "reason": " " }))
        .await
        .problem(StatusCode::UNPROCESSABLE_ENTITY);
    reviewer
        .post(&format!("{path}/archive"), &json!({ "reason": "他課" }))
        .await
        .problem(StatusCode::NOT_FOUND);
    let archived =
        trainer.post(&format!("{path}/archive"), &json!({ "reason": "工事のため" })).await.ok().json();
    assert_eq!(archived["archived_on"], "2026-11-20");
    assert_eq!(everybody.get(&path).await.status, StatusCode::NOT_FOUND);
    trainer.post(&format!("{path}/restore"), &json!({ "reason": "工事が終わった" })).await.ok();
    assert_eq!(everybody.json(&path).await["number"], 1);
}

#[tokio::test]
async fn what_no_route_visits_is_named() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let before = trainer.json("/api/designs/coverage").await;
    published(&ward).await;
    let after = trainer.json("/api/designs/coverage").await;
    for layer in ["localities", "councils", "organisations"] {
        assert!(!after[layer].as_array().unwrap().is_empty(), "{layer}");
    }
    let visited = |coverage: &Value| {
        coverage["localities"].as_array().unwrap().iter().filter(|item| item["visited"] == true).count()
    };
    assert!(visited(&after) >= visited(&before) && visited(&after) > 0);
    for item in after["localities"].as_array().unwrap() {
        assert_eq!(item["visited"] == true, !item["routes"].as_array().unwrap().is_empty(), "{item}");
    }
}

#[tokio::test]
async fn the_demos_routes_were_made_here_and_are_green() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let routes = ward.anonymous().json("/api/routes").await;
    let routes = routes["routes"].as_array().unwrap();
    assert_eq!(routes.len(), 8);
    for route in routes {
        let path = format!("/api/routes/{}/draft", route["id"].as_str().unwrap());
        let draft = trainer.post(&path, &json!({})).await.has_status(StatusCode::CREATED).json();
        let open: Vec<&Value> =
            draft["checklist"].as_array().unwrap().iter().filter(|check| check["ok"] == false).collect();
        assert!(open.is_empty(), "{}: {open:?}", route["code"]);
        assert!(route["sample"] == true && route["title"]["ja"].as_str().unwrap().starts_with("【見本】"));
        assert_eq!(draft["line"]["coordinates"], route["line"]["coordinates"]);
    }
}

#[tokio::test]
async fn a_pack_holds_what_a_phone_needs_and_no_answer() {
    let ward = Ward::demo().await;
    let id = published(&ward).await;
    let anybody = ward.anonymous();
    let reply = anybody.get(&format!("/api/routes/{id}/pack")).await.ok();
    let text = reply.text();
    assert!(!text.contains("ひみつのこたえ"), "answers stay on the service");
    let pack = reply.json();
    assert_eq!(pack["route"]["id"], id.as_str());
    assert_eq!(pack["route"]["stops"].as_array().unwrap().len(), 3);
    assert!(!pack["ways"].as_array().unwrap().is_empty());
    assert!(!pack["outline"].as_array().unwrap().is_empty());
    anybody
        .get("/api/routes/019a9f6e-0000-7000-8000-0000000000ff/pack")
        .await
        .has_status(StatusCode::NOT_FOUND);
}
