//! Whether an answer is one of those that count.

use unicode_normalization::UnicodeNormalization as _;

/// Whether `text` is one of the answers, whatever its width, case, kana and spaces. Where none are configured, any that is
/// not blank counts.
///
/// ```
/// use machiaruki::visits::model::answers_match;
/// let answers = ["さくら坂".to_owned(), "12段".to_owned()];
/// assert!(answers_match(" １２ 段", &answers));
/// assert!(answers_match("サクラ坂", &answers));
/// assert!(!answers_match("-12段", &answers));
/// assert!(answers_match("何か", &[]));
/// assert!(!answers_match("　", &[]));
/// ```
#[must_use]
pub fn answers_match(text: &str, answers: &[String]) -> bool {
    let said = folded(text);
    !said.is_empty() && (answers.is_empty() || answers.iter().any(|answer| folded(answer) == said))
}

fn folded(text: &str) -> String {
    let plain = text.nfkc().flat_map(char::to_lowercase).filter(|one| !one.is_whitespace());
    plain
        .map(|one| match one {
            // Katakana and hiragana stand in the same order, 96 code points apart.
            'ァ'..='ヶ' => char::from_u32(one as u32 - 96).unwrap_or(one),
            other => other,
        })
        .collect::<String>()
        .nfkc()
        .collect()
}
