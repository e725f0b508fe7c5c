//! `export`.

use crate::support::{Ward, csv, run};

#[test]
fn a_layer_is_written_in_every_format() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["芝小学校", "赤羽小学校"]));
    ward.stored("schools", "s.csv", &[]);
    for (format, start) in [
        ("geojson", &b"{\"type\":\"FeatureCollection\""[..]),
        ("gpkg", b"SQLite format 3\0"),
        ("csv", "\u{feff}地物ID,".as_bytes()),
        ("kml", b"<?xml version=\"1.0\""),
    ] {
        let said = ward.run(&["export", "schools", "--format", format]).ok().out;
        assert!(said.contains(&format!("schools.{format}: 2 features")), "{said}");
        let file = std::fs::read(ward.folder().join(format!("schools.{format}"))).unwrap();
        assert!(file.starts_with(start), "{format}");
        assert!(memchr::memmem::find(&file, "芝小学校".as_bytes()).is_some(), "{format}");
    }
}

#[test]
fn it_is_the_same_file_as_the_servers() {
    let ward = Ward::new();
    ward.file("s.csv", csv(&["芝小学校", "赤羽小学校"]));
    ward.stored("schools", "s.csv", &[]);
    let server = ward.serve();
    for format in ["geojson", "csv", "kml"] {
        ward.run(&["export", "schools", "--format", format, "--output", "out"]).ok();
        let file = std::fs::read(ward.folder().join("out")).unwrap();
        assert_eq!(file, server.get(&format!("/api/layers/schools/export/{format}")).body, "{format}");
    }
}

#[test]
fn an_unknown_format_is_refused_with_the_known_ones() {
    let ward = Ward::new();
    let ran = ward.run(&["export", "schools", "--format", "shp"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("geojson, gpkg, csv or kml"), "{}", ran.err);
}

#[test]
fn a_file_that_cannot_be_written_is_said_in_words() {
    let ward = Ward::new();
    ward.run(&["migrate"]);
    let error = ward.run(&["export", "schools", "--output", "no/such/folder/s.csv"]).refused();
    assert!(error.contains("cannot write no/such/folder/s.csv"), "{error}");
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let ward = Ward::new();
    let ran = run(ward.folder(), &["export", "schools", "--database-url", "sqlite:mistyped.sqlite"]);
    assert!(!ward.folder().join("mistyped.sqlite").exists(), "{ran:?}");
    assert!(ran.code != 0 && ran.err.contains("mistyped.sqlite"), "{ran:?}");
}
