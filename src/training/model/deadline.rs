//! The day of a fiscal year by which something is due.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{clock::Date, visits::model::FiscalYear};

/// A day that comes once in each fiscal year, written `MM-DD`. 29 February is the 28th where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Deadline {
    month: i8,
    day: i8,
}

/// It is no day of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a day of a year is written MM-DD")]
pub struct BadDeadline;

impl Deadline {
    /// The last day of the fiscal year.
    pub const LAST: Self = Self { month: 3, day: 31 };

    /// The day in a fiscal year.
    #[must_use]
    pub fn on(self, year: FiscalYear) -> Date {
        let calendar = if self.month >= 4 { year.year() } else { year.year() + 1 };
        Date::new(calendar, self.month, self.day)
            .or_else(|_| Date::new(calendar, self.month, self.day - 1))
            .unwrap_or_else(|_| year.last())
    }
}

impl FromStr for Deadline {
    type Err = BadDeadline;

    fn from_str(text: &str) -> Result<Self, BadDeadline> {
        let (month, day) = text.split_once('-').ok_or(BadDeadline)?;
        let number = |digits: &str| -> Result<i8, BadDeadline> {
            if digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
                digits.parse().map_err(|_| BadDeadline)
            } else {
                Err(BadDeadline)
            }
        };
        let (month, day) = (number(month)?, number(day)?);
        // 2024 has every day that a year can have.
        Date::new(2024, month, day).map(|_| Self { month, day }).map_err(|_| BadDeadline)
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl TryFrom<String> for Deadline {
    type Error = BadDeadline;

    fn try_from(text: String) -> Result<Self, BadDeadline> {
        text.parse()
    }
}

impl From<Deadline> for String {
    fn from(deadline: Deadline) -> Self {
        deadline.to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_deadline_is_a_day_of_the_fiscal_year() {
        let year = |year| FiscalYear::new(year).unwrap();
        let on = |text: &str, of| text.parse::<Deadline>().unwrap().on(year(of));
        assert_eq!(on("04-01", 2026), date(2026, 4, 1));
        assert_eq!(on("03-31", 2026), date(2027, 3, 31));
        assert_eq!(on("12-25", 2026), date(2026, 12, 25));
        assert_eq!(on("02-29", 2027), date(2028, 2, 29));
        assert_eq!(on("02-29", 2026), date(2027, 2, 28));
        assert_eq!(Deadline::LAST.on(year(2026)), year(2026).last());
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in ["", "1-1", "13-01", "00-10", "02-30", "04-31", "+1-01", "２-01", "02-29-", "2026-02"] {
            assert_eq!(text.parse::<Deadline>(), Err(BadDeadline), "{text:?}");
        }
        let kept: Deadline = serde_json::from_str("\"02-28\"").unwrap();
        assert_eq!(serde_json::to_string(&kept).unwrap(), "\"02-28\"");
    }
}
