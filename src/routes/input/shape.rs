//! Texts of files as the texts of a design have to be.

/// The most characters of a name and of a story, as a design has them.
const NAME: usize = 100;
const STORY: usize = 2_000;

/// A name: one line without control characters, not too long.
pub(super) fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(NAME).collect::<String>().trim_end().to_owned()
}

/// A story: without control characters and tags, not too long.
pub(super) fn story(text: &str) -> String {
    let plain = without_tags(text);
    let clean = plain.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    clean.take(STORY).collect::<String>().trim().to_owned()
}

/// Map programs write HTML into descriptions. Nobody renders it here, so it would only be in the way.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let is_tag = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(length) = rest[at..].find('>').filter(|_| is_tag) else {
            plain.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        plain.push_str(&rest[..at]);
        let tag = rest[at + 1..at + length].trim_start_matches('/').to_ascii_lowercase();
        if ["br", "p", "div", "li", "tr"].iter().any(|block| tag.split(['/', ' ']).next() == Some(block)) {
            plain.push('\n');
        }
        rest = &rest[at + length + 1..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_a_design() {
        assert_eq!(one_line(" 坂の\n\u{7}上 "), "坂の 上");
        assert_eq!(one_line(&"門".repeat(200)).chars().count(), 100);
        assert_eq!(story("<b>門</b>です。<br/>3 < 5 & x <script>"), "門です。\n3 < 5 & x");
        assert_eq!(story(&"あ".repeat(3_000)).chars().count(), 2_000);
    }
}
