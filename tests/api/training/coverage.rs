//! Where walks went, and the figures of a year whose people were forgotten.

use http::StatusCode;
use jiff::civil::date;
use machiaruki::{
    app::system_random,
    clock::Clock as _,
    retention::{Batch, Cutoff, Retained as _},
    training::TrainingKept,
};
use serde_json::{Value, json};

use super::walk;
use crate::support::Ward;

fn year(place: &Value, year: i16) -> &Value {
    let years = place["years"].as_array().unwrap();
    &years.iter().find(|one| one["fiscal_year"] == year).unwrap()["walked"]
}

#[tokio::test]
async fn of_one_walk_it_is_not_said_where_it_went() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let none = trainer.json("/api/training/coverage?fiscal_year=2026&years=2").await;
    assert_eq!(none["fiscal_years"], json!([2025, 2026]));
    for kind in ["localities", "councils", "organisations"] {
        let places = none[kind].as_array().unwrap();
        assert!(!places.is_empty(), "{kind}");
        assert!(places.iter().all(|place| year(place, 2025)["walks"] == 0), "{kind}");
    }
    let before: Vec<Value> = none["localities"].as_array().unwrap().clone();
    let route = walk(&ward, &ward.persona("staff").await).await;
    ward.looked().await;
    let after = trainer.json("/api/training/coverage?fiscal_year=2026&years=2").await;
    let walked = after["routes"].as_array().unwrap().iter().find(|one| one["id"] == route["id"]).unwrap();
    assert_eq!((year(walked, 2025)["walks"].as_u64(), year(walked, 2026)), (Some(0), &Value::Null));
    assert_eq!(walked["name"], route["title"]["ja"]);
    let hidden = |places: &[Value]| places.iter().filter(|place| year(place, 2026).is_null()).count();
    assert!(hidden(after["localities"].as_array().unwrap()) > hidden(&before), "it went through a locality");
    // The file says no more than the list.
    let file = trainer.get("/api/training/coverage/export/csv?fiscal_year=2026&years=1").await.ok().text();
    let row = file.lines().find(|line| line.starts_with("コース,")).unwrap();
    assert!(row.ends_with(",令和8年度,,,,少人数のため非表示"), "{row}");
}

#[tokio::test]
async fn years_that_cannot_be_are_refused() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    for query in ["years=0", "years=21", "years=x", "years=-1", "fiscal_year=20"] {
        hr.get(&format!("/api/training/coverage?{query}")).await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// Forgets who had to do what in the fiscal year 2026.
async fn erase_2026(ward: &Ward) {
    let now = ward.clock.now();
    let job = ward.app.db.write(move |tx| {
        Box::pin(async move {
            let cutoff = Cutoff { day: date(2027, 4, 1), moment: now };
            TrainingKept.erase(tx, &Batch { cutoff, limit: 1_000, now, random: system_random() }).await
        })
    });
    let erased: Result<_, machiaruki::db::DbError> = job.await;
    assert!(erased.unwrap().subjects > 0);
}

#[tokio::test]
async fn a_year_whose_people_are_forgotten_is_still_compared_with() {
    let ward = Ward::demo().await;
    ward.looked().await;
    ward.clock.set("2027-11-20T03:00:00Z".parse().unwrap());
    ward.looked().await;
    let hr = ward.persona("hr").await;
    let before = hr.json("/api/training/trend").await;
    erase_2026(&ward).await;
    let trend = hr.json("/api/training/trend").await;
    let (was, kept) = (&before["years"][0], &trend["years"][0]);
    assert_eq!((&was["fiscal_year"], &was["as_of"]), (&json!(2026), &json!("2026-11-20")));
    assert_eq!(
        (&kept["fiscal_year"], &kept["as_of"]),
        (&json!(2026), &json!("2026-10-31")),
        "months are known"
    );
    assert_eq!(kept["at_end"], was["at_end"]);
    assert!(kept["so_far"]["count"]["due"].as_u64() > Some(0));
    assert_eq!(trend["years"][1], before["years"][1]);
}

#[tokio::test]
async fn figures_of_a_year_stay_when_its_people_are_forgotten() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let hr = ward.persona("hr").await;
    let asked = "/api/training/report?fiscal_year=2026&by=division&as_of=2026-11-20";
    let before = hr.json(asked).await;
    erase_2026(&ward).await;
    let after = hr.json(asked).await;
    assert_eq!(after["total"]["count"]["due"], before["total"]["count"]["due"]);
    assert_eq!(after["as_of"], "2027-03-31", "only the end of the year is known");
    let names = |report: &Value| -> Vec<Value> {
        report["groups"].as_array().unwrap().iter().map(|group| group["name"].clone()).collect()
    };
    assert!(!names(&after).is_empty());
    assert!(names(&after).iter().all(|name| names(&before).contains(name)));
}
