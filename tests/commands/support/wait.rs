//! Waiting for something, but not for ever.

use std::time::{Duration, Instant};

/// Asks until it holds. Returns how long that took; panics when `at_most` has passed.
#[track_caller]
pub fn eventually(what: &str, at_most: Duration, mut holds: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    loop {
        if holds() {
            return start.elapsed();
        }
        assert!(start.elapsed() < at_most, "{what}: not within {at_most:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
