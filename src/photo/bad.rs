//! Why a file is no photo.

use crate::http::Message;

/// Why a photo cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPhoto {
    /// It holds no bytes.
    #[error("it is empty")]
    Empty,
    /// A drawing: it can hold scripts.
    #[error("it is an SVG drawing")]
    Svg,
    /// What newer iPhones take, or a film.
    #[error("it is HEIC, AVIF or a film")]
    Heic,
    /// It is neither JPEG nor PNG nor WebP.
    #[error("it is neither JPEG nor PNG nor WebP")]
    UnknownFormat,
    /// It has more pixels than any phone takes.
    #[error("it has more than 50 million pixels")]
    TooManyPixels,
    /// It ends in the middle.
    #[error("it is cut off")]
    CutOff,
    /// It cannot be decoded.
    #[error("it is broken: {0}")]
    Broken(String),
}

impl BadPhoto {
    /// What to do about it.
    #[must_use]
    pub fn message(&self) -> Message {
        let (ja, en) = match self {
            Self::Empty => {
                ("ファイルが空です。選び直してください。", "The file is empty. Please choose another.")
            }
            Self::Svg => (
                "SVGは写真として使えません。JPEG・PNG・WebPにしてください。",
                "SVG cannot be used as a photo. Please use JPEG, PNG or WebP.",
            ),
            Self::Heic => (
                "HEIC・AVIF・動画は使えません。iPhoneでは「設定→カメラ→フォーマット→互換性優先」にするか、JPEGで書き出してください。",
                "HEIC, AVIF and films cannot be used. On an iPhone choose Settings → Camera → Formats → Most Compatible, or export JPEG.",
            ),
            Self::UnknownFormat => (
                "写真として読めません。JPEG・PNG・WebPを選んでください。",
                "It is no photo. Please choose a JPEG, PNG or WebP.",
            ),
            Self::TooManyPixels => (
                "画素数が多すぎます(5,000万画素まで)。小さくしてから送ってください。",
                "It has too many pixels (at most 50 million). Please make it smaller first.",
            ),
            Self::CutOff => (
                "写真が途中で切れています。電波のよい所で、もう一度送ってください。",
                "The photo ends in the middle. Please send it again where the connection is better.",
            ),
            Self::Broken(_) => (
                "写真が壊れていて開けません。別の写真を選んでください。",
                "The photo is broken and cannot be opened. Please choose another.",
            ),
        };
        Message::new(ja, en)
    }
}
