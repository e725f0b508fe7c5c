//! Cells of files as values of fields.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

use crate::{
    catalogue::{Choice, Field, FieldKind},
    clock::Date,
};

/// A cell that is no value of its field. The cell is left out and the report says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadValue(pub String);

/// Longer texts than this are cut off by no one but refused: they are mistakes in a file.
const LONGEST_TEXT: usize = 20_000;

/// The value of a cell; `None` when it is empty.
///
/// # Errors
/// When it is something that the field does not take.
pub fn value(field: &Field, cell: &Value) -> Result<Option<Value>, BadValue> {
    if let (FieldKind::List, Value::Array(items)) = (field.kind, cell) {
        let items: Vec<Value> = items.iter().filter_map(text_of).map(Value::from).collect();
        return Ok((!items.is_empty()).then_some(Value::Array(items)));
    }
    if let (FieldKind::Flag, Value::Bool(flag)) = (field.kind, cell) {
        return Ok(Some(Value::Bool(*flag)));
    }
    let Some(text) = text_of(cell) else {
        return match cell {
            Value::Array(_) | Value::Object(_) => Err(bad(field, "a nested value", "one value")),
            _ => Ok(None),
        };
    };
    if text.len() > LONGEST_TEXT {
        return Err(bad(field, &text, "at most 20,000 bytes"));
    }
    match field.kind {
        FieldKind::Text => Ok(Some(text.into())),
        FieldKind::List => {
            let items: Vec<Value> = text
                .split([';', '；'])
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(Value::from)
                .collect();
            Ok((!items.is_empty()).then_some(Value::Array(items)))
        }
        FieldKind::Flag => {
            flag(&text).map(|flag| Some(flag.into())).ok_or_else(|| bad(field, &text, "yes or no"))
        }
        FieldKind::Integer => number(&text)
            .filter(|number| number.fract() == 0.0 && number.abs() < 1e15)
            .map(|number| Some((number as i64).into()))
            .ok_or_else(|| bad(field, &text, "a whole number")),
        FieldKind::Number => {
            number(&text).map(|number| Some(number.into())).ok_or_else(|| bad(field, &text, "a number"))
        }
        FieldKind::Date => date(&text)
            .map(|date| Some(date.to_string().into()))
            .ok_or_else(|| bad(field, &text, "a date like 2026-04-01")),
        FieldKind::Url => {
            // Anything else may run in a reader's browser.
            let is_web = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
            if is_web { Ok(Some(text.into())) } else { Err(bad(field, &text, "an address with https://")) }
        }
        FieldKind::Choice(choices) => {
            choice(choices, &text).map(|value| Some(value.into())).ok_or_else(|| {
                let known: Vec<_> = choices.iter().map(|choice| choice.value).collect();
                bad(field, &text, &format!("one of {}", known.join(", ")))
            })
        }
    }
}

/// A cell's number in degrees, metres and the like, full-width digits included.
pub fn number(text: &str) -> Option<f64> {
    let plain: String = text.nfkc().filter(|c| *c != ',' && !c.is_whitespace()).collect();
    plain.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A cell as text; `None` when there is none.
pub fn text_of(cell: &Value) -> Option<String> {
    match cell {
        Value::String(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn bad(field: &Field, text: &str, expected: &str) -> BadValue {
    let shown: String = text.chars().take(40).collect();
    BadValue(format!("{} ({}): {shown:?} is not {expected}", field.name, field.label.ja))
}

fn flag(text: &str) -> Option<bool> {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).collect();
    match plain.as_str() {
        "1" | "true" | "yes" | "○" | "◯" | "〇" | "◎" | "有" | "あり" | "はい" | "可" => {
            Some(true)
        }
        "0" | "false" | "no" | "×" | "✕" | "無" | "なし" | "いいえ" | "不可" => Some(false),
        _ => None,
    }
}

/// `2026-04-01`, `2026/4/1` or `20260401`.
fn date(text: &str) -> Option<Date> {
    let plain: String = text.nfkc().collect();
    let parts: Vec<&str> = plain.split(['-', '/']).collect();
    let date = match parts[..] {
        [year, month, day] => Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        [packed] if packed.len() == 8 && packed.is_ascii() => {
            Date::new(packed[..4].parse().ok()?, packed[4..6].parse().ok()?, packed[6..].parse().ok()?)
        }
        _ => return None,
    };
    date.ok().filter(|date| (1800..=2200).contains(&date.year()))
}

fn choice(choices: &[Choice], text: &str) -> Option<&'static str> {
    let plain: String = text.nfkc().collect();
    choices
        .iter()
        .find(|choice| {
            choice.value == plain || choice.label.ja == text || choice.written.contains(&plain.as_str())
        })
        .map(|choice| choice.value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::LayerId;

    fn read(layer: LayerId, field: &str, cell: impl Into<Value>) -> Result<Option<Value>, BadValue> {
        value(layer.layer().field(field).unwrap(), &cell.into())
    }

    #[test]
    fn cells_are_read_as_files_write_them() {
        use LayerId::{Facilities, Organisations, Shelters};
        for (layer, field, cell, expected) in [
            (Shelters, "flood", Value::from("1"), Some(Value::from(true))),
            (Shelters, "flood", "○".into(), Some(true.into())),
            (Shelters, "flood", "×".into(), Some(false.into())),
            (Shelters, "flood", "".into(), None),
            (Shelters, "flood", Value::Null, None),
            (Shelters, "capacity", "１，２００".into(), Some(1200.into())),
            (Shelters, "capacity", 300.into(), Some(300.into())),
            (Shelters, "elevation_m", "-1.5".into(), Some((-1.5).into())),
            (Shelters, "serves", "甲; 乙；".into(), Some(vec!["甲", "乙"].into())),
            (Shelters, "valid_from", "2026/4/1".into(), Some("2026-04-01".into())),
            (Organisations, "kind", "町会".into(), Some("neighbourhood_association".into())),
            (Organisations, "kind", "商店街".into(), Some("shopping_street".into())),
            (Facilities, "code", 33077.into(), Some("33077".into())),
        ] {
            assert_eq!(read(layer, field, cell.clone()), Ok(expected), "{field} {cell}");
        }
    }

    #[test]
    fn what_is_no_value_is_said_and_not_guessed() {
        use LayerId::{Facilities, Shelters};
        for (layer, field, cell) in [
            (Shelters, "flood", "たぶん"),
            (Shelters, "capacity", "約100人"),
            (Shelters, "capacity", "1.5"),
            (Shelters, "valid_from", "2026-02-30"),
            (Shelters, "elevation_m", "NaN"),
            (Facilities, "url", "javascript:alert(1)"),
            (Facilities, "kind", "城"),
        ] {
            let error = read(layer, field, cell).unwrap_err();
            assert!(error.0.starts_with(field), "{error:?}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_makes_it_panic(text in any::<String>()) {
            for layer in LayerId::ALL {
                for field in layer.layer().fields {
                    let _ = value(field, &Value::from(text.as_str()));
                }
            }
        }
    }
}
