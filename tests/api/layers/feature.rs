//! `/api/layers/{layer}/features/{feature}`.

use http::StatusCode;

use crate::support::{demo, named};

#[tokio::test]
async fn it_is_the_feature_of_the_layer() {
    let client = demo();
    for (layer, name) in
        [("facilities", "増上寺"), ("boundary", "港区"), ("routes", "【見本】赤坂・坂と杜のコース")]
    {
        let feature = named(&client, layer, name).await;
        let id = feature["id"].as_str().unwrap();
        let reply = client.get(&format!("/api/layers/{layer}/features/{id}")).await.ok();
        assert_eq!(reply.media_type(), "application/geo+json");
        assert_eq!(reply.json(), feature);
    }
}

#[tokio::test]
async fn one_that_does_not_exist_is_not_found_in_words() {
    let client = demo();
    for address in [
        "/api/layers/stops/features/0000000000000000",
        "/api/layers/stops/features/x",
        "/api/layers/x/features/y",
    ] {
        let problem = client.get(address).await.problem(StatusCode::NOT_FOUND);
        assert!(problem["detail"].as_str().unwrap().contains('。'), "{problem}");
    }
}
