//! Content codings: which one a client gets, and compressed bodies made of parts.
//!
//! A layer's chunks are compressed once and apart, and put together per response without being
//! compressed again. Each coding has its own way to be concatenated:
//!
//! - gzip (RFC 1952): deflate blocks flushed to a byte boundary without back-references across it
//!   follow one another in one member; its CRC is combined from the parts'. (Several members would be
//!   shorter to write, but browsers read only the first.)
//! - br (RFC 7932): parts are runs of byte-aligned meta-blocks that refer to nothing before them,
//!   between a stream header and an empty last meta-block.
//! - zstd (RFC 8878): frames follow one another.

use std::{cell::RefCell, io::Write as _, sync::OnceLock};

use bytes::Bytes;
use http::HeaderValue;

/// A content coding that the service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli.
    Brotli,
    /// Zstandard.
    Zstd,
}

/// How much work a compression is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Made for this response alone.
    Quick,
    /// Kept for many responses.
    Kept,
}

/// One part of a compressed body.
#[derive(Clone, Debug)]
pub struct Part {
    bytes: Bytes,
    /// CRC-32 and length of what was compressed: gzip's trailer needs them.
    crc: u32,
    length: u64,
}

/// The compressed forms of content that does not change, each made when it is first asked for.
#[derive(Debug, Default)]
pub struct KeptParts {
    gzip: OnceLock<Part>,
    brotli: OnceLock<Part>,
    zstd: OnceLock<Part>,
}

/// What is put between kept parts is sent as it is when it is shorter than this: setting a compressor up
/// would cost more than all the rest of the response.
pub const LONGEST_STORED: usize = 2_000;

/// Bodies shorter than this are not worth compressing: they fit one packet anyway.
pub const SMALLEST_COMPRESSED: usize = 1_000;

impl Coding {
    /// The best coding that an `Accept-Encoding` header allows. Among those that it likes best: br, then
    /// zstd, then gzip for what is kept, and the quick ones first for what is made anew. Without the header, or when it allows nothing else, the body goes as it is.
    #[must_use]
    pub fn negotiate(accept_encoding: Option<&str>, effort: Effort) -> Self {
        // Brotli is the smallest and the slowest to make.
        let [brotli, zstd, gzip] = match effort {
            Effort::Kept => [3, 2, 1],
            Effort::Quick => [1, 3, 2],
        };
        let Some(header) = accept_encoding else {
            return Self::Identity;
        };
        let mut best = (Self::Identity, 0.0_f32, 0_u8);
        for offer in header.split(',') {
            let mut pieces = offer.split(';');
            let name = pieces.next().unwrap_or_default().trim();
            let quality = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=")?.trim().parse().ok())
                .unwrap_or(1.0_f32);
            let (coding, rank) = match name.to_ascii_lowercase().as_str() {
                "br" => (Self::Brotli, brotli),
                "zstd" => (Self::Zstd, zstd),
                "gzip" | "x-gzip" | "*" => (Self::Gzip, gzip),
                _ => continue,
            };
            if quality > 0.0 && (quality > best.1 || (quality >= best.1 && rank > best.2)) {
                best = (coding, quality, rank);
            }
        }
        best.0
    }

    /// The value of `Content-Encoding`; none for the identity.
    #[must_use]
    pub fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Zstd => Some(HeaderValue::from_static("zstd")),
        }
    }

    /// What tells this coding's entity tag from the others'. A strong tag names exact bytes.
    #[must_use]
    pub const fn tag_suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-g",
            Self::Brotli => "-b",
            Self::Zstd => "-z",
        }
    }

    /// Compresses one part. The identity only wraps it.
    #[must_use]
    pub fn compress(self, bytes: &[u8], effort: Effort) -> Part {
        let compressed = match self {
            Self::Identity => bytes.to_vec(),
            Self::Gzip => deflate(bytes, effort),
            Self::Brotli => brotli_fragment(bytes, effort),
            Self::Zstd => zstd_frame(bytes, effort),
        };
        self.part(compressed, bytes)
    }

    /// One part that holds the bytes as they are, in the coding's own form for that.
    #[must_use]
    pub fn store(self, bytes: &[u8]) -> Part {
        let mut stored = Vec::with_capacity(bytes.len() + 12);
        // No form has room for more than 65,535 bytes at a time; nor does an empty one need any.
        for piece in bytes.chunks(LONGEST_STORED) {
            let length = piece.len() as u32;
            match self {
                Self::Identity => {}
                // A stored block: three bits, padding, the length and its complement (RFC 1951, 3.2.4).
                Self::Gzip => {
                    stored.push(0);
                    stored.extend_from_slice(&(length as u16).to_le_bytes());
                    stored.extend_from_slice(&(!(length as u16)).to_le_bytes());
                }
                // An uncompressed meta-block: not the last, four nibbles of length - 1 (RFC 7932, 9.2).
                Self::Brotli => {
                    let header = ((length - 1) << 3) | (1 << 19);
                    stored.extend_from_slice(&header.to_le_bytes()[..3]);
                }
                // A frame of a single segment with a two-byte size and one raw block (RFC 8878, 3.1.1). Sizes
                // below 256 have one byte.
                Self::Zstd => {
                    stored.extend_from_slice(&[0x28, 0xb5, 0x2f, 0xfd]);
                    if let Ok(length) = u8::try_from(length) {
                        stored.extend_from_slice(&[0x20, length]);
                    } else {
                        stored.push(0x60);
                        stored.extend_from_slice(&((length - 256) as u16).to_le_bytes());
                    }
                    let block = (length << 3) | 1;
                    stored.extend_from_slice(&block.to_le_bytes()[..3]);
                }
            }
            stored.extend_from_slice(piece);
        }
        self.part(stored, bytes)
    }

    fn part(self, compressed: Vec<u8>, bytes: &[u8]) -> Part {
        Part {
            bytes: compressed.into(),
            crc: if self == Self::Gzip { crc32fast::hash(bytes) } else { 0 },
            length: bytes.len() as u64,
        }
    }

    /// Several parts as one, so that they need not be put together for each response.
    #[must_use]
    pub fn join(self, parts: &[Part]) -> Part {
        let mut crc = crc32fast::Hasher::new();
        for part in parts.iter().filter(|_| self == Self::Gzip) {
            crc.combine(&crc32fast::Hasher::new_with_initial_len(part.crc, part.length));
        }
        Part {
            bytes: parts.iter().map(|part| &part.bytes[..]).collect::<Vec<_>>().concat().into(),
            crc: crc.finalize(),
            length: parts.iter().map(|part| part.length).sum(),
        }
    }

    /// One body made of the parts, in order.
    #[must_use]
    pub fn assemble(self, parts: impl IntoIterator<Item = Part>) -> Vec<Bytes> {
        let mut body = Vec::new();
        match self {
            Self::Gzip => body.push(Bytes::from_static(GZIP_HEADER)),
            Self::Brotli => body.push(Bytes::from_static(BROTLI_HEADER)),
            Self::Identity | Self::Zstd => {}
        }
        let mut crc = crc32fast::Hasher::new();
        let mut length = 0_u64;
        for part in parts {
            if self == Self::Gzip {
                crc.combine(&crc32fast::Hasher::new_with_initial_len(part.crc, part.length));
                length += part.length;
            }
            if !part.bytes.is_empty() {
                body.push(part.bytes);
            }
        }
        match self {
            Self::Gzip => {
                let mut trailer = Vec::from(LAST_DEFLATE_BLOCK);
                trailer.extend_from_slice(&crc.finalize().to_le_bytes());
                // The length modulo 2³², as RFC 1952 has it.
                trailer.extend_from_slice(&(length as u32).to_le_bytes());
                body.push(trailer.into());
            }
            Self::Brotli => body.push(Bytes::from_static(LAST_META_BLOCK)),
            // No frame at all is not zstd.
            Self::Zstd if body.is_empty() => body.push(self.compress(&[], Effort::Quick).bytes),
            Self::Identity | Self::Zstd => {}
        }
        body
    }
}

impl KeptParts {
    /// The form in that coding; `make` makes it the first time, of the same content at every call.
    pub fn get_or(&self, coding: Coding, make: impl FnOnce() -> Part) -> Part {
        match coding {
            Coding::Identity => make(),
            Coding::Gzip => self.gzip.get_or_init(make).clone(),
            Coding::Brotli => self.brotli.get_or_init(make).clone(),
            Coding::Zstd => self.zstd.get_or_init(make).clone(),
        }
    }

    /// Whether that form has been made.
    #[must_use]
    pub fn has(&self, coding: Coding) -> bool {
        match coding {
            Coding::Identity => true,
            Coding::Gzip => self.gzip.get().is_some(),
            Coding::Brotli => self.brotli.get().is_some(),
            Coding::Zstd => self.zstd.get().is_some(),
        }
    }
}

/// Magic, deflate, no flags, no time, no hints, unknown system (RFC 1952 section 2.3).
const GZIP_HEADER: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// A final block with fixed codes and nothing but its end (RFC 1951 section 3.2.6).
const LAST_DEFLATE_BLOCK: [u8; 2] = [0x03, 0x00];
/// A window of 2²² bytes (bits 1101), then an empty metadata block, which pads to a byte boundary
/// (RFC 7932 sections 9.1 and 9.2).
const BROTLI_HEADER: &[u8] = &[0x6b, 0x00];
/// ISLAST and ISLASTEMPTY (RFC 7932 section 9.2).
const LAST_META_BLOCK: &[u8] = &[0x03];
const BROTLI_WINDOW: i32 = 22;

fn deflate(bytes: &[u8], effort: Effort) -> Vec<u8> {
    thread_local! {
        // Setting one up takes longer than compressing a page of features.
        static QUICK: RefCell<flate2::Compress> = RefCell::new(deflater(Effort::Quick));
    }
    match effort {
        Effort::Kept => deflate_with(&mut deflater(effort), bytes),
        Effort::Quick => QUICK.with_borrow_mut(|compress| {
            compress.reset();
            deflate_with(compress, bytes)
        }),
    }
}

fn deflater(effort: Effort) -> flate2::Compress {
    let level = if effort == Effort::Kept { 6 } else { 2 };
    flate2::Compress::new(flate2::Compression::new(level), false)
}

fn deflate_with(compress: &mut flate2::Compress, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 3 + 64);
    loop {
        let taken = compress.total_in() as usize;
        // A fresh compressor fed from memory has no errors to return.
        let _ = compress.compress_vec(&bytes[taken..], &mut out, flate2::FlushCompress::Full);
        // Room left over means that the flush was completed.
        if compress.total_in() as usize == bytes.len() && out.len() < out.capacity() {
            return out;
        }
        out.reserve(out.capacity().max(64));
    }
}

fn zstd_frame(bytes: &[u8], effort: Effort) -> Vec<u8> {
    thread_local! {
        static QUICK: RefCell<Option<zstd::bulk::Compressor<'static>>> =
            RefCell::new(zstd::bulk::Compressor::new(1).ok());
    }
    let quick = match effort {
        Effort::Kept => None,
        Effort::Quick => QUICK.with_borrow_mut(|compressor| compressor.as_mut()?.compress(bytes).ok()),
    };
    // Writing into memory fails only for levels that do not exist.
    quick.unwrap_or_else(|| zstd::bulk::compress(bytes, 9).unwrap_or_default())
}

fn brotli_fragment(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: if effort == Effort::Kept { 6 } else { 3 },
        lgwin: BROTLI_WINDOW,
        catable: true,
        appendable: true,
        bare_stream: true,
        byte_align: true,
        use_dictionary: false,
        ..Default::default()
    };
    let mut out = Vec::with_capacity(bytes.len() / 4 + 64);
    {
        let mut writer = brotli::CompressorWriter::with_params(&mut out, 64 * 1024, &params);
        // Writing into memory cannot fail.
        let _ = writer.write_all(bytes);
        let _ = writer.flush();
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::{collection::vec, prelude::*};

    use super::*;

    const CODINGS: [Coding; 4] = [Coding::Identity, Coding::Gzip, Coding::Brotli, Coding::Zstd];

    fn decode(coding: Coding, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        match coding {
            Coding::Identity => out.extend_from_slice(body),
            // Not MultiGzDecoder: there must be one member.
            Coding::Gzip => {
                let mut decoder = flate2::bufread::GzDecoder::new(body);
                decoder.read_to_end(&mut out).unwrap();
                assert!(decoder.into_inner().is_empty(), "bytes after the gzip member");
            }
            Coding::Brotli => {
                brotli::Decompressor::new(body, 4096).read_to_end(&mut out).unwrap();
            }
            Coding::Zstd => out = zstd::stream::decode_all(body).unwrap(),
        }
        out
    }

    #[test]
    fn the_best_allowed_coding_is_chosen() {
        for (header, expected) in [
            (None, Coding::Identity),
            (Some(""), Coding::Identity),
            (Some("gzip, deflate, br, zstd"), Coding::Brotli),
            (Some("gzip, deflate"), Coding::Gzip),
            (Some("zstd;q=0.9, gzip;q=1.0"), Coding::Gzip),
            (Some("br;q=0, gzip;q=0.1"), Coding::Gzip),
            (Some("*"), Coding::Gzip),
            (Some("identity"), Coding::Identity),
            (Some("gzip;q=nonsense"), Coding::Gzip),
        ] {
            assert_eq!(Coding::negotiate(header, Effort::Kept), expected, "{header:?}");
        }
        assert_eq!(Coding::negotiate(Some("gzip, br, zstd"), Effort::Quick), Coding::Zstd);
        assert_eq!(Coding::negotiate(Some("gzip, br"), Effort::Quick), Coding::Gzip);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn parts_compressed_apart_are_one_body(
            parts in vec(prop_oneof![
                vec(any::<u8>(), 0..300),
                "[a-e]{0,5000}".prop_map(String::into_bytes),
            ], 0..8),
            quick in any::<bool>(),
        ) {
            let whole: Vec<u8> = parts.concat();
            let effort = if quick { Effort::Quick } else { Effort::Kept };
            for coding in CODINGS {
                let made: Vec<Part> = parts
                    .iter()
                    .enumerate()
                    .map(|(index, part)| {
                        // Some stored, some compressed.
                        if index % 3 == 1 { coding.store(part) } else { coding.compress(part, effort) }
                    })
                    .collect();
                let body = coding.assemble(made.clone()).concat();
                prop_assert_eq!(&decode(coding, &body), &whole, "{:?}", coding);
                let (head, tail) = made.split_at(made.len() / 2);
                let body = coding.assemble([coding.join(head), coding.join(tail)]).concat();
                prop_assert_eq!(&decode(coding, &body), &whole, "joined {:?}", coding);
            }
        }
    }
}
