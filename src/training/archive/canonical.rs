//! JSON in exactly one way: RFC 8785 (JCS), for what archives hold.
//!
//! Names in the order of their UTF-16 units, no blanks, strings escaped no more than JSON needs. Numbers are whole and within what
//! every reader of JSON keeps exactly (±2⁵³): archives hold no others.

use serde_json::Value;

/// A number that some readers of JSON would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it holds a number that not every program reads alike")]
pub struct NotExact;

const LARGEST: i64 = 1 << 53;

/// Writes a value in the one way.
///
/// ```
/// use machiaruki::training::archive::canonical;
/// let value = serde_json::json!({ "b": [1, null, true], "a": "町\n" });
/// assert_eq!(canonical(&value).unwrap(), "{\"a\":\"町\\n\",\"b\":[1,null,true]}");
/// assert!(canonical(&serde_json::json!(0.5)).is_err());
/// ```
///
/// # Errors
/// When it holds a number with a fraction, or a larger one than every program keeps exactly.
pub fn canonical(value: &Value) -> Result<String, NotExact> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), NotExact> {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => out.push_str(&value.to_string()),
        Value::Number(number) => {
            let whole =
                number.as_i64().filter(|whole| (-LARGEST..=LARGEST).contains(whole)).ok_or(NotExact)?;
            out.push_str(&whole.to_string());
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (index, (name, item)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write(item, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}
