//! Photos that people send: made small, and stripped of all that is not the picture. Knows no feature.
//!
//! A phone writes into a photo where and when it was taken, and with which phone. Of what comes in only the pixels are kept:
//! they are decoded, turned upright, shrunk and encoded anew, so that nothing else can come along, whatever the file was.

mod bad;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage,
    codecs::jpeg::JpegEncoder, imageops::FilterType,
};

pub use bad::BadPhoto;

/// The longer side of a kept photo, in pixels.
pub const MOST_SIDE: u32 = 1_600;
/// The most pixels of a photo that is read: the largest that phones take.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The most memory that decoding takes, in bytes.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
const QUALITY: u8 = 82;

/// A photo as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// A JPEG without any metadata.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Photo {
    /// The media type of [`bytes`](Self::bytes).
    pub const MEDIA_TYPE: &'static str = "image/jpeg";
}

/// Reads a JPEG, PNG or WebP and makes a photo of it: upright, at most [`MOST_SIDE`] wide and high, without metadata. What is
/// transparent becomes white. Of a moving picture the first frame counts.
///
/// Takes up to a second of one core and some 200 MB for the largest: not for a thread that answers others, and not many at once.
///
/// # Errors
/// When the bytes are no whole photo of these kinds, or a huge one.
pub fn prepare(bytes: &[u8]) -> Result<Photo, BadPhoto> {
    // The decoders are others' code, and the bytes are anybody's.
    let prepared = std::panic::catch_unwind(|| decode_and_encode(bytes));
    prepared.unwrap_or_else(|_| Err(BadPhoto::Broken("the decoder gave up".to_owned())))
}

fn decode_and_encode(bytes: &[u8]) -> Result<Photo, BadPhoto> {
    let format = recognise(bytes)?;
    if format == ImageFormat::Jpeg && !is_whole_jpeg(bytes) {
        return Err(BadPhoto::CutOff);
    }
    // Nonsense in the metadata is no reason to refuse a photo: neither what the decoder cannot read there, nor what is below.
    let bare =
        if format == ImageFormat::Jpeg && opened(bytes, format).is_err() { bare(bytes) } else { Vec::new() };
    let bytes = if bare.is_empty() { bytes } else { &bare[..] };
    let mut decoder = opened(bytes, format).map_err(bad)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(BadPhoto::TooManyPixels);
    }
    let orientation = decoder.orientation().ok();
    let image = DynamicImage::from_decoder(decoder).map_err(bad)?;
    let mut image = shrunk(image);
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    let image = on_white(&image);
    let mut encoded = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut encoded, QUALITY);
    image.write_with_encoder(encoder).map_err(bad)?;
    Ok(Photo { bytes: encoded, width: image.width(), height: image.height() })
}

/// A decoder that has read the head of a file.
fn opened(bytes: &[u8], format: ImageFormat) -> Result<impl ImageDecoder + '_, ImageError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    reader.into_decoder()
}

/// A JPEG without what phones and editors write before its picture.
fn bare(bytes: &[u8]) -> Vec<u8> {
    let (mut bare, mut at) = (bytes[..2].to_vec(), 2);
    while let Some([0xff, marker]) = bytes.get(at..at + 2) {
        if *marker == 0xda {
            break;
        }
        let Some([high, low]) = bytes.get(at + 2..at + 4) else { break };
        let end = at + 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
        // JFIF and Adobe say how the picture is to be read.
        if !matches!(marker, 0xe1..=0xed | 0xef | 0xfe) {
            bare.extend(bytes.get(at..end).unwrap_or_default());
        }
        at = end;
    }
    bare.extend(bytes.get(at..).unwrap_or_default());
    bare
}

fn bad(error: ImageError) -> BadPhoto {
    match error {
        ImageError::Limits(_) => BadPhoto::TooManyPixels,
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => BadPhoto::CutOff,
        other => BadPhoto::Broken(other.to_string()),
    }
}

/// Tells the format by the first bytes; what a file calls itself does not count.
fn recognise(bytes: &[u8]) -> Result<ImageFormat, BadPhoto> {
    let brand = bytes.get(4..12).unwrap_or_default();
    match bytes {
        [] => Err(BadPhoto::Empty),
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        _ if brand.starts_with(b"ftyp") => Err(BadPhoto::Heic),
        _ if looks_like_svg(bytes) => Err(BadPhoto::Svg),
        _ => Err(BadPhoto::UnknownFormat),
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    head.contains("<svg") || head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml")
}

/// Whether a JPEG has an end: decoders fill up what is missing with grey. Pictures within its metadata have ends of their own,
/// so only what comes after its first scan counts.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xff, marker]) = bytes.get(at..at + 2) {
        match marker {
            // Filling, and markers without content.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // The scan: within it every 0xff is followed by 0, or is a marker.
            0xda => return memchr::memmem::find(&bytes[at..], &[0xff, 0xd9]).is_some(),
            _ => {
                let Some([high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([*high, *low])).max(2);
            }
        }
    }
    // No JPEG at all: the decoder says in which way.
    at < bytes.len()
}

/// The image so that it fits. First coarsely to twice the size, which takes little memory, then finely.
fn shrunk(image: DynamicImage) -> DynamicImage {
    let fits = |image: &DynamicImage, side: u32| image.width() <= side && image.height() <= side;
    let image =
        if fits(&image, 2 * MOST_SIDE) { image } else { image.thumbnail(2 * MOST_SIDE, 2 * MOST_SIDE) };
    if fits(&image, MOST_SIDE) { image } else { image.resize(MOST_SIDE, MOST_SIDE, FilterType::CatmullRom) }
}

fn on_white(image: &DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.to_rgb8();
    }
    let rgba = image.to_rgba8();
    let mut flat = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in flat.pixels_mut().zip(rgba.pixels()) {
        let [r, g, b, alpha] = from.0.map(u32::from);
        to.0 = [r, g, b].map(|value| ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8);
    }
    flat
}
