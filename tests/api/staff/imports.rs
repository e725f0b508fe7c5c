//! Bringing a file, looking at what it changes, confirming it.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{ROSTER, find, preview};
use crate::support::{Caller, Ward};

const DAY: &str = "2026-11-20";

async fn created(caller: &Caller, file: &str) -> Value {
    preview(caller, DAY, file.as_bytes()).await.has_status(StatusCode::CREATED).json()
}

async fn confirm(caller: &Caller, preview: &Value, body: &Value) -> crate::support::Reply {
    caller.post(&format!("/api/roster/previews/{}/confirm", preview["id"].as_str().unwrap()), body).await
}

/// The roster with one of each kind of change.
fn transferred() -> String {
    ROSTER
        .lines()
        .filter(|line| !line.starts_with("900060,"))
        .map(|line| match line.split(',').next().unwrap() {
            "900002" => line.replace("9003,総務部(見本),防災課(見本)", "9001,総務部(見本),人事課(見本)"),
            "900006" => line.replace(",主任,", ",係長,"),
            "900009" => line.replace("見本 あおい", "見本 あおば"),
            "900001" => line.replace(",,,,,,s900001", ",,2026-12-01,2026-12-31,,,s900001"),
            _ => line.to_owned(),
        })
        .chain([
            "900100,見本 しんいり,ミホン シンイリ,9003,総務部(見本),防災課(見本),,係員,常勤,R8.10.1,,,,,,"
                .to_owned(),
        ])
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn a_file_is_shown_then_confirmed_and_again_changes_nothing() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let shown = created(&hr, &transferred()).await;
    let counts = &shown["summary"]["counts"];
    for (kind, count) in [
        ("joined", 1),
        ("left", 1),
        ("moved", 1),
        ("tier_changed", 1),
        ("absence_changed", 1),
        ("unchanged", 55),
        ("refused", 0),
        ("departments", 0),
    ] {
        assert_eq!(counts[kind], count, "{kind}: {counts}");
    }
    // A new grade is more than a new tier.
    assert_eq!(counts["other_changed"], 2);
    let moved = &shown["summary"]["moved"][0];
    assert_eq!(moved["number"], "900002");
    assert_eq!(moved["before"]["department"], "防災課(見本)");
    assert_eq!(moved["after"]["department"], "人事課(見本)");
    // Nothing has happened yet.
    assert_eq!(find(&hr, "900100").await, Value::Null);
    let waiting = hr.json("/api/roster/previews").await;
    assert_eq!(waiting["previews"][0]["id"], shown["id"]);
    let again = hr.json(&format!("/api/roster/previews/{}", shown["id"].as_str().unwrap())).await;
    assert_eq!(again["summary"], shown["summary"]);

    let done = confirm(&hr, &shown, &json!({})).await.ok().json();
    assert_eq!(done["counts"]["joined"], 1);
    assert_eq!(find(&hr, "900100").await["name"], "見本 しんいり");
    assert_eq!(find(&hr, "900002").await["department"]["name"], "人事課(見本)");
    assert_eq!(find(&hr, "900006").await["tier"], "chief");
    assert_eq!(find(&hr, "900060").await, Value::Null);
    // History is kept.
    let before = hr.json("/api/staff?as_of=2026-11-19&q=900002").await;
    assert_eq!(before["staff"][0]["department"]["name"], "防災課(見本)");
    confirm(&hr, &shown, &json!({})).await.problem(StatusCode::NOT_FOUND);

    let same = created(&hr, &transferred()).await;
    assert_eq!(same["summary"]["counts"]["unchanged"], 60);
    let done = confirm(&hr, &same, &json!({})).await.ok().json();
    assert_eq!(done["change"], Value::Null);

    let changes = hr.json("/api/roster/changes").await;
    let imports = changes["changes"].as_array().unwrap();
    assert_eq!(imports.len(), 3, "{imports:?}");
    // The clock stands still, so all are of one moment.
    let own = imports.iter().find(|import| import["file_name"] == "roster.csv").unwrap();
    assert_eq!(own["by"], "見本 ひとみ");
    assert_eq!(own["counts"]["moved"], 1);
}

#[tokio::test]
async fn leavers_are_signed_out_in_the_same_breath() {
    let ward = Ward::demo().await;
    let (hr, staff) = (ward.persona("hr").await, ward.persona("staff").await);
    staff.get("/api/me").await.ok();
    let without: String =
        ROSTER.lines().filter(|line| !line.starts_with("900001,")).collect::<Vec<_>>().join("\n");
    let shown = created(&hr, &without).await;
    confirm(&hr, &shown, &json!({})).await.ok();
    staff.get("/api/me").await.problem(StatusCode::UNAUTHORIZED);
    let reply = ward.caller().post("/api/demo/sign-in", &json!({ "persona": "staff" })).await;
    reply.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_comes_back_begins_without_their_old_roles() {
    let ward = Ward::demo().await;
    let (hr, trainer) = (ward.persona("hr").await, ward.persona("trainer").await);
    assert_eq!(trainer.json("/api/me").await["roles"], json!(["staff", "trainer"]));
    let without: String =
        ROSTER.lines().filter(|line| !line.starts_with("900003,")).collect::<Vec<_>>().join("\n");
    confirm(&hr, &created(&hr, &without).await, &json!({})).await.ok();
    let ended = hr.json("/api/audit?action=end_role").await;
    let ended = ended["entries"].as_array().unwrap();
    assert_eq!(ended.len(), 1, "{ended:?}");
    assert_eq!(ended[0]["detail"], json!({ "role": "trainer", "cause": "left" }));

    ward.clock.set("2026-12-01T12:00:00+09:00".parse().unwrap());
    let hr = ward.persona("hr").await;
    let back = preview(&hr, "2026-12-01", ROSTER.as_bytes()).await.has_status(StatusCode::CREATED).json();
    assert_eq!(back["summary"]["counts"]["joined"], 1);
    confirm(&hr, &back, &json!({})).await.ok();
    let trainer = ward.persona("trainer").await;
    assert_eq!(trainer.json("/api/me").await["roles"], json!(["staff"]));
    let grants = hr.json("/api/grants?state=active").await;
    let own = |grant: &&Value| grant["login"] == "900003" && grant["role"] == "trainer";
    assert!(!grants["grants"].as_array().unwrap().iter().any(|grant| own(&grant)), "{grants}");
}

#[tokio::test]
async fn what_was_looked_at_is_what_is_done() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let (first, second) = (created(&hr, &transferred()).await, created(&hr, &transferred()).await);
    confirm(&hr, &first, &json!({})).await.ok();
    confirm(&hr, &second, &json!({})).await.problem(StatusCode::CONFLICT);
    let path = format!("/api/roster/previews/{}", second["id"].as_str().unwrap());
    hr.ask(Method::DELETE, &path, None).await.has_status(StatusCode::NO_CONTENT);
    hr.ask(Method::DELETE, &path, None).await.problem(StatusCode::NOT_FOUND);
    hr.get(&path).await.problem(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn when_very_many_would_leave_somebody_has_to_say_so() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let half: String = ROSTER.lines().take(31).collect::<Vec<_>>().join("\n");
    let shown = created(&hr, &half).await;
    assert_eq!(shown["summary"]["leaves_many"], true);
    let problem = confirm(&hr, &shown, &json!({})).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem["detail"].as_str().unwrap().contains("30人"), "{problem}");
    assert_eq!(hr.json("/api/staff").await["total"], 60);
    confirm(&hr, &shown, &json!({ "accept_leavers": true })).await.ok();
    assert_eq!(hr.json("/api/staff").await["total"], 30);
}

#[tokio::test]
async fn refused_rows_leave_their_people_as_they_are() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let mistyped = ROSTER.replacen(",課長,", ",課町,", 1);
    let shown = created(&hr, &mistyped).await;
    let refused = &shown["summary"]["refused"][0];
    assert_eq!(refused["number"], "900004");
    assert_eq!(refused["line"], 5);
    assert!(refused["reason"]["ja"].as_str().unwrap().contains("課町"), "{refused}");
    assert!(refused["reason"]["en"].as_str().unwrap().contains("Tiers"), "{refused}");
    confirm(&hr, &shown, &json!({})).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    confirm(&hr, &shown, &json!({ "accept_refused": true })).await.ok();
    assert_eq!(find(&hr, "900004").await["grade"], "課長");
    // Without a number nobody knows who has left.
    let nameless = ROSTER.replacen("900004,", ",", 1);
    let shown = created(&hr, &nameless).await;
    assert_eq!(shown["summary"]["has_nameless_rows"], true);
    let consent = json!({ "accept_refused": true, "accept_leavers": true });
    confirm(&hr, &shown, &consent).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn files_and_days_that_cannot_be_taken_in_are_refused_with_what_to_do() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    for (file, said) in [
        (&b""[..], "空"),
        (b"\xff\xff\xff", "UTF-8"),
        ("氏名,所属,職級\n".as_bytes(), "職員番号"),
        ("職員番号,氏名,所属,職級\n".as_bytes(), "行がありません"),
        (b"PK\x03\x04broken", "Excel"),
        (b"%PDF-1.7", "Excel"),
    ] {
        let problem = preview(&hr, DAY, file).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(problem["detail"].as_str().unwrap().contains(said), "{problem}");
    }
    for day in ["2026-03-31", "2062-04-01", "", "yesterday"] {
        preview(&hr, day, ROSTER.as_bytes()).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    }
    // A roster that is to come is taken in ahead, and counts from its day on.
    let ahead =
        preview(&hr, "2027-02-01", transferred().as_bytes()).await.has_status(StatusCode::CREATED).json();
    confirm(&hr, &ahead, &json!({})).await.ok();
    assert_eq!(find(&hr, "900002").await["department"]["name"], "防災課(見本)");
    let then = hr.json("/api/staff?as_of=2027-02-01&q=900002").await;
    assert_eq!(then["staff"][0]["department"]["name"], "人事課(見本)");
}

#[tokio::test]
async fn a_file_may_be_larger_than_other_bodies_and_not_endless() {
    let ward = Ward::demo().await;
    let hr = ward.persona("hr").await;
    let mut file = ROSTER.as_bytes().to_vec();
    // Rows without content are passed over.
    file.extend(std::iter::repeat_n(*b",,,,,,,,,,,,,,,\n", 200_000).flatten());
    assert!(file.len() > 3_000_000);
    preview(&hr, DAY, &file).await.has_status(StatusCode::CREATED);
    let endless = vec![b'x'; 33 * 1024 * 1024];
    preview(&hr, DAY, &endless).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    // Other routes keep their limit, and whoever may not import does not learn this one.
    let large = json!({ "login": "x".repeat(2_000_000), "password": "x" });
    ward.caller().post("/api/sign-in", &large).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    preview(&ward.caller(), DAY, &endless).await.problem(StatusCode::UNAUTHORIZED);
}
