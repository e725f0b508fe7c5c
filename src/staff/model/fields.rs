//! What a number, a name and an e-mail address have to look like.

use unicode_normalization::UnicodeNormalization as _;

use crate::layers::fold;

/// The longest number, name and address that are kept.
const NUMBER: usize = 32;
const NAME: usize = 80;
const EMAIL: usize = 254;

/// Why a text cannot be what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Nothing is there.
    Empty,
    /// It is too long.
    TooLong,
    /// It holds what cannot be in it.
    Malformed,
}

/// Half-width, without space around it; space within is one space.
fn tidy(text: &str) -> String {
    text.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A staff number as it is kept: half-width, Latin letters, digits and hyphens.
///
/// # Errors
/// When it is none.
pub fn check_number(text: &str) -> Result<String, Unfit> {
    let number: String = text.nfkc().filter(|letter| !letter.is_whitespace()).collect();
    if number.is_empty() {
        return Err(Unfit::Empty);
    }
    if number.len() > NUMBER {
        return Err(Unfit::TooLong);
    }
    let is_fit = number.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    if is_fit { Ok(number) } else { Err(Unfit::Malformed) }
}

/// A name as it is kept: as it is written, for 﨑 is not 崎; only its spaces are made one.
///
/// # Errors
/// When it is none.
pub fn check_name(text: &str) -> Result<String, Unfit> {
    short(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A reading or a 職級 as it is kept: kana in full width, digits and letters in half width.
///
/// # Errors
/// When it is none.
pub fn check_label(text: &str) -> Result<String, Unfit> {
    short(tidy(text))
}

fn short(name: String) -> Result<String, Unfit> {
    if name.is_empty() {
        return Err(Unfit::Empty);
    }
    if name.chars().count() > NAME {
        return Err(Unfit::TooLong);
    }
    if name.chars().any(char::is_control) { Err(Unfit::Malformed) } else { Ok(name) }
}

/// An e-mail address as it is kept.
///
/// # Errors
/// When it is none.
pub fn check_email(text: &str) -> Result<String, Unfit> {
    let address = tidy(text);
    if address.is_empty() {
        return Err(Unfit::Empty);
    }
    if address.len() > EMAIL {
        return Err(Unfit::TooLong);
    }
    let is_fit = address.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    }) && address.matches('@').count() == 1
        && !address
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control() || "<>,;\"".contains(letter));
    if is_fit { Ok(address) } else { Err(Unfit::Malformed) }
}

/// What lists are ordered by and searches look in: the number as it is, then what people type.
#[must_use]
pub fn search_text(number: &str, name: &str, kana: Option<&str>) -> String {
    let mut text = format!("{number}\u{1}{}\u{1}{}", fold(name), kana.map(fold).unwrap_or_default());
    let folded = fold(number);
    if folded != number {
        text.push('\u{1}');
        text.push_str(&folded);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_names_and_addresses_are_kept_in_one_form() {
        assert_eq!(check_number(" ００１２３ "), Ok("00123".into()));
        assert_eq!(check_number("Ａ-12"), Ok("A-12".into()));
        assert_eq!(check_number("  "), Err(Unfit::Empty));
        assert_eq!(check_number("12/3"), Err(Unfit::Malformed));
        assert_eq!(check_number(&"1".repeat(33)), Err(Unfit::TooLong));
        assert_eq!(check_name("見本　 あゆみ"), Ok("見本 あゆみ".into()));
        assert_eq!(check_name("見本（神）"), Ok("見本（神）".into()));
        assert_eq!(check_label("ﾐﾎﾝ １"), Ok("ミホン 1".into()));
        assert_eq!(check_email("a@city.example.jp"), Ok("a@city.example.jp".into()));
        for bad in ["a", "a@b", "a@@b.c", "a b@c.d", "@b.c", "a@.c", "<a@b.c>"] {
            assert_eq!(check_email(bad), Err(Unfit::Malformed), "{bad}");
        }
    }

    #[test]
    fn lists_are_in_the_order_of_numbers() {
        let text = |number| search_text(number, "見本 あゆみ", Some("ミホン アユミ"));
        assert!(text("12") < text("123") && text("123") < text("2"));
        assert!(text("A-1").contains(&fold("A-1")));
        assert!(text("1").contains(&fold("ﾐﾎﾝｱﾕ")));
    }
}
