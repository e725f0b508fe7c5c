//! Real files of other wards and towns: shelters, school districts, templates.

use machiaruki::geo::Geometry;
use serde_json::{Value, json};

use crate::support::{Ward, shared_path};

/// Five more wards and how many shelters each lists.
const WARDS: [(&str, u64); 5] =
    [("131016", 28), ("131024", 33), ("131041", 10), ("131059", 7), ("131067", 17)];

#[test]
fn five_more_wards_shelters_are_imported_side_by_side() {
    let ward = Ward::new();
    let mut all = 0;
    for (code, count) in WARDS {
        let Some(file) = shared_path(&format!("shelters/emergency-{code}.json")) else { return };
        let report = ward.stored("shelters", &file, &["--dataset", code]);
        assert_eq!((&report["read"], &report["added"]), (&json!(count), &json!(count)), "{code}");
        assert_eq!((&report["refused_count"], &report["left_out_count"]), (&json!(0), &json!(0)), "{code}");
        // Shelters of one name in two wards are two places.
        assert_eq!(report["linked"], json!([]), "{code}");
        all += count;
    }
    let shelters = ward.features("shelters");
    assert_eq!(shelters.len() as u64, all);
    assert!(shelters.iter().all(|shelter| shelter["properties"]["emergency"] == true));
}

#[test]
fn a_file_that_says_it_is_unavailable_is_refused_with_its_reason() {
    let Some(file) = shared_path("shelters/emergency-131075-unavailable.json") else { return };
    let ward = Ward::new();
    for options in [&[][..], &["--accept-valid"], &["--dry-run"]] {
        let error = ward.import("shelters", &file, options).refused();
        assert!(error.contains("unavailable") && error.contains("公開されていません"), "{error}");
    }
    assert!(ward.features("shelters").is_empty());
}

#[test]
fn sixty_nine_school_districts_are_imported_with_all_their_vertices() {
    let Some(file) = shared_path("school-districts/hachioji-a27-polygons.geojson") else { return };
    let ward = Ward::new();
    let report = ward.stored("school_districts", &file, &[]);
    assert_eq!(
        (&report["read"], &report["added"], &report["refused_count"]),
        (&json!(69), &json!(69), &json!(0))
    );
    let districts = ward.features("school_districts");
    assert_eq!(districts.len(), 69);
    let mut vertices = 0;
    for district in &districts {
        let geometry: geojson::Geometry = serde_json::from_value(district["geometry"].clone()).unwrap();
        let geometry: Geometry = geometry.try_into().unwrap();
        vertices += geo::CoordsIter::coords_count(&geometry);
        // RFC 7946: outer rings run counter-clockwise.
        assert!(
            geo::GeodesicArea::geodesic_area_signed(&geometry) > 0.0,
            "{}",
            district["properties"]["name"]
        );
        assert!(district["properties"]["operator"].as_str().unwrap().contains("八王子"));
    }
    assert_eq!(vertices, 19_938);
}

#[test]
fn the_schools_lie_in_their_districts() {
    let (Some(areas), Some(points)) = (
        shared_path("school-districts/hachioji-a27-polygons.geojson"),
        shared_path("school-districts/hachioji-a27-points.geojson"),
    ) else {
        return;
    };
    let ward = Ward::new();
    ward.stored("school_districts", &areas, &[]);
    ward.stored("schools", &points, &[]);
    let read = |feature: &Value| -> (String, Geometry) {
        let geometry: geojson::Geometry = serde_json::from_value(feature["geometry"].clone()).unwrap();
        (feature["properties"]["name"].as_str().unwrap().to_owned(), geometry.try_into().unwrap())
    };
    let districts: Vec<_> = ward.features("school_districts").iter().map(read).collect();
    let schools: Vec<_> = ward.features("schools").iter().map(read).collect();
    assert_eq!(schools.len(), 70);
    let at_home = schools.iter().filter(|(name, point)| {
        districts.iter().any(|(of, area)| of == name && geo::Intersects::intersects(area, point))
    });
    assert_eq!(at_home.count(), 69);
}

#[test]
fn every_template_of_the_standard_imports_as_zero_rows() {
    let Some(folder) = shared_path("opendata/templates") else { return };
    let ward = Ward::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let (code, report) = ward.report("facilities", file.to_str().unwrap(), &[]);
        assert_eq!(
            (code, &report["read"], &report["refused_count"]),
            (0, &json!(0), &json!(0)),
            "{report:#}"
        );
        count += 1;
    }
    assert_eq!(count, 16);
    assert!(ward.features("facilities").is_empty());
}

#[test]
fn a_template_that_was_imported_empty_can_be_filled_in_later() {
    let Some(template) = shared_path("opendata/templates/xxxxxx_aed.csv") else { return };
    let ward = Ward::new();
    ward.stored("facilities", &template, &["--dataset", "aed"]);
    // Two in one building, as is usual: their name does not tell them apart.
    ward.file("aed.csv", "名称,設置位置,緯度,経度\n区役所,1階,35.658,139.751\n区役所,9階,35.658,139.751\n");
    let report = ward.stored("facilities", "aed.csv", &["--dataset", "aed"]);
    assert_eq!(report["added"], 2);
}
