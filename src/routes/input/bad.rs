//! Why a file is no track.

use crate::http::Message;

use super::{MOST_POSITIONS, TrackFormat};

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadTrack {
    /// It holds no bytes.
    #[error("it is empty")]
    Empty,
    /// It is a zip file, such as KMZ.
    #[error("it is a zip file")]
    Zipped,
    /// It is neither GPX nor KML nor GeoJSON.
    #[error("it is neither GPX nor KML nor GeoJSON")]
    UnknownFormat,
    /// Its bytes are not text in the encoding that it names.
    #[error("it is not text in the encoding {0}")]
    Encoding(String),
    /// It defines entities of its own.
    #[error("it has a DOCTYPE or entities")]
    Doctype,
    /// It ends in the middle.
    #[error("it is cut off")]
    CutOff(TrackFormat),
    /// It is not well-formed.
    #[error("it is broken: {1}")]
    Broken(TrackFormat, String),
    /// It has more positions than anybody walks along.
    #[error("it has more than {MOST_POSITIONS} positions")]
    TooManyPositions,
    /// A position is missing or no number.
    #[error("position {number} is no number")]
    NoNumber {
        /// Which, counted from 1.
        number: usize,
    },
    /// Longitude and latitude are the wrong way round.
    #[error("longitude and latitude of position {number} are swapped")]
    Swapped {
        /// Which, counted from 1.
        number: usize,
    },
    /// A position is not in the world.
    #[error("position {number} is not in the world")]
    OutOfWorld {
        /// Which, counted from 1.
        number: usize,
    },
    /// It holds no line and no point.
    #[error("it holds no line and no point")]
    Nothing,
}

impl BadTrack {
    /// What to do about it.
    #[must_use]
    pub fn message(&self) -> Message {
        let (ja, en): (String, String) = match self {
            Self::Empty => (
                "ファイルが空です。選び直してください。".into(),
                "The file is empty. Please choose another.".into(),
            ),
            Self::Zipped => (
                "圧縮されたファイル(KMZ・ZIP)は読み込めません。中のKMLを取り出すか、KML・GPXで書き出してください。".into(),
                "Compressed files (KMZ, ZIP) are not read. Please take the KML out of it, or export KML or GPX.".into(),
            ),
            Self::UnknownFormat => (
                "GPX・KML・GeoJSONのどれでもありません。どれかの形式で書き出してください。".into(),
                "It is neither GPX nor KML nor GeoJSON. Please export it as one of them.".into(),
            ),
            Self::Encoding(label) => (
                format!("文字コード({label})として読めない部分があります。UTF-8で保存し直してください。"),
                format!("It is not text in the encoding {label}. Please save it in UTF-8."),
            ),
            Self::Doctype => (
                "DOCTYPEや独自の実体参照を含むXMLは、安全のため読み込みません。取り除くか、別のソフトで書き出してください。".into(),
                "XML with a DOCTYPE or entities of its own is not read, for safety. Please remove it, or export it with another program.".into(),
            ),
            Self::CutOff(format) => (
                format!("{}ファイルが途中で切れています。もう一度書き出すか、ダウンロードし直してください。", format.name()),
                format!("The {} file ends in the middle. Please export or download it again.", format.name()),
            ),
            Self::Broken(format, why) => (
                format!("{}として読み取れません({why})。別のソフトで書き出してみてください。", format.name()),
                format!("It cannot be read as {} ({why}). Please try to export it with another program.", format.name()),
            ),
            Self::TooManyPositions => (
                format!("点が{MOST_POSITIONS}個を超えています。必要な部分だけにするか、間引いてから読み込んでください。"),
                format!("It has more than {MOST_POSITIONS} positions. Please cut out the part you need, or simplify it first."),
            ),
            Self::NoNumber { number } => (
                format!("{number}番目の点の緯度・経度が数ではありません。直すか、その点を取り除いてください。"),
                format!("Latitude or longitude of position {number} is no number. Please mend or remove it."),
            ),
            Self::Swapped { number } => (
                format!("{number}番目の点の緯度と経度が逆のようです。GeoJSONとKMLは経度・緯度の順です。直してください。"),
                format!("Latitude and longitude of position {number} seem to be swapped: GeoJSON and KML have longitude first. Please mend them."),
            ),
            Self::OutOfWorld { number } => (
                format!("{number}番目の点が地球の範囲(経度±180、緯度±90)にありません。平面直角座標などは、緯度・経度に直してください。"),
                format!("Position {number} is not in the world (±180, ±90). Please convert plane coordinates to longitude and latitude."),
            ),
            Self::Nothing => (
                "線も点も入っていません。歩いた記録や立ち寄り点の入ったファイルを選んでください。".into(),
                "It holds no line and no point. Please choose a file with a recorded walk or with stops.".into(),
            ),
        };
        Message::new(ja, en)
    }
}
