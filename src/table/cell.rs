//! What stands in a cell.

use std::fmt;

use crate::clock::Date;

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(Text),
    /// A whole number.
    Whole(u32),
    /// A part of a whole.
    Share(Share),
    /// A number with two decimals.
    Decimal(Decimal),
    /// A day.
    Day(Date),
}

impl Cell {
    /// A text; an empty one is nothing.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Text::new(text).map_or(Self::Empty, Self::Text)
    }

    /// A text that may be missing.
    #[must_use]
    pub fn maybe_text(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A day that may be missing.
    #[must_use]
    pub fn maybe_day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A number that may be missing.
    #[must_use]
    pub fn maybe_whole(number: Option<u32>) -> Self {
        number.map_or(Self::Empty, Self::Whole)
    }
}

/// A text that a cell can hold: not empty, its lines end with `\n`, and no control characters but that and the tab, which XML cannot
/// hold and nobody could see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// A text without what no cell can hold; none when nothing is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let fits =
            |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
        let text: String = lines.chars().filter(fits).collect();
        (!text.is_empty()).then_some(Self(text))
    }

    /// What it says.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number with two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i32);

impl Decimal {
    /// A number, rounded; none where it is no number, or beyond 20 million.
    ///
    /// ```
    /// use machiaruki::table::Decimal;
    /// assert_eq!(Decimal::rounded(-0.4).unwrap().to_string(), "-0.40");
    /// assert_eq!(Decimal::rounded(f64::NAN), None);
    /// ```
    #[must_use]
    pub fn rounded(number: f64) -> Option<Self> {
        (number.abs() <= 20_000_000.0).then(|| Self((number * 100.0).round() as i32))
    }

    /// As a number.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.value())
    }
}

/// A part of a whole, to a tenth of a per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u16);

impl Share {
    /// Tenths of a per cent, 1,000 at most.
    #[must_use]
    pub const fn per_mille(tenths: u16) -> Option<Self> {
        if tenths <= 1_000 { Some(Self(tenths)) } else { None }
    }

    /// So many of so many; none of nothing. The whole is said only of all, and nothing only of none.
    ///
    /// ```
    /// use machiaruki::table::Share;
    /// assert_eq!(Share::of(6, 7).unwrap().to_string(), "85.7%");
    /// assert_eq!(Share::of(1_999, 2_000).unwrap().to_string(), "99.9%");
    /// assert_eq!(Share::of(0, 0), None);
    /// ```
    #[must_use]
    pub fn of(part: u32, whole: u32) -> Option<Self> {
        if whole == 0 || part > whole {
            return None;
        }
        if part == 0 || part == whole {
            return Some(Self(if part == 0 { 0 } else { 1_000 }));
        }
        let rounded = (u64::from(part) * 1_000 + u64::from(whole) / 2) / u64::from(whole);
        Some(Self((rounded as u16).clamp(1, 999)))
    }

    /// From 0 to 1.
    #[must_use]
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 1_000.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}%", self.0 / 10, self.0 % 10)
    }
}
