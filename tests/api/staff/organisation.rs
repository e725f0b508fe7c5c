//! Departments, tiers and counts.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{find, preview};
use crate::support::Ward;

#[tokio::test]
async fn departments_are_a_tree_of_any_day() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let document = staff.json("/api/departments").await;
    let departments = document["departments"].as_array().unwrap();
    assert_eq!(departments.len(), 16);
    // Each stands behind the one above it.
    let mut seen: Vec<&Value> = Vec::new();
    for one in departments {
        match &one["parent"] {
            Value::Null => assert_eq!(one["depth"], 0),
            parent => {
                let above = seen.iter().find(|above| above["id"] == *parent).unwrap();
                assert_eq!(one["depth"], above["depth"].as_i64().unwrap() + 1);
            }
        }
        seen.push(one);
    }
    let past = staff.json("/api/departments?as_of=2020-01-01").await;
    assert_eq!(past["departments"], json!([]));
    staff.get("/api/departments?as_of=x").await.problem(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn editors_stand_where_the_map_data_is_kept() {
    let ward = Ward::demo().await;
    let editor = ward.persona("editor").await;
    let me = editor.json("/api/me").await;
    let document = editor.json("/api/departments").await;
    let name_of = |id: &Value| {
        let all = document["departments"].as_array().unwrap();
        all.iter().find(|one| one["id"] == *id).cloned().unwrap_or_default()
    };
    let own = name_of(&me["department"]);
    let stewards: Vec<Value> = vec![own["name"].clone(), name_of(&own["parent"])["name"].clone()];
    let datasets: Value = serde_json::from_str(include_str!("../../../geodata/datasets.json")).unwrap();
    for dataset in datasets.as_array().unwrap() {
        assert!(stewards.contains(&dataset["steward"]), "{}", dataset["steward"]);
    }
}

#[tokio::test]
async fn a_mistyped_grade_is_mapped_and_then_read() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let reply = hr.get("/api/tiers").await.ok();
    let mut tiers = reply.json();
    assert_eq!(tiers["tiers"].as_array().unwrap().len(), 5);
    let file = super::ROSTER.replacen(",課長,", ",担当課長,", 1);
    let refused = preview(&hr, "2026-11-20", file.as_bytes()).await.json();
    assert_eq!(refused["summary"]["counts"]["refused"], 1);
    tiers["tiers"][1]["grades"].as_array_mut().unwrap().push("担当課長".into());
    let body = tiers.to_string().into_bytes();
    let tag = reply.header("etag");
    let put = |tag: &str, body: Vec<u8>| {
        let (hr, tag) = (hr.clone(), tag.to_owned());
        async move {
            hr.send(Method::PUT, "/api/tiers", Some("application/json"), &[("if-match", &tag)], body).await
        }
    };
    put(&tag, body.clone()).await.ok();
    put(&tag, body).await.problem(StatusCode::PRECONDITION_FAILED);
    let taken = preview(&hr, "2026-11-20", file.as_bytes()).await.json();
    assert_eq!(taken["summary"]["counts"]["refused"], 0);
    assert_eq!(taken["summary"]["counts"]["other_changed"], 1);
    // A tier of which somebody is stays, and no grade is mapped twice.
    let tag = hr.get("/api/tiers").await.header("etag");
    let mut fewer = tiers.clone();
    fewer["tiers"].as_array_mut().unwrap().remove(0);
    put(&tag, fewer.to_string().into_bytes()).await.problem(StatusCode::CONFLICT);
    let mut twice = tiers.clone();
    twice["tiers"][0]["grades"].as_array_mut().unwrap().push("担当課長".into());
    put(&tag, twice.to_string().into_bytes()).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    hr.ask(Method::PUT, "/api/tiers", Some(&tiers)).await.problem(StatusCode::PRECONDITION_REQUIRED);
}

#[tokio::test]
async fn administrators_see_numbers_of_staff_and_nobody_in_them() {
    let ward = Ward::demo().await;
    let (admin, hr) = (ward.persona("admin").await, ward.persona("hr").await);
    let counts = admin.json("/api/staff/counts").await;
    assert_eq!(counts["total"], 60);
    assert!(!counts.to_string().contains("見本"));
    assert_eq!(admin.json("/api/staff/counts?as_of=2026-03-31").await["total"], 59);
    admin.get("/api/staff").await.problem(StatusCode::NOT_FOUND);
    let id = find(&hr, "900001").await["id"].as_str().unwrap().to_owned();
    admin.get(&format!("/api/staff/{id}")).await.problem(StatusCode::NOT_FOUND);
}
