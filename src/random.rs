//! Randomness, injected wherever it matters: tokens, ids, salts.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sha2::{Digest as _, Sha256};
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

/// A source whose bytes follow from a seed, so that the demo's ids are the same each time. Never for secrets.
#[derive(Debug)]
pub struct SeededRandom {
    seed: String,
    drawn: AtomicU64,
}

impl SeededRandom {
    /// A source that begins at its seed.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        Self { seed: seed.to_owned(), drawn: AtomicU64::new(0) }
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
            let digest = Sha256::new().chain_update(&self.seed).chain_update(drawn.to_le_bytes()).finalize();
            chunk.copy_from_slice(&digest[..chunk.len()]);
        }
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
    fn a_seed_gives_the_same_bytes_again() {
        let draw = |seed: &str| {
            let random: SharedRandom = Arc::new(SeededRandom::new(seed));
            (random.bytes::<40>(), random.id())
        };
        assert_eq!(draw("a"), draw("a"));
        assert_ne!(draw("a"), draw("b"));
        let (bytes, _) = draw("a");
        assert_ne!(bytes[..8], bytes[32..]);
    }

    #[test]
    fn ids_of_later_moments_sort_later() {
        let random: SharedRandom = Arc::new(SystemRandom);
        let at = |second| random.id_at(Timestamp::from_second(second).unwrap());
        assert!(at(1_000) < at(1_001));
        assert_ne!(random.id(), random.id());
    }
}
