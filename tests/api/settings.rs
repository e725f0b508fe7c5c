//! `/api/settings`.

use machiaruki::{
    catalogue::LayerId,
    http::{BaseMap, Site},
};
use serde_json::{Value, json};

use crate::support::{Anonymous, Ward, demo, shared_file, site};

#[tokio::test]
async fn they_say_which_municipality_and_whether_it_is_a_demo() {
    let settings = demo().json("/api/settings").await;
    assert_eq!(settings["demo"], true);
    assert_eq!(settings["municipality"]["code"], "131032");
    assert_eq!(
        settings["municipality"]["name"],
        json!({ "ja": "港区", "en": "Minato City", "easy": "みなとく" })
    );
    assert_eq!(settings["version"], env!("CARGO_PKG_VERSION"));
    let ward = Ward::empty().await;
    assert_eq!(ward.anonymous().json("/api/settings").await["demo"], false);
}

#[tokio::test]
async fn the_map_opens_on_the_configured_box_until_there_is_an_outline() {
    let ward = Ward::empty().await;
    let client = ward.anonymous();
    assert_eq!(client.json("/api/settings").await["bbox"], json!([139.70, 35.62, 139.79, 35.69]));
    let Some(outline) = shared_file("minato/boundary-n03-13103.geojson") else { return };
    let before = client.get("/api/settings").await.header("etag");
    ward.import_bytes(LayerId::Boundary, "n03", &outline).await;
    let after = client.get("/api/settings").await.ok();
    assert_ne!(after.header("etag"), before);
    let boundary = client.json("/api/layers").await["layers"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(after.json()["bbox"], boundary["bbox"]);
}

#[tokio::test]
async fn the_base_map_is_there_when_it_is_configured() {
    assert_eq!(demo().json("/api/settings").await["base_map"], Value::Null);
    let ward = Ward::empty().await;
    let tiles = BaseMap {
        url_template: "https://tiles.example/{z}/{x}/{y}.png".into(),
        attribution: "地図".into(),
        attribution_url: "https://tiles.example/about".into(),
        max_zoom: 17,
        offline: true,
    };
    let client = Anonymous::new(ward.app.router(Site { base_map: Some(tiles), ..site(false) }));
    assert_eq!(
        client.json("/api/settings").await["base_map"],
        json!({
            "url_template": "https://tiles.example/{z}/{x}/{y}.png", "attribution": "地図",
            "attribution_url": "https://tiles.example/about", "max_zoom": 17, "offline": true,
        })
    );
}
