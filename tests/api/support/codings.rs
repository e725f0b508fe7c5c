//! Decoding what the service compressed.

use std::io::Read as _;

/// The bytes behind a content coding.
pub fn decoded(coding: &str, body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match coding {
        "" => out.extend_from_slice(body),
        // One member only, as browsers read it.
        "gzip" => {
            let mut decoder = flate2::bufread::GzDecoder::new(body);
            decoder.read_to_end(&mut out).unwrap();
            assert!(decoder.into_inner().is_empty(), "bytes after the gzip member");
        }
        "br" => {
            brotli::Decompressor::new(body, 4096).read_to_end(&mut out).unwrap();
        }
        "zstd" => out = zstd::stream::decode_all(body).unwrap(),
        other => panic!("unknown coding {other}"),
    }
    out
}
