//! Codes of routes, by which people call them.

use std::{fmt, str::FromStr};

/// The code of a route, such as `shiba-01`: 1 to 32 of a–z, 0–9 and `-`, beginning with a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RouteCode(String);

/// The text is no code of a route.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no code of a route: 1 to 32 of a-z, 0-9 and - are, beginning with a letter or digit")]
pub struct BadRouteCode(String);

impl RouteCode {
    /// The code that the `number`-th route gets when nobody says another.
    #[must_use]
    pub fn numbered(number: i64) -> Self {
        Self(format!("course-{number:02}"))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RouteCode {
    type Err = BadRouteCode;

    fn from_str(text: &str) -> Result<Self, BadRouteCode> {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(BadRouteCode(text.to_owned())) }
    }
}

impl fmt::Display for RouteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_and_plain() {
        for good in ["shiba-01", "a", "0", RouteCode::numbered(7).as_str()] {
            assert!(good.parse::<RouteCode>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "Shiba", "a b", "a/b", "坂", &"x".repeat(33)] {
            assert!(bad.parse::<RouteCode>().is_err(), "{bad}");
        }
    }
}
