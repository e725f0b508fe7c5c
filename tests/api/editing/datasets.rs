use http::StatusCode;
use serde_json::json;

use super::{OWN, ward};

#[tokio::test]
async fn editors_see_their_departments_datasets_and_administrators_all() {
    let ward = ward().await;
    let own = ward.persona("editor").await.json("/api/datasets").await;
    let mut ids: Vec<&str> =
        own["datasets"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    let mut expected = OWN;
    expected.sort_unstable();
    assert_eq!(ids, expected);
    let all = ward.persona("admin").await.json("/api/datasets").await;
    assert_eq!(all["datasets"].as_array().unwrap().len(), 13);
}

#[tokio::test]
async fn confirming_renews_the_layers_freshness_and_can_be_taken_back() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let freshness = async || {
        let layers = ward.anonymous().json("/api/layers").await;
        let layers = layers["layers"].as_array().unwrap().clone();
        layers.into_iter().find(|layer| layer["id"] == "organisations").unwrap()["freshness"].clone()
    };
    let before = freshness().await;
    let confirmed = editor.post("/api/datasets/demo-organisations/confirm", &json!({})).await.ok().json();
    assert_eq!(confirmed["last_confirmed"], "2026-11-20");
    assert_eq!(freshness().await["last_confirmed"], "2026-11-20");
    let back = editor.post("/api/datasets/demo-organisations/unconfirm", &json!({})).await.ok().json();
    assert_eq!(back["last_confirmed"], confirmed["before"]);
    assert_eq!(freshness().await, before);
    // There is nothing more to take back.
    editor.post("/api/datasets/demo-organisations/unconfirm", &json!({})).await.problem(StatusCode::CONFLICT);
    for path in ["confirm", "unconfirm"] {
        for other in ["demo-facilities", "nothing", "NO%20ID"] {
            let reply = editor.post(&format!("/api/datasets/{other}/{path}"), &json!({})).await;
            reply.problem(StatusCode::NOT_FOUND);
        }
    }
    // Administrators look, and confirm nothing.
    let admin = ward.persona("admin").await;
    admin.post("/api/datasets/demo-organisations/confirm", &json!({})).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_editors_do_is_recorded_without_what_they_wrote() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let place = super::place_of(&editor, "organisations", 0).await;
    let (_, tag) = super::open(&editor, &place["id"]).await;
    let path = format!("/api/places/{}", place["id"].as_str().unwrap());
    let body = json!({ "fields": { "contact_name": "かなりあ", "contact_phone": "03-9999-8888" } });
    super::send(&editor, http::Method::PATCH, &path, &tag, &body).await.ok();
    editor.get(&path).await.ok();
    editor.post("/api/datasets/demo-organisations/confirm", &json!({})).await.ok();
    let entries = ward.persona("hr").await.get("/api/audit").await.ok().text();
    for action in ["change_place", "read_place", "change_dataset"] {
        assert!(entries.contains(&format!("\"{action}\"")), "{action}: {entries}");
    }
    assert!(entries.contains("contact_name"));
    assert!(!entries.contains("かなりあ") && !entries.contains("9999"));
}
