//! `/api/housing/imports`: lists of homes, shown and then confirmed; `/api/housing/planning`.

use http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::support::{Caller, Reply, Ward};

const HEADINGS: &str = "住宅名,住所,部屋番号,職員番号,入居日,退居日,備考,経度,緯度";

async fn send(registrar: &Caller, bytes: Vec<u8>) -> Reply {
    registrar.send(Method::POST, "/api/housing/imports", Some("application/octet-stream"), &[], bytes).await
}

async fn shown(registrar: &Caller, rows: &str) -> Value {
    let file = format!("{HEADINGS}\n{rows}");
    send(registrar, file.into_bytes()).await.has_status(StatusCode::CREATED).json()
}

async fn confirm(registrar: &Caller, shown: &Value, accept_refused: bool) -> Reply {
    let path = format!("/api/housing/imports/{}/confirmation", shown["id"].as_str().unwrap());
    let body = json!({ "version": shown["version"], "accept_refused": accept_refused });
    registrar.post(&path, &body).await
}

/// Somebody of the demo's register: their building, unit, number and first day.
async fn resident(registrar: &Caller) -> [String; 4] {
    for housing in registrar.json("/api/housing").await["housing"].as_array().unwrap() {
        let one = registrar.json(&format!("/api/housing/{}", housing["id"].as_str().unwrap())).await;
        for unit in one["units"].as_array().unwrap() {
            let residency = &unit["residencies"][0];
            if residency["until"].is_null() && residency["staff_number"].is_string() {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                return [&one["name"], &unit["name"], &residency["staff_number"], &residency["from"]]
                    .map(text);
            }
        }
    }
    panic!("nobody lives anywhere")
}

#[tokio::test]
async fn a_list_is_shown_then_confirmed_and_again_changes_nothing() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let [housing, unit, number, from] = resident(&registrar).await;
    let rows = format!(
        "【見本】あらた寮,架空町9-9-9,101,900009,令和8年11月1日,,鍵は2本,139.75,35.66\n\
         【見本】あらた寮,,102,,,,改修中,,\n\
         {housing},,{unit},{number},{from},2027-03-31,,,\n"
    );
    let preview = shown(&registrar, &rows).await;
    let counts = &preview["counts"];
    for (kind, count) in [
        ("housing_new", 1),
        ("units_new", 2),
        ("residencies_new", 1),
        ("residencies_changed", 1),
        ("unchanged", 0),
        ("refused", 0),
        ("housing_missing", 7),
    ] {
        assert_eq!(counts[kind], count, "{kind}: {counts}");
    }
    let first = &preview["rows"][0];
    assert_eq!((&first["line"], &first["change"]), (&json!(2), &json!("new")));
    assert_eq!(first["adds"], json!(["housing", "unit", "residency"]));
    assert_eq!(first["resident"]["staff_number"], "900009");
    assert!(first["resident"]["staff_name"].as_str().unwrap().starts_with("見本"), "{first}");
    let third = &preview["rows"][2];
    assert_eq!(third["differences"], json!([{ "field": "until", "before": "", "after": "2027-03-31" }]));
    // Nothing has happened yet.
    let before = registrar.json("/api/housing").await["housing"].as_array().unwrap().len();
    assert_eq!(before, 8);
    let done = confirm(&registrar, &preview, false).await.ok().json();
    assert_eq!(done["counts"], *counts);
    let list = registrar.json("/api/housing").await;
    let added =
        list["housing"].as_array().unwrap().iter().find(|one| one["name"] == "【見本】あらた寮").unwrap();
    assert_eq!((&added["units"], &added["residents"], &added["tasks"]), (&json!(2), &json!(1), &json!(1)));
    // It waits no more, and says nothing new.
    confirm(&registrar, &preview, false).await.problem(StatusCode::NOT_FOUND);
    let again = shown(&registrar, &rows).await;
    assert_eq!(again["counts"]["unchanged"], 3, "{again}");
    confirm(&registrar, &again, false).await.ok();
    assert_eq!(registrar.json("/api/housing").await, list);
}

#[tokio::test]
async fn what_changed_meanwhile_has_to_be_looked_at_again() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let rows = "【見本】あらた寮,架空町9-9-9,101,,,,,139.75,35.66\n";
    let preview = shown(&registrar, rows).await;
    // The version that was shown is the one that is meant.
    let mut other = preview.clone();
    other["version"] = json!(preview["version"].as_i64().unwrap() - 1);
    confirm(&registrar, &other, false).await.problem(StatusCode::CONFLICT);
    // A building gets another name: not even that may happen unseen.
    let list = registrar.json("/api/housing").await;
    let one = registrar.json(&format!("/api/housing/{}", list["housing"][0]["id"].as_str().unwrap())).await;
    let body = json!({ "name": "【見本】あらた寮", "address": one["address"], "location": one["location"] });
    let path = format!("/api/housing/{}", one["id"].as_str().unwrap());
    registrar
        .clone()
        .with_header("if-match", "\"1\"")
        .ask(Method::PUT, &path, Some(&body))
        .await
        .has_status(StatusCode::NO_CONTENT);
    confirm(&registrar, &preview, false).await.problem(StatusCode::CONFLICT);
    assert_eq!(registrar.json("/api/housing").await["housing"].as_array().unwrap().len(), 8);
    // A day later it is gone, and so is one that is thrown away.
    let preview = shown(&registrar, "【見本】もえぎ寮,架空町9-9-9,101,,,,,139.75,35.66\n").await;
    let path = format!("/api/housing/imports/{}", preview["id"].as_str().unwrap());
    registrar.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
    registrar.ask(Method::DELETE, &path, None).await.problem(StatusCode::NOT_FOUND);
    confirm(&registrar, &preview, false).await.problem(StatusCode::NOT_FOUND);
    let preview = shown(&registrar, "【見本】もえぎ寮,架空町9-9-9,101,,,,,139.75,35.66\n").await;
    ward.clock.set("2026-11-21T13:00:00+09:00".parse().unwrap());
    let registrar = ward.persona("registrar").await;
    confirm(&registrar, &preview, false).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn rows_that_cannot_be_are_named_and_the_others_wait_for_consent() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let [housing, unit, _, _] = resident(&registrar).await;
    let preview = shown(
        &registrar,
        &format!(
            "{housing},,{unit},900009,2026-11-01,,,,\n{housing},,999,123456,2026-11-01,,,,\n\
             {housing},,998,900009,いつか,,,,\n{housing},,997,,,,,,\n"
        ),
    )
    .await;
    let refused = preview["refused"].as_array().unwrap();
    let lines: Vec<u64> = refused.iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [2, 3, 4]);
    for (row, word) in refused.iter().zip(["ほかの人", "123456", "いつか"]) {
        assert!(row["reason"]["ja"].as_str().unwrap().contains(word), "{row}");
        assert_eq!(row["housing_name"], housing.as_str());
    }
    confirm(&registrar, &preview, false).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    let done = confirm(&registrar, &preview, true).await.ok().json();
    assert_eq!((&done["counts"]["units_new"], &done["counts"]["refused"]), (&json!(1), &json!(3)));
}

#[tokio::test]
async fn a_file_that_is_no_list_is_refused_with_what_to_do() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    for (file, word) in [
        ("", "空"),
        ("部屋番号,職員番号\n1,2\n", "住宅名"),
        ("住宅名,部屋番号\n", "行がありません"),
        ("{\"a\":1}", "読み取れません"),
    ] {
        let problem = send(&registrar, file.into()).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(problem["detail"].as_str().unwrap().contains(word), "{word}: {problem}");
    }
    let large = vec![b'a'; 4 * 1024 * 1024 + 1];
    send(&registrar, large).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_register_as_a_file_changes_nothing_and_the_template_has_its_headings() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let template = registrar.get("/api/housing/imports/template/csv").await.ok();
    assert_eq!(template.text(), "\u{feff}住宅名,住所,部屋番号,職員番号,入居日,退居日,備考,経度,緯度\r\n");
    assert_eq!(template.header(header::CACHE_CONTROL), "no-store");
    registrar.get("/api/housing/imports/template/pdf").await.problem(StatusCode::NOT_FOUND);
    for format in ["csv", "csv_cp932", "xlsx"] {
        let file = registrar.get(&format!("/api/housing/export/{format}")).await.ok();
        assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
        let preview = send(&registrar, file.body.to_vec()).await.has_status(StatusCode::CREATED).json();
        let rows = preview["rows"].as_array().unwrap().len();
        assert!(rows > 18, "{preview}");
        assert_eq!(preview["counts"]["unchanged"], rows, "{format}: {preview}");
        assert_eq!((&preview["refused"], &preview["missing"]["units"]), (&json!([]), &json!([])));
    }
}

#[tokio::test]
async fn residents_see_that_a_list_was_compared_with_their_home_and_the_log_names_nobody() {
    let ward = Ward::demo().await;
    let (registrar, home) = (ward.persona("registrar").await, ward.persona("resident").await);
    let preview =
        shown(&registrar, "【見本】あらた寮,架空町9-9-9,101,900009,2026-11-01,,,139.75,35.66\n").await;
    confirm(&registrar, &preview, false).await.ok();
    registrar.get("/api/housing/export/csv").await.ok();
    let views = home.json("/api/me/views").await["views"].clone();
    let actions: Vec<&Value> = views.as_array().unwrap().iter().map(|view| &view["action"]).collect();
    assert!(actions.contains(&&json!("read_register")) && actions.contains(&&json!("export")), "{views}");
    let log = ward.persona("hr").await.json("/api/audit").await;
    let of = |action: &str| {
        let entries = log["entries"].as_array().unwrap().iter();
        entries.filter(|entry| entry["action"] == action).cloned().collect::<Vec<_>>()
    };
    let change = of("change_register");
    assert_eq!((change.len(), &change[0]["detail"]["counts"]["residencies_new"]), (1, &json!(1)));
    for number in ["900009", "900002"] {
        let about = ward.persona("hr").await.json(&format!("/api/audit?subject={number}")).await;
        for entry in about["entries"].as_array().unwrap() {
            assert!(
                !["read_register", "change_register", "export"].contains(&entry["action"].as_str().unwrap())
            );
        }
    }
}

#[tokio::test]
async fn councils_are_counted_for_planning_with_and_without_residents() {
    let ward = Ward::demo().await;
    let registrar = ward.persona("registrar").await;
    let of = |document: &Value, field: &str| -> u64 {
        let councils = document["councils"].as_array().unwrap().iter();
        let all = councils.map(|one| &one["figures"]).chain([&document["without_council"]]);
        all.map(|figures| figures[field].as_u64().unwrap()).sum()
    };
    let list = registrar.json("/api/housing").await;
    let total = |field: &str| -> u64 {
        list["housing"].as_array().unwrap().iter().map(|one| one[field].as_u64().unwrap()).sum()
    };
    let before = registrar.json("/api/housing/planning").await;
    assert_eq!((of(&before, "units"), of(&before, "residents")), (total("units"), total("residents")));
    // Nothing is decided: whoever lives there belongs to no council, and empty units to those that are suggested.
    assert_eq!(before["without_council"]["residents"], total("residents"));
    for council in before["councils"].as_array().unwrap() {
        let figures = &council["figures"];
        let minutes = figures["units_by_minutes"].as_object().unwrap();
        let sum: u64 = minutes.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(figures["units"], sum, "{council}");
        assert_eq!(council["meeting_place"].as_array().unwrap().len(), 2);
    }
    let waits = registrar.json("/api/housing/tasks").await["tasks"][0].clone();
    let council = waits["suggestion"]["council_id"].clone();
    let decision = json!({ "residency_id": waits["residency_id"], "council_id": council, "decisions": 0 });
    registrar.post("/api/housing/assignments", &json!({ "decisions": [decision] })).await.ok();
    let after = registrar.json("/api/housing/planning").await;
    let one = after["councils"].as_array().unwrap().iter().find(|one| one["id"] == council).unwrap();
    assert_eq!(one["figures"]["residents"], 1);
    let csv = registrar.get("/api/housing/planning/export/csv").await.ok().text();
    assert!(csv.starts_with("\u{feff}基準日,協議会,"), "{csv}");
    assert_eq!(csv.lines().count(), after["councils"].as_array().unwrap().len() + 2);
    assert!(csv.contains(one["name"].as_str().unwrap()));
    let english = registrar.clone().with_header("accept-language", "en");
    english.get("/api/housing/planning/export/xlsx").await.ok();
    // For nobody else.
    for persona in ["hr", "admin", "manager", "resident"] {
        let other = ward.persona(persona).await;
        for path in ["/api/housing/planning", "/api/housing/planning/export/csv", "/api/housing/export/csv"] {
            other.get(path).await.problem(StatusCode::NOT_FOUND);
        }
        send(&other, b"x".to_vec()).await.problem(StatusCode::NOT_FOUND);
    }
}
