//! OpenStreetMap files: `.osm.pbf` and `.osm`, as far as walking is concerned.
//!
//! Kept are ways with a `highway` tag and the nodes of the file. What the tags mean is not decided here.

mod pbf;
mod xml;

use std::collections::HashMap;

/// The tags of a node or a way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(Vec<(Box<str>, Box<str>)>);

impl Tags {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| &**known == key).map(|(_, value)| &**value)
    }

    /// Adds a tag.
    pub fn push(&mut self, key: &str, value: &str) {
        self.0.push((key.into(), value.into()));
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Tags {
    fn from(tags: [(&str, &str); N]) -> Self {
        Self(tags.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect())
    }
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct OsmNode {
    /// Longitude and latitude as they stand in the file.
    pub at: [f64; 2],
    /// Its tags that matter to somebody on foot.
    pub tags: Tags,
}

/// A way with a `highway` tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OsmWay {
    /// Its id.
    pub id: i64,
    /// Its nodes, in order.
    pub refs: Vec<i64>,
    /// Its tags.
    pub tags: Tags,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OsmFile {
    /// The nodes by id.
    pub nodes: HashMap<i64, OsmNode>,
    /// The ways, in the order of the file.
    pub ways: Vec<OsmWay>,
}

/// Why a file was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadOsm {
    /// Damaged.
    #[error("the OpenStreetMap file is damaged: {0}")]
    Broken(String),
    /// XML that brings definitions of its own.
    #[error("the OpenStreetMap XML has a DOCTYPE or entities of its own, which are not read")]
    Doctype,
    /// A feature of the format that is not read.
    #[error("the OpenStreetMap file needs {0:?}, which is not read")]
    Needs(String),
}

/// The keys of nodes that say whether one can pass.
const NODE_KEYS: [&str; 8] =
    ["highway", "barrier", "kerb", "access", "foot", "wheelchair", "level", "locked"];

impl OsmFile {
    fn add_node<'a>(&mut self, id: i64, at: [f64; 2], tags: impl Iterator<Item = (&'a str, &'a str)>) {
        let mut kept = Tags::default();
        for (key, value) in tags.filter(|(key, _)| NODE_KEYS.contains(key)) {
            kept.push(key, value);
        }
        self.nodes.insert(id, OsmNode { at, tags: kept });
    }

    fn add_way(&mut self, way: OsmWay) {
        if way.tags.get("highway").is_some() {
            self.ways.push(way);
        }
    }
}

/// Whether bytes look like `.osm` or `.osm.pbf`.
#[must_use]
pub fn is_osm(bytes: &[u8]) -> bool {
    is_pbf(bytes) || is_xml(bytes)
}

fn is_pbf(bytes: &[u8]) -> bool {
    // The first block's header names its type within the first few bytes.
    bytes.len() > 15 && bytes[0] == 0 && bytes[..15].windows(3).any(|part| part == b"OSM")
}

fn is_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    bytes.starts_with(b"<?xml") || bytes.starts_with(b"<osm") || bytes.starts_with(b"<!DOCTYPE")
}

/// Reads `.osm.pbf` or `.osm`, told apart by content.
///
/// # Errors
/// When it is damaged, or is neither.
pub fn open(bytes: &[u8]) -> Result<OsmFile, BadOsm> {
    if is_xml(bytes) { xml::read(bytes) } else { pbf::read(bytes) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn real(name: &str) -> Option<Vec<u8>> {
        std::fs::read(format!("{}/../shared/data/osm/{name}", env!("CARGO_MANIFEST_DIR"))).ok()
    }

    const SMALL: &str = r#"<?xml version="1.0"?><osm version="0.6">
        <node id="1" lat="35.6" lon="139.7"><tag k="kerb" v="a&amp;b"/><tag k="name" v="x"/></node>
        <node id="2" lat="35.7" lon="139.7"/>
        <way id="9"><nd ref="1"/><nd ref="2"/><tag k="highway" v="footway"/></way>
        <way id="8"><nd ref="1"/><nd ref="2"/><tag k="building" v="yes"/></way></osm>"#;

    #[test]
    fn both_formats_of_the_same_extract_say_the_same() {
        let (Some(xml), Some(pbf)) = (real("shibuya.osm"), real("shibuya.osm.pbf")) else { return };
        let (xml, pbf) = (open(&xml).unwrap(), open(&pbf).unwrap());
        assert_eq!(xml.ways.len(), 1_651);
        assert_eq!(xml.ways.iter().filter(|way| way.tags.get("highway") == Some("steps")).count(), 164);
        assert_eq!(xml.ways.len(), pbf.ways.len());
        for (one, other) in xml.ways.iter().zip(&pbf.ways) {
            assert_eq!((one.id, &one.refs), (other.id, &other.refs));
            assert_eq!(one.tags.get("highway"), other.tags.get("highway"));
            for id in &one.refs {
                let (a, b) = (&xml.nodes[id], &pbf.nodes[id]);
                assert!((a.at[0] - b.at[0]).abs() < 1e-7 && (a.at[1] - b.at[1]).abs() < 1e-7);
            }
        }
    }

    #[test]
    fn xml_is_read_and_what_could_harm_is_refused() {
        let file = open(SMALL.as_bytes()).unwrap();
        assert_eq!(file.ways, [OsmWay { id: 9, refs: vec![1, 2], tags: [("highway", "footway")].into() }]);
        assert_eq!(file.nodes[&1].tags, [("kerb", "a&b")].into());
        let bomb = SMALL.replace("<osm", "<!DOCTYPE osm [<!ENTITY a \"aaaa\">]><osm");
        assert_eq!(open(bomb.as_bytes()), Err(BadOsm::Doctype));
        let entity = SMALL.replace("a&amp;b", "&lol;");
        assert_eq!(open(entity.as_bytes()), Err(BadOsm::Doctype));
        let cut = &SMALL[..SMALL.len() - 40];
        assert!(matches!(open(cut.as_bytes()), Err(BadOsm::Broken(_))));
        assert!(matches!(open(b"<?xml version=\"1.0\"?><gpx></gpx>"), Err(BadOsm::Broken(_))));
    }

    #[test]
    fn a_damaged_pbf_is_refused() {
        let Some(pbf) = real("shibuya.osm.pbf") else { return };
        assert!(is_osm(&pbf));
        // Cut off anywhere: between two blocks what is there is a whole file.
        let mut whole = 0;
        for length in (0..pbf.len()).step_by(97).chain([pbf.len() - 1]) {
            match open(&pbf[..length]) {
                Ok(_) => whole += 1,
                Err(error) => assert!(matches!(error, BadOsm::Broken(_)), "{length}: {error}"),
            }
        }
        assert!(whole < 3, "{whole}");
        // A bit turned anywhere: the checksum of zlib finds it, unless it is in what nobody reads.
        let mut refused = 0;
        for place in (0..pbf.len()).step_by(pbf.len() / 200) {
            let mut turned = pbf.clone();
            turned[place] ^= 1 << (place % 8);
            refused += u32::from(open(&turned).is_err());
        }
        assert!(refused > 190, "{refused}");
    }

    #[test]
    fn a_pbf_takes_no_more_memory_than_its_blocks_may() {
        use std::io::Write as _;
        let varint = |mut number: usize| {
            let mut out = Vec::new();
            while number >= 0x80 {
                out.push(number as u8 | 0x80);
                number >>= 7;
            }
            out.push(number as u8);
            out
        };
        let file = |blob: &[u8], size: &[u8]| {
            let header = [b"\x0a\x09OSMHeader\x18", size].concat();
            [&(header.len() as u32).to_be_bytes(), &header[..], blob].concat()
        };
        // A block that claims four gigabytes.
        let claimed = file(b"", &varint(4 << 30));
        assert_eq!(open(&claimed), Err(BadOsm::Broken("a block is too large".into())));
        // Forty megabytes of zeros in forty kilobytes.
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![0; 40 << 20]).unwrap();
        let packed = packer.finish().unwrap();
        assert!(packed.len() < 100_000);
        let bomb = [&b"\x1a"[..], &varint(packed.len()), &packed].concat();
        let bomb = file(&bomb, &varint(bomb.len()));
        assert_eq!(open(&bomb), Err(BadOsm::Broken("a block is too large".into())));
        // A header that claims to be long.
        assert!(matches!(open(&[0, 0xff, 0xff, 0xff]), Err(BadOsm::Broken(_))));
    }

    #[test]
    fn places_out_of_the_world_are_no_mistake_of_the_file() {
        let far = SMALL.replace("lon=\"139.7\"", "lon=\"1397\"");
        assert_eq!(open(far.as_bytes()).unwrap().nodes[&2].at, [1397.0, 35.7]);
        let none = SMALL.replace("lon=\"139.7\"", "lon=\"NaN\"");
        assert!(open(none.as_bytes()).unwrap().nodes[&2].at[0].is_nan());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// A file is read or refused; it never panics.
        #[test]
        fn no_file_makes_it_panic(
            noise in proptest::collection::vec(any::<u8>(), 0..200), cut in 0_usize..700, text in "[<>/a-z=\"& ]{0,60}",
        ) {
            let _ = open(&noise);
            let _ = pbf::block(&noise, &mut OsmFile::default());
            let mut xml = SMALL.as_bytes()[..cut.min(SMALL.len())].to_vec();
            xml.extend_from_slice(text.as_bytes());
            let _ = open(&xml);
        }

        /// Nor does a real one with a few other bytes.
        #[test]
        fn no_damage_makes_it_panic(damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
            let block = pbf::tests::small_block();
            let mut damaged = block.clone();
            for (place, byte) in damage {
                let place = place.index(damaged.len());
                damaged[place] = byte;
            }
            let _ = pbf::block(&damaged, &mut OsmFile::default());
        }

        /// Nor does a whole file of either format with a few other bytes.
        #[test]
        fn no_change_to_a_real_file_makes_it_panic(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..6),
        ) {
            let mutated = |bytes: &[u8]| {
                let mut bytes = bytes.to_vec();
                for (place, byte, how) in &changes {
                    let place = place.index(bytes.len());
                    match how {
                        0 => bytes[place] = *byte,
                        1 => bytes.insert(place, *byte),
                        _ => _ = bytes.remove(place),
                    }
                }
                bytes
            };
            let _ = open(&mutated(SMALL.as_bytes()));
            let _ = pbf::block(&mutated(&pbf::tests::small_block()), &mut OsmFile::default());
            let _ = open(&mutated(&pbf::tests::small_file()));
        }
    }
}
