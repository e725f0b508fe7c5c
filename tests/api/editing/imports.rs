use http::{Method, StatusCode};
use machiaruki::catalogue::LayerId;
use serde_json::{Value, json};

use super::{open, send, ward};
use crate::support::{Caller, Reply, Ward};

const FILE: &str = "名称,緯度,経度,電話番号,謎\n甲会,35.65,139.75,03-1111-1111,a\n乙会,35.66,139.75,,b\n";

async fn import(editor: &Caller, dataset: &str, query: &str, file: &str) -> Reply {
    let path = format!("/api/datasets/{dataset}/import?{query}");
    editor.send(Method::POST, &path, Some("application/octet-stream"), &[], file.into()).await
}

#[tokio::test]
async fn the_demo_shows_what_a_file_would_do_and_takes_none() {
    let ward = ward().await;
    let editor = ward.persona("editor").await;
    let report = import(&editor, "our-list", "layer=organisations&dry_run=true", FILE).await.ok().json();
    assert_eq!((&report["outcome"], &report["added"]), (&json!("dry_run"), &json!(2)));
    let plan = report["plan"].as_str().unwrap();
    let refused = import(&editor, "our-list", &format!("layer=organisations&plan={plan}"), FILE).await;
    let problem = refused.problem(StatusCode::CONFLICT);
    assert!(problem["detail"].as_str().unwrap().contains("デモ"), "{problem}");
}

/// An editor of a real ward, who is the demo's persona on a database that takes files.
async fn real() -> (Ward, Caller, Caller) {
    let mut ward = ward().await;
    let (editor, hr) = (ward.persona("editor").await, ward.persona("hr").await);
    ward.app.installation.purpose = machiaruki::places::Purpose::Ward;
    ward.app
        .db
        .write(|tx| {
            Box::pin(async move {
                machiaruki::on!(tx, conn => sqlx::query("UPDATE installation SET purpose = 'ward'")
                    .execute(conn).await.map(|_| ()))?;
                Ok::<_, machiaruki::db::DbError>(())
            })
        })
        .await
        .unwrap();
    let router = ward.app.router(crate::support::site(false));
    (ward, editor.through(router.clone()), hr.through(router))
}

#[tokio::test]
async fn a_file_is_looked_at_tried_and_stored_as_it_was_tried() {
    let (ward, editor, hr) = real().await;
    let path = "/api/datasets/our-list/preview?layer=organisations";
    let preview = editor.send(Method::POST, path, None, &[], FILE.into()).await.ok().json();
    assert_eq!(
        preview["file"]["columns"][0],
        json!({ "name": "名称", "field": "name", "samples": ["甲会", "乙会"] })
    );
    assert_eq!(preview["file"]["columns"][4]["field"], Value::Null);
    assert_eq!(preview["file"]["has_name"], true);

    let query = "layer=organisations&map=%E8%AC%8E:note&file=list.csv&title=%E5%90%8D%E7%B0%BF";
    // Nothing is stored that nobody has looked at.
    import(&editor, "our-list", query, FILE).await.problem(StatusCode::PRECONDITION_REQUIRED);
    let tried = import(&editor, "our-list", &format!("{query}&dry_run=true"), FILE).await.ok().json();
    assert_eq!(tried["columns"][4]["field"], "note");
    assert_eq!(tried["added_sample"][0], json!({ "at": "line 2", "text": "甲会" }));
    let plan = tried["plan"].as_str().unwrap();
    let other = FILE.replace("甲会", "丙会");
    import(&editor, "our-list", &format!("{query}&plan={plan}"), &other).await.problem(StatusCode::CONFLICT);
    let stored = import(&editor, "our-list", &format!("{query}&plan={plan}"), FILE).await.ok().json();
    assert_eq!((&stored["outcome"], &stored["dataset_is_new"]), (&json!("stored"), &json!(true)));
    assert_eq!(stored["plan"], tried["plan"]);
    let found = ward.anonymous().json("/api/search?q=甲会").await;
    assert_eq!(found["results"][0]["name"], "甲会");
    // The editor's department looks after it.
    let own = editor.json("/api/datasets").await;
    assert!(
        own["datasets"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["id"] == "our-list" && one["title"] == "名簿")
    );

    // What is different is shown, and so is what editors have said.
    let list = editor.json("/api/places?layer=organisations&q=%E7%94%B2%E4%BC%9A").await;
    let (place, tag) = open(&editor, &list["places"][0]["id"]).await;
    let edit = json!({ "fields": { "phone": "03-2222-2222" } });
    let address = format!("/api/places/{}", place["id"].as_str().unwrap());
    send(&editor, Method::PATCH, &address, &tag, &edit).await.ok();
    let newer = FILE.replace("03-1111-1111", "03-3333-3333");
    let tried = import(&editor, "our-list", &format!("{query}&dry_run=true"), &newer).await.ok().json();
    assert_eq!(
        tried["changed_sample"][0]["changes"],
        json!([{ "field": "phone", "before": "03-1111-1111", "after": "03-3333-3333" }])
    );
    assert_eq!(tried["edited"], json!([{ "key": "甲会", "place": place["id"], "fields": ["phone"] }]));
    let plan = tried["plan"].as_str().unwrap();
    import(&editor, "our-list", &format!("{query}&plan={plan}"), &newer).await.ok();
    // The file has its say, and the editor's word stands.
    let (after, _) = open(&editor, &place["id"]).await;
    let phone = super::field(&after, "phone");
    assert_eq!((&phone["file"], &phone["value"]), (&json!("03-3333-3333"), &json!("03-2222-2222")));
    let public = ward
        .anonymous()
        .json(&format!("/api/layers/organisations/features/{}", place["id"].as_str().unwrap()))
        .await;
    assert_eq!(public["properties"]["phone"], "03-2222-2222");
    let audit = hr.get("/api/audit?action=import_dataset").await.ok().text();
    assert!(audit.contains("our-list"), "{audit}");
}

#[tokio::test]
async fn what_cannot_be_imported_is_said_with_what_to_do() {
    let (_ward, editor, _) = real().await;
    let dry = "layer=organisations&dry_run=true";
    for (dataset, query, file, status) in [
        ("our-list", dry, "よみ,緯度,経度\na,35.6,139.7\n", StatusCode::UNPROCESSABLE_ENTITY),
        ("our-list", dry, "PK\u{3}\u{4}", StatusCode::UNPROCESSABLE_ENTITY),
        ("our-list", "dry_run=true", FILE, StatusCode::UNPROCESSABLE_ENTITY),
        ("our-list", "layer=castles&dry_run=true", FILE, StatusCode::UNPROCESSABLE_ENTITY),
        ("our-list", "layer=organisations&dry_run=perhaps", FILE, StatusCode::UNPROCESSABLE_ENTITY),
        ("our-list", "layer=organisations&dry_run=true&map=x", FILE, StatusCode::UNPROCESSABLE_ENTITY),
        ("our-list", "layer=organisations&dry_run=true&map=x:name", FILE, StatusCode::UNPROCESSABLE_ENTITY),
        ("our-list", "layer=organisations&dry_run=true&steward=x", FILE, StatusCode::UNPROCESSABLE_ENTITY),
        (
            "our-list",
            "layer=organisations&dry_run=true&refresh_days=0",
            FILE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("Our%20list", dry, FILE, StatusCode::UNPROCESSABLE_ENTITY),
        ("demo-facilities", dry, FILE, StatusCode::NOT_FOUND),
        ("demo-schools", dry, FILE, StatusCode::CONFLICT),
        // Published routes are written by nobody's file.
        ("walking-routes", dry, FILE, StatusCode::NOT_FOUND),
    ] {
        import(&editor, dataset, query, file).await.problem(status);
    }
    // A refused row is shown with its line and why.
    let file = format!("{FILE}丁会,139.75,35.65,,c\n");
    let report = import(&editor, "our-list", dry, &file).await.ok().json();
    assert_eq!(report["obstacle"], "refused_rows");
    assert_eq!(report["refused"][0]["at"], "line 4");
    let query = format!("layer=organisations&plan={}", report["plan"].as_str().unwrap());
    let stopped = import(&editor, "our-list", &query, &file).await.ok().json();
    assert_eq!(stopped["outcome"], "stopped");
    let stored = import(&editor, "our-list", &format!("{query}&accept_valid=true"), &file).await.ok().json();
    assert_eq!(stored["outcome"], "stored");
}

#[tokio::test]
async fn a_file_may_be_larger_than_other_bodies_and_not_endless() {
    let (ward, editor, _) = real().await;
    let large = format!("{FILE}{}", "\n".repeat(2 * 1024 * 1024));
    import(&editor, "our-list", "layer=organisations&dry_run=true", &large).await.ok();
    let endless = " ".repeat(64 * 1024 * 1024 + 1);
    let path = "layer=organisations&dry_run=true";
    import(&editor, "our-list", path, &endless).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    // Other routes read no more than before, and whoever is nobody is not told what they would.
    let large = format!("{{\"x\":\"{}\"}}", "x".repeat(1024 * 1024)).into_bytes();
    let reply = editor.send(Method::POST, "/api/places", Some("application/json"), &[], large.clone()).await;
    reply.problem(StatusCode::PAYLOAD_TOO_LARGE);
    let stranger = ward.caller();
    let reply = stranger.send(Method::POST, "/api/places", Some("application/json"), &[], large).await;
    reply.problem(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn files_go_into_no_dataset_that_is_filled_by_hand() {
    let (ward, editor, _) = real().await;
    let body = json!({ "layer": "organisations", "fields": { "name": "手書きの会" },
        "geometry": { "type": "Point", "coordinates": [139.75, 35.65] } });
    let place = editor.post("/api/places", &body).await.has_status(StatusCode::CREATED).json();
    let dataset = place["datasets"][0]["id"].as_str().unwrap();
    import(&editor, dataset, "dry_run=true", FILE).await.problem(StatusCode::CONFLICT);
    // Nor by the other way in.
    let document = json!({ "type": "FeatureCollection", "features": [] });
    let what = machiaruki::places::Import {
        layer: LayerId::Organisations,
        file_name: "x".into(),
        dataset: dataset.parse().unwrap(),
        options: machiaruki::places::ImportOptions::default(),
    };
    let progress = std::sync::Arc::new(machiaruki::places::NoProgress);
    let bytes = document.to_string();
    let refused =
        machiaruki::places::import(&ward.app.db, &*ward.clock, what, bytes.as_bytes(), progress).await;
    assert!(refused.unwrap_err().to_string().contains("by hand"));
}
