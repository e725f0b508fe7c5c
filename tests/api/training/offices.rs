//! `/api/training/offices`: where departments work, and what follows of it.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{obligation, walk};
use crate::support::Ward;

/// Points of the demo's districts.
const AKASAKA: [f64; 2] = [139.733, 35.6735];
const AZABU: [f64; 2] = [139.737, 35.66];

/// The departments of the top level, by name.
async fn division(ward: &Ward, name: &str) -> String {
    let departments = ward.persona("hr").await.json("/api/departments").await;
    let departments = departments["departments"].as_array().unwrap();
    let found = departments.iter().find(|one| one["name"] == name && one["depth"] == 0).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_office_lies_in_the_district_of_the_map() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let department = division(&ward, "総務部(見本)").await;
    let before = hr.json("/api/training/offices").await;
    assert_eq!(before["districts"].as_array().unwrap().len(), 5);
    let of = |list: &Value| -> Vec<Value> {
        let offices = list["offices"].as_array().unwrap().iter();
        offices.filter(|one| one["department"] == *department).cloned().collect()
    };
    assert_eq!(of(&before)[0]["district"], "芝地区");
    let path = format!("/api/training/offices/{department}/2026-10-01");
    let body = json!({ "name": " 【見本】新しい事務所 ", "location": AZABU });
    let put = hr.ask(Method::PUT, &path, Some(&body)).await.ok().json();
    assert_eq!((&put["district"], &put["name"]), (&json!("麻布地区"), &json!("【見本】新しい事務所")));
    assert_eq!(put["department_name"], "総務部(見本)");
    let after = of(&hr.json("/api/training/offices").await);
    let days: Vec<&Value> = after.iter().map(|one| &one["since"]).collect();
    assert_eq!(days, [&json!("2025-04-01"), &json!("2026-10-01")]);
    // In the sea it is in no district.
    let put = hr
        .ask(Method::PUT, &path, Some(&json!({ "name": "海", "location": [139.9, 35.5] })))
        .await
        .ok()
        .json();
    assert_eq!(put["district"], Value::Null);
    hr.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
    hr.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NOT_FOUND);
    assert_eq!(of(&hr.json("/api/training/offices").await).len(), 1);
    let log = ward.persona("admin").await.json("/api/audit?action=change_office").await;
    assert_eq!(log["entries"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_cannot_be_an_office_is_refused() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let department = division(&ward, "総務部(見本)").await;
    let at = |since: &str| format!("/api/training/offices/{department}/{since}");
    for (body, field) in [
        (json!({ "name": " ", "location": AZABU }), "name"),
        (json!({ "name": "あ".repeat(101), "location": AZABU }), "name"),
        (json!({ "name": "北極", "location": [0, 91] }), "location"),
    ] {
        let problem = hr
            .ask(Method::PUT, &at("2026-04-01"), Some(&body))
            .await
            .has_status(StatusCode::UNPROCESSABLE_ENTITY)
            .json();
        assert_eq!(problem["errors"][0]["field"], field);
    }
    let fit = json!({ "name": "見本", "location": AZABU });
    hr.ask(Method::PUT, &at("yesterday"), Some(&fit)).await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = "/api/training/offices/019a9f6e-0000-7000-8000-000000000001/2026-04-01";
    hr.ask(Method::PUT, nobody, Some(&fit)).await.has_status(StatusCode::NOT_FOUND);
    let staff = ward.persona("staff").await;
    staff.ask(Method::PUT, &at("2026-04-01"), Some(&fit)).await.has_status(StatusCode::NOT_FOUND);
    staff.get("/api/training/offices").await.ok();
}

#[tokio::test]
async fn routes_elsewhere_count_by_where_somebody_works() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let rule = json!({
        "title": { "ja": "ほかの地区を歩く(見本)" }, "deadline": "03-31",
        "requirement": { "routes": 1, "away_routes": 1 },
    });
    let new = json!({ "code": "elsewhere", "frequency": "yearly", "fiscal_year": 2026, "rule": rule });
    let programme = hr.post("/api/programmes", &new).await.has_status(StatusCode::CREATED);
    let (id, tag) = (programme.json()["id"].as_str().unwrap().to_owned(), programme.header("etag"));
    let open = format!("/api/programmes/{id}/years/2026/open");
    hr.send(Method::POST, &open, None, &[("if-match", &tag)], Vec::new()).await.ok();
    ward.looked().await;

    let walker = ward.persona("staff").await;
    let route = walk(&ward, &walker).await;
    let district =
        walker.json(&format!("/api/routes/{}", route["id"].as_str().unwrap())).await["district"].clone();
    let own = || async {
        let training = walker.json("/api/me/training").await;
        let one = obligation(&training, "elsewhere");
        (training["office"]["district"].clone(), one["away_done"].clone(), one["completed_on"].clone())
    };
    let figures = || async {
        ward.looked().await;
        let path = format!("/api/training/report?by=district&programme={id}");
        let report = hr.json(&path).await;
        let groups = report["groups"].as_array().unwrap().clone();
        let of = |name: &str| {
            groups.iter().find(|one| one["key"] == name).map_or(json!(0), |one| one["count"]["due"].clone())
        };
        (report["total"]["count"]["completed"].clone(), of("芝地区"), of("赤坂地区"))
    };
    assert_eq!(district, "赤坂地区");
    let done = json!("2026-11-20");
    assert_eq!(own().await, (json!("芝地区"), json!(1), done.clone()), "they work elsewhere");
    let before = figures().await;
    assert_eq!(before.0, 1);

    // HR finds that they worked there since October.
    let mine = walker.json("/api/me").await["department"].as_str().unwrap().to_owned();
    let path = format!("/api/training/offices/{mine}/2026-10-01");
    let put = json!({ "name": "【見本】赤坂", "location": AKASAKA });
    hr.ask(Method::PUT, &path, Some(&put)).await.ok();
    assert_eq!(own().await, (json!("赤坂地区"), json!(0), Value::Null));
    let (completed, shiba, akasaka) = figures().await;
    assert_eq!(completed, 0, "figures follow");
    assert!(shiba.as_u64() < before.1.as_u64() && akasaka.as_u64() > before.2.as_u64());
    let training = walker.json("/api/me/training").await;
    let first = &training["suggestions"][0];
    assert_eq!(first["is_away"], true, "what is asked for comes first: {training}");
    assert!(first["from_office_m"].as_i64().unwrap() > 300);
    hr.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(own().await.2, done);
    assert_eq!(figures().await, before);
}
