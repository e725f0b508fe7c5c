//! `GET /api/outings`: which of them, whose, and in which order; and the demo's own.

use http::{Method, StatusCode};
use machiaruki::{app::system_random, clock::SharedClock, commands::plan_outings};
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

async fn made(trainer: &Caller, starts_at: &str) -> String {
    let route = trainer.json("/api/routes").await["routes"][0].clone();
    let body = json!({
        "route_version_id": route["route_version_id"], "starts_at": starts_at, "duration_min": 120,
        "meeting_point": "区役所1階ロビー", "capacity": 5,
    });
    let made = trainer.post("/api/outings", &body).await.has_status(StatusCode::CREATED).json();
    assert_eq!(made["route_number"], route["number"]);
    made["id"].as_str().unwrap().to_owned()
}

async fn listed(caller: &Caller, query: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), Some(format!("/api/outings?{query}")));
    while let Some(address) = next {
        let page = caller.json(&address).await;
        let outings = page["outings"].as_array().unwrap();
        found.extend(outings.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(str::to_owned);
    }
    found
}

#[tokio::test]
async fn what_is_over_is_listed_from_the_latest_on_and_page_by_page() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let mut ids = Vec::new();
    // Two at the same moment.
    for starts_at in ["2026-12-01T10:00:00+09:00", "2026-12-01T10:00:00+09:00", "2026-12-03T10:00:00+09:00"] {
        ids.push(made(&trainer, starts_at).await);
    }
    ids[..2].sort();
    for limit in [1, 2, 9] {
        assert_eq!(listed(&trainer, &format!("limit={limit}")).await, ids);
        let mut latest_first = ids.clone();
        latest_first.reverse();
        assert_eq!(listed(&trainer, &format!("before=2026-12-04&limit={limit}")).await, latest_first);
    }
    assert_eq!(listed(&trainer, "before=2026-12-03").await, [ids[1].clone(), ids[0].clone()]);
    assert_eq!(listed(&trainer, "before=2026-12-01").await, Vec::<String>::new());
    for (query, field) in
        [("before=soon", "before"), ("mine=all", "mine"), ("after=x", "after"), ("limit=0", "limit")]
    {
        assert_eq!(trainer.get(&format!("/api/outings?{query}")).await.impossible_fields(), [field]);
    }
}

#[tokio::test]
async fn ones_own_are_those_that_one_joined_or_leads() {
    let ward = Ward::demo().await;
    let (trainer, reviewer) = (ward.persona("trainer").await, ward.persona("reviewer").await);
    let staff = ward.persona("staff").await;
    let led = made(&trainer, "2026-12-01T10:00:00+09:00").await;
    let other = made(&reviewer, "2026-12-02T10:00:00+09:00").await;
    let sign_up = format!("/api/outings/{other}/sign-up");
    staff.ask(Method::PUT, &sign_up, None).await.ok();
    trainer.ask(Method::PUT, &sign_up, None).await.ok();
    let (joined, of_trainer) = (vec![other.clone()], vec![led]);
    assert_eq!(listed(&staff, "mine=joined").await, joined);
    assert_eq!(listed(&staff, "mine=led").await, Vec::<String>::new());
    assert_eq!(listed(&trainer, "mine=led").await, of_trainer);
    assert_eq!(listed(&trainer, "mine=joined&limit=1").await, joined);
    assert_eq!(listed(&staff, "mine=joined&before=2027-01-01&limit=1").await, joined);
    staff.ask(Method::DELETE, &sign_up, None).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(listed(&staff, "mine=joined").await, Vec::<String>::new());
}

#[tokio::test]
async fn who_may_change_an_outing_is_told_so() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let path = format!("/api/outings/{}", made(&trainer, "2026-12-01T10:00:00+09:00").await);
    for (persona, may_change) in [("trainer", true), ("reviewer", false), ("staff", false), ("admin", false)]
    {
        let seen = ward.persona(persona).await.json(&path).await;
        assert_eq!(seen["may_change"], may_change, "{persona}");
        if !may_change {
            let cancel = json!({ "reason": "大雨のため" });
            let reply = ward.persona(persona).await.post(&format!("{path}/cancel"), &cancel).await;
            reply.problem(StatusCode::NOT_FOUND);
        }
    }
}

async fn plan(ward: &Ward) {
    let clock: SharedClock = ward.clock.clone();
    plan_outings(&ward.app.db, &clock, &system_random()).await.unwrap();
}

#[tokio::test]
async fn the_demo_always_has_outings_to_come() {
    let ward = Ward::demo().await;
    plan(&ward).await;
    let staff = ward.persona("staff").await;
    let coming = staff.json("/api/outings").await["outings"].as_array().unwrap().clone();
    let states: Vec<&Value> = coming.iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["planned", "cancelled", "planned", "planned"]);
    assert_eq!(coming[0]["mine"]["state"], "confirmed");
    assert_eq!((&coming[2]["confirmed"], &coming[2]["waiting"]), (&json!(2), &json!(1)));
    for outing in &coming {
        assert!(outing["meeting_point"].as_str().unwrap().starts_with("【見本】"), "{outing}");
        assert!(outing["title"]["ja"].as_str().unwrap().starts_with("【見本】"), "{outing}");
        let hosts = outing["hosts"].as_array().unwrap();
        assert!(hosts.iter().all(|host| host["name"].as_str().unwrap().starts_with("【見本】")), "{outing}");
    }
    let past = staff.json("/api/outings?before=2026-11-20").await["outings"].as_array().unwrap().clone();
    assert_eq!((past.len(), &past[0]["state"]), (3, &json!("held")));
    assert!(past.iter().all(|one| one["state"] == "held"), "{past:?}");
    // Again changes nothing, until the last one has begun.
    plan(&ward).await;
    assert_eq!(listed(&staff, "").await.len(), coming.len());
    ward.clock.set("2027-01-15T03:00:00Z".parse().unwrap());
    plan(&ward).await;
    let staff = ward.persona("staff").await;
    assert_eq!(listed(&staff, "").await.len(), coming.len());
    assert_eq!(listed(&staff, "before=2027-01-15").await.len(), coming.len() + 3);
}

#[tokio::test]
async fn whoever_was_with_an_outing_of_the_demo_has_walked() {
    let ward = Ward::demo().await;
    plan(&ward).await;
    ward.looked().await;
    let report = ward.persona("hr").await.json("/api/training/report").await;
    // Of 24 who had signed up three did not come.
    assert_eq!(report["total"]["count"]["completed"], 21, "{report}");
}
