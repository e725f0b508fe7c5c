//! Text in the three languages of the service.

use http::{HeaderMap, header};
use serde::Serialize;

/// One text in Japanese, English and やさしい日本語 (plain Japanese).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Text3 {
    /// 日本語.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
    /// やさしい日本語: short words, with readings where a kanji is hard.
    pub easy: &'static str,
}

impl Text3 {
    /// A text in Japanese, English and やさしい日本語.
    #[must_use]
    pub const fn new(ja: &'static str, en: &'static str, easy: &'static str) -> Self {
        Self { ja, en, easy }
    }
}

/// A language that somebody reads: what a person is told is in one of three, and not in two as the errors of the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReaderLanguage {
    /// 日本語.
    #[default]
    Ja,
    /// English.
    En,
    /// やさしい日本語.
    Easy,
}

impl ReaderLanguage {
    /// The one that is called so in somebody's account, else Japanese.
    #[must_use]
    pub fn of_account(name: Option<&str>) -> Self {
        match name {
            Some("en") => Self::En,
            Some("easy") => Self::Easy,
            _ => Self::Ja,
        }
    }

    /// The first language of `Accept-Language`; plain Japanese is `ja-x-easy` (BCP 47, private use).
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let wanted =
            headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let known = |range: &str| {
            let tag = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            match (tag.as_str(), tag.split('-').next()) {
                ("ja-x-easy", _) => Some(Self::Easy),
                (_, Some("ja")) => Some(Self::Ja),
                (_, Some("en")) => Some(Self::En),
                _ => None,
            }
        };
        wanted.split(',').find_map(known).unwrap_or_default()
    }

    /// The one of three texts that is in this language.
    #[must_use]
    pub fn pick<T>(self, ja: T, en: T, easy: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
            Self::Easy => easy,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_is_spoken_here_is_taken() {
        let of = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            ReaderLanguage::of(&headers)
        };
        assert_eq!(of("ja-x-easy, ja;q=0.9"), ReaderLanguage::Easy);
        assert_eq!(of("fr, en-GB;q=0.8, ja"), ReaderLanguage::En);
        assert_eq!(of("ja-JP"), ReaderLanguage::Ja);
        assert_eq!(of("fr"), ReaderLanguage::Ja);
        assert_eq!(ReaderLanguage::of(&HeaderMap::new()), ReaderLanguage::Ja);
    }
}
