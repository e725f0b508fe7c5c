//! Whether what an editor says can be true, in words that say what to do next.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use crate::{
    catalogue::{Field, FieldKind, Layer, Shape},
    clock::Date,
    geo::{BadGeometry, Bbox, Geometry, checked},
    http::Message,
    places::{merge::Said, values},
};

use super::model::{Former, Patch, can_edit, can_hide};

/// What is wrong: a field, and why.
pub type Wrong = (String, Message);

const LONGEST_NAME: usize = 200;
const LONGEST_LINE: usize = 500;
const LONGEST_TEXT: usize = 5_000;
const MOST_ITEMS: usize = 100;
/// Farther outside the municipality than this, in degrees, is rather a mistake.
const FAR: f64 = 0.03;

/// A value that an editor typed, as it is stored; null when it is empty.
///
/// # Errors
/// When it is no value of the field.
pub fn value(field: &Field, given: &Value) -> Result<Value, Message> {
    let value = match values::value(field, given) {
        Ok(None) => return Ok(Value::Null),
        Ok(Some(value)) => value,
        Err(_) => return Err(expected(field.kind)),
    };
    let longest = match (field.name, field.kind) {
        ("name" | "name_kana" | "name_en", _) | (_, FieldKind::List) => LONGEST_NAME,
        ("description" | "description_en" | "note", _) => LONGEST_TEXT,
        _ => LONGEST_LINE,
    };
    let texts: Vec<&str> = match &value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if texts.len() > MOST_ITEMS || texts.iter().any(|text| text.chars().count() > longest) {
        return Err(Message::new(
            format!("長すぎます。{longest}文字以内にしてください。"),
            format!("This is too long. Please use at most {longest} characters."),
        ));
    }
    let is_line = longest != LONGEST_TEXT;
    let breaks = |text: &&str| text.chars().any(|c| c.is_control() && (is_line || !matches!(c, '\n' | '\t')));
    if texts.iter().any(breaks) {
        return Err(Message::new(
            "改行や制御文字は使えません。1行で入力してください。",
            "Please write it in one line, without control characters.",
        ));
    }
    match field.name {
        "phone" | "contact_phone" if !texts.iter().all(|text| is_phone(text)) => Err(Message::new(
            "電話番号を 03-1234-5678 のように入力してください。",
            "Please write a telephone number like 03-1234-5678.",
        )),
        "contact_email" if !texts.iter().all(|text| is_email(text)) => Err(Message::new(
            "メールアドレスを name@example.jp のように入力してください。",
            "Please write an e-mail address like name@example.jp.",
        )),
        "meeting_place_longitude" | "meeting_place_latitude" => {
            let most = if field.name.ends_with("longitude") { 180.0 } else { 90.0 };
            if value.as_f64().is_some_and(|degrees| degrees.abs() > most) {
                return Err(Message::new(
                    "緯度・経度の範囲を確かめてください。",
                    "Please check the degrees: they are outside the world.",
                ));
            }
            Ok(value)
        }
        _ => Ok(value),
    }
}

fn expected(kind: FieldKind) -> Message {
    match kind {
        FieldKind::Text | FieldKind::List => Message::new("文字で入力してください。", "Please write text."),
        FieldKind::Integer => {
            Message::new("整数で入力してください(例: 120)。", "Please write a whole number, such as 120.")
        }
        FieldKind::Number => {
            Message::new("数字で入力してください(例: 3.5)。", "Please write a number, such as 3.5.")
        }
        FieldKind::Flag => {
            Message::new("はい・いいえ・未記入から選んでください。", "Please choose yes, no or not said.")
        }
        FieldKind::Date => Message::new(
            "日付を 2026-04-01 のように入力してください。",
            "Please write a day like 2026-04-01.",
        ),
        FieldKind::Url => Message::new(
            "https:// で始まるアドレスを入力してください。",
            "Please write an address that begins with https://.",
        ),
        FieldKind::Choice(_) => Message::new("一覧から選んでください。", "Please choose one of the list."),
    }
}

/// Digits with the marks that stand between them, and a remark such as `(代表)` or `内線12`.
fn is_phone(text: &str) -> bool {
    let plain: String = text.nfkc().collect();
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let starts_well = plain.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '(' || c == '#');
    (3..=30).contains(&digits) && starts_well && plain.chars().count() <= 60
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && !part.contains(['@', ' ', '　', ',', '<', '>']);
    plain(name) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

/// A change with its values as they are stored.
///
/// # Errors
/// With everything that is wrong with it.
pub fn patch(layer: &Layer, mut patch: Patch, today: Date) -> Result<Patch, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let unknown = || Message::new("この項目は変更できません。", "This field cannot be changed.");
    for (name, given) in &mut patch.fields {
        match layer.field(name).filter(|_| can_edit(layer, name)) {
            None => wrong.push((name.clone(), unknown())),
            Some(field) => match value(field, given) {
                Ok(value) => *given = value,
                Err(message) => wrong.push((name.clone(), message)),
            },
        }
    }
    for name in &patch.reset {
        if !can_edit(layer, name) {
            wrong.push((name.clone(), unknown()));
        } else if patch.fields.contains_key(name) {
            let message = Message::new(
                "値の入力と「ファイルの値に戻す」は同時にできません。",
                "A field is either given a value or follows the file again, not both.",
            );
            wrong.push((name.clone(), message));
        }
    }
    for name in patch.hidden.keys().filter(|name| !can_hide(layer, name)) {
        let message = Message::new(
            "この項目の公開・非公開は変えられません。",
            "Whether this field is public cannot be changed.",
        );
        wrong.push((name.clone(), message));
    }
    if let Some(given) = patch.geometry.take() {
        match geometry(layer, given) {
            Ok(geometry) => patch.geometry = Some(geometry),
            Err(message) => wrong.push(("geometry".to_owned(), message)),
        }
    }
    if patch.renamed_on.is_some_and(|day| day > today) {
        wrong.push((
            "renamed_on".to_owned(),
            Message::new(
                "まだ来ていない日です。改称の日になってから変更してください。",
                "That day has not come yet. Please change the name on or after it.",
            ),
        ));
    }
    former(patch.former.as_mut(), &mut wrong);
    if wrong.is_empty() { Ok(patch) } else { Err(wrong) }
}

fn former(given: Option<&mut Vec<Former>>, wrong: &mut Vec<Wrong>) {
    let Some(given) = given else { return };
    for former in given.iter_mut() {
        former.name = former.name.trim().to_owned();
    }
    let fits = |former: &Former| {
        !former.name.is_empty()
            && former.name.chars().count() <= LONGEST_NAME
            && !former.name.chars().any(char::is_control)
            && (1800..=2200).contains(&former.until.year())
    };
    if given.len() > MOST_ITEMS || !given.iter().all(fits) {
        wrong.push((
            "former".to_owned(),
            Message::new(
                "旧称と、その名称でなくなった日を入力してください。",
                "Please write each former name, and the day on which it ended.",
            ),
        ));
    }
    given.sort_by_key(|former| former.until);
}

/// A geometry that the layer takes, valid.
///
/// # Errors
/// When it is none.
pub fn geometry(layer: &Layer, given: Geometry) -> Result<Geometry, Message> {
    let (geometry, _) = checked(given).map_err(|error| match error {
        BadGeometry::OutOfWorld { .. } => Message::new(
            "緯度・経度の範囲を確かめてください(緯度と経度が逆かもしれません)。",
            "Please check the degrees: latitude and longitude may be swapped.",
        ),
        other => Message::new(
            format!("この形は登録できません。描き直してください({other})。"),
            format!("This shape cannot be stored; please draw it again ({other})."),
        ),
    })?;
    let is_point = matches!(geometry, Geometry::Point(_));
    let is_area = matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    let fits = match layer.shape {
        Shape::Point => is_point,
        Shape::AreaOrPoint => is_point || is_area,
        Shape::Area => is_area,
        Shape::Line => false,
    };
    if fits {
        Ok(geometry)
    } else {
        Err(Message::new(
            "このレイヤーでは使えない形です。点で指定してください。",
            "The layer does not take such a shape. Please set a point.",
        ))
    }
}

/// What is wrong with a place as a whole.
#[must_use]
pub fn whole(said: &Said) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if said.name().is_empty() {
        wrong.push(("name".to_owned(), Message::new("名称を入力してください。", "Please write the name.")));
    }
    if let (Some(from), Some(until)) = said.days()
        && until < from
    {
        wrong.push((
            "retired_on".to_owned(),
            Message::new(
                "廃止の日が、有効になった日より前です。",
                "It is retired before the day on which it comes into force.",
            ),
        ));
    }
    wrong
}

/// Whether a place lies far outside the municipality: rather a slip than a fact.
#[must_use]
pub fn is_far(geometry: &Geometry, municipality: Bbox) -> bool {
    let around = Bbox {
        west: municipality.west - FAR,
        south: municipality.south - FAR,
        east: municipality.east + FAR,
        north: municipality.north + FAR,
    };
    Bbox::around(geometry).is_none_or(|bbox| !around.intersects(bbox))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::LayerId;

    fn read(field: &str, given: impl Into<Value>) -> Result<Value, Message> {
        value(LayerId::Organisations.layer().field(field).unwrap(), &given.into())
    }

    #[test]
    fn what_cannot_be_true_is_refused() {
        for (field, given) in [
            ("phone", "でんわ"),
            ("phone", "0"),
            ("contact_email", "a@b"),
            ("contact_email", "a b@example.jp"),
            ("url", "javascript:alert(1)"),
            ("kind", "城"),
            ("valid_from", "2026-02-30"),
            ("name", "二\n行"),
            ("name", "長".repeat(201).as_str()),
        ] {
            assert!(read(field, given).is_err(), "{field} {given}");
        }
    }

    #[test]
    fn what_people_type_is_taken() {
        for (field, given, stored) in [
            (
                "phone",
                Value::from("０３－３５７８－２１１１(代表)"),
                Value::from("０３－３５７８－２１１１(代表)"),
            ),
            ("contact_email", "a.b@example.jp".into(), "a.b@example.jp".into()),
            ("kind", "町会".into(), "neighbourhood_association".into()),
            ("note", "二\n行".into(), "二\n行".into()),
            ("former_names", "甲;乙".into(), vec!["甲", "乙"].into()),
            ("phone", "  ".into(), Value::Null),
            ("phone", Value::Null, Value::Null),
        ] {
            assert_eq!(read(field, given), Ok(stored), "{field}");
        }
    }

    #[test]
    fn the_name_and_what_is_invented_cannot_be_hidden() {
        let layer = LayerId::Organisations.layer();
        let today = Date::constant(2026, 11, 20);
        for field in ["name", "sample", "retired_on", "contact_name", "colour"] {
            let mut hiding = Patch::default();
            hiding.hidden.insert(field.into(), true);
            assert!(patch(layer, hiding, today).is_err(), "{field}");
        }
        let mut sample = Patch::default();
        sample.fields.insert("sample".into(), false.into());
        assert!(patch(layer, sample, today).is_err());
    }
}
