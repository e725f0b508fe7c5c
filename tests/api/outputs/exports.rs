//! GPX, KML and GeoJSON, read by GDAL, `GPSBabel` and libxml.

use std::{path::Path, process::Command};

use machiaruki::{
    geo::Position,
    routes::{
        model::{Language, Version},
        output::{Words, geojson, gpx, kml},
    },
    text::Text3,
};
use serde_json::Value;

use crate::support::{ANSWER, gdal, version_of, with_stop};

pub fn words(language: Language) -> Words {
    Words {
        language,
        base_url: "https://map.example".to_owned(),
        publisher: Text3::new("見本区", "Sample City", "みほんく"),
        licence: "CC BY 4.0".to_owned(),
    }
}

/// A version whose texts hold all that has to be escaped.
fn nasty() -> Version {
    with_stop(version_of("shiba-01"), 1, |stop| {
        stop.name.ja = String::from("茶屋 <あ> & \"い\" ]]>");
        stop.story.ja = String::from("1行目\n2行目 'う' &amp;");
    })
}

fn coordinates(of: &Value) -> Vec<[f64; 2]> {
    let all: Vec<Value> = of.as_array().unwrap().clone();
    all.iter().map(|at| [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()]).collect()
}

fn assert_near(found: &[[f64; 2]], wanted: impl IntoIterator<Item = Position>) {
    let wanted: Vec<[f64; 2]> = wanted.into_iter().map(|position| position.0).collect();
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(&wanted) {
        assert!((0..2).all(|axis| (found[axis] - wanted[axis]).abs() < 1e-6), "{found:?} {wanted:?}");
    }
}

fn points(collection: &Value) -> Vec<[f64; 2]> {
    let features = collection["features"].as_array().unwrap();
    let points = features.iter().map(|feature| &feature["geometry"]["coordinates"]);
    points.map(|at| [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()]).collect()
}

#[test]
fn gdal_reads_the_gpx_as_it_was_written() {
    if !gdal::is_installed() {
        return;
    }
    let version = nasty();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("route.gpx");
    std::fs::write(&file, gpx::gpx(&version, &words(Language::Ja))).unwrap();
    let source = file.to_str().unwrap();
    let layers = gdal::layers(&gdal::info(source));
    let count = |name: &str| layers.iter().find(|layer| layer.0 == name).unwrap().1;
    let stops = version.design.stops().count() as u64;
    assert_eq!(
        [count("waypoints"), count("routes"), count("tracks"), count("route_points")],
        [stops, 1, 1, stops]
    );
    let waypoints = gdal::geojson(source, "waypoints", folder.path(), &[]);
    assert_near(&points(&waypoints), version.design.stops().map(|stop| stop.location));
    assert_eq!(waypoints["features"][1]["properties"]["name"], "茶屋 <あ> & \"い\" ]]>");
    assert_eq!(waypoints["features"][1]["properties"]["desc"], "1行目\n2行目 'う' &amp;");
    let tracks = gdal::geojson(source, "tracks", folder.path(), &[]);
    let track = &tracks["features"][0]["geometry"]["coordinates"][0];
    assert_near(&coordinates(track), version.line.coordinates.iter().copied());
}

#[test]
fn gdal_reads_the_kml_as_it_was_written() {
    if !gdal::is_installed() {
        return;
    }
    let version = nasty();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("route.kml");
    std::fs::write(&file, kml::kml(&version, &words(Language::Ja))).unwrap();
    let source = file.to_str().unwrap();
    let layers = gdal::layers(&gdal::info(source));
    assert_eq!(layers.len(), 1, "{layers:?}");
    let all = gdal::geojson(source, &layers[0].0, folder.path(), &[]);
    let features = all["features"].as_array().unwrap();
    assert_eq!(features.len(), version.design.stops().count() + 1);
    let line = coordinates(&features[0]["geometry"]["coordinates"]);
    assert_near(&line, version.line.coordinates.iter().copied());
    let name = |key: &str| features[2]["properties"][key].as_str().unwrap_or_default().to_owned();
    assert!([name("Name"), name("name")].contains(&"茶屋 <あ> & \"い\" ]]>".to_owned()), "{}", features[2]);
}

/// `GPSBabel` reads a file and writes GeoJSON of one kind of its contents.
fn gpsbabel(format: &str, file: &Path, what: &[&str]) -> Option<Value> {
    let target = file.with_extension("out.gpx");
    let arguments =
        [what, &["-i", format, "-f", file.to_str().unwrap(), "-o", "gpx", "-F", target.to_str().unwrap()]]
            .concat();
    let Ok(output) = Command::new("gpsbabel").args(&arguments).output() else {
        eprintln!("skipped: gpsbabel is not installed");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let layer = match what {
        ["-t"] => "track_points",
        ["-r"] => "route_points",
        _ => "waypoints",
    };
    let folder = tempfile::tempdir().unwrap();
    Some(gdal::geojson(target.to_str().unwrap(), layer, folder.path(), &[]))
}

#[test]
fn gpsbabel_reads_both() {
    if !gdal::is_installed() {
        return;
    }
    let version = nasty();
    let folder = tempfile::tempdir().unwrap();
    let stops = || version.design.stops().map(|stop| stop.location);
    for (format, content) in
        [("gpx", gpx::gpx(&version, &words(Language::Ja))), ("kml", kml::kml(&version, &words(Language::Ja)))]
    {
        let file = folder.path().join(format!("route.{format}"));
        std::fs::write(&file, content).unwrap();
        let Some(waypoints) = gpsbabel(format, &file, &["-w"]) else { return };
        assert_near(&points(&waypoints), stops());
        assert_eq!(waypoints["features"][1]["properties"]["name"], "茶屋 <あ> & \"い\" ]]>");
        let track = gpsbabel(format, &file, &["-t"]).unwrap();
        assert_near(&points(&track), version.line.coordinates.iter().copied());
    }
    let file = folder.path().join("route.gpx");
    assert_near(&points(&gpsbabel("gpx", &file, &["-r"]).unwrap()), stops());
}

#[test]
fn the_geojson_is_the_line_and_its_stops() {
    let version = nasty();
    let all: Value = serde_json::from_str(&geojson::geojson(&version, &words(Language::Ja))).unwrap();
    let features = all["features"].as_array().unwrap();
    assert_eq!(features[0]["geometry"]["type"], "LineString");
    assert_near(
        &coordinates(&features[0]["geometry"]["coordinates"]),
        version.line.coordinates.iter().copied(),
    );
    assert_eq!(features[0]["properties"]["route_version_id"], version.id.to_string());
    assert_eq!(features[0]["properties"]["sample"], true);
    let sequences: Vec<u64> =
        features[1..].iter().map(|stop| stop["properties"]["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequences, (1..=version.design.stops().count() as u64).collect::<Vec<_>>());
    assert_eq!(features[1]["properties"]["question"], "門は何色ですか。");
    assert_eq!(all["link"], "https://map.example/r/shiba-01");
    assert_eq!(
        all["attributions"],
        serde_json::json!(["見本区(CC BY 4.0)", "【見本】歩行者ネットワーク <自作>"])
    );
}

#[test]
fn every_format_speaks_the_language_and_keeps_the_secrets() {
    let version = version_of("shiba-01");
    let title = version.design.title.clone();
    for write in [gpx::gpx, kml::kml, geojson::geojson] {
        let english = write(&version, &words(Language::En));
        assert!(english.contains(&title.en), "{english}");
        assert!(english.contains("Minato City Hall") && !english.contains(&title.ja), "{english}");
        // Nothing is written in やさしい日本語: Japanese is nearer than English.
        let easy = write(&version, &words(Language::Easy));
        assert!(easy.contains("増上寺") && easy.contains("みほんく"), "{easy}");
        for text in [english, easy] {
            assert!(text.contains("見本") && text.contains("CC BY 4.0"), "{text}");
            assert!(!text.contains(ANSWER), "{text}");
        }
    }
}
