//! Looking at members of staff.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::Value;

use super::find;
use crate::support::Ward;

fn numbers(list: &Value) -> Vec<String> {
    list["staff"].as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_roster_is_found_page_by_page_and_by_what_people_type() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let (mut all, mut next) = (Vec::new(), "/api/staff?limit=25".to_owned());
    loop {
        let page = hr.json(&next).await;
        assert_eq!(page["total"], 60);
        all.extend(numbers(&page));
        match page["next"].as_str() {
            Some(link) => link.clone_into(&mut next),
            None => break,
        }
    }
    assert_eq!(all.len(), 60);
    assert!(all.is_sorted());
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 60);
    for (q, expected) in [
        ("900005", "900005"),
        // Half-width kana, full-width digits, a space too many.
        ("%EF%BE%8B%EF%BE%84%EF%BE%90", "900005"),
        ("%EF%BC%99%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%95", "900005"),
        ("%E8%A6%8B%E6%9C%AC%20%20%E3%81%B2%E3%81%A8%E3%81%BF", "900005"),
    ] {
        let page = hr.json(&format!("/api/staff?q={q}")).await;
        assert_eq!(numbers(&page), [expected], "{q}");
        assert_eq!(page["total"], 1, "{q}");
    }
    assert_eq!(hr.json("/api/staff?q=nobody").await["total"], 0);
}

#[tokio::test]
async fn filters_narrow_and_a_past_day_can_be_asked() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let departments = hr.json("/api/departments").await;
    let department = departments["departments"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "芝地区総合支所(見本)")
        .unwrap();
    let id = department["id"].as_str().unwrap();
    let below = hr.json(&format!("/api/staff?department={id}&limit=100")).await;
    // The staff persona is two levels down.
    assert!(numbers(&below).contains(&"900001".to_owned()));
    assert!(!numbers(&below).contains(&"900005".to_owned()));
    let directors = hr.json("/api/staff?tier=director").await;
    assert!(directors["staff"].as_array().unwrap().iter().all(|one| one["grade"] == "部長"));
    assert!(directors["total"].as_i64().unwrap() > 0);
    assert_eq!(hr.json("/api/staff?employment=reappointed").await["total"], 2);
    let absent = hr.json("/api/staff?state=absent").await;
    assert_eq!(numbers(&absent), ["900029", "900033", "900047"]);
    assert_eq!(absent["staff"][0]["absence"], "secondment");
    let left = hr.json("/api/staff?state=left").await;
    assert_eq!(numbers(&left), ["900901", "900902"]);
    assert_eq!(left["staff"][0]["left_on"], "2026-03-31");
    let past = hr.json("/api/staff?as_of=2026-03-31&limit=100").await;
    assert_eq!(past["total"], 59);
    assert!(numbers(&past).contains(&"900901".to_owned()));
    assert_eq!(hr.json("/api/staff?as_of=2020-01-01").await["total"], 0);
    for wrong in ["state=x", "employment=x", "limit=0", "limit=201", "as_of=x", "department=x", "q=%00"] {
        hr.get(&format!("/api/staff?{wrong}")).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn somebody_is_shown_with_their_history() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let id = find(&hr, "900003").await["id"].as_str().unwrap().to_owned();
    let reply = hr.get(&format!("/api/staff/{id}")).await.ok();
    assert_eq!(reply.header("cache-control"), "no-store");
    let person = reply.json();
    assert_eq!(reply.header("etag"), format!("\"{}\"", person["version"]));
    let spells = person["spells"].as_array().unwrap();
    assert_eq!(spells.len(), 2);
    assert_eq!((&spells[0]["from"], &spells[0]["last"]), (&"2025-04-01".into(), &"2026-03-31".into()));
    assert_eq!(spells[1]["last"], Value::Null);
    assert_ne!(spells[0]["department"]["id"], spells[1]["department"]["id"]);
    assert_eq!(person["hired_on"], "2019-04-01");
    hr.get("/api/staff/019a9f6e-0000-7000-8000-000000000000").await.problem(StatusCode::NOT_FOUND);
    hr.get("/api/staff/x").await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn managers_see_the_least_of_their_own_people() {
    let ward = Ward::demo().await;
    let (hr, manager) = (ward.persona("hr").await, ward.persona("manager").await);
    let page = manager.json("/api/staff?limit=100").await;
    let found = numbers(&page);
    assert!(found.contains(&"900001".to_owned()) && !found.contains(&"900005".to_owned()), "{found:?}");
    assert_eq!(page["total"], found.len());
    for one in page["staff"].as_array().unwrap() {
        let fields: BTreeSet<&str> = one.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, BTreeSet::from(["id", "number", "name", "department", "tier"]));
    }
    // Nor do filters tell it.
    for hidden in ["state=absent", "state=left", "employment=regular", "as_of=2026-01-01"] {
        manager.get(&format!("/api/staff?{hidden}")).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let theirs = find(&hr, "900001").await["id"].as_str().unwrap().to_owned();
    let person = manager.json(&format!("/api/staff/{theirs}")).await;
    assert_eq!(person["spells"], Value::Array(vec![]));
    assert!(person.get("hired_on").is_none() && !person.to_string().contains("example.jp"), "{person}");
    let other = find(&hr, "900005").await["id"].as_str().unwrap().to_owned();
    manager.get(&format!("/api/staff/{other}")).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_is_looked_at_can_see_by_whom() {
    let ward = Ward::demo().await;
    let (hr, staff) = (ward.persona("hr").await, ward.persona("staff").await);
    assert_eq!(staff.json("/api/me/views").await["views"].as_array().unwrap().len(), 0);
    let id = find(&hr, "900001").await["id"].as_str().unwrap().to_owned();
    hr.get(&format!("/api/staff/{id}")).await.ok();
    hr.get("/api/staff?q=900002").await.ok();
    let views = staff.json("/api/me/views").await;
    let views = views["views"].as_array().unwrap();
    assert_eq!(views.len(), 2, "{views:?}");
    assert!(views.iter().all(|view| view["action"] == "read_staff"), "{views:?}");
}
