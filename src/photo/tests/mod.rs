mod corpus;

use image::{ExtendedColorType, ImageEncoder, Rgb, codecs::webp::WebPEncoder};
use proptest::prelude::*;

use super::*;

/// What must not come through.
const CANARY: &str = "CANARY-35.6581N-139.7516E";

/// A picture whose left half is red and whose right half is blue.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) },
    )
}

fn encode(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// TIFF as EXIF has it: the orientation, and a text.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x01, 0x0e, 0, 2, 0, 0, 0, CANARY.len() as u8 + 1, 0, 0, 0, 38]);
    exif.extend([0; 4]);
    exif.extend(CANARY.as_bytes());
    exif.push(0);
    exif
}

/// A JPEG with EXIF, XMP, IPTC and a comment, each with the canary.
fn tagged_jpeg(image: &RgbImage, orientation: u8) -> Vec<u8> {
    let plain = encode(image, ImageFormat::Jpeg);
    let mut bytes = plain[..2].to_vec();
    let mut segment = |marker: u8, content: &[u8]| {
        bytes.extend([0xff, marker]);
        bytes.extend((content.len() as u16 + 2).to_be_bytes());
        bytes.extend(content);
    };
    segment(0xe1, &[b"Exif\0\0", &exif(orientation)[..]].concat());
    segment(0xe1, format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{CANARY}</x:xmpmeta>").as_bytes());
    segment(0xed, format!("Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x20\x1c\x02\x78{CANARY}").as_bytes());
    segment(0xfe, CANARY.as_bytes());
    bytes.extend(&plain[2..]);
    // And behind its end, as phones put second pictures there.
    bytes.extend(CANARY.as_bytes());
    bytes
}

fn tagged_png(image: &RgbImage) -> Vec<u8> {
    let plain = encode(image, ImageFormat::Png);
    let chunk = |kind: &[u8; 4], content: &[u8]| {
        let mut bytes = (content.len() as u32).to_be_bytes().to_vec();
        bytes.extend(kind);
        bytes.extend(content);
        let mut crc = crc32fast::Hasher::new();
        crc.update(&bytes[4..]);
        bytes.extend(crc.finalize().to_be_bytes());
        bytes
    };
    // After the header: 8 bytes of signature and 25 of IHDR.
    let text = chunk(b"tEXt", format!("Comment\0{CANARY}").as_bytes());
    [&plain[..33], &text, &chunk(b"eXIf", &exif(6)), &plain[33..]].concat()
}

fn tagged_webp(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_exif_metadata(exif(6)).unwrap();
    encoder.write_image(image, image.width(), image.height(), ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn holds_canary(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"CANARY").is_some()
}

#[test]
fn only_the_picture_comes_through_and_it_is_upright() {
    let image = picture(120, 80);
    for (kind, bytes) in
        [("jpeg", tagged_jpeg(&image, 6)), ("png", tagged_png(&image)), ("webp", tagged_webp(&image))]
    {
        assert!(holds_canary(&bytes), "{kind}: the test has something to find");
        let photo = prepare(&bytes).unwrap();
        assert!(
            !holds_canary(&photo.bytes) && memchr::memmem::find(&photo.bytes, b"Exif").is_none(),
            "{kind}"
        );
        assert_eq!((photo.width, photo.height), (80, 120), "{kind}: turned by a quarter");
        let upright = image::load_from_memory(&photo.bytes).unwrap().to_rgb8();
        let (top, foot) = (upright.get_pixel(40, 10).0, upright.get_pixel(40, 110).0);
        assert!(top[0] > 150 && foot[2] > 150, "{kind}: {top:?} {foot:?}");
    }
}

#[test]
fn a_large_photo_is_shrunk_and_a_small_one_is_not_blown_up() {
    let photo = prepare(&encode(&picture(4_000, 1_000), ImageFormat::Jpeg)).unwrap();
    assert_eq!((photo.width, photo.height), (1_600, 400));
    assert_eq!(image::load_from_memory(&photo.bytes).unwrap().width(), 1_600);
    let photo = prepare(&encode(&picture(30, 20), ImageFormat::Png)).unwrap();
    assert_eq!((photo.width, photo.height), (30, 20));
}

#[test]
fn what_is_transparent_becomes_white() {
    let clear = image::RgbaImage::from_pixel(20, 20, image::Rgba([0, 0, 0, 0]));
    let mut bytes = Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let photo = prepare(&bytes.into_inner()).unwrap();
    let pixel = image::load_from_memory(&photo.bytes).unwrap().to_rgb8().get_pixel(10, 10).0;
    assert!(pixel.iter().all(|value| *value > 250), "{pixel:?}");
}

#[test]
fn what_is_no_photo_says_what_to_do() {
    let svg = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let cases: [(&[u8], BadPhoto); 5] = [
        (b"", BadPhoto::Empty),
        (svg, BadPhoto::Svg),
        (heic, BadPhoto::Heic),
        (b"GIF89a\x01\0\x01\0\0\0\0;", BadPhoto::UnknownFormat),
        (b"%PDF-1.7", BadPhoto::UnknownFormat),
    ];
    for (bytes, wanted) in cases {
        let found = prepare(bytes).unwrap_err();
        assert_eq!(found, wanted);
        assert!(found.message().ja.ends_with('。') && found.message().en.ends_with('.'));
    }
}

/// A PNG that says it is huge and holds next to nothing.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encode(&picture(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = crc32fast::Hasher::new();
    crc.update(&bytes[12..29]);
    let crc = crc.finalize().to_be_bytes();
    bytes[29..33].copy_from_slice(&crc);
    bytes
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    for (width, height) in [(60_000, 60_000), (u32::MAX / 2, 2), (50_001, 1_000)] {
        assert!(
            matches!(prepare(&bomb(width, height)), Err(BadPhoto::TooManyPixels | BadPhoto::Broken(_))),
            "{width} {height}"
        );
    }
}

#[test]
fn a_photo_cut_anywhere_is_refused() {
    let image = picture(64, 48);
    // The plain end: what comes behind it may be missing.
    let jpeg = encode(&image, ImageFormat::Jpeg);
    for bytes in [jpeg, tagged_png(&image), tagged_webp(&image)] {
        assert!(prepare(&bytes).is_ok());
        for share in 0..40 {
            let cut = &bytes[..bytes.len() * share / 40];
            // Metadata stand at the end of a WebP: without them it is a photo all the same.
            let picture_ends = memchr::memmem::find(&bytes, b"EXIF").unwrap_or(bytes.len());
            assert!(prepare(cut).is_err() || cut.len() >= picture_ends, "{share}");
        }
    }
}

#[test]
fn nonsense_in_the_metadata_is_no_reason_to_refuse_a_photo() {
    let plain = encode(&picture(32, 24), ImageFormat::Jpeg);
    // Part of a long XMP, without what it has to begin with; and a colour profile that ends at once.
    for (marker, nonsense) in
        [(0xe1, &b"http://ns.adobe.com/xmp/extension/\0CANARY"[..]), (0xe2, b"ICC_PROFILE\0CANARY")]
    {
        let length = (nonsense.len() as u16 + 2).to_be_bytes();
        let bytes = [&plain[..2], &[0xff, marker], &length, nonsense, &plain[2..]].concat();
        let photo = prepare(&bytes).unwrap();
        assert_eq!((photo.width, photo.height), (32, 24));
        assert!(!holds_canary(&photo.bytes));
    }
}

#[test]
fn a_file_that_is_two_things_is_only_a_picture_afterwards() {
    let mut bytes = encode(&picture(16, 16), ImageFormat::Jpeg);
    bytes.extend(b"<html><script>alert('CANARY')</script></html>PK\x03\x04");
    assert!(!holds_canary(&prepare(&bytes).unwrap().bytes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn mutated_photos_never_panic(which in 0..3_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let image = picture(24, 16);
        let mut bytes = match which {
            0 => tagged_jpeg(&image, 3),
            1 => tagged_png(&image),
            _ => tagged_webp(&image),
        };
        for (at, byte) in changes {
            let index = at.index(bytes.len());
            bytes[index] = byte;
        }
        if let Ok(photo) = prepare(&bytes) {
            prop_assert!(photo.width <= MOST_SIDE && photo.height <= MOST_SIDE);
        }
    }
}
