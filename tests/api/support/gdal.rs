//! GDAL, the library behind QGIS, as an independent reader.

use std::{path::Path, process::Command};

use serde_json::Value;

/// Whether `ogrinfo` is installed; says so when it is not.
pub fn is_installed() -> bool {
    let found = Command::new("ogrinfo").arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: GDAL's ogrinfo is not installed");
    }
    found
}

fn run(program: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(program)
        .args(arguments)
        // The service is on this machine, whatever proxy there is.
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    assert!(!said.contains("ERROR") && !said.contains("Warning"), "{program} {arguments:?}: {said}");
    output.stdout
}

/// What `ogrinfo` says of a source and its layers, without their features. (Only GDAL 3.7 and later
/// say it in JSON.)
pub fn info(source: &str) -> String {
    String::from_utf8(run("ogrinfo", &["-ro", "-so", "-al", source])).unwrap()
}

/// The layers in `ogrinfo`'s answer: name and number of features.
pub fn layers(info: &str) -> Vec<(String, u64)> {
    let mut layers: Vec<(String, u64)> = Vec::new();
    for line in info.lines() {
        if let Some(name) = line.strip_prefix("Layer name: ") {
            layers.push((name.to_owned(), 0));
        } else if let Some(count) = line.strip_prefix("Feature Count: ") {
            layers.last_mut().unwrap().1 = count.parse().unwrap();
        }
    }
    layers
}

/// A layer of a source as GeoJSON with all digits of its coordinates; `options` may narrow it.
pub fn geojson(source: &str, layer: &str, folder: &Path, options: &[&str]) -> Value {
    let file = folder.join(format!("{layer}-{}.geojson", options.len()));
    let target = file.to_str().unwrap();
    let fixed = ["-f", "GeoJSON", "-lco", "SIGNIFICANT_FIGURES=17", target, source, layer];
    run("ogr2ogr", &[options, &fixed].concat());
    serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap()
}
