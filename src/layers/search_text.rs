//! The text of features as it is searched.
//!
//! Text is *folded*: what people type and what files hold differ in width, case, kana, spaces and
//! in how they write numbers of a 丁目, and mean the same.

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

/// The fields that are searched, the best match first. The address comes last.
pub(super) const SEARCHED: [&str; 5] = ["name", "name_kana", "name_en", "former_names", "address"];
/// Between the fields of one feature.
const FIELD_END: char = '\u{1}';
/// Between the items of a list.
const ITEM_END: char = '\u{2}';
/// Before each feature: a match cannot reach over it.
const FEATURE: char = '\u{3}';

/// Text as it is compared: NFKC, lower case, katakana as hiragana, without spaces, marks and hyphens,
/// and the number of a 丁目 in digits.
///
/// ```
/// use machiaruki::layers::fold;
/// assert_eq!(fold("シバ　１丁目"), "しば1丁目");
/// assert_eq!(fold("芝一丁目"), fold("芝1丁目"));
/// assert_eq!(fold("Tokyo Tower"), "tokyotower");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkc().flat_map(char::to_lowercase) {
        match character {
            // Katakana and hiragana stand in the same order, 96 code points apart.
            'ァ'..='ヶ' => {
                folded.extend(char::from_u32(character as u32 - 96));
            }
            '\u{0}'..='\u{1f}' | '・' | '-' | '‐' | '‑' | '–' | '—' | '−' | '\'' | '’' => {}
            _ if character.is_whitespace() => {}
            _ => folded.push(character),
        }
    }
    // What is now side by side may belong together.
    chome_in_digits(&folded.nfkc().collect::<String>())
}

/// `十一丁目` → `11丁目`. Only before 丁目, since 三田 and 六本木 are names.
fn chome_in_digits(text: &str) -> String {
    const CHOME: &str = "丁目";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(CHOME) {
        let before = &rest[..at];
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, character)| kanji_digit(*character).is_some())
            .last()
            .map_or(at, |(index, _)| index);
        out.push_str(&before[..start]);
        match kanji_number(&before[start..]) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(&before[start..]),
        }
        out.push_str(CHOME);
        rest = &rest[at + CHOME.len()..];
    }
    out.push_str(rest);
    out
}

fn kanji_digit(character: char) -> Option<u32> {
    "〇一二三四五六七八九十".chars().position(|one| one == character).map(|digit| digit as u32)
}

/// 1 to 99.
fn kanji_number(text: &str) -> Option<u32> {
    let mut tens = None;
    let mut ones = 0;
    for character in text.chars() {
        match kanji_digit(character)? {
            10 if tens.is_none() => {
                tens = Some(ones.max(1));
                ones = 0;
            }
            10 => return None,
            digit if ones == 0 => ones = digit,
            _ => return None,
        }
    }
    Some(tens.unwrap_or(0) * 10 + ones).filter(|number| *number > 0)
}

/// Appends a feature's text to search, folded.
pub(super) fn write_text(properties: &Map<String, Value>, out: &mut String) {
    out.push(FEATURE);
    for field in SEARCHED {
        match properties.get(field) {
            Some(Value::String(text)) => out.push_str(&fold(text)),
            Some(Value::Array(items)) => {
                for item in items.iter().filter_map(Value::as_str) {
                    out.push_str(&fold(item));
                    out.push(ITEM_END);
                }
            }
            _ => {}
        }
        out.push(FIELD_END);
    }
}

/// How well a feature's text matches, and in which field: whole before beginning before within, an
/// earlier field before a later, a shorter text before a longer.
pub(super) fn best_match(text: &str, word: &str) -> (u32, usize) {
    let mut best = (u32::MAX, 0);
    let fields = text.trim_start_matches(FEATURE).split(FIELD_END).take(SEARCHED.len());
    for (field, content) in fields.enumerate() {
        for item in content.split(ITEM_END) {
            let how = match item.find(word) {
                None => continue,
                Some(0) if item.len() == word.len() => 0,
                Some(0) => 1,
                Some(_) => 2,
            };
            let length = (item.len() / 3).min(999) as u32;
            // An address that begins with the word says less than a name that holds it.
            let address = u32::from(SEARCHED[field] == "address");
            best = best.min(((address * 3 + how) * 10_000 + field as u32 * 1_000 + length, field));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_and_what_files_hold_fold_to_one() {
        for (a, b) in [
            ("ﾄｳｷｮｳﾀﾜｰ", "とうきょうたわー"),
            ("トウキョウタワー", "とうきょうたわー"),
            ("港区立 芝小学校", "港区立芝小学校"),
            ("東新橋二丁目", "東新橋２丁目"),
            ("芝公園十一丁目", "芝公園11丁目"),
            ("２３丁目", "二十三丁目"),
            ("Ｍｉｎａｔｏ－ｋｕ", "minato-ku"),
            ("ガ", "か\u{3099}"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_eq!(fold("三田六本木"), "三田六本木");
        assert_eq!(fold("丁目"), "丁目");
    }

    #[test]
    fn a_whole_name_is_better_than_a_beginning_than_a_part_than_an_address() {
        let text = |name: &str, address: &str| {
            let mut properties = Map::new();
            properties.insert("name".into(), name.into());
            properties.insert("address".into(), address.into());
            let mut out = String::new();
            write_text(&properties, &mut out);
            out
        };
        let word = fold("芝公園");
        let ranks = [
            best_match(&text("芝公園", ""), &word),
            best_match(&text("芝公園駅", ""), &word),
            best_match(&text("都立芝公園", ""), &word),
            best_match(&text("増上寺", "芝公園四丁目"), &word),
        ];
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert_eq!(ranks[3].1, 4);
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_never_panics(text in any::<String>()) {
            let _ = fold(&text);
        }
    }
}
