//! The clock, injected wherever time matters, and the municipality's calendar.
//!
//! No rule reads the wall clock: it is given a [`Timestamp`] or a [`Date`]. Days are days of
//! Asia/Tokyo, whatever the time zone of the machine.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::Offset;
pub use jiff::{Timestamp, civil::Date};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;

    /// Today in Tokyo.
    fn today(&self) -> Date {
        tokyo_date(self.now())
    }
}

/// A clock that can be handed around.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock: the only reader of the wall clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still until it is set; for tests and rehearsals.
#[derive(Debug)]
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock standing at `now`.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves the clock to `now`.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A moment as the database keeps it, so that what is sent again is the same.
#[must_use]
pub fn to_the_microsecond(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// The moment at which a day begins in Tokyo.
#[must_use]
pub fn tokyo_midnight(day: Date) -> Timestamp {
    // Only days at the ends of time, thousands of years away, have no midnight.
    tokyo().to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Japan has had no daylight saving time since 1951, so a fixed offset is the time zone.
const fn tokyo() -> Offset {
    jiff::tz::offset(9)
}

/// The day that `moment` belongs to in Tokyo.
///
/// ```
/// use machiaruki::clock::tokyo_date;
/// let moment = "2026-03-31T15:00:00Z".parse().unwrap();
/// assert_eq!(tokyo_date(moment).to_string(), "2026-04-01");
/// ```
#[must_use]
pub fn tokyo_date(moment: Timestamp) -> Date {
    tokyo().to_datetime(moment).date()
}
