//! Deciding on visits: several at once, two trainers at once, and finding the visits of one person.

use http::StatusCode;
use serde_json::{Value, json};

use super::{gps, id, route, send, visit};
use crate::support::{Caller, Ward};

const BULK: &str = "/api/visits/decisions";

async fn decide(caller: &Caller, body: &Value) -> Vec<Value> {
    caller.post(BULK, body).await.ok().json()["results"].as_array().unwrap().clone()
}

#[tokio::test]
async fn several_are_decided_at_once_each_by_itself() {
    let ward = Ward::demo().await;
    let (walker, trainer, route) =
        (ward.persona("staff").await, ward.persona("trainer").await, route(&ward).await);
    let far = |stop, number| visit(&route, stop, number, &json!([gps(&route, stop, 400.0)]));
    send(&walker, &[far(0, 1), far(1, 2), far(2, 3)]).await;
    send(&trainer, &[far(0, 9)]).await;
    let listed = |number: u32| json!({ "id": id(number), "seen_decisions": 0 });
    // Somebody else was faster with the second one; one is the trainer's own, one is nobody's.
    let reviewer = ward.persona("reviewer").await;
    let path = format!("/api/visits/{}/decision", id(2));
    reviewer.post(&path, &json!({ "decision": "reject", "reason": "写真がありません" })).await.ok();
    let visits = json!([listed(1), listed(2), listed(3), listed(9), listed(77), { "id": "nonsense" }]);
    let results = decide(&trainer, &json!({ "visits": visits, "decision": "accept" })).await;
    let said: Vec<&str> = results.iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(said, ["decided", "changed", "decided", "own", "absent", "absent"]);
    assert_eq!(results[0], json!({ "id": id(1), "status": "decided", "outcome": "accepted" }));
    assert!(results[1]["message"].as_str().unwrap().contains("読み込み直して"), "{}", results[1]);
    let mine = walker.json("/api/me/visits").await;
    let outcomes: Vec<_> =
        mine["visits"].as_array().unwrap().iter().map(|one| one["outcome"].clone()).collect();
    assert_eq!(outcomes.iter().filter(|one| **one == json!("accepted")).count(), 2);
    // One entry for all of it, which names the walker.
    let views = walker.get("/api/me/views").await.ok().text();
    assert_eq!(views.matches("decide_visit").count(), 2, "{views}");

    let many = json!({ "visits": vec![listed(1); 201], "decision": "accept" });
    trainer.post(BULK, &many).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let none = json!({ "visits": [], "decision": "accept" });
    trainer.post(BULK, &none).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let unsaid = json!({ "visits": [listed(1)], "decision": "reject" });
    assert_eq!(trainer.post(BULK, &unsaid).await.impossible_fields(), ["reason"]);
    walker
        .post(BULK, &json!({ "visits": [listed(1)], "decision": "accept" }))
        .await
        .problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_has_not_seen_the_last_decision_does_not_overrule_it() {
    let ward = Ward::demo().await;
    let (walker, trainer, reviewer) =
        (ward.persona("staff").await, ward.persona("trainer").await, ward.persona("reviewer").await);
    let route = route(&ward).await;
    send(&walker, &[visit(&route, 0, 1, &json!([gps(&route, 0, 400.0)]))]).await;
    let path = format!("/api/visits/{}", id(1));
    let accept = json!({ "decision": "accept", "seen_decisions": 0 });
    reviewer.post(&format!("{path}/decision"), &accept).await.ok();
    let late = trainer.post(&format!("{path}/decision"), &accept).await;
    let problem = late.problem(StatusCode::PRECONDITION_FAILED);
    assert!(problem["detail"].as_str().unwrap().contains("先に判定"), "{problem}");
    let void = |seen: u32| json!({ "reason": "人違い", "seen_decisions": seen });
    trainer.post(&format!("{path}/void"), &void(0)).await.problem(StatusCode::PRECONDITION_FAILED);
    let done = trainer.post(&format!("{path}/void"), &void(1)).await.ok().json();
    assert_eq!(done["outcome"], "rejected");
}

#[tokio::test]
async fn all_visits_of_one_person_are_found_by_their_number_alone() {
    let ward = Ward::demo().await;
    let (walker, trainer, route) =
        (ward.persona("staff").await, ward.persona("trainer").await, route(&ward).await);
    let near = |stop, number| visit(&route, stop, number, &json!([gps(&route, stop, 2.0)]));
    send(&walker, &[near(0, 1), near(1, 2), near(2, 3)]).await;
    send(&ward.persona("hr").await, &[near(0, 8)]).await;
    let path = "/api/visits?state=person&login=900001&limit=2";
    let first = trainer.json(path).await;
    let ids = |page: &Value| -> Vec<String> {
        let visits = page["visits"].as_array().unwrap();
        visits.iter().map(|one| one["visit"]["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&first), [id(1), id(2)]);
    let next = trainer.json(first["next"].as_str().unwrap()).await;
    assert_eq!((ids(&next), &next["next"]), (vec![id(3)], &Value::Null));
    assert!(ids(&trainer.json(&format!("{path}&fiscal_year=2024")).await).is_empty());
    assert_eq!(trainer.get("/api/visits?state=person").await.impossible_fields(), ["login"]);
    assert_eq!(trainer.get("/api/visits?state=person&login=nobody").await.impossible_fields(), ["login"]);
    // It is a reading like any other: they see it.
    assert!(walker.get("/api/me/views").await.ok().text().contains("read_visits"));
}
