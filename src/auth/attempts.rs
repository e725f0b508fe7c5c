//! Limits on guessing passwords: by account and by address.
//!
//! The first few failures are free; after that each doubles the time during which no further try is heard.
//! Failures are forgotten after a while, so that nobody is locked out for good.

use jiff::SignedDuration;

use crate::clock::Timestamp;

use super::store::Attempts;

/// How patient to be.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Failures that cost nothing.
    free: i64,
    /// The first wait.
    first: SignedDuration,
    /// The longest wait.
    longest: SignedDuration,
    /// After how long without a failure they are forgotten.
    forgotten: SignedDuration,
}

/// No further try is heard yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Until when.
    pub until: Timestamp,
}

impl Limit {
    /// For one account.
    pub const ACCOUNT: Self = Self {
        free: 5,
        first: SignedDuration::from_secs(30),
        longest: SignedDuration::from_mins(15),
        forgotten: SignedDuration::from_hours(1),
    };
    /// For one address: a whole office may be behind it.
    pub const ADDRESS: Self = Self {
        free: 50,
        first: SignedDuration::from_secs(30),
        longest: SignedDuration::from_mins(15),
        forgotten: SignedDuration::from_hours(1),
    };
    /// For how long any failure can matter.
    pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(2);

    /// Whether a try is heard.
    ///
    /// # Errors
    /// When it is not, and until when.
    pub fn check(known: Option<Attempts>, now: Timestamp) -> Result<(), Blocked> {
        match known {
            Some(known) if known.blocked_until > now => Err(Blocked { until: known.blocked_until }),
            _ => Ok(()),
        }
    }

    /// What is known after one more failure.
    #[must_use]
    pub fn after_failure(self, known: Option<Attempts>, now: Timestamp) -> Attempts {
        let failures = match known {
            Some(known) if now.duration_since(known.last_at) < self.forgotten => known.failures + 1,
            _ => 1,
        };
        let beyond = failures - self.free;
        let wait = if beyond < 0 {
            SignedDuration::ZERO
        } else {
            // Doubling more often than this is beyond the longest wait anyhow.
            let doubled = self.first.saturating_mul(1 << beyond.min(16) as i32);
            doubled.min(self.longest)
        };
        Attempts { failures, last_at: now, blocked_until: now + wait }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let mut now: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
        let mut known = None;
        let mut waits = Vec::new();
        for _ in 0..12 {
            assert_eq!(Limit::check(known, now), Ok(()));
            let after = Limit::ACCOUNT.after_failure(known, now);
            waits.push(after.blocked_until.duration_since(now).as_secs());
            if after.blocked_until > now {
                assert_eq!(Limit::check(Some(after), now), Err(Blocked { until: after.blocked_until }));
            }
            now = after.blocked_until;
            known = Some(after);
        }
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        let later = now + SignedDuration::from_hours(1);
        assert_eq!(Limit::ACCOUNT.after_failure(known, later).failures, 1);
    }
}
