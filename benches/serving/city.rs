//! A city that does not exist: streets of a few blocks each, no two blocks alike, rivers with few bridges, stairs and
//! narrow ways here and there. Hard for a router: hardly a street matters more than its neighbours.

use machiaruki::import::osm::{OsmFile, OsmNode, OsmWay, Tags};

use crate::random::Random;

/// Between two corners, in degrees: about 50 m.
const BLOCK: [f64; 2] = [0.000_55, 0.000_45];
/// Every so many rows a river.
const RIVER: usize = 97;

/// A city of about so many ways.
pub fn build(ways: usize) -> OsmFile {
    let mut random = Random::new(97);
    // Streets in both directions, of 2 blocks each, as real ones have; some blocks are missing.
    let side = (ways as f64 * 1.08).sqrt().ceil() as usize + 1;
    let mut file = OsmFile::default();
    for row in 0..side {
        for column in 0..side {
            let at = [
                139.5 + (column as f64 + 0.2 * random.around_zero()) * BLOCK[0],
                35.5 + (row as f64 + 0.2 * random.around_zero()) * BLOCK[1],
            ];
            file.nodes.insert(id(side, row, column), OsmNode { at, tags: Tags::default() });
        }
    }
    for line in 0..side {
        for along in [true, false] {
            let mut refs: Vec<i64> = Vec::new();
            for place in 0..side {
                let here = if along { id(side, line, place) } else { id(side, place, line) };
                refs.push(here);
                // Across a river there is a bridge every thirty streets.
                let open = if along || place % RIVER != RIVER / 2 {
                    random.percent(85)
                } else {
                    random.below(30) == 0
                };
                let last = place + 1 == side;
                if !open || last || refs.len() == 3 {
                    let next = if open && !last { vec![here] } else { Vec::new() };
                    let street = std::mem::replace(&mut refs, next);
                    if street.len() > 1 {
                        let tags = tags(&mut random);
                        file.ways.push(OsmWay { id: file.ways.len() as i64 + 1, refs: street, tags });
                    }
                }
            }
        }
    }
    // What was asked for, and no street more.
    file.ways.truncate(ways);
    file
}

fn id(side: usize, row: usize, column: usize) -> i64 {
    (row * side + column) as i64 + 1
}

fn tags(random: &mut Random) -> Tags {
    match random.below(50) {
        0 => [("highway", "steps")].into(),
        1 => [("highway", "footway"), ("width", "0.9")].into(),
        2..12 => [("highway", "footway")].into(),
        _ => [("highway", "residential")].into(),
    }
}

/// The city as a PBF file.
pub fn pbf(file: &OsmFile) -> anyhow::Result<Vec<u8>> {
    let texts = ["", "highway", "width", "steps", "footway", "residential", "0.9"];
    let place = |text: &str| texts.iter().position(|known| *known == text).unwrap_or_default() as u64;
    let mut table = Vec::new();
    for text in texts {
        bytes(&mut table, 1, text.as_bytes());
    }
    let mut ids: Vec<i64> = file.nodes.keys().copied().collect();
    ids.sort_unstable();
    let degrees = |axis: usize| {
        let at = |id: &i64| (file.nodes[id].at[axis] * 1e7).round() as i64;
        ids.iter().map(at).collect::<Vec<i64>>()
    };
    let mut out = block(b"OSMHeader", &[])?;
    let (lons, lats) = (degrees(0), degrees(1));
    for first in (0..ids.len()).step_by(8_000) {
        let last = (first + 8_000).min(ids.len());
        let mut dense = Vec::new();
        bytes(&mut dense, 1, &differences(&ids[first..last]));
        bytes(&mut dense, 8, &differences(&lats[first..last]));
        bytes(&mut dense, 9, &differences(&lons[first..last]));
        let mut group = Vec::new();
        bytes(&mut group, 2, &dense);
        out.extend(block(b"OSMData", &data(&table, &group))?);
    }
    for ways in file.ways.chunks(8_000) {
        let mut group = Vec::new();
        for way in ways {
            let (mut one, mut keys, mut values) = (Vec::new(), Vec::new(), Vec::new());
            for key in ["highway", "width"] {
                if let Some(value) = way.tags.get(key) {
                    varint(&mut keys, place(key));
                    varint(&mut values, place(value));
                }
            }
            varint(&mut one, 1 << 3);
            varint(&mut one, way.id as u64);
            bytes(&mut one, 2, &keys);
            bytes(&mut one, 3, &values);
            bytes(&mut one, 8, &differences(&way.refs));
            bytes(&mut group, 3, &one);
        }
        out.extend(block(b"OSMData", &data(&table, &group))?);
    }
    Ok(out)
}

fn data(table: &[u8], group: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    bytes(&mut data, 1, table);
    bytes(&mut data, 2, group);
    data
}

fn block(kind: &[u8], content: &[u8]) -> anyhow::Result<Vec<u8>> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(content)?;
    let (mut blob, mut header) = (Vec::new(), Vec::new());
    bytes(&mut blob, 3, &packer.finish()?);
    bytes(&mut header, 1, kind);
    varint(&mut header, 3 << 3);
    varint(&mut header, blob.len() as u64);
    Ok([(header.len() as u32).to_be_bytes().to_vec(), header, blob].concat())
}

fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn bytes(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn differences(numbers: &[i64]) -> Vec<u8> {
    let (mut out, mut last) = (Vec::new(), 0);
    for number in numbers {
        let step = number - last;
        varint(&mut out, ((step << 1) ^ (step >> 63)) as u64);
        last = *number;
    }
    out
}
