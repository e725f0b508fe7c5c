//! Why an item is not taken.

use serde::Serialize;
use utoipa::ToSchema;

use crate::http::Message;

/// The kinds of refusal. Whatever is refused stays as it is on the phone; sending it again unchanged ends the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// It is no JSON of the documented form.
    Malformed,
    /// A name stands twice in it.
    DuplicateKey,
    /// Its id is no UUIDv7.
    BadId,
    /// Its time is no RFC 3339, or no day of the calendar.
    BadTime,
    /// The offset of its time is beyond 14 hours.
    BadOffset,
    /// Its time is more than 15 minutes ahead.
    Future,
    /// Its time is before 2020.
    TooOld,
    /// There is no such version of a route.
    UnknownRouteVersion,
    /// That version has no such stop.
    UnknownStop,
    /// A position is not in the world.
    BadCoordinates,
    /// Latitude and longitude seem to be swapped.
    SwappedCoordinates,
    /// An accuracy is not above 0 and at most 100 km, or an age is below 0.
    BadAccuracy,
    /// A text is too long.
    TooLong,
    /// There is too much evidence.
    TooMuch,
    /// Of a file: it is none of the kinds that there are.
    UnknownKind,
    /// Of a file: there is no such account.
    UnknownOwner,
    /// Of a file: it is the own of whoever imports it.
    OwnItem,
    /// Of a file: the visit to which it belongs is not there.
    UnknownVisit,
    /// Of a file: no visit names the photo.
    UnnamedPhoto,
    /// Of a file: it is no photo that can be read.
    BadPhoto,
}

/// Why an item is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind.
    pub code: RefusalCode,
    /// The field at fault; may be empty.
    pub field: String,
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self { code, field: String::new() }
    }
}

impl Refusal {
    /// A refusal for one field.
    #[must_use]
    pub fn of(code: RefusalCode, field: impl Into<String>) -> Self {
        Self { code, field: field.into() }
    }

    /// In words.
    #[must_use]
    pub fn message(&self) -> Message {
        let (ja, en) = match self.code {
            RefusalCode::Malformed => {
                ("記録の形式が正しくありません。", "The record does not have the right form.")
            }
            RefusalCode::DuplicateKey => ("同じ項目が2回書かれています。", "A field stands in it twice."),
            RefusalCode::BadId => ("記録の番号(id)がUUIDv7ではありません。", "Its id is no UUIDv7."),
            RefusalCode::BadTime => (
                "日時が正しくありません(例: 2026-11-20T10:15:30+09:00)。",
                "Its time is not valid (such as 2026-11-20T10:15:30+09:00).",
            ),
            RefusalCode::BadOffset => {
                ("日時の時差が14時間を超えています。", "The offset of its time is beyond 14 hours.")
            }
            RefusalCode::Future => (
                "日時が未来になっています。端末の時計を確かめてください。",
                "Its time is in the future. Please check the phone's clock.",
            ),
            RefusalCode::TooOld => (
                "日時が2020年より前になっています。端末の時計を確かめてください。",
                "Its time is before 2020. Please check the phone's clock.",
            ),
            RefusalCode::UnknownRouteVersion => {
                ("そのコースの版は見つかりません。", "There is no such version of a route.")
            }
            RefusalCode::UnknownStop => (
                "その立ち寄り点は、このコースの版にありません。",
                "That version of the route has no such stop.",
            ),
            RefusalCode::BadCoordinates => {
                ("位置が地球上の点ではありません。", "The position is not in the world.")
            }
            RefusalCode::SwappedCoordinates => (
                "緯度と経度が逆のようです(経度、緯度の順です)。",
                "Latitude and longitude seem to be swapped (longitude comes first).",
            ),
            RefusalCode::BadAccuracy => (
                "位置の精度(0より大きく100km以下)か経過秒数(0以上)が正しくありません。",
                "The accuracy (above 0, at most 100 km) or the age (0 or more) of the position is not valid.",
            ),
            RefusalCode::TooLong => ("文字数が多すぎます。", "A text is too long."),
            RefusalCode::TooMuch => {
                ("証拠の数が多すぎます(20件まで)。", "There is too much evidence (at most 20).")
            }
            RefusalCode::UnknownKind => {
                ("この種類の記録は取り込めません。", "This kind of record cannot be imported.")
            }
            RefusalCode::UnknownOwner => (
                "記録の持ち主のアカウントがありません。別の自治体のファイルではないか確かめてください。",
                "There is no such account as its owner. Please check that the file is of this municipality.",
            ),
            RefusalCode::OwnItem => (
                "ご自身の記録は取り込めません。ほかの研修担当に依頼してください。",
                "This record is your own, so another trainer has to import it. Please ask one.",
            ),
            RefusalCode::UnknownVisit => (
                "これが付く訪問が届いていません。その訪問の入ったファイルを先に取り込んでください。",
                "The visit to which it belongs is not here. Please import the file with that visit first.",
            ),
            RefusalCode::UnnamedPhoto => ("この写真を示す訪問がありません。", "No visit names this photo."),
            RefusalCode::BadPhoto => (
                "写真として読めません(壊れている、大きすぎる、または使えない形式です)。",
                "It is no photo that can be read: broken, too large, or of another format.",
            ),
        };
        if self.field.is_empty() {
            return Message::new(ja, en);
        }
        Message::new(format!("{ja}({})", self.field), format!("{en} ({})", self.field))
    }
}
