//! A canary in every personal field: wherever one sings that should not, personal data leaks.
//!
//! Each personal column of the demo's database gets a value that says which row it is of. Then everybody asks
//! everything that can be read, in every form, and sends canaries of their own; what comes out is compared with what each
//! may see, and the log must hold none at all. A column that neither list names fails the test: whoever adds one
//! decides whether it is personal.

use std::{
    cell::RefCell,
    collections::{BTreeSet, HashMap},
    io::Write,
    sync::{Arc, Mutex, Once},
};

use http::{Method, StatusCode};
use machiaruki::{auth::Access, db::DbError, on};
use serde_json::json;

use crate::support::{Caller, PERSONAS, Ward, site};

/// Columns of text that say something of a person: table, column, and the row's id.
const PERSONAL: &[(&str, &str, &str)] = &[
    ("account", "login", "id"),
    ("account", "display_name", "id"),
    ("exemption", "answer", "asked_by"),
    ("exemption", "reason", "asked_by"),
    ("identity", "subject", "account"),
    // Written by people outside, who may name themselves.
    ("outing_host", "message", "id"),
    ("role_grant", "reason", "id"),
    ("session", "device", "id"),
    ("session", "id_token", "id"),
    ("staff", "number", "id"),
    ("staff_spell", "email", "staff"),
    ("staff_spell", "name", "staff"),
    ("staff_spell", "name_kana", "staff"),
    ("staff_spell", "search", "staff"),
    ("observation", "body", "account"),
    ("observation_answer", "body", "observation"),
    // By it the sheets of one person are told apart, and nobody is ever told it, not even they themselves.
    ("survey_sheet", "pseudonym", "moment"),
    ("visit", "evidence", "account"),
    ("visit", "note", "account"),
    ("visit_addition", "evidence", "visit"),
    ("visit_addition", "note", "visit"),
    ("visit_decision", "reason", "visit"),
];

/// Tables whose rows nobody changes: their canaries are sent as walkers and trainers send them.
const APPEND_ONLY: [&str; 5] =
    ["observation", "observation_answer", "visit", "visit_addition", "visit_decision"];

/// Columns of text that say nothing of a person, or only by an id.
const NOT_PERSONAL: &[(&str, &[&str])] = &[
    ("absence", &["kind", "since", "staff", "until"]),
    ("account", &["id", "language", "password", "persona", "staff"]),
    ("activation", &["account"]),
    ("audit_entry", &["action", "detail", "id", "object_id", "object_kind", "outcome", "request", "roles"]),
    ("audit_person", &["entry", "erased_by", "kind", "person"]),
    ("calendar_feed", &["staff"]),
    // Who decided what of whom is sealed; what is left are ids that are drawn at random.
    ("council_address_rule", &["*"]),
    ("council_decision", &["*"]),
    ("council_district", &["*"]),
    ("dataset", &["*"]),
    ("dataset_confirmation", &["*"]),
    ("delivery", &["*"]),
    ("department", &["*"]),
    ("department_office", &["*"]),
    ("department_spell", &["*"]),
    ("exemption", &["asked_by", "day", "decided_by", "id", "kind", "programme", "staff", "until"]),
    // When and where councils meet. Who takes part is sealed, by residencies, whose ids are drawn at random.
    ("gathering", &["*"]),
    ("gathering_council", &["*"]),
    ("gathering_mark", &["*"]),
    ("gathering_sign_up", &["*"]),
    // What it says is sealed.
    ("handover_note", &["*"]),
    ("housing", &["*"]),
    ("housing_unit", &["*"]),
    // Who is called, and what they answer, is sealed.
    ("housing_activation", &["*"]),
    ("housing_answer", &["*"]),
    ("housing_roll", &["*"]),
    ("identity", &["account", "issuer"]),
    ("installation", &["*"]),
    // Who consents to what, and what was given to whom, is sealed; what is left are ids that are drawn at random.
    ("introduction", &["*"]),
    ("introduction_given", &["*"]),
    ("introduction_sheet", &["*"]),
    ("layer", &["*"]),
    ("network_source", &["*"]),
    ("network_state", &["*"]),
    // Payloads name what is spoken of, and no persons.
    ("notice", &["*"]),
    ("observation", &["account", "category", "day", "id", "route_version", "stop"]),
    ("observation_answer", &["account", "observation"]),
    // Who has to do what, by ids alone.
    ("obligation", &["*"]),
    ("observation_import", &["*"]),
    ("oidc_flow", &["nonce", "return_to", "verifier"]),
    ("outing", &["*"]),
    ("outing_host", &["answer", "id", "kind", "name", "outing"]),
    // Who takes part, by ids alone.
    ("outing_mark", &["*"]),
    ("outing_trainer", &["*"]),
    ("place", &["*"]),
    // What editors say of places on the map; contact persons in it are seen by the place's editors alone.
    ("place_edit", &["*"]),
    ("place_override", &["*"]),
    ("programme", &["*"]),
    ("programme_year", &["*"]),
    ("record", &["*"]),
    // Who was reminded of what, by ids alone.
    ("reminder", &["*"]),
    // Whose it is is sealed; the day on which a home was left says nothing of whose it was.
    ("register_import", &["*"]),
    ("residency", &["*"]),
    ("retention_period", &["*"]),
    ("retention_run", &["*"]),
    ("role_grant", &["account", "decided_by", "ended_by", "id", "requested_by", "role", "source", "state"]),
    // Names of files and reasons are read by those who keep the roster alone.
    ("roster_change", &["*"]),
    ("roster_preview", &["*"]),
    // Routes are designed by accounts; what reviewers say is of routes, and seen by trainers alone.
    ("route", &["*"]),
    ("route_draft", &["*"]),
    ("route_draft_author", &["*"]),
    ("route_photo", &["*"]),
    ("route_review", &["*"]),
    ("route_stop", &["*"]),
    ("route_version", &["*"]),
    ("session", &["account", "ended_by", "id", "method"]),
    ("setting", &["*"]),
    ("sign_up", &["*"]),
    ("staff", &["hired_on", "id", "left_on"]),
    ("staff_spell", &["department", "employment", "grade", "staff", "tier", "valid_from", "valid_to"]),
    // Figures of many.
    ("programme_total", &["*"]),
    ("survey_release", &["*"]),
    // Its key is no text.
    ("survey_key", &["*"]),
    // Answers are points by a question's id: `surveys.rs` looks for them everywhere.
    ("survey_sheet", &["answers", "moment", "programme", "routes"]),
    ("tier", &["*"]),
    ("tier_grade", &["*"]),
    ("training_state", &["*"]),
    (
        "visit",
        &["account", "day", "flags", "id", "outcome", "route", "route_version", "rule", "stop", "verdict"],
    ),
    ("visit_addition", &["flags", "id", "outcome", "rule", "verdict", "visit"]),
    ("visit_decision", &["account", "kind", "visit"]),
    // That something came in a file: ids alone.
    ("visit_import", &["*"]),
    ("visit_photo", &["*"]),
    ("visit_photo_part", &["*"]),
    // Who walked what, by ids alone.
    ("walk", &["*"]),
    // Sets of stops, and how many visited them.
    ("walk_pattern", &["*"]),
    ("walk_total", &["*"]),
    ("walk_stale", &["*"]),
];

/// What stands in every log line and in no data.
const SENT: &str = "CANARY-sent";

async fn rows(ward: &Ward, sql: String) -> Vec<Vec<String>> {
    let mut tx = ward.app.db.read().await.unwrap();
    let machiaruki::db::Tx::Sqlite(transaction) = &mut tx else { panic!("the demo is on SQLite") };
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut **transaction).await.unwrap();
    rows.iter()
        .map(|row| {
            use sqlx::Row as _;
            (0..row.len()).map(|index| row.try_get::<String, _>(index).unwrap_or_default()).collect()
        })
        .collect()
}

async fn execute(ward: &Ward, sql: String) {
    ward.app
        .db
        .write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query(sqlx::AssertSqlSafe(sql)).execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn every_column_is_known_to_be_personal_or_not() {
    let ward = Ward::demo().await;
    let tables = rows(
        &ward,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            .into(),
    )
    .await;
    for table in tables.iter().map(|row| &*row[0]) {
        let sql = format!("SELECT name, type FROM pragma_table_info('{table}') ORDER BY name");
        for row in rows(&ward, sql).await.iter().filter(|row| row[1] == "TEXT") {
            let column = &*row[0];
            let personal = PERSONAL.iter().any(|one| (one.0, one.1) == (table, column));
            let not = NOT_PERSONAL
                .iter()
                .any(|(name, columns)| *name == table && (columns.contains(&column) || *columns == ["*"]));
            assert!(personal != not, "{table}.{column}: is it personal, or not?");
        }
    }
}

/// Where the log of a test goes: everything of a test happens on its own thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

thread_local! {
    static LOG: RefCell<Option<Log>> = const { RefCell::new(None) };
}

impl Log {
    /// The log of what this thread does from now on. There is one subscriber for all tests: those of single threads are
    /// not told of events that another thread met first.
    fn of_this_thread() -> Self {
        use tracing_subscriber::{filter::dynamic_filter_fn, fmt, prelude::*};
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let heard = dynamic_filter_fn(|event, _| {
                *event.level() <= tracing::Level::DEBUG && LOG.with_borrow(Option::is_some)
            });
            let lines = fmt::layer()
                .with_ansi(false)
                .with_writer(|| LOG.with_borrow(Clone::clone).unwrap_or_default())
                .with_filter(heard);
            tracing_subscriber::registry().with(lines).init();
        });
        let log = Self::default();
        LOG.set(Some(log.clone()));
        log
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A canary that can be called.
const NUMBER: &str = "03-9988-7766-5544";

/// The canaries of a text: `table.column` and the id of the row.
fn canaries(text: &str) -> BTreeSet<(String, String)> {
    text.replace(NUMBER, "CANARY:introduction.phone:1!")
        .split("CANARY:")
        .skip(1)
        .filter_map(|rest| {
            let end = rest.find('!')?;
            let (column, id) = rest[..end].split_once(':')?;
            Some((column.to_owned(), id.to_owned()))
        })
        .collect()
}

/// Something that somebody asks HR for.
async fn an_exemption(ward: &Ward, caller: &Caller) {
    ward.looked().await;
    let training = caller.json("/api/me/training").await;
    let asked = json!({
        "programme_id": training["obligations"][0]["programme_id"], "fiscal_year": training["fiscal_year"],
        "kind": "exempt", "reason": "見本",
    });
    caller.post("/api/me/exemptions", &asked).await.has_status(StatusCode::CREATED);
}

/// Answers of somebody who has not walked yet.
async fn a_sheet(caller: &Caller) {
    let survey = caller.json("/api/me/surveys").await["surveys"][0].clone();
    let sheet = json!({
        "id": "019a9f6e-0000-7000-8000-00000000ca02", "programme_id": survey["programme_id"], "fiscal_year": 2026,
        "moment": "before", "revision": 1, "at": "2026-11-20T12:00:00+09:00", "answers": { "at-home": 4 },
    });
    let sent = caller.post("/api/me/sheets", &json!({ "sheets": [sheet] })).await.ok().json();
    assert_eq!(sent["results"][0]["status"], "stored", "{sent}");
}

/// A canary in every field of the register. Returns the residency and its council.
async fn register(registrar: &Caller, resident: &Caller) -> (serde_json::Value, serde_json::Value) {
    let canary = |column: &str| format!("CANARY:register.{column}:1!");
    let list = registrar.json("/api/housing").await;
    let (unit, housing) = {
        let mut found = None;
        for housing in list["housing"].as_array().unwrap() {
            let path = format!("/api/housing/{}", housing["id"].as_str().unwrap());
            let one = registrar.json(&path).await;
            let units = one["units"].as_array().unwrap().iter();
            let lived_in =
                |unit: &&serde_json::Value| unit["residencies"][0]["staff_number"].as_str().is_some();
            // The resident persona is the one whose own council says where they live.
            let home = resident.json("/api/me/council").await["home"].clone();
            let found_unit = units
                .filter(lived_in)
                .find(|unit| one["name"] == home["housing_name"] && unit["name"] == home["unit_name"]);
            if let Some(unit) = found_unit {
                found = Some((unit.clone(), one.clone()));
            }
        }
        found.unwrap()
    };
    let path = format!("/api/housing/{}", housing["id"].as_str().unwrap());
    let change = |body: serde_json::Value, path: String, version: String| async move {
        let caller = registrar.clone().with_header("if-match", &version);
        caller.ask(Method::PUT, &path, Some(&body)).await.has_status(StatusCode::NO_CONTENT);
    };
    let body = json!({ "name": canary("housing"), "address": canary("address"), "location": housing["location"],
        "note": canary("housing_note") });
    change(body, path, "\"1\"".to_owned()).await;
    let body = json!({ "name": canary("unit"), "note": canary("unit_note") });
    change(body, format!("/api/housing/units/{}", unit["id"].as_str().unwrap()), "\"1\"".to_owned()).await;
    let residency = &unit["residencies"][0];
    let id = residency["id"].as_str().unwrap();
    let body = json!({ "from": residency["from"], "note": canary("residency_note") });
    change(body, format!("/api/housing/residencies/{id}"), "\"1\"".to_owned()).await;
    let suggestion = registrar.json(&format!("/api/housing/residencies/{id}/suggestion")).await;
    let council = suggestion["candidates"][0]["council_id"].clone();
    let decision =
        json!({ "residency_id": id, "council_id": council, "reason": canary("reason"), "decisions": 0 });
    registrar.post("/api/housing/assignments", &json!({ "decisions": [decision] })).await.ok();
    // A list that waits to be confirmed, and rows of it that are refused.
    let rows = ["note", "address", "unit"]
        .map(|column| format!("{0},{0},{0},900009,2026-11-01,,{0},139.7,35.6", canary(column)));
    let file = format!("住宅名,住所,部屋番号,職員番号,入居日,退居日,備考,経度,緯度\n{}\n", rows.join("\n"));
    let sent =
        registrar.send(Method::POST, "/api/housing/imports", Some("text/csv"), &[], file.into_bytes()).await;
    sent.has_status(StatusCode::CREATED);
    let muster = json!({ "muster": { "name": canary("muster"), "location": null } });
    let path = format!("/api/housing/residencies/{id}/muster");
    registrar.ask(Method::PUT, &path, Some(&muster)).await.has_status(StatusCode::NO_CONTENT);
    activation(registrar, resident, id).await;
    hand_over(registrar, resident).await;
    (residency["id"].clone(), council)
}

/// A canary in every field of an introduction. Returns what opens the link of a sheet that nobody has opened.
async fn introduce(
    registrar: &Caller,
    resident: &Caller,
    (residency, council): (serde_json::Value, serde_json::Value),
) -> serde_json::Value {
    let canary = |field: &str| format!("CANARY:introduction.{field}:1!");
    let known = resident.json("/api/me/introduction").await["known"].clone();
    let mut fields = vec![
        json!({ "field": "email", "text": format!("{}@example.jp", canary("email")) }),
        json!({ "field": "phone", "text": NUMBER }),
    ];
    // What the register says is shared as the register says it: with its own canaries.
    let registered = ["housing", "unit"];
    let is_registered = |one: &&serde_json::Value| registered.iter().any(|field| one["field"] == *field);
    fields.extend(known.as_array().unwrap().iter().filter(is_registered).cloned());
    for field in ["name", "reading", "contact", "languages", "skills", "message"] {
        fields.push(json!({ "field": field, "text": canary(field) }));
    }
    assert_eq!(fields.len(), machiaruki::introductions::model::Field::ALL.len());
    let consent = json!({ "council_id": council, "fields": fields });
    resident
        .ask(Method::PUT, "/api/me/introduction", Some(&consent))
        .await
        .has_status(StatusCode::NO_CONTENT);
    let mut tokens = Vec::new();
    for (number, how) in ["printed", "link", "link"].into_iter().enumerate() {
        let sheet = json!({
            "id": format!("019a9f6e-0000-4000-8000-00000000ca0{number}"), "council_id": council,
            "recipient": canary("recipient"), "residents": [residency], "how": how,
        });
        let made = registrar.post("/api/housing/introductions/sheets", &sheet).await.ok().json();
        let token = made["url"].as_str().and_then(|url| url.split_once('#'));
        tokens.extend(token.map(|(_, token)| json!({ "token": token })));
    }
    let chair = resident.clone().signed_out();
    let opened = chair.post("/api/introductions/open", &tokens[0]).await.ok().text();
    let heard: BTreeSet<String> = canaries(&opened).into_iter().map(|(column, _)| column).collect();
    // All fields, two of them by the register's canaries, and for whom it is.
    assert_eq!(heard.len(), fields.len() + 1, "{heard:?}");
    tokens.remove(1)
}

/// An activation that has ended, and one that goes on, each with an answer of the resident and what was noted by phone.
async fn activation(registrar: &Caller, resident: &Caller, residency: &str) {
    let canary = |column: &str| format!("CANARY:activation.{column}:1!");
    let random = machiaruki::app::system_random();
    for ends in [true, false] {
        let id = random.id().to_string();
        let declared = json!({ "id": id, "kind": "drill", "title": "見本", "message": canary("message") });
        registrar.post("/api/activations", &declared).await.has_status(StatusCode::CREATED);
        let at = "2026-11-20T03:00:00Z".parse().unwrap();
        let answer = json!({ "id": random.id_at(at).to_string(), "activation_id": id, "answer": "on_the_way",
            "answered_at": "2026-11-20T12:00:00+09:00" });
        let sent = resident.post("/api/me/activation/answers", &json!({ "answers": [answer] })).await.ok();
        assert_eq!(sent.json()["results"][0]["status"], "stored");
        let phoned = json!({ "id": random.id().to_string(), "residency_id": residency, "answer": "safe",
            "note": canary("note") });
        let path = format!("/api/activations/{id}");
        let entered = registrar.post(&format!("{path}/answers"), &phoned).await;
        entered.has_status(StatusCode::NO_CONTENT);
        if ends {
            let ended = registrar.post(&format!("{path}/end"), &json!({})).await;
            ended.has_status(StatusCode::NO_CONTENT);
        }
    }
}

/// A gathering to which the resident means to come, and notes that they wrote and the registrar sent back.
async fn hand_over(registrar: &Caller, resident: &Caller) {
    let canary = |column: &str| format!("CANARY:register.{column}:1!");
    let drill = json!({ "kind": "drill", "duty": "official", "title": "見本", "place": "見本",
        "starts_at": "2026-11-20T13:00:00+09:00", "duration_min": 60 });
    let made = registrar.post("/api/gatherings", &drill).await.has_status(StatusCode::CREATED).json();
    let path = format!("/api/me/gatherings/{}/sign-up", made["id"].as_str().unwrap());
    resident.ask(Method::PUT, &path, None).await.has_status(StatusCode::NO_CONTENT);
    let note = json!({ "next": "council", "text": canary("handover") });
    let writer = resident.clone().with_header("if-match", "\"0\"");
    writer.ask(Method::PUT, "/api/me/handover", Some(&note)).await.ok();
    let listed = registrar.json("/api/housing/handovers").await["handovers"][0]["id"].clone();
    let path = format!("/api/housing/handovers/{}/return", listed.as_str().unwrap());
    let caller = registrar.clone().with_header("if-match", "\"1\"");
    let remark = json!({ "remark": canary("remark") });
    caller.post(&path, &remark).await.has_status(StatusCode::NO_CONTENT);
}

/// Whom a crawler is.
struct Who {
    persona: &'static str,
    /// Ids of their own rows: account, staff, sessions.
    own: BTreeSet<String>,
    /// Ids of the people of their department and below.
    department: BTreeSet<String>,
}

impl Who {
    /// Whether they may see that column of that row there.
    fn may_see(&self, path: &str, column: &str, id: &str) -> bool {
        let numbers = ["account.login", "staff.number"];
        let names = ["staff_spell.name", "staff_spell.name_kana", "account.display_name"];
        let keeps_roster = self.persona == "hr";
        let own = self.own.contains(id);
        if path.starts_with("/api/activations") {
            let named = numbers.contains(&column) || names.contains(&column);
            let told = matches!(column, "register.housing" | "register.unit" | "register.muster");
            let roll = path != "/api/activations";
            return self.persona == "registrar"
                && (column == "activation.message"
                    || roll && (named || told || column == "activation.note"));
        }
        if path == "/api/me/activation" || path == "/api/me/notices" {
            // What they are told, and where they gather; not what the registrar noted of them.
            return self.persona == "resident" && matches!(column, "activation.message" | "register.muster");
        }
        if path.starts_with("/api/housing") {
            let named = numbers.contains(&column) || names.contains(&column);
            // To whom was given what, but not the very words: these are on the sheet, at the moment at which it is made.
            let given = path == "/api/housing/introductions" && column == "introduction.recipient";
            return self.persona == "registrar" && (named || column.starts_with("register.") || given);
        }
        if path.starts_with("/api/gatherings") {
            // The roll: who they are and where they live.
            let home = matches!(column, "register.housing" | "register.unit");
            return self.persona == "registrar"
                && (numbers.contains(&column) || names.contains(&column) || home);
        }
        if path == "/api/me/handover" {
            return self.persona == "resident" && matches!(column, "register.handover" | "register.remark");
        }
        if path == "/api/me/council" {
            // One's own home, without what the registrar noted.
            return self.persona == "resident"
                && matches!(
                    column,
                    "register.housing" | "register.address" | "register.unit" | "register.muster"
                );
        }
        if path == "/api/me/introduction" {
            let home = matches!(column, "register.housing" | "register.unit");
            return own || self.persona == "resident" && (home || column.starts_with("introduction."));
        }
        if path.starts_with("/api/me/views") {
            // Who looked is told by name.
            return names.contains(&column);
        }
        if path == "/api/visits" || path == "/api/observations" {
            // Who decides and answers knows of whom.
            let told = numbers.contains(&column) || names.contains(&column);
            let kept = APPEND_ONLY.iter().any(|table| column.starts_with(&format!("{table}.")));
            return matches!(self.persona, "trainer" | "reviewer") && (told || kept);
        }
        if path.starts_with("/api/me") || path == "/api/session" {
            return own && column != "session.id_token" && column != "identity.subject";
        }
        if path.starts_with("/api/audit") {
            return numbers.contains(&column) && matches!(self.persona, "hr" | "admin");
        }
        if path.starts_with("/api/accounts") || path.starts_with("/api/grants") {
            return match self.persona {
                "hr" => numbers.contains(&column) || names.contains(&column) || column == "role_grant.reason",
                // Numbers only; operators who are not on the roster have no other name.
                "admin" => {
                    numbers.contains(&column)
                        || column == "account.display_name"
                        || column == "role_grant.reason"
                }
                "manager" => {
                    (self.department.contains(id) || column == "role_grant.reason")
                        && (numbers.contains(&column)
                            || names.contains(&column)
                            || column == "role_grant.reason")
                }
                _ => false,
            };
        }
        if path.starts_with("/api/staff") {
            return match self.persona {
                "hr" => keeps_roster && (numbers.contains(&column) || column.starts_with("staff_spell.")),
                "manager" => {
                    self.department.contains(id) && (numbers.contains(&column) || names.contains(&column))
                }
                _ => false,
            };
        }
        if path.starts_with("/api/outings/") && path.ends_with("/participants") {
            // The trainer of the one outing that there is.
            return self.persona == "trainer"
                && (numbers.contains(&column) || names.contains(&column) || column == "outing_host.message");
        }
        if path.starts_with("/api/training/exemptions") {
            let told = numbers.contains(&column) || names.contains(&column);
            return self.persona == "hr" && (told || column.starts_with("exemption."));
        }
        if path.starts_with("/api/training/people") {
            let told = numbers.contains(&column) || names.contains(&column);
            return told
                && (self.persona == "hr" || self.persona == "manager" && self.department.contains(id));
        }
        if path.starts_with("/api/roster") || path.starts_with("/api/retention") {
            return keeps_roster && numbers.contains(&column);
        }
        false
    }
}

#[tokio::test]
async fn no_canary_sings_where_it_should_not() {
    let log = Log::of_this_thread();
    let ward = Ward::demo().await;
    let router = ward.app.router(site(true));
    let mut callers = HashMap::new();
    for persona in PERSONAS {
        callers.insert(persona, Caller::here(router.clone()).signed_in_as(persona).await);
    }
    an_outing(&callers).await;
    walk(&ward, &callers["staff"]).await;
    an_exemption(&ward, &callers["staff"]).await;
    a_sheet(&callers["resident"]).await;
    for (table, column, id) in PERSONAL.iter().filter(|(table, ..)| !APPEND_ONLY.contains(table)) {
        let sql = format!("UPDATE {table} SET {column} = 'CANARY:{table}.{column}:' || {id} || '!'");
        execute(&ward, sql).await;
    }

    let home = register(&callers["registrar"], &callers["resident"]).await;
    let token = introduce(&callers["registrar"], &callers["resident"], home).await;

    // Whoever holds a link that nobody has opened is told no more than for whom it is before they open it.
    let seen = Caller::here(router.clone()).post("/api/introductions/check", &token).await.ok().text();
    let heard: Vec<String> = canaries(&seen).into_iter().map(|(column, _)| column).collect();
    assert_eq!(heard, ["introduction.recipient"]);
    let pool = pool(&ward).await;
    let mut seen = BTreeSet::new();
    let mut asked = 0;
    for persona in ["nobody"].into_iter().chain(PERSONAS) {
        let caller = callers.get(persona).cloned().unwrap_or_else(|| Caller::here(router.clone()));
        let who = who(&ward, persona).await;
        let mut paths = paths(&ward, &pool);
        let mut done = BTreeSet::new();
        while let Some(path) = paths.pop() {
            if !done.insert(path.clone()) || done.len() > 4_000 {
                continue;
            }
            asked += 1;
            let reply = caller.get(&path).await;
            assert!(!reply.status.is_server_error(), "{persona}: {path}: {}", reply.text());
            let body = String::from_utf8_lossy(&reply.body).into_owned();
            let headers = format!("{:?}", reply.headers);
            for (column, id) in canaries(&(headers + &body)) {
                assert!(
                    who.may_see(path.split('?').next().unwrap(), &column, &id),
                    "{persona} sees {column} of {id} at {path}"
                );
                seen.insert(format!("{persona} {column}"));
            }
            if reply.media_type() == "application/json"
                && let Some(next) = reply.json()["next"].as_str().filter(|next| next.starts_with("/api/"))
            {
                paths.push(next.to_owned());
            }
        }
        speak(&caller, &ward).await;
    }
    // The canaries are alive: those who may see them do.
    for expected in [
        "trainer outing_host.message",
        "trainer staff_spell.name",
        "hr staff_spell.name",
        "admin account.login",
        "staff staff_spell.name",
        "staff session.device",
        "staff visit.note",
        "staff observation.body",
        "trainer visit.evidence",
        "trainer observation.body",
        "registrar register.housing",
        "registrar register.address",
        "registrar register.housing_note",
        "registrar register.unit",
        "registrar register.unit_note",
        "registrar register.residency_note",
        "registrar register.reason",
        "registrar register.handover",
        "registrar register.remark",
        "resident register.handover",
        "registrar staff_spell.name",
        "registrar register.muster",
        "registrar activation.message",
        "registrar activation.note",
        "resident activation.message",
        "resident register.muster",
        "resident register.housing",
        "resident register.unit",
        "resident introduction.name",
        "resident introduction.reading",
        "resident introduction.phone",
        "resident introduction.email",
        "resident introduction.contact",
        "resident introduction.languages",
        "resident introduction.skills",
        "resident introduction.message",
        "resident introduction.recipient",
        "registrar introduction.recipient",
    ] {
        assert!(seen.contains(expected), "nobody heard {expected}: {seen:?}");
    }
    assert!(!seen.iter().any(|one| one.starts_with("nobody")), "{seen:?}");
    assert!(asked > 500, "only {asked} requests");
    // What is sealed is nowhere in the database's files.
    let files = ward.files();
    let stored = |text: &str| files.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(stored("CANARY:staff_spell.name:"), "the files are not those of the database");
    assert!(!stored("CANARY:register"), "the database holds the register in plain text");
    assert!(!stored("CANARY:introduction"), "the database holds introductions in plain text");
    assert!(!stored(NUMBER), "the database holds a number in plain text");
    let secret = token["token"].as_str().unwrap();
    assert!(!stored(secret), "the database holds what opens a link");
    assert!(!stored("CANARY:activation.note"), "the database holds what was answered in plain text");
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("request"), "nothing was logged");
    let singing: Vec<&str> = log.lines().filter(|line| line.contains("CANARY")).take(5).collect();
    assert!(singing.is_empty(), "the log holds personal data: {singing:#?}");
    assert!(!log.contains(NUMBER) && !log.contains(secret), "the log holds an introduction");
}

/// An outing in which somebody takes part.
async fn an_outing(callers: &HashMap<&'static str, Caller>) {
    let (trainer, staff) = (&callers["trainer"], &callers["staff"]);
    let route = trainer.json("/api/routes").await["routes"][0].clone();
    let body = json!({
        "route_version_id": route["route_version_id"], "starts_at": "2026-12-01T10:00:00+09:00", "duration_min": 120,
        "meeting_point": "見本のロビー", "capacity": 5, "hosts": [{ "kind": "organisation", "name": "見本町会" }],
    });
    let outing = trainer.post("/api/outings", &body).await.has_status(StatusCode::CREATED).json();
    let path = format!("/api/outings/{}", outing["id"].as_str().unwrap());
    staff.ask(Method::PUT, &format!("{path}/sign-up"), None).await.ok();
}

/// A visit that waits for a trainer and an observation, each full of canaries.
async fn walk(ward: &Ward, walker: &Caller) {
    let account = rows(ward, "SELECT id FROM account WHERE persona = 'staff'".into()).await[0][0].clone();
    let route = walker.json("/api/routes").await["routes"][0].clone();
    let (version, stop) = (&route["route_version_id"], &route["stops"][0]["stop_id"]);
    let (id, at) = ("019a9f6e-0000-7000-8000-00000000ca01", "2026-11-20T10:15:30+09:00");
    let canary = |column: &str| format!("CANARY:{column}:{account}!");
    let visits = json!({ "visits": [{
        "id": id, "route_version_id": version, "stop_id": stop, "at": at, "note": canary("visit.note"),
        "evidence": [{ "kind": "answer", "text": canary("visit.evidence") }],
    }] });
    let sent = walker.post("/api/visits", &visits).await.ok().json();
    assert_eq!(sent["results"][0]["outcome"], "pending", "{sent}");
    let observations = json!({ "observations": [{
        "id": id, "at": at, "category": "danger", "text": canary("observation.body"), "wants_answer": true,
    }] });
    let sent = walker.post("/api/observations", &observations).await.ok().json();
    assert_eq!(sent["results"][0]["status"], "stored", "{sent}");
}

async fn who(ward: &Ward, persona: &'static str) -> Who {
    let one = |sql: String| async move {
        rows(ward, sql).await.into_iter().map(|row| row[0].clone()).collect::<BTreeSet<String>>()
    };
    let mut own = one(format!(
        "SELECT id FROM account WHERE persona = '{persona}'
         UNION SELECT staff FROM account WHERE persona = '{persona}'
         UNION SELECT s.id FROM session s JOIN account a ON a.id = s.account WHERE a.persona = '{persona}'"
    ))
    .await;
    own.remove("");
    // The tree below the manager's department, as it stands.
    let department = one(format!(
        "WITH RECURSIVE below (id) AS (
             SELECT p.department FROM staff_spell p JOIN account a ON a.staff = p.staff WHERE a.persona = '{persona}'
             UNION SELECT s.department FROM department_spell s JOIN below b ON s.parent = b.id)
         SELECT p.staff FROM staff_spell p JOIN below b ON b.id = p.department
         UNION SELECT a.id FROM account a JOIN staff_spell p ON p.staff = a.staff JOIN below b ON b.id = p.department"
    ))
    .await;
    Who { persona, own, department }
}

/// Values for the parameters of paths, by name.
async fn pool(ward: &Ward) -> HashMap<&'static str, Vec<String>> {
    let ids = |sql: &'static str| async move {
        let mut ids: Vec<String> =
            rows(ward, sql.to_owned()).await.into_iter().map(|row| row[0].clone()).collect();
        ids.push("nothing".to_owned());
        ids
    };
    HashMap::from([
        ("account", ids("SELECT id FROM account").await),
        // The stream of one that goes on has no end.
        ("activation", ids("SELECT id FROM housing_activation WHERE ended_at IS NOT NULL").await),
        ("housing", ids("SELECT id FROM housing").await),
        ("residency", ids("SELECT id FROM residency LIMIT 5").await),
        ("staff", ids("SELECT id FROM staff LIMIT 30").await),
        ("session", ids("SELECT id FROM session").await),
        ("outing", ids("SELECT id FROM outing").await),
        ("gathering", ids("SELECT id FROM gathering").await),
        ("handover", ids("SELECT id FROM handover_note").await),
        ("host", ids("SELECT id FROM outing_host").await),
        ("grant", ids("SELECT id FROM role_grant").await),
        ("layer", ids("SELECT id FROM layer").await),
        ("collection", ids("SELECT id FROM layer").await),
        ("feature", ids("SELECT id FROM place LIMIT 5").await),
        ("place", ids("SELECT id FROM place LIMIT 5").await),
        ("dataset", ids("SELECT id FROM dataset").await),
        ("department", ids("SELECT id FROM department").await),
        ("format", ["geojson", "csv", "kml", "gpkg", "xlsx", "csv_cp932"].map(str::to_owned).to_vec()),
    ])
}

/// Every path that can be read, with every value of its parameters.
fn paths(ward: &Ward, pool: &HashMap<&'static str, Vec<String>>) -> Vec<String> {
    let site = Arc::new(site(true));
    let routes = ward.app.routes(&site, &ward.app.gate(&site)).list();
    let mut paths = vec!["/api/nothing".to_owned(), "/nothing".to_owned()];
    for route in routes.iter().filter(|route| route.method == Method::GET) {
        let mut made = vec![route.path.to_owned()];
        while let Some(start) = made[0].find('{') {
            let end = made[0][start..].find('}').unwrap() + start;
            let name = made[0][start + 1..end].trim_start_matches('*').to_owned();
            let nothing = vec!["nothing".to_owned()];
            let values = pool.get(&*name).unwrap_or(&nothing);
            made = made
                .iter()
                .flat_map(|path| {
                    let (start, end) = (path.find('{').unwrap(), path.find('}').unwrap());
                    values.iter().map(move |value| format!("{}{value}{}", &path[..start], &path[end + 1..]))
                })
                .collect();
        }
        for path in made {
            if route.access == Access::Public && route.path.starts_with("/ogc") {
                paths.push(format!("{path}?f=html"));
            }
            paths.push(format!("{path}?q=CANARY"));
            paths.push(path);
        }
    }
    paths
}

/// Sends canaries wherever something can be sent. The answers may repeat them; the log must not.
async fn speak(caller: &Caller, ward: &Ward) {
    let site = Arc::new(site(true));
    let routes = ward.app.routes(&site, &ward.app.gate(&site)).list();
    let body = json!({
        "login": SENT, "password": SENT, "token": SENT, "reason": SENT, "present": SENT, "staff_number": SENT,
        "name": SENT, "persona": SENT, "account": SENT, "role": "trainer", "language": SENT,
    });
    let sign_in = json!({ "login": SENT, "password": SENT });
    caller.post("/api/sign-in", &sign_in).await;
    for route in routes.iter().filter(|route| route.method != Method::GET) {
        if route.path.contains("sign-out")
            || (route.method == Method::DELETE && route.path.ends_with("sessions"))
        {
            continue;
        }
        let mut path = route.path.to_owned();
        while let Some(start) = path.find('{') {
            let end = path.find('}').unwrap();
            // Paths hold ids and are logged.
            path.replace_range(start..=end, "nothing");
        }
        let path = format!("{path}?name={SENT}");
        let headers = [("user-agent", SENT), ("referer", SENT), ("if-match", SENT)];
        let bytes = body.to_string().into_bytes();
        caller.send(route.method.clone(), &path, Some("application/json"), &headers, bytes).await;
        caller.send(route.method.clone(), &path, Some("text/csv"), &headers, SENT.as_bytes().to_vec()).await;
    }
}
