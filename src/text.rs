//! Text in the three languages of the service.

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
