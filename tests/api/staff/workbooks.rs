//! Rosters as Excel keeps them: what comes out is what a CSV file says.

#[path = "../../support/workbook.rs"]
mod workbook;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{ROSTER, find};
use crate::support::{Caller, Ward};
use workbook::{typed, xls, xlsx};

const TITLE: &str = "【見本】職員名簿 令和8年11月20日現在";

/// The demo's roster; some days are such as Excel shows, the others text.
fn rows(csv: &str) -> Vec<Vec<workbook::Cell>> {
    let rows = typed(&csv.replace("平成20年4月1日", "2008-04-01"));
    let days = rows.iter().flatten().filter(|cell| matches!(cell, workbook::Cell::Day(_))).count();
    let numbers = rows.iter().flatten().filter(|cell| matches!(cell, workbook::Cell::Number(_))).count();
    assert!(days > 0 && numbers >= 60, "{days} days, {numbers} numbers");
    rows
}

async fn preview(hr: &Caller, name: &str, file: Vec<u8>) -> Value {
    let path = format!("/api/roster/previews?effective_on=2026-11-20&file_name={name}");
    let reply = hr.send(Method::POST, &path, Some("application/octet-stream"), &[], file).await;
    reply.has_status(StatusCode::CREATED).json()
}

async fn confirm(hr: &Caller, shown: &Value) -> Value {
    let path = format!("/api/roster/previews/{}/confirm", shown["id"].as_str().unwrap());
    hr.post(&path, &json!({})).await.ok().json()
}

#[tokio::test]
async fn a_workbook_says_what_the_csv_file_says() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let rows = rows(ROSTER);
    for (name, file) in [("roster.xlsx", xlsx(TITLE, &rows)), ("roster.xls", xls(TITLE, &rows))] {
        let shown = preview(&hr, name, file).await;
        let counts = &shown["summary"]["counts"];
        assert_eq!((&counts["unchanged"], &counts["refused"]), (&json!(60), &json!(0)), "{name}: {shown}");
        assert_eq!(confirm(&hr, &shown).await["change"], Value::Null, "{name}");
    }
}

#[tokio::test]
async fn a_workbook_is_shown_confirmed_and_names_its_lines() {
    for (name, write) in
        [("roster.xlsx", xlsx as fn(&str, &[Vec<workbook::Cell>]) -> Vec<u8>), ("roster.xls", xls)]
    {
        let ward = Ward::demo().await;
        let hr = ward.persona("hr").await;
        let changed = ROSTER.replacen("見本 あゆみ,ミホン アユミ", "見本 歩,ミホン アユム", 1).replacen(
            "900002,見本 すみれ",
            "900102,見本 新入𠮷",
            1,
        );
        let shown = preview(&hr, name, write(TITLE, &rows(&changed))).await;
        let counts = &shown["summary"]["counts"];
        for (kind, count) in [("joined", 1), ("left", 1), ("other_changed", 1), ("refused", 0)] {
            assert_eq!(counts[kind], count, "{name} {kind}: {counts}");
        }
        assert!(confirm(&hr, &shown).await["change"].is_string(), "{name}");
        assert_eq!(find(&hr, "900001").await["name"], "見本 歩", "{name}");
        assert_eq!(find(&hr, "900102").await["name"], "見本 新入𠮷", "{name}");
        assert_eq!(find(&hr, "900002").await, Value::Null, "{name}");
        let changes = hr.json("/api/roster/changes").await;
        let files = changes["changes"].as_array().unwrap().iter().map(|change| change["file_name"].clone());
        assert!(files.collect::<Vec<_>>().contains(&json!(name)), "{changes}");
        // A mistake is named by the line that people see: two rows are above the headings.
        let mistyped = changed.replacen(",課長,", ",課町,", 1);
        let at = mistyped.lines().position(|line| line.contains(",課町,")).unwrap() + 1;
        let shown = preview(&hr, name, write(TITLE, &rows(&mistyped))).await;
        assert_eq!(shown["summary"]["refused"][0]["line"], at + 2, "{name}: {shown}");
    }
}
