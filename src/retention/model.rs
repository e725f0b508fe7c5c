//! Periods: when what happened at a moment is past them. Pure.

use jiff::{SignedDuration, Span, ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::{Timestamp, tokyo_date, tokyo_midnight};

/// The units of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RetentionUnit)]
pub enum Unit {
    /// Hours, to the microsecond.
    Hours,
    /// Days of the calendar.
    Days,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 4] = [Self::Hours, Self::Days, Self::Months, Self::Years];

    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The name in Japanese, after a number.
    #[must_use]
    pub const fn name_ja(self) -> &'static str {
        match self {
            Self::Hours => "時間",
            Self::Days => "日",
            Self::Months => "か月",
            Self::Years => "年",
        }
    }

    /// The largest amount that is taken: a hundred years.
    const fn most(self) -> i64 {
        match self {
            Self::Hours => 24 * 36_500,
            Self::Days => 36_500,
            Self::Months => 1_200,
            Self::Years => 100,
        }
    }
}

/// Where a period begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RetentionCountedFrom)]
pub enum CountedFrom {
    /// The event itself.
    Event,
    /// 1 April after the event (翌年度の4月1日から起算), as municipalities count the keeping of documents.
    FiscalYearEnd,
}

impl CountedFrom {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Event, Self::FiscalYearEnd];

    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::FiscalYearEnd => "fiscal_year_end",
        }
    }
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[schema(as = RetentionPeriod)]
pub struct Period {
    amount: i64,
    unit: Unit,
    counted_from: CountedFrom,
}

/// It is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPeriod {
    /// Nothing, less than nothing, or more than a hundred years.
    #[error("a period is between 1 and {most} {}", .unit.as_str())]
    Amount {
        /// The unit.
        unit: Unit,
        /// The most that is taken.
        most: i64,
    },
    /// From the end of a fiscal year, only whole months and years are counted.
    #[error("from the end of a fiscal year, months or years are counted")]
    Unit,
}

/// What happened before is past its period. Days begin at midnight in Tokyo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cutoff {
    /// For what is known to the moment.
    pub moment: Timestamp,
    /// For what is known to the day.
    pub day: Date,
}

impl Period {
    /// A period.
    ///
    /// # Errors
    /// When it is none.
    pub const fn new(amount: i64, unit: Unit, counted_from: CountedFrom) -> Result<Self, BadPeriod> {
        if amount < 1 || amount > unit.most() {
            return Err(BadPeriod::Amount { unit, most: unit.most() });
        }
        if matches!((unit, counted_from), (Unit::Hours | Unit::Days, CountedFrom::FiscalYearEnd)) {
            return Err(BadPeriod::Unit);
        }
        Ok(Self { amount, unit, counted_from })
    }

    /// So many hours after the event. For the defaults of classes: what is no period becomes one hour.
    #[must_use]
    pub const fn hours(amount: i64) -> Self {
        Self::constant(amount, Unit::Hours, CountedFrom::Event)
    }

    /// So many days after the event.
    #[must_use]
    pub const fn days(amount: i64) -> Self {
        Self::constant(amount, Unit::Days, CountedFrom::Event)
    }

    /// So many years after 1 April that follows the event.
    #[must_use]
    pub const fn fiscal_years(amount: i64) -> Self {
        Self::constant(amount, Unit::Years, CountedFrom::FiscalYearEnd)
    }

    const fn constant(amount: i64, unit: Unit, counted_from: CountedFrom) -> Self {
        match Self::new(amount, unit, counted_from) {
            Ok(period) => period,
            Err(_) => Self { amount: 1, unit: Unit::Hours, counted_from: CountedFrom::Event },
        }
    }

    /// How many.
    #[must_use]
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// Of what.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// From when.
    #[must_use]
    pub const fn counted_from(self) -> CountedFrom {
        self.counted_from
    }

    /// The first moment at which what happened at `event` is past the period.
    ///
    /// ```
    /// use machiaruki::retention::Period;
    /// // Whoever left on 30 June 2026 is kept for five years from 1 April 2027: to the end of March 2032.
    /// let expiry = Period::fiscal_years(5).expiry("2026-06-30T03:00:00Z".parse().unwrap());
    /// assert_eq!(expiry, "2032-04-01T00:00:00+09:00".parse().unwrap());
    /// ```
    #[must_use]
    pub fn expiry(self, event: Timestamp) -> Timestamp {
        if self.unit == Unit::Hours {
            return event.saturating_add(self.exact()).unwrap_or(Timestamp::MAX);
        }
        tokyo_midnight(self.expiry_day(tokyo_date(event)))
    }

    /// The first day on which what happened on `event` is past the period.
    #[must_use]
    pub fn expiry_day(self, event: Date) -> Date {
        let start = match self.counted_from {
            CountedFrom::Event => event,
            CountedFrom::FiscalYearEnd => next_fiscal_year(event),
        };
        start.saturating_add(self.span())
    }

    /// What happened before it is past the period at `now`, and nothing else is.
    #[must_use]
    pub fn cutoff(self, now: Timestamp) -> Cutoff {
        if self.unit == Unit::Hours {
            let moment = now.saturating_sub(self.exact()).unwrap_or(Timestamp::MIN);
            return Cutoff { moment, day: tokyo_date(moment) };
        }
        let today = tokyo_date(now);
        // Months differ in length: subtracting may stop a few days early, or late for a fiscal year.
        let mut day = today.saturating_sub(self.span()).saturating_sub(400.days());
        while self.expiry_day(day) <= today && day < Date::MAX {
            day = match self.counted_from {
                CountedFrom::Event => day.saturating_add(1.day()),
                // All days of a fiscal year end together.
                CountedFrom::FiscalYearEnd => next_fiscal_year(day),
            };
        }
        Cutoff { moment: tokyo_midnight(day), day }
    }

    /// Whether it ends earlier than `other` for anything that happens.
    #[must_use]
    pub fn ends_before(self, other: Self) -> bool {
        // The calendar repeats after four years, as far as anybody here will see.
        let first = Date::constant(2024, 4, 1);
        let day = |ahead: i64| tokyo_midnight(first.saturating_add(ahead.days()));
        (0..=1_461).any(|ahead| self.expiry(day(ahead)) < other.expiry(day(ahead)))
    }

    fn span(self) -> Span {
        match self.unit {
            // Hours are exact and never reach the calendar.
            Unit::Hours => Span::new(),
            Unit::Days => self.amount.days(),
            Unit::Months => self.amount.months(),
            Unit::Years => self.amount.years(),
        }
    }

    fn exact(self) -> SignedDuration {
        SignedDuration::from_hours(self.amount)
    }
}

/// 1 April after a day.
fn next_fiscal_year(day: Date) -> Date {
    let year = if day.month() >= 4 { day.year().saturating_add(1) } else { day.year() };
    // Only the last year of all has none.
    Date::new(year, 4, 1).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn period() -> impl Strategy<Value = Period> {
        let units = prop_oneof![Just(Unit::Hours), Just(Unit::Days), Just(Unit::Months), Just(Unit::Years)];
        (1_i64..400, units, any::<bool>()).prop_map(|(amount, unit, fiscal)| {
            let amount = amount.min(unit.most());
            let from = if fiscal { CountedFrom::FiscalYearEnd } else { CountedFrom::Event };
            Period::new(amount, unit, from)
                .unwrap_or_else(|_| Period::new(amount, unit, CountedFrom::Event).unwrap())
        })
    }

    /// Some moment between 1990 and 2060.
    fn moment() -> impl Strategy<Value = Timestamp> {
        (631_152_000_i64..2_840_140_800, 0_i64..1_000_000)
            .prop_map(|(second, micro)| Timestamp::from_microsecond(second * 1_000_000 + micro).unwrap())
    }

    proptest! {
        #[test]
        fn what_is_before_the_cutoff_and_nothing_else_is_past_its_period(
            period in period(), event in moment(), now in moment(),
        ) {
            let cutoff = period.cutoff(now);
            if period.unit == Unit::Hours {
                prop_assert_eq!(event < cutoff.moment, period.expiry(event) < now);
            } else {
                prop_assert_eq!(event < cutoff.moment, period.expiry(event) <= now);
                let day = tokyo_date(event);
                prop_assert_eq!(day < cutoff.day, period.expiry_day(day) <= tokyo_date(now));
            }
        }

        #[test]
        fn the_cutoff_never_goes_back(period in period(), a in moment(), b in moment()) {
            let (first, last) = (a.min(b), a.max(b));
            prop_assert!(period.cutoff(first) <= period.cutoff(last));
        }

        #[test]
        fn from_the_end_of_the_fiscal_year_it_is_never_shorter(event in moment(), years in 1_i64..50) {
            let plain = Period::new(years, Unit::Years, CountedFrom::Event).unwrap();
            let fiscal = Period::fiscal_years(years);
            prop_assert!(plain.expiry(event) < fiscal.expiry(event));
            prop_assert!(plain.ends_before(fiscal));
            prop_assert!(!fiscal.ends_before(plain));
            let end = tokyo_date(fiscal.expiry(event));
            prop_assert_eq!((end.month(), end.day()), (4, 1));
        }

        #[test]
        fn what_is_shortened_ends_earlier_for_something(a in period(), b in period(), event in moment()) {
            if a.expiry(event) < b.expiry(event) && a.unit != Unit::Hours && b.unit != Unit::Hours {
                prop_assert!(a.ends_before(b));
            }
            prop_assert!(!a.ends_before(a));
        }
    }

    #[test]
    fn fiscal_years_end_with_march() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let five = Period::fiscal_years(5);
        assert_eq!(five.expiry_day(day("2026-03-31")), day("2031-04-01"));
        assert_eq!(five.expiry_day(day("2026-04-01")), day("2032-04-01"));
        let cutoff = |now: &str| five.cutoff(now.parse().unwrap()).day;
        assert_eq!(cutoff("2032-03-31T23:59:59+09:00"), day("2026-04-01"));
        assert_eq!(cutoff("2032-04-01T00:00:00+09:00"), day("2027-04-01"));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        assert!(Period::new(0, Unit::Years, CountedFrom::Event).is_err());
        assert!(Period::new(101, Unit::Years, CountedFrom::Event).is_err());
        assert_eq!(Period::new(90, Unit::Days, CountedFrom::FiscalYearEnd), Err(BadPeriod::Unit));
    }
}
