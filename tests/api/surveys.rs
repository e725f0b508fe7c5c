//! `/api/me/surveys`, `/api/me/sheets` and `/api/training/change`: answers that nobody but their owner sees, and figures of many.

use http::StatusCode;
use machiaruki::{db::DbError, on};
use serde_json::{Value, json};

use crate::support::{Caller, PERSONAS, Ward, site};

/// The demo, with obligations assessed.
async fn ward() -> Ward {
    let ward = Ward::demo().await;
    ward.looked().await;
    ward
}

async fn survey(caller: &Caller) -> Value {
    caller.json("/api/me/surveys").await["surveys"][0].clone()
}

/// A sheet as a phone sends it: every question answered with so many points.
fn sheet(survey: &Value, moment: &str, revision: i64, points: u8) -> Value {
    let answers: serde_json::Map<String, Value> = survey["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| (question["id"].as_str().unwrap().to_owned(), json!(points)))
        .collect();
    json!({
        "id": "019a9f6e-0000-7000-8000-0000000000aa", "programme_id": survey["programme_id"], "fiscal_year": 2026,
        "moment": moment, "revision": revision, "at": "2026-11-20T12:00:00+09:00", "answers": answers,
    })
}

async fn send(caller: &Caller, sheet: Value) -> Value {
    let sent = caller.post("/api/me/sheets", &json!({ "sheets": [sheet] })).await.ok().json();
    sent["results"][0].clone()
}

/// Walks every stop of the first route, and a trainer accepts it.
async fn walk(ward: &Ward, caller: &Caller, number: usize, at: &str) {
    let route = ward.anonymous().json("/api/routes").await["routes"][0].clone();
    let stops = route["stops"].as_array().unwrap().iter().enumerate();
    let visits: Vec<Value> = stops
        .map(|(index, stop)| {
            json!({
                "id": format!("019a9f6e-0000-7000-8000-{:012x}", number * 100 + index),
                "route_version_id": route["route_version_id"], "stop_id": stop["stop_id"],
                "at": format!("{at}:{index:02}+09:00"),
                "evidence": [{ "kind": "gps", "location": stop["location"], "accuracy_m": 5, "age_s": 1 }],
            })
        })
        .collect();
    caller.post("/api/visits", &json!({ "visits": visits })).await.ok();
    let trainer = ward.persona("trainer").await;
    for visit in visits {
        let path = format!("/api/visits/{}/decision", visit["id"].as_str().unwrap());
        // Whatever a position shows already needs no decision.
        trainer.post(&path, &json!({ "decision": "accept" })).await;
    }
}

#[tokio::test]
async fn somebody_answers_before_walks_and_answers_after() {
    let ward = ward().await;
    let walker = ward.persona("staff").await;
    let asked = survey(&walker).await;
    assert_eq!(asked["questions"].as_array().unwrap().len(), 6);
    assert_eq!(asked["until"], "2027-05-30");
    assert_eq!(asked["before"], json!({ "standing": "open", "revision": 0, "answers": {} }));
    assert_eq!(asked["after"]["standing"], "not_yet");

    let first = sheet(&asked, "before", 1, 2);
    let stored = send(&walker, first.clone()).await;
    assert_eq!(stored, json!({ "id": first["id"], "status": "stored" }));
    assert_eq!(send(&walker, first.clone()).await["status"], "duplicate", "its receipt was lost");
    let early = send(&walker, sheet(&asked, "after", 1, 4)).await;
    assert_eq!((&early["status"], &early["reason"]["code"]), (&json!("refused"), &json!("not_yet")));
    assert!(early["reason"]["message"].as_str().unwrap().contains("修了してから"));

    // It is answered again, and an item of before comes late.
    assert_eq!(send(&walker, sheet(&asked, "before", 2, 3)).await["status"], "stored");
    assert_eq!(send(&walker, first).await["status"], "duplicate");
    let other = send(&walker, sheet(&asked, "before", 2, 5)).await;
    assert_eq!((&other["status"], &other["reason"]["code"]), (&json!("conflict"), &json!("answered")));
    let own = survey(&walker).await;
    assert_eq!((&own["before"]["revision"], &own["before"]["answers"]["at-home"]), (&json!(2), &json!(3)));

    walk(&ward, &walker, 1, "2026-11-20T11:00").await;
    let own = survey(&walker).await;
    assert_eq!(own["before"]["standing"], "too_late");
    assert_eq!(own["before"]["answers"]["at-home"], 3, "it can be read back");
    let late = send(&walker, sheet(&asked, "before", 3, 1)).await;
    assert_eq!((&late["status"], &late["reason"]["code"]), (&json!("refused"), &json!("too_late")));
    // What waited on the phone since before the walk counts.
    let mut waited = sheet(&asked, "before", 3, 4);
    waited["at"] = json!("2026-11-20T10:59:59+09:00");
    assert_eq!(send(&walker, waited).await["status"], "stored");
    assert_eq!(send(&walker, sheet(&asked, "after", 1, 5)).await["status"], "stored");
    let own = survey(&walker).await;
    assert_eq!(own["after"]["answers"]["hazards"], 5);
    assert_eq!(own["before"]["answers"]["hazards"], 4);

    // The routes that they had completed are kept with it.
    let mut tx = ward.app.db.read().await.unwrap();
    let routes: Vec<String> = on!(&mut tx, conn =>
        sqlx::query_scalar("SELECT routes FROM survey_sheet WHERE moment = 'after'").fetch_all(conn).await)
    .unwrap();
    let route = ward.anonymous().json("/api/routes").await["routes"][0]["id"].clone();
    assert_eq!(routes, [json!([route]).to_string()]);
}

#[tokio::test]
async fn each_sheet_is_taken_or_refused_by_itself() {
    let ward = ward().await;
    let walker = ward.persona("staff").await;
    let asked = survey(&walker).await;
    let good = sheet(&asked, "before", 1, 3);
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed[name] = value;
        changed
    };
    let sheets = [
        with("answers", json!({ "hazards": 6 })),
        with("answers", json!({ "hazards": 2.5 })),
        with("answers", json!({ "weather": 3 })),
        with("revision", json!(0)),
        with("fiscal_year", json!(1999)),
        with("programme_id", json!("019a9f6e-0000-7000-8000-000000000000")),
        with("name", json!("見本")),
        json!(null),
        with("answers", json!({ "hazards": 1 })),
    ];
    let sent = walker.post("/api/me/sheets", &json!({ "sheets": sheets })).await.ok().json();
    let codes: Vec<&str> = sent["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"]["code"].as_str().unwrap_or_else(|| one["status"].as_str().unwrap()))
        .collect();
    let (malformed, not_asked) = ("malformed", "not_asked");
    assert_eq!(
        codes,
        [malformed, malformed, not_asked, malformed, malformed, not_asked, malformed, malformed, "stored"]
    );
    let many = vec![good; 51];
    let too_many = walker.post("/api/me/sheets", &json!({ "sheets": many })).await;
    too_many.has_status(StatusCode::UNPROCESSABLE_ENTITY);
    // Who is on no roster is asked nothing.
    let admin = ward.persona("admin").await;
    let listed = admin.json("/api/me/surveys").await;
    let theirs = send(&admin, sheet(&asked, "before", 1, 3)).await;
    assert_eq!(theirs["status"] == "stored", !listed["surveys"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn nobody_but_its_owner_finds_a_sheet_anywhere() {
    let ward = ward().await;
    let router = ward.app.router(site(true));
    let walker = Caller::here(router.clone()).signed_in_as("staff").await;
    let asked = survey(&walker).await;
    let entries = audited(&ward).await;
    // One answer, so that it would be told from every other number.
    let mut one = sheet(&asked, "before", 1, 3);
    one["answers"] = json!({ "show-others": 5 });
    assert_eq!(send(&walker, one).await["status"], "stored");
    walker.json("/api/me/surveys").await;
    assert_eq!(audited(&ward).await, entries, "nothing of it is in the audit log");
    let mut tx = ward.app.db.read().await.unwrap();
    let pseudonyms: Vec<String> = on!(&mut tx, conn =>
        sqlx::query_scalar("SELECT pseudonym FROM survey_sheet").fetch_all(conn).await)
    .unwrap();
    drop(tx);
    let routes = ward.app.routes(&std::sync::Arc::new(site(true)), &ward.app.gate(&site(true))).list();
    let mut found = Vec::new();
    let mut asked = 0;
    for persona in PERSONAS {
        let caller = Caller::here(router.clone()).signed_in_as(persona).await;
        let programmes = caller.json("/api/programmes").await;
        let programme = programmes["programmes"][0]["id"].as_str().unwrap().to_owned();
        for route in routes.iter().filter(|route| route.method == http::Method::GET) {
            let path = route.path.replace("{programme}", &programme).replace("{format}", "csv");
            if path.contains('{') {
                continue;
            }
            asked += 1;
            let text = caller.get(&path).await.text();
            let tells = text.contains("\"show-others\":5") || pseudonyms.iter().any(|one| text.contains(one));
            if tells {
                found.push(format!("{persona} {path}"));
            }
        }
    }
    assert_eq!(found, ["staff /api/me/surveys"]);
    assert!(asked > 300, "{asked}");
}

/// How many entries the audit log has.
async fn audited(ward: &Ward) -> i64 {
    let mut tx = ward.app.db.read().await.unwrap();
    on!(&mut tx, conn => sqlx::query_scalar("SELECT count(*) FROM audit_entry").fetch_one(conn).await)
        .unwrap()
}

/// Sheets of so many invented people, put into the database: what everybody's phones would have sent.
async fn answered(ward: &Ward, survey: &Value, pairs: std::ops::Range<u32>) {
    let programme = survey["programme_id"].as_str().unwrap().to_owned();
    let route = ward.anonymous().json("/api/routes").await["routes"][0]["id"].clone();
    let answers = |points: u8| sheet(survey, "before", 1, points)["answers"].to_string();
    let (before, after, routes) = (answers(2), answers(3), json!([route]).to_string());
    ward.app
        .db
        .write::<(), DbError, _>(move |tx| {
            Box::pin(async move {
                on!(&mut *tx, conn => sqlx::query(
                    "INSERT INTO survey_key (programme, fiscal_year, key) VALUES ($1, 2026, $2)
                     ON CONFLICT (programme, fiscal_year) DO NOTHING")
                    .bind(&programme).bind(vec![7_u8; 32]).execute(conn).await.map(|_| ()))?;
                for number in pairs {
                    for (moment, answers, routes) in [("before", &before, "[]"), ("after", &after, &*routes)] {
                        on!(&mut *tx, conn => sqlx::query(
                            "INSERT INTO survey_sheet (programme, fiscal_year, pseudonym, moment, revision, answers, routes)
                             VALUES ($1, 2026, $2, $3, 1, $4, $5)")
                            .bind(&programme).bind(format!("invented-{number}")).bind(moment).bind(answers).bind(routes)
                            .execute(conn).await.map(|_| ()))?;
                    }
                }
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn figures_are_of_many_and_for_those_who_plan_lead_and_design() {
    let ward = ward().await;
    let asked = survey(&ward.persona("staff").await).await;
    let on = async |day: &str| {
        ward.clock.set(format!("{day}T03:00:00Z").parse().unwrap());
        ward.looked().await;
    };
    answered(&ward, &asked, 0..4).await;
    on("2026-11-21").await;
    let found = ward.persona("hr").await.json("/api/training/change").await;
    assert_eq!(found["programme_id"], asked["programme_id"], "the first one that asks anything");
    assert_eq!(found["topics"].as_array().unwrap().len(), 2);
    assert_eq!(found["topics"][0]["total"], Value::Null, "four are too few");
    assert_eq!(found["topics"][0]["questions"].as_array().unwrap().len(), 3);

    answered(&ward, &asked, 4..12).await;
    on("2026-11-22").await;
    let expected =
        json!({ "pairs": 12, "before": 2.0, "after": 3.0, "change": 1.0, "low": 0.8, "high": 1.2 });
    for persona in ["hr", "manager", "trainer"] {
        let found = ward.persona(persona).await.json("/api/training/change").await;
        let topic = &found["topics"][0];
        assert_eq!((&topic["about"], &topic["total"]), (&json!("knowledge"), &expected), "{persona}");
        assert_eq!(topic["questions"][2]["figures"], expected);
        assert_eq!(topic["routes"][0]["figures"], expected);
        assert!(topic["routes"][0]["title"]["ja"].as_str().unwrap().contains("見本"));
    }
    for persona in ["staff", "registrar", "admin", "editor"] {
        let caller = ward.persona(persona).await;
        caller.get("/api/training/change").await.has_status(StatusCode::NOT_FOUND);
        caller.get("/api/training/change/export/csv").await.has_status(StatusCode::NOT_FOUND);
    }
    let hr = ward.persona("hr").await;
    let file = hr.get("/api/training/change/export/csv").await;
    let text = file.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains("年度,研修,内容,区分,質問・コース,組数,事前の平均,事後の平均,変化"), "{text}");
    assert!(lines[1].ends_with("知識,全体,,12,2.00,3.00,1.00,0.80,1.20,"), "{text}");
    assert_eq!(lines.len(), 1 + 2 * (1 + 3 + 1));
    for format in ["xlsx", "csv_cp932"] {
        hr.get(&format!("/api/training/change/export/{format}")).await.has_status(StatusCode::OK);
    }
    let nothing = "/api/training/change?programme=019a9f6e-0000-7000-8000-000000000000";
    hr.get(nothing).await.has_status(StatusCode::NOT_FOUND);
    hr.get("/api/training/change?fiscal_year=26").await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn hr_writes_questions_until_the_year_opens_and_they_go_on() {
    let ward = ward().await;
    let hr = ward.persona("hr").await;
    let usual = hr.json("/api/programmes/usual-questions").await["questions"].clone();
    let rule = |questions: Value| {
        json!({
            "title": { "ja": "防災まち歩き(見本)" }, "requirement": { "routes": 1 }, "deadline": "12-31",
            "questions": questions,
        })
    };
    let new = |questions: Value| json!({ "code": "asks", "frequency": "yearly", "fiscal_year": 2026, "rule": rule(questions) });
    let wrong = |questions: Value| {
        let (hr, body) = (&hr, new(questions));
        async move {
            let reply = hr.post("/api/programmes", &body).await.has_status(StatusCode::UNPROCESSABLE_ENTITY);
            reply.json()["errors"][0]["field"].as_str().unwrap().to_owned()
        }
    };
    let one = usual[0].clone();
    assert_eq!(wrong(json!([one, one])).await, "rule.questions");
    let mut bad = one.clone();
    bad["id"] = json!("Ä");
    assert!(wrong(json!([bad])).await.starts_with("rule.questions[0]"));
    let made = hr.post("/api/programmes", &new(json!([one]))).await.has_status(StatusCode::CREATED).json();
    assert_eq!(made["rule"]["questions"], json!([one]));
    let path = format!("/api/programmes/{}/years/2026", made["id"].as_str().unwrap());
    let put = async |path: &str, tag: &str, method: http::Method, body: Value| {
        let body = body.to_string().into_bytes();
        hr.send(method, path, Some("application/json"), &[("if-match", tag)], body).await
    };
    let open = format!("{path}/open");
    put(&open, "\"1\"", http::Method::POST, json!({})).await.has_status(StatusCode::OK);
    let changed = put(&path, "\"2\"", http::Method::PUT, json!({ "rule": rule(usual) })).await;
    assert_eq!(changed.status, StatusCode::CONFLICT, "it is frozen");
    // The next year asks the same.
    ward.clock.set("2027-04-02T03:00:00Z".parse().unwrap());
    ward.looked().await;
    let hr = ward.persona("hr").await;
    let next = hr.json("/api/programmes?fiscal_year=2027").await;
    let asks = next["programmes"].as_array().unwrap().iter().find(|one| one["code"] == "asks").unwrap();
    assert_eq!(asks["rule"]["questions"], json!([one]));
}

#[tokio::test]
async fn answers_are_closed_sixty_days_after_the_year() {
    let ward = ward().await;
    let walker = ward.persona("staff").await;
    let asked = survey(&walker).await;
    assert_eq!(send(&walker, sheet(&asked, "before", 1, 2)).await["status"], "stored");
    walk(&ward, &walker, 2, "2026-11-20T11:00").await;
    let of_2026 = "/api/me/surveys?fiscal_year=2026";
    ward.clock.set("2027-05-30T14:00:00Z".parse().unwrap());
    let walker = ward.persona("staff").await;
    let own = walker.json(of_2026).await["surveys"][0].clone();
    assert_eq!(own["after"]["standing"], "open");
    assert_eq!(send(&walker, sheet(&asked, "after", 1, 4)).await["status"], "stored");
    ward.clock.set("2027-05-30T15:00:01Z".parse().unwrap());
    let refused = send(&walker, sheet(&asked, "after", 2, 5)).await;
    assert_eq!(refused["reason"]["code"], "closed");
    ward.looked().await;
    let own = walker.json(of_2026).await["surveys"][0].clone();
    assert_eq!(
        own["after"],
        json!({ "standing": "closed", "revision": 0, "answers": {} }),
        "nobody knows whose they were"
    );
}
