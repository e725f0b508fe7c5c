//! Where a line may end: between Japanese characters, but as 禁則処理 (JIS X 4051) has it; in other scripts after blanks
//! and hyphens.

/// Never at the beginning of a line: 行頭禁則文字.
const NOT_FIRST: &str = "、。,.,.・:;:;?!?!゛゜ヽヾゝゞ々ー―‐゠–〜~)]})]}〕〉》」』】〙〗〟’”⦆»\
    ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ…‥%%‰℃°′″";
/// Never at the end of a line: 行末禁則文字.
const NOT_LAST: &str = "([{([{〔〈《「『【〘〖〝‘“⦅«¥¥$$£#";

/// Whether a line may end between two neighbouring characters.
pub(super) fn may_break(before: char, after: char) -> bool {
    if after == ' ' {
        return false;
    }
    if matches!(before, ' ' | '\u{3000}' | '\u{200b}') {
        return !NOT_FIRST.contains(after);
    }
    let (wide_before, wide_after) = (is_wide(before), is_wide(after));
    if !wide_before && !wide_after {
        // Within a word; a long address may break after its slashes and hyphens.
        return matches!(before, '-' | '/') && after.is_alphanumeric();
    }
    if NOT_LAST.contains(before) {
        return false;
    }
    if NOT_FIRST.contains(after) {
        return false;
    }
    // 分離禁止: pairs that are one sign.
    !(before == after && matches!(before, '…' | '‥' | '—' | '―'))
}

/// Whether a character is of a script that is written without blanks.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}' | '…' | '‥' | '―' | '—' | '‘' | '’' | '“' | '”' | '※' | '→' | '℃' | '①'..='⓿')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_signs_stay_with_what_they_close() {
        for after in "、。)」』】!?ーっょァ々…%".chars() {
            assert!(!may_break('本', after), "{after}");
        }
        assert!(may_break('見', '本') && may_break('。', '次') && may_break('」', 'と'));
    }

    #[test]
    fn opening_signs_stay_with_what_they_open() {
        for before in "(「『【〈".chars() {
            assert!(!may_break(before, '本'), "{before}");
        }
        assert!(may_break('は', '「'));
    }

    #[test]
    fn words_of_other_scripts_stay_whole() {
        assert!(!may_break('e', 'l') && !may_break('d', ' ') && may_break(' ', 'w') && may_break('-', 'w'));
        assert!(!may_break('1', '6') && !may_break('1', ',') && !may_break('m', '.'));
        assert!(may_break('は', 'A') && may_break('A', 'は'));
    }

    #[test]
    fn one_sign_of_two_characters_stays_whole() {
        assert!(!may_break('…', '…') && !may_break('―', '―'));
    }
}
