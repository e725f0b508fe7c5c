//! `import`: rows, keys and reports.

use serde_json::{Value, json};

use crate::support::{Ward, csv, geojson, run};

#[test]
fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let ward = Ward::new();
    ward.file("schools.csv", csv(&["一", "二", "三"]));
    ward.stored("schools", "schools.csv", &["--dataset", "schools"]);
    let server = ward.serve();
    let before = server.json("/api/layers");
    ward.file("next.csv", "名称,緯度,経度,備考\n一,35.65,139.70,\n二,35.65,139.71,改\n四,35.65,139.74,\n");
    let options = ["--dataset", "schools", "--dry-run"];
    let (code, report) = ward.report("schools", "next.csv", &options);
    assert_eq!((code, &report["outcome"]), (0, &json!("dry_run")));
    let counts = ["added", "changed", "unchanged", "vanished"].map(|name| report[name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1, 1]);
    assert_eq!(report["vanished_keys"], json!(["三"]));
    assert!(ward.import("schools", "next.csv", &options).ok().out.contains("nothing was stored"));
    assert_eq!(server.json("/api/layers"), before);
    // What it said is what happens.
    let stored = ward.stored("schools", "next.csv", &["--dataset", "schools"]);
    for count in ["added", "changed", "unchanged", "vanished"] {
        assert_eq!(stored[count], report[count]);
    }
}

#[test]
fn one_bad_row_keeps_the_whole_file_out() {
    let ward = Ward::new();
    ward.file("schools.csv", "名称,緯度,経度\n一,35.65,139.75\n二,北緯35度,139.76\n三,35.65,139.77\n");
    let ran = ward.import("schools", "schools.csv", &[]);
    assert_eq!(ran.code, 1);
    for words in
        ["nothing was stored", "line 3: 二: its latitude \"北緯35度\" is not a number", "--accept-valid"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(ward.features("schools").is_empty());
    let (code, report) = ward.report("schools", "schools.csv", &[]);
    assert_eq!((code, &report["obstacle"]), (1, &json!("refused_rows")));
    assert_eq!(report["refused"][0]["at"], "line 3");
}

#[test]
fn the_valid_rows_are_imported_when_that_is_accepted() {
    let ward = Ward::new();
    ward.file("schools.csv", "名称,緯度,経度\n一,35.65,139.75\n二,,\n三,35.65,139.77\n,35.65,139.78\n");
    let report = ward.stored("schools", "schools.csv", &["--accept-valid"]);
    assert_eq!((&report["added"], &report["refused_count"]), (&json!(2), &json!(2)));
    let reasons: Vec<_> = report["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{}: {}", row["at"], row["reason"]))
        .collect();
    assert!(reasons[0].contains("line 3") && reasons[0].contains("no latitude"), "{reasons:?}");
    assert!(reasons[1].contains("line 5") && reasons[1].contains("no name"), "{reasons:?}");
    assert_eq!(ward.features("schools").len(), 2);
}

#[test]
fn a_row_that_is_refused_does_not_vanish() {
    let ward = Ward::new();
    ward.file("schools.csv", csv(&["一", "二", "三"]));
    ward.stored("schools", "schools.csv", &["--dataset", "schools"]);
    ward.file("next.csv", "名称,緯度,経度\n一,35.65,139.70\n二,,\n三,35.65,139.72\n");
    let (code, report) = ward.report("schools", "next.csv", &["--dataset", "schools", "--accept-valid"]);
    assert_eq!((code, &report["vanished"], &report["refused_count"]), (0, &json!(0), &json!(1)));
    assert_eq!(ward.features("schools").len(), 3);
}

#[test]
fn a_cell_that_is_no_value_is_left_out_and_said() {
    let ward = Ward::new();
    ward.file(
        "s.csv",
        "名称,緯度,経度,想定収容人数,災害種別_洪水,URL\n一,35.65,139.75,約百人,たぶん,javascript:alert(1)\n",
    );
    let report = ward.stored("shelters", "s.csv", &[]);
    assert_eq!(report["left_out_count"], 3);
    let properties = ward.features("shelters")[0]["properties"].clone();
    assert_eq!(properties, json!({ "name": "一", "datasets": ["shelters-s"] }));
}

#[test]
fn importing_twice_changes_nothing() {
    let ward = Ward::new();
    ward.file("schools.csv", csv(&["一", "二"]));
    ward.stored("schools", "schools.csv", &[]);
    let server = ward.serve();
    let before = server.json("/api/layers");
    let version = server.layer("schools")["version"].clone();
    for _ in 0..2 {
        let (code, report) = ward.report("schools", "schools.csv", &[]);
        assert_eq!((code, &report["outcome"]), (0, &json!("unchanged")));
    }
    drop(server);
    let server = ward.serve();
    assert_eq!(server.layer("schools")["version"], version);
    assert_eq!(server.json("/api/layers"), before);
}

#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    let ward = Ward::new();
    ward.file("one.csv", "名称,住所,緯度,経度\n一,甲,35.65,139.75\n二,乙,35.66,139.76\n");
    ward.stored("schools", "one.csv", &["--dataset", "schools"]);
    ward.file("other.csv", "経度,緯度,名称,住所\n139.76,35.66,二,乙\n139.75,35.65,一,甲\n");
    let (_, report) = ward.report("schools", "other.csv", &["--dataset", "schools"]);
    assert_eq!(report["outcome"], "unchanged");
}

#[test]
fn an_unknown_key_is_refused_with_the_known_fields() {
    let ward = Ward::new();
    ward.file("schools.csv", csv(&["一"]));
    let error = ward.import("schools", "schools.csv", &["--key", "colour"]).refused();
    assert!(error.contains("has no field \"colour\"") && error.contains("name_kana"), "{error}");
    let error = ward.import("schools", "schools.csv", &["--set", "colour=red"]).refused();
    assert!(error.contains("has no field \"colour\""), "{error}");
    let error = ward.import("schools", "schools.csv", &["--set", "colour"]);
    assert!(error.code == 2 && error.err.contains("FIELD=VALUE"), "{error:?}");
}

#[test]
fn another_key_is_refused_because_ids_would_change() {
    let ward = Ward::new();
    ward.file("s.csv", "番号,名称,緯度,経度\n1,一,35.65,139.75\n2,二,35.65,139.76\n");
    ward.stored("schools", "s.csv", &["--dataset", "schools", "--key", "code"]);
    let error = ward.import("schools", "s.csv", &["--dataset", "schools", "--key", "name"]).refused();
    for words in ["schools", "code", "ids would change", "--dataset"] {
        assert!(error.contains(words), "{words}: {error}");
    }
    // The same key, by its column's name.
    let (code, report) = ward.report("schools", "s.csv", &["--dataset", "schools", "--key", "番号"]);
    assert_eq!((code, &report["outcome"]), (0, &json!("unchanged")));
    // Without one, the dataset's own.
    let (_, report) = ward.report("schools", "s.csv", &["--dataset", "schools"]);
    assert_eq!((&report["key"], &report["key_was_chosen"]), (&json!(["code"]), &json!(false)));
}

#[test]
fn a_dataset_of_another_layer_is_refused_by_name() {
    let ward = Ward::new();
    ward.file("schools.csv", csv(&["一"]));
    ward.stored("schools", "schools.csv", &["--dataset", "places"]);
    let error = ward.import("facilities", "schools.csv", &["--dataset", "places"]).refused();
    assert!(error.contains("places belongs to layer schools, not facilities"), "{error}");
}

#[test]
fn rows_that_nothing_tells_apart_are_refused_with_what_was_tried() {
    let ward = Ward::new();
    ward.file("aed.csv", "名称,緯度,経度\n区役所,35.65,139.75\n区役所,35.66,139.76\n");
    let error = ward.import("facilities", "aed.csv", &[]).refused();
    assert!(error.contains("name is the same for two (区役所)") && error.contains("--key"), "{error}");
}

#[test]
fn two_rows_with_the_key_that_was_asked_for_are_refused_one_by_one() {
    let ward = Ward::new();
    ward.file("aed.csv", "名称,緯度,経度\n区役所,35.65,139.75\n芝公園,35.66,139.76\n区役所,35.66,139.76\n");
    let (code, report) = ward.report("facilities", "aed.csv", &["--key", "name"]);
    assert_eq!(code, 1);
    assert_eq!(report["refused"][0]["at"], "line 4");
    assert!(report["refused"][0]["reason"].as_str().unwrap().contains("same name as line 2"), "{report}");
}

#[test]
fn what_is_said_of_a_dataset_is_published_and_kept() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["一"]));
    ward.stored(
        "schools",
        "s.csv",
        &[
            "--dataset",
            "s",
            "--title",
            "学校一覧",
            "--source",
            "港区",
            "--source-url",
            "https://example.jp/s",
            "--licence",
            "CC BY 4.0",
            "--licence-url",
            "https://creativecommons.org/licenses/by/4.0/",
            "--attribution",
            "港区 学校一覧",
            "--as-of",
            "2026-04-01",
            "--steward",
            "教育課",
            "--refresh-days",
            "365",
            "--last-confirmed",
            "2026-05-01",
            "--sample",
        ],
    );
    let server = ward.serve();
    let expected = json!({
        "id": "s", "title": "学校一覧", "source": "港区", "source_url": "https://example.jp/s",
        "licence": "CC BY 4.0", "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "attribution": "港区 学校一覧", "as_of": "2026-04-01", "steward": "教育課", "refresh_days": 365,
        "last_confirmed": "2026-05-01", "sample": true, "feature_count": 1, "vanished_count": 0,
    });
    let without_overdue = |mut dataset: Value| {
        // It follows from today.
        dataset.as_object_mut().unwrap().shift_remove("overdue");
        dataset
    };
    assert_eq!(without_overdue(server.layer("schools")["datasets"][0].clone()), expected);
    assert_eq!(ward.features("schools")[0]["properties"]["sample"], true);
    // The same file without any of that keeps it.
    ward.import("schools", "s.csv", &["--dataset", "s"]).ok();
    drop(server);
    let server = ward.serve();
    assert_eq!(without_overdue(server.layer("schools")["datasets"][0].clone()), expected);
}

#[test]
fn what_is_said_of_a_dataset_can_be_changed_without_changing_its_rows() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["一"]));
    ward.stored("schools", "s.csv", &["--dataset", "s", "--licence", "不明"]);
    let report = ward.stored("schools", "s.csv", &["--dataset", "s", "--licence", "CC BY 4.0"]);
    assert_eq!((&report["unchanged"], &report["changed"]), (&json!(1), &json!(0)));
    assert_eq!(ward.serve().layer("schools")["datasets"][0]["licence"], "CC BY 4.0");
}

#[test]
fn a_constant_fills_what_no_column_says() {
    let ward = Ward::new();
    ward.file("f.csv", "名称,緯度,経度,種別\n一,35.65,139.75,\n二,35.65,139.76,駅\n");
    ward.stored("facilities", "f.csv", &["--set", "kind=aed,district=芝地区"]);
    let mut kinds: Vec<String> = ward
        .features("facilities")
        .iter()
        .map(|one| format!("{} {}", one["properties"]["kind"], one["properties"]["district"]))
        .collect();
    kinds.sort();
    assert_eq!(kinds, [r#""aed" "芝地区""#, r#""station" "芝地区""#]);
}

#[test]
fn an_unknown_layer_is_refused_with_the_known_ones() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["一"]));
    let ran = ward.import("housing", "s.csv", &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("shelters") && ran.err.contains("boundary"), "{}", ran.err);
}

#[test]
fn a_file_that_is_not_there_or_not_read_is_said_in_words() {
    let ward = Ward::new();
    let error = ward.import("schools", "nowhere.csv", &[]).refused();
    assert!(error.contains("cannot read nowhere.csv"), "{error}");
    for (name, bytes, words) in [
        ("empty.csv", &b""[..], "empty"),
        ("book.xlsx", b"PK\x03\x04....", "Excel"),
        ("page.html", b"<!DOCTYPE html><html></html>", "HTML"),
        ("half.json", b"{\"type\": \"FeatureColl", "JSON"),
        ("utf16.csv", b"\xff\xfea\0,\0b\0", "UTF-16"),
        ("nothing.json", b"{\"type\":\"FeatureCollection\"}", "features"),
    ] {
        ward.file(name, bytes);
        let error = ward.import("schools", name, &[]).refused();
        assert!(error.contains(words), "{name}: {error}");
    }
    assert!(ward.features("schools").is_empty());
}

#[test]
fn a_geometry_that_the_layer_does_not_take_is_refused() {
    let ward = Ward::new();
    ward.file("points.geojson", geojson(&[json!({ "name": "点" })]));
    let (code, report) = ward.report("routes", "points.geojson", &[]);
    assert_eq!(code, 1);
    assert!(report["refused"][0]["reason"].as_str().unwrap().contains("routes does not take"), "{report}");
}

#[test]
fn a_rebuilt_database_has_the_same_ids() {
    let ids = || {
        let ward = Ward::new();
        ward.file("s.csv", csv(&["一", "二"]));
        ward.stored("schools", "s.csv", &["--dataset", "s"]);
        ward.features("schools").iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(), ids());
}

#[test]
fn a_wrong_database_address_is_refused_without_its_password() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["一"]));
    let ran = run(ward.folder(), &["import", "schools", "s.csv", "--database-url", "mysql://u:s3cret@h/d"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("sqlite:PATH"), "{}", ran.err);
}
