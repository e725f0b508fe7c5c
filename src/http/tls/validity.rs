//! From when to when a certificate is valid: the one thing of X.509 that is read here.

use jiff::{Timestamp, civil::DateTime, tz::Offset};

/// From when to when a certificate is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// Not before.
    pub from: Timestamp,
    /// Not after.
    pub until: Timestamp,
}

impl Validity {
    /// Reads a certificate in DER; nothing when it is none.
    #[must_use]
    pub fn of(certificate: &[u8]) -> Option<Self> {
        // Certificate ::= SEQUENCE { TBSCertificate ::= SEQUENCE { [0] version OPTIONAL, serialNumber,
        // signature, issuer, validity ::= SEQUENCE { notBefore, notAfter }, … }, … } (RFC 5280)
        let (certificate, _) = expect(SEQUENCE, certificate)?;
        let (to_be_signed, _) = expect(SEQUENCE, certificate)?;
        let mut rest = to_be_signed;
        if let Some((_, after)) = expect(VERSION, rest) {
            rest = after;
        }
        for tag in [INTEGER, SEQUENCE, SEQUENCE] {
            rest = expect(tag, rest)?.1;
        }
        let (validity, _) = expect(SEQUENCE, rest)?;
        let (from, rest) = time(validity)?;
        let (until, _) = time(rest)?;
        Some(Self { from, until })
    }
}

const INTEGER: u8 = 0x02;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;

/// The content of an element with that tag, and what comes after it.
fn expect(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = element(bytes)?;
    (found == tag).then_some((content, rest))
}

fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        // Longer than four gigabytes is no certificate; zero is a form that DER does not have.
        if !(1..=4).contains(&count) {
            return None;
        }
        let (length, rest) = rest.split_at_checked(count)?;
        (length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`.
fn time(bytes: &[u8]) -> Option<(Timestamp, &[u8])> {
    let (tag, content, rest) = element(bytes)?;
    let text = std::str::from_utf8(content).ok()?.strip_suffix('Z')?;
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, text) = match tag {
        UTC_TIME if text.len() == 12 => {
            let year: i16 = text[..2].parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, &text[2..])
        }
        GENERALIZED_TIME if text.len() == 14 => (text[..4].parse().ok()?, &text[4..]),
        _ => return None,
    };
    let part = |at: usize| text[at..at + 2].parse::<i8>().ok();
    let moment = DateTime::new(year, part(0)?, part(2)?, part(4)?, part(6)?, part(8)?, 0).ok()?;
    Some((Offset::UTC.to_timestamp(moment).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A certificate of nothing but what is read of it.
    fn certificate(version: bool, from: &[u8], until: &[u8]) -> Vec<u8> {
        let wrap = |tag: u8, content: &[u8]| {
            let mut out = vec![tag, 0x82, (content.len() >> 8) as u8, content.len() as u8];
            out.extend_from_slice(content);
            out
        };
        let short = |tag: u8, content: &[u8]| [&[tag, content.len() as u8], content].concat();
        let validity = wrap(SEQUENCE, &[from, until].concat());
        let version = if version { short(VERSION, &[INTEGER, 1, 2]) } else { Vec::new() };
        let serial = short(INTEGER, &[1, 2, 3]);
        let (algorithm, issuer) = (short(SEQUENCE, &[]), wrap(SEQUENCE, &[0; 300]));
        let signed = [version, serial, algorithm, issuer, validity, short(SEQUENCE, &[])].concat();
        wrap(SEQUENCE, &[wrap(SEQUENCE, &signed), short(SEQUENCE, &[])].concat())
    }

    #[test]
    fn both_forms_of_time_are_read() {
        let from = [&[UTC_TIME, 13][..], b"991231235959Z"].concat();
        let until = [&[GENERALIZED_TIME, 15][..], b"20500101000000Z"].concat();
        for version in [true, false] {
            let read = Validity::of(&certificate(version, &from, &until)).unwrap();
            assert_eq!(read.from.to_string(), "1999-12-31T23:59:59Z");
            assert_eq!(read.until.to_string(), "2050-01-01T00:00:00Z");
        }
        let wrong = [&[UTC_TIME, 13][..], b"991331235959Z"].concat();
        assert_eq!(Validity::of(&certificate(true, &wrong, &until)), None);
    }

    proptest! {
        #[test]
        fn nothing_that_is_read_makes_it_fail(bytes: Vec<u8>, at in 0_usize..200, byte: u8) {
            let _ = Validity::of(&bytes);
            let from = [&[UTC_TIME, 13][..], b"991231235959Z"].concat();
            let mut almost = certificate(true, &from, &from);
            let at = at % almost.len();
            almost[at] = byte;
            let _ = Validity::of(&almost);
            let _ = Validity::of(&almost[..at]);
        }
    }
}
