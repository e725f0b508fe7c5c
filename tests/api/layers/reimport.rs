//! What is exported can be imported elsewhere and is the same.

use machiaruki::catalogue::LayerId;
use serde_json::Value;

use crate::support::{Ward, demo, features, shared_file};

fn content(collection: &Value) -> Vec<(String, Value, Value)> {
    let mut found: Vec<_> = features(collection)
        .into_iter()
        .map(|mut feature| {
            let mut properties = feature["properties"].take();
            // The dataset is another.
            properties.as_object_mut().unwrap().shift_remove("datasets");
            (properties["name"].to_string(), properties, feature["geometry"].take())
        })
        .collect();
    found.sort_by(|a, b| (&a.0, a.2.to_string()).cmp(&(&b.0, b.2.to_string())));
    found
}

#[tokio::test]
async fn exported_geojson_imported_elsewhere_has_the_same_names_properties_and_geometries() {
    let client = demo();
    let other = Ward::empty().await;
    for layer in LayerId::ALL {
        let file = client.get(&format!("/api/layers/{layer}/export/geojson")).await.ok();
        let report = other.import_bytes(layer, layer.as_str(), &file.body).await;
        assert_eq!(report.refused_count, 0, "{layer}: {:?}", report.refused);
        let again = other.anonymous().json(&format!("/api/layers/{layer}/features")).await;
        assert_eq!(content(&again), content(&file.json()), "{layer}");
    }
}

#[tokio::test]
async fn exported_csv_of_points_imported_elsewhere_is_the_same() {
    let client = demo();
    let other = Ward::empty().await;
    for layer in
        [LayerId::Stops, LayerId::Shelters, LayerId::Facilities, LayerId::Schools, LayerId::Localities]
    {
        let file = client.get(&format!("/api/layers/{layer}/export/csv")).await.ok();
        let report = other.import_bytes(layer, layer.as_str(), &file.body).await;
        assert_eq!(report.encoding, "UTF-8");
        let again = other.anonymous().json(&format!("/api/layers/{layer}/features")).await;
        let own = client.json(&format!("/api/layers/{layer}/features")).await;
        assert_eq!(content(&again), content(&own), "{layer}");
    }
}

#[tokio::test]
async fn exporting_what_was_repaired_and_importing_it_needs_no_repair() {
    let Some(file) = shared_file("minato/boundary-n03-13103.geojson") else { return };
    let (one, other) = (Ward::empty().await, Ward::empty().await);
    let report = one.import_bytes(LayerId::Boundary, "n03", &file).await;
    assert_eq!(report.repaired_count, 1, "{:?}", report.repaired);
    let exported = one.anonymous().get("/api/layers/boundary/export/geojson").await.ok();
    let report = other.import_bytes(LayerId::Boundary, "again", &exported.body).await;
    assert_eq!(report.repaired_count, 0, "{:?}", report.repaired);
    let again = other.anonymous().json("/api/layers/boundary/features").await;
    assert_eq!(content(&again), content(&exported.json()));
}
