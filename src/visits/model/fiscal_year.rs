//! Fiscal years: 1 April to 31 March in Tokyo.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::clock::Date;

/// A text that names no fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the four digits of a year from 2000 on")]
pub struct NoFiscalYear;

/// A fiscal year by the year in which it begins: `2026` is 令和8年度.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(i16);

impl FiscalYear {
    /// A fiscal year; none before 2000 or after 2999.
    #[must_use]
    pub const fn new(year: i16) -> Option<Self> {
        if year >= 2_000 && year <= 2_999 { Some(Self(year)) } else { None }
    }

    /// The one that a day is in.
    ///
    /// ```
    /// use machiaruki::visits::model::FiscalYear;
    /// assert_eq!(FiscalYear::of("2027-03-31".parse().unwrap()), FiscalYear::new(2026).unwrap());
    /// assert_eq!(FiscalYear::of("2027-04-01".parse().unwrap()), FiscalYear::new(2027).unwrap());
    /// ```
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(if day.month() >= 4 { day.year() } else { day.year() - 1 })
    }

    /// The year in which it begins.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.0
    }

    /// What it is called in Japanese, by its era.
    ///
    /// ```
    /// use machiaruki::visits::model::FiscalYear;
    /// assert_eq!(FiscalYear::new(2026).unwrap().in_era(), "令和8年度");
    /// assert_eq!(FiscalYear::new(2019).unwrap().in_era(), "令和元年度");
    /// assert_eq!(FiscalYear::new(2018).unwrap().in_era(), "平成30年度");
    /// ```
    #[must_use]
    pub fn in_era(self) -> String {
        match self.0 {
            2_019 => "令和元年度".to_owned(),
            year if year > 2_019 => format!("令和{}年度", year - 2_018),
            year => format!("平成{}年度", year - 1_988),
        }
    }

    /// Its first day.
    #[must_use]
    pub const fn first(self) -> Date {
        Date::constant(self.0, 4, 1)
    }

    /// Its last day.
    #[must_use]
    pub const fn last(self) -> Date {
        Date::constant(self.0 + 1, 3, 31)
    }
}

/// From the four digits of the year in which it begins.
///
/// ```
/// use machiaruki::visits::model::FiscalYear;
/// assert_eq!("2026".parse::<FiscalYear>().ok(), FiscalYear::new(2026));
/// assert!(["+2026", "02026", "1999", "令和8"].iter().all(|text| text.parse::<FiscalYear>().is_err()));
/// ```
impl FromStr for FiscalYear {
    type Err = NoFiscalYear;

    fn from_str(text: &str) -> Result<Self, NoFiscalYear> {
        let is_four_digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let year = if is_four_digits { text.parse().ok() } else { None };
        year.and_then(Self::new).ok_or(NoFiscalYear)
    }
}
