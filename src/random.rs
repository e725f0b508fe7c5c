//! Randomness, injected wherever it matters: tokens, ids, salts.

use std::sync::Arc;

use uuid::Uuid;

use crate::clock::Timestamp;

/// A source of random bytes.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// A source that can be handed around.
pub type SharedRandom = Arc<dyn Random>;

/// The operating system's source, fit for secrets.
#[derive(Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // Without the system's randomness no secret can be made, and nothing may go on with a guess.
        #[expect(clippy::expect_used, reason = "there is no safe way on without randomness")]
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

impl dyn Random {
    /// That many random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A random id (UUID version 4).
    #[must_use]
    pub fn id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// A random id that sorts by time (UUID version 7).
    #[must_use]
    pub fn id_at(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_later_moments_sort_later() {
        let random: SharedRandom = Arc::new(SystemRandom);
        let at = |second| random.id_at(Timestamp::from_second(second).unwrap());
        assert!(at(1_000) < at(1_001));
        assert_ne!(random.id(), random.id());
    }
}
