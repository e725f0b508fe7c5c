//! OpenStreetMap PBF, read by hand: the format is small, and a damaged file must neither panic nor take
//! more memory than its blocks may.
//!
//! <https://wiki.openstreetmap.org/wiki/PBF_Format>

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::{BadOsm, OsmFile, OsmWay, Tags};

/// The largest header and block that the format allows.
const LARGEST_HEADER: usize = 64 * 1024;
const LARGEST_BLOCK: usize = 32 * 1024 * 1024;

fn broken(what: &str) -> BadOsm {
    BadOsm::Broken(what.to_owned())
}

/// A protobuf message, field by field.
#[derive(Clone, Copy)]
struct Message<'a>(&'a [u8]);

/// What a field holds.
#[derive(Clone, Copy)]
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Message<'a> {
    fn varint(&mut self) -> Result<u64, BadOsm> {
        let mut number = 0_u64;
        for place in 0..10 {
            let (byte, rest) = self.0.split_first().ok_or_else(|| broken("a number is cut off"))?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(broken("a number is too long"))
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], BadOsm> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (taken, rest) = self.0.split_at_checked(length).ok_or_else(|| broken("a field is cut off"))?;
        self.0 = rest;
        Ok(taken)
    }

    /// The next field: its number and what it holds. Fields of fixed length are of no use here.
    fn field(&mut self) -> Result<Option<(u64, Value<'a>)>, BadOsm> {
        while !self.0.is_empty() {
            let key = self.varint()?;
            let value = match key & 7 {
                0 => Value::Number(self.varint()?),
                2 => {
                    let length = self.varint()?;
                    Value::Bytes(self.take(length)?)
                }
                1 => {
                    self.take(8)?;
                    continue;
                }
                5 => {
                    self.take(4)?;
                    continue;
                }
                _ => return Err(broken("a field of no known type")),
            };
            return Ok(Some((key >> 3, value)));
        }
        Ok(None)
    }

    /// The rest as packed numbers.
    fn numbers(mut self) -> Result<Vec<u64>, BadOsm> {
        let mut numbers = Vec::new();
        while !self.0.is_empty() {
            numbers.push(self.varint()?);
        }
        Ok(numbers)
    }

    /// The rest as packed signed differences, summed up.
    fn sums(self) -> Result<Vec<i64>, BadOsm> {
        let mut sum = 0_i64;
        let add = |number| {
            sum = sum.wrapping_add(signed(number));
            sum
        };
        Ok(self.numbers()?.into_iter().map(add).collect())
    }
}

const fn signed(number: u64) -> i64 {
    ((number >> 1) as i64) ^ -((number & 1) as i64)
}

/// Reads a whole file.
pub(super) fn read(mut bytes: &[u8]) -> Result<OsmFile, BadOsm> {
    let mut file = OsmFile::default();
    let mut headed = false;
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<4>().ok_or_else(|| broken("it is cut off"))?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > LARGEST_HEADER {
            return Err(broken("it does not begin like a PBF"));
        }
        let (header, rest) = rest.split_at_checked(length).ok_or_else(|| broken("it is cut off"))?;
        let (mut kind, mut size) = (&[][..], 0);
        let mut header = Message(header);
        while let Some((number, value)) = header.field()? {
            match (number, value) {
                (1, Value::Bytes(name)) => kind = name,
                (3, Value::Number(number)) => size = usize::try_from(number).unwrap_or(usize::MAX),
                _ => {}
            }
        }
        if size > LARGEST_BLOCK {
            return Err(broken("a block is too large"));
        }
        let (blob, rest) = rest.split_at_checked(size).ok_or_else(|| broken("it is cut off"))?;
        bytes = rest;
        match kind {
            b"OSMHeader" => {
                head(&unpacked(blob)?)?;
                headed = true;
            }
            b"OSMData" if headed => block(&unpacked(blob)?, &mut file)?,
            b"OSMData" => return Err(broken("data comes before the header")),
            _ => {}
        }
    }
    if headed { Ok(file) } else { Err(broken("it has no header")) }
}

/// The content of a blob.
fn unpacked(blob: &[u8]) -> Result<Vec<u8>, BadOsm> {
    let mut blob = Message(blob);
    let mut content = None;
    while let Some((number, value)) = blob.field()? {
        match (number, value) {
            (1, Value::Bytes(raw)) => content = Some(raw.to_vec()),
            (3, Value::Bytes(packed)) => {
                let mut unpacked = Vec::new();
                let mut reader = ZlibDecoder::new(packed).take(LARGEST_BLOCK as u64 + 1);
                reader.read_to_end(&mut unpacked).map_err(|error| broken(&error.to_string()))?;
                if unpacked.len() > LARGEST_BLOCK {
                    return Err(broken("a block is too large"));
                }
                content = Some(unpacked);
            }
            (4 | 6 | 7, Value::Bytes(_)) => {
                return Err(BadOsm::Needs("a compression other than zlib".into()));
            }
            _ => {}
        }
    }
    content.ok_or_else(|| broken("a block is empty"))
}

fn head(header: &[u8]) -> Result<(), BadOsm> {
    let mut header = Message(header);
    while let Some((number, value)) = header.field()? {
        if let (4, Value::Bytes(needs)) = (number, value)
            && ![&b"OsmSchema-V0.6"[..], b"DenseNodes"].contains(&needs)
        {
            return Err(BadOsm::Needs(String::from_utf8_lossy(needs).chars().take(60).collect()));
        }
    }
    Ok(())
}

/// What the numbers of a block mean.
struct Frame<'a> {
    strings: Vec<&'a str>,
    granularity: i64,
    offset: [i64; 2],
}

impl<'a> Frame<'a> {
    fn string(&self, index: u64) -> Result<&'a str, BadOsm> {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        self.strings.get(index).copied().ok_or_else(|| broken("a text is missing"))
    }

    fn at(&self, lon: i64, lat: i64) -> [f64; 2] {
        let degrees = |offset: i64, number: i64| {
            offset.wrapping_add(self.granularity.wrapping_mul(number)) as f64 * 1e-9
        };
        [degrees(self.offset[0], lon), degrees(self.offset[1], lat)]
    }

    fn tags(&self, keys: &[u64], values: &[u64]) -> Result<Vec<(&'a str, &'a str)>, BadOsm> {
        keys.iter().zip(values).map(|(key, value)| Ok((self.string(*key)?, self.string(*value)?))).collect()
    }
}

/// Reads a block of data.
pub(super) fn block(bytes: &[u8], file: &mut OsmFile) -> Result<(), BadOsm> {
    let mut frame = Frame { strings: Vec::new(), granularity: 100, offset: [0, 0] };
    let mut groups = Vec::new();
    let mut block = Message(bytes);
    while let Some((number, value)) = block.field()? {
        match (number, value) {
            (1, Value::Bytes(table)) => {
                let mut table = Message(table);
                while let Some((number, value)) = table.field()? {
                    if let (1, Value::Bytes(text)) = (number, value) {
                        let text = std::str::from_utf8(text);
                        frame.strings.push(text.map_err(|_| broken("a text is not UTF-8"))?);
                    }
                }
            }
            (2, Value::Bytes(group)) => groups.push(group),
            (17, Value::Number(number)) => frame.granularity = number as i64,
            (19, Value::Number(number)) => frame.offset[1] = number as i64,
            (20, Value::Number(number)) => frame.offset[0] = number as i64,
            _ => {}
        }
    }
    for group in groups {
        let mut group = Message(group);
        while let Some((number, value)) = group.field()? {
            match (number, value) {
                (1, Value::Bytes(one)) => node(Message(one), &frame, file)?,
                (2, Value::Bytes(many)) => dense(Message(many), &frame, file)?,
                (3, Value::Bytes(one)) => way(Message(one), &frame, file)?,
                _ => {}
            }
        }
    }
    Ok(())
}

fn node(mut message: Message<'_>, frame: &Frame<'_>, file: &mut OsmFile) -> Result<(), BadOsm> {
    let (mut id, mut lon, mut lat, mut keys, mut values) = (0, 0, 0, Vec::new(), Vec::new());
    while let Some((number, value)) = message.field()? {
        match (number, value) {
            (1, Value::Number(number)) => id = signed(number),
            (2, Value::Bytes(packed)) => keys = Message(packed).numbers()?,
            (3, Value::Bytes(packed)) => values = Message(packed).numbers()?,
            (8, Value::Number(number)) => lat = signed(number),
            (9, Value::Number(number)) => lon = signed(number),
            _ => {}
        }
    }
    file.add_node(id, frame.at(lon, lat), frame.tags(&keys, &values)?.into_iter());
    Ok(())
}

fn dense(mut message: Message<'_>, frame: &Frame<'_>, file: &mut OsmFile) -> Result<(), BadOsm> {
    let (mut ids, mut lons, mut lats, mut words) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    while let Some((number, value)) = message.field()? {
        match (number, value) {
            (1, Value::Bytes(packed)) => ids = Message(packed).sums()?,
            (8, Value::Bytes(packed)) => lats = Message(packed).sums()?,
            (9, Value::Bytes(packed)) => lons = Message(packed).sums()?,
            (10, Value::Bytes(packed)) => words = Message(packed).numbers()?,
            _ => {}
        }
    }
    if ids.len() != lons.len() || ids.len() != lats.len() {
        return Err(broken("nodes and their places do not match"));
    }
    // The tags of all nodes in one list, a zero after each node's.
    let mut words = words.into_iter();
    for ((id, lon), lat) in ids.into_iter().zip(lons).zip(lats) {
        let mut tags = Vec::new();
        while let Some(key) = words.next().filter(|key| *key != 0) {
            let value = words.next().ok_or_else(|| broken("a tag is cut off"))?;
            tags.push((frame.string(key)?, frame.string(value)?));
        }
        file.add_node(id, frame.at(lon, lat), tags.into_iter());
    }
    Ok(())
}

fn way(mut message: Message<'_>, frame: &Frame<'_>, file: &mut OsmFile) -> Result<(), BadOsm> {
    let (mut id, mut refs, mut keys, mut values) = (0, Vec::new(), Vec::new(), Vec::new());
    while let Some((number, value)) = message.field()? {
        match (number, value) {
            (1, Value::Number(number)) => id = number as i64,
            (2, Value::Bytes(packed)) => keys = Message(packed).numbers()?,
            (3, Value::Bytes(packed)) => values = Message(packed).numbers()?,
            (8, Value::Bytes(packed)) => refs = Message(packed).sums()?,
            _ => {}
        }
    }
    let mut tags = Tags::default();
    for (key, value) in frame.tags(&keys, &values)? {
        tags.push(key, value);
    }
    file.add_way(OsmWay { id, refs, tags });
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    /// A block with two nodes and a way between them.
    pub(in super::super) fn small_block() -> Vec<u8> {
        let strings = b"\x0a\x00\x0a\x07highway\x0a\x07footway";
        let dense = b"\x0a\x02\x02\x02\x42\x02\x02\x02\x4a\x02\x02\x02\x52\x02\x00\x00";
        let way = b"\x08\x05\x12\x01\x01\x1a\x01\x02\x42\x02\x02\x02";
        let part = |tag: u8, bytes: &[u8]| [&[tag, bytes.len() as u8], bytes].concat();
        let group = [part(0x12, dense), part(0x1a, way)].concat();
        [part(0x0a, strings), part(0x12, &group)].concat()
    }

    /// A file with that block, not compressed.
    pub(in super::super) fn small_file() -> Vec<u8> {
        let part = |tag: u8, bytes: &[u8]| [&[tag, bytes.len() as u8], bytes].concat();
        let piece = |kind: &[u8], content: &[u8]| {
            let blob = part(0x0a, content);
            let header = [part(0x0a, kind), vec![0x18, blob.len() as u8]].concat();
            [(header.len() as u32).to_be_bytes().to_vec(), header, blob].concat()
        };
        [piece(b"OSMHeader", b""), piece(b"OSMData", &small_block())].concat()
    }

    #[test]
    fn a_file_of_blocks_that_are_not_compressed_is_read() {
        assert_eq!(super::read(&small_file()).unwrap().ways.len(), 1);
    }

    #[test]
    fn a_block_is_read() {
        let mut file = super::OsmFile::default();
        super::block(&small_block(), &mut file).unwrap();
        assert_eq!(file.nodes.len(), 2);
        assert_eq!(file.ways.len(), 1);
        assert_eq!((file.ways[0].id, &file.ways[0].refs[..]), (5, &[1, 2][..]));
        assert_eq!(file.ways[0].tags, [("highway", "footway")].into());
    }
}
