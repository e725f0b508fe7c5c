//! Photos full of what phones and editors write beside the picture, made here: each place has a canary of its own, and none may
//! be found in what is kept.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

use super::*;

/// The latitude of a place as EXIF has it: degrees, minutes and seconds as fractions.
const LATITUDE: [u32; 6] = [35, 1, 39, 1, 2_916, 100];

fn canary(place: &str) -> Vec<u8> {
    format!("CANARY-{place}-35.6581N-139.7516E").into_bytes()
}

/// One file of the corpus.
struct Sample {
    name: &'static str,
    bytes: Vec<u8>,
    /// The places of which each has its canary, as it stands in the file.
    places: Vec<&'static str>,
}

/// An entry of a TIFF directory.
fn entry(out: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: u32) {
    out.extend(tag.to_be_bytes());
    out.extend(kind.to_be_bytes());
    out.extend(count.to_be_bytes());
    out.extend(value.to_be_bytes());
}

/// EXIF with a description, a maker's note, a position with its latitude and method, and a thumbnail that has EXIF of its own.
fn rich_exif() -> Vec<u8> {
    let thumbnail = {
        let small = encode(&picture(16, 16), ImageFormat::Jpeg);
        jpeg(&small, &[(0xfe, canary("thumbnail"))])
    };
    let (description, note, method) = (canary("description"), canary("maker-note"), canary("gps-method"));
    // Everything that does not fit into an entry stands behind the directories, each from here on.
    let (first, gps, second) = (8_u32, 8 + 2 + 4 * 12 + 4, 8 + 2 + 4 * 12 + 4 + 2 + 3 * 12 + 4);
    let mut at = second + 2 + 2 * 12 + 4;
    let mut place = |length: usize| {
        let here = at;
        at += length as u32;
        here
    };
    let description_at = place(description.len());
    let note_at = place(note.len());
    let latitude_at = place(24);
    let method_at = place(method.len());
    let thumbnail_at = place(thumbnail.len());
    let mut out = b"MM\0\x2a".to_vec();
    out.extend(first.to_be_bytes());
    out.extend(4_u16.to_be_bytes());
    entry(&mut out, 0x010e, 2, description.len() as u32, description_at);
    // Upright: a number of two bytes stands on the left of its four.
    entry(&mut out, 0x0112, 3, 1, 1 << 16);
    entry(&mut out, 0x8825, 4, 1, gps);
    entry(&mut out, 0x927c, 7, note.len() as u32, note_at);
    out.extend(second.to_be_bytes());
    out.extend(3_u16.to_be_bytes());
    entry(&mut out, 1, 2, 2, u32::from_be_bytes(*b"N\0\0\0"));
    entry(&mut out, 2, 5, 3, latitude_at);
    entry(&mut out, 27, 7, method.len() as u32, method_at);
    out.extend(0_u32.to_be_bytes());
    out.extend(2_u16.to_be_bytes());
    entry(&mut out, 0x0201, 4, 1, thumbnail_at);
    entry(&mut out, 0x0202, 4, 1, thumbnail.len() as u32);
    out.extend(0_u32.to_be_bytes());
    out.extend(description);
    out.extend(note);
    out.extend(LATITUDE.iter().flat_map(|number| number.to_be_bytes()));
    out.extend(method);
    out.extend(thumbnail);
    out
}

const IN_EXIF: [&str; 4] = ["description", "maker-note", "gps-method", "thumbnail"];

/// A JPEG with these segments behind its beginning.
fn jpeg(plain: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = plain[..2].to_vec();
    for (marker, content) in segments {
        bytes.extend([0xff, *marker]);
        bytes.extend((content.len() as u16 + 2).to_be_bytes());
        bytes.extend(content);
    }
    bytes.extend(&plain[2..]);
    bytes
}

/// How a part of a long XMP begins: whose it is, how long all of it is, and where this part belongs.
fn extended_xmp() -> Vec<u8> {
    let whose = [b'0'; 32];
    let (total, offset) = (40_u32.to_be_bytes(), 0_u32.to_be_bytes());
    [&b"http://ns.adobe.com/xmp/extension/\0"[..], &whose, &total, &offset].concat()
}

fn jpegs() -> Vec<Sample> {
    let plain = encode(&picture(64, 48), ImageFormat::Jpeg);
    let with = |start: &[u8], place: &str| [start, &canary(place)].concat();
    let segments = [
        (0xe0, with(b"JFXX\0\x10", "jfxx")),
        (0xe1, [b"Exif\0\0", &*rich_exif()].concat()),
        (0xe1, with(b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", "xmp")),
        (0xe1, with(&extended_xmp(), "extended-xmp")),
        (0xe2, with(b"ICC_PROFILE\0\x01\x01", "icc")),
        (0xe2, with(b"MPF\0", "second-pictures")),
        (0xe4, with(b"qdci\0", "app4")),
        (0xeb, with(b"JP\0\x01jumbc2pa", "content-credentials")),
        // A picture's caption (IPTC 2:120), and the place (2:90).
        (0xed, with(b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x78\0\x1a", "iptc-caption")),
        (0xed, with(b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x5a\0\x1a", "iptc-city")),
        (0xee, with(b"Adobe\0\x64\0\0\0\0\x01", "adobe")),
        (0xef, with(b"", "app15")),
        (0xfe, with(b"", "comment")),
    ];
    let mut places = IN_EXIF.to_vec();
    places.extend([
        "jfxx",
        "xmp",
        "extended-xmp",
        "icc",
        "second-pictures",
        "app4",
        "content-credentials",
        "iptc-caption",
        "iptc-city",
        "adobe",
        "app15",
        "comment",
    ]);
    // Adobe's marker changes how colours are read: a picture of its own does without it.
    let (without_adobe, adobe): (Vec<_>, Vec<_>) =
        segments.into_iter().partition(|(marker, _)| *marker != 0xee);
    let places_without: Vec<&str> = places.iter().copied().filter(|place| *place != "adobe").collect();
    let trailing = |what: &[u8], place: &str| [&*plain, what, &canary(place)].concat();
    vec![
        Sample { name: "jpeg, every segment", bytes: jpeg(&plain, &without_adobe), places: places_without },
        Sample { name: "jpeg of Adobe", bytes: jpeg(&plain, &adobe), places: vec!["adobe"] },
        Sample {
            name: "jpeg and a second picture",
            bytes: [&*plain, &*jpeg(&plain, &[(0xfe, canary("depth-map"))])].concat(),
            places: vec!["depth-map"],
        },
        Sample {
            name: "jpeg and an archive",
            bytes: trailing(b"PK\x03\x04", "archive"),
            places: vec!["archive"],
        },
        Sample {
            name: "jpeg and a film",
            bytes: trailing(b"\0\0\0\x18ftypmp42", "motion-photo"),
            places: vec!["motion-photo"],
        },
        Sample { name: "jpeg and a page", bytes: trailing(b"<html><script>", "page"), places: vec!["page"] },
    ]
}

/// A chunk of a PNG.
fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = (content.len() as u32).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    let mut crc = crc32fast::Hasher::new();
    crc.update(&bytes[4..]);
    bytes.extend(crc.finalize().to_be_bytes());
    bytes
}

fn squeezed(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn png() -> Sample {
    let plain = encode(&picture(64, 48), ImageFormat::Png);
    let with = |start: &[u8], place: &str| [start, &canary(place)].concat();
    let before = [
        chunk(*b"tEXt", &with(b"Comment\0", "text")),
        chunk(*b"zTXt", &[b"Comment\0\0", &*squeezed(&canary("squeezed-text"))].concat()),
        chunk(*b"iTXt", &with(b"XML:com.adobe.xmp\0\0\0\0\0", "png-xmp")),
        chunk(*b"eXIf", &rich_exif()),
        chunk(*b"iCCP", &[b"profile\0\0", &*squeezed(&canary("png-icc"))].concat()),
        chunk(*b"prVt", &canary("private")),
    ]
    .concat();
    // The header is 8 bytes of signature and 25 of IHDR; the end is 12 bytes of IEND.
    let end = plain.len() - 12;
    let after = chunk(*b"tEXt", &with(b"Author\0", "late-text"));
    let bytes =
        [&plain[..33], &before, &plain[33..end], &after, &plain[end..], &canary("behind-the-end")].concat();
    let mut places = IN_EXIF.to_vec();
    places.extend(["text", "squeezed-text", "png-xmp", "png-icc", "private", "late-text", "behind-the-end"]);
    Sample { name: "png, every chunk", bytes, places }
}

/// A WebP in the extended form: its picture as the encoder made it, with every chunk that the form has.
fn webp() -> Sample {
    let image = picture(64, 48);
    let mut plain = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut plain);
    encoder.write_image(&image, 64, 48, ExtendedColorType::Rgb8).unwrap();
    let chunk = |kind: [u8; 4], content: &[u8]| {
        let mut bytes = kind.to_vec();
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend(content);
        // Each begins at an even place.
        bytes.resize(bytes.len().next_multiple_of(2), 0);
        bytes
    };
    // ICC, EXIF and XMP are there; width and height less one, in three bytes each.
    let header = chunk(*b"VP8X", &[0b0010_1100, 0, 0, 0, 63, 0, 0, 47, 0, 0]);
    let body = [
        b"WEBP".to_vec(),
        header,
        chunk(*b"ICCP", &canary("webp-icc")),
        // The picture's own chunk, behind RIFF, its length, and WEBP.
        plain[12..].to_vec(),
        chunk(*b"EXIF", &rich_exif()),
        chunk(*b"XMP ", &canary("webp-xmp")),
        chunk(*b"prVt", &canary("webp-private")),
    ]
    .concat();
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes.extend(canary("behind-webp"));
    let mut places = IN_EXIF.to_vec();
    places.extend(["webp-icc", "webp-xmp", "webp-private", "behind-webp"]);
    Sample { name: "webp, every chunk", bytes, places }
}

fn corpus() -> Vec<Sample> {
    let mut samples = jpegs();
    samples.extend([png(), webp()]);
    samples
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// The markers of a JPEG up to its picture, each with its content, and how many bytes follow its end.
fn anatomy(bytes: &[u8]) -> (Vec<(u8, Vec<u8>)>, usize) {
    assert_eq!(bytes[..2], [0xff, 0xd8]);
    let (mut found, mut at) = (Vec::new(), 2);
    loop {
        assert_eq!(bytes[at], 0xff, "a marker at {at}");
        let (marker, length) =
            (bytes[at + 1], usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]])));
        found.push((marker, bytes[at + 4..at + 2 + length].to_vec()));
        at += 2 + length;
        if marker == 0xda {
            let end = memchr::memmem::find(&bytes[at..], &[0xff, 0xd9]).unwrap();
            return (found, bytes.len() - (at + end + 2));
        }
    }
}

#[test]
fn nothing_of_any_canary_is_kept() {
    let latitude: Vec<u8> = LATITUDE.iter().flat_map(|number| number.to_be_bytes()).collect();
    for Sample { name, bytes, places } in corpus() {
        for place in &places {
            assert!(holds(&bytes, &canary(place)), "{name}: the test has something to find: {place}");
        }
        assert_eq!(holds(&bytes, &latitude), places.contains(&"gps-method"), "{name}");
        let photo = prepare(&bytes).unwrap_or_else(|bad| panic!("{name}: {bad}"));
        for place in &places {
            assert!(!holds(&photo.bytes, &canary(place)), "{name}: {place} is kept");
        }
        assert!(!holds(&photo.bytes, b"CANARY") && !holds(&photo.bytes, &latitude), "{name}");
        assert_eq!((photo.width, photo.height), (64, 48), "{name}: the picture, and no thumbnail");
    }
}

#[test]
fn what_is_kept_has_no_place_for_anything_but_a_picture() {
    for Sample { name, bytes, .. } in corpus() {
        let (markers, behind) = anatomy(&prepare(&bytes).unwrap().bytes);
        assert_eq!(behind, 0, "{name}: nothing follows the end");
        for (marker, content) in markers {
            match marker {
                // JFIF: version, density, and no thumbnail.
                0xe0 => {
                    assert!(content.starts_with(b"JFIF\0"), "{name}");
                    assert_eq!((content.len(), &content[12..]), (14, &[0, 0][..]), "{name}");
                }
                // Tables, the frame, and the scan.
                0xdb | 0xc0 | 0xc4 | 0xda => {}
                other => panic!("{name}: a marker {other:x}"),
            }
        }
    }
}
