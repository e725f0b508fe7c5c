//! Guards against the wrong file.

use serde_json::json;

use crate::support::{Ward, csv};

const ALL: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

#[test]
fn a_file_without_most_of_the_dataset_is_refused_until_that_is_accepted() {
    let ward = Ward::new();
    ward.file("all.csv", csv(&ALL));
    ward.stored("schools", "all.csv", &["--dataset", "schools"]);
    ward.file("four.csv", csv(&ALL[..4]));
    let ran = ward.import("schools", "four.csv", &["--dataset", "schools"]);
    assert_eq!(ran.code, 1);
    for words in ["most of the dataset is not in this file", "--accept-vanished", "vanished 6"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert_eq!(ward.features("schools").len(), 10);
    let (code, report) = ward.report("schools", "four.csv", &["--dataset", "schools"]);
    assert_eq!((code, &report["obstacle"]), (1, &json!("most_would_vanish")));
    ward.stored("schools", "four.csv", &["--dataset", "schools", "--accept-vanished"]);
    assert_eq!(ward.features("schools").len(), 4);
}

#[test]
fn half_of_a_dataset_may_vanish() {
    let ward = Ward::new();
    ward.file("all.csv", csv(&ALL));
    ward.stored("schools", "all.csv", &["--dataset", "schools"]);
    ward.file("five.csv", csv(&ALL[..5]));
    assert_eq!(ward.stored("schools", "five.csv", &["--dataset", "schools"])["vanished"], 5);
}

#[test]
fn an_empty_template_does_not_retire_a_dataset() {
    let ward = Ward::new();
    ward.file("all.csv", csv(&ALL));
    ward.stored("schools", "all.csv", &["--dataset", "schools"]);
    ward.file("template.csv", "名称,緯度,経度\n,,\n");
    let (code, report) = ward.report("schools", "template.csv", &["--dataset", "schools"]);
    assert_eq!((code, &report["obstacle"]), (1, &json!("most_would_vanish")));
    assert_eq!(ward.features("schools").len(), 10);
}

#[test]
fn a_dry_run_says_that_the_import_would_be_refused() {
    let ward = Ward::new();
    ward.file("all.csv", csv(&ALL));
    ward.stored("schools", "all.csv", &["--dataset", "schools"]);
    ward.file("one.csv", csv(&ALL[..1]));
    let ran = ward.import("schools", "one.csv", &["--dataset", "schools", "--dry-run"]);
    assert!(ran.out.contains("--accept-vanished"), "{}", ran.out);
    ward.file("bad.csv", "名称,緯度,経度\n一,,\n");
    let ran = ward.import("schools", "bad.csv", &["--dataset", "schools", "--dry-run"]);
    assert!(ran.out.contains("--accept-valid"), "{}", ran.out);
}
