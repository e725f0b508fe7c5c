//! Which language a message is written in.

use http::{HeaderMap, header};

/// A language of messages. Japanese is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 日本語.
    #[default]
    Ja,
    /// English.
    En,
}

impl Language {
    /// The first language of `Accept-Language` that is spoken here.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| {
                value.split(',').find_map(|range| {
                    let tag = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
                    match tag.split('-').next() {
                        Some("ja") => Some(Self::Ja),
                        Some("en") => Some(Self::En),
                        _ => None,
                    }
                })
            })
            .unwrap_or_default()
    }

    /// Its tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}
