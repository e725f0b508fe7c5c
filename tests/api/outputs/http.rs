//! `/api/routes/{route}/export`, sheets, posters, short addresses, imports and photos over HTTP.

use std::io::Cursor;

use http::{Method, StatusCode};
use image::{ImageFormat, Rgb, RgbImage};
use machiaruki::http::Site;
use serde_json::{Value, json};

use crate::support::{Anonymous, BASE, Caller, Reply, Ward, site};

async fn first_route(client: &Anonymous) -> Value {
    client.json("/api/routes").await["routes"][0].clone()
}

async fn send(caller: &Caller, path: &str, bytes: &[u8]) -> Reply {
    caller.send(Method::POST, path, Some("application/octet-stream"), &[], bytes.to_vec()).await
}

#[tokio::test]
async fn everybody_gets_published_routes_as_files() {
    let ward = Ward::demo().await;
    let client = ward.anonymous();
    let route = first_route(&client).await;
    let id = route["id"].as_str().unwrap();
    for (format, media_type, wanted) in [
        ("gpx", "application/gpx+xml", "<trkpt"),
        ("kml", "application/vnd.google-earth.kml+xml", "<LineString>"),
        ("geojson", "application/geo+json", "\"LineString\""),
    ] {
        let path = format!("/api/routes/{id}/export/{format}");
        let reply = client.get(&path).await.ok();
        assert_eq!(reply.media_type(), media_type);
        assert!(reply.text().contains(wanted) && reply.text().contains("見本"), "{format}");
        assert!(reply.text().contains(&format!("{BASE}/r/{}", route["code"].as_str().unwrap())));
        assert!(reply.header("content-disposition").contains(&format!(".{format}\"")));
        let again = client.get_with(&path, &[("if-none-match", &reply.header("etag"))]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        let english = client.get(&format!("{path}?lang=en&number=1")).await.ok();
        assert!(english.text().contains(route["title"]["en"].as_str().unwrap()));
        assert_ne!(english.header("etag"), reply.header("etag"));
    }
}

#[tokio::test]
async fn what_cannot_be_given_out_says_so() {
    let ward = Ward::demo().await;
    let client = ward.anonymous();
    let id = first_route(&client).await["id"].as_str().unwrap().to_owned();
    let nobody = "019a9f6e-0000-7000-8000-000000000000";
    for path in [
        format!("/api/routes/{id}/export/shp"),
        format!("/api/routes/{nobody}/export/gpx"),
        "/api/routes/course/export/gpx".to_owned(),
        format!("/api/routes/{id}/export/gpx?number=99"),
        format!("/api/routes/{nobody}/sheet.pdf"),
        format!("/api/photos/{nobody}"),
        "/r/no-such-route".to_owned(),
        "/r/Not%20a%20code".to_owned(),
        "/s/nosuchcode".to_owned(),
    ] {
        client.get(&path).await.problem(StatusCode::NOT_FOUND);
    }
    for (path, field) in [
        (format!("/api/routes/{id}/export/gpx?lang=fr"), "lang"),
        (format!("/api/routes/{id}/export/gpx?number=zero"), "number"),
        (format!("/api/routes/{id}/sheet.pdf?size=a0"), "size"),
    ] {
        assert_eq!(client.get(&path).await.impossible_fields(), [field], "{path}");
    }
    client.get(&format!("/api/routes/{id}/posters.pdf")).await.problem(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn sheets_are_for_everybody_and_posters_for_the_trainers_of_the_department() {
    let ward = Ward::demo().await;
    let client = ward.anonymous();
    let id = first_route(&client).await["id"].as_str().unwrap().to_owned();
    let sheet = client.get(&format!("/api/routes/{id}/sheet.pdf?size=a3&lang=en")).await;
    let posters = format!("/api/routes/{id}/posters.pdf");
    if sheet.status == StatusCode::SERVICE_UNAVAILABLE {
        eprintln!("skipped: no Japanese font is installed");
        return;
    }
    let sheet = sheet.ok();
    assert_eq!(sheet.media_type(), "application/pdf");
    assert!(sheet.body.starts_with(b"%PDF-"));
    let again = client
        .get_with(
            &format!("/api/routes/{id}/sheet.pdf?size=a3&lang=en"),
            &[("if-none-match", &sheet.header("etag"))],
        )
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let made = ward.persona("trainer").await.get(&posters).await.ok();
    assert!(made.body.starts_with(b"%PDF-"));
    assert_eq!(made.header("cache-control"), "no-store");
    // Posters are codes that show a visit: not for everybody who is signed in, nor for another department's trainers.
    for persona in ["staff", "reviewer"] {
        ward.persona(persona).await.get(&posters).await.problem(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn without_a_font_the_operator_learns_what_to_install() {
    let ward = Ward::demo().await;
    let client = Anonymous::new(ward.app.router(Site { font_folders: Vec::new(), ..site(true) }));
    let id = first_route(&client).await["id"].as_str().unwrap().to_owned();
    let reply = client.get(&format!("/api/routes/{id}/sheet.pdf")).await;
    let problem = reply.problem(StatusCode::SERVICE_UNAVAILABLE);
    assert!(problem["detail"].as_str().unwrap().contains("fonts-noto-cjk"), "{problem}");
}

#[tokio::test]
async fn short_addresses_lead_to_the_map() {
    let ward = Ward::demo().await;
    let client = ward.anonymous();
    let route = first_route(&client).await;
    let reply = client.get(&format!("/r/{}", route["code"].as_str().unwrap())).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let target = reply.header("location");
    let place = target.rsplit('/').next().unwrap();
    assert!(target.starts_with("/#map=16/35.") && target.contains("select=routes/"), "{target}");
    let item = client.json(&format!("/ogc/collections/routes/items/{place}")).await;
    assert_eq!(item["properties"]["route_version_id"], route["route_version_id"]);
}

#[tokio::test]
async fn a_track_becomes_a_design_that_can_be_kept() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let route = first_route(&ward.anonymous()).await;
    let id = route["id"].as_str().unwrap();
    // A route comes back as it went out.
    let gpx = ward.anonymous().get(&format!("/api/routes/{id}/export/gpx")).await.ok().body;
    let track = send(&trainer, "/api/designs/import", &gpx).await.ok().json();
    assert_eq!(track["format"], "gpx");
    let stops: Vec<&Value> =
        track["waypoints"].as_array().unwrap().iter().filter(|waypoint| waypoint["kind"] == "stop").collect();
    let names: Vec<&Value> = stops.iter().map(|stop| &stop["name"]["ja"]).collect();
    let wanted: Vec<&Value> =
        route["stops"].as_array().unwrap().iter().map(|stop| &stop["name"]["ja"]).collect();
    assert_eq!(names, wanted);
    let design = json!({
        "title": { "ja": "取り込んだコース" }, "languages": ["ja"], "slot_min": 120, "waypoints": track["waypoints"],
    });
    let draft =
        trainer.post("/api/designs", &json!({ "design": design })).await.has_status(StatusCode::CREATED);
    let laid = draft.json()["line"]["distance_m"].as_f64().unwrap();
    let walked = route["distance_m"].as_f64().unwrap();
    assert!((laid / walked - 1.0).abs() < 0.1, "the way is the one that was imported: {laid} {walked}");
}

#[tokio::test]
async fn bad_tracks_are_refused_with_what_to_do() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let cases: [&[u8]; 6] = [
        b"",
        b"PK\x03\x04",
        b"<gpx><trk>",
        b"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx/>",
        b"<gpx/>",
        b"<gpx><wpt lat='139.7' lon='35.6'/></gpx>",
    ];
    for bytes in cases {
        let answer = send(&trainer, "/api/designs/import", bytes).await;
        let problem = answer.problem(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!problem["detail"].as_str().unwrap().is_empty());
    }
    let large = vec![b' '; 10 * 1024 * 1024 + 1];
    send(&trainer, "/api/designs/import", &large).await.problem(StatusCode::PAYLOAD_TOO_LARGE);
    send(&ward.persona("staff").await, "/api/designs/import", b"<gpx/>").await.problem(StatusCode::NOT_FOUND);
}

fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(40, 30, Rgb([200, 40, 40])).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_photo_is_seen_by_designers_until_its_stop_is_published() {
    let ward = Ward::demo().await;
    let (trainer, reviewer, anonymous) =
        (ward.persona("trainer").await, ward.persona("reviewer").await, ward.anonymous());
    let id = first_route(&anonymous).await["id"].as_str().unwrap().to_owned();
    let photos = format!("/api/routes/{id}/photos");
    let made = send(&trainer, &photos, &png()).await.has_status(StatusCode::CREATED);
    let (photo, taken) = (made.header("location"), made.json());
    assert_eq!((&taken["width"], &taken["height"]), (&json!(40), &json!(30)));
    let shown = trainer.get(&photo).await.ok();
    assert_eq!(
        (shown.media_type().as_str(), shown.header("cache-control").as_str()),
        ("image/jpeg", "no-store")
    );
    assert!(shown.body.starts_with(&[0xff, 0xd8]));
    anonymous.get(&photo).await.problem(StatusCode::NOT_FOUND);
    ward.persona("staff").await.get(&photo).await.problem(StatusCode::NOT_FOUND);

    // Its stop shows it, and is published.
    let draft_path = format!("/api/routes/{id}/draft");
    let draft = trainer.post(&draft_path, &json!({})).await.has_status(StatusCode::CREATED);
    let mut design = draft.json()["design"].clone();
    design["waypoints"][0]["photo"] = json!({ "photo_id": taken["photo_id"], "credit": "見本", "alt": { "ja": "赤い板", "en": "A red board" } });
    let headers = [("if-match", draft.header("etag"))];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let body = json!({ "design": design }).to_string().into_bytes();
    let saved = trainer.send(Method::PUT, &draft_path, Some("application/json"), &headers, body).await.ok();
    let tag = saved.header("etag");
    trainer
        .send(Method::POST, &format!("{draft_path}/submit"), None, &[("if-match", tag.as_str())], Vec::new())
        .await
        .ok();
    reviewer.get(&photo).await.ok();
    reviewer.post(&format!("{draft_path}/publish"), &json!({})).await.ok();
    let public = anonymous.get(&photo).await.ok();
    assert!(public.header("cache-control").contains("immutable"));
}

#[tokio::test]
async fn bad_photos_are_refused_with_what_to_do() {
    let ward = Ward::demo().await;
    let trainer = ward.persona("trainer").await;
    let id = first_route(&ward.anonymous()).await["id"].as_str().unwrap().to_owned();
    let photos = format!("/api/routes/{id}/photos");
    let whole = png();
    for bytes in [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", &whole[..whole.len() - 20]] {
        send(&trainer, &photos, bytes).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
    }
    // No department but the route's own adds photos.
    send(&ward.persona("reviewer").await, &photos, &whole).await.problem(StatusCode::NOT_FOUND);
    send(&trainer, "/api/routes/none/photos", &whole).await.problem(StatusCode::NOT_FOUND);
}
