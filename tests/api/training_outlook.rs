//! `/api/training/trend` and `/api/training/forecast`: the years before, and what is to be expected of this one.

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Caller, Ward};

/// The demo on a day, with everything assessed, and signed in anew: a session ends meanwhile.
async fn on(ward: &Ward, day: &str) -> Caller {
    ward.clock.set(format!("{day}T03:00:00Z").parse().unwrap());
    ward.looked().await;
    ward.persona("hr").await
}

fn missing(report: &Value) -> u64 {
    let count = &report["total"]["count"];
    count["due"].as_u64().unwrap() - count["completed"].as_u64().unwrap()
}

#[tokio::test]
async fn in_the_first_year_the_last_weeks_go_on() {
    let ward = Ward::demo().await;
    let hr = on(&ward, "2026-11-20").await;
    let report = hr.json("/api/training/report").await;
    let forecast = hr.json("/api/training/forecast").await;
    assert_eq!(forecast["basis"], "last_weeks");
    assert_eq!((&forecast["as_of"], &forecast["until"]), (&json!("2026-11-20"), &json!("2027-03-31")));
    let total = &forecast["total"]["forecast"];
    assert_eq!(total["missing"], missing(&report));
    // Nobody completed it in the last weeks: nearly everybody is expected to be missing.
    assert!(total["expected"].as_f64().unwrap() > 0.8 * missing(&report) as f64, "{total}");
    assert!(total["low"].as_f64() <= total["expected"].as_f64());
    let groups = forecast["groups"].as_array().unwrap();
    let sum: u64 = groups.iter().map(|group| group["forecast"]["missing"].as_u64().unwrap()).sum();
    assert_eq!(sum, missing(&report));
    assert!(groups.iter().all(|group| group["name"].is_string()));
    // No outing is planned yet: how many people one usually takes is not known.
    let needed = total["expected"].as_f64().unwrap().ceil() as u64;
    let seats = &forecast["seats"];
    assert_eq!(seats, &json!({ "planned": 0, "free": 0, "usual": null, "needed": needed, "further": null }));
    let wrong = hr.get("/api/training/forecast?by=month").await;
    assert_eq!(wrong.has_status(StatusCode::UNPROCESSABLE_ENTITY).json()["errors"][0]["field"], "by");
}

#[tokio::test]
async fn the_year_before_tells_what_to_expect() {
    let ward = Ward::demo().await;
    on(&ward, "2026-11-20").await;
    let hr = on(&ward, "2027-11-20").await;
    let forecast = hr.json("/api/training/forecast").await;
    assert_eq!(forecast["basis"], "year_before");
    assert_eq!(forecast["fiscal_year"], 2027);
    let trend = hr.json("/api/training/trend").await;
    let years = trend["years"].as_array().unwrap();
    let of = |index: usize, name: &str| years[index][name].clone();
    assert_eq!(years.len(), 2);
    assert_eq!((of(0, "fiscal_year"), of(0, "as_of")), (json!(2026), json!("2026-11-20")));
    assert_eq!((of(1, "fiscal_year"), of(1, "as_of")), (json!(2027), json!("2027-11-20")));
    assert_eq!(of(0, "at_end")["rate"], 0.0);
    assert_eq!(of(1, "at_end"), Value::Null, "it has not ended");
    assert_eq!(of(0, "so_far")["count"]["due"], of(0, "at_end")["count"]["due"]);
    // A year that has passed ends the trend that is asked for.
    let past = hr.json("/api/training/trend?fiscal_year=2026").await;
    assert_eq!(past["years"].as_array().unwrap().len(), 1);
    assert_eq!(past["years"][0]["as_of"], "2027-03-31");
}

#[tokio::test]
async fn managers_learn_no_more_than_from_the_figures() {
    let ward = Ward::demo().await;
    on(&ward, "2026-11-20").await;
    let manager = ward.persona("manager").await;
    let report = manager.json("/api/training/report?by=tier").await;
    let forecast = manager.json("/api/training/forecast?by=tier").await;
    assert_eq!(forecast["total"]["forecast"]["missing"], missing(&report));
    let hidden = |document: &Value, what: &str| -> Vec<bool> {
        document["groups"].as_array().unwrap().iter().map(|group| group[what].is_null()).collect()
    };
    assert_eq!(hidden(&forecast, "forecast"), hidden(&report, "count"));
    assert!(hidden(&forecast, "forecast").contains(&true));

    on(&ward, "2027-11-20").await;
    let manager = ward.persona("manager").await;
    let trend = manager.json("/api/training/trend").await;
    // They may ask for no other day of the year before than the end of a month.
    assert_eq!(trend["years"][0]["as_of"], "2026-10-31");
    let staff = ward.persona("staff").await;
    staff.get("/api/training/trend").await.has_status(StatusCode::NOT_FOUND);
    staff.get("/api/training/forecast").await.has_status(StatusCode::NOT_FOUND);
}
