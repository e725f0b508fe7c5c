//! `/api/network`.

use http::StatusCode;
use serde_json::{Value, json};

use crate::support::Ward;

/// City Hall and three places around it, all on the demo's first route.
const POINTS: [[f64; 2]; 4] =
    [[139.7511, 35.65795], [139.7487, 35.6582], [139.7459, 35.6556], [139.7478, 35.6546]];

#[tokio::test]
async fn the_way_between_stops_of_the_demo_is_found() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let found = staff.post("/api/network/path", &json!({ "points": POINTS })).await.ok();
    assert_eq!(found.header("cache-control"), "no-store");
    let found = found.json();
    assert_eq!((&found["type"], &found["geometry"]["type"]), (&json!("Feature"), &json!("LineString")));
    let properties = &found["properties"];
    let distance = properties["distance_m"].as_f64().unwrap();
    assert!((1_000.0..3_000.0).contains(&distance), "{distance}");
    assert_eq!(properties["duration_s"].as_f64().unwrap(), (distance / 80.0).ceil() * 60.0);
    assert_eq!((properties["straight_legs"].as_u64(), &properties["profile"]), (Some(0), &json!("walk")));
    let legs = properties["legs"].as_array().unwrap();
    assert_eq!(legs.len(), 3);
    let sum: f64 = legs.iter().map(|leg| leg["distance_m"].as_f64().unwrap()).sum();
    assert!((sum - distance).abs() < 0.01);
    let coordinates = found["geometry"]["coordinates"].as_array().unwrap();
    assert_eq!(legs[2]["last_coordinate"].as_u64().unwrap() as usize, coordinates.len() - 1);
    assert_eq!(legs[0]["last_coordinate"], legs[1]["first_coordinate"]);
    let away = properties["points"][0]["away_m"].as_f64().unwrap();
    assert!(away < 30.0, "{away}");
    assert_eq!(properties["sources"][0]["id"], "demo-network");
    assert_eq!(properties["sources"][0]["sample"], true);
    // Without stairs, and with a stay.
    let asked = json!({ "points": POINTS, "profile": "step_free", "stays_min": [0, 5, 5, 0] });
    let free = staff.post("/api/network/path", &asked).await.ok().json();
    assert_eq!(free["properties"]["stairs"], 0);
    assert!(free["properties"]["estimated_duration_s"].as_u64() >= Some(600));
}

#[tokio::test]
async fn a_point_off_the_network_gets_a_straight_leg_that_says_so() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let asked = json!({ "points": [POINTS[0], POINTS[1], [139.60, 35.60]] });
    let found = staff.post("/api/network/path", &asked).await.ok().json();
    let properties = &found["properties"];
    assert_eq!(
        (properties["legs"][0]["straight"].as_bool(), properties["legs"][1]["straight"].as_bool()),
        (Some(false), Some(true))
    );
    assert_eq!(
        (&properties["points"][2]["snapped"], properties["straight_legs"].as_u64()),
        (&Value::Null, Some(1))
    );
}

#[tokio::test]
async fn a_leg_is_straight_by_wish_and_every_leg_has_its_figures() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let ask = |straight: Value| json!({ "points": POINTS, "straight": straight });
    let snapped = staff.post("/api/network/path", &json!({ "points": POINTS })).await.ok().json();
    let found = staff.post("/api/network/path", &ask(json!([false, true, false]))).await.ok().json();
    let legs = found["properties"]["legs"].as_array().unwrap();
    let straight: Vec<bool> = legs.iter().map(|leg| leg["straight"].as_bool().unwrap()).collect();
    assert_eq!((straight, &found["properties"]["straight_legs"]), (vec![false, true, false], &json!(1)));
    // Its slice of the line holds both of its points, and the line does not break.
    let slice = |leg: &Value| {
        let place = |name: &str| leg[name].as_u64().unwrap() as usize;
        found["geometry"]["coordinates"].as_array().unwrap()
            [place("first_coordinate")..=place("last_coordinate")]
            .to_vec()
    };
    let drawn = slice(&legs[1]);
    assert!(drawn.contains(&json!(POINTS[1])) && drawn.contains(&json!(POINTS[2])), "{drawn:?}");
    assert_eq!((slice(&legs[0]).last(), slice(&legs[2]).first()), (drawn.first(), drawn.last()));
    assert!(legs[1]["distance_m"].as_f64() < snapped["properties"]["legs"][1]["distance_m"].as_f64());
    assert_eq!(legs[0], snapped["properties"]["legs"][0]);
    let sum = |name: &str| -> f64 {
        let legs = snapped["properties"]["legs"].as_array().unwrap();
        legs.iter().map(|leg| leg[name].as_f64().unwrap()).sum()
    };
    for figure in ["distance_m", "stairs", "crossings", "lifts", "stairs_m", "steep_m"] {
        let whole = snapped["properties"][figure].as_f64().unwrap();
        assert!((sum(figure) - whole).abs() < 0.01, "{figure}: {} {whole}", sum(figure));
    }
    for wrong in [json!([true]), json!([]), json!([true, true, true, true])] {
        let reply = staff.post("/api/network/path", &ask(wrong)).await;
        assert_eq!(reply.impossible_fields(), ["straight"]);
    }
}

#[tokio::test]
async fn the_best_order_is_never_worse() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let shuffled = [POINTS[0], POINTS[3], POINTS[1], POINTS[2]];
    for end in ["anywhere", "last", "start"] {
        let found =
            staff.post("/api/network/order", &json!({ "points": shuffled, "end": end })).await.ok().json();
        let order: Vec<u64> =
            found["order"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
        assert_eq!((order[0], found["exact"].as_bool()), (0, Some(true)));
        assert!(found["gain_m"].as_f64().unwrap() >= 0.0);
        if end == "last" {
            assert_eq!(order[3], 3);
        }
        let ordered: Vec<[f64; 2]> = order.iter().map(|stop| shuffled[*stop as usize]).collect();
        if end == "anywhere" {
            let path = staff.post("/api/network/path", &json!({ "points": ordered })).await.ok().json();
            let (a, b) =
                (path["properties"]["distance_m"].as_f64().unwrap(), found["distance_m"].as_f64().unwrap());
            assert!((a - b).abs() < 0.1, "{a} {b}");
            assert!(found["gain_m"].as_f64().unwrap() > 0.0);
        }
        // The same stop twice is no matter.
        let twice = json!({ "points": [POINTS[0], POINTS[1], POINTS[0]], "end": end });
        staff.post("/api/network/order", &twice).await.ok();
    }
}

#[tokio::test]
async fn what_cannot_be_done_is_said_and_where() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let many = vec![POINTS[0]; 51];
    let very_many = vec![POINTS[0]; 10_000];
    for (points, field) in [
        (json!([POINTS[0]]), "points"),
        (json!(many), "points"),
        (json!(very_many), "points"),
        (json!([POINTS[0], [181.0, 35.0]]), "points[1]"),
        (json!([[139.0, -91.0], POINTS[0]]), "points[0]"),
    ] {
        for path in ["/api/network/path", "/api/network/order"] {
            let reply = staff.post(path, &json!({ "points": points })).await;
            assert_eq!(reply.impossible_fields(), [field]);
        }
    }
    let reply = staff.post("/api/network/order", &json!({ "points": vec![POINTS[0]; 31] })).await;
    assert_eq!(reply.impossible_fields(), ["points"]);
    let reply = staff.post("/api/network/path", &json!({ "points": POINTS, "stays_min": [1] })).await;
    assert_eq!(reply.impossible_fields(), ["stays_min"]);
    for (body, status) in [
        (r#"{"points":[[NaN,1],[2,3]]}"#, StatusCode::BAD_REQUEST),
        (r#"{"points":[[1e999,1],[2,3]]}"#, StatusCode::BAD_REQUEST),
        (r#"{"points":[[1,2,3],[2,3]]}"#, StatusCode::BAD_REQUEST),
        ("{}", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let send =
            staff.send(http::Method::POST, "/api/network/path", Some("application/json"), &[], body.into());
        send.await.problem(status);
    }
}

#[tokio::test]
async fn too_many_questions_have_to_wait_and_others_do_not() {
    let ward = Ward::demo().await;
    let router = ward.app.router(crate::support::site(true));
    let staff = crate::support::Caller::here(router.clone()).signed_in_as("staff").await;
    let trainer = crate::support::Caller::here(router).signed_in_as("trainer").await;
    let asked = json!({ "points": [POINTS[0], POINTS[1]] });
    for _ in 0..12 {
        staff.post("/api/network/order", &asked).await.ok();
    }
    let reply = staff.post("/api/network/path", &asked).await;
    assert_eq!(reply.header("retry-after"), "1");
    reply.problem(StatusCode::TOO_MANY_REQUESTS);
    trainer.post("/api/network/path", &asked).await.ok();
    ward.clock.set("2026-11-20T03:00:01Z".parse().unwrap());
    staff.post("/api/network/path", &asked).await.ok();
}

#[tokio::test]
async fn a_new_network_is_used_without_a_restart_and_none_is_said() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let asked = json!({ "points": [POINTS[0], POINTS[1]] });
    let before = staff.post("/api/network/path", &asked).await.ok().json();
    let known = staff.get("/api/network").await.ok();
    assert_eq!(known.header("cache-control"), "no-store");
    let known = known.json();
    assert_eq!((&known["version"], &known["sources"][0]["id"]), (&json!(1), &json!("demo-network")));
    assert_eq!(known["sources"][0]["sample"], true);
    assert!(!known["sources"][0]["attribution"].as_str().unwrap().is_empty());
    assert!(known["links"].as_u64() > Some(100) && known["length_m"].as_f64() > Some(1_000.0));
    let side = |index: usize| known["bbox"][index].as_f64().unwrap();
    let [lon, lat] = POINTS[0];
    assert!(side(0) < lon && lon < side(2) && side(1) < lat && lat < side(3), "{known}");
    let removed = ward
        .app
        .db
        .write(|tx| Box::pin(async move { machiaruki::network::store::remove(tx, "demo-network").await }));
    assert!(removed.await.unwrap());
    ward.app.network.refresh().await.unwrap();
    for path in ["/api/network/path", "/api/network/order"] {
        let problem = staff.post(path, &asked).await.problem(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(problem["detail"].as_str().unwrap().contains("取り込まれていません"), "{problem}");
    }
    assert_eq!(before["properties"]["network_version"], 1);
    let none = staff.get("/api/network").await.ok().json();
    assert_eq!((&none["links"], &none["bbox"], &none["sources"]), (&json!(0), &Value::Null, &json!([])));
}

#[tokio::test]
async fn the_ways_around_a_place_are_given_for_maps_without_tiles() {
    let ward = Ward::demo().await;
    let staff = ward.persona("staff").await;
    let found = staff.json("/api/network/ways?bbox=139.744,35.654,139.752,35.662").await;
    let ways = found["ways"].as_array().unwrap();
    assert!(ways.len() > 10, "{}", ways.len());
    let inside = |at: &Value| {
        let (lon, lat) = (at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
        (139.744..=139.752).contains(&lon) && (35.654..=35.662).contains(&lat)
    };
    assert!(ways.iter().all(|way| way.as_array().unwrap().iter().any(inside)));
    assert_eq!(found["attributions"].as_array().unwrap().len(), 1);
    let elsewhere = staff.json("/api/network/ways?bbox=0,0,0.01,0.01").await;
    assert_eq!((&elsewhere["ways"], &elsewhere["attributions"]), (&json!([]), &json!([])));
    for bbox in [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "x,0,1,1",
        "0,0,0.06,0.01",
        "0.01,0,0,0.01",
        "NaN,0,0,0",
        "181,0,181,0",
        "0,90,0,91",
    ] {
        staff
            .get(&format!("/api/network/ways?bbox={bbox}"))
            .await
            .has_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
}
