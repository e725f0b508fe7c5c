//! What comes out of a published version: GPX, KML and GeoJSON for other programs, a sheet and posters for paper.
//!
//! Everything here is a pure function of a [`Version`] and the [`Words`] that it is written with. The answers to
//! questions and the codes of stops are in no file; only posters carry codes, because that is what they are for.

pub mod geojson;
pub mod gpx;
pub mod kml;
mod labels;
mod paper;
pub mod poster;
pub mod sheet;
mod xml;

pub use paper::NoPaper;

use std::borrow::Cow;

use crate::text::Text3;

use super::model::{Language, Text, Version};

/// In which language a version is written out, and in whose name.
#[derive(Clone, Debug)]
pub struct Words {
    /// The language; what is not written in it is taken from the next best one.
    pub language: Language,
    /// The address of the service, without a slash at its end.
    pub base_url: String,
    /// Who publishes the route: the municipality.
    pub publisher: Text3,
    /// The licence of the route's own texts and line, such as `CC BY 4.0`.
    pub licence: String,
}

impl Words {
    /// One of our own texts, in the language.
    #[must_use]
    pub const fn say(&self, text: Text3) -> &'static str {
        say(text, self.language)
    }

    /// One of the route's texts, in the language or the next best one.
    #[must_use]
    pub fn best<'t>(&self, text: &'t Text) -> &'t str {
        text.best(self.language)
    }

    /// The route's page: it leads to the version in force, whichever that is.
    #[must_use]
    pub fn route_url(&self, version: &Version) -> String {
        format!("{}/r/{}", self.base_url, version.code)
    }

    /// The page of the stop with that code.
    #[must_use]
    pub fn stop_url(&self, code: &str) -> String {
        format!("{}/s/{code}", self.base_url)
    }

    /// The route's title; what is invented says so.
    #[must_use]
    pub fn title<'v>(&self, version: &'v Version) -> Cow<'v, str> {
        let title = self.best(&version.design.title);
        if is_sample(version) && !title.contains(SAMPLE) {
            Cow::Owned(format!("【{SAMPLE}】{title}"))
        } else {
            Cow::Borrowed(title)
        }
    }

    /// What must be said wherever the route is shown: who publishes it under which licence, and where its line is from.
    #[must_use]
    pub fn attributions(&self, version: &Version) -> Vec<String> {
        let own = match self.language {
            Language::En => format!("{} ({})", self.say(self.publisher), self.licence),
            Language::Ja | Language::Easy => format!("{}({})", self.say(self.publisher), self.licence),
        };
        let mut all = vec![own];
        for other in &version.line.attributions {
            if !all.contains(other) {
                all.push(other.clone());
            }
        }
        all
    }
}

/// What invented things carry, in every language.
pub const SAMPLE: &str = "見本";

/// Whether any of a version is invented.
#[must_use]
pub const fn is_sample(version: &Version) -> bool {
    version.sample || version.line.sample
}

/// One of our own texts in a language.
#[must_use]
pub const fn say(text: Text3, language: Language) -> &'static str {
    match language {
        Language::Ja => text.ja,
        Language::En => text.en,
        Language::Easy => text.easy,
    }
}

/// Where a licence can be read, when it is a well-known one.
fn licence_url(licence: &str) -> Option<&'static str> {
    match licence.trim().to_ascii_uppercase().as_str() {
        "CC BY 4.0" => Some("https://creativecommons.org/licenses/by/4.0/"),
        "CC BY-SA 4.0" => Some("https://creativecommons.org/licenses/by-sa/4.0/"),
        "CC0 1.0" => Some("https://creativecommons.org/publicdomain/zero/1.0/"),
        _ => None,
    }
}

/// The tag of a language for `xml:lang` and the like (BCP 47).
const fn tag(language: Language) -> &'static str {
    match language {
        Language::Ja => "ja",
        Language::En => "en",
        // Plain Japanese has no tag of its own.
        Language::Easy => "ja-x-easy",
    }
}
