//! `/api/training/archives`: a year's figures, signed, and on paper.

use std::sync::Arc;

use http::{Method, StatusCode};
use machiaruki::{
    clock::Date,
    db::DbError,
    training::{
        archive::{ArchiveKey, Verified, verify},
        store::erase_training,
    },
};
use serde_json::{Value, json};

use super::walk;
use crate::support::{Caller, Reply, Ward};

const ARCHIVES: &str = "/api/training/archives";

/// The demo with a key.
async fn ward() -> Ward {
    let mut ward = Ward::demo().await;
    ward.app.archive_key = Some(Arc::new(ArchiveKey::new(&[7; 32])));
    ward.looked().await;
    ward
}

async fn made(caller: &Caller, year: i16, people: bool) -> Value {
    let body = json!({ "fiscal_year": year, "people": people });
    caller.post(ARCHIVES, &body).await.has_status(StatusCode::CREATED).json()
}

fn verified(document: &Value) -> Verified {
    let key = ArchiveKey::new(&[7; 32]).public();
    verify(document["file"].as_str().unwrap().as_bytes(), &[key]).unwrap()
}

async fn printed(caller: &Caller, file: &str) -> Reply {
    let path = format!("{ARCHIVES}/report.pdf");
    caller.send(Method::POST, &path, Some("application/json"), &[], file.as_bytes().to_vec()).await
}

#[tokio::test]
async fn only_hr_makes_archives() {
    let ward = ward().await;
    let file = made(&ward.persona("hr").await, 2026, false).await["file"].as_str().unwrap().to_owned();
    for persona in ["staff", "trainer", "manager", "admin"] {
        let caller = ward.persona(persona).await;
        caller.post(ARCHIVES, &json!({ "fiscal_year": 2026 })).await.has_status(StatusCode::NOT_FOUND);
        printed(&caller, &file).await.has_status(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn an_archive_says_what_the_report_says() {
    let ward = ward().await;
    let (hr, admin) = (ward.persona("hr").await, ward.persona("admin").await);
    walk(&ward, &ward.persona("staff").await).await;
    // The walk is not derived yet: whoever makes the archive sees to it.
    let document = made(&hr, 2026, false).await;
    let Verified { archive, digest, key } = verified(&document);
    assert_eq!((&document["sha256"], &document["key"]), (&json!(digest), &json!(key.to_string())));
    assert_eq!(document["fingerprint"], key.fingerprint());
    assert_eq!((document["provisional"].clone(), archive.provisional), (json!(true), true));
    assert_eq!(document["file_name"], "令和8年度_悉皆研修の記録(速報_2026-11-20時点).json");
    assert!(archive.sample && archive.as_of == "2026-11-20".parse().unwrap());
    assert_eq!((archive.municipality.code.as_str(), archive.municipality.name.as_str()), ("131032", "港区"));
    assert_eq!(archive.programmes.len(), 2);
    for programme in &archive.programmes {
        assert!(programme.people.is_none());
        assert!(programme.rule["requirement"]["routes"].is_u64());
        for (by, groups) in [
            ("division", &programme.divisions),
            ("department", &programme.departments),
            ("tier", &programme.tiers),
            ("employment", &programme.employments),
        ] {
            let path = format!("/api/training/report?programme={}&by={by}", programme.id);
            let report = hr.json(&path).await;
            assert_eq!(serde_json::to_value(programme.total).unwrap(), report["total"]["count"], "{by}");
            let mut told: Vec<(String, Value)> = report["groups"]
                .as_array()
                .unwrap()
                .iter()
                .map(|group| (group["key"].as_str().unwrap().to_owned(), group["count"].clone()))
                .collect();
            let mut kept: Vec<(String, Value)> = groups
                .iter()
                .map(|group| (group.key.clone(), serde_json::to_value(group.count).unwrap()))
                .collect();
            told.sort_by(|a, b| a.0.cmp(&b.0));
            kept.sort_by(|a, b| a.0.cmp(&b.0));
            assert_eq!(kept, told, "{by}");
        }
        let months: Vec<String> = programme.months.iter().map(|month| month.as_of.to_string()).collect();
        assert_eq!((months.len(), months[0].as_str(), months[7].as_str()), (8, "2026-04-30", "2026-11-20"));
    }
    let all = archive.programmes.iter().find(|one| one.code == "all-staff").unwrap();
    assert!(all.total.completed > 0);
    // The audit chain vouches for it.
    let entries = admin.json("/api/audit?action=make_archive").await["entries"].clone();
    assert_eq!(entries.as_array().unwrap().len(), 1);
    assert_eq!((&entries[0]["detail"]["sha256"], &entries[0]["people"]), (&json!(digest), &json!(0)));
    assert_eq!(entries[0]["detail"]["key"], key.to_string());
}

#[tokio::test]
async fn people_are_in_it_only_when_somebody_asks_and_that_is_recorded() {
    let ward = ward().await;
    let (hr, admin) = (ward.persona("hr").await, ward.persona("admin").await);
    let Verified { archive, .. } = verified(&made(&hr, 2026, true).await);
    let all = archive.programmes.iter().find(|one| one.code == "all-staff").unwrap();
    let people = all.people.as_ref().unwrap();
    let count = all.total.people() as usize;
    assert!(people.len() >= count && count > 0, "whoever left is in it as well");
    assert!(people.iter().all(|person| person.name.as_ref().unwrap().starts_with("見本")));
    let entries = admin.json("/api/audit?action=make_archive").await["entries"].clone();
    let recorded = entries[0]["people"].as_u64().unwrap() as usize;
    assert_eq!(recorded, people.len() - 1, "all but oneself");
    // Whoever is in it sees that.
    let views = ward.persona("staff").await.get("/api/me/views").await.ok().text();
    assert!(views.contains("make_archive"), "{views}");
}

#[tokio::test]
async fn once_the_year_is_over_it_is_final() {
    let ward = ward().await;
    ward.clock.set("2027-04-05T03:00:00Z".parse().unwrap());
    let hr = ward.persona("hr").await;
    let document = made(&hr, 2026, false).await;
    let Verified { archive, .. } = verified(&document);
    assert_eq!((archive.provisional, archive.as_of), (false, "2027-03-31".parse().unwrap()));
    assert_eq!(document["report_name"], "令和8年度_悉皆研修の記録.pdf");
    let due = &archive.programmes[0];
    assert!(due.total.overdue > 0, "the deadline is past");
    assert_eq!(due.months.len(), 12);
    let refused = hr.post(ARCHIVES, &json!({ "fiscal_year": 2028 })).await;
    assert_eq!(refused.impossible_fields(), ["fiscal_year"]);
    hr.post(ARCHIVES, &json!({ "fiscal_year": 2025 })).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_year_that_was_erased_is_not_archived_as_if_nobody_had_walked() {
    let ward = ward().await;
    let hr = ward.persona("hr").await;
    made(&hr, 2026, false).await;
    ward.app
        .db
        .write::<(), DbError, _>(|tx| {
            Box::pin(async move {
                let day: Date = "2040-04-01".parse().unwrap();
                erase_training(tx, day, 1_000_000).await.map(|_| ())
            })
        })
        .await
        .unwrap();
    hr.post(ARCHIVES, &json!({ "fiscal_year": 2026 })).await.problem(StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_report_is_of_the_file_and_of_no_other() {
    let ward = ward().await;
    let hr = ward.persona("hr").await;
    let document = made(&hr, 2026, true).await;
    let file = document["file"].as_str().unwrap();
    let reply = printed(&hr, file).await;
    // Not every machine has a font.
    if reply.status != StatusCode::SERVICE_UNAVAILABLE {
        let reply = reply.ok();
        assert_eq!(reply.media_type(), "application/pdf");
        assert!(reply.body.starts_with(b"%PDF-"));
        assert_eq!(reply.header("cache-control"), "no-store");
        assert!(reply.header("content-disposition").contains("training-archive-2026-as-of-2026-11-20.pdf"));
    }
    let changed = file.replacen("\"due\":", "\"due\":1", 1);
    let problem = printed(&hr, &changed).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem["detail"].as_str().unwrap().contains("内容が変わっています"), "{problem}");
    printed(&hr, "{\"archive\":").await.problem(StatusCode::BAD_REQUEST);
    printed(&hr, "{}").await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let path = format!("{ARCHIVES}/report.pdf");
    let plain = hr.send(Method::POST, &path, Some("text/plain"), &[], file.as_bytes().to_vec()).await;
    plain.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    // A larger body than others may send.
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(2 * 1024 * 1024));
    printed(&hr, &long).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn without_a_key_it_is_said_how_to_get_one() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let hr = ward.persona("hr").await;
    let problem =
        hr.post(ARCHIVES, &json!({ "fiscal_year": 2026 })).await.problem(StatusCode::SERVICE_UNAVAILABLE);
    assert!(problem["detail"].as_str().unwrap().contains("--archive-key"), "{problem}");
}
