//! The settings: typed, with limits within which they can be set.

use std::{fmt, str::FromStr};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// A setting's name.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// Whom to ask for help with signing in, in Japanese.
    SupportContact,
    /// The same in English.
    SupportContactEn,
    /// Whom residents of disaster housing, and the chairs of their councils, ask; in Japanese.
    RegistrarContact,
    /// The same in English.
    RegistrarContactEn,
    /// After how many hours without a request a session ends.
    SessionIdleHours,
    /// After how many hours a session ends in any case.
    SessionAbsoluteHours,
    /// For how many days an activation link can be used.
    ActivationDays,
    /// The licence under which published walking routes are given out.
    RouteLicence,
    /// Where that licence can be read.
    RouteLicenceUrl,
}

impl Key {
    /// Every setting.
    pub const ALL: [Self; 9] = [
        Self::SupportContact,
        Self::SupportContactEn,
        Self::RegistrarContact,
        Self::RegistrarContactEn,
        Self::SessionIdleHours,
        Self::SessionAbsoluteHours,
        Self::ActivationDays,
        Self::RouteLicence,
        Self::RouteLicenceUrl,
    ];

    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SupportContact => "support_contact",
            Self::SupportContactEn => "support_contact_en",
            Self::RegistrarContact => "registrar_contact",
            Self::RegistrarContactEn => "registrar_contact_en",
            Self::SessionIdleHours => "session_idle_hours",
            Self::SessionAbsoluteHours => "session_absolute_hours",
            Self::ActivationDays => "activation_days",
            Self::RouteLicence => "route_licence",
            Self::RouteLicenceUrl => "route_licence_url",
        }
    }

    /// The least and the greatest number; `None` for texts.
    #[must_use]
    pub const fn range(self) -> Option<(i64, i64)> {
        match self {
            Self::SupportContact
            | Self::SupportContactEn
            | Self::RegistrarContact
            | Self::RegistrarContactEn
            | Self::RouteLicence
            | Self::RouteLicenceUrl => None,
            Self::SessionIdleHours => Some((1, 24 * 7)),
            Self::SessionAbsoluteHours => Some((1, 24 * 30)),
            Self::ActivationDays => Some((1, 30)),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Key {
    type Err = BadSetting;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|key| key.as_str() == name).ok_or(BadSetting::Unknown)
    }
}

/// A setting cannot have that value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSetting {
    /// There is no such setting.
    #[error("there is no such setting")]
    Unknown,
    /// Not a number within its limits.
    #[error("a whole number from {0} to {1} is expected")]
    OutOfRange(i64, i64),
    /// Too long a text.
    #[error("at most {LONGEST} characters are expected")]
    TooLong,
    /// Not an address of the web.
    #[error("an address that begins with https:// or http:// is expected")]
    NoUrl,
    /// A session cannot last longer idle than in all.
    #[error("the idle time cannot be longer than the whole")]
    IdleBeyondAbsolute,
}

/// The longest text, in characters.
const LONGEST: usize = 300;

/// All settings. Those that exist are valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whom to ask for help with signing in, in Japanese; empty when nobody is named.
    pub support_contact: String,
    /// The same in English.
    pub support_contact_en: String,
    /// Whom residents of disaster housing, and the chairs of their councils, ask, in Japanese; empty when nobody is named.
    registrar: String,
    /// The same in English.
    registrar_en: String,
    /// The licence under which published walking routes are given out; empty when none was chosen.
    pub route_licence: String,
    /// Where that licence can be read; may be empty.
    pub route_licence_url: String,
    /// Hours.
    session_idle: i64,
    /// Hours.
    session_absolute: i64,
    /// Days.
    activation: i64,
}

/// Whom to ask, as far as somebody is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// In Japanese.
    pub ja: Option<String>,
    /// In English.
    pub en: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            support_contact: String::new(),
            support_contact_en: String::new(),
            registrar: String::new(),
            registrar_en: String::new(),
            route_licence: String::new(),
            route_licence_url: String::new(),
            session_idle: 12,
            session_absolute: 24 * 7,
            activation: 7,
        }
    }
}

impl Settings {
    /// After how long without a request a session ends.
    #[must_use]
    pub const fn session_idle(&self) -> SignedDuration {
        SignedDuration::from_hours(self.session_idle)
    }

    /// After how long a session ends in any case.
    #[must_use]
    pub const fn session_absolute(&self) -> SignedDuration {
        SignedDuration::from_hours(self.session_absolute)
    }

    /// How long an activation link can be used.
    #[must_use]
    pub const fn activation(&self) -> SignedDuration {
        SignedDuration::from_hours(self.activation * 24)
    }

    /// Whom residents of disaster housing, and the chairs of their councils, ask: the registrar, or, where nobody is named, whoever helps
    /// with signing in.
    #[must_use]
    pub fn registrar_contact(&self) -> Contact {
        let named = |ja: &str, en: &str| {
            let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            Contact { ja: text(ja), en: text(en) }
        };
        let registrar = named(&self.registrar, &self.registrar_en);
        if registrar == Contact::default() {
            named(&self.support_contact, &self.support_contact_en)
        } else {
            registrar
        }
    }

    /// The value of one setting as text.
    #[must_use]
    pub fn get(&self, key: Key) -> String {
        match key {
            Key::SupportContact => self.support_contact.clone(),
            Key::SupportContactEn => self.support_contact_en.clone(),
            Key::RegistrarContact => self.registrar.clone(),
            Key::RegistrarContactEn => self.registrar_en.clone(),
            Key::SessionIdleHours => self.session_idle.to_string(),
            Key::SessionAbsoluteHours => self.session_absolute.to_string(),
            Key::ActivationDays => self.activation.to_string(),
            Key::RouteLicence => self.route_licence.clone(),
            Key::RouteLicenceUrl => self.route_licence_url.clone(),
        }
    }

    /// The same with one setting changed. Whether they fit together is checked by [`checked`](Self::checked),
    /// when all of a change are in.
    ///
    /// # Errors
    /// When the setting cannot have that value.
    pub fn with(mut self, key: Key, value: &str) -> Result<Self, BadSetting> {
        let value = value.trim();
        if let Some((least, most)) = key.range() {
            let number = value.parse().ok().filter(|number| (least..=most).contains(number));
            let number = number.ok_or(BadSetting::OutOfRange(least, most))?;
            match key {
                Key::SessionIdleHours => self.session_idle = number,
                Key::SessionAbsoluteHours => self.session_absolute = number,
                _ => self.activation = number,
            }
            return Ok(self);
        }
        if value.chars().count() > LONGEST {
            return Err(BadSetting::TooLong);
        }
        if key == Key::RouteLicenceUrl && !value.is_empty() && !is_web_address(value) {
            return Err(BadSetting::NoUrl);
        }
        let text = value.to_owned();
        match key {
            Key::SupportContactEn => self.support_contact_en = text,
            Key::RegistrarContact => self.registrar = text,
            Key::RegistrarContactEn => self.registrar_en = text,
            Key::RouteLicence => self.route_licence = text,
            Key::RouteLicenceUrl => self.route_licence_url = text,
            _ => self.support_contact = text,
        }
        Ok(self)
    }

    /// The settings, if they fit together.
    ///
    /// # Errors
    /// When they do not.
    pub fn checked(self) -> Result<Self, BadSetting> {
        if self.session_idle > self.session_absolute { Err(BadSetting::IdleBeyondAbsolute) } else { Ok(self) }
    }
}

/// Nothing else may stand behind a link: `javascript:` would run.
fn is_web_address(text: &str) -> bool {
    text.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("https" | "http")) && uri.host().is_some_and(|host| !host.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_helps_with_signing_in_is_asked_where_no_registrar_is_named() {
        let named = |ja: Option<&str>, en: Option<&str>| Contact {
            ja: ja.map(str::to_owned),
            en: en.map(str::to_owned),
        };
        let settings = Settings::default();
        assert_eq!(settings.registrar_contact(), Contact::default());
        let settings = settings.with(Key::SupportContact, "情報課").unwrap();
        let settings = settings.with(Key::SupportContactEn, "IT").unwrap();
        assert_eq!(settings.registrar_contact(), named(Some("情報課"), Some("IT")));
        // Not a part of one and a part of the other.
        let settings = settings.with(Key::RegistrarContact, " 住宅担当 ").unwrap();
        assert_eq!(settings.registrar_contact(), named(Some("住宅担当"), None));
    }

    #[test]
    fn settings_stay_within_their_limits() {
        let settings = Settings::default();
        for key in Key::ALL {
            assert_eq!(key.as_str().parse(), Ok(key));
            assert_eq!(settings.clone().with(key, &settings.get(key)), Ok(settings.clone()));
        }
        assert_eq!(settings.clone().with(Key::ActivationDays, "0"), Err(BadSetting::OutOfRange(1, 30)));
        assert_eq!(settings.clone().with(Key::ActivationDays, "x"), Err(BadSetting::OutOfRange(1, 30)));
        let long = "長".repeat(301);
        assert_eq!(settings.clone().with(Key::SupportContact, &long), Err(BadSetting::TooLong));
        for bad in ["javascript:alert(1)", "data:text/html,x", "creativecommons.org", "https://", "/licence"]
        {
            let refused = settings.clone().with(Key::RouteLicenceUrl, bad);
            assert_eq!(refused, Err(BadSetting::NoUrl), "{bad}");
        }
        let odd = settings.with(Key::SessionAbsoluteHours, "2").and_then(Settings::checked);
        assert_eq!(odd, Err(BadSetting::IdleBeyondAbsolute));
    }
}
