use serde_json::Value;

use crate::text::ReaderLanguage;

/// The `title` of a payload (`{"ja":…,"en":…,"easy":…}`) in the reader's language, else in Japanese.
#[must_use]
pub fn titled(payload: &Value, language: ReaderLanguage) -> String {
    let text = |name: &str| payload["title"][name].as_str().unwrap_or_default();
    let (ja, own) = (text("ja"), text(language.pick("ja", "en", "easy")));
    if own.is_empty() { ja } else { own }.to_owned()
}
