//! How much one account may ask: a bucket of tokens that fills again.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::clock::Timestamp;

/// Buckets, one for each key.
#[derive(Debug)]
pub struct Buckets<K> {
    full: f64,
    per_second: f64,
    levels: Mutex<HashMap<K, (f64, Timestamp)>>,
}

/// How many buckets are kept before those that are full again are forgotten.
const KEPT: usize = 4_096;

impl<K: Eq + Hash> Buckets<K> {
    /// Buckets that hold so many tokens and get so many a second.
    #[must_use]
    pub fn new(full: f64, per_second: f64) -> Self {
        Self { full, per_second, levels: Mutex::default() }
    }

    /// Takes tokens.
    ///
    /// # Errors
    /// When there are not enough: how long until there are.
    pub fn take(&self, key: K, tokens: f64, now: Timestamp) -> Result<(), Duration> {
        let filled = |(level, at): (f64, Timestamp)| {
            // A clock that was set back fills nothing.
            let seconds = now.duration_since(at).as_secs_f64().max(0.0);
            (level + seconds * self.per_second).min(self.full)
        };
        let mut levels = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if levels.len() >= KEPT {
            levels.retain(|_, level| filled(*level) < self.full);
        }
        let level = levels.entry(key).or_insert((self.full, now));
        *level = (filled(*level), now);
        if level.0 < tokens {
            return Err(Duration::from_secs_f64(((tokens - level.0) / self.per_second).ceil()));
        }
        level.0 -= tokens;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again_for_each_alone() {
        let buckets = Buckets::new(3.0, 0.5);
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(buckets.take("a", 2.0, at(0)), Ok(()));
        assert_eq!(buckets.take("a", 2.0, at(0)), Err(Duration::from_secs(2)));
        assert_eq!(buckets.take("b", 2.0, at(0)), Ok(()));
        assert_eq!(buckets.take("a", 2.0, at(2)), Ok(()));
        assert_eq!(buckets.take("a", 0.5, at(1)), Err(Duration::from_secs(1)));
    }
}
