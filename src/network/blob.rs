//! A source's network as bytes: what the database keeps.

use super::model::{Attributes, Kind, Link, Network, Node, Slope, Spot};

/// The first byte: which way of writing it is.
const FORM: u8 = 1;

/// The bytes are no network of a form that this release reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored network cannot be read; import it again")]
pub struct BadBlob;

/// Writes a network.
///
/// # Errors
/// When it cannot be compressed.
pub fn write(network: &Network) -> std::io::Result<Vec<u8>> {
    let mut out = Writer(Vec::new());
    out.number(network.nodes.len() as u64);
    let mut last = [0; 2];
    for node in &network.nodes {
        out.spot(node.at, &mut last);
        out.signed(i64::from(node.level));
        out.number(u64::from(node.closed) | u64::from(node.step) << 1 | u64::from(node.lift) << 2);
    }
    out.number(network.links.len() as u64);
    for link in &network.links {
        let what = link.attributes;
        out.number(u64::from(link.from));
        out.number(u64::from(link.to));
        let mut last = network.nodes[link.from as usize].at;
        out.number(link.shape.len() as u64);
        for point in &link.shape {
            out.spot(*point, &mut last);
        }
        let flags = [what.step, what.no_wheels, what.signals, what.forward, what.backward];
        let flags = flags.iter().rev().fold(0, |flags, flag| flags << 1 | u64::from(*flag));
        out.number(what.kind as u64 | (what.slope as u64) << 4 | flags << 6);
        out.number(u64::from(what.width_cm));
        out.signed(i64::from(what.level));
        out.number(u64::from(link.said_mm));
        out.number(link.origin.len() as u64);
        out.0.extend_from_slice(link.origin.as_bytes());
    }
    let mut bytes = vec![FORM];
    bytes.extend(zstd::bulk::compress(&out.0, 6)?);
    Ok(bytes)
}

/// Reads what [`write`] wrote.
///
/// # Errors
/// When it is not that.
pub fn read(bytes: &[u8]) -> Result<Network, BadBlob> {
    let Some((&FORM, packed)) = bytes.split_first() else { return Err(BadBlob) };
    let unpacked = zstd::decode_all(packed).map_err(|_| BadBlob)?;
    let mut input = Reader(&unpacked);
    let mut network = Network::default();
    let mut last = [0; 2];
    for _ in 0..input.number()? {
        let at = input.spot(&mut last)?;
        let level = input.small()?;
        let flags = input.number()?;
        let flag = |place: u32| flags >> place & 1 == 1;
        network.nodes.push(Node { at, level, closed: flag(0), step: flag(1), lift: flag(2) });
    }
    for _ in 0..input.number()? {
        let (from, to) = (input.index()?, input.index()?);
        let start = network.nodes.get(from as usize).ok_or(BadBlob)?;
        network.nodes.get(to as usize).ok_or(BadBlob)?;
        let mut last = start.at;
        let mut shape = Vec::new();
        for _ in 0..input.number()? {
            shape.push(input.spot(&mut last)?);
        }
        let bits = input.number()?;
        let flag = |place: u32| bits >> (6 + place) & 1 == 1;
        let attributes = Attributes {
            kind: *Kind::ALL.get((bits & 15) as usize).ok_or(BadBlob)?,
            slope: match bits >> 4 & 3 {
                0 => Slope::Unknown,
                1 => Slope::Gentle,
                _ => Slope::Steep,
            },
            step: flag(0),
            no_wheels: flag(1),
            signals: flag(2),
            forward: flag(3),
            backward: flag(4),
            width_cm: u16::try_from(input.number()?).map_err(|_| BadBlob)?,
            level: input.small()?,
        };
        let said_mm = input.index()?;
        let length = input.index()? as usize;
        let (origin, rest) = input.0.split_at_checked(length).ok_or(BadBlob)?;
        input.0 = rest;
        let origin = String::from_utf8(origin.to_vec()).map_err(|_| BadBlob)?;
        network.links.push(Link { from, to, shape, attributes, said_mm, origin });
    }
    Ok(network)
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn signed(&mut self, number: i64) {
        self.number(((number << 1) ^ (number >> 63)) as u64);
    }

    fn spot(&mut self, spot: Spot, last: &mut Spot) {
        for axis in 0..2 {
            self.signed(i64::from(spot[axis]) - i64::from(last[axis]));
        }
        *last = spot;
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> Result<u64, BadBlob> {
        let mut number = 0_u64;
        for place in 0..10 {
            let (byte, rest) = self.0.split_first().ok_or(BadBlob)?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(BadBlob)
    }

    fn signed(&mut self) -> Result<i64, BadBlob> {
        let number = self.number()?;
        Ok(((number >> 1) as i64) ^ -((number & 1) as i64))
    }

    fn small(&mut self) -> Result<i8, BadBlob> {
        i8::try_from(self.signed()?).map_err(|_| BadBlob)
    }

    fn index(&mut self) -> Result<u32, BadBlob> {
        u32::try_from(self.number()?).map_err(|_| BadBlob)
    }

    fn spot(&mut self, last: &mut Spot) -> Result<Spot, BadBlob> {
        for axis in last.iter_mut() {
            let moved = i64::from(*axis).checked_add(self.signed()?).ok_or(BadBlob)?;
            *axis = i32::try_from(moved).map_err(|_| BadBlob)?;
        }
        Ok(*last)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn network() -> Network {
        let node = |at| Node { at, level: -3, closed: false, step: true, lift: false };
        let attributes = Attributes {
            kind: Kind::Underpass,
            step: true,
            signals: true,
            forward: false,
            width_cm: 150,
            slope: Slope::Steep,
            level: -2,
            ..Attributes::default()
        };
        let link = Link {
            from: 1,
            to: 0,
            shape: vec![[1_397_500_000, 356_500_000], [-1, -1]],
            attributes,
            said_mm: 42,
            origin: "リンク1".into(),
        };
        Network { nodes: vec![node([1_397_450_000, 356_580_000]), node([5, -7])], links: vec![link] }
    }

    #[test]
    fn a_network_comes_back_as_it_was() {
        let bytes = write(&network()).unwrap();
        assert_eq!(read(&bytes), Ok(network()));
        assert_eq!(read(&[]), Err(BadBlob));
        assert_eq!(read(&[FORM + 1]), Err(BadBlob));
    }

    proptest! {
        #[test]
        fn damaged_bytes_are_refused_or_read_but_never_panic(noise in proptest::collection::vec(any::<u8>(), 0..60)) {
            let mut bytes = vec![FORM];
            bytes.extend(zstd::bulk::compress(&noise, 1).unwrap());
            let _ = read(&bytes);
            let _ = read(&noise);
        }
    }
}
