//! Texts of a design in the languages of the service.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A language that a route's texts can be promised in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// 日本語.
    Ja,
    /// English.
    En,
    /// やさしい日本語.
    Easy,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Ja, Self::En, Self::Easy];
}

/// A text in three languages; what is not written yet is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Text {
    /// 日本語.
    pub ja: String,
    /// English.
    pub en: String,
    /// やさしい日本語.
    pub easy: String,
}

impl Text {
    /// The text in a language; may be empty.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
            Language::Easy => &self.easy,
        }
    }

    /// The text in a language, or in the next best one: plain Japanese falls back on Japanese, the others on whatever
    /// is written.
    #[must_use]
    pub fn best(&self, language: Language) -> &str {
        let order = match language {
            Language::Ja => [Language::Ja, Language::Easy, Language::En],
            Language::En => [Language::En, Language::Ja, Language::Easy],
            Language::Easy => [Language::Easy, Language::Ja, Language::En],
        };
        order.into_iter().map(|language| self.get(language)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Whether nothing is written in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        Language::ALL.into_iter().all(|language| self.get(language).is_empty())
    }

    /// Each language's text, to be changed.
    pub(super) fn parts_mut(&mut self) -> [(&'static str, &mut String); 3] {
        [("ja", &mut self.ja), ("en", &mut self.en), ("easy", &mut self.easy)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_on_the_nearest() {
        let text = Text { ja: "坂".into(), en: String::new(), easy: "さか".into() };
        assert_eq!(text.best(Language::En), "坂");
        assert_eq!(text.best(Language::Easy), "さか");
        assert_eq!(Text::default().best(Language::Ja), "");
        assert!(Text::default().is_empty());
    }
}
