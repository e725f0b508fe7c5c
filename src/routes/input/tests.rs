use std::path::Path;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn imported(bytes: &[u8]) -> Result<ImportedTrack, BadTrack> {
    let mut count = 0;
    let mut new_id = || {
        count += 1;
        StopId(Uuid::from_u128(count))
    };
    import(bytes, &mut |a, b| Some(Found { line: vec![a, b] }), &mut new_id)
}

fn shared(file: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/gpx").join(file);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: the folder of real data is not here ({file})");
    }
    bytes
}

fn names(track: &ImportedTrack) -> Vec<&str> {
    track.waypoints.iter().filter_map(Waypoint::stop).map(|stop| stop.name.ja.as_str()).collect()
}

const GPX: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>芝の&amp;坂</name></metadata>
<wpt lat="35.65" lon="139.75"><name><![CDATA[門 & 坂]]></name><desc>&lt;b&gt;古い&lt;/b&gt;門&#x3002;</desc></wpt>
<wpt lat="35.653" lon="139.752"><name>寺</name></wpt>
<trk><trkseg><trkpt lat="35.65" lon="139.75"/><trkpt lat="35.651" lon="139.751"/></trkseg>
<trkseg/><trkseg><trkpt lat="35.653" lon="139.752"/><trkpt lat="35.653" lon="139.7521"/></trkseg></trk></gpx>"#;

#[test]
fn a_gpx_is_its_stops_and_its_line() {
    let track = imported(GPX.as_bytes()).unwrap();
    assert_eq!((track.format, track.title.as_deref()), (TrackFormat::Gpx, Some("芝の&坂")));
    assert_eq!(names(&track), ["門 & 坂", "寺"]);
    assert_eq!(track.waypoints[0].stop().unwrap().story.ja, "古い門。");
    assert_eq!(track.track.first(), Some(&Position([139.75, 35.65])));
    assert_eq!(track.track.last(), Some(&Position([139.7521, 35.653])));
    assert!(track.notes.contains(&TrackNote::LinesJoined));
}

#[test]
fn a_route_without_a_track_is_a_line_and_stops() {
    let text = r#"<gpx><rte><name>道</name><rtept lat="35.65" lon="139.75"><name>甲</name></rtept>
        <rtept lat="35.66" lon="139.75"><name>乙</name></rtept></rte></gpx>"#;
    let track = imported(text.as_bytes()).unwrap();
    assert_eq!(names(&track), ["甲", "乙"]);
    assert_eq!((track.track.len(), track.title.as_deref()), (2, Some("道")));
}

#[test]
fn a_kml_is_its_points_and_its_line() {
    let text = r#"<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
        <name>港の道</name>
        <Placemark><name>線</name><LineString><coordinates>139.75,35.65,3 139.751,35.652
            139.752,35.653,0</coordinates></LineString></Placemark>
        <Placemark><Point><coordinates>139.75,35.65</coordinates></Point><name>先に形</name></Placemark>
        <Placemark><name>塔</name><description><![CDATA[<p>高い</p>塔]]></description><Point><coordinates>139.752,35.653,0</coordinates></Point></Placemark>
        <Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>1,1 2,2 3,1 1,1</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
        <Placemark><gx:Track><when>2026</when><gx:coord>139.752 35.653 1</gx:coord><gx:coord>139.753 35.653 1</gx:coord></gx:Track></Placemark>
        </Document></kml>"#;
    let track = imported(text.as_bytes()).unwrap();
    assert_eq!((track.format, track.title.as_deref()), (TrackFormat::Kml, Some("港の道")));
    assert_eq!(names(&track), ["先に形", "塔"]);
    assert_eq!(track.waypoints[1].stop().unwrap().story.ja, "高い\n塔");
    assert_eq!(track.track.last(), Some(&Position([139.753, 35.653])));
    assert_eq!(track.notes, [TrackNote::LinesJoined, TrackNote::AreasLeftOut]);
}

#[test]
fn a_geojson_is_its_points_and_its_line() {
    let text = r#"{"type":"FeatureCollection","title":"道","features":[
        {"type":"Feature","properties":{"name":"線"},"geometry":{"type":"LineString","coordinates":[[139.75,35.65],[139.752,35.653]]}},
        {"type":"Feature","properties":{"name":"門"},"geometry":{"type":"Point","coordinates":[139.75,35.65,4.2]}},
        {"type":"Feature","properties":null,"geometry":null}]}"#;
    let track = imported(text.as_bytes()).unwrap();
    assert_eq!((track.format, track.title.as_deref()), (TrackFormat::GeoJson, Some("道")));
    assert_eq!(names(&track), ["門"]);
    assert_eq!(track.track.len(), 2);
}

#[test]
fn encodings_are_what_the_file_says() {
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(GPX.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let mut with_bom = b"\xef\xbb\xbf".to_vec();
    with_bom.extend(GPX.as_bytes());
    let japanese = GPX.replace("UTF-8", "Shift_JIS");
    let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode(&japanese);
    for bytes in [&utf16[..], &with_bom, &shift_jis] {
        assert_eq!(names(&imported(bytes).unwrap()), ["門 & 坂", "寺"]);
    }
    assert_eq!(imported(b"<gpx>\xff\xfe\x80</gpx>"), Err(BadTrack::Encoding("UTF-8".into())));
}

#[test]
fn recorded_walks_are_read() {
    let Some(bytes) = shared("lake-walk.gpx") else { return };
    let walk = imported(&bytes).unwrap();
    assert!(walk.track.len() > 50 && walk.track.len() <= MOST_TRACK, "{}", walk.track.len());
    assert!(walk.waypoints.len() <= super::super::model::MOST_WAYPOINTS);
    let mut recorded = read(&bytes).unwrap().1;
    let count: usize = recorded.lines.iter().map(Vec::len).sum();
    assert!((900..1_100).contains(&count), "{count}");
    recorded.points.retain(|point| point.name == "BIRDS NEST");
    assert_eq!(recorded.points[0].location, Position([14.377_516_648, 45.735_199_945]));

    let empty = imported(&shared("track-with-empty-segment.gpx").unwrap()).unwrap();
    assert_eq!((empty.waypoints.len(), empty.notes.contains(&TrackNote::LinesJoined)), (2, false));
    assert_eq!(empty.track[0], Position([6.081_969_5, 50.777_212_6]));
    assert_eq!(empty.title.as_deref(), Some("2013-07-06T14:59:00Z"));

    let bom = imported(&shared("unicode_with_bom.gpx").unwrap()).unwrap();
    assert_eq!((names(&bom), bom.track.len()), (vec!["test"], 0));
    assert_eq!(bom.waypoints[0].stop().unwrap().story.ja, "test desc");

    // Three times the same position: a track all the same.
    let still = imported(&shared("wikipedia_example.gpx").unwrap()).unwrap();
    assert_eq!(still.title.as_deref(), Some("Example GPX Document"));
    assert_eq!(still.track.len(), 2);
}

#[test]
fn what_is_no_track_says_what_to_do() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><gpx><wpt lat="1" lon="1"><name>&b;</name></wpt></gpx>"#;
    let point = |lat: &str, lon: &str| format!(r#"<gpx><wpt lat="{lat}" lon="{lon}"/></gpx>"#);
    let deep = format!("<gpx>{}", "<a>".repeat(1_000));
    let deep_json = format!(r#"{{"type":"Point","coordinates":{}"#, "[".repeat(100_000));
    let collections = format!(
        "{}{}{}",
        r#"{"type":"GeometryCollection","geometries":["#.repeat(25),
        r#"{"type":"Point","coordinates":[1,2]}"#,
        "]}".repeat(25)
    );
    let cases: Vec<(&str, BadTrack)> = vec![
        ("", BadTrack::Empty),
        ("  \n", BadTrack::Empty),
        ("PK\u{3}\u{4}whatever", BadTrack::Zipped),
        ("緯度,経度\n35,139", BadTrack::UnknownFormat),
        ("<html><body/></html>", BadTrack::UnknownFormat),
        ("<!-- a -->", BadTrack::UnknownFormat),
        (bomb, BadTrack::Doctype),
        ("<gpx><metadata><name>&nbsp;</name></metadata></gpx>", BadTrack::Doctype),
        ("<gpx>", BadTrack::CutOff(TrackFormat::Gpx)),
        ("<gpx><trk><na", BadTrack::CutOff(TrackFormat::Gpx)),
        (r#"{"type":"Poi"#, BadTrack::CutOff(TrackFormat::GeoJson)),
        ("<gpx></gpx>", BadTrack::Nothing),
        ("<gpx><trk><trkseg/></trk></gpx>", BadTrack::Nothing),
        (r#"{"type":"FeatureCollection","features":[]}"#, BadTrack::Nothing),
        (r#"{"type":"Point","coordinates":[35.65,139.75]}"#, BadTrack::Swapped { number: 1 }),
        (
            r#"{"type":"LineString","coordinates":[[1,2],[-6000.5,-36000.1]]}"#,
            BadTrack::OutOfWorld { number: 2 },
        ),
        (r#"{"type":"Point","coordinates":[]}"#, BadTrack::NoNumber { number: 1 }),
    ];
    for (text, wanted) in cases {
        let found = imported(text.as_bytes()).unwrap_err();
        let is_broken_json = matches!(&found, BadTrack::Broken(TrackFormat::GeoJson, _));
        // A position without coordinates is refused by its grammar.
        assert!(found == wanted || (text.ends_with("[]}") && is_broken_json), "{text}: {found:?}");
        let message = found.message();
        assert!(message.ja.ends_with('。') && message.en.ends_with('.'), "{message:?}");
    }
    for (lat, lon, wanted) in [
        ("NaN", "139", BadTrack::NoNumber { number: 1 }),
        ("35", "inf", BadTrack::NoNumber { number: 1 }),
        ("", "139", BadTrack::NoNumber { number: 1 }),
        ("139.75", "35.65", BadTrack::Swapped { number: 1 }),
        ("-36000", "-6000", BadTrack::OutOfWorld { number: 1 }),
    ] {
        assert_eq!(imported(point(lat, lon).as_bytes()), Err(wanted), "{lat} {lon}");
    }
    for text in [deep, deep_json, collections, "<gpx></wpt></gpx>".into(), "<gpx></gpx><gpx></gpx>".into()] {
        assert!(
            matches!(imported(text.as_bytes()), Err(BadTrack::Broken(..) | BadTrack::CutOff(_))),
            "{text:.40}"
        );
    }
}

#[test]
fn many_points_are_simplified_and_more_than_a_million_are_refused() {
    let line = |count: usize| {
        let mut text = String::from("<kml><Placemark><LineString><coordinates>");
        for index in 0..count {
            use std::fmt::Write as _;
            let _ = write!(text, "139.{:06},35.{:06} ", index * 7 % 999_983, index % 999_983);
        }
        text + "</coordinates></LineString></Placemark></kml>"
    };
    let track = imported(line(60_000).as_bytes()).unwrap();
    assert!(track.track.len() <= MOST_TRACK);
    assert!(track.notes.contains(&TrackNote::Simplified));
    assert_eq!(imported(line(MOST_POSITIONS + 1).as_bytes()), Err(BadTrack::TooManyPositions));
}

#[test]
fn a_file_cut_anywhere_is_refused_or_read() {
    let kml = r#"<?xml version="1.0"?><kml><Placemark><name>あ</name><Point><coordinates>139.7,35.6</coordinates></Point></Placemark></kml>"#;
    let json = r#"{"type":"Feature","properties":{"name":"あ"},"geometry":{"type":"Point","coordinates":[139.7,35.6]}}"#;
    for text in [GPX, kml, json] {
        assert!(imported(text.as_bytes()).is_ok());
        for length in 0..text.len() {
            assert!(imported(&text.as_bytes()[..length]).is_err(), "{length}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn mutated_files_never_panic(
        which in 0..3_usize,
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
        insert in "(<|>|&|\\]|\\}|\"|-|9e999|<trkpt lat='1' lon='2'/>|<wpt/>|&#0;|\u{feff})",
    ) {
        let json = r#"{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}]}"#;
        let kml = "<kml><Document><name>a</name><Placemark><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark></Document></kml>";
        let mut bytes = [GPX, json, kml][which].as_bytes().to_vec();
        let index = at.index(bytes.len());
        bytes[index] = byte;
        let index = cut.index(bytes.len());
        bytes.splice(index..index, insert.bytes());
        if let Ok(track) = imported(&bytes) {
            prop_assert!(track.track.iter().all(|at| at.is_in_world()));
            // What is imported is a design at once.
            let mut document = super::super::model::DesignDocument::empty();
            document.waypoints = track.waypoints;
            prop_assert!(super::super::model::Design::new(document).is_ok());
        }
    }
}
