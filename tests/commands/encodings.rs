//! Files in the encodings that wards keep.

use serde_json::json;

use crate::support::{Ward, shared_path};

#[test]
fn a_cp932_file_is_read_and_not_mis_decoded() {
    let ward = Ward::new();
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS
        .encode("名称,緯度,経度,備考\r\n髙島屋①前,35.65,139.75,㈱～￥表\r\n笄小学校,35.66,139.72,ソ能\r\n");
    assert!(!lossy);
    ward.file("cp932.csv", &bytes);
    let report = ward.stored("facilities", "cp932.csv", &[]);
    assert_eq!(report["encoding"], "CP932");
    let names: Vec<_> = ward.features("facilities").iter().map(|one| one["properties"].clone()).collect();
    assert!(names.iter().any(|one| one["name"] == "髙島屋①前" && one["note"] == "㈱～￥表"), "{names:?}");
    assert!(names.iter().any(|one| one["name"] == "笄小学校" && one["note"] == "ソ能"), "{names:?}");
}

#[test]
fn the_same_content_in_another_encoding_is_unchanged() {
    let ward = Ward::new();
    let text = "名称,緯度,経度\r\n笄小学校,35.66,139.72\r\n";
    ward.file("utf8.csv", format!("\u{feff}{text}"));
    ward.file("cp932.csv", encoding_rs::SHIFT_JIS.encode(text).0);
    ward.stored("schools", "utf8.csv", &["--dataset", "s"]);
    let (_, report) = ward.report("schools", "cp932.csv", &["--dataset", "s"]);
    assert_eq!(report["outcome"], "unchanged");
}

#[test]
fn bytes_of_no_encoding_are_refused_with_their_line() {
    let ward = Ward::new();
    ward.file("broken.csv", b"\x96\xbc\x8f\xcc,a\n\xff\xff,b\n");
    let error = ward.import("schools", "broken.csv", &[]).refused();
    assert!(error.contains("line 2") && error.contains("save it again as UTF-8"), "{error}");
}

#[test]
fn a_real_cp932_list_of_toilets_is_read() {
    let Some(file) = shared_path("opendata/ugly/public-toilets-cp932.csv") else { return };
    let ward = Ward::new();
    let report = ward.stored("facilities", &file, &["--set", "kind=toilet"]);
    assert_eq!(
        (&report["encoding"], &report["read"], &report["added"]),
        (&json!("CP932"), &json!(162), &json!(162))
    );
    let toilets = ward.features("facilities");
    assert!(toilets.iter().any(|one| one["properties"]["name"] == "大井町駅前公衆便所"));
    assert!(toilets.iter().all(|one| one["properties"]["kind"] == "toilet"));
}

#[test]
fn a_real_list_of_392_aeds_is_read() {
    let Some(file) = shared_path("opendata/saitama-aed.csv") else { return };
    let ward = Ward::new();
    let report = ward.stored("facilities", &file, &["--set", "kind=aed"]);
    assert_eq!(
        (&report["read"], &report["added"], &report["refused_count"]),
        (&json!(392), &json!(392), &json!(0))
    );
}
