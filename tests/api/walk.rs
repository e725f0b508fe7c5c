//! What the walk page asks for besides the log of visits: packs, posters' links, requests meant for one account.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Anonymous, Ward, site};

async fn route(ward: &Ward) -> Value {
    ward.anonymous().json("/api/routes").await["routes"][0].clone()
}

#[tokio::test]
async fn a_poster_leads_to_the_walk_and_records_nothing() {
    let ward = Ward::demo().await;
    let route = route(&ward).await;
    let id = route["id"].as_str().unwrap();
    let mut tx = ward.app.db.read().await.unwrap();
    let codes = machiaruki::routes::store::stop_codes(&mut tx, id.parse().unwrap()).await.unwrap();
    drop(tx);
    let (stop, code) = (codes[0].stop.to_string(), &codes[0].code);
    let walker = ward.persona("staff").await;
    let reply = walker.get(&format!("/s/{code}")).await.has_status(StatusCode::SEE_OTHER);
    assert_eq!(reply.header("location"), format!("/walk#route={id}&stop={stop}&code={code}"));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(walker.json("/api/me/visits").await["visits"], json!([]));
    // Where nobody signs in, there is nothing to record: the stop on the map.
    let public = Anonymous::new(ward.app.router_of(site(true), &[machiaruki::auth::Surface::Public]));
    let target = public.get(&format!("/s/{code}")).await.header("location");
    assert!(target.starts_with("/#map=18/") && target.contains("select=stops/"), "{target}");
}

#[tokio::test]
async fn what_is_meant_for_one_account_is_not_taken_from_another() {
    let ward = Ward::demo().await;
    let (walker, other) = (ward.persona("staff").await, ward.persona("hr").await);
    let route = route(&ward).await;
    let account = walker.json("/api/session").await["me"]["account"].as_str().unwrap().to_owned();
    let visit = json!({ "visits": [{
        "id": "019a9f6e-0000-7000-8000-000000000001", "route_version_id": route["route_version_id"],
        "stop_id": route["stops"][0]["stop_id"], "at": "2026-11-20T10:15:30+09:00", "evidence": [{ "kind": "self" }],
    }] });
    let meant = [("machiaruki-account", account.as_str())];
    let body = visit.to_string().into_bytes();
    let json = Some("application/json");
    let reply = other.send(Method::POST, "/api/visits", json, &meant, body.clone()).await;
    let problem = reply.problem(StatusCode::UNAUTHORIZED);
    assert!(problem["detail"].as_str().unwrap().contains("別のアカウント"), "{problem}");
    assert_eq!(other.json("/api/me/visits").await["visits"], json!([]));
    walker.send(Method::POST, "/api/visits", json, &meant, body).await.ok();
    assert_eq!(walker.json("/api/me/visits").await["visits"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn packs_are_small_and_asked_for_again_only_when_something_changed() {
    let ward = Ward::demo().await;
    let anybody = ward.anonymous();
    for route in anybody.json("/api/routes").await["routes"].as_array().unwrap() {
        let address = format!("/api/routes/{}/pack", route["id"].as_str().unwrap());
        let reply = anybody.get(&address).await.ok();
        let pack = reply.json();
        assert_eq!(pack["route"], *route);
        assert!(reply.body.len() < 500 * 1024, "{} has {} bytes", route["code"], reply.body.len());
        let tag = reply.header("etag");
        let again = anybody.get_with(&address, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    }
}
