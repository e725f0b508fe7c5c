//! `import network`: files into the pedestrian network.

use serde_json::{Value, json};

use crate::support::{Ward, on_every_engine};

/// Links and nodes as the 歩行空間ネットワーク has them: a way, stairs, a lift.
const LINKS: &str = "link_id,start_id,end_id,distance,rt_struct,route_type,direction,vtcl_slope,lev_diff,備考\r\n\
    甲1,1,2,91,1,1,1,1,1,歩道①\r\n乙1,2,3,91,1,6,1,1,2,階段\r\n丙1,2,3,10,1,4,1,1,1,昇降機\r\n";
const NODES: &str = "node_id,lat,lon,floor\r\n1,35.65,139.75,0\r\n2,35.65,139.751,0\r\n3,35.65,139.752,0\r\n";

/// The same street as OpenStreetMap has it, and one more.
const OSM: &str = r#"<?xml version="1.0"?><osm version="0.6">
    <node id="1" lat="35.66" lon="139.75"/><node id="2" lat="35.66" lon="139.751"/>
    <node id="3" lat="35.661" lon="139.751"/>
    <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way></osm>"#;

fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

const SAID: [&str; 4] = ["--source", "【見本】", "--licence", "CC0 1.0"];

fn import(ward: &Ward, files: &[&str], more: &[&str]) -> Value {
    let ran = ward.run(&[&["import", "network"], files, &SAID, more, &["--json"]].concat()).ok();
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

#[test]
fn cp932_tables_are_rehearsed_stored_and_again_change_nothing() {
    for ward in on_every_engine() {
        ward.file("links.csv", cp932(LINKS));
        ward.file("nodes.csv", cp932(NODES));
        let files = ["links.csv", "nodes.csv"];
        let first = import(&ward, &files, &["--dataset", "walk", "--dry-run"]);
        assert_eq!(first["outcome"], "dry_run", "{first:#}");
        let stored = import(&ward, &files, &["--dataset", "walk"]);
        assert_eq!(stored["outcome"], "stored", "{stored:#}");
        assert_eq!((&stored["links"], &stored["nodes"]), (&json!(3), &json!(3)), "{stored:#}");
        assert_eq!(import(&ward, &files, &["--dataset", "walk"])["outcome"], "unchanged");
        let said =
            ward.run(&[&["import", "network"], &files[..], &SAID, &["--dataset", "walk"]].concat()).ok().out;
        assert!(said.starts_with("network walk: nothing to change\n"), "{said}");
        assert!(said.contains("3 nodes, 3 links, ") && said.contains("1 of them with a step"), "{said}");
    }
}

#[test]
fn a_second_source_stands_beside_the_first_and_serve_has_both() {
    for ward in on_every_engine() {
        ward.file("links.csv", cp932(LINKS));
        ward.file("nodes.csv", cp932(NODES));
        ward.file("town.osm", OSM);
        import(&ward, &["links.csv", "nodes.csv"], &["--dataset", "walk"]);
        let osm = import(&ward, &["town.osm"], &["--dataset", "osm", "--area", "139.74,35.655,139.76,35.67"]);
        assert_eq!(osm["outcome"], "stored", "{osm:#}");
        // A file that is none is refused and changes nothing.
        ward.file("broken.osm", "<osm><node id=");
        let refused =
            ward.run(&[&["import", "network", "broken.osm"], &SAID[..], &["--dataset", "osm"]].concat());
        assert!(!refused.refused().is_empty());
        let unchanged =
            import(&ward, &["town.osm"], &["--dataset", "osm", "--area", "139.74,35.655,139.76,35.67"]);
        assert_eq!(unchanged["outcome"], "unchanged");
        let server = ward.serve();
        assert_eq!(server.get("/healthz").status, 200, "{}", server.log());
    }
}
