//! `/api/layers/{layer}/export/{format}`.

use std::collections::HashMap;

use http::StatusCode;
use machiaruki::catalogue::{FieldKind, LayerId};
use serde_json::{Value, json};

use crate::support::{Anonymous, Reply, Ward, demo, features, gdal, point};

const FORMATS: [(&str, &str); 4] = [
    ("geojson", "application/geo+json"),
    ("gpkg", "application/geopackage+sqlite3"),
    ("csv", "text/csv"),
    ("kml", "application/vnd.google-earth.kml+xml"),
];

async fn export(client: &Anonymous, layer: LayerId, format: &str) -> Reply {
    client.get(&format!("/api/layers/{layer}/export/{format}")).await.ok()
}

/// The rows of a CSV export by heading.
fn rows(csv: &[u8]) -> Vec<HashMap<String, String>> {
    let text = csv.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut reader = csv::Reader::from_reader(text);
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

#[tokio::test]
async fn every_layer_is_a_download_in_every_format() {
    let client = demo();
    for layer in LayerId::ALL {
        for (format, media_type) in FORMATS {
            let reply = export(&client, layer, format).await;
            assert_eq!(reply.media_type(), media_type);
            assert_eq!(
                reply.header("content-disposition"),
                format!("attachment; filename=\"131032_{layer}.{format}\"")
            );
        }
    }
}

#[tokio::test]
async fn an_unknown_format_or_layer_is_not_found() {
    let client = demo();
    for address in ["stops/export/shp", "stops/export/", "stops/export/CSV", "housing/export/csv"] {
        let problem = client.get(&format!("/api/layers/{address}")).await.problem(StatusCode::NOT_FOUND);
        assert!(!problem["detail"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn geojson_holds_the_features_and_what_must_be_said_of_them() {
    let client = demo();
    for layer in LayerId::ALL {
        let file = export(&client, layer, "geojson").await.json();
        assert_eq!(file["type"], "FeatureCollection");
        let own = client.json(&format!("/api/layers/{layer}/features")).await;
        assert_eq!(file["features"], own["features"], "{layer}");
        let collection = client.json(&format!("/ogc/collections/{layer}")).await;
        let attribution = collection["datasets"][0]["attribution"].as_str().unwrap();
        assert!(file.to_string().contains(attribution), "{layer}: {attribution}");
    }
}

#[tokio::test]
async fn csv_has_a_byte_order_mark_crlf_and_the_standard_headings() {
    let client = demo();
    for layer in LayerId::ALL {
        let file = export(&client, layer, "csv").await;
        let text = file.text();
        assert!(text.starts_with("\u{feff}地物ID,"), "{layer}");
        assert!(text.ends_with("\r\n"), "{layer}");
        let first = text.trim_start_matches('\u{feff}').split("\r\n").next().unwrap();
        let headings: Vec<&str> = first.split(',').collect();
        for wanted in ["名称", "緯度", "経度"] {
            assert!(headings.contains(&wanted), "{layer}: {headings:?}");
        }
        for field in layer.layer().fields {
            assert_eq!(headings.contains(&field.columns[0]), field.public, "{layer}: {}", field.name);
        }
    }
    let shelters = export(&client, LayerId::Shelters, "csv").await.text();
    for heading in ["名称_カナ", "災害種別_洪水", "災害種別_津波", "指定避難所", "想定収容人数", "電話番号"]
    {
        assert!(shelters.contains(heading), "{heading}");
    }
}

#[tokio::test]
async fn csv_has_a_row_for_every_feature_with_its_values() {
    let client = demo();
    for layer in LayerId::ALL {
        let rows = rows(&export(&client, layer, "csv").await.body);
        let all = features(&client.json(&format!("/api/layers/{layer}/features")).await);
        assert_eq!(rows.len(), all.len(), "{layer}");
        for (row, feature) in rows.iter().zip(&all) {
            assert_eq!(row["地物ID"], feature["id"].as_str().unwrap());
            assert_eq!(row["名称"], feature["properties"]["name"].as_str().unwrap());
            let expected = match &feature["properties"]["sample"] {
                Value::Bool(true) => "1",
                _ => "",
            };
            assert_eq!(row["見本"], expected);
            if feature["geometry"]["type"] == "Point" {
                let coordinates = &feature["geometry"]["coordinates"];
                assert_eq!(row["緯度"].parse::<f64>().unwrap(), coordinates[1].as_f64().unwrap());
                assert_eq!(row["経度"].parse::<f64>().unwrap(), coordinates[0].as_f64().unwrap());
            }
        }
    }
}

#[tokio::test]
async fn a_cell_that_a_spreadsheet_would_run_is_made_text() {
    let ward = Ward::empty().await;
    let all = json!({ "type": "FeatureCollection", "features": [
        point("=HYPERLINK(\"https://evil.example\")", [139.75, 35.65], json!({
            "note": "＝1+1", "phone": "+81-3-0000-0000", "address": "@東京", "capacity": -5, "elevation_m": -1.5,
            "url": "https://example.jp/a,b\"c", "accepts": "改\n行",
        })),
    ] });
    ward.import(LayerId::Shelters, "formula", &all).await;
    let rows = rows(&export(&ward.anonymous(), LayerId::Shelters, "csv").await.body);
    let row = &rows[0];
    for (heading, value) in [
        ("名称", "'=HYPERLINK(\"https://evil.example\")"),
        ("備考", "'＝1+1"),
        ("電話番号", "'+81-3-0000-0000"),
        ("住所", "'@東京"),
        ("想定収容人数", "-5"),
        ("標高", "-1.5"),
        ("URL", "https://example.jp/a,b\"c"),
        ("受入対象者", "改\n行"),
    ] {
        assert_eq!(row[heading], value);
    }
}

#[tokio::test]
async fn gdal_reads_geopackage_kml_and_geojson_with_the_same_count() {
    if !gdal::is_installed() {
        return;
    }
    let client = demo();
    let folder = tempfile::tempdir().unwrap();
    for layer in LayerId::ALL {
        let count = features(&client.json(&format!("/api/layers/{layer}/features")).await).len() as u64;
        for format in ["gpkg", "kml", "geojson"] {
            let file = folder.path().join(format!("{layer}.{format}"));
            std::fs::write(&file, export(&client, layer, format).await.body).unwrap();
            let found = gdal::layers(&gdal::info(file.to_str().unwrap()));
            assert_eq!(found.iter().map(|layer| layer.1).sum::<u64>(), count, "{layer} {format}: {found:?}");
        }
    }
}

#[tokio::test]
async fn gdal_finds_coordinates_properties_and_types_in_a_geopackage() {
    if !gdal::is_installed() {
        return;
    }
    let client = demo();
    let folder = tempfile::tempdir().unwrap();
    for layer in LayerId::ALL {
        let file = folder.path().join(format!("{layer}.gpkg"));
        std::fs::write(&file, export(&client, layer, "gpkg").await.body).unwrap();
        let source = file.to_str().unwrap();
        let described = gdal::info(source);
        assert_eq!(gdal::layers(&described)[0].0, layer.as_str());
        assert!(described.contains("ID[\"EPSG\",4326]"), "{layer}: {described}");
        let read = features(&gdal::geojson(source, layer.as_str(), folder.path(), &[]));
        let own = features(&client.json(&format!("/api/layers/{layer}/features")).await);
        assert_eq!(read.len(), own.len());
        for (read, own) in read.iter().zip(&own) {
            assert_eq!(read["properties"]["feature_id"], own["id"]);
            assert_eq!(geometry_as_multi(&read["geometry"]), geometry_as_multi(&own["geometry"]), "{layer}");
            for field in layer.layer().fields.iter().filter(|field| field.public) {
                let expected = match &own["properties"][field.name] {
                    Value::Array(items) => {
                        let items: Vec<_> = items.iter().map(|item| item.as_str().unwrap()).collect();
                        items.join(";").into()
                    }
                    // GDAL writes days with slashes or dashes, depending on its release.
                    Value::String(day) if field.kind == FieldKind::Date => day.as_str().into(),
                    other => other.clone(),
                };
                let found = match &read["properties"][field.name] {
                    Value::String(day) if field.kind == FieldKind::Date => day.replace('/', "-").into(),
                    other => other.clone(),
                };
                assert_eq!(found, expected, "{layer}: {}", field.name);
            }
        }
    }
}

/// A polygon as a multipolygon of one: a GeoPackage's table has one type.
fn geometry_as_multi(geometry: &Value) -> Value {
    match geometry["type"].as_str() {
        Some("Polygon") => json!([geometry["coordinates"]]),
        _ => geometry["coordinates"].clone(),
    }
}

#[tokio::test]
async fn every_invented_feature_is_marked_in_every_format() {
    let client = demo();
    let folder = tempfile::tempdir().unwrap();
    for layer in LayerId::ALL {
        let all = features(&client.json(&format!("/api/layers/{layer}/features")).await);
        let invented = all.iter().filter(|feature| feature["properties"]["sample"] == true).count();
        let geojson = features(&export(&client, layer, "geojson").await.json());
        assert_eq!(
            geojson.iter().filter(|feature| feature["properties"]["sample"] == true).count(),
            invented
        );
        let marked = rows(&export(&client, layer, "csv").await.body);
        assert_eq!(marked.iter().filter(|row| row["見本"] == "1").count(), invented, "{layer}");
        let kml = export(&client, layer, "kml").await.text();
        let mark = "<Data name=\"sample\"><value>1</value></Data>";
        let marked = kml.split_whitespace().collect::<String>();
        let mark: String = mark.split_whitespace().collect();
        assert_eq!(marked.matches(&mark).count(), invented, "{layer}");
        if gdal::is_installed() {
            let file = folder.path().join(format!("{layer}.gpkg"));
            std::fs::write(&file, export(&client, layer, "gpkg").await.body).unwrap();
            let read = gdal::geojson(file.to_str().unwrap(), layer.as_str(), folder.path(), &[]);
            let marked = features(&read).iter().filter(|one| one["properties"]["sample"] == true).count();
            assert_eq!(marked, invented, "{layer}");
        }
    }
    // The layers of which all or some is invented, so that the loop above has something to find.
    let layers = client.json("/api/layers").await;
    let invented = layers["layers"].as_array().unwrap().iter().filter(|layer| layer["sample"] == true);
    let invented: Vec<_> = invented.map(|layer| layer["id"].as_str().unwrap()).collect();
    assert_eq!(
        invented,
        ["routes", "stops", "organisations", "councils", "shelters", "facilities", "school_districts"]
    );
}

#[tokio::test]
async fn an_empty_layer_is_an_empty_file_of_each_format() {
    let ward = Ward::empty().await;
    let client = ward.anonymous();
    let folder = tempfile::tempdir().unwrap();
    for layer in [LayerId::Shelters, LayerId::Councils] {
        assert_eq!(export(&client, layer, "geojson").await.json()["features"], json!([]));
        assert_eq!(rows(&export(&client, layer, "csv").await.body).len(), 0);
        assert!(!export(&client, layer, "kml").await.text().contains("<Placemark"));
        let gpkg = export(&client, layer, "gpkg").await;
        assert!(gpkg.body.starts_with(b"SQLite format 3\0"));
        if gdal::is_installed() {
            let file = folder.path().join(format!("{layer}.gpkg"));
            std::fs::write(&file, gpkg.body).unwrap();
            assert_eq!(gdal::layers(&gdal::info(file.to_str().unwrap())), [(layer.to_string(), 0)]);
        }
    }
}

#[tokio::test]
async fn kml_survives_what_xml_cannot_hold() {
    let ward = Ward::empty().await;
    let all = json!({ "type": "FeatureCollection", "features": [
        point("<b>&\u{1}\u{8}名", [139.75, 35.65], json!({ "description": "]]> & <script>" })),
    ] });
    ward.import(LayerId::Facilities, "xml", &all).await;
    let kml = export(&ward.anonymous(), LayerId::Facilities, "kml").await.text();
    let mut reader = quick_xml::Reader::from_str(&kml);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Text(part) => text.push_str(&part.decode().unwrap()),
            quick_xml::events::Event::GeneralRef(name) => {
                text.push_str(match &*name.decode().unwrap() {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    other => panic!("entity {other}"),
                });
            }
            _ => {}
        }
    }
    assert!(text.contains("<b>&名") && text.contains("]]> & <script>"), "{text}");
}
