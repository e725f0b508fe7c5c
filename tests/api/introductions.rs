//! `/api/me/introduction`, `/api/housing/introductions`, and the links of chairs.

use http::{Method, StatusCode, header};
use machiaruki::http::Peer;
use serde_json::{Value, json};

use crate::support::{Caller, Reply, Ward, site};

const MINE: &str = "/api/me/introduction";
const ALL: &str = "/api/housing/introductions";
const SHEETS: &str = "/api/housing/introductions/sheets";

/// What the resident of the demo shares.
fn fields() -> Value {
    json!([
        { "field": "name", "text": "見本 みどり" },
        { "field": "phone", "text": "03-0000-0000" },
        { "field": "contact", "text": "平日の夜に電話で" },
    ])
}

struct Demo {
    ward: Ward,
    /// Somebody who is not signed in, as a chair is.
    chair: Caller,
    registrar: Caller,
    resident: Caller,
    council: Value,
    residency: Value,
}

impl Demo {
    /// The demo ward, in which the council of the resident is decided.
    async fn new() -> Self {
        let ward = Ward::demo().await;
        // One server, so that settings count at once.
        let chair = Caller::here(ward.app.router(site(true)));
        let registrar = chair.clone().signed_in_as("registrar").await;
        let resident = chair.clone().signed_in_as("resident").await;
        let list = registrar.json("/api/housing/tasks").await;
        let task =
            list["tasks"].as_array().unwrap().iter().find(|one| one["staff_number"] == "900002").unwrap();
        let (council, residency) = (task["suggestion"]["council_id"].clone(), task["residency_id"].clone());
        let demo = Self { ward, chair, registrar, resident, council, residency };
        demo.decide(&demo.council.clone(), 0).await;
        demo
    }

    /// Decides which council the resident's home belongs to.
    async fn decide(&self, council: &Value, after: u32) {
        let one = json!({ "residency_id": self.residency, "council_id": council, "decisions": after, "reason": "見本" });
        self.registrar.post("/api/housing/assignments", &json!({ "decisions": [one] })).await.ok();
    }

    async fn other_council(&self) -> Value {
        let links = self.registrar.json("/api/housing/links").await;
        let councils = links["councils"].as_array().unwrap();
        councils.iter().find(|one| one["id"] != self.council).unwrap()["id"].clone()
    }

    async fn consent(&self, fields: Value) -> Reply {
        let body = json!({ "council_id": self.council, "fields": fields });
        self.resident.ask(Method::PUT, MINE, Some(&body)).await
    }

    async fn consents(&self) {
        self.consent(fields()).await.has_status(StatusCode::NO_CONTENT);
    }

    async fn withdraw(&self) {
        self.resident.ask(Method::DELETE, MINE, None).await.has_status(StatusCode::NO_CONTENT);
    }

    fn wanted(&self, id: u8, how: &str) -> Value {
        json!({
            "id": format!("00000000-0000-4000-8000-0000000000{id:02}"), "council_id": self.council,
            "recipient": "会長 見本 一郎様", "residents": [self.residency], "how": how,
        })
    }

    async fn sheet(&self, id: u8, how: &str) -> Value {
        self.registrar.post(SHEETS, &self.wanted(id, how)).await.ok().json()
    }

    /// Makes a link; what it holds.
    async fn link(&self, id: u8) -> String {
        token(&self.sheet(id, "link").await)
    }

    async fn ask(&self, what: &str, token: &str) -> Reply {
        let path = format!("/api/introductions/{what}");
        self.chair.post(&path, &json!({ "token": token })).await
    }

    async fn open(&self, token: &str) -> Value {
        self.ask("open", token).await.ok().json()
    }

    async fn check(&self, token: &str) -> Value {
        self.ask("check", token).await.ok().json()
    }

    /// So many hours later: sessions are over by then.
    async fn later(&mut self, hours: i64) {
        use machiaruki::clock::Clock as _;
        self.ward.clock.set(self.ward.clock.now() + jiff::SignedDuration::from_hours(hours));
        self.registrar = self.chair.clone().signed_in_as("registrar").await;
        self.resident = self.chair.clone().signed_in_as("resident").await;
    }
}

fn token(sheet: &Value) -> String {
    sheet["url"].as_str().unwrap().split_once("/introduction#").unwrap().1.to_owned()
}

#[tokio::test]
async fn a_resident_consents_field_by_field_and_is_shown_what_is_shared() {
    let demo = Demo::new().await;
    let reply = demo.resident.get(MINE).await.ok();
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    let mine = reply.json();
    assert_eq!((&mine["state"], &mine["consent"]), (&json!("possible"), &Value::Null));
    assert_eq!((&mine["council"]["id"], &mine["given"]), (&demo.council, &json!([])));
    let known = mine["known"].as_array().unwrap();
    assert!(known.contains(&json!({ "field": "housing", "text": "【見本】なみの寮" })), "{known:?}");
    demo.consents().await;
    let mine = demo.resident.json(MINE).await;
    assert_eq!(mine["consent"], json!({ "at": "2026-11-20T03:00:00Z", "fields": fields() }));
    // Another consent counts instead; what is not named any more is not shared.
    demo.consent(json!([{ "field": "name", "text": "見本 みどり" }]))
        .await
        .has_status(StatusCode::NO_CONTENT);
    let mine = demo.resident.json(MINE).await;
    assert_eq!(mine["consent"]["fields"], json!([{ "field": "name", "text": "見本 みどり" }]));
    demo.withdraw().await;
    assert_eq!(demo.resident.json(MINE).await["consent"], Value::Null);
    // There is nothing to withdraw, which is as good.
    demo.withdraw().await;
}

#[tokio::test]
async fn what_cannot_be_shared_is_refused_with_its_field() {
    let demo = Demo::new().await;
    for (fields, wrong) in [
        (json!([]), "fields"),
        (
            json!([{ "field": "name", "text": "見本" }, { "field": "phone", "text": "なし" }]),
            "fields[1].text",
        ),
        (json!([{ "field": "email", "text": "見本" }]), "fields[0].text"),
        (json!([{ "field": "name", "text": " " }]), "fields[0].text"),
        (json!([{ "field": "name", "text": "一" }, { "field": "name", "text": "二" }]), "fields[1].text"),
        (json!([{ "field": "message", "text": "あ".repeat(501) }]), "fields[0].text"),
    ] {
        let problem = demo.consent(fields.clone()).await.has_status(StatusCode::UNPROCESSABLE_ENTITY).json();
        assert_eq!(problem["errors"][0]["field"], wrong, "{fields}");
    }
    // What the register says is shared as the register says it, or not at all.
    demo.consent(json!([{ "field": "unit", "text": "999" }])).await.has_status(StatusCode::CONFLICT);
    // Another council than theirs.
    let body = json!({ "council_id": demo.other_council().await, "fields": fields() });
    demo.resident.ask(Method::PUT, MINE, Some(&body)).await.has_status(StatusCode::CONFLICT);
    assert_eq!(demo.resident.json(MINE).await["consent"], Value::Null);
}

#[tokio::test]
async fn only_residents_with_a_decided_council_can_consent() {
    let ward = Ward::demo().await;
    let (resident, staff) = (ward.persona("resident").await, ward.persona("staff").await);
    let council =
        ward.persona("registrar").await.json("/api/housing/links").await["councils"][0]["id"].clone();
    let body = json!({ "council_id": council, "fields": fields() });
    assert_eq!(resident.json(MINE).await["state"], "waiting");
    resident.ask(Method::PUT, MINE, Some(&body)).await.has_status(StatusCode::CONFLICT);
    assert_eq!(staff.json(MINE).await["state"], "no_home");
    staff.ask(Method::PUT, MINE, Some(&body)).await.has_status(StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_printed_sheet_is_given_at_once_and_stays_on_record() {
    let demo = Demo::new().await;
    let before = demo.registrar.json(ALL).await;
    let council =
        before["councils"].as_array().unwrap().iter().find(|one| one["id"] == demo.council).unwrap();
    assert_eq!((&council["homes"], &council["residents"]), (&json!(1), &json!([])));
    demo.consents().await;
    let sheet = demo.sheet(1, "printed").await;
    assert_eq!(sheet["people"], json!([{ "fields": fields() }]));
    assert_eq!((&sheet["url"], &sheet["qr_svg"]), (&Value::Null, &Value::Null));
    // Sent twice, it is the same.
    assert_eq!(demo.sheet(1, "printed").await, sheet);
    demo.withdraw().await;
    let given = demo.resident.json(MINE).await["given"].clone();
    assert_eq!(given.as_array().unwrap().len(), 1);
    assert_eq!((&given[0]["state"], &given[0]["recipient"]), (&json!("printed"), &json!("会長 見本 一郎様")));
    assert_eq!((&given[0]["fields"], &given[0]["how"]), (&fields(), &json!("printed")));
    // The registrar sees that the council has to be told.
    let after = demo.registrar.json(ALL).await;
    assert_eq!(after["sheets"][0]["residents"][0]["withdrawn"], true);
    assert_eq!(after["sheets"][0]["residents"][0]["fields"], json!(["name", "phone", "contact"]));
}

#[tokio::test]
async fn nobody_is_on_a_sheet_without_their_consent() {
    let demo = Demo::new().await;
    let refused = async |body: &Value| {
        let reply = demo.registrar.post(SHEETS, body).await;
        reply.has_status(StatusCode::UNPROCESSABLE_ENTITY).json()["errors"][0]["field"].clone()
    };
    assert_eq!(refused(&demo.wanted(1, "printed")).await, "residents[0]");
    demo.consents().await;
    let mut other = demo.wanted(1, "link");
    other["council_id"] = demo.other_council().await;
    assert_eq!(refused(&other).await, "residents[0]");
    let mut twice = demo.wanted(1, "link");
    twice["residents"] = json!([demo.residency, demo.residency]);
    assert_eq!(refused(&twice).await, "residents");
    let mut nobody = demo.wanted(1, "link");
    nobody["recipient"] = json!(" ");
    assert_eq!(refused(&nobody).await, "recipient");
    demo.withdraw().await;
    assert_eq!(refused(&demo.wanted(1, "printed")).await, "residents[0]");
    assert_eq!(demo.registrar.json(ALL).await["sheets"], json!([]));
}

#[tokio::test]
async fn a_link_opens_once_and_says_afterwards_that_it_did() {
    let mut demo = Demo::new().await;
    let admin = demo.chair.clone().signed_in_as("admin").await;
    let tag = admin.get("/api/admin/settings").await.ok().header(header::ETAG);
    let contact = json!({ "registrar_contact": "住宅担当 内線0000" });
    admin.with_header("if-match", &tag).ask(Method::PATCH, "/api/admin/settings", Some(&contact)).await.ok();
    demo.consents().await;
    let made = demo.sheet(1, "link").await;
    assert_eq!(made["people"], json!([]), "a link gives it, not the registrar's page");
    assert!(made["qr_svg"].as_str().unwrap().contains("<svg"));
    assert_eq!(made["expires_at"], "2026-12-04T03:00:00Z");
    let token = token(&made);
    // A preview of the message looks at it, as often as it likes.
    for _ in 0..2 {
        let seen = demo.check(&token).await;
        assert_eq!((&seen["state"], &seen["people"]), (&json!("waiting"), &json!([])));
    }
    assert_eq!(demo.resident.json(MINE).await["given"][0]["state"], "waiting");
    demo.later(1).await;
    let reply = demo.ask("open", &token).await.ok();
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    let opened = reply.json();
    assert_eq!((&opened["state"], &opened["people"]), (&json!("opened"), &json!([{ "fields": fields() }])));
    for again in [demo.open(&token).await, demo.check(&token).await] {
        assert_eq!((&again["state"], &again["people"]), (&json!("opened"), &json!([])));
        assert_eq!(again["opened_at"], "2026-11-20T04:00:00Z");
        assert_eq!(again["contact"], "住宅担当 内線0000");
    }
    let given = demo.resident.json(MINE).await["given"][0].clone();
    assert_eq!((&given["state"], &given["opened_at"]), (&json!("opened"), &json!("2026-11-20T04:00:00Z")));
    assert_eq!(given["fields"], fields());
    // What was given cannot be revoked, nor made again under the same id.
    let path = format!("{SHEETS}/{}/revocation", made["id"].as_str().unwrap());
    demo.registrar.ask(Method::POST, &path, None).await.has_status(StatusCode::CONFLICT);
    demo.registrar.post(SHEETS, &demo.wanted(1, "link")).await.has_status(StatusCode::CONFLICT);
}

#[tokio::test]
async fn of_two_who_open_a_link_at_once_one_is_shown_it() {
    let demo = Demo::new().await;
    demo.consents().await;
    let token = demo.link(1).await;
    let (one, other) = tokio::join!(demo.open(&token), demo.open(&token));
    let shown = [&one, &other].into_iter().filter(|link| link["people"] != json!([])).count();
    assert_eq!(shown, 1, "{one} {other}");
}

#[tokio::test]
async fn a_link_gives_what_is_consented_to_when_it_is_opened() {
    let demo = Demo::new().await;
    demo.consents().await;
    let token = demo.link(1).await;
    let less = json!([{ "field": "name", "text": "見本 みどり" }]);
    demo.consent(less.clone()).await.has_status(StatusCode::NO_CONTENT);
    assert_eq!(demo.open(&token).await["people"], json!([{ "fields": less }]));
}

#[tokio::test]
async fn whoever_withdraws_is_in_no_link_that_was_not_opened() {
    let demo = Demo::new().await;
    demo.consents().await;
    let token = demo.link(1).await;
    demo.withdraw().await;
    // They were alone on it: there is no such link any more.
    demo.ask("check", &token).await.has_status(StatusCode::NOT_FOUND);
    demo.ask("open", &token).await.has_status(StatusCode::NOT_FOUND);
    // A new consent does not bring them back.
    demo.consents().await;
    demo.ask("open", &token).await.has_status(StatusCode::NOT_FOUND);
    assert_eq!(demo.resident.json(MINE).await["given"], json!([]));
}

#[tokio::test]
async fn a_consent_ends_when_another_council_is_decided() {
    let demo = Demo::new().await;
    demo.consents().await;
    let token = demo.link(1).await;
    demo.decide(&demo.other_council().await, 1).await;
    assert_eq!(demo.resident.json(MINE).await["consent"], Value::Null);
    demo.ask("open", &token).await.has_status(StatusCode::NOT_FOUND);
    // Decided back, it has still ended.
    demo.decide(&demo.council.clone(), 2).await;
    assert_eq!(demo.resident.json(MINE).await["consent"], Value::Null);
}

#[tokio::test]
async fn a_consent_ends_with_the_residency() {
    let mut demo = Demo::new().await;
    demo.consents().await;
    let token = demo.link(1).await;
    let list = demo.registrar.json("/api/housing").await;
    let mut home = Value::Null;
    for one in list["housing"].as_array().unwrap() {
        let path = format!("/api/housing/{}", one["id"].as_str().unwrap());
        let building = demo.registrar.json(&path).await;
        let units = building["units"].as_array().unwrap().clone();
        let all = units.into_iter().flat_map(|unit| unit["residencies"].as_array().unwrap().clone());
        home = all.into_iter().find(|one| one["id"] == demo.residency).unwrap_or(home);
    }
    let out = json!({ "from": home["from"], "until": "2026-11-21" });
    let path = format!("/api/housing/residencies/{}", demo.residency.as_str().unwrap());
    let registrar = demo.registrar.clone().with_header("if-match", &format!("\"{}\"", home["version"]));
    registrar.ask(Method::PUT, &path, Some(&out)).await.has_status(StatusCode::NO_CONTENT);
    // On the last day they still live there.
    demo.later(24).await;
    assert_eq!(demo.check(&token).await["state"], "waiting");
    demo.later(24).await;
    demo.ask("open", &token).await.has_status(StatusCode::NOT_FOUND);
    assert_eq!(demo.resident.json(MINE).await["state"], "no_home");
    assert_eq!(demo.registrar.json(ALL).await["sheets"], json!([]));
}

#[tokio::test]
async fn a_link_expires_and_can_be_revoked() {
    let mut demo = Demo::new().await;
    demo.consents().await;
    let (late, revoked) = (demo.link(1).await, demo.link(2).await);
    let path = format!("{SHEETS}/{}/revocation", demo.wanted(2, "link")["id"].as_str().unwrap());
    demo.registrar.ask(Method::POST, &path, None).await.has_status(StatusCode::NO_CONTENT);
    demo.registrar.ask(Method::POST, &path, None).await.has_status(StatusCode::CONFLICT);
    demo.later(14 * 24).await;
    for (token, state) in [(&late, "expired"), (&revoked, "revoked")] {
        let link = demo.open(token).await;
        assert_eq!((&link["state"], &link["people"]), (&json!(state), &json!([])));
    }
    let states: Vec<Value> = demo.registrar.json(ALL).await["sheets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sheet| sheet["state"].clone())
        .collect();
    assert!(states.contains(&json!("expired")) && states.contains(&json!("revoked")), "{states:?}");
    // Nothing was given.
    let mine = demo.resident.json(MINE).await;
    assert!(mine["given"].as_array().unwrap().iter().all(|one| one["fields"] == json!([])), "{mine}");
}

#[tokio::test]
async fn a_link_that_is_sent_for_twice_is_one_and_the_last_answer_opens_it() {
    let demo = Demo::new().await;
    demo.consents().await;
    let (first, second) = (demo.link(1).await, demo.link(1).await);
    assert_ne!(first, second);
    demo.ask("open", &first).await.has_status(StatusCode::NOT_FOUND);
    assert_eq!(demo.open(&second).await["state"], "opened");
    assert_eq!(demo.registrar.json(ALL).await["sheets"].as_array().unwrap().len(), 1);
    // Another wish under the same id is another sheet.
    let mut other = demo.wanted(1, "link");
    other["recipient"] = json!("副会長");
    demo.registrar.post(SHEETS, &other).await.has_status(StatusCode::CONFLICT);
}

#[tokio::test]
async fn guessing_links_is_heard_a_number_of_times() {
    let mut demo = Demo::new().await;
    demo.consents().await;
    let token = demo.link(1).await;
    let chair = demo.chair.clone();
    let from = |address: &str| {
        let peer = Peer { address: address.parse().unwrap(), secure: true, forwarded: false };
        chair.clone().at(peer)
    };
    let guesser = from("192.0.2.7");
    let guess = json!({ "token": "A".repeat(43) });
    let mut heard = 0;
    while guesser.post("/api/introductions/check", &guess).await.status == StatusCode::NOT_FOUND {
        heard += 1;
        assert!(heard < 100, "guessing goes on and on");
    }
    assert!(heard >= 50, "an office may be behind one address: {heard}");
    let reply = guesser.post("/api/introductions/open", &json!({ "token": token })).await;
    assert!(!reply.has_status(StatusCode::TOO_MANY_REQUESTS).header(header::RETRY_AFTER).is_empty());
    // Others are not held up by it, and it does not last.
    assert_eq!(
        from("192.0.2.8").post("/api/introductions/check", &guess).await.status,
        StatusCode::NOT_FOUND
    );
    demo.later(1).await;
    guesser.post("/api/introductions/open", &json!({ "token": token })).await.ok();
}

#[tokio::test]
async fn residents_see_that_they_were_introduced_and_the_log_does_not_say_who_they_are() {
    let demo = Demo::new().await;
    demo.consents().await;
    let token = demo.link(1).await;
    demo.open(&token).await;
    demo.withdraw().await;
    let views = demo.resident.json("/api/me/views").await;
    let actions: Vec<&Value> =
        views["views"].as_array().unwrap().iter().map(|view| &view["action"]).collect();
    assert!(actions.contains(&&json!("give_introduction")), "{views}");
    assert!(actions.contains(&&json!("open_introduction")), "{views}");
    // What they did themselves is in nobody's log: it would tell that they live there.
    let log = demo.ward.persona("hr").await.json("/api/audit?subject=900002").await;
    assert!(!log.to_string().contains("introduction"), "{log}");
    let log = demo.ward.persona("admin").await.json("/api/audit?actor=900002").await;
    assert!(!log.to_string().contains("introduction"), "{log}");
}

#[tokio::test]
async fn residents_are_told_when_their_council_is_decided_or_changed_and_the_database_does_not_say_whom() {
    let demo = Demo::new().await;
    let told = async || {
        let list = demo.resident.json("/api/me/notices").await;
        let notices = list["notices"].as_array().unwrap().clone();
        notices.iter().map(|one| (one["title"].clone(), one["link"].clone())).collect::<Vec<_>>()
    };
    let page = json!("/council");
    assert_eq!(told().await, [(json!("担当の協議会が決まりました"), page.clone())]);
    // The same again is nothing new.
    demo.decide(&demo.council.clone(), 1).await;
    assert_eq!(told().await.len(), 1);
    demo.decide(&demo.other_council().await, 2).await;
    // Both at one moment of the test's clock: in any order.
    assert!(told().await.contains(&(json!("担当の協議会が変わりました"), page)));
    assert_eq!(demo.ward.persona("staff").await.json("/api/me/notices").await["notices"], json!([]));
    let mut tx = demo.ward.app.db.read().await.unwrap();
    let named: i64 = machiaruki::on!(&mut tx, conn => sqlx::query_scalar(
        "SELECT count(*) FROM notice WHERE kind LIKE 'council%' AND (staff IS NOT NULL OR payload <> '{}')")
        .fetch_one(conn).await)
    .unwrap();
    assert_eq!(named, 0);
}

#[tokio::test]
async fn without_keys_nothing_is_introduced() {
    let mut ward = Ward::demo().await;
    ward.app.register_keys = None;
    let resident = ward.persona("resident").await;
    assert_eq!(resident.json(MINE).await["state"], "no_home");
    let body = json!({ "council_id": "0000000000000000", "fields": fields() });
    resident.ask(Method::PUT, MINE, Some(&body)).await.has_status(StatusCode::SERVICE_UNAVAILABLE);
    ward.persona("registrar").await.get(ALL).await.has_status(StatusCode::SERVICE_UNAVAILABLE);
    let guess = json!({ "token": "A".repeat(43) });
    ward.caller().post("/api/introductions/open", &guess).await.has_status(StatusCode::SERVICE_UNAVAILABLE);
}
